//! What `-vv` tells of the HTTP traffic, with secrets left out by the name of their field.

use std::{fmt, sync::Arc};

use reqwest::Url;
use serde_json::Value;

use crate::api::card::withheld;

/// Fields of requests whose value is never shown.
const SECRET_IN_REQUESTS: &[&str] = &["password", "token", "code", "link_code"];
/// Fields of answers whose value is never shown; `code` is an error code there.
const SECRET_IN_ANSWERS: &[&str] = &["password", "token", "link_code"];
/// How much of a body is shown, in characters.
const SHOWN: usize = 4_000;

/// Takes a line about the traffic at a time: the user interface shows it.
#[derive(Clone)]
pub struct Trace(Arc<dyn Fn(&str) + Send + Sync>);

impl Trace {
    /// Lines go to this function.
    pub fn new(show: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(show))
    }

    pub(super) fn line(&self, line: &str) {
        (self.0)(&withheld(line));
    }

    pub(super) fn request_body(&self, body: &[u8]) {
        self.body('>', body, SECRET_IN_REQUESTS);
    }

    pub(super) fn answer_body(&self, body: &[u8]) {
        self.body('<', body, SECRET_IN_ANSWERS);
    }

    fn body(&self, mark: char, body: &[u8], secret: &[&str]) {
        if body.is_empty() {
            return;
        }
        let Ok(mut value) = serde_json::from_slice::<Value>(body) else {
            // What is no JSON cannot be searched for secrets, so it is not shown.
            return self.line(&format!("{mark} ({} bytes that are no JSON)", body.len()));
        };
        redact(&mut value, secret);
        let text = value.to_string();
        let shown = text.chars().take(SHOWN).collect::<String>();
        let more = if shown.len() < text.len() { " …" } else { "" };
        self.line(&format!("{mark} {shown}{more}"));
    }
}

/// An address as it may be shown: what its query says under the name of a secret is left out, and card numbers.
pub(super) fn address(url: &Url) -> String {
    let shown = |name: &str, value: &str| match SECRET_IN_REQUESTS.contains(&name) {
        true => "…".to_owned(),
        false => withheld(value).into_owned(),
    };
    if url.query_pairs().all(|(name, value)| shown(&name, &value) == value) {
        return url.to_string();
    }
    let pairs = url.query_pairs().map(|(name, value)| format!("{name}={}", shown(&name, &value))).collect::<Vec<_>>();
    format!("{}?{}", url.as_str().split('?').next().unwrap_or_default(), pairs.join("&"))
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trace(…)")
    }
}

fn redact(value: &mut Value, secret: &[&str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, secret)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if secret.contains(&name.as_str()) && !field.is_null() {
                    *field = Value::from("…");
                } else {
                    redact(field, secret);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_query_are_left_out() {
        let shown = |text: &str| address(&Url::parse(text).unwrap());
        assert_eq!(shown("http://h/v1/a?status=paid&limit=2"), "http://h/v1/a?status=paid&limit=2");
        assert_eq!(shown("http://h/v1/a?b=1&code=K7QM-2X9D"), "http://h/v1/a?b=1&code=…");
        let number = shown("http://h/v1/a?number=4000%200000%200000%200002");
        assert_eq!(number, "http://h/v1/a?number=[withheld: looks like a card number]");
    }

    #[test]
    fn secrets_are_left_out_wherever_they_stand() {
        let mut value =
            serde_json::json!({"username": "rosa", "password": "p", "lines": [{"link_code": "c", "line": 1}]});
        redact(&mut value, SECRET_IN_REQUESTS);
        assert_eq!(value.to_string(), r#"{"username":"rosa","password":"…","lines":[{"link_code":"…","line":1}]}"#);
    }
}
