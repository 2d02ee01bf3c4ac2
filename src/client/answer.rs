//! What came back: problems become failures, JSON becomes the operation's type, and anything else is told for what it
//! is. A portal may be newer than this client: an error code it does not know falls back to the HTTP status.

use std::borrow::Cow;

use reqwest::header::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    api::{
        endpoint::REPLAYED,
        header::ZONE,
        problem::{Code, FieldError},
        word::Word,
    },
    failure::{Failure, Result},
    zone::CityZone,
};

/// How much of a foreign body is quoted, in characters.
const QUOTED: usize = 200;

/// Who was asked for what: for what failures say.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The operation: `bills.list`.
    pub(super) operation: Cow<'static, str>,
    /// What it does, for a person: `Pay bills`.
    pub(super) summary: Cow<'static, str>,
    /// The address of the portal.
    pub(super) base: String,
}

/// A problem as any portal may tell it.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    hint: Option<String>,
    #[serde(default)]
    errors: Vec<FieldError>,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
}

/// Reads the body of an answer that says the operation succeeded.
pub(super) fn read<O: DeserializeOwned>(asked: &Asked, content_type: &str, body: &[u8]) -> Result<O> {
    if !is_json(content_type) {
        return Err(foreign(asked, 200, content_type, body));
    }
    serde_json::from_slice(body).map_err(|_| {
        // Read again to learn where: the path is worth its time only when something is wrong.
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        let (place, why) = match serde_path_to_error::deserialize::<_, O>(&mut deserializer) {
            Err(error) => (error.path().to_string(), error.inner().to_string()),
            Ok(_) => (String::from("."), "there is more behind the answer".to_owned()),
        };
        let message = format!(
            "{} answered {} with something this version cannot read: at {place}: {why}",
            asked.base, asked.operation
        );
        Failure::new(Code::NotAPortal, message)
            .hint("the portal may be newer than this citytime: update it, or look at the answer with -vv")
    })
}

/// What an answer with an error status says.
pub(super) fn refusal(asked: &Asked, status: u16, content_type: &str, body: &[u8]) -> Failure {
    let told = is_json(content_type).then(|| serde_json::from_slice::<Told>(body).ok()).flatten();
    let Some(told) = told.filter(|told| told.code.is_some() || told.detail.is_some() || told.title.is_some()) else {
        return foreign(asked, status, content_type, body);
    };
    let known = told.code.as_deref().and_then(Code::parse).filter(|code| code.travels());
    let code = known.unwrap_or_else(|| by_status(status));
    let message = told.detail.or(told.title).unwrap_or_else(|| code.title().to_owned());
    let mut failure = Failure::new(code, message);
    failure.hint = told.hint.or_else(|| next(code).map(str::to_owned));
    failure.errors = told.errors;
    failure.subject = told.subject;
    failure.status = Some(status);
    failure.request_id = told.request_id.filter(|id| !id.is_empty());
    failure
}

/// What an answer that sends the client elsewhere says.
pub(super) fn redirect(asked: &Asked, status: u16, location: Option<&str>) -> Failure {
    let place = location.unwrap_or("nowhere");
    let message = format!("{} answered {status}: it sends on to {place}, and citytime does not follow", asked.base);
    let mut failure = Failure::new(Code::NotAPortal, message)
        .hint("if you trust the new address, add it: `citytime city add NAME URL`");
    failure.status = Some(status);
    failure
}

fn foreign(asked: &Asked, status: u16, content_type: &str, body: &[u8]) -> Failure {
    let code = match status {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        408 => Code::TimedOut,
        429 => Code::RateLimited,
        500.. => by_status(status),
        _ => Code::NotAPortal,
    };
    let what = match content_type.split(';').next().unwrap_or_default().trim() {
        "" => "something without a content type".to_owned(),
        "text/html" => "a web page".to_owned(),
        other => other.to_owned(),
    };
    let text = String::from_utf8_lossy(body);
    let quoted = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(QUOTED).collect::<String>();
    let quoted = if quoted.is_empty() { String::new() } else { format!(": {quoted}") };
    let message = if code == Code::NotAPortal {
        format!("{} is no city portal: it answered {status} with {what}{quoted}", asked.base)
    } else {
        format!("{} answered {status} with {what}{quoted}", asked.base)
    };
    let mut failure = Failure::new(code, message);
    failure.status = Some(status);
    failure.hint = match code {
        Code::NotAPortal => Some(
            "check the address (`citytime city list` shows those you keep); a portal answers at /.well-known/citytime"
                .to_owned(),
        ),
        other => next(other).map(str::to_owned),
    };
    failure
}

/// The code nearest to an HTTP status, for answers whose own code is not known here.
fn by_status(status: u16) -> Code {
    match status {
        400 => Code::Malformed,
        401 => Code::Unauthenticated,
        402 => Code::Declined,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        409 => Code::Conflict,
        413 => Code::TooLarge,
        429 => Code::RateLimited,
        502..=504 => Code::Unavailable,
        500.. => Code::Internal,
        _ => Code::Invalid,
    }
}

/// What to do next, where a portal did not say.
pub(super) fn next(code: Code) -> Option<&'static str> {
    match code {
        Code::Unauthenticated | Code::Expired => Some("sign in with `citytime login`"),
        Code::RateLimited | Code::Unavailable | Code::Internal => Some("try again in a while"),
        _ => None,
    }
}

/// Passes on by which clocks the city lives, where the answer says so.
pub(super) fn tell_zone(headers: &HeaderMap, zone: &CityZone) {
    if let Some(name) = headers.get(ZONE).and_then(|name| name.to_str().ok()) {
        zone.learn(name);
    }
}

/// Whether an answer says that the change had been made before under its key.
pub(super) fn is_replayed(headers: &HeaderMap) -> bool {
    headers.get(REPLAYED).is_some_and(|value| value == "true")
}

pub(super) fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked { operation: "bills.show".into(), summary: "A bill".into(), base: "http://127.0.0.1:1".to_owned() }
    }

    #[test]
    fn a_code_of_a_newer_portal_falls_back_to_the_status() {
        let body = br#"{"code":"on_holiday","detail":"the office is closed","status":409,"extra":[1]}"#;
        let failure = refusal(&asked(), 409, "application/problem+json", body);
        assert_eq!((failure.code, failure.message.as_str()), (Code::Conflict, "the office is closed"));
        let body = br#"{"code":"usage","detail":"a code that never travels"}"#;
        assert_eq!(refusal(&asked(), 422, "application/problem+json", body).code, Code::Invalid);
    }

    #[test]
    fn a_page_is_told_for_what_it_is() {
        let failure =
            read::<serde_json::Value>(&asked(), "text/html; charset=utf-8", b"<h1>\n Welcome</h1>").unwrap_err();
        assert_eq!(failure.code, Code::NotAPortal);
        assert!(failure.message.ends_with("it answered 200 with a web page: <h1> Welcome</h1>"), "{failure}");
    }

    #[test]
    fn a_decode_error_names_operation_and_place() {
        #[derive(Debug, Deserialize)]
        struct Outer {
            #[expect(dead_code, reason = "only read")]
            items: Vec<u8>,
        }
        let failure = read::<Outer>(&asked(), "application/json", br#"{"items":[1,"x"]}"#).unwrap_err();
        assert!(failure.message.contains("bills.show") && failure.message.contains("items[1]"), "{failure}");
    }
}
