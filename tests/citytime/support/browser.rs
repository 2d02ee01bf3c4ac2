//! What a browser sends and shows, without one: forms, the headers browsers add, the page that comes back.

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, redirect};

use super::portal::Portal;

/// Somebody at a browser.
pub(crate) struct Browser {
    client: reqwest::Client,
    base: String,
}

/// A page as it came.
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Browser {
    /// A browser that knows nothing of the portal yet.
    pub(crate) fn at(portal: &Portal) -> Self {
        // A second installation is refused, and means the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().redirect(redirect::Policy::none()).build();
        Self { client: client.expect("a client"), base: portal.url().to_owned() }
    }

    /// Opens an address of the portal.
    pub(crate) async fn open(&self, path: &str) -> Shown {
        self.send(Method::GET, path, &[], None).await
    }

    /// Sends a form from the portal's own page.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin"), ("origin", "null")], Some(fields)).await
    }

    /// Sends a request with headers of one's own.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, &'static str)],
        form: Option<&[(&str, &str)]>,
    ) -> Shown {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, HeaderValue::from_static(value));
        }
        if let Some(fields) = form {
            let body = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
            let body = body.collect::<Vec<_>>().join("&");
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        let response = request.send().await.expect("the portal answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Shown { status, headers, html: response.text().await.expect("a page") }
    }
}

/// Percent-encoded, every byte that is no letter or digit.
fn escaped(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric();
    text.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

impl Shown {
    /// The page's words without its markup and style: what a person reads, a line for each block.
    pub(crate) fn words(&self) -> String {
        let body = self.html.split_once("<main>").and_then(|(_, rest)| rest.split_once("</main>"));
        let (body, _) = body.unwrap_or_else(|| panic!("no page: {}", self.html));
        let mut words = String::new();
        let mut rest = body;
        while let Some((text, after)) = rest.split_once('<') {
            words.push_str(text);
            let (tag, after) = after.split_once('>').expect("a tag ends");
            if ["/p", "/h1", "/label", "/button", "/li", "/div"].contains(&tag) && !words.ends_with('\n') {
                words.push('\n');
            }
            rest = after;
        }
        words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").trim().to_owned()
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
