//! Text messages: Twilio's API, or a folder that each becomes a file in.

use std::{path::PathBuf, time::Duration};

use reqwest::{StatusCode, header::CONTENT_TYPE};

use super::{Fault, files, outgoing};
use crate::{
    api::{id::NoticeId, time::Timestamp},
    portal::{city::post::TextService, error::Result},
};

/// How much of an answer is looked at, in bytes.
const LOOKED_AT: usize = 16 * 1024;

/// A text message, ready to leave.
#[derive(Debug, Clone)]
pub struct TextMessage {
    /// The notice it carries.
    pub id: NoticeId,
    /// E.164.
    pub to: String,
    /// When what it tells happened.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

/// How text messages leave.
#[derive(Debug, Clone)]
pub enum Sms {
    /// By Twilio's API, or one that speaks it.
    Twilio(Twilio),
    /// As files in a folder.
    Folder(PathBuf),
}

/// Twilio's API.
#[derive(Debug, Clone)]
pub struct Twilio {
    service: TextService,
    client: reqwest::Client,
}

/// What it says where it refuses.
#[derive(serde::Deserialize)]
struct Refusal {
    code: Option<i64>,
    message: Option<String>,
}

impl Sms {
    /// Text messages by the service a city declared.
    ///
    /// # Errors
    /// If no client can be made.
    pub fn by(service: &TextService) -> Result<Self> {
        let client = outgoing::client(&service.url, service.timeout)?;
        Ok(Self::Twilio(Twilio { service: service.clone(), client }))
    }

    /// How long a message may take.
    pub fn patience(&self) -> Duration {
        match self {
            Self::Twilio(twilio) => twilio.service.timeout,
            Self::Folder(_) => Duration::from_secs(30),
        }
    }

    /// Sends a message: returns once somebody else has it, or why nobody has.
    ///
    /// # Errors
    /// [`Fault::Deferred`] for what may work later, [`Fault::Refused`] for what never will: a number that is none;
    /// [`Fault::Unknown`] where the service was asked and did not answer.
    pub async fn send(&self, message: &TextMessage) -> Result<(), Fault> {
        match self {
            Self::Twilio(twilio) => {
                // A message has no name the service would know it by: what it was handed may be sent.
                let patience = twilio.service.timeout;
                let sent = tokio::time::timeout(patience, twilio.send(message));
                sent.await.unwrap_or_else(|_| Err(late(patience)))
            }
            Self::Folder(path) => {
                let text = format!("To: {}\n\n{}\n", message.to, message.text);
                files::keep(path, &files::name(message.at, message.id, "sms"), text).await
            }
        }
    }
}

/// A service that was asked and has not answered.
fn late(patience: Duration) -> Fault {
    Fault::Unknown(format!("no answer within {} s", patience.as_secs()))
}

impl Twilio {
    async fn send(&self, message: &TextMessage) -> Result<(), Fault> {
        let Self { service, client } = self;
        let url = format!("{}/2010-04-01/Accounts/{}/Messages.json", service.url, service.account);
        // A messaging service picks the number it sends from.
        let sender = if service.from.starts_with('+') { "From" } else { "MessagingServiceSid" };
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("To", &message.to)
            .append_pair(sender, &service.from)
            .append_pair("Body", &message.text)
            .finish();
        let request = client
            .post(url)
            .basic_auth(&service.account, Some(service.token.expose()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        // The error's own text holds the address, and with it the account.
        let mut response = request.send().await.map_err(|error| match error {
            error if error.is_connect() => Fault::Deferred(format!("the service is away: {}", error.without_url())),
            error if error.is_timeout() => late(service.timeout),
            error => Fault::Unknown(format!("the service did not answer: {}", error.without_url())),
        })?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let body = outgoing::body(&mut response, LOOKED_AT).await.unwrap_or_default();
        let said = serde_json::from_slice(&body).ok().map_or_else(String::new, |refusal: Refusal| {
            let code = refusal.code.map(|code| format!(" ({code})")).unwrap_or_default();
            refusal.message.map(|message| format!(": {message}{code}")).unwrap_or_default()
        });
        let told = format!("the service answered {}{said}", status.as_u16());
        // Only of a number that is none it says 400; the rest is the city's to mend, or passes.
        Err(if status == StatusCode::BAD_REQUEST { Fault::Refused(told) } else { Fault::Deferred(told) })
    }
}
