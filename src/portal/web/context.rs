//! What a handler is given: who calls, when, with which key.

use super::{
    grant::{Caller, Grant},
    source::Source,
};
use crate::{
    api::{
        endpoint::{Access, InSession, SignedIn},
        problem::{Code, Problem},
        time::{Date, Timestamp},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::Result,
        idempotency::Claim,
        store::{BoxFuture, StoreError, Tx},
    },
};

/// A call of an operation with access `A`, which alone answers for operations with that access:
///
/// ```compile_fail,E0631
/// # use citytime::api::endpoint::{Anyone, Empty};
/// # use citytime::portal::{error::Result, web::{context::Context, router::Routes}};
/// citytime::endpoints! {
///     /// Look through the letter box
///     PEEK = Get "/v1/peek" "peek", SignedIn(None), None, ((), Empty) -> Empty, [];
/// }
/// async fn peek(_: Context<Anyone>, (): (), _: Empty) -> Result<Empty> {
///     Ok(Empty {})
/// }
/// fn routes(routes: Routes) -> Routes {
///     routes.add(&PEEK, peek)
/// }
/// ```
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
    /// What the audit trail says of a change that is made here.
    pub(crate) cause: Cause,
}

impl<A: Access + Grant<Who: Clone>> Clone for Context<A> {
    fn clone(&self) -> Self {
        let Self { portal, who, now, today, source, claim, cause } = self;
        let (portal, who, claim, cause) = (portal.clone(), who.clone(), claim.clone(), cause.clone());
        Self { portal, who, now: *now, today: *today, source: *source, claim, cause }
    }
}

impl<A: Access + Grant> Context<A> {
    /// Makes a change: one unit of the store, and in it the row of the audit trail. The only way a handler has. What
    /// the path names is in that row; what else the unit makes or changes it tells by [`Tx::about`].
    ///
    /// # Errors
    /// The unit's own, and [`StoreError`]; then nothing was changed, and there is no row.
    pub(crate) async fn write<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        audit::write(self.portal.store(), self.cause.clone(), self.now, input, unit).await
    }

    /// The call of somebody who is known only now: by a form's field, at the door.
    #[must_use]
    pub(crate) fn known_as(self, caller: Option<&Caller>) -> Self {
        Self { cause: self.cause.of(caller), ..self }
    }

    /// The claim of an operation that requires a key.
    pub fn required_claim(&self) -> Result<Claim> {
        self.claim.clone().ok_or_else(|| key_missing().into())
    }
}

impl Context<InSession> {
    /// The same call as one that any sign-in may make.
    pub(crate) fn signed_in(self) -> Context<SignedIn> {
        let Self { portal, who, now, today, source, claim, cause } = self;
        Context { portal, who, now, today, source, claim, cause }
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
