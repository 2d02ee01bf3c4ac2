//! The server a city hosts.
//!
//! - `audit`: who changed what, a row in the unit of each change, sealed into a chain
//! - `city`: what an operator declares in `city.toml`
//! - `clock`, `random`: the only rooms that read the time and draw
//! - `codes`: what is sent to an address and comes back
//! - `error`: what handlers fail with
//! - `export`: everything about a person, in one archive
//! - `fees`: bills the portal issues itself, and what is told when one is paid
//! - `fold`: texts without regard to case and accents
//! - `gateways`: what lies outside: the card processor
//! - `guard`: guesses at secrets are slowed down
//! - `idempotency`: the same key, the same thing
//! - `lookout`: when it is looked again for what comes about in days
//! - `pictures`: what residents' pictures tell beside what they show, left out
//! - `papers`: receipts and statements as PDF
//! - `pages`: the few HTML pages that links in mails lead to
//! - `sandbox`: a made-up city
//! - `seal`: secrets that must be read again, sealed
//! - `store`: one SQL text for SQLite and PostgreSQL
//! - `web`: guarded routes, answers, the OpenAPI document, listening and draining
//! - `unknown`: words that are none of those the city declares
//! - `worker`: what runs by itself: the reconciler, and forgetting what has ended
//! - one room for each noun: `routes` (HTTP), `rules` (pure decisions), `queries` (SQL)

pub mod city;
pub mod clock;
pub(crate) mod codes;
pub mod error;
pub(crate) mod fees;
mod fold;
pub mod gateways;
pub(crate) mod guard;
pub mod idempotency;
pub(crate) mod lookout;
pub(crate) mod pages;
pub(crate) mod papers;
pub mod pictures;
pub mod random;
pub mod sandbox;
pub mod seal;
pub mod store;
pub(crate) mod unknown;
pub mod web;
pub mod worker;

use std::sync::{Arc, OnceLock};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response},
    middleware,
};
use jiff::SignedDuration;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    city::City,
    clock::Clock,
    error::Result,
    gateways::{documents::Documents, post::Post, processor::Processor},
    guard::Gates,
    lookout::Lookout,
    notices::Outbox,
    random::Random,
    seal::Seal,
    sessions::passwords::Passwords,
    store::Store,
    web::{answer::RequestId, router::Routes},
};
use crate::api::{
    header::ZONE,
    id,
    time::{Date, Timestamp},
};

/// Declares the nouns' rooms: their routes are served, their queries are known, from a line each.
macro_rules! nouns {
    ($($noun:ident: $($part:ident),+;)+) => {
        $(pub(crate) mod $noun;)+

        /// What adds each noun's operations.
        const ROUTES: &[fn(Routes) -> Routes] = &[$($noun::routes::routes),+];

        /// The queries of each noun that has some.
        const QUERIES: &[&[&store::Query]] = &[$($(nouns!(@all $noun $part)),+),+];
    };
    (@all $noun:ident routes) => { &[] };
    (@all $noun:ident queries) => { $noun::queries::ALL };
    (@all $noun:ident entries) => { $noun::entries::ALL };
}

nouns! {
    audit: routes, queries;
    support: routes, queries;
    accounts: routes, queries;
    sessions: routes, queries;
    mfa: routes, queries;
    tokens: routes, queries;
    recovery: routes, queries;
    records: routes, queries;
    bills: routes, queries;
    payments: routes, queries;
    autopay: routes, queries;
    transfers: routes, queries, entries;
    ledger: routes, queries;
    statements: routes, queries;
    wallet: routes, queries;
    permits: routes, queries;
    programs: routes, queries;
    history: routes, queries;
    requests: routes, queries;
    notices: routes, queries;
    dashboard: routes, queries;
    webhooks: routes, queries;
    staff: routes;
    export: routes, queries;
    residents: routes, queries;
}

pub use self::sessions::passwords::Cost;

/// How often it is looked for bills that are due soon: they are only reminded of in days.
const REMINDING: SignedDuration = SignedDuration::from_mins(10);
/// How often it is looked for bills that are paid by themselves soon: by who sets a rule it is soon looked for.
const ANNOUNCING: SignedDuration = SignedDuration::from_mins(1);
/// How often the processor is asked for what it told and nobody heard: it tells again by itself for three days.
const CATCHING_UP: SignedDuration = SignedDuration::from_mins(10);

/// A city's portal: everything its operations need. A clone is another handle to the same.
#[derive(Clone)]
pub struct Portal(Arc<Parts>);

struct Parts {
    city: City,
    public: crate::api::city::City,
    store: Store,
    clock: Clock,
    random: Random,
    passwords: Passwords,
    processor: Processor,
    documents: Documents,
    seal: Seal,
    gates: Gates,
    outbox: Outbox,
    reminding: Lookout,
    announcing: Lookout,
    catching_up: Lookout,
    post: Post,
    address: OnceLock<String>,
    stopping: CancellationToken,
    tracker: TaskTracker,
}

