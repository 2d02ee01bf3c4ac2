//! Requests, window by window and page by page. The standard has no paging: pages are asked for until one is empty or
//! repeats what was seen.

use std::collections::HashSet;

use super::{
    dates::{self, Style},
    endpoint::Endpoint,
    errors::Asked,
    http::Reply,
    windows::{Window, windows},
};
use crate::{
    api::{
        problem::Code,
        requests::{Request, RequestStatus},
        time::Timestamp,
        word::Word,
    },
    failure::{Failure, Result},
};

/// A first page with fewer rows is the only one: no server's pages are smaller.
const FEWEST: usize = 10;
/// Pages of one window; behind these there is no end.
const MOST_PAGES: u64 = 1_000;

/// Which requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// In one of these states; all that the city shows unasked, where none is given.
    pub status: Vec<RequestStatus>,
    /// For one of these services.
    pub service_code: Vec<String>,
    /// Made at or after this.
    pub since: Option<Timestamp>,
    /// Made before this.
    pub until: Option<Timestamp>,
}

impl Query {
    /// Whether a row is what was asked for: servers pass over what they do not know.
    fn wants(&self, request: &Request) -> bool {
        let status = request.status.is_none_or(|status| self.status.is_empty() || self.status.contains(&status));
        let code = request.service_code.as_ref();
        status && code.is_none_or(|code| self.service_code.is_empty() || self.service_code.contains(code))
    }
}

/// A list that is fetched as far as it is asked for.
#[derive(Debug)]
pub struct Listing<'e> {
    endpoint: &'e Endpoint,
    query: Query,
    /// Those to come, the next one last; `None` where the city's default is asked for.
    windows: Vec<Option<Window>>,
    page: u64,
    seen: HashSet<String>,
    total: Option<u64>,
}

impl<'e> Listing<'e> {
    /// The requests of an endpoint. A range that begins and has no end goes to `now`.
    pub fn new(endpoint: &'e Endpoint, query: Query, now: Timestamp) -> Self {
        let mut walked = match (query.since, query.until) {
            (None, None) => vec![None],
            (since, until) => windows(since, until.unwrap_or(now)).into_iter().map(Some).collect(),
        };
        walked.reverse();
        Self { endpoint, query, windows: walked, page: 1, seen: HashSet::new(), total: None }
    }

    /// How many there are in all, where the city says so.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next rows that were not seen before; `None` behind the last.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Request>>> {
        while let Some(&window) = self.windows.last() {
            if self.page > MOST_PAGES {
                let message = format!("{} has pages without an end", self.endpoint.base());
                return Err(Failure::new(Code::NotAPortal, message).hint("narrow the list with --since and --until"));
            }
            let (fresh, more) = self.fetch(window).await?;
            if more {
                self.page += 1;
            } else {
                self.windows.pop();
                self.page = 1;
            }
            if !fresh.is_empty() {
                return Ok(Some(fresh));
            }
        }
        Ok(None)
    }

    /// A page: its new rows, and whether there may be another.
    async fn fetch(&mut self, window: Option<Window>) -> Result<(Vec<Request>, bool)> {
        let reply = match self.ask(window).await {
            // Some have no list where there is nothing in it.
            Err(failure) if failure.code == Code::NotFound && !told_of_place(&failure) => {
                return Ok((Vec::new(), false));
            }
            reply => reply?,
        };
        let rows = self.endpoint.read(&reply.answer, |reader, tree| reader.requests(tree))?;
        let count = rows.len();
        let fresh = rows.into_iter().filter(|row| self.seen.insert(name(row))).collect::<Vec<_>>();
        let repeats = fresh.is_empty();
        let more = match (reply.page_count, reply.has_next) {
            (Some(pages), _) => self.page < pages,
            (None, Some(has_next)) => has_next,
            (None, None) => !repeats && (self.page > 1 || count >= FEWEST),
        };
        if matches!(window, None) && self.query.status.is_empty() && self.query.service_code.is_empty() {
            self.total = reply.total;
        }
        Ok((fresh.into_iter().filter(|row| self.query.wants(row)).collect(), more && !repeats))
    }

    /// Asks for a page; where dates with a zone are refused, once more without.
    async fn ask(&self, window: Option<Window>) -> Result<Reply> {
        let style = self.endpoint.style();
        let asked = self.endpoint.get(&["requests"], &self.arguments(window, style), Asked::List).await;
        match asked {
            Err(failure) if window.is_some() && style == Style::Zoned && failure.status == Some(400) => {
                let bare = self.arguments(window, Style::Bare);
                // A city that refuses both refuses something else: what it said first is told.
                let Ok(reply) = self.endpoint.get(&["requests"], &bare, Asked::List).await else { return Err(failure) };
                self.endpoint.bare_dates();
                Ok(reply)
            }
            asked => asked,
        }
    }

    fn arguments(&self, window: Option<Window>, style: Style) -> Vec<(&'static str, String)> {
        let mut arguments = Vec::new();
        let comma = |words: Vec<&str>| words.join(",");
        if !self.query.service_code.is_empty() {
            arguments.push(("service_code", comma(self.query.service_code.iter().map(String::as_str).collect())));
        }
        if !self.query.status.is_empty() {
            arguments.push(("status", comma(self.query.status.iter().map(|status| status.as_str()).collect())));
        }
        if let Some(Window { from, to }) = window {
            arguments.push(("start_date", dates::asked(from, style)));
            arguments.push(("end_date", dates::asked(to, style)));
        }
        if self.page > 1 {
            arguments.push(("page", self.page.to_string()));
        }
        arguments
    }
}

/// Whether what is not found is the city itself, and not its requests.
fn told_of_place(failure: &Failure) -> bool {
    let message = failure.message.to_lowercase();
    message.contains("jurisdiction") || message.contains("a web page")
}

/// What tells a row from others: its id, or all of it while it has none.
fn name(request: &Request) -> String {
    match (&request.service_request_id, &request.token) {
        (Some(id), _) => format!("i{id}"),
        (None, Some(token)) => format!("t{token}"),
        (None, None) => format!("{request:?}"),
    }
}
