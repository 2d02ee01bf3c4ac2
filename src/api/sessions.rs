//! Sign-in and its end.

use serde::{Deserialize, Serialize};

use super::{endpoint::Empty, secret::Secret, time::Timestamp};
use crate::endpoints;

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

endpoints! {
    /// Sign in with name and password
    CREATE = Post "/v1/sessions" "sessions.create", Anyone(), None, ((), SignIn) -> Session, [BadCredentials, Invalid];
    /// Sign out: the session's token is worth nothing from then on
    END = Delete "/v1/sessions/current" "sessions.end", InSession(), None, ((), Empty) -> Empty, [];
}
