//! The door: whether a password is that of a name. Every way through it costs one verification, whether the name is
//! known, the password right, or the account deactivated; and whoever guesses waits before that.

use super::queries::{self, DoorRow};
use crate::{
    api::{
        problem::{Code, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        guard::{self, Attempt, Subject},
        web::source::Source,
    },
};

/// Who knocks: a name as it is kept, and what is said to be its password.
#[derive(Debug, Clone)]
pub(crate) struct Knock {
    /// In lower case, without blanks around it.
    pub(crate) username: String,
    /// As typed.
    pub(crate) password: Secret,
    /// Where it comes from.
    pub(crate) source: Source,
    /// When.
    pub(crate) now: Timestamp,
}

/// The door is open: whose it is. The attempt is told right in the unit of what is done then.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The account, which may be deactivated.
    pub(crate) account: DoorRow,
    /// What counts as a wrong guess until it is told right.
    pub(crate) attempt: Attempt,
}

/// Asks at the door. Refuses whoever must wait (429), and a wrong name or password, in the same words for both.
pub(crate) async fn open(portal: &Portal, knock: Knock) -> Result<Opened> {
    let Knock { username, password, source, now } = knock;
    let attempt = guard::begin(portal, Subject::new("password", &username), source, now).await?;
    let found = portal.store().read(username, |tx, name| Box::pin(queries::find_account(tx, name))).await?;
    // One verification on every path: an unknown name takes as long as a wrong password.
    let hash = found.as_ref().map(|account| account.password.clone());
    let right = portal.passwords().verify(password, hash).await?;
    let account = found.filter(|_| right).ok_or_else(wrong)?;
    Ok(Opened { account, attempt })
}

/// The refusal of a sign-in: which of the two was wrong is not told, nor whether the account is deactivated.
pub(crate) fn wrong() -> Error {
    Problem::new(Code::BadCredentials, "the name or the password is wrong")
        .hint("try again, or make an account: citytime account create")
        .into()
}
