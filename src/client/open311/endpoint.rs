//! A city's GeoReport v2 endpoint, ready to be called.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use reqwest::Url;

use super::{
    Format,
    dates::Style,
    doubts::{Doubt, Doubts},
    errors::{self, Answer, Asked},
    filing::{self, Filing},
    http::{Call, Form, Reply},
    parts::Parts,
    reader::Reader,
    tree::Tree,
};
use crate::{
    api::{
        problem::Code,
        requests::{Definition, Discovery, Filed, Request, Service},
        secret::Secret,
    },
    client::{
        Interrupts, Trace, Upload, key, refuse,
        transport::{self, Trust},
    },
    failure::{Failure, Result},
    settings::PortalUrl,
    zone::CityZone,
};

/// Whose server answers.
#[derive(Debug, Clone)]
pub enum Counterpart {
    /// Somebody else's: no token of a resident is ever sent there.
    Foreign,
    /// A Citytime portal, which knows the resident whose token it is.
    Portal {
        /// The resident's token; none for what anyone may read.
        token: Option<Secret>,
        /// The key that names the one change this command makes; made up when it is needed and missing.
        idempotency_key: Option<String>,
    },
}

/// How to reach an endpoint and how patient to be.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Its address: `https://city.example/open311/v2`.
    pub url: PortalUrl,
    /// The city meant, where it serves several.
    pub jurisdiction_id: Option<String>,
    /// The encoding it answers in.
    pub format: Format,
    /// Whose server answers.
    pub counterpart: Counterpart,
    /// A PEM file with the certificates to trust, and no others.
    pub cacert: Option<PathBuf>,
    /// How long one attempt may take.
    pub timeout: Duration,
    /// How often to try again what may be tried again.
    pub retries: u32,
    /// Learns by which clocks the city lives.
    pub zone: CityZone,
    /// Where `-vv` tells of the traffic.
    pub trace: Option<Trace>,
    /// Told when something is about to be filed.
    pub interrupts: Interrupts,
}

/// A city's endpoint. Making one connects to nothing; the first call does.
#[derive(Debug)]
pub struct Endpoint {
    connection: Connection,
    client: OnceLock<reqwest::Client>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    doubts: Doubts,
    style: Style,
    /// What was sent to be filed and is not answered yet: its key, where it has one.
    unfinished: Option<Option<String>>,
    /// Whether what was filed last had been filed before under its key.
    replayed: bool,
}

impl Endpoint {
    /// The endpoint at an address.
    pub fn new(connection: Connection) -> Self {
        let state = State { doubts: Doubts::default(), style: Style::Zoned, unfinished: None, replayed: false };
        Self { connection, client: OnceLock::new(), state: Mutex::new(state) }
    }

    /// The same endpoint for another filing of this command, under a key of its own where it takes keys.
    pub fn under_key(&self, key: &str) -> Result<Self> {
        let client = OnceLock::from(self.client()?.clone());
        let mut connection = self.connection.clone();
        if let Counterpart::Portal { idempotency_key, .. } = &mut connection.counterpart {
            *idempotency_key = Some(key.to_owned());
        }
        Ok(Self { client, ..Self::new(connection) })
    }

    /// Whether what was filed last had been filed by an earlier command, under the same key.
    pub fn was_replayed(&self) -> bool {
        self.state().replayed
    }

    /// Notes whether an answer says so.
    pub(super) fn is_replayed(&self, replayed: bool) {
        self.state().replayed = replayed;
    }

    /// What can be requested.
    pub async fn services(&self) -> Result<Vec<Service>> {
        let reply = self.get(&["services"], &[], Asked::List).await?;
        self.read(&reply.answer, |reader, tree| reader.services(tree))
    }

    /// The questions of a service.
    pub async fn definition(&self, service_code: &str) -> Result<Definition> {
        let reply = self.get(&["services", service_code], &[], Asked::Thing).await?;
        self.read(&reply.answer, |reader, tree| reader.definition(tree, service_code))
    }

    /// A request, with what happened to it where the city tells.
    pub async fn request(&self, id: &str) -> Result<Request> {
        let extended = [("extensions", "true".to_owned())];
        let reply = self.get(&["requests", id], &extended, Asked::Thing).await?;
        let requests = self.read(&reply.answer, |reader, tree| reader.requests(tree))?;
        // A server that ignores what it was asked for answers with other requests.
        let is_it = |request: &Request| request.service_request_id.as_deref().is_none_or(|known| known == id);
        requests.into_iter().find(is_it).ok_or_else(|| {
            let mut failure = Failure::new(Code::NotFound, format!("{} has no request {id}", self.base()));
            failure.subject = Some(id.to_owned());
            failure.hint("`citytime request list` shows those there are")
        })
    }

