//! The portal of one city, ready to be called.

use std::{
    borrow::Cow,
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use reqwest::Url;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Notify;

use super::{
    answer::Asked,
    attempt::{Repeat, Request},
    key,
    lines::Lines,
    pages::Pages,
    refuse,
    trace::Trace,
    transport::{self, Trust},
    upload::{Body, Download, Upload},
};
use crate::{
    api::{
        endpoint::{Access, Empty, Endpoint, File, Key, Method, Needs, PathParameter},
        page::{ListQuery, Page},
        problem::Code,
        secret::Secret,
    },
    failure::{Failure, Result},
    settings::PortalUrl,
    zone::CityZone,
};

/// As much of a key goes before the number of a part: the two together stay within the 255 a portal takes.
const LONGEST_KEY: usize = 240;

/// How to reach a portal and how patient to be.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Its address.
    pub url: PortalUrl,
    /// The token of whoever is signed in.
    pub token: Option<Secret>,
    /// A PEM file with the certificates to trust, and no others.
    pub cacert: Option<PathBuf>,
    /// How long one attempt may take until it is answered; of a stream, how long it may be silent. A `Retry-After`
    /// longer than this is not waited for.
    pub timeout: Duration,
    /// How often to try again.
    pub retries: u32,
    /// The key that names the one change this command makes; made up when it is needed and missing.
    pub idempotency_key: Option<String>,
    /// Learns by which clocks the city lives.
    pub zone: CityZone,
    /// Where `-vv` tells of the traffic.
    pub trace: Option<Trace>,
    /// Told when a change is about to be sent.
    pub interrupts: Interrupts,
}

/// The user's Ctrl-C. Until it is armed the system's own handling ends the process at once, also where it waits for an
/// answer on the terminal; once a change is on its way, whoever waits here can still tell what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Interrupts {
    armed: Arc<Notify>,
    /// Whether the next is taken by the command itself.
    taken: Arc<AtomicBool>,
}

impl Interrupts {
    /// From now on Ctrl-C is taken.
    pub fn arm(&self) {
        self.armed.notify_one();
    }

    /// Waits until it is armed, and then for a Ctrl-C that the command does not take itself.
    pub async fn raised(&self) {
        self.armed.notified().await;
        loop {
            ctrl_c().await;
            if !self.taken.swap(false, Ordering::SeqCst) {
                return;
            }
        }
    }

    /// Waits for a Ctrl-C that ends nothing but this: the command has something to undo first. Another one ends it all
    /// the same.
    pub async fn taken(&self) {
        self.taken.store(true, Ordering::SeqCst);
        // Whoever stops waiting takes none any more.
        let given_back = GivenBack(&self.taken);
        ctrl_c().await;
        // This one is over for `raised` too, once it has seen it.
        std::mem::forget(given_back);
    }
}

async fn ctrl_c() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Where it cannot be listened for, the system's own handling stays.
        std::future::pending::<()>().await;
    }
}

/// Stops taking when it is dropped.
struct GivenBack<'t>(&'t AtomicBool);

impl Drop for GivenBack<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// A city's portal. Making one reads nothing and connects to nothing; the first call does.
#[derive(Debug)]
pub struct Portal {
    connection: Connection,
    client: OnceLock<reqwest::Client>,
    made_key: OnceLock<String>,
    unfinished: Mutex<Option<Unfinished>>,
    repeat_with: OnceLock<String>,
    replayed: AtomicBool,
}

/// A change that was sent and not answered yet.
#[derive(Debug, Clone)]
struct Unfinished {
    summary: Cow<'static, str>,
    key: Option<String>,
    repeat: Repeat,
}

impl Portal {
    /// The portal at an address.
    pub fn new(connection: Connection) -> Self {
        Self {
            connection,
            client: OnceLock::new(),
            made_key: OnceLock::new(),
            unfinished: Mutex::new(None),
            repeat_with: OnceLock::new(),
            replayed: AtomicBool::new(false),
        }
    }

    /// Its address.
    pub fn url(&self) -> &PortalUrl {
        &self.connection.url
    }

    /// The same portal for another change of this command, under a key of its own.
    pub fn under_key(&self, key: &str) -> Result<Self> {
        let client = OnceLock::from(self.client()?.clone());
        let connection = Connection { idempotency_key: Some(key.to_owned()), ..self.connection.clone() };
        Ok(Self { client, ..Self::new(connection) })
    }

