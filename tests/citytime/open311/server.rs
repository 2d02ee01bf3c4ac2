//! An HTTP server on loopback that answers as it is told, and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse as _, Response},
};
use tokio::task::JoinHandle;

/// What a city was asked.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    /// The path with its escapes resolved.
    pub(super) path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    form: Vec<(String, String)>,
    body: Bytes,
    /// How often this method and path were asked for before.
    pub(super) before: usize,
}

impl Seen {
    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A field of the form.
    pub(super) fn form(&self, name: &str) -> Option<&str> {
        self.form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All fields of that name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.form.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether its body holds this.
    pub(super) fn sends(&self, bytes: &[u8]) -> bool {
        self.body.windows(bytes.len()).any(|window| window == bytes)
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The method and path, to match on.
    pub(super) fn asks(&self) -> (&str, &str) {
        (&self.method, &self.path)
    }
}

/// What a city answers.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// An answer.
    Said(u16, &'static str, String),
    /// An answer with one more header.
    With(u16, (&'static str, String), String),
    /// Nothing, ever.
    Silence,
}

pub(super) fn json(body: impl Into<String>) -> Answer {
    Answer::Said(200, "application/json; charset=utf-8", body.into())
}

pub(super) fn xml(body: impl AsRef<str>) -> Answer {
    Answer::Said(
        200,
        "text/xml; charset=utf-8",
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", body.as_ref()),
    )
}

pub(super) fn page(status: u16) -> Answer {
    let body = "<!DOCTYPE html>\n<html><head><title>Lakeside</title></head><body>Welcome</body></html>";
    Answer::Said(status, "text/html; charset=utf-8", body.to_owned())
}

pub(super) fn refused(status: u16, body: &str) -> Answer {
    Answer::Said(status, "application/json", body.to_owned())
}

type Behaviour = dyn Fn(&Seen) -> Answer + Send + Sync;

struct House {
    answer: Box<Behaviour>,
    seen: Mutex<Vec<Seen>>,
}

/// A city's server. It ends when this is dropped.
pub(super) struct City {
    address: SocketAddr,
    house: Arc<House>,
    task: JoinHandle<()>,
}

impl City {
    #[expect(clippy::disallowed_methods, reason = "the city answers while the test goes on")]
    pub(super) async fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let house = Arc::new(House { answer: Box::new(answer), seen: Mutex::default() });
        let router = Router::new().fallback(reply).with_state(Arc::clone(&house));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("the city serves") });
        Self { address, house, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything it was asked so far.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.house.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for City {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn reply(State(house): State<Arc<House>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let pairs = |text: &str| {
        let url = reqwest::Url::parse(&format!("form:?{text}")).expect("a query");
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect::<Vec<_>>()
    };
    // A query resolves escapes as a path does, but for the plus sign, which no path here has.
    let path = pairs(&format!("p={}", uri.path().replace('&', "%26")))[0].1.clone();
    let seen = {
        let mut known = house.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.iter().filter(|other| other.method == method.as_str() && other.path == path).count();
        let form = pairs(&String::from_utf8_lossy(&body));
        let query = pairs(uri.query().unwrap_or_default());
        let seen = Seen { method: method.to_string(), path, query, headers, form, body, before };
        known.push(seen.clone());
        seen
    };
    let status = |code| StatusCode::from_u16(code).expect("an HTTP status");
    match (house.answer)(&seen) {
        Answer::Said(code, kind, body) => (status(code), [("content-type", kind)], body).into_response(),
        Answer::With(code, (name, value), body) => (status(code), [(name, value)], body).into_response(),
        Answer::Silence => std::future::pending().await,
    }
}
