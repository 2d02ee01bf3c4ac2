//! TLS to a server: the whole of `verify-full` beyond loopback, by rustls with ring.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::portal::store::{StoreError, url::Server};

/// What makes connections to a server private: its name is checked against its certificate, and that against
/// `sslrootcert` or the system's roots.
pub(super) fn connector(server: &Server) -> Result<MakeRustlsConnect, StoreError> {
    let fault = |error: &dyn std::fmt::Display| StoreError::Database(format!("cannot set up TLS: {error}"));
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| fault(&error))?;
    let config = match &server.roots {
        Some(path) => {
            let fault = |error: &dyn std::fmt::Display| {
                StoreError::Database(format!("cannot read sslrootcert {}: {error}", path.display()))
            };
            let mut roots = RootCertStore::empty();
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| fault(&error))? {
                let certificate = certificate.map_err(|error| fault(&error))?;
                roots.add(certificate).map_err(|error| fault(&error))?;
            }
            if roots.is_empty() {
                return Err(fault(&"there is no certificate in it"));
            }
            builder.with_root_certificates(roots).with_no_client_auth()
        }
        // The system's roots are read only for a server that is reached by TLS.
        None if server.is_local() => builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
        None => builder.with_platform_verifier().map_err(|error| fault(&error))?.with_no_client_auth(),
    };
    Ok(MakeRustlsConnect::new(config))
}
