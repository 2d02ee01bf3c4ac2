//! The audit trail: who changed what, by which operation, from where.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::Power,
    id::AccountId,
    page::Page,
    time::{Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// Who did something.
    pub enum Actor ("actor") {
        /// Somebody signed in with a resident's account.
        Resident = "resident",
        /// Somebody signed in with a clerk's account.
        Clerk = "clerk",
        /// Somebody who was not signed in.
        Visitor = "visitor",
        /// Whoever runs the portal, at its database.
        Operator = "operator",
        /// The portal by itself: time passed, or a processor answered.
        Portal = "portal",
    }
}

words! {
    /// What came of it.
    pub enum Outcome ("outcome") {
        /// It was done.
        Done = "done",
        /// It was refused, and that it was tried is worth keeping: a sign-in with a wrong password.
        Refused = "refused",
    }
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its place in the trail.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// The account, where somebody was signed in.
    pub account: Option<AccountId>,
    /// Its name.
    pub username: Option<String>,
    /// What they were signed in with: `SES-…` a session, `TOK-…` a token.
    pub credential: Option<String>,
    /// The operation, as the API's description names it: `payments.pay`.
    pub operation: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What it was about.
    pub things: Vec<String>,
    /// The request's id, as its answer and the portal's log tell it.
    pub request_id: Option<String>,
    /// The address the request came from.
    pub source: Option<String>,
    /// The seal that holds it; null until there is one.
    pub seal: Option<i64>,
}

/// A row of the trail, as whose thing it is about is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct OtherEntry {
    /// Its place in the trail.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// What kind of person it was, or the portal by itself.
    pub actor: Actor,
    /// The operation.
    pub operation: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What it was about.
    pub thing: String,
    /// The seal that holds it.
    pub seal: Option<i64>,
}

list_query! {
    /// Which rows.
    pub struct AuditQuery {
        /// Done by this account: its id or its name.
        pub who: String,
        /// This operation, or all of a noun: `payments.pay`, `payments`.
        pub operation: String,
        /// About this thing: `BIL-…`, `ACC-…`.
        pub thing: String,
        /// What came of it.
        pub outcome: Outcome,
        /// At or after this.
        pub since: When,
        /// Before the end of this day, or before this instant.
        pub until: When,
    }
}

/// Where to go on looking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AuditCheckQuery {
    /// Behind this seal, which was looked at before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// Also tell this seal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<i64>,
}

/// A seal in short: kept elsewhere, it shows later that the chain is still the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct SealMark {
    /// Its place in the chain, counted from 1.
    pub number: i64,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
}

/// What was found of a portion of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AuditCheck {
    /// How many seals of it are sound.
    pub seals: i64,
    /// How many rows they hold.
    pub rows: i64,
    /// How many rows wait for their seal; told with the last portion.
    pub unsealed: i64,
    /// The last sound seal.
    pub last: Option<SealMark>,
    /// The seal that was asked for, where there is one.
    pub mark: Option<SealMark>,
    /// Where the next portion begins; null at the end.
    pub next: Option<i64>,
    /// The first that is wrong; what lies behind it was not looked at.
    pub wrong: Option<AuditFault>,
}

/// A row or seal that is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AuditFault {
    /// The seal.
    pub seal: i64,
    /// The row, where it is one.
    pub row: Option<i64>,
    /// What is wrong.
    pub detail: String,
}

endpoints! {
    /// The audit trail, newest first
    LIST = Get "/v1/staff/audit" "staff.audit.list", Clerk(Power::Audit), None, ((), AuditQuery) -> Page<AuditEntry>, [Invalid];
    /// Whether a portion of the audit trail is as it was sealed
    CHECK = Get "/v1/staff/audit/check" "staff.audit.check", Clerk(Power::Audit), None, ((), AuditCheckQuery) -> AuditCheck, [Invalid];
}
