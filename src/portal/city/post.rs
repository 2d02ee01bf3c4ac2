//! How a city's notices leave: `[mail]` and `[sms]`.

use std::{path::Path, time::Duration};

use lettre::message::Mailbox;
use toml::de::DeValue;

use super::{
    shapes,
    table::{Fault, Table},
};
use crate::{api::secret::Secret, words};

/// Twilio's own address.
const TWILIO: &str = "https://api.twilio.com";
/// How long a letter or message may take, unless said, in seconds.
const TIMEOUT: u32 = 30;

words! {
    /// How a connection to a mail server is secured.
    pub enum Security ("kind of security") {
        /// Begun in the clear and then encrypted, or not used.
        Starttls = "starttls",
        /// Encrypted from the beginning.
        Tls = "tls",
        /// Not at all: on loopback only.
        None = "none",
    }
}

impl Security {
    const fn port(self) -> u16 {
        match self {
            Self::Starttls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// The server that takes a city's mail.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Whom mail is from.
    pub from: Mailbox,
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// The name and password to sign in with.
    pub credentials: Option<(String, Secret)>,
    /// The certificates it is checked against, PEM, in place of those the system trusts.
    pub certificates: Option<String>,
    /// How long a letter may take.
    pub timeout: Duration,
}

/// The service that takes a city's text messages.
#[derive(Debug, Clone)]
pub struct TextService {
    /// Where its API is.
    pub url: String,
    /// The account's SID.
    pub account: String,
    /// The account's token.
    pub token: Secret,
    /// The number messages are from (E.164), or the SID of a messaging service.
    pub from: String,
    /// How long a message may take.
    pub timeout: Duration,
}

/// Reads `[mail]`.
pub(super) fn mail(mail: &mut Table<'_>) -> Option<MailServer> {
    let from = mail.required("from", mailbox);
    let host = mail.required("host", host);
    let security = mail.has("security").then(|| mail.required("security", shapes::word::<Security>));
    let security = security.unwrap_or(Some(Security::Starttls));
    let port = mail.has("port").then(|| mail.required("port", |value| shapes::whole(value, 1..=65535)));
    let username = mail.optional("username", shapes::line);
    let password = mail.optional("password_file", secret);
    let certificates = mail.optional("ca_file", certificates);
    let timeout = timeout(mail);
    let loopback = host.as_deref().is_none_or(is_loopback);
    if security == Some(Security::None) && !loopback {
        let hint = "take security = \"starttls\" or \"tls\": letters hold codes that open accounts";
        mail.refuse("security", Fault::new("`none` is for a server on loopback only").hint(hint));
    }
    match (mail.has("username"), mail.has("password_file")) {
        (true, false) => {
            let hint = "add `password_file = \"/…\"`, a file whose first line is the password";
            mail.missing("password_file", Fault::new("there is a username, and no password").hint(hint));
        }
        (false, true) => {
            mail.missing("username", Fault::new("there is a password, and no username").hint("add `username = \"…\"`"));
        }
        _ => {}
    }
    let (security, port) = (security?, port.unwrap_or_else(|| security.map(|kind| u32::from(kind.port())))?);
    Some(MailServer {
        from: from?,
        host: host?,
        port: u16::try_from(port).ok()?,
        security,
        credentials: username.zip(password),
        certificates,
        timeout: timeout?,
    })
}

/// Reads `[sms]`.
pub(super) fn sms(sms: &mut Table<'_>) -> Option<TextService> {
    let account = sms.required("account", |value| {
        let sid = shapes::line(value)?;
        let hint = "Twilio's console shows it as Account SID";
        if is_sid(&sid, "AC") {
            Ok(sid)
        } else {
            Err(Fault::new(format!("`{sid}` is no account SID; one is AC and 32 hexadecimal digits")).hint(hint))
        }
    });
    let token = sms.required("token_file", secret);
    let from = sms.required("from", |value| {
        let from = shapes::line(value)?;
        if is_sid(&from, "MG") {
            return Ok(from);
        }
        shapes::phone(value, None).map_err(|fault| Fault {
            hint: fault
                .hint
                .or_else(|| Some("or the SID of a messaging service: MG and 32 hexadecimal digits".to_owned())),
            ..fault
        })
    });
    let url = match sms.has("url") {
        true => sms.required("url", service_url),
        false => Some(TWILIO.to_owned()),
    };
    let timeout = timeout(sms);
    Some(TextService { url: url?, account: account?, token: token?, from: from?, timeout: timeout? })
}

fn timeout(table: &mut Table<'_>) -> Option<Duration> {
    let seconds = match table.has("timeout_seconds") {
        true => table.required("timeout_seconds", |value| shapes::whole(value, 1..=300))?,
        false => TIMEOUT,
    };
    Some(Duration::from_secs(u64::from(seconds)))
}

fn mailbox(value: &DeValue<'_>) -> Result<Mailbox, Fault> {
    let text = shapes::line(value)?;
    text.parse().map_err(|_| {
        Fault::new(format!("`{text}` is no sender")).hint("one looks like City of Riverton <portal@riverton.example>")
    })
}

fn host(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = shapes::line(value)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    if text.bytes().all(plain) && (!text.contains(':') || text.parse::<std::net::IpAddr>().is_ok()) {
        return Ok(text);
    }
    let fault = Fault::new(format!("`{text}` is no name of a server; one looks like smtp.riverton.example"));
    Err(if text.contains(':') {
        fault.hint("the port is a key of its own, and there is no smtp:// before it")
    } else {
        fault
    })
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Where an API is: encrypted, or on loopback. Without a slash at its end.
pub(super) fn service_url(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = shapes::url(value)?;
    let parsed = reqwest::Url::parse(&text).map_err(|_| Fault::new(format!("`{text}` is no URL")))?;
    let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']);
    if parsed.scheme() != "https" && !is_loopback(host) {
        return Err(Fault::new("the token would travel in the clear").hint("take https://"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// The text of a file, by its whole path: what is beside this file depends on where one stands.
fn file(value: &DeValue<'_>) -> Result<(String, String), Fault> {
    let path = shapes::line(value)?;
    if !Path::new(&path).is_absolute() {
        return Err(Fault::new(format!("`{path}` is no whole path")).hint("begin it with /"));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Fault::new(format!("{path} cannot be read: {error}")).hint("make it readable for the user the portal runs as")
    })?;
    Ok((path, text))
}

/// A secret: the first line of a file.
pub(super) fn secret(value: &DeValue<'_>) -> Result<Secret, Fault> {
    let (path, text) = file(value)?;
    match text.lines().next().map(str::trim_end).filter(|line| !line.is_empty()) {
        Some(line) => Ok(Secret::new(line)),
        None => Err(Fault::new(format!("{path} is empty")).hint("its first line is the secret")),
    }
}

fn certificates(value: &DeValue<'_>) -> Result<String, Fault> {
    use rustls::pki_types::{CertificateDer, pem::PemObject};
    let (path, text) = file(value)?;
    let found = CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<Vec<_>, _>>();
    match found {
        Ok(found) if !found.is_empty() => Ok(text),
        _ => Err(Fault::new(format!("{path} holds no certificates"))
            .hint("they are PEM, each between BEGIN CERTIFICATE and END CERTIFICATE")),
    }
}
