//! Why a portal was not reached, in words a person can act on.

use std::{error::Error, io};

use crate::{api::problem::Code, failure::Failure};

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It may be different in a moment.
    Passing,
    /// It will be the same.
    Lasting,
}

/// Explains why no connection to `base` came about. Nothing was sent.
pub(super) fn explain(base: &str, error: reqwest::Error) -> (Failure, Outlook) {
    let told = |why: &str, hint: &str| Failure::new(Code::Network, format!("cannot reach {base}: {why}")).hint(hint);
    let running = "check the address (`citytime city list` shows those you keep), and that the portal is running";
    if let Some(tls) = find::<rustls::Error>(&error) {
        let failure = match tls {
            rustls::Error::InvalidCertificate(why) => told(
                &format!("its certificate is not trusted ({})", certificate(why)),
                "if the city has its own certificate authority, give its certificate with --cacert FILE",
            ),
            rustls::Error::InvalidMessage(_) => {
                told("what answers does not speak TLS", "check whether the address should begin with http:// instead")
            }
            other => told(&format!("TLS failed ({other})"), running),
        };
        return (failure.because(error), Outlook::Lasting);
    }
    if error.is_timeout() {
        let failure = told("connecting took too long", "check the network, or give it more time with --timeout 60s");
        return (failure.because(error), Outlook::Passing);
    }
    if chain(&error).any(|link| link.to_string() == "dns error") {
        let failure = told(
            "its name cannot be resolved",
            "check the address (`citytime city list` shows those you keep), and the network",
        );
        return (failure.because(error), Outlook::Passing);
    }
    let why = match find::<io::Error>(&error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "connection refused".to_owned(),
        Some(io::ErrorKind::ConnectionReset) => "connection reset".to_owned(),
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => {
            "there is no route to it".to_owned()
        }
        _ => innermost(&error),
    };
    (told(&why, running).because(error), Outlook::Passing)
}

/// What broke a connection that had been made.
pub(super) fn broken(error: &reqwest::Error) -> String {
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionReset) => "the connection was reset".to_owned(),
        Some(io::ErrorKind::UnexpectedEof) => "the connection was closed".to_owned(),
        _ => innermost(error),
    }
}

/// Whether what came back is no HTTP at all.
pub(super) fn is_foreign(error: &reqwest::Error) -> bool {
    chain(error).any(|link| link.to_string().starts_with("invalid HTTP"))
}

fn certificate(why: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Fault;
    match why {
        Fault::UnknownIssuer => "its issuer is unknown".to_owned(),
        Fault::Expired | Fault::ExpiredContext { .. } => "it has expired".to_owned(),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => "it is not valid yet".to_owned(),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => "it is for another name".to_owned(),
        Fault::Revoked => "it was revoked".to_owned(),
        other => other.to_string(),
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&link| link.source())
}

/// The first error of a type behind an error, inside of I/O errors too.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    chain(error).find_map(|link| {
        let inside = link.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        link.downcast_ref().or_else(|| inside.and_then(|inner| find(inner as &(dyn Error + 'static))))
    })
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