    /// The same portal, where an answer may take so long at least.
    pub fn patient(&self, at_least: Duration) -> Result<Self> {
        let client = OnceLock::from(self.client()?.clone());
        let timeout = self.connection.timeout.max(at_least);
        Ok(Self { client, ..Self::new(Connection { timeout, ..self.connection.clone() }) })
    }

    /// Calls an operation. The input travels as the query of a GET and as JSON otherwise. Without a token, one that
    /// needs it fails at once. A command makes at most one change under its key; parts of one are [`Portal::call_part`].
    pub async fn call<A: Access, P: PathParameter, I: Serialize, O: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<A, P, I, O>,
        path: P,
        input: &I,
    ) -> Result<O> {
        self.call_keyed(endpoint, &path, input, None).await
    }

    /// Calls an operation as the numbered part of a change too large for one request: each part has its own key, made
    /// from the command's, so that repeating the command repeats no part.
    pub async fn call_part<A: Access, P: PathParameter, I: Serialize, O: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<A, P, I, O>,
        path: P,
        input: &I,
        part: usize,
    ) -> Result<O> {
        self.call_keyed(endpoint, &path, input, Some(part)).await
    }

    /// A list, page by page.
    pub fn pages<'p, A: Access, I: ListQuery + Serialize, T: DeserializeOwned>(
        &'p self,
        endpoint: &'p Endpoint<A, (), I, Page<T>>,
        query: I,
    ) -> Pages<'p, A, I, T> {
        Pages::new(self, endpoint, query)
    }

    /// A whole list as it streams in: JSON objects, one a line, unparsed.
    pub async fn lines<A: Access, I: ListQuery + Serialize, T>(
        &self,
        endpoint: &Endpoint<A, (), I, Page<T>>,
        query: &I,
    ) -> Result<Lines> {
        let request = self.request(endpoint, &(), query, "application/x-ndjson")?;
        let response = self.open(&request).await?;
        Lines::new(request.asked, response, self.connection.timeout)
    }

    /// Sends a file to an operation that takes one, as a stream. The same file twice is the same as once.
    pub async fn upload<A: Access, P: PathParameter, O: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<A, P, File, O>,
        path: P,
        upload: Upload,
    ) -> Result<O> {
        let mut request = self.request(endpoint, &path, &Empty {}, "application/json")?;
        request.body = Body::File(upload);
        let answer = self.exchange(&request).await?;
        self.understand(&request, &answer)
    }

    /// A file an operation answers with, as it streams in.
    pub async fn download<A: Access, P: PathParameter, I: Serialize>(
        &self,
        endpoint: &Endpoint<A, P, I, File>,
        path: P,
        input: &I,
    ) -> Result<Download> {
        let request = self.request(endpoint, &path, input, "*/*")?;
        let response = self.open(&request).await?;
        Ok(Download::new(request.asked, response, self.connection.timeout))
    }

    /// Notes the flags a repetition of this command's change needs beside its key, to be the same change: an answer
    /// given on the terminal that became part of it.
    pub fn repeat_with(&self, flags: String) {
        let _ = self.repeat_with.set(flags);
    }

    /// How to repeat a change without doing it twice.
    pub(super) fn repeat_hint(&self, key: &str, repeat: Repeat) -> String {
        if repeat == Repeat::Unsure {
            return format!(
                "look before you repeat it; where the operation takes keys, as /openapi.json tells, it takes effect once with `--idempotency-key {key}`"
            );
        }
        let more = self.repeat_with.get().map(|flags| format!(" {flags}")).unwrap_or_default();
        format!(
            "repeat the same command with `--idempotency-key {key}{more}`: it takes effect once, however often it is sent"
        )
    }

    /// Whether the change that was answered last had been made by an earlier command, under the same key.
    pub fn was_replayed(&self) -> bool {
        self.replayed.load(Ordering::Relaxed)
    }

    /// Notes whether an answer says so.
    pub(super) fn is_replayed(&self, replayed: bool) {
        self.replayed.store(replayed, Ordering::Relaxed);
    }

    /// The failure of a command its user interrupts now: it tells of a change that was sent and not answered.
    pub fn interrupted(&self) -> Failure {
        let unfinished = self.unfinished.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(Unfinished { summary, key, repeat }) = unfinished else {
            return Failure::new(Code::Interrupted, "interrupted");
        };
        let message = format!("interrupted; whether `{summary}` took effect is not known");
        match key {
            Some(key) => Failure::new(Code::OutcomeUnknown, message).hint(self.repeat_hint(&key, repeat)),
            None => Failure::new(Code::Interrupted, message).hint("look before you repeat the command"),
        }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn client(&self) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let trust = match &self.connection.cacert {
            _ if self.url().as_str().starts_with("http://") => Trust::Nothing,
            Some(file) => Trust::File(file),
            None => Trust::Platform,
        };
        let client = transport::client(trust, self.connection.timeout)?;
        Ok(self.client.get_or_init(|| client))
    }

    /// Notes that a change is on its way.
    pub(super) fn began(&self, request: &Request) {
        if request.method.mutates() {
            if request.key.is_some() {
                self.connection.interrupts.arm();
            }
            let unfinished =
                Unfinished { summary: request.asked.summary.clone(), key: request.key.clone(), repeat: request.repeat };
            *self.unfinished.lock().unwrap_or_else(PoisonError::into_inner) = Some(unfinished);
        }
    }

    /// Notes that the outcome of what was on its way is known, or told.
    pub(super) fn settled(&self) {
        *self.unfinished.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn call_keyed<A: Access, P: PathParameter, I: Serialize, O: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<A, P, I, O>,
        path: &P,
        input: &I,
        part: Option<usize>,
    ) -> Result<O> {
        let mut request = self.request(endpoint, path, input, "application/json")?;
        if endpoint.key != Key::None {
            let key = self.key()?;
            request.key = Some(
                part.map_or_else(|| key.to_owned(), |part| format!("{}.{part}", key.get(..LONGEST_KEY).unwrap_or(key))),
            );
        }
        let answer = self.exchange(&request).await?;
        self.understand(&request, &answer)
    }

    /// Fails where a secret would travel in the clear.
    pub(super) fn refuse_in_the_clear(&self, token: Option<&Secret>, method: Method) -> Result<()> {
        if (token.is_none() && !method.mutates()) || self.url().may_send_token() {
            return Ok(());
        }
        let message = format!("{} is not encrypted: neither a token nor a password is sent there", self.url());
        Err(Failure::usage(message).hint("use its https:// address; http:// is for portals on this machine"))
    }

    pub(super) fn key(&self) -> Result<&str> {
        if let Some(key) = self.connection.idempotency_key.as_deref().or(self.made_key.get().map(String::as_str)) {
            return Ok(key);
        }
        let fresh = key::fresh()?;
        Ok(self.made_key.get_or_init(|| fresh))
    }

    fn request<A: Access, P: PathParameter, I, O>(
        &self,
        endpoint: &Endpoint<A, P, I, O>,
        path: &P,
        input: &impl Serialize,
        accept: &'static str,
    ) -> Result<Request> {
        let asked =
            Asked { operation: endpoint.id.into(), summary: endpoint.summary.into(), base: self.url().to_string() };
        let needs = A::describe(endpoint.need);
        let token = match (&self.connection.token, needs) {
            (_, Needs::Nothing) => None,
            (Some(token), _) => Some(token.clone()),
            (None, _) => {
                let failure = Failure::new(Code::Unauthenticated, format!("not signed in to {}", self.url()));
                return Err(failure.hint("sign in with `citytime login`"));
            }
        };
        self.refuse_in_the_clear(token.as_ref(), endpoint.method)?;
        let url = format!("{}{}", self.url(), endpoint.path_for(path));
        let mut url = Url::parse(&url).map_err(|error| Failure::bug(format!("{url} is no URL: {error}")))?;
        let unreadable = |error: &dyn std::error::Error| {
            Failure::bug(format!("the input of {} cannot be written: {error}", endpoint.id))
        };
        let body = match endpoint.method {
            Method::Get => {
                let built = self.client()?.get(url).query(input).build();
                url = built.map_err(|error| unreadable(&error))?.url().clone();
                Body::None
            }
            Method::Delete => Body::None,
            Method::Post | Method::Patch => Body::Json(serde_json::to_vec(input).map_err(|error| unreadable(&error))?),
        };
        refuse::in_address(&url)?;
        if let Body::Json(document) = &body {
            refuse::in_document(document)?;
        }
        Ok(Request {
            asked,
            method: endpoint.method,
            url,
            body,
            accept,
            token,
            key: None,
            repeat: Repeat::Safe,
            head: None,
        })
    }
}
