//! Reading a request: path parameter, query or JSON body, idempotency key. What cannot be read says where and why. A
//! card number is refused here, before anything else sees it, and never told again.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, Uri, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::context::key_missing;
use crate::{
    api::{
        card::{self, wire},
        endpoint::{Key, Method, PathParameter},
        problem::{Code, FieldError, Problem},
    },
    portal::error::{Error, Result},
};

/// How large a body may be, in bytes: 500 lines of an import are well within.
const BODY_LIMIT: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);
/// How long an idempotency key may be, in bytes.
const KEY_LIMIT: usize = 255;

/// The header of an idempotency key.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The path's parameters.
pub async fn path<P: PathParameter>(parts: &mut Parts) -> Result<P> {
    let parameters = RawPathParams::from_request_parts(parts, &()).await.ok();
    let texts = parameters.iter().flat_map(|all| all.iter()).map(|(_, value)| value).collect::<Vec<_>>();
    P::read(&texts).map_err(|detail| Problem::new(Code::NotFound, detail).into())
}

/// The input: the query of what reads or takes away, the body of the rest.
pub async fn input<I: DeserializeOwned>(method: Method, parts: &Parts, body: Body) -> Result<I> {
    match method {
        Method::Get | Method::Delete => query(&parts.uri),
        Method::Post | Method::Patch => json(&parts.headers, body).await,
    }
}

/// Refuses a request whose address holds a card number: in a part of its path, or in its query.
pub fn address(uri: &Uri) -> Result<()> {
    let mut parts = uri.path().split('/').flat_map(|part| form_urlencoded::parse(part.as_bytes()));
    if parts.any(|(name, value)| [name, value].iter().any(|text| card::looks_like_card_number(text))) {
        return Err(card_number(""));
    }
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .try_for_each(|(name, value)| field(&name, &value))
}

/// Refuses a field of a query or form that holds a card number.
pub fn field(name: &str, value: &str) -> Result<()> {
    match wire::in_field(name, value) {
        true if card::looks_like_card_number(name) => Err(card_number("")),
        true => Err(card_number(&format!("/{name}"))),
        false => Ok(()),
    }
}

fn card_number(pointer: &str) -> Error {
    Problem::invalid(vec![FieldError::new(pointer, card::REFUSAL)]).hint(card::NEXT).into()
}

fn query<I: DeserializeOwned>(uri: &Uri) -> Result<I> {
    axum::extract::Query::try_from_uri(uri).map(|axum::extract::Query(input)| input).map_err(|rejection| {
        let source = std::error::Error::source(&rejection).map_or_else(|| rejection.to_string(), ToString::to_string);
        let (pointer, detail) = match source.split_once(": ") {
            Some((field, detail)) if !field.contains(' ') => (format!("/{field}"), detail.to_owned()),
            _ => (String::new(), source),
        };
        Problem::invalid(vec![FieldError::new(pointer, detail)]).into()
    })
}

async fn json<I: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<I> {
    let read = tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, BODY_LIMIT)).await;
    let bytes = match read {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(unreadable(&error)),
        Err(_) => return Err(malformed("the body did not arrive in time")),
    };
    if bytes.is_empty() {
        return parse(b"{}");
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Err(malformed("the body must be application/json"));
    }
    match std::str::from_utf8(&bytes).ok().and_then(wire::in_document) {
        Some(pointer) => Err(card_number(&pointer)),
        None => parse(&bytes),
    }
}

fn parse<I: DeserializeOwned>(bytes: &[u8]) -> Result<I> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let input: I = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        if error.inner().is_data() {
            let pointer = pointer(error.path());
            return Problem::invalid(vec![FieldError::new(pointer, without_place(error.inner()))]).into();
        }
        malformed(format!("the body is no JSON: {}", error.inner()))
    })?;
    deserializer.end().map_err(|error| malformed(format!("the body goes on after its JSON: {error}")))?;
    Ok(input)
}

/// RFC 6901 of a path into the document.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { variant } => pointer.push_str(&format!("/{variant}")),
            Segment::Unknown => {}
        }
        pointer
    })
}

/// An error of a field without serde_json's line and column, which mean nothing in a body nobody saw.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once(" at line ").map_or(text.clone(), |(head, _)| head.to_owned())
}

fn malformed(detail: impl Into<String>) -> Error {
    Problem::new(Code::Malformed, detail).into()
}

fn unreadable(error: &axum::Error) -> Error {
    let text = error.to_string();
    if text.contains("length limit") {
        return Problem::new(Code::TooLarge, format!("the body is larger than {BODY_LIMIT} bytes"))
            .hint("send it in smaller parts")
            .into();
    }
    malformed(format!("the body was cut off: {text}"))
}

/// The idempotency key, as the operation's rule wants it.
pub fn idempotency_key(rule: Key, headers: &HeaderMap) -> Result<Option<String>> {
    let key = headers.get(IDEMPOTENCY_KEY).map(|value| value.to_str().unwrap_or_default().trim());
    match (rule, key) {
        (Key::None, _) | (Key::Accepted, None) => Ok(None),
        (Key::Required, None) => Err(key_missing().into()),
        (_, Some(key)) if key.is_empty() || key.len() > KEY_LIMIT => {
            Err(Error::field("", format!("an Idempotency-Key has 1 to {KEY_LIMIT} visible ASCII characters")))
        }
        (_, Some(key)) => Ok(Some(key.to_owned())),
    }
}
