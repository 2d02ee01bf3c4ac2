//! One request to Stripe, and what is known of it: done, refused, or nobody knows.

use form_urlencoded::Serializer;
use reqwest::{Method, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::{
    Stripe,
    objects::{Failed, Refusal},
};
use crate::{
    api::problem::{Code, Problem},
    portal::{
        error::{Error, Internal, Result},
        gateways::outgoing,
    },
};

/// How much of an answer is read, in bytes: a page of payments is well within.
const MOST: usize = 4 << 20;

/// A request to be made.
pub(super) struct Call {
    method: Method,
    path: String,
    fields: Vec<(&'static str, String)>,
    key: Option<String>,
}

impl Call {
    /// Reads.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), fields: Vec::new(), key: None }
    }

    /// Makes or changes something.
    pub(super) fn post(path: impl Into<String>) -> Self {
        Self { method: Method::POST, ..Self::get(path) }
    }

    /// With a field of the form, or of the query.
    pub(super) fn field(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Under a key: Stripe does it once, however often it is asked.
    pub(super) fn key(self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self }
    }
}

/// What came of a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// It was done.
    Done(Vec<u8>),
    /// It was not, and this is why.
    Refused {
        /// The HTTP status: 4xx.
        status: u16,
        /// What Stripe says.
        refusal: Box<Refusal>,
    },
    /// It may have been done, or not.
    Unknown(String),
}

impl Answer {
    /// What was answered to a call that had to succeed.
    pub(super) fn read<T: DeserializeOwned>(self, what: &str) -> Result<T> {
        match self {
            Self::Done(body) => serde_json::from_slice(&body)
                .map_err(|error| Self::Unknown(format!("the answer cannot be read: {error}")).failed(what)),
            other => Err(other.failed(what)),
        }
    }

    /// The error of a call that had to succeed.
    pub(super) fn failed(self, what: &str) -> Error {
        let why = match self {
            Self::Done(_) => format!("{what}: the answer cannot be read"),
            Self::Refused { status, refusal } => format!("{what}: Stripe answered {status}: {}", refusal.said()),
            Self::Unknown(why) => format!("{what}: {why}"),
        };
        let problem = Problem::new(Code::Unavailable, "the payment processor cannot be used now")
            .hint("try again in a moment; nothing was taken");
        Error { problem: Box::new(problem), internal: Some(Internal::Other(why)) }
    }
}

impl Stripe {
    /// Asks, once.
    pub(super) async fn ask(&self, call: Call) -> Answer {
        let Call { method, path, fields, key } = call;
        let form = Serializer::new(String::new()).extend_pairs(&fields).finish();
        let reads = method == Method::GET;
        let query = if reads && !form.is_empty() { format!("?{form}") } else { String::new() };
        let mut request = self
            .client
            .request(method, format!("{}{path}{query}", self.account.base_url))
            .bearer_auth(self.account.secret_key.expose())
            .header("Stripe-Version", &self.account.version);
        if !reads {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Answer::Unknown(format!("no answer: {}", error.without_url())),
        };
        let status = response.status().as_u16();
        let Some(body) = outgoing::body(&mut response, MOST).await else {
            return Answer::Unknown(format!("the answer ({status}) broke off"));
        };
        match status {
            200..=299 => Answer::Done(body),
            // Another request under the key is on its way, or Stripe has had enough of us: neither says what became of
            // this one.
            400..=499 if !matches!(status, 408 | 409 | 429) => {
                let failed: Failed = serde_json::from_slice(&body).unwrap_or_default();
                // What was done under a key says nothing of what is asked for now.
                if failed.error.is_of_the_key() {
                    return Answer::Unknown("the key was used for something else".to_owned());
                }
                Answer::Refused { status, refusal: Box::new(failed.error) }
            }
            _ => Answer::Unknown(format!("the answer was {status}")),
        }
    }

    /// Asks for what has to be answered.
    pub(super) async fn must<T: DeserializeOwned>(&self, call: Call, what: &str) -> Result<T> {
        self.ask(call).await.read(what)
    }
}
