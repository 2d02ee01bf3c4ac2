//! The way back into an account whose password is lost.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power},
    id::AccountId,
    secret::Secret,
    sessions::Proof,
    time::Timestamp,
};
use crate::{endpoints, words};

/// Whose password is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct StartRecovery {
    /// The account's name, in any case.
    pub username: String,
}

/// A recovery that was asked for. Nothing in it tells whether there is such an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecoveryStarted {
    /// What happens now, for a person.
    pub detail: String,
    /// How long a code holds, in minutes.
    pub code_minutes: u32,
}

/// A code, and the password to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct FinishRecovery {
    /// The code of the mail; case and groups do not matter.
    pub code: Secret,
    /// At least 15 characters; any characters.
    pub password: Secret,
}

/// An account that has a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Recovered {
    /// `ACC-…`.
    pub account: AccountId,
    /// The name to sign in with.
    pub username: String,
    /// How many sessions ended with it: all there were.
    pub sessions_ended: u32,
    /// How many personal access tokens go on working.
    pub tokens_left: u32,
}

words! {
    /// Where a recovery that a clerk began stands.
    pub enum AssistedStatus ("state of an assisted recovery") {
        /// Everybody who can be reached was told, and may stop it.
        Waiting = "waiting",
        /// A code goes to its address when it is asked for.
        Open = "open",
        /// Somebody stopped it.
        Stopped = "stopped",
        /// It brought its owner back.
        Finished = "finished",
        /// Nobody asked for a code in time.
        Expired = "expired",
    }
}

/// A way back for somebody who lost the mailbox too, and showed at the office who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewAssistedRecovery {
    /// The account's name.
    pub username: String,
    /// Where the person reads mail now; it becomes the account's e-mail address.
    pub email: String,
    /// Why there is no other way.
    pub reason: String,
    /// How the clerk made sure who it is: `passport seen at the counter`.
    pub identity: String,
    /// The clerk's password again: whoever has only the clerk's token begins nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A recovery that a clerk began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AssistedRecovery {
    /// `ACC-…`.
    pub account: AccountId,
    /// The account's name.
    pub username: String,
    /// Where a code will go.
    pub email: String,
    /// Where it stands.
    pub status: AssistedStatus,
    /// Why there was no other way.
    pub reason: String,
    /// How the clerk made sure who it is.
    pub identity: String,
    /// The clerk's name.
    pub clerk: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// From when on a code goes there.
    pub opens_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

endpoints! {
    /// Ask for a code that lets a new password be set
    START = Post "/v1/recoveries" "recovery.start", Anyone(), None, ((), StartRecovery) -> RecoveryStarted,
        [Invalid, RateLimited];
    /// Set a new password with the code; every session ends
    FINISH = Post "/v1/recoveries/finish" "recovery.finish", Anyone(), None, ((), FinishRecovery) -> Recovered,
        [Invalid, CodeUnknown, CodeExpired, CodeUsed, CodeForeign, WeakPassword, RateLimited];
    /// Begin a way back for somebody who lost the mailbox too
    ASSIST = Post "/v1/staff/recoveries" "staff.recoveries.create", Clerk(Power::Residents), None,
        ((), NewAssistedRecovery) -> AssistedRecovery,
        [Invalid, NotFound, Conflict, ProofNeeded, BadCredentials, CodeNeeded, BadCode, RateLimited];
    /// Stop the recovery that a clerk began for the account
    STOP = Post "/v1/account/recovery/stop" "recovery.stop", InSession(), None, ((), Empty) -> AssistedRecovery,
        [Conflict];
}
