//! The server a city hosts.
//!
//! - `city`: what an operator declares in `city.toml`
//! - `clock`, `random`: the only rooms that read the time and draw
//! - `error`: what handlers fail with
//! - `gateways`: what lies outside: the card processor
//! - `idempotency`: the same key, the same thing
//! - `sandbox`: a made-up city
//! - `store`: one SQL text for SQLite and PostgreSQL
//! - `web`: guarded routes, answers, the OpenAPI document, listening and draining
//! - `worker`: what runs by itself: the reconciler, and forgetting what has ended
//! - one room for each noun: `routes` (HTTP), `rules` (pure decisions), `queries` (SQL)

pub(crate) mod accounts;
pub(crate) mod bills;
pub mod city;
pub mod clock;
pub(crate) mod dashboard;
pub mod error;
pub mod gateways;
pub(crate) mod history;
pub mod idempotency;
pub(crate) mod payments;
pub mod random;
pub(crate) mod records;
pub mod sandbox;
pub mod sessions;
pub(crate) mod staff;
pub mod store;
pub(crate) mod support;
pub(crate) mod tokens;
pub(crate) mod wallet;
pub mod web;
pub mod worker;

use std::sync::Arc;

use tokio_util::task::TaskTracker;

use self::{
    city::City,
    clock::Clock,
    error::Result,
    gateways::processor::Processor,
    random::Random,
    sessions::passwords::{Cost, Passwords},
    store::Store,
    web::{answer::RequestId, router::Routes},
};
use crate::api::{
    id,
    time::{Date, Timestamp},
};

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
}

impl Portal {
    /// A portal over an open database.
    pub fn new(parcel: Parcel) -> Result<Self> {
        let Parcel { city, store, clock, random, cost } = parcel;
        Ok(Self(Arc::new(Parts {
            public: city.public(),
            passwords: Passwords::new(cost)?,
            processor: Processor::of(city.processor),
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
        let nouns = [
            support::routes::routes,
            accounts::routes::routes,
            sessions::routes::routes,
            tokens::routes::routes,
            records::routes::routes,
            bills::routes::routes,
            payments::routes::routes,
            wallet::routes::routes,
            history::routes::routes,
            dashboard::routes::routes,
            staff::routes::routes,
        ];
        nouns.into_iter().fold(Routes::new(self.clone()), |routes, noun| noun(routes)).finish()
    }
}

/// Every query of the portal, so that a test can prepare each on both databases.
pub fn queries() -> impl Iterator<Item = &'static store::Query> {
    [
        store::ALL,
        accounts::queries::ALL,
        bills::queries::ALL,
        dashboard::queries::ALL,
        history::queries::ALL,
        idempotency::ALL,
        payments::queries::ALL,
        records::queries::ALL,
        sessions::queries::ALL,
        tokens::queries::ALL,
        wallet::queries::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}