/// What a portal is made of.
pub struct Parcel {
    /// The city it serves.
    pub city: City,
    /// Its database.
    pub store: Store,
    /// Its clock.
    pub clock: Clock,
    /// Its randomness.
    pub random: Random,
    /// What a password's hash costs.
    pub cost: Cost,
    /// Where documents are kept.
    pub documents: Documents,
    /// How notices leave.
    pub post: Post,
    /// What seals secrets that are kept.
    pub seal: Seal,
}

impl Portal {
    /// A portal over an open database.
    pub fn new(parcel: Parcel) -> Result<Self> {
        let Parcel { city, store, clock, random, cost, documents, post, seal } = parcel;
        Ok(Self(Arc::new(Parts {
            public: city.public(),
            passwords: Passwords::new(cost)?,
            processor: Processor::of(&city.processor)?,
            documents,
            seal,
            gates: Gates::new(),
            outbox: Outbox::new(random.aside()),
            reminding: Lookout::every(REMINDING),
            announcing: Lookout::every(ANNOUNCING),
            catching_up: Lookout::every(CATCHING_UP),
            post,
            address: OnceLock::new(),
            stopping: CancellationToken::new(),
            tracker: TaskTracker::new(),
            city,
            store,
            clock,
            random,
        })))
    }

    /// The city as declared.
    pub fn city(&self) -> &City {
        &self.0.city
    }

    /// The city as anyone is told.
    pub fn public(&self) -> &crate::api::city::City {
        &self.0.public
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The randomness.
    pub fn random(&self) -> &Random {
        &self.0.random
    }

    /// Hashing and checking of passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Who moves the money.
    pub fn processor(&self) -> &Processor {
        &self.0.processor
    }

    /// Where documents are kept.
    pub fn documents(&self) -> &Documents {
        &self.0.documents
    }

    /// Where guesses wait for each other.
    pub(crate) fn gates(&self) -> &Gates {
        &self.0.gates
    }

    /// What leaves the portal as notices.
    pub(crate) fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    /// When it is looked for bills that are due soon.
    pub(crate) fn reminding(&self) -> &Lookout {
        &self.0.reminding
    }

    /// When it is looked for bills that are paid by themselves soon.
    pub(crate) fn announcing(&self) -> &Lookout {
        &self.0.announcing
    }

    /// When the processor is asked for what it told and nobody heard.
    pub(crate) fn catching_up(&self) -> &Lookout {
        &self.0.catching_up
    }

    /// How notices leave.
    pub fn post(&self) -> &Post {
        &self.0.post
    }

    /// Where the portal is reached, without a slash at its end: as the city declares it, else where it listens.
    pub fn base_url(&self) -> String {
        let declared = self.0.city.url.as_deref();
        let url = declared.or_else(|| self.0.address.get().map(String::as_str)).unwrap_or_default();
        url.trim_end_matches('/').to_owned()
    }

    /// Notes where the portal listens, for links where the city declares no address.
    pub(crate) fn listens_at(&self, url: String) {
        // One that is served twice is reached at the first address too.
        let _ = self.0.address.set(url);
    }

    /// That the portal is ending: who waits for something waits no longer.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// What seals secrets that are kept.
    pub fn seal(&self) -> &Seal {
        &self.0.seal
    }

    /// Whether text messages can leave.
    pub(crate) fn texts(&self) -> bool {
        self.0.post.sms.is_some()
    }

    /// Work that must finish even if its caller hangs up.
    pub fn tracker(&self) -> &TaskTracker {
        &self.0.tracker
    }

    /// The city's date at an instant.
    pub fn today(&self, now: Timestamp) -> Date {
        now.date_in(&self.0.city.zone)
    }

    /// A fresh id for a request.
    pub fn request_id(&self) -> RequestId {
        RequestId(id::spell("req", self.0.random.number().unwrap_or_default()))
    }

    /// Every operation, guarded and documented.
    pub fn router(&self) -> axum::Router {
        let routes = ROUTES.iter().fold(Routes::new(self.clone()), |routes, noun| noun(routes));
        let zone = HeaderValue::from_str(&self.public().zone).ok();
        let told = middleware::map_response(move |mut answer: Response<Body>| {
            let zone = zone.clone();
            async move {
                answer.headers_mut().extend(zone.map(|zone| (HeaderName::from_static(ZONE), zone)));
                answer
            }
        });
        pages::routes(routes).finish().layer(told)
    }
}

/// Every query of the portal, so that a test can prepare each on both databases.
pub fn queries() -> impl Iterator<Item = &'static store::Query> {
    let shared = [store::ALL, idempotency::ALL, codes::queries::ALL, guard::queries::ALL];
    shared.into_iter().chain(QUERIES.iter().copied()).flatten().copied()
}
