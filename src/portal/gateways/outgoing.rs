//! How the portal asks services outside: HTTP without redirects or proxies, no more TLS than the address asks for, and
//! a limit to everything.

use std::{sync::Arc, time::Duration};

use reqwest::Response;
use rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::portal::error::{Error, Result};

/// A client for the service at an address.
///
/// # Errors
/// If TLS cannot be set up.
pub(super) fn client(url: &str, timeout: Duration) -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("citytime/", env!("CARGO_PKG_VERSION")))
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        // Whoever is not connected by then has asked nothing.
        .connect_timeout(timeout / 2)
        .timeout(timeout);
    let builder = if url.starts_with("http://") {
        // Loopback: no certificates are needed, and loading them takes long.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Error::internal)?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        builder.tls_backend_preconfigured(config)
    } else {
        // Another part of the process may have chosen it before: it is the same one.
        let _ = rustls::crypto::CryptoProvider::install_default(ring::default_provider());
        builder
    };
    builder.build().map_err(Error::internal)
}

/// The beginning of an answer's body, at most so many bytes; none of it where it breaks off.
pub(super) async fn body(response: &mut Response, most: usize) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.ok()? {
        body.extend_from_slice(&piece);
        if body.len() > most {
            break;
        }
    }
    Some(body)
}
