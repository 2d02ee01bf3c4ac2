//! The HTTP client under a portal, with no more TLS than its address asks for: loading roots and the platform's verifier
//! costs more than a whole request on loopback.

use std::{path::Path, sync::Arc, time::Duration};

use reqwest::redirect;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

const USER_AGENT: &str = concat!("citytime/", env!("CARGO_PKG_VERSION"));

/// Which certificates an address is checked against.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trust<'a> {
    /// `http://`: none.
    Nothing,
    /// `https://` with `--cacert`: those in the file and no others.
    File(&'a Path),
    /// `https://`: what the platform trusts.
    Platform,
}

/// An HTTP/1.1 client. It follows no redirects: a token must not travel to another address. Connecting takes at most
/// half the time an attempt has, so that running out of time tells whether anything was sent.
pub(super) fn client(trust: Trust<'_>, timeout: Duration) -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .http1_only()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout((timeout / 2).min(Duration::from_secs(10)));
    let builder = match trust {
        Trust::Nothing => builder.tls_backend_preconfigured(trusting(RootCertStore::empty())?),
        Trust::File(path) => builder.tls_backend_preconfigured(trusting(roots(path)?)?),
        Trust::Platform => {
            // Another part of the process may have chosen it before: it is the same one.
            let _ = CryptoProvider::install_default(ring::default_provider());
            builder
        }
    };
    builder.build().map_err(|error| Failure::new(Code::Network, format!("cannot set up HTTPS: {error}")).because(error))
}

fn trusting(roots: RootCertStore) -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::bug(format!("TLS cannot be set up: {error}")))?;
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn roots(path: &Path) -> Result<RootCertStore> {
    let pem = std::fs::read(path).map_err(|error| Failure::file("read", path, error).named_by("--cacert"))?;
    let broken = |why: String| {
        Failure::new(Code::File, format!("cannot use {} as --cacert: {why}", path.display()))
            .hint("it must hold certificates in PEM, each between BEGIN CERTIFICATE and END CERTIFICATE")
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| broken(error.to_string()))?;
        roots.add(certificate).map_err(|error| broken(error.to_string()))?;
    }
    if roots.is_empty() { Err(broken("there is no certificate in it".to_owned())) } else { Ok(roots) }
}
