//! The OpenAPI 3.1 document, written by the routes themselves.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use crate::{
    api::{
        endpoint::{Access, Endpoint, File, Key, Method, Needs, PathParameter, Raw},
        page::Page,
        problem::{Code, Problem},
    },
    portal::accounts::terms,
};

/// The document while routes are being added.
pub struct Document {
    title: String,
    paths: Map<String, Value>,
    schemas: Map<String, Value>,
}

impl Document {
    /// An empty document of a city's portal.
    pub fn new(city: &str) -> Self {
        let mut document = Self { title: format!("{city}: city portal"), paths: Map::new(), schemas: Map::new() };
        document.reference::<Problem>();
        document
    }

    /// Adds an operation.
    pub fn add<A, P, I, O>(&mut self, endpoint: &Endpoint<A, P, I, O>)
    where
        A: Access,
        P: PathParameter,
        I: ToSchema,
        O: ToSchema,
    {
        let output = self.reference::<O>();
        let content = json!({ "application/json": { "schema": output } });
        self.operation(endpoint, &content);
    }

    /// Adds a list, whose answer is a page or lines.
    pub fn add_list<A, I, T>(&mut self, endpoint: &Endpoint<A, (), I, Page<T>>)
    where
        A: Access,
        I: ToSchema,
        T: ToSchema,
    {
        let item = self.reference::<T>();
        let page = json!({
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": { "type": "array", "items": item },
                "next": { "type": ["string", "null"], "description": "Pass it as `after` to go on; null on the last page." },
            },
        });
        // OpenAPI 3.1 has no word for the lines of a stream; `itemSchema` came with 3.2.
        let line = "One object a line, each as an item of the page.";
        let lines = json!({ "schema": { "type": "string", "description": line }, "x-itemSchema": item });
        let content = json!({ "application/json": { "schema": page }, "application/x-ndjson": lines });
        self.operation(endpoint, &content);
    }

    /// Adds an operation whose input is the bytes of a file.
    pub fn add_received<A, P, O>(&mut self, endpoint: &Endpoint<A, P, File, O>)
    where
        A: Access,
        P: PathParameter,
        O: ToSchema,
    {
        let output = self.reference::<O>();
        let body = json!({ "required": true, "content": { "application/octet-stream": {} } });
        self.put(endpoint, Vec::new(), Some(body), &json!({ "application/json": { "schema": output } }));
    }

    /// Adds an operation whose answer is the bytes of a file.
    pub fn add_sent<A, P, I>(&mut self, endpoint: &Endpoint<A, P, I, File>)
    where
        A: Access,
        P: PathParameter,
        I: ToSchema,
    {
        self.put(endpoint, query_parameters::<I>(), None, &json!({ "*/*": {} }));
    }

    fn operation<A, P, I, O>(&mut self, endpoint: &Endpoint<A, P, I, O>, content: &Value)
    where
        A: Access,
        P: PathParameter,
        I: ToSchema,
    {
        let (query, body) = if matches!(endpoint.method, Method::Post | Method::Patch) {
            let schema = self.reference::<I>();
            (Vec::new(), Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } })))
        } else {
            self.keep_parts::<I>();
            (query_parameters::<I>(), None)
        };
        self.put(endpoint, query, body, content);
    }

    fn put<A, P, I, O>(
        &mut self,
        endpoint: &Endpoint<A, P, I, O>,
        query: Vec<Value>,
        body: Option<Value>,
        content: &Value,
    ) where
        A: Access,
        P: PathParameter,
    {
        let needs = A::describe(endpoint.need);
        let mut parameters = Vec::new();
        let names = endpoint.path.split(['{', '}']).skip(1).step_by(2);
        for (name, pattern) in names.zip(P::patterns()) {
            parameters.push(json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "string", "pattern": pattern },
            }));
        }
        parameters.extend(query);
        if endpoint.key != Key::None {
            parameters.push(json!({
                "name": "Idempotency-Key", "in": "header", "required": endpoint.key == Key::Required,
                "description": "Repeat a request with the same key, and its effect happens once.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
            }));
        }
        let mut responses = Map::new();
        let mut done = json!({ "description": "Done.", "content": content });
        if endpoint.key != Key::None {
            done["headers"] = json!({ "Idempotent-Replayed": {
                "description": "Said where it was done before under the same key: this is what that made, as it is now.",
                "schema": { "type": "string", "const": "true" },
            } });
        }
        responses.insert("200".to_owned(), done);
        for (status, codes) in by_status(&codes(endpoint, needs, body.is_some())) {
            responses.insert(status.to_string(), refusal(&codes));
        }
        let mut operation = json!({
            "operationId": endpoint.id,
            "summary": endpoint.summary,
            "tags": [endpoint.id.split('.').next().unwrap_or_default()],
            "description": describe(needs),
            "x-access": access(needs),
            "security": security(needs),
            "parameters": parameters,
            "responses": responses,
        });
        if let Some(body) = body {
            operation["requestBody"] = body;
        }
        let path = self.paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.method.as_str().to_lowercase()] = operation;
    }

    /// Adds an operation of another form, a standard's or a page's: its fields are named, their meaning is that form's.
    pub fn add_raw<A: Access>(&mut self, operation: &Raw<A>) {
        let needs = A::describe(operation.need);
        let content: Map<String, Value> = operation.answers.iter().map(|&kind| (kind.to_owned(), json!({}))).collect();
        let named = operation.documented.split(['{', '}']).skip(1).step_by(2);
        let mut parameters: Vec<Value> = named
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let mut told = json!({
            "operationId": operation.id,
            "summary": operation.summary,
            "tags": [operation.id.split('.').next().unwrap_or_default()],
            "description": describe(needs),
            "x-access": access(needs),
            "x-paths": operation.paths,
            "security": security(needs),
            "responses": {
                "default": { "description": "Its answer, errors too, in its own form.", "content": content },
            },
        });
        if operation.method == Method::Get {
            parameters.extend(
                operation.fields.iter().map(
                    |name| json!({ "name": name, "in": "query", "required": false, "schema": { "type": "string" } }),
                ),
            );
        } else {
            let field = |name: &&str| ((*name).to_owned(), json!({ "type": "string" }));
            let fields: Map<String, Value> = operation.fields.iter().map(field).collect();
            let binary = json!({ "type": "array", "items": { "type": "string", "format": "binary" } });
            let mut parts = fields.clone();
            parts.extend(operation.files.iter().map(|name| ((*name).to_owned(), binary.clone())));
            let form = |kind: &str| match kind {
                "multipart/form-data" => json!({ "schema": { "type": "object", "properties": parts } }),
                _ => json!({ "schema": { "type": "object", "properties": fields } }),
            };
            let taken: Map<String, Value> = operation.takes.iter().map(|&kind| (kind.to_owned(), form(kind))).collect();
            told["requestBody"] = json!({ "content": taken });
        }
        told["parameters"] = Value::Array(parameters);
        let path = self.paths.entry(operation.documented).or_insert_with(|| json!({}));
        path[operation.method.as_str().to_lowercase()] = told;
    }

    /// Puts a type and those it is made of into the components, and refers to it.
    fn reference<T: ToSchema>(&mut self) -> Value {
        let name = T::name().into_owned();
        if !self.schemas.contains_key(&name) {
            self.keep_parts::<T>();
            self.schemas.insert(name.clone(), serde_json::to_value(T::schema()).unwrap_or_default());
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// Puts the types a type is made of into the components.
    fn keep_parts<T: ToSchema>(&mut self) {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        for (name, schema) in parts {
            self.schemas.entry(name).or_insert_with(|| serde_json::to_value(schema).unwrap_or_default());
        }
    }

    /// The whole document.
    pub fn finish(self) -> Value {
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": self.title,
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Money is integer minor units beside `currency`; times are RFC 3339 in UTC; \
                    errors are RFC 9457 problem documents with a `code` of a closed set.",
                "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            },
            "servers": [{ "url": "/" }],
            "paths": self.paths,
            "components": {
                "schemas": self.schemas,
                "securitySchemes": {
                    "token": {
                        "type": "http", "scheme": "bearer",
                        "description": "A session's token, or a personal access token with the operation's scope.",
                    },
                },
            },
        })
    }
}

