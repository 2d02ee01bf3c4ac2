//! Personal access tokens, for scripts and cron.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    id::TokenId,
    money::{Currency, Minor},
    page::Page,
    secret::Secret,
    sessions::Proof,
    time::{Date, Timestamp, When},
};
use crate::{endpoints, list_query};

/// A personal access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Token {
    /// `TOK-…`.
    pub id: TokenId,
    /// The token itself, told once: when it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// What its owner calls it.
    pub label: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What it may pay on one of the city's days, fees and all; null where nothing but its owner's bills limits it.
    pub max_per_day: Option<Minor>,
    /// What was paid with it today, fees and all; what failed does not count.
    pub spent_today: Minor,
    /// The currency of both.
    pub currency: Currency,
    /// The day it was last used.
    pub last_used_on: Option<Date>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// What to call it.
    pub label: String,
    /// What it may do: at least one.
    pub scopes: Vec<Scope>,
    /// When it ends: within a year from now.
    pub expires: When,
    /// The password again: without it no token is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What it may pay on one of the city's days, fees and all: for a token with the scope `bills:pay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_day: Option<Minor>,
}

list_query! {
    /// Which tokens.
    pub struct TokenQuery {}
}

endpoints! {
    /// Make a personal access token
    CREATE = Post "/v1/tokens" "tokens.create", InSession(), None, ((), NewToken) -> Token,
        [Invalid, ProofNeeded, BadCredentials, RateLimited];
    /// The account's tokens that have not been revoked
    LIST = Get "/v1/tokens" "tokens.list", SignedIn(Some(Scope::AccountRead)), None, ((), TokenQuery) -> Page<Token>, [];
    /// Revoke a token
    REVOKE = Delete "/v1/tokens/{id}" "tokens.revoke", InSession(), None, (TokenId, Empty) -> Token, [NotFound];
}
