//! What a line of a batch may ask for. The fields are those of the API.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    api::{
        id::ProgramId,
        payments::{NewPayment, PAY},
        permits::{APPLY, NewPermit},
        programs::{NewRegistration, REGISTER},
    },
    cli::bills::paid,
    client::{
        Portal,
        open311::{self, Filing},
    },
    failure::{Failure, Result},
    nearest::nearest,
};

/// What an operation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    /// Pay bills.
    Pay,
    /// File a service request.
    Request,
    /// Apply for a permit.
    Apply,
    /// Register for a program.
    Register,
}

/// The operations by name, as help and errors list them.
const WORDS: [(&str, Word); 4] =
    [("pay", Word::Pay), ("request", Word::Request), ("apply", Word::Apply), ("register", Word::Register)];

/// Something to be done.
#[derive(Debug, Clone)]
pub(super) enum Operation {
    Pay(NewPayment),
    Request(Box<Filing>),
    Apply(NewPermit),
    Register(ProgramId, NewRegistration),
}

/// A line that is a JSON object with an operation's name.
#[derive(Debug)]
pub(super) struct Read {
    /// The name.
    pub(super) op: Word,
    /// What it says beside its key, however it was spaced.
    pub(super) said: String,
    /// The key it brings.
    pub(super) key: Option<String>,
    /// What is to be done, or why that cannot be understood.
    pub(super) operation: Result<Operation, String>,
}

/// Who comes to which program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Registering {
    program: ProgramId,
    #[serde(default)]
    participants: Vec<String>,
    #[serde(default)]
    seats_only: bool,
}

/// Reads a line.
pub(super) fn read(text: &str) -> Result<Read, String> {
    let mut fields: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON object: {error}"))?;
    let names = WORDS.map(|(name, _)| name).join(", ");
    let named = fields.get("op").and_then(Value::as_str).ok_or_else(|| format!("it names no `op`: one of {names}"))?;
    let op = WORDS.iter().find(|(name, _)| *name == named).map(|(_, word)| *word).ok_or_else(|| {
        let near = nearest(named, WORDS.map(|(name, _)| name))
            .map(|near| format!("did you mean `{near}`? "))
            .unwrap_or_default();
        format!("there is no operation `{named}`: {near}one of {names}")
    })?;
    let key = match fields.remove("key") {
        None => None,
        Some(Value::String(key)) if !key.is_empty() => Some(key),
        Some(_) => return Err("`key` is no text".to_owned()),
    };
    let said = Value::Object(fields.clone()).to_string();
    fields.remove("op");
    let operation = match op {
        Word::Pay => fields_of(fields).map(Operation::Pay),
        Word::Request => fields_of(fields).map(|filing| Operation::Request(Box::new(filing))),
        Word::Apply => fields_of(fields).map(Operation::Apply),
        Word::Register => fields_of(fields).map(|Registering { program, participants, seats_only }| {
            Operation::Register(program, NewRegistration { participants, seats_only })
        }),
    };
    Ok(Read { op, said, key, operation })
}

fn fields_of<T: DeserializeOwned>(fields: Map<String, Value>) -> Result<T, String> {
    serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| match error.path().to_string().as_str() {
        "." => error.inner().to_string(),
        path => format!("{path}: {}", error.inner()),
    })
}

impl Operation {
    /// Does it, under a key; tells what was made, and its id. What came of it under the key before is told again.
    pub(super) async fn done(self, portal: &Portal, filing: Option<&open311::Endpoint>, key: &str) -> Result<Came> {
        match self {
            Self::Pay(new) => under(portal, key, async |portal| paid(portal.call(&PAY, (), &new).await?)).await,
            Self::Apply(new) => under(portal, key, async |portal| portal.call(&APPLY, (), &new).await).await,
            Self::Register(program, new) => {
                under(portal, key, async |portal| portal.call(&REGISTER, program, &new).await).await
            }
            Self::Request(new) => {
                let filing = filing.ok_or_else(|| Failure::bug("a batch that files requests has nowhere to"))?;
                let filing = filing.under_key(key)?;
                let filed = filing.file(&new, Vec::new(), None).await;
                let made = filed.and_then(|filed| made(&filed, "service_request_id"));
                Ok(Came { made, replayed: filing.was_replayed() })
            }
        }
    }
}

/// Calls the portal under a key.
async fn under<T: Serialize>(portal: &Portal, key: &str, call: impl AsyncFnOnce(&Portal) -> Result<T>) -> Result<Came> {
    let portal = portal.under_key(key)?;
    let made = call(&portal).await.and_then(|thing| made(&thing, "id"));
    Ok(Came { made, replayed: portal.was_replayed() })
}

/// What came of an operation.
#[derive(Debug)]
pub(super) struct Came {
    /// The id of what was made, and all of it; or why nothing was.
    pub(super) made: Result<(Option<String>, Value)>,
    /// Whether it came of it when it was asked for before, by another run.
    pub(super) replayed: bool,
}

fn made(thing: &impl Serialize, id: &str) -> Result<(Option<String>, Value)> {
    let thing = serde_json::to_value(thing).map_err(|error| Failure::bug(error.to_string()))?;
    Ok((thing.get(id).and_then(Value::as_str).map(str::to_owned), thing))
}
