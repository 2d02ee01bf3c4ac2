//! Any request to the portal, as it is typed: what `citytime api` sends. It is tried again, kept from strangers and
//! traced as every other call is.

use reqwest::Url;

use super::{
    answer::{self, Asked},
    attempt::{Repeat, Request},
    portal::Portal,
    refuse,
    trace::Trace,
    upload::Body,
};
use crate::{
    api::{endpoint::Method, problem::Code},
    failure::{Failure, Result},
};

/// The field of a list's query that says where to go on.
const AFTER: &str = "after";

/// A request as it is typed.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The method.
    pub method: Method,
    /// The path at the portal, from its `/`; it may have a query.
    pub path: String,
    /// What the query has beside it.
    pub query: Vec<(String, String)>,
    /// The body, as JSON.
    pub body: Option<Vec<u8>>,
    /// Told the status and headers of each answer, a line at a time.
    pub head: Option<Trace>,
}

impl Raw {
    /// Makes it the request for the page behind the one whose `next` this was. Fails where it was asked for already: a
    /// list that leads back to itself has no end.
    pub fn go_on(&mut self, next: String) -> Result<()> {
        let again = self.query.iter().any(|(name, value)| name == AFTER && *value == next);
        if again {
            return Err(unexpected(&self.path, "is a list that leads back to itself"));
        }
        // What the path says of the first page is not said of the next.
        if let Some((path, query)) = self.path.split_once('?') {
            let typed = Url::parse(&format!("http://portal.invalid/?{query}"))
                .map_err(|error| Failure::usage(format!("`{query}` is no query: {error}")))?;
            let typed = typed.query_pairs().into_owned().collect::<Vec<_>>();
            self.query.splice(0..0, typed);
            self.path = path.to_owned();
        }
        self.query.retain(|(name, _)| name != AFTER);
        self.query.push((AFTER.to_owned(), next));
        Ok(())
    }
}

/// What a portal answered, as it came.
#[derive(Debug, Clone)]
pub struct RawAnswer {
    /// What it is: `application/json`; empty where the portal did not say.
    pub content_type: String,
    /// All of it.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// Whether it is JSON.
    pub fn is_json(&self) -> bool {
        answer::is_json(&self.content_type)
    }
}

impl Portal {
    /// Sends a request as it is typed, with the token there is. A change carries this command's idempotency key; since
    /// not every operation keeps one, a change whose answer was lost is not sent again by itself. An answer with an
    /// error status is the failure it tells of.
    pub async fn raw(&self, raw: &Raw) -> Result<RawAnswer> {
        let url = self.address(raw)?;
        let token = self.connection().token.clone();
        self.refuse_in_the_clear(token.as_ref(), raw.method)?;
        let name = format!("{} {}", raw.method.as_str(), url.path());
        let asked = Asked { operation: name.clone().into(), summary: name.into(), base: self.url().to_string() };
        refuse::in_address(&url)?;
        raw.body.as_deref().map_or(Ok(()), refuse::in_document)?;
        let body = raw.body.clone().map_or(Body::None, Body::Json);
        let key = matches!(raw.method, Method::Post | Method::Patch).then(|| self.key()).transpose()?;
        let request = Request {
            asked,
            method: raw.method,
            url,
            body,
            accept: "application/json, */*;q=0.5",
            token,
            key: key.map(str::to_owned),
            repeat: Repeat::Unsure,
            head: raw.head.clone(),
        };
        let answer = self.exchange(&request).await?;
        Ok(RawAnswer { content_type: answer.content_type, body: answer.body })
    }

    /// The address of a path at this portal, and at no other.
    fn address(&self, raw: &Raw) -> Result<Url> {
        let wrong = |why: &str| {
            Failure::usage(format!("`{}` is no path: {why}", raw.path))
                .hint("give the path alone, as in /v1/bills; -c says at which city")
        };
        if !raw.path.starts_with('/') {
            return Err(wrong("it does not begin with /"));
        }
        let base = Url::parse(self.url().as_str())
            .map_err(|error| Failure::bug(format!("{} is no URL: {error}", self.url())))?;
        let mut url = Url::parse(&format!("{}{}", self.url(), raw.path)).map_err(|error| wrong(&error.to_string()))?;
        if url.origin() != base.origin() || !url.path().starts_with(base.path().trim_end_matches('/')) {
            return Err(wrong("it leads away from the portal"));
        }
        if !raw.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&raw.query);
        }
        Ok(url)
    }
}

/// The failure of an answer that is not what was counted on.
pub fn unexpected(path: &str, why: impl std::fmt::Display) -> Failure {
    Failure::new(Code::NotAPortal, format!("the answer of {path} {why}"))
}
