//! Sign-in and its end, and the sessions there are.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    id::SessionId,
    page::Page,
    secret::Secret,
    time::{Date, Timestamp},
};
use crate::{endpoints, list_query};

/// A name and its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The account's name, in any case.
    pub username: String,
    /// Its password.
    pub password: Secret,
}

/// What shows again who somebody is, before what only the owner of an account may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Proof {
    /// The account's present password.
    pub password: Secret,
}

/// A sign-in: the token opens the portal until it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Session {
    /// Sent as `Authorization: Bearer …`; shown this once.
    pub token: Secret,
    /// The account's name.
    pub username: String,
    /// When it ends at the latest: 30 days, or 14 without use.
    pub expires_at: Timestamp,
}

/// A session of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// `SES-…`.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The day it was last used.
    pub last_used_on: Date,
    /// The network it was begun from: an IPv4 address, or the /64 of an IPv6 one.
    pub source: Option<String>,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// Sessions that were ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct EndedSessions {
    /// The newest first.
    pub items: Vec<OpenSession>,
}

list_query! {
    /// Which sessions.
    pub struct SessionQuery {}
}

endpoints! {
    /// Sign in with name and password
    CREATE = Post "/v1/sessions" "sessions.create", Anyone(), None, ((), SignIn) -> Session,
        [BadCredentials, RateLimited];
    /// Sign out: the session's token is worth nothing from then on
    END = Delete "/v1/sessions/current" "sessions.end", InSession(), None, ((), Empty) -> Empty, [];
    /// The account's sessions, the newest first
    LIST = Get "/v1/sessions" "sessions.list", SignedIn(Some(Scope::AccountRead)), None,
        ((), SessionQuery) -> Page<OpenSession>, [];
    /// End a session: its token is worth nothing from then on
    REVOKE = Delete "/v1/sessions/{id}" "sessions.revoke", InSession(), None, (SessionId, Empty) -> OpenSession,
        [NotFound];
    /// End every session but the one that asks
    REVOKE_OTHERS = Delete "/v1/sessions/others" "sessions.revoke_others", InSession(), None,
        ((), Empty) -> EndedSessions, [];
}
