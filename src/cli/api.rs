//! `citytime api`: any request to the portal, for what has no command of its own.

use std::{path::Path, rc::Rc};

use clap::{Args, ValueHint};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use super::Context;
use crate::{
    api::endpoint::Method,
    client::{Portal, Raw, Trace, raw},
    failure::{Failure, Result},
    settings::{Format, Origin},
    ui::{self, Outcome, Rows, Sheet},
};

/// What a portal answers: JSON of any shape, which has no columns.
static ANSWER: Sheet = Sheet { noun: "answer", columns: &[], when_empty: None };

/// Send any request to the portal, and print its answer
///
/// The path is one of those /openapi.json lists, from its /; no other host is ever asked. The token of whoever is
/// signed in goes along. POST and PATCH carry an idempotency key: --idempotency-key, or a new one.
///
/// Answers are JSON unless -o jsonl asks for lines; what is no JSON is printed as it came. An error of the portal is
/// told and ends the command as with every other command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime api GET /v1/bills -f status=paid --jq '.items[].id'
  citytime api GET /v1/history --paginate -o jsonl
  citytime api POST /v1/payments/quote -f bills:='[\"BIL-7K3Q9XM2\"]'
  citytime api PATCH /v1/account -f name='Rosa M.'
  citytime api POST /v1/payments/quote --input quote.json --include")]
pub(crate) struct ApiArgs {
    /// GET, POST, PATCH or DELETE
    #[arg(value_parser = method)]
    method: Method,
    /// The path at the portal, with its query if it has one
    path: String,
    /// A field: KEY=TEXT, or KEY:=JSON for numbers, true, lists and objects; given twice, a list. Goes into the body of
    /// POST and PATCH, into the query of GET and DELETE
    #[arg(short, long, value_name = "KEY=VALUE", value_parser = field)]
    field: Vec<Field>,
    /// The body of POST and PATCH, as JSON; - reads stdin
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "field")]
    input: Option<String>,
    /// Follow a list to its end, and print all of its items as one list
    #[arg(long, conflicts_with = "input")]
    paginate: bool,
    /// Tell the status and headers of each answer on stderr: stdout stays one document
    #[arg(short, long)]
    include: bool,
}

/// A field as typed.
#[derive(Debug, Clone)]
struct Field {
    name: String,
    value: Value,
}

fn method(text: &str) -> Result<Method, String> {
    let known = [Method::Get, Method::Post, Method::Patch, Method::Delete];
    let found = known.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("`{text}` is no method of a portal: use GET, POST, PATCH or DELETE"))
}

fn field(text: &str) -> Result<Field, String> {
    let (name, typed) = text.split_once('=').ok_or_else(|| format!("`{text}` is not KEY=VALUE, as in status=paid"))?;
    let (name, value) = match name.strip_suffix(':') {
        None => (name, Value::from(typed)),
        Some(name) => {
            let value = serde_json::from_str(typed);
            (name, value.map_err(|error| format!("`{typed}` is no JSON: {error}; write a text as in {name}=text"))?)
        }
    };
    if name.is_empty() {
        return Err(format!("`{text}` names no field: write it as KEY=VALUE"));
    }
    Ok(Field { name: name.to_owned(), value })
}

pub(crate) async fn run(context: &mut Context, args: ApiArgs) -> Result<Outcome> {
    speak_json(context)?;
    if args.paginate && args.method != Method::Get {
        return Err(Failure::usage(format!("--paginate follows lists, and {} reads none", args.method.as_str()))
            .hint("use it with GET"));
    }
    let request = request(context, &args)?;
    let portal = context.portal().await?;
    if args.paginate {
        context.ui.stream(&ANSWER, Items { portal, request, lines: Vec::new(), place: Place::Start }).await?;
        return Ok(Outcome::Nothing);
    }
    let answer = portal.raw(&request).await?;
    if answer.is_json() {
        let item = serde_json::from_slice(&answer.body)
            .map_err(|error| raw::unexpected(&args.path, format!("is broken JSON: {error}")).because(error))?;
        return Ok(Outcome::One { sheet: &ANSWER, item });
    }
    if context.settings.jq.is_some() {
        let message = format!("the answer of {} is `{}`, and --jq filters JSON", args.path, answer.content_type);
        return Err(Failure::usage(message).hint("leave --jq out; what was asked for was done"));
    }
    context.ui.pass_on_whole(&answer.body)?;
    Ok(Outcome::Nothing)
}

