//! The portal asked over HTTP, without the command between: for what the command would never send.

use reqwest::{Method, Response};
use serde_json::Value;

use super::portal::Portal;

/// A caller of the API.
pub(crate) struct Api {
    client: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// What the portal answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The content type, without parameters.
    pub(crate) kind: String,
    /// The body.
    pub(crate) body: Value,
}

impl Api {
    /// A caller nobody knows.
    pub(crate) fn anonymous(portal: &Portal) -> Self {
        // A second installation is refused, and means the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { client, base: portal.url().to_owned(), token: None }
    }

    /// Somebody who is signed in.
    pub(crate) async fn signed_in(portal: &Portal, username: &'static str) -> Self {
        Self { token: Some(portal.token(username).await), ..Self::anonymous(portal) }
    }

    /// The caller with another token.
    pub(crate) fn with_token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }

    /// The caller at another portal.
    pub(crate) fn at(self, portal: &Portal) -> Self {
        Self { base: portal.url().to_owned(), ..self }
    }

    /// Asks. A key makes the request one that may be repeated.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<Value>, key: Option<&str>) -> Answer {
        let method: Method = method.to_uppercase().parse().expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(request.send().await.expect("the portal answers")).await
    }

    /// Asks without a body, and looks at nothing but the status: where the answer is another standard's.
    pub(crate) async fn status(&self, method: &str, path: &str) -> u16 {
        let method: Method = method.to_uppercase().parse().expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("the portal answers").status().as_u16()
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None, None).await
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let status = response.status().as_u16();
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().to_owned();
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {kind}: {error}: {text}"));
        Self { status, kind, body }
    }

    /// Asserts that it succeeded, and returns the body.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }
}
