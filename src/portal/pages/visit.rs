//! What a browser sent: the fields of a link's query, and of a form.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, header, request::Parts},
};

use crate::{
    api::{
        problem::{Code, Problem},
        secret::Secret,
    },
    portal::{error::Result, web::input},
};

/// How large a form may be, in bytes: two passwords and a code are well within.
const FORM_LIMIT: usize = 16 << 10;
/// How long a form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(30);

/// The fields that came with a request. Never printed: some of them are secrets.
pub(crate) struct Visit {
    pairs: Vec<(String, String)>,
}

impl Visit {
    /// Reads a link's query, or a form and the query it was sent to.
    pub(super) async fn read(parts: &Parts, body: Body) -> Result<Self> {
        let mut pairs = Vec::new();
        if parts.method == Method::POST {
            let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            if !super::FORM.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
                return Err(unreadable("it is not what a browser sends for this form").into());
            }
            let arriving = axum::body::to_bytes(body, FORM_LIMIT);
            let arrived = tokio::time::timeout(FORM_TIME, arriving).await;
            let bytes = arrived
                .map_err(|_| unreadable("it did not arrive in time"))?
                .map_err(|_| unreadable("it was cut off, or is too large"))?;
            pairs.extend(form_urlencoded::parse(&bytes).into_owned());
            pairs.iter().try_for_each(|(name, value)| input::field(name, value))?;
        }
        pairs.extend(form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned());
        Ok(Self { pairs })
    }

    /// The first value of a field, trimmed; nothing for one that says nothing. A form goes before the link.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values(name).map(str::trim).find(|value| !value.is_empty())
    }

    /// The same for what must not be seen, and just as it was typed.
    pub(crate) fn secret(&self, name: &str) -> Option<Secret> {
        self.values(name).find(|value| !value.is_empty()).map(Secret::new)
    }

    fn values<'v>(&'v self, name: &str) -> impl Iterator<Item = &'v str> {
        self.pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

fn unreadable(why: &str) -> Problem {
    Problem::new(Code::Malformed, format!("the form cannot be read: {why}")).hint("go back, and send it again")
}