    /// What a token has become: its id, once the city has given one. `None`: it is not there yet.
    pub async fn token(&self, token: &str) -> Result<Option<Filed>> {
        match self.get(&["tokens", token], &[], Asked::Thing).await {
            Ok(reply) => self.read(&reply.answer, |reader, tree| reader.filed(tree)),
            Err(failure) if failure.code == Code::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Files a request, with pictures from files where there are any. It is sent once; where its answer is lost the failure
    /// says that its outcome is unknown.
    pub async fn file(&self, filing: &Filing, pictures: Vec<Upload>, api_key: Option<&Secret>) -> Result<Filed> {
        let mut fields = filing.fields();
        fields.extend(self.connection.jurisdiction_id.clone().map(|id| ("jurisdiction_id".to_owned(), id)));
        let (token, key) = match &self.connection.counterpart {
            Counterpart::Foreign => (None, None),
            Counterpart::Portal { token, idempotency_key } => {
                (token.clone(), Some(idempotency_key.clone().map_or_else(key::fresh, Ok)?))
            }
        };
        fields.iter().try_for_each(|(name, value)| refuse::in_field(name, value))?;
        let url = self.address(&["requests"], &[])?;
        self.trace(|| format!("> {fields:?}"));
        let form = match pictures.as_slice() {
            [] => Form::Fields(filing::form(&fields, api_key)?),
            _ => Form::Parts(Parts::new(fields, api_key, pictures)?),
        };
        let call = Call { url, asked: Asked::Filing, form: Some(form), key: key.clone(), token };
        self.connection.interrupts.arm();
        self.state().unfinished = Some(key.clone());
        let answered = self.exchange(&call).await;
        self.state().unfinished = None;
        let answer = answered?.answer;
        // It was taken: whatever cannot be understood now may stand in the city's list.
        let filed = self.read(&answer, |reader, tree| reader.filed(tree));
        let filed = filed.map_err(|failure| match failure.code {
            Code::NotAPortal => self.unknown(key.as_deref(), failure),
            _ => failure,
        })?;
        Ok(filed.unwrap_or_default())
    }

    /// What the server says about itself.
    pub(super) async fn discovery(&self) -> Result<Option<Discovery>> {
        let reply = self.get(&["discovery"], &[], Asked::List).await?;
        self.read(&reply.answer, |reader, tree| reader.discovery(tree))
    }

    /// Whose server answers.
    pub fn counterpart(&self) -> &Counterpart {
        &self.connection.counterpart
    }

    /// What was doubtful in the answers so far, as sentences; none are left.
    pub fn doubts(&self) -> Vec<String> {
        self.state().doubts.take()
    }

    /// The failure of a command its user interrupts now; none where nothing was on its way.
    pub fn interrupted(&self) -> Option<Failure> {
        let key = self.state().unfinished.clone()?;
        Some(self.unknown(key.as_deref(), Failure::new(Code::Interrupted, "it was interrupted")))
    }

    /// How the city wants dates.
    pub(super) fn style(&self) -> Style {
        self.state().style
    }

    /// Notes that the city wants dates without a zone.
    pub(super) fn bare_dates(&self) {
        let mut state = self.state();
        state.style = Style::Bare;
        state.doubts.add(Doubt::BareDates, "");
    }

    /// Asks for something. The last segment gets the suffix of the format.
    pub(super) async fn get(&self, path: &[&str], query: &[(&str, String)], asked: Asked) -> Result<Reply> {
        let token = match &self.connection.counterpart {
            Counterpart::Foreign => None,
            Counterpart::Portal { token, .. } => token.clone(),
        };
        // A city's own ids, which stand in the path, are any digits.
        query.iter().try_for_each(|(name, value)| refuse::in_field(name, value))?;
        let mut query = query.to_vec();
        query.extend(self.connection.jurisdiction_id.clone().map(|id| ("jurisdiction_id", id)));
        self.exchange(&Call { url: self.address(path, &query)?, asked, form: None, key: None, token }).await
    }

    /// Reads an answer that says success. One that tells an error all the same is a refusal.
    pub(super) fn read<T>(&self, answer: &Answer, read: impl FnOnce(&mut Reader, &Tree) -> T) -> Result<T> {
        if answer.body.trim().is_empty() {
            return Err(errors::unreadable(self.base(), answer, "it is empty"));
        }
        let tree = answer.tree().map_err(|why| errors::unreadable(self.base(), answer, &why))?;
        if !errors::found(&tree).is_empty() {
            return Err(errors::refusal(self.base(), Asked::List, answer));
        }
        let mut state = self.state();
        let mut reader = Reader { doubts: std::mem::take(&mut state.doubts) };
        let value = read(&mut reader, &tree);
        state.doubts = reader.doubts;
        Ok(value)
    }

    pub(super) fn base(&self) -> &str {
        self.connection.url.as_str()
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn trace(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.connection.trace {
            trace.line(&line());
        }
    }

    pub(super) fn client(&self) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let trust = match &self.connection.cacert {
            Some(file) => Trust::File(file),
            // A redirect may lead from http:// to https://, where somebody must be trusted.
            None if self.base().starts_with("http://") && self.connection.url.may_send_token() => Trust::Nothing,
            None => Trust::Platform,
        };
        let client = transport::client(trust, self.connection.timeout)?;
        Ok(self.client.get_or_init(|| client))
    }

    fn address(&self, path: &[&str], query: &[(&str, String)]) -> Result<Url> {
        let unwritable = || Failure::bug(format!("{} is no base of a path", self.base()));
        let mut url = Url::parse(self.base()).map_err(|_| unwritable())?;
        {
            let mut segments = url.path_segments_mut().map_err(|()| unwritable())?;
            segments.pop_if_empty();
            let (last, before) = path.split_last().ok_or_else(unwritable)?;
            segments.extend(before).push(&format!("{last}.{}", self.connection.format));
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn addresses_with_and_without_a_slash_and_codes_of_any_kind() {
        for base in ["https://c.example/open311/v2", "https://c.example/open311/v2/"] {
            let endpoint = Endpoint::new(Connection {
                url: base.parse().unwrap(),
                jurisdiction_id: None,
                format: Format::Xml,
                counterpart: Counterpart::Foreign,
                cacert: None,
                timeout: Duration::from_secs(1),
                retries: 0,
                zone: CityZone::default(),
                trace: None,
                interrupts: Interrupts::default(),
            });
            let address = |code: &str| endpoint.address(&["services", code], &[]).unwrap().to_string();
            assert_eq!(address("a/b c?&é:1"), "https://c.example/open311/v2/services/a%2Fb%20c%3F&%C3%A9:1.xml");
            assert_eq!(address(".."), "https://c.example/open311/v2/services/...xml");
        }
    }
}
