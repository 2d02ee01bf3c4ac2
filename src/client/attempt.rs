//! One request and its fate. A request that never left may always be tried again; one that may have taken effect only
//! where repeating is harmless: reading, deleting by id, and every change that carries an idempotency key. When
//! attempts run out, what is known of the outcome decides the failure.

use std::{future::Future, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{Response, header};
use serde::de::DeserializeOwned;

use super::{
    answer::{self, Asked},
    key,
    portal::Portal,
    reach::{self, Outlook},
    trace::{self, Trace},
    upload::Body,
};
use crate::{
    api::{endpoint::Method, problem::Code, secret::Secret},
    failure::{Failure, Result},
};

/// Largest answer read whole: a page of 500 items is far below it.
const MOST_BYTES: usize = 64 << 20;
/// Delays between attempts begin around here, double each time, and stay below `LONGEST_DELAY`.
const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// A request that can be sent more than once.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) asked: Asked,
    pub(super) method: Method,
    pub(super) url: reqwest::Url,
    pub(super) body: Body,
    pub(super) accept: &'static str,
    pub(super) token: Option<Secret>,
    pub(super) key: Option<String>,
    pub(super) repeat: Repeat,
    /// Told the status and headers of each answer.
    pub(super) head: Option<Trace>,
}

/// Whether the operation is known to keep the key it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It keeps it: repeating does nothing twice.
    Safe,
    /// Nobody here knows.
    Unsure,
}

impl Request {
    /// Whether sending it again cannot do the thing twice.
    fn repeatable(&self) -> bool {
        let harmless = matches!(self.method, Method::Get | Method::Delete) || matches!(self.body, Body::File(_));
        (self.key.is_some() && self.repeat == Repeat::Safe) || harmless
    }
}

/// An answer read whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// An attempt that did not succeed.
#[derive(Debug)]
pub(super) struct Setback {
    failure: Failure,
    fate: Fate,
    /// How long the portal asks to wait.
    wait: Option<Duration>,
}

/// What is known of a request that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It never left.
    Unsent,
    /// It never left, and never will.
    Unsendable,
    /// It was sent; whether it took effect is not known.
    Lost,
    /// It was answered: not now.
    Busy,
    /// It was answered: the portal failed over it. It may have taken effect before that, in whole or in part.
    Broken,
    /// It was answered: no.
    Refused,
}

impl Setback {
    fn of(fate: Fate, failure: Failure) -> Self {
        Self { failure, fate, wait: None }
    }
}

impl Portal {
    /// Sends a request until it is answered, and reads the answer whole.
    pub(super) async fn exchange(&self, request: &Request) -> Result<Answer> {
        self.persist(request, || async {
            let limit = self.connection().timeout;
            let whole = async {
                let response = self.attempt(request).await?;
                let content_type = content_type(&response);
                let body = body(request, response).await?;
                if let Some(trace) = &self.connection().trace {
                    trace.answer_body(&body);
                }
                Ok(Answer { content_type, body })
            };
            request.body.patience(limit, whole).await.unwrap_or_else(|| Err(late(request, limit)))
        })
        .await
    }

    /// What a request's answer says. A change that is said to be done in words this version cannot read may be another
    /// one than was asked for, or none: a page between here and the portal.
    pub(super) fn understand<O: DeserializeOwned>(&self, request: &Request, answer: &Answer) -> Result<O> {
        answer::read(&request.asked, &answer.content_type, &answer.body).map_err(|failure| match &request.key {
            Some(key) => unknown(request, failure, self.repeat_hint(key, request.repeat)),
            None => failure,
        })
    }

    /// Sends a request until it is answered; its body is still to be read.
    pub(super) async fn open(&self, request: &Request) -> Result<Response> {
        self.persist(request, || async {
            let limit = self.connection().timeout;
            tokio::time::timeout(limit, self.attempt(request)).await.unwrap_or_else(|_| Err(late(request, limit)))
        })
        .await
    }

