//! One request to an endpoint, and its fate. What is read may be asked for again, and follows redirects; what is filed
//! is sent once, since the standard has no way to repeat it safely. `Retry-After` is obeyed.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{Response, Url, header};

use super::{
    super::{
        answer, key,
        reach::{self, Outlook},
        upload::{self, Upload},
    },
    endpoint::{Counterpart, Endpoint},
    errors::{self, Answer, Asked},
    parts::Parts,
};
use crate::{
    api::{problem::Code, secret::Secret},
    failure::{Failure, Result},
    settings::address::may_send_token,
};

/// Largest answer that is read.
const MOST_BYTES: usize = 64 << 20;
/// How often a redirect is followed.
const MOST_REDIRECTS: usize = 5;
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(180);
const FIRST_DELAY: Duration = Duration::from_millis(300);
const LONGEST_DELAY: Duration = Duration::from_secs(20);

/// What is sent.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) url: Url,
    pub(super) asked: Asked,
    /// The form, where something is filed.
    pub(super) form: Option<Form>,
    /// What makes repeating it harmless, at a Citytime portal.
    pub(super) key: Option<String>,
    /// The resident's token, at a Citytime portal.
    pub(super) token: Option<Secret>,
}

/// A form, as it is sent.
#[derive(Debug)]
pub(super) enum Form {
    /// `application/x-www-form-urlencoded`.
    Fields(Vec<u8>),
    /// `multipart/form-data`, with pictures.
    Parts(Parts),
}

impl Form {
    fn pictures(&self) -> &[Upload] {
        match self {
            Self::Fields(_) => &[],
            Self::Parts(parts) => &parts.pictures,
        }
    }
}

/// What came back, and what it says of the pages behind it.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) page_count: Option<u64>,
    pub(super) has_next: Option<bool>,
    /// How many things there are in all.
    pub(super) total: Option<u64>,
}

/// What is known of a call that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It never left, and may the next time.
    Unsent,
    /// It was sent; what became of it is not known.
    Lost,
    /// It was answered: not now.
    Busy,
    /// It was answered: no; or it cannot be sent.
    Refused,
}

struct Setback {
    fate: Fate,
    failure: Failure,
    wait: Option<Duration>,
}

impl Setback {
    fn of(fate: Fate, failure: Failure) -> Self {
        Self { fate, failure, wait: None }
    }
}

impl Endpoint {
    /// Sends a call until its fate is known.
    pub(super) async fn exchange(&self, call: &Call) -> Result<Reply> {
        let connection = self.connection();
        let mut delays = ExponentialBuilder::new()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_max_times(usize::try_from(connection.retries).unwrap_or(usize::MAX))
            .with_jitter()
            .with_jitter_seed(key::seed())
            .build();
        let repeatable = call.form.is_none() || call.key.is_some();
        let mut lost = false;
        loop {
            let whole = self.attempt(call);
            let pictures = call.form.as_ref().map_or(&[][..], Form::pictures);
            let attempted = upload::patience(pictures, connection.timeout, whole).await;
            let setback = match attempted.unwrap_or_else(|| Err(self.late(connection.timeout))) {
                Ok(reply) => {
                    if lost {
                        // It may have been this command's own attempt.
                        self.is_replayed(false);
                    }
                    return Ok(reply);
                }
                Err(setback) => setback,
            };
            lost |= setback.fate == Fate::Lost;
            let again = match setback.fate {
                Fate::Unsent => true,
                Fate::Lost | Fate::Busy => repeatable,
                Fate::Refused => false,
            };
            let patient = setback.wait.is_none_or(|wait| wait <= LONGEST_WAIT);
            match delays.next() {
                Some(delay) if again && patient => {
                    let delay = setback.wait.unwrap_or(delay);
                    self.trace(|| format!("* {}; again in {} ms", setback.failure.message, delay.as_millis()));
                    tokio::time::sleep(delay).await;
                }
                _ => return Err(self.ended(call, setback, lost)),
            }
        }
    }

