//! The document of the API as tests use it: its operations, who may call each, and whether an answer is one it promises.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::api::{Answer, Api};
use crate::support::portal::Portal;

/// An operation of the document.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) described: Value,
}

impl Operation {
    pub(crate) fn id(&self) -> &str {
        self.described["operationId"].as_str().unwrap()
    }

    /// Who may call it: `anyone`, `visitor`, `signed_in`, `session`, `clerk`.
    pub(crate) fn who(&self) -> &str {
        self.described["x-access"]["who"].as_str().unwrap()
    }

    pub(crate) fn needs_key(&self) -> bool {
        let parameters = self.described["parameters"].as_array().unwrap();
        parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key" && parameter["required"] == true)
    }

    /// Whether it changes something, or may.
    pub(crate) fn mutates(&self) -> bool {
        self.method != "get"
    }

    /// The path with an id that nothing has.
    pub(crate) fn path_of_nothing(&self) -> String {
        let parameters = self.described["parameters"].as_array().unwrap();
        let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
        in_path.fold(self.path.clone(), |path, parameter| {
            let nothing = match parameter["schema"]["pattern"].as_str().unwrap_or_default() {
                id if id.contains("-[0-9A-H") => format!("{}-00000000", &id[1..4]),
                _ => "nothing".to_owned(),
            };
            path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &nothing)
        })
    }

    /// Whether a file streams in or out: what is in it is no JSON to hold against a schema.
    pub(crate) fn streams(&self) -> bool {
        let out = &self.described["responses"]["200"]["content"]["*/*"];
        out.is_object() || self.described["requestBody"]["content"]["application/octet-stream"].is_object()
    }

    /// The least it takes that names nothing: for most an empty body.
    fn body(&self) -> Value {
        match self.id() {
            "accounts.accept_terms" => json!({"version": "2026-01"}),
            "permits.edit" => json!({"version": 1, "answers": {}}),
            "mfa.confirm" => json!({"code": "000000"}),
            "accounts.verify" => json!({"code": "77777-77777-77777"}),
            "accounts.send_code" => json!({"address": "email"}),
            "permits.submit" => json!({"version": 1}),
            "permits.answer" => json!({"version": 1, "note": "Both."}),
            "staff.permits.ask" => json!({"note": "How deep?"}),
            "staff.permits.decide" => json!({"decision": "approve"}),
            "staff.programs.attendance" => json!({"lines": [{"line": 2, "registration": "REG-00000000"}]}),
            "staff.programs.cancel" => json!({"reason": "no wind"}),
            "requests.comment" | "support.reply" | "staff.support.reply" => json!({"text": "Still there."}),
            "staff.requests.note" => json!({"text": "Seen.", "audience": "internal"}),
            "staff.requests.close" => json!({"reason": "fixed"}),
            "staff.payments.refund" | "staff.payments.quote" => json!({"reason": "duplicate"}),
            "staff.payments.return" => json!({"code": "R01"}),
            "staff.payments.apply" => json!({"bills": ["BIL-00000000"]}),
            "staff.payments.give_back" => json!({"reason": "Nothing is owed"}),
            "staff.bills.void" => json!({"reason": "Issued twice"}),
            "staff.bills.credit" => json!({"amount": 100, "reason": "Measured wrong"}),
            "staff.requests.duplicate" => json!({"of": "REQ-00000001"}),
            _ => json!({}),
        }
    }

    /// Calls it without a body, or with the least one.
    pub(crate) async fn call(&self, api: &Api, path: &str) -> Answer {
        let body = self.described.get("requestBody").map(|_| self.body());
        api.ask(&self.method, path, body, self.needs_key().then_some("a-key")).await
    }
}

/// The document, and what of it was seen.
pub(crate) struct Document {
    pub(crate) whole: Value,
    pub(crate) operations: Vec<Operation>,
    pub(crate) seen: BTreeSet<String>,
    asked: u32,
}

impl Document {
    pub(crate) async fn of(portal: &Portal) -> Self {
        let whole = Api::anonymous(portal).get("/openapi.json").await.ok();
        let mut operations = Vec::new();
        for (path, methods) in whole["paths"].as_object().unwrap() {
            for (method, described) in methods.as_object().unwrap() {
                // What has a form of its own (a standard's, a page's) has tests of its own.
                if described["x-paths"].is_array() {
                    continue;
                }
                operations.push(Operation { method: method.clone(), path: path.clone(), described: described.clone() });
            }
        }
        assert!(operations.len() > 20);
        Self { whole, operations, seen: BTreeSet::new(), asked: 0 }
    }

    /// The operation a request is for.
    fn operation(&self, method: &str, path: &str) -> Operation {
        let path = path.split('?').next().unwrap();
        let fits = |template: &str| {
            template.split('/').count() == path.split('/').count()
                && template.split('/').zip(path.split('/')).all(|(one, other)| one == other || one.starts_with('{'))
        };
        // A path that is written out goes before one with a parameter.
        let mut found: Vec<_> =
            self.operations.iter().filter(|known| known.method == method && fits(&known.path)).collect();
        found.sort_by_key(|known| known.path.contains('{'));
        (*found.first().unwrap_or_else(|| panic!("{method} {path} is not in the document"))).clone()
    }

    fn validator(&self, schema: &Value) -> Validator {
        let mut root = schema.clone();
        root["components"] = self.whole["components"].clone();
        jsonschema::draft202012::new(&root).unwrap_or_else(|error| panic!("{schema}: {error}"))
    }

    /// Asserts that an answer is one the document promises.
    pub(crate) fn check(&mut self, operation: &Operation, answer: &Answer) {
        let promised = &operation.described["responses"][answer.status.to_string()];
        let schema = &promised["content"][&answer.kind]["schema"];
        assert!(
            schema.is_object(),
            "{} answered {} {}, which is not promised: {}",
            operation.id(),
            answer.status,
            answer.kind,
            answer.body
        );
        let wrong: Vec<_> = self
            .validator(schema)
            .iter_errors(&answer.body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{} answered {}: {wrong:#?}", operation.id(), answer.body);
        if answer.status >= 400 {
            let code = answer.body["code"].as_str().unwrap();
            let examples = promised["content"][&answer.kind]["examples"].as_object().unwrap();
            assert!(examples.contains_key(code), "{} answered {code}, which is not promised", operation.id());
            assert_eq!(answer.body["status"], answer.status);
            assert!(answer.body["request_id"].as_str().unwrap().starts_with("req-"));
        } else {
            self.seen.insert(operation.id().to_owned());
        }
    }

    /// Asks, and holds request and answer against the document.
    pub(crate) async fn ask(&mut self, api: &Api, method: &str, path: &str, body: Option<Value>) -> Value {
        let operation = self.operation(method, path);
        if let (Some(body), Some(schema)) =
            (&body, operation.described["requestBody"]["content"]["application/json"].get("schema"))
        {
            assert!(self.validator(schema).is_valid(body), "{}: {body} is not what it takes", operation.id());
        }
        self.asked += 1;
        let key = operation.needs_key().then(|| format!("request-{}", self.asked));
        let answer = api.ask(method, path, body, key.as_deref()).await;
        self.check(&operation, &answer);
        answer.body
    }
}
