//! What a handler is given: who calls, when, with which key.

use super::{
    grant::{Caller, Grant},
    source::Source,
};
use crate::{
    api::{
        endpoint::Access,
        problem::{Code, Problem},
        time::{Date, Timestamp},
    },
    portal::{Portal, error::Result, idempotency::Claim},
};

/// A call of an operation with access `A`.
pub struct Context<A: Access + Grant> {
    /// The portal.
    pub portal: Portal,
    /// Who calls.
    pub who: A::Who,
    /// The instant of the call.
    pub now: Timestamp,
    /// The city's date at that instant.
    pub today: Date,
    /// The network it comes from.
    pub source: Source,
    /// The idempotency key, with the request's fingerprint.
    pub claim: Option<Claim>,
}

impl<A: Access + Grant<Who: Clone>> Clone for Context<A> {
    fn clone(&self) -> Self {
        let Self { portal, who, now, today, source, claim } = self;
        let (portal, who, claim) = (portal.clone(), who.clone(), claim.clone());
        Self { portal, who, now: *now, today: *today, source: *source, claim }
    }
}

impl<A: Access + Grant> Context<A> {
    /// The claim of an operation that requires a key.
    pub fn required_claim(&self) -> Result<Claim> {
        self.claim.clone().ok_or_else(|| key_missing().into())
    }
}

impl<A: Access + Grant<Who = Caller>> Context<A> {
    /// The account of whoever calls.
    pub fn account(&self) -> crate::api::id::AccountId {
        self.who.account
    }
}

/// The problem of a request that had to have a key.
pub fn key_missing() -> Problem {
    Problem::new(Code::KeyMissing, "this operation needs an Idempotency-Key header")
        .hint("send a random key, and the same one when you repeat the request")
}