    fn ended(&self, call: &Call, setback: Setback, lost: bool) -> Failure {
        let Setback { mut failure, fate, wait } = setback;
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            failure.hint = Some(format!("the city asks to wait {} s before trying again", wait.as_secs()));
        }
        // A portal that looked the key up and judged the request has not filed it; who may not even ask learns nothing.
        let judged = matches!(failure.status, Some(400 | 409 | 413 | 422));
        if call.form.is_none() || (fate == Fate::Refused && (!lost || judged)) {
            return failure;
        }
        if lost { self.unknown(call.key.as_deref(), failure) } else { failure }
    }

    /// The failure of a request whose answer was lost: it may have been filed.
    pub(super) fn unknown(&self, key: Option<&str>, failure: Failure) -> Failure {
        let message = format!("whether the request was filed is not known: {}", failure.message);
        let hint = match key {
            Some(key) => format!("repeat the same command with `--idempotency-key {key}`: it is filed once, however often it is sent"),
            None => "look before you file it again, `citytime request list --since today`: Open311 has no way to repeat it safely"
                .to_owned(),
        };
        Failure { code: Code::OutcomeUnknown, message, hint: Some(hint), ..failure }
    }

    async fn attempt(&self, call: &Call) -> Result<Reply, Setback> {
        let mut url = call.url.clone();
        let mut token = call.token.as_ref();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.send(call, &url, token).await?;
            if !response.status().is_redirection() || response.status().as_u16() == 304 {
                return self.reply(call, response).await;
            }
            url = self.redirected(call, &url, &response)?;
            // A token is for the address it was given to.
            token = None;
        }
        let message = format!("{} sends on from one address to another without an end", self.base());
        Err(Setback::of(Fate::Refused, Failure::new(Code::NotAPortal, message)))
    }

    async fn send(&self, call: &Call, url: &Url, token: Option<&Secret>) -> Result<Response, Setback> {
        let client = self.client().map_err(|failure| Setback::of(Fate::Refused, failure))?;
        let mut builder = match &call.form {
            None => client.get(url.clone()),
            Some(Form::Fields(form)) => client
                .post(url.clone())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
                .body(form.clone()),
            Some(Form::Parts(parts)) => {
                let (body, size) = parts.body().await.map_err(|failure| Setback::of(Fate::Refused, failure))?;
                let post = client.post(url.clone()).header(header::CONTENT_TYPE, parts.content_type());
                post.header(header::CONTENT_LENGTH, size).body(body)
            }
        };
        // Some servers' compression is broken.
        builder = builder.header(header::ACCEPT_ENCODING, "identity").header(header::ACCEPT, "*/*");
        self.trace(|| format!("> {} {url}", if call.form.is_some() { "POST" } else { "GET" }));
        if let Some(token) = token.filter(|_| may_send_token(url)) {
            builder = builder.bearer_auth(token.expose());
            self.trace(|| "> Authorization: Bearer …".to_owned());
        }
        if let Some(key) = &call.key {
            builder = builder.header("Idempotency-Key", key);
        }
        let response = builder.send().await.map_err(|error| self.sending(error))?;
        self.trace(|| format!("< {}", response.status()));
        self.is_replayed(answer::is_replayed(response.headers()));
        answer::tell_zone(response.headers(), &self.connection().zone);
        Ok(response)
    }

    fn redirected(&self, call: &Call, url: &Url, response: &Response) -> Result<Url, Setback> {
        let status = response.status().as_u16();
        let location = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
        let target = location.and_then(|location| url.join(location).ok());
        let target = target.filter(|target| matches!(target.scheme(), "http" | "https"));
        let refused = |why: &str, hint: String| {
            let place = location.unwrap_or("nowhere");
            let mut failure = Failure::new(
                Code::NotAPortal,
                format!("{} answered {status}: it sends on to {place}{why}", self.base()),
            );
            failure.status = Some(status);
            Setback::of(Fate::Refused, failure.hint(hint))
        };
        let add = "if you trust the new address, add it: `citytime city add NAME URL`".to_owned();
        match target {
            None => Err(refused("", add)),
            Some(_) if call.form.is_some() => Err(refused(", and nothing is filed at another address than yours", add)),
            Some(target) if url.scheme() == "https" && target.scheme() == "http" => {
                Err(refused(", which is not encrypted", add))
            }
            Some(target) => Ok(target),
        }
    }

    async fn reply(&self, call: &Call, mut response: Response) -> Result<Reply, Setback> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let content_type = text("content-type").unwrap_or_default().to_owned();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= MOST_BYTES => body.extend_from_slice(&chunk),
                Ok(Some(_)) => {
                    let message = format!("{} answers without an end", self.base());
                    return Err(Setback::of(Fate::Lost, Failure::new(Code::NotAPortal, message)));
                }
                Ok(None) => break,
                // An error whose body is cut is still that error.
                Err(_) if status >= 400 => break,
                Err(error) => return Err(self.lost(error)),
            }
        }
        let answer = Answer { status, body: decoded(&body, &content_type), content_type };
        self.trace(|| format!("< {}", answer.body.chars().take(4_000).collect::<String>()));
        if (200..300).contains(&status) {
            let number = |name: &str| text(name).and_then(|number| number.parse().ok());
            let has_next = text("link").map(|link| link.contains("rel=\"next\"") || link.contains("rel=next"));
            return Ok(Reply { answer, has_next, page_count: number("x-page-count"), total: number("x-result-count") });
        }
        let fate = match status {
            429 | 503 => Fate::Busy,
            408 | 502 | 504 => Fate::Lost,
            // What failed in the middle may have been filed.
            500.. if call.form.is_some() => Fate::Lost,
            _ => Fate::Refused,
        };
        let wait = (fate == Fate::Busy).then(|| wait(text("retry-after")?, text("date"))).flatten();
        let own = match self.counterpart() {
            Counterpart::Portal { .. } => errors::of_portal(&headers, &answer),
            Counterpart::Foreign => None,
        };
        let failure = own.unwrap_or_else(|| errors::refusal(self.base(), call.asked, &answer));
        Err(Setback { fate, failure, wait })
    }

    fn sending(&self, error: reqwest::Error) -> Setback {
        if error.is_connect() {
            let (failure, outlook) = reach::explain(self.base(), error);
            return Setback::of(if outlook == Outlook::Passing { Fate::Unsent } else { Fate::Refused }, failure);
        }
        if error.is_builder() {
            return Setback::of(
                Fate::Refused,
                Failure::bug(format!("a request cannot be made: {error}")).because(error),
            );
        }
        if reach::is_foreign(&error) {
            let message = format!("{} does not speak HTTP", self.base());
            let failure = Failure::new(Code::NotAPortal, message)
                .hint("check the address, and whether it should begin with https://");
            return Setback::of(Fate::Refused, failure.because(error));
        }
        self.lost(error)
    }

    fn lost(&self, error: reqwest::Error) -> Setback {
        let message = format!("the answer of {} was lost: {}", self.base(), reach::broken(&error));
        Setback::of(
            Fate::Lost,
            Failure::new(Code::Network, message).hint("check the network, and try again").because(error),
        )
    }

    fn late(&self, limit: Duration) -> Setback {
        let message = format!("{} gave no answer within {} s", self.base(), limit.as_secs_f64());
        let failure =
            Failure::new(Code::TimedOut, message).hint("give it more time with --timeout, as in --timeout 60s");
        Setback::of(Fate::Lost, failure)
    }
}

