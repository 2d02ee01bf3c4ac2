//! A portal's address: what requests begin with, and what a sign-in belongs to.

use std::{fmt, str::FromStr};

use reqwest::Url;
use serde::Serialize;

use crate::failure::Failure;

/// A normalised `http` or `https` URL: lower-case host, no default port, no trailing slash, no user, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PortalUrl(String);

impl PortalUrl {
    /// The URL, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, for people.
    pub fn host(&self) -> String {
        self.parsed().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Whether a token may travel there: over TLS, or not over a network at all.
    pub fn may_send_token(&self) -> bool {
        self.parsed().is_some_and(|url| may_send_token(&url))
    }

    fn parsed(&self) -> Option<Url> {
        Url::parse(&self.0).ok()
    }
}

/// Whether a token may travel to a URL: over TLS, or on loopback.
pub fn may_send_token(url: &Url) -> bool {
    let loopback = url.host_str().is_some_and(|host| {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
        address.map_or(host == "localhost", |address| address.is_loopback())
    });
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}

impl fmt::Display for PortalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for PortalUrl {
    type Err = InvalidUrl;
    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let invalid = |why: &'static str| InvalidUrl { text: text.to_owned(), why };
        let text = text.trim();
        if !text.contains("://") {
            return Err(invalid("it begins with https://"));
        }
        let url = Url::parse(text).map_err(|_| invalid("its host or port cannot be read"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(invalid("only https:// and http:// are spoken"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidUrl {
                text: url.host_str().unwrap_or_default().to_owned(),
                why: "leave name and password out; `citytime login` asks for them",
            });
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("leave what follows ? or # out"));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

/// A text that is no portal's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no address of a portal: {why}")]
pub struct InvalidUrl {
    text: String,
    why: &'static str,
}

impl From<InvalidUrl> for Failure {
    fn from(error: InvalidUrl) -> Self {
        Self::usage(error.to_string())
            .hint("write it as in https://portal.city.example; cities you have added go by name: `citytime city list`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Result<String, InvalidUrl> {
        text.parse::<PortalUrl>().map(|url| url.to_string())
    }

    #[test]
    fn addresses_are_normalised() {
        assert_eq!(url("HTTPS://City.Example:443/").unwrap(), "https://city.example");
        assert_eq!(url("http://127.0.0.1:8311").unwrap(), "http://127.0.0.1:8311");
        assert_eq!(url("https://city.example/portal//").unwrap(), "https://city.example/portal");
        for wrong in ["city.example", "ftp://x", "https://", "https://x?y", "https://x#y", "https://u:p@x"] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
        assert!(!url("https://rosa:secret@x").unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn tokens_travel_over_tls_or_loopback_only() {
        let may = |text: &str| text.parse::<PortalUrl>().unwrap().may_send_token();
        for safe in ["https://city.example", "http://localhost:1", "http://127.0.0.9", "http://[::1]:80"] {
            assert!(may(safe), "{safe}");
        }
        for unsafe_ in
            ["http://city.example", "http://10.0.0.1", "http://127.0.0.1.example", "http://localhost.example"]
        {
            assert!(!may(unsafe_), "{unsafe_}");
        }
    }
}
