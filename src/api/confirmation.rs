//! Addresses confirmed: what is sent to an address comes back as a code.

use serde::{Deserialize, Serialize};

use super::{accounts::Account, endpoint::Scope, secret::Secret, sessions::Proof, time::Timestamp};
use crate::{endpoints, words};

words! {
    /// An address of an account that can be confirmed.
    pub enum Confirmable ("address of an account") {
        /// The e-mail address.
        Email = "email",
        /// The phone, by SMS.
        Phone = "phone",
        /// The second address, for recovery.
        RecoveryEmail = "recovery_email",
    }
}

/// A code that came by mail or SMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// The code; case and groups do not matter.
    pub code: Secret,
}

/// Which address a code is to be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct SendCode {
    /// The address of the account.
    pub address: Confirmable,
}

/// A code that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct SentCode {
    /// What it confirms.
    pub address: Confirmable,
    /// Where it went.
    pub to: String,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

/// Another address for recovery, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecoveryAddress {
    /// The address; null takes the present one away.
    pub email: Option<String>,
    /// The password again: without it nothing is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

endpoints! {
    /// Confirm an address with the code that was sent to it
    VERIFY = Post "/v1/account/verify" "accounts.verify", SignedIn(Some(Scope::AccountWrite)), None,
        ((), Confirmation) -> Account, [CodeUnknown, CodeExpired, CodeUsed, CodeForeign, RateLimited];
    /// Send a code to an address of the account, to confirm it
    SEND_CODE = Post "/v1/account/verify/send" "accounts.send_code", SignedIn(Some(Scope::AccountWrite)), None,
        ((), SendCode) -> SentCode, [Invalid, Conflict, RateLimited];
    /// Change the second address, for recovery
    RECOVERY_EMAIL = Post "/v1/account/recovery-email" "accounts.recovery_email", InSession(), None,
        ((), RecoveryAddress) -> Account, [Invalid, ProofNeeded, BadCredentials, RateLimited];
}