/// How long `Retry-After` asks to wait: in seconds, or until a time on the server's own clock.
fn wait(asked: &str, date: Option<&str>) -> Option<Duration> {
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let read = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    let seconds = read(asked)?.as_second() - read(date?)?.as_second();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// A body as text: UTF-8, or Latin-1 where header or prolog say so.
fn decoded(body: &[u8], content_type: &str) -> String {
    let prolog = body.split(|&byte| byte == b'>').next().unwrap_or_default();
    let prolog = String::from_utf8_lossy(&prolog[..prolog.len().min(200)]).to_ascii_lowercase();
    let told = content_type.to_ascii_lowercase();
    let latin = |text: &str| text.contains("iso-8859-1") || text.contains("windows-1252") || text.contains("latin1");
    if std::str::from_utf8(body).is_err() && (latin(&told) || (prolog.starts_with("<?xml") && latin(&prolog))) {
        return body.iter().map(|&byte| char::from(byte)).collect();
    }
    String::from_utf8_lossy(body).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seconds_or_a_time() {
        assert_eq!(wait("60", None), Some(Duration::from_secs(60)));
        let now = Some("Sun, 22 Nov 2026 14:30:00 GMT");
        assert_eq!(wait("Sun, 22 Nov 2026 14:30:45 GMT", now), Some(Duration::from_secs(45)));
        assert_eq!(wait("Sun, 22 Nov 2026 14:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("soon", now), None);
    }

    #[test]
    fn latin_text_is_read_where_it_is_said_to_be() {
        assert_eq!(decoded(b"caf\xe9", "text/xml; charset=ISO-8859-1"), "café");
        assert_eq!(decoded(b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xfc</a>", "").matches('ü').count(), 1);
        assert_eq!(decoded("ü".as_bytes(), "text/xml; charset=iso-8859-1"), "ü");
        assert_eq!(decoded(b"\xff", ""), "\u{fffd}");
    }
}
