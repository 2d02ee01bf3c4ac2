//! The second factor: one-time codes of an authenticator app (TOTP, RFC 6238), and codes for when it is lost.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    secret::Secret,
    sessions::Proof,
    time::Timestamp,
};
use crate::{endpoints, words};

words! {
    /// Whether an account has a second factor.
    pub enum MfaStatus ("second factor status") {
        /// It has none: the password opens it alone.
        Off = "off",
        /// A secret was made, and no code of it was shown yet: it counts for nothing.
        Pending = "pending",
        /// Every sign-in needs a code.
        On = "on",
    }
}

/// The second factor of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Mfa {
    /// Whether there is one.
    pub status: MfaStatus,
    /// Since when.
    pub enabled_at: Option<Timestamp>,
    /// How many recovery codes were not used yet.
    pub recovery_codes_left: u32,
}

/// What is asked of the owner before the second factor changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct MfaChange {
    /// The password again, and a code where there is a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A secret for an authenticator app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct MfaSecret {
    /// `pending`, until a code of it is shown.
    pub status: MfaStatus,
    /// The secret as apps take it by hand: base32 (RFC 4648).
    pub secret: Secret,
    /// The same as a QR code carries it: `otpauth://totp/…`.
    pub uri: Secret,
    /// Until when a code of it turns the second factor on.
    pub expires_at: Timestamp,
}

/// A code that shows that the app has the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct MfaConfirmation {
    /// Six digits.
    pub code: Secret,
}

/// Recovery codes, told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// `on`.
    pub status: MfaStatus,
    /// Since when.
    pub enabled_at: Option<Timestamp>,
    /// Each opens the account once in place of a code.
    pub recovery_codes: Vec<Secret>,
}

endpoints! {
    /// The second factor of the account
    SHOW = Get "/v1/account/mfa" "mfa.show", SignedIn(Some(Scope::AccountRead)), None, ((), Empty) -> Mfa, [];
    /// Make a secret for an authenticator app, in place of one that was not confirmed
    BEGIN = Post "/v1/account/mfa" "mfa.begin", InSession(), None, ((), MfaChange) -> MfaSecret,
        [Conflict, ProofNeeded, BadCredentials, RateLimited];
    /// Turn the second factor on with a code of the app: every sign-in needs one from then on
    CONFIRM = Post "/v1/account/mfa/confirm" "mfa.confirm", InSession(), None,
        ((), MfaConfirmation) -> RecoveryCodes, [Conflict, BadCode, RateLimited];
    /// Make new recovery codes; the earlier ones are worth nothing from then on
    CODES = Post "/v1/account/mfa/codes" "mfa.codes", InSession(), None, ((), MfaChange) -> RecoveryCodes,
        [Conflict, ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited];
    /// Turn the second factor off
    DISABLE = Post "/v1/account/mfa/disable" "mfa.disable", InSession(), None, ((), MfaChange) -> Mfa,
        [Conflict, WeakPassword, ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited];
}
