//! The portal asked over HTTP, without the command between: for what the command would never send.

use reqwest::{Method, Response};
use serde_json::Value;

use super::portal::Portal;

/// A caller of the API.
pub(crate) struct Api {
    client: reqwest::Client,
    base: String,
    token: Option<String>,
    source: Option<String>,
}

/// A client for requests made by hand.
pub(crate) fn client() -> reqwest::Client {
    // A second installation is refused, and means the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().expect("a client")
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
    /// The headers, in the order of their names.
    headers: Vec<(String, String)>,
    /// The body as it came.
    text: String,
}

impl Api {
    /// A caller nobody knows.
    pub(crate) fn anonymous(portal: &Portal) -> Self {
        Self::to(portal.url())
    }

    /// A caller nobody knows, of the portal at an address.
    pub(crate) fn to(url: &str) -> Self {
        Self { client: client(), base: url.to_owned(), token: None, source: None }
    }

    /// Somebody who is signed in.
    pub(crate) async fn signed_in(portal: &Portal, username: &'static str) -> Self {
        Self { token: Some(portal.token(username).await), ..Self::anonymous(portal) }
    }

    /// The caller with another token.
    pub(crate) fn with_token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }

    /// The caller at another address, as a proxy tells it.
    pub(crate) fn from(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
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
        if let Some(source) = &self.source {
            request = request.header("X-Forwarded-For", source);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(request.send().await.expect("the portal answers")).await
    }

    /// Sends a file.
    pub(crate) async fn send(&self, path: &str, file: impl Into<Vec<u8>>) -> Answer {
        let mut request = self.client.post(format!("{}{path}", self.base)).body(file.into());
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
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
        let told = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let mut headers: Vec<_> = response.headers().iter().map(told).collect();
        headers.sort();
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {kind}: {error}: {text}"));
        Self { status, kind, body, headers, text }
    }

    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }

    /// All of the answer, byte by byte, but for what names the request and its time.
    pub(crate) fn without_request(&self) -> String {
        let id = self.header("x-request-id").expect("a request has an id");
        let mut told = format!("{}\n", self.status);
        for (name, value) in &self.headers {
            if name == "content-length" {
                assert_eq!(value, &self.text.len().to_string());
                told += "content-length: [LENGTH]\n";
            } else if name != "x-request-id" && name != "date" {
                told += &format!("{name}: {value}\n");
            }
        }
        told + &self.text.replace(&format!(",\"request_id\":\"{id}\""), "")
    }

    /// Asserts that it succeeded, and returns the body.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }
}
