//! The door: whether a password is that of a name. Every way through it costs one verification, whether the name is
//! known, the password right, or the account deactivated; and whoever guesses waits before that.

use super::queries::{self, DoorRow};
use crate::{
    api::{
        id::AccountId,
        problem::{Code, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        guard::{self, Attempt, Subject},
        store::Tx,
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
    /// What the audit trail says of one that is refused.
    pub(crate) cause: Cause,
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
    let Knock { username, password, source, now, cause } = knock;
    let attempt = guard::begin(portal, Subject::new("password", &username), source, now).await?;
    let found = portal.store().read(username, |tx, name| Box::pin(queries::find_account(tx, name))).await?;
    // One verification on every path: an unknown name takes as long as a wrong password.
    let hash = found.as_ref().map(|account| account.password.clone());
    let right = portal.passwords().verify(password, hash).await?;
    match found {
        Some(account) if right => Ok(Opened { account, attempt }),
        found => {
            let whose = found.map(|account| account.id);
            audit::write(portal.store(), cause, now, whose, |tx, whose| Box::pin(tried(tx, *whose))).await?;
            Err(wrong())
        }
    }
}

/// Keeps in the trail that it was tried, for known names and others.
async fn tried(tx: &Tx<'_>, whose: Option<AccountId>) -> Result<()> {
    tx.refused();
    if let Some(account) = whose {
        tx.about(account);
    }
    Ok(())
}

/// The refusal of a sign-in: which of the two was wrong is not told, nor whether the account is deactivated.
pub(crate) fn wrong() -> Error {
    Problem::new(Code::BadCredentials, "the name or the password is wrong")
        .hint("try again, or make an account: citytime account create")
        .into()
}