fn query_parameters<I: PartialSchema>() -> Vec<Value> {
    let schema = serde_json::to_value(I::schema()).unwrap_or_default();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let parameter = |(name, property): (&String, &Value)| {
        let schema = without_null(property);
        let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema })
    };
    properties.iter().map(parameter).collect()
}

/// A query cannot say null: it leaves out.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let is_null = |value: &Value| value == "null" || value.get("type").is_some_and(|kind| kind == "null");
    for word in ["oneOf", "anyOf"] {
        if let Some(Value::Array(choices)) = schema.get_mut(word) {
            choices.retain(|choice| !is_null(choice));
            if let [only] = choices.as_slice() {
                return only.clone();
            }
        }
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| !is_null(kind));
    }
    schema
}

/// The codes an operation answers with: its own, and those of its kind.
fn codes<A: Access, P: PathParameter, I, O>(
    endpoint: &Endpoint<A, P, I, O>,
    needs: Needs,
    has_body: bool,
) -> Vec<Code> {
    let mut codes = endpoint.errors.to_vec();
    codes.extend([Code::Invalid, Code::Internal, Code::Unavailable]);
    if !P::patterns().is_empty() {
        codes.push(Code::NotFound);
    }
    if has_body {
        codes.extend([Code::Malformed, Code::TooLarge]);
    }
    match needs {
        Needs::Nothing => {}
        Needs::Visit | Needs::Account(None) => codes.extend([Code::Unauthenticated, Code::Expired]),
        _ => codes.extend([Code::Unauthenticated, Code::Expired, Code::Forbidden]),
    }
    if terms::are_awaited(endpoint.id, endpoint.method, needs) {
        codes.push(Code::TermsNotAccepted);
    }
    if matches!(needs, Needs::Account(Some(scope)) if scope.needs_confirmed_address()) {
        codes.push(Code::Unverified);
    }
    match endpoint.key {
        Key::None => {}
        Key::Accepted => codes.push(Code::KeyReused),
        Key::Required => codes.extend([Code::KeyReused, Code::KeyMissing]),
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn by_status(codes: &[Code]) -> std::collections::BTreeMap<u16, Vec<Code>> {
    let mut all = std::collections::BTreeMap::<u16, Vec<Code>>::new();
    for &code in codes {
        all.entry(code.status()).or_default().push(code);
    }
    all
}

fn refusal(codes: &[Code]) -> Value {
    let titles: Vec<_> = codes.iter().map(|code| format!("`{code}`: {}.", code.title())).collect();
    let examples: Map<String, Value> = codes
        .iter()
        .map(|code| {
            let mut problem = Problem::new(*code, code.title());
            "req-0h3k9m2v7q".clone_into(&mut problem.request_id);
            (code.to_string(), json!({ "value": problem }))
        })
        .collect();
    json!({
        "description": titles.join(" "),
        "content": {
            "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "examples": examples,
            },
        },
    })
}

fn security(needs: Needs) -> Value {
    match needs {
        Needs::Nothing => json!([]),
        Needs::Visit => json!([{}, { "token": [] }]),
        _ => json!([{ "token": [] }]),
    }
}

fn describe(needs: Needs) -> String {
    match needs {
        Needs::Nothing => "For anyone.".to_owned(),
        Needs::Visit => "For anyone; a token or key that is given must be known.".to_owned(),
        Needs::Account(None) => "For whoever is signed in.".to_owned(),
        Needs::Account(Some(scope)) => format!("For whoever is signed in; a personal access token needs `{scope}`."),
        Needs::Session => "For whoever is signed in by password; not with a personal access token.".to_owned(),
        Needs::Power(power) => format!("For clerks with the power `{power}`; a personal access token needs `staff`."),
    }
}

fn access(needs: Needs) -> Value {
    match needs {
        Needs::Nothing => json!({ "who": "anyone" }),
        Needs::Visit => json!({ "who": "visitor" }),
        Needs::Account(scope) => json!({ "who": "signed_in", "scope": scope }),
        Needs::Session => json!({ "who": "session" }),
        Needs::Power(power) => json!({ "who": "clerk", "power": power, "scope": "staff" }),
    }
}