    async fn persist<T, F: Future<Output = Result<T, Setback>>>(
        &self,
        request: &Request,
        attempt: impl Fn() -> F,
    ) -> Result<T> {
        let retries = self.connection().retries;
        let mut delays = ExponentialBuilder::new()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_max_times(usize::try_from(retries).unwrap_or(usize::MAX))
            .with_jitter()
            .with_jitter_seed(key::seed())
            .build();
        let mut story = Story { attempts: 0, lost: false };
        loop {
            story.attempts += 1;
            self.began(request);
            let setback = match attempt().await {
                Ok(done) => {
                    self.settled();
                    if story.lost {
                        // It may have been this command's own attempt.
                        self.is_replayed(false);
                    }
                    return Ok(done);
                }
                Err(setback) => setback,
            };
            story.lost |= matches!(setback.fate, Fate::Lost | Fate::Broken);
            let again = match setback.fate {
                Fate::Unsent => true,
                Fate::Busy => request.repeatable() || request.key.is_some(),
                Fate::Lost => request.repeatable(),
                // What made the portal fail would make it fail again.
                Fate::Unsendable | Fate::Broken | Fate::Refused => false,
            };
            if !story.lost {
                self.settled();
            }
            // A portal that asks for more time than an attempt may take is not waited for: coming back early is in vain.
            let patient = setback.wait.is_none_or(|wait| wait <= self.connection().timeout);
            match delays.next() {
                Some(delay) if again && patient => {
                    let delay = setback.wait.unwrap_or(delay);
                    self.trace(|| format!("* {}; again in {} ms", setback.failure.message, delay.as_millis()));
                    tokio::time::sleep(delay).await;
                }
                _ => {
                    self.settled();
                    if story.lost {
                        self.is_replayed(false);
                    }
                    return Err(story.end(request, setback, |key| self.repeat_hint(key, request.repeat)));
                }
            }
        }
    }

    async fn attempt(&self, request: &Request) -> Result<Response, Setback> {
        let client = self.client().map_err(|failure| Setback::of(Fate::Unsendable, failure))?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = client.request(method, request.url.clone()).header(header::ACCEPT, request.accept);
        self.trace(|| format!("> {} {}", request.method.as_str(), trace::address(&request.url)));
        if let Some(token) = &request.token {
            builder = builder.bearer_auth(token.expose());
            self.trace(|| "> Authorization: Bearer …".to_owned());
        }
        if let Some(key) = &request.key {
            builder = builder.header("Idempotency-Key", key);
            self.trace(|| format!("> Idempotency-Key: {key}"));
        }
        match &request.body {
            Body::None => {}
            Body::Json(body) => {
                builder = builder.header(header::CONTENT_TYPE, "application/json").body(body.clone());
                if let Some(trace) = &self.connection().trace {
                    trace.request_body(body);
                }
            }
            Body::File(upload) => {
                let (body, size) = upload.body().await.map_err(|failure| Setback::of(Fate::Unsendable, failure))?;
                builder = builder.header(header::CONTENT_TYPE, "application/octet-stream").body(body);
                builder = builder.header(header::CONTENT_LENGTH, size);
                self.trace(|| format!("> ({size} bytes of {})", upload.path.display()));
            }
        }
        let response = builder.send().await.map_err(|error| sending(request, error))?;
        self.trace(|| format!("< {} {}", response.status(), content_type(&response)));
        if let Some(head) = &request.head {
            tell_head(head, &response);
        }
        self.is_replayed(answer::is_replayed(response.headers()));
        answer::tell_zone(response.headers(), &self.connection().zone);
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        if status.is_redirection() {
            let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            return Err(Setback::of(Fate::Refused, answer::redirect(&request.asked, status.as_u16(), location)));
        }
        let wait = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        let wait = wait.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        let fate = match status.as_u16() {
            429 | 503 => Fate::Busy,
            // A gateway in front of the portal does not know what became of the request.
            502 | 504 => Fate::Lost,
            500.. => Fate::Broken,
            _ => Fate::Refused,
        };
        let content_type = content_type(&response);
        // An error whose body is cut is still that error.
        let body = body(request, response).await.unwrap_or_default();
        if let Some(trace) = &self.connection().trace {
            trace.answer_body(&body);
        }
        let mut failure = answer::refusal(&request.asked, status.as_u16(), &content_type, &body);
        // Of too many requests the portal itself says what to do.
        let is_told = status.as_u16() == 429 && failure.hint.is_some();
        if let Some(wait) = wait.filter(|wait| !wait.is_zero() && !is_told) {
            failure.hint = Some(format!("the portal asks to wait {} s before trying again", wait.as_secs()));
        }
        Err(Setback { failure, fate, wait })
    }

    fn trace(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.connection().trace {
            trace.line(&line());
        }
    }
}

/// How the attempts of one request went so far.
struct Story {
    attempts: u32,
    /// Whether one of them may have taken effect.
    lost: bool,
}

