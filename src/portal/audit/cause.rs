//! Who does something, by which operation, in which request: what an audit row says, but for what the unit itself tells
//! it is about.

use std::net::IpAddr;

use crate::{
    api::{
        accounts::Role,
        audit::Actor,
        card,
        id::{self, AccountId},
    },
    portal::web::grant::{Caller, Credential},
};

/// What a part of a path is called that looks like a card's number: no such text is kept.
const WITHHELD: &str = "withheld";

/// The cause of a change.
#[derive(Debug, Clone)]
pub struct Cause {
    pub(super) actor: Actor,
    pub(super) account: Option<AccountId>,
    pub(super) credential: Option<String>,
    pub(super) operation: &'static str,
    pub(super) things: Vec<String>,
    pub(super) request: Option<String>,
    pub(super) source: Option<IpAddr>,
}

impl Cause {
    fn by(actor: Actor, operation: &'static str) -> Self {
        let (account, credential, request, source) = (None, None, None, None);
        Self { actor, account, credential, operation, things: Vec::new(), request, source }
    }

    /// A call of an operation by nobody known yet.
    pub(crate) fn call(operation: &'static str, request: &str, source: Option<IpAddr>) -> Self {
        Self { request: Some(request.to_owned()), source, ..Self::by(Actor::Visitor, operation) }
    }

    /// The portal by itself: `payments.settle`.
    pub(crate) fn portal(operation: &'static str) -> Self {
        Self::by(Actor::Portal, operation)
    }

    /// The operator, at the database: `portal.clerk.add`.
    pub(crate) fn operator(operation: &'static str) -> Self {
        Self::by(Actor::Operator, operation)
    }

    /// The same, by somebody signed in.
    #[must_use]
    pub(crate) fn of(self, caller: Option<&Caller>) -> Self {
        let Some(Caller { account, role, credential, .. }) = caller else { return self };
        let credential = match credential {
            Credential::Session(digest) => session(digest),
            Credential::Token(token, _) => token.to_string(),
        };
        Self { credential: Some(credential), ..self.of_account(*account, *role) }
    }

    /// The same, by the owner of an account who is not signed in: at the door.
    #[must_use]
    pub(crate) fn of_account(self, account: AccountId, role: Role) -> Self {
        let actor = match role {
            Role::Resident => Actor::Resident,
            Role::Clerk => Actor::Clerk,
        };
        Self { actor, account: Some(account), ..self }
    }

    /// The same, about a thing more.
    #[must_use]
    pub(crate) fn about(mut self, thing: impl std::fmt::Display) -> Self {
        self.things.push(kept(thing.to_string()));
        self
    }

    /// What the portal does in the course of it: `payments.settle` of a payment just asked for.
    #[must_use]
    pub(crate) fn then(&self, operation: &'static str) -> Self {
        let (request, source) = (self.request.clone(), self.source);
        Self { request, source, ..Self::portal(operation) }
    }
}

/// What a session is called: the beginning of its token's digest, from which nothing can be signed in with.
pub(crate) fn session(digest: &[u8; 32]) -> String {
    let [first, second, third, fourth, fifth, ..] = *digest;
    id::spell("SES", i64::from_be_bytes([0, 0, 0, first, second, third, fourth, fifth]))
}

fn kept(thing: String) -> String {
    if card::looks_like_card_number(&thing) { WITHHELD.to_owned() } else { thing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_card_is_not_kept() {
        let cause = Cause::operator("portal.clerk.add").about("PRM-00000001").about("4242424242424242");
        assert_eq!(cause.things, ["PRM-00000001", "withheld"]);
    }

    #[test]
    fn a_session_is_named_by_what_does_not_open_it() {
        assert_eq!(session(&[0xFF; 32]), "SES-ZZZZZZZZ");
    }
}
