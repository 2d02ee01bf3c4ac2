//! Mail: an SMTP server, or a folder that each letter becomes a file in. A letter's Message-ID is its notice's, so that
//! one that has to be sent again is the same letter.
//!
//! A connection carries one letter. One that ran out of time may stand in the midst of a letter, and what is sent into
//! it next would become part of that.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        extension::ClientId,
    },
};

use super::{Fault, files};
use crate::{
    api::{id::NoticeId, time::Timestamp},
    portal::{
        city::post::{MailServer, Security},
        error::{Error, Result},
    },
};

/// How long a farewell may take: the letter has arrived by then.
const FAREWELL: Duration = Duration::from_secs(2);

/// A letter, ready to leave.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The notice it carries.
    pub id: NoticeId,
    /// The address it goes to.
    pub to: String,
    /// Where answers go.
    pub reply_to: String,
    /// When what it tells happened.
    pub at: Timestamp,
    /// In a line.
    pub subject: String,
    /// As text.
    pub text: String,
    /// The same as a page.
    pub html: String,
    /// The address that ends such letters with one POST (RFC 8058), where they can be ended.
    pub unsubscribe: Option<String>,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub enum Mail {
    /// By an SMTP server.
    Smtp(Box<Smtp>),
    /// As files in a folder.
    Folder {
        /// Where.
        path: PathBuf,
        /// Whom it is from.
        from: Mailbox,
    },
}

/// An SMTP server, and how to reach it.
#[derive(Debug, Clone)]
pub struct Smtp {
    server: MailServer,
    tls: Option<Tls>,
    hello: ClientId,
}

/// Kept ready: reading the trusted certificates takes longer than a letter.
#[derive(Clone)]
struct Tls(TlsParameters);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

impl Mail {
    /// Mail by the server a city declared.
    ///
    /// # Errors
    /// If its certificates cannot be used.
    pub fn by(server: &MailServer) -> Result<Self> {
        let tls = match server.security {
            Security::None => None,
            Security::Starttls | Security::Tls => Some(Tls(trusting(server)?)),
        };
        let hello = ClientId::Domain(server.from.email.domain().to_owned());
        Ok(Self::Smtp(Box::new(Smtp { server: server.clone(), tls, hello })))
    }

    /// How long a letter may take.
    pub fn patience(&self) -> Duration {
        match self {
            Self::Smtp(smtp) => smtp.server.timeout,
            Self::Folder { .. } => Duration::from_secs(30),
        }
    }

    /// Sends a letter: returns once somebody else has it, or why nobody has.
    ///
    /// # Errors
    /// [`Fault::Deferred`] for what may work later (a server that is away, stalls or says 4xx),
    /// [`Fault::Refused`] for what never will (5xx to this letter).
    pub async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        let patience = self.patience();
        let sent = tokio::time::timeout(patience, async {
            match self {
                Self::Smtp(smtp) => smtp.send(letter).await,
                Self::Folder { path, from } => keep(path, from, letter).await,
            }
        });
        sent.await.unwrap_or_else(|_| Err(Fault::Deferred(format!("no answer within {} s", patience.as_secs()))))
    }
}

fn trusting(server: &MailServer) -> Result<TlsParameters> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.certificates {
        // Those and no others.
        parameters = parameters.certificate_store(CertificateStore::None);
        let certificate = Certificate::from_pem(pem.as_bytes()).map_err(Error::internal)?;
        parameters = parameters.add_root_certificate(certificate);
    }
    parameters.build().map_err(Error::internal)
}

impl Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        let message = compose(letter, &self.server.from, Encoding::Portable)?;
        // Until the server knows of a letter, what it refuses is not the letter.
        let mut connection = self.connect().await.map_err(|error| Fault::Deferred(told(&error)))?;
        let sent = connection.send(message.envelope(), &message.formatted()).await;
        match sent {
            Ok(_) => {
                // The letter has arrived, whatever becomes of the farewell.
                let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
                Ok(())
            }
            Err(error) if error.is_permanent() || error.is_client() => Err(Fault::Refused(told(&error))),
            Err(error) => Err(Fault::Deferred(told(&error))),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let Self { server, tls, hello } = self;
        let at_once = tls.as_ref().filter(|_| server.security == Security::Tls).map(|tls| tls.0.clone());
        let address = (server.host.as_str(), server.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(server.timeout), hello, at_once, None).await?;
        if let Some(tls) = tls.as_ref().filter(|_| server.security == Security::Starttls) {
            connection.starttls(tls.0.clone(), hello).await?;
        }
        if let Some((username, password)) = &server.credentials {
            let credentials = Credentials::new(username.clone(), password.expose().to_owned());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(connection)
    }
}

/// An error and what lies behind it, in a line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// In ASCII, as any server takes it.
    Portable,
    /// As it is, for a file that people and scripts read.
    Readable,
}

fn compose(letter: &Letter, from: &Mailbox, encoding: Encoding) -> Result<Message, Fault> {
    let refused = |what: String| Fault::Refused(what);
    let to: Address = letter.to.parse().map_err(|error| refused(format!("{} is no address: {error}", letter.to)))?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.as_str())
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(letter.at.as_millisecond().try_into().unwrap_or(0)))
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        // RFC 3834: nobody's holiday notice answers it.
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Ok(reply_to) = letter.reply_to.parse() {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    if let Some(address) = &letter.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let text = SinglePart::builder().header(ContentType::TEXT_PLAIN);
    let plain = lettre::message::Body::new_with_encoding(letter.text.clone(), ContentTransferEncoding::EightBit);
    let text = match (encoding, plain) {
        (Encoding::Readable, Ok(plain)) => text.body(plain),
        _ => text.body(letter.text.clone()),
    };
    let parts = MultiPart::alternative().boundary(format!("part-{}", letter.id));
    builder
        .multipart(parts.singlepart(text).singlepart(SinglePart::html(letter.html.clone())))
        .map_err(|error| refused(format!("it makes no letter: {error}")))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

async fn keep(path: &Path, from: &Mailbox, letter: &Letter) -> Result<(), Fault> {
    let message = compose(letter, from, Encoding::Readable)?.formatted();
    // Files of this system end their lines as it does.
    let text = String::from_utf8_lossy(&message).replace("\r\n", "\n");
    files::keep(path, &files::name(letter.at, letter.id, "eml"), text).await
}