impl Story {
    /// The failure the attempts ended in.
    fn end(&self, request: &Request, setback: Setback, repeat: impl Fn(&str) -> String) -> Failure {
        let Setback { mut failure, fate, .. } = setback;
        if self.attempts > 1 && fate != Fate::Refused {
            failure.message = format!("{} (tried {} times)", failure.message, self.attempts);
        }
        let changes = request.method.mutates();
        let repeat = request.key.as_deref().map(repeat);
        if fate == Fate::Refused && (!self.lost || (repeat.is_some() && is_judged(failure.code))) {
            return failure;
        }
        if self.lost && changes {
            if let Some(repeat) = repeat {
                // What stands in the way of repeating it is to be put right first.
                let first = failure.hint.take().filter(|_| fate == Fate::Refused);
                return unknown(
                    request,
                    failure,
                    first.map_or(repeat.clone(), |first| format!("{first}; then {repeat}")),
                );
            }
            let doubt = match (request.method, failure.code) {
                (Method::Delete, Code::NotFound) => {
                    "an earlier attempt of this command, whose answer was lost, may have removed it".to_owned()
                }
                _ => format!(
                    "whether `{}` took effect is not known: look before you repeat the command",
                    request.asked.summary
                ),
            };
            failure.hint = Some(match failure.hint.filter(|_| fate == Fate::Broken) {
                Some(hint) => format!("{hint}; {doubt}"),
                None => doubt,
            });
            return failure;
        }
        if fate == Fate::Busy
            && changes
            && let Some(repeat) = repeat
        {
            failure.hint = Some(match failure.hint {
                Some(hint) => format!("{hint}; {repeat}"),
                None => repeat,
            });
        }
        failure
    }
}

/// Whether a refusal tells that no attempt took effect: the portal looked the key up, found nothing done under it, and
/// judged the request. Who calls, and whether the path is there, it looks at before that.
fn is_judged(code: Code) -> bool {
    code.exit() == 6 && !matches!(code, Code::MethodNotAllowed | Code::TooLarge | Code::Malformed)
}

/// The failure of a change whose outcome is not known, with how to repeat it.
fn unknown(request: &Request, failure: Failure, repeat: String) -> Failure {
    let message = format!("whether `{}` took effect is not known: {}", request.asked.summary, failure.message);
    Failure { code: Code::OutcomeUnknown, message, hint: Some(repeat), ..failure }
}

fn late(request: &Request, limit: Duration) -> Setback {
    let message = format!("{} gave no answer within {} s", request.asked.base, limit.as_secs_f64());
    let failure = Failure::new(Code::TimedOut, message).hint("give it more time with --timeout, as in --timeout 60s");
    Setback::of(Fate::Lost, failure)
}

fn sending(request: &Request, error: reqwest::Error) -> Setback {
    if error.is_connect() {
        let (failure, outlook) = reach::explain(&request.asked.base, error);
        let fate = if outlook == Outlook::Passing { Fate::Unsent } else { Fate::Unsendable };
        return Setback::of(fate, failure);
    }
    if error.is_builder() {
        let failure = Failure::bug(format!("a request to {} cannot be made: {error}", request.asked.base));
        return Setback::of(Fate::Unsendable, failure.because(error));
    }
    if reach::is_foreign(&error) {
        let message = format!("{} is no city portal: what answers does not speak HTTP", request.asked.base);
        let failure = Failure::new(Code::NotAPortal, message)
            .hint("check the address, and whether it should begin with https:// or http://");
        return Setback::of(Fate::Refused, failure.because(error));
    }
    lost(request, error)
}

fn lost(request: &Request, error: reqwest::Error) -> Setback {
    let message = format!("the answer of {} was lost: {}", request.asked.base, reach::broken(&error));
    let failure = Failure::new(Code::Network, message).hint("check the network, and that the portal is running");
    Setback::of(Fate::Lost, failure.because(error))
}

/// Tells what stands above an answer's body.
fn tell_head(head: &Trace, response: &Response) {
    head.line(&format!("{:?} {}", response.version(), response.status()));
    for (name, value) in response.headers() {
        head.line(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    }
}

pub(super) fn content_type(response: &Response) -> String {
    let value = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

async fn body(request: &Request, mut response: Response) -> Result<Vec<u8>, Setback> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(request, error))? {
        if body.len() + chunk.len() > MOST_BYTES {
            let message = format!("{} answered {} without an end", request.asked.base, request.asked.operation);
            return Err(Setback::of(Fate::Refused, Failure::new(Code::NotAPortal, message)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
