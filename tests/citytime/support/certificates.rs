//! A certificate authority of a city's own, and a certificate of it for loopback.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use super::command::Shell;

/// A certificate authority of the city's own and a certificate of it for loopback, as files.
pub(crate) struct Certificates {
    pub(crate) authority: String,
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Certificates {
    /// Writes them into a shell's home.
    pub(crate) fn write(shell: &Shell) -> Self {
        let authority_key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "City of Riverton");
        let root = authority.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(authority, authority_key);
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let server = server.signed_by(&key, &issuer).unwrap();
        let file = |name: &str, text: &str| shell.write(name, text).display().to_string();
        Self {
            authority: file("authority.pem", &root.pem()),
            certificate: file("portal.pem", &server.pem()),
            key: file("portal.key", &key.serialize_pem()),
        }
    }
}