/// Answers have no columns: JSON is printed unless another format of JSON is asked for. One that is only usual gives way.
fn speak_json(context: &mut Context) -> Result<()> {
    if context.settings.columns.is_some() {
        return Err(Failure::usage("an answer has no columns to choose from").hint("narrow it with --jq"));
    }
    let output = &context.settings.output;
    match (output.value, &output.origin) {
        (Some(format), _) if format.is_json() => {}
        (Some(format), Origin::Flag(_)) => {
            return Err(Failure::usage(format!("an answer is JSON, and -o {format} is none"))
                .hint("leave -o out, or use -o json or -o jsonl"));
        }
        _ => context.ui.print_as(Format::Json),
    }
    Ok(())
}

fn request(context: &mut Context, args: &ApiArgs) -> Result<Raw> {
    let takes_body = matches!(args.method, Method::Post | Method::Patch);
    let mut raw = Raw {
        method: args.method,
        path: args.path.clone(),
        query: Vec::new(),
        body: None,
        head: args.include.then(|| Trace::new(ui::trace)),
    };
    match &args.input {
        Some(_) if !takes_body => {
            let message = format!("{} has no body: --input is for POST and PATCH", args.method.as_str());
            return Err(Failure::usage(message).hint("put fields into the query with -f KEY=VALUE"));
        }
        Some(file) => raw.body = Some(input(context, file)?),
        None if takes_body => raw.body = Some(Value::Object(object(&args.field)).to_string().into_bytes()),
        None => {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            raw.query = args.field.iter().map(|field| (field.name.clone(), text(&field.value))).collect();
        }
    }
    Ok(raw)
}

/// The fields as an object; those of one name are a list.
fn object(fields: &[Field]) -> Map<String, Value> {
    let mut object = Map::new();
    for Field { name, value } in fields {
        let same = || fields.iter().filter(|other| other.name == *name).map(|other| other.value.clone());
        let value = if same().nth(1).is_some() { same().collect() } else { value.clone() };
        object.insert(name.clone(), value);
    }
    object
}

/// A body as it is in a file. What is no JSON is not sent.
fn input(context: &mut Context, file: &str) -> Result<Vec<u8>> {
    let (name, text) = if file == "-" {
        ("standard input", context.ui.text_from_stdin()?)
    } else {
        let path = Path::new(file);
        (file, std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, error))?)
    };
    match serde_json::from_str::<&RawValue>(&text) {
        Ok(_) => Ok(text.into_bytes()),
        Err(error) => Err(Failure::usage(format!("{name} is no JSON: {error}"))
            .hint("write a JSON document, as in {\"name\": \"Rosa\"}; or give fields with -f KEY=VALUE")),
    }
}

/// The items of a list, page by page.
struct Items {
    portal: Rc<Portal>,
    request: Raw,
    lines: Vec<u8>,
    place: Place,
}

/// Where in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Further,
    End,
}

/// A page of any list.
#[derive(Deserialize)]
struct Page {
    items: Vec<Value>,
    #[serde(default)]
    next: Option<String>,
}

impl Rows for Items {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        self.lines.clear();
        while self.lines.is_empty() {
            if self.place == Place::End {
                return Ok(None);
            }
            let answer = self.portal.raw(&self.request).await?;
            let page: Page = serde_json::from_slice(&answer.body).map_err(|error| {
                let why = "is no page of a list";
                let failure = match self.place {
                    // Whoever typed the path is to know: the portal answered what it was asked.
                    Place::Start if answer.is_json() => {
                        Failure::usage(format!("the answer of {} {why}", self.request.path))
                    }
                    _ => raw::unexpected(&self.request.path, why),
                };
                failure.hint("leave --paginate out: it is for what answers with `items` and `next`").because(error)
            })?;
            self.place = Place::Further;
            for item in &page.items {
                self.lines.extend_from_slice(item.to_string().as_bytes());
                self.lines.push(b'\n');
            }
            match page.next {
                Some(next) => self.request.go_on(next)?,
                None => self.place = Place::End,
            }
        }
        Ok(Some(&self.lines))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_texts_or_json_and_lists_where_repeated() {
        let fields = ["a=1", "b:=2", "c=x=y", "d:=[true]", "e=1", "e=2", "f="].map(|text| field(text).unwrap());
        let expected = json!({"a": "1", "b": 2, "c": "x=y", "d": [true], "e": ["1", "2"], "f": ""});
        assert_eq!(Value::Object(object(&fields)), expected);
        for wrong in ["a", "=1", ":=1", "a:=x"] {
            assert!(field(wrong).is_err(), "{wrong}");
        }
        assert!(method("get").is_ok() && method("PUT").is_err());
    }
}
