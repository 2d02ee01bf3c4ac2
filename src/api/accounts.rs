//! Residents' accounts.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, File, Scope},
    id::{AccountId, RecordId},
    secret::Secret,
    sessions::{Proof, Session, SignIn},
    time::Timestamp,
};
use crate::{endpoints, words};

words! {
    /// The state of an account.
    pub enum AccountStatus ("account status") {
        /// In use.
        Active = "active",
        /// Made, but its e-mail address is not confirmed.
        Unverified = "unverified",
        /// Put to rest by its owner.
        Deactivated = "deactivated",
    }
}

words! {
    /// What an account is for.
    pub enum Role ("role") {
        /// Uses the city's services.
        Resident = "resident",
        /// Works for the city.
        Clerk = "clerk",
    }
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Flat, floor, building.
    #[serde(default)]
    pub line2: Option<String>,
    /// Town.
    pub city: String,
    /// State or province.
    #[serde(default)]
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2; the city's own country where left out.
    #[serde(default)]
    pub country: Option<String>,
}

/// Which terms were accepted, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AcceptedTerms {
    /// The version accepted.
    pub version: String,
    /// When.
    pub accepted_at: Timestamp,
}

/// An account, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Account {
    /// `ACC-…`.
    pub id: AccountId,
    /// The name to sign in with; compared without regard to case.
    pub username: String,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// Whether that address is confirmed.
    pub email_verified: bool,
    /// E.164.
    pub phone: Option<String>,
    /// Whether it is confirmed.
    pub phone_verified: bool,
    /// The postal address.
    pub address: Option<Address>,
    /// A second address for recovery.
    pub recovery_email: Option<String>,
    /// Whether that address is confirmed.
    pub recovery_email_verified: bool,
    /// Its state.
    pub status: AccountStatus,
    /// The terms accepted.
    pub terms: AcceptedTerms,
    /// The city records linked to it.
    pub records: Vec<RecordId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a new account is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewAccount {
    /// 3–32 of `a–z 0–9 . _ -`, beginning with a letter.
    pub username: String,
    /// At least 15 characters; any characters.
    pub password: Secret,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// With or without the country's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// A second address for recovery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_email: Option<String>,
    /// The version of the terms that were shown and accepted.
    pub terms_version: String,
}

/// What is to change; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AccountChange {
    /// The person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where notices go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// With or without the country's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The password again: without it e-mail and phone stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// Another password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// At least 15 characters, or 8 where the account has a second factor; any characters.
    pub password: Secret,
    /// Whether the personal access tokens end too: where somebody else may have made some.
    #[serde(default)]
    pub revoke_tokens: bool,
    /// The present password: without it nothing is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A password that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PasswordChanged {
    /// Whose.
    pub username: String,
    /// When.
    pub changed_at: Timestamp,
    /// How many other sessions ended with it.
    pub sessions_ended: u32,
    /// How many personal access tokens ended with it.
    pub tokens_revoked: u32,
}

/// The account is to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Deactivation {
    /// Who asks, shown again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A resting account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Deactivated {
    /// `ACC-…`.
    pub account: AccountId,
    /// Its name.
    pub username: String,
    /// Its state.
    pub status: AccountStatus,
    /// Since when.
    pub deactivated_at: Timestamp,
    /// How many sessions ended, that of the caller among them.
    pub sessions_ended: u32,
    /// How many tokens for scripts were revoked.
    pub tokens_revoked: u32,
}

/// The terms in force, and what an account accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TermsStanding {
    /// The version in force.
    pub version: String,
    /// Its text, where the portal keeps it.
    pub text: Option<String>,
    /// Where it can be read, where it is elsewhere.
    pub url: Option<String>,
    /// Whether that version is the accepted one. Until it is, everything can be read and nothing changed.
    pub accepted: bool,
    /// The version that was accepted last.
    pub accepted_version: String,
    /// When.
    pub accepted_at: Timestamp,
}

/// The terms are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AcceptTerms {
    /// The version that was shown.
    pub version: String,
}

/// Who is signed in, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Whoami {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub username: String,
    /// What it is for.
    pub role: Role,
    /// What this sign-in may do: a session what its role allows, a token its scopes.
    pub scopes: Vec<Scope>,
    /// When this sign-in ends.
    pub expires_at: Timestamp,
    /// Whether the terms in force are accepted, or need not be.
    pub terms_accepted: bool,
}

endpoints! {
    /// Create an account
    CREATE = Post "/v1/accounts" "accounts.create", Anyone(), Accepted, ((), NewAccount) -> Account,
        [Invalid, Taken, WeakPassword, TermsNotAccepted, RateLimited];
    /// The account of whoever is signed in
    SHOW = Get "/v1/account" "accounts.show", SignedIn(Some(Scope::AccountRead)), None, ((), Empty) -> Account, [];
    /// Change name, address, e-mail or phone
    UPDATE = Patch "/v1/account" "accounts.update", SignedIn(Some(Scope::AccountWrite)), None,
        ((), AccountChange) -> Account,
        [Invalid, ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited];
    /// Change the password, which ends every other session
    PASSWORD = Post "/v1/account/password" "accounts.password", InSession(), None,
        ((), NewPassword) -> PasswordChanged,
        [Invalid, WeakPassword, ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited];
    /// Let the account rest: every session and token ends, notices stop, nothing is cancelled
    DEACTIVATE = Post "/v1/account/deactivate" "accounts.deactivate", InSession(), None,
        ((), Deactivation) -> Deactivated,
        [ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited, Conflict];
    /// Bring a resting account back, and sign in
    REACTIVATE = Post "/v1/account/reactivate" "accounts.reactivate", Anyone(), None, ((), SignIn) -> Session,
        [BadCredentials, CodeNeeded, BadCode, RateLimited, Conflict];
    /// Everything the portal holds about whoever is signed in: JSON and CSV in a ZIP archive
    EXPORT = Get "/v1/account/export" "accounts.export", InSession(), None, ((), Empty) -> File, [];
    /// The terms in force, and what was accepted
    TERMS = Get "/v1/account/terms" "accounts.terms", SignedIn(Some(Scope::AccountRead)), None,
        ((), Empty) -> TermsStanding, [];
    /// Accept the terms in force
    ACCEPT_TERMS = Post "/v1/account/terms" "accounts.accept_terms", InSession(), None,
        ((), AcceptTerms) -> TermsStanding, [Invalid];
    /// Who is signed in
    WHOAMI = Get "/v1/whoami" "accounts.whoami", SignedIn(None), None, ((), Empty) -> Whoami, [];
}
