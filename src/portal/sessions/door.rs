//! The door: whether a password is that of a name. Every way through it costs one verification, whether the name is
//! known, the password right, or the account deactivated; and whoever guesses waits before that. Where the account has
//! a second factor its code is asked for behind the password.

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
        mfa::check::{self, RightCode},
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
    /// A code of the second factor, as typed.
    pub(crate) code: Option<Secret>,
    /// Where it comes from.
    pub(crate) source: Source,
    /// When.
    pub(crate) now: Timestamp,
    /// What the audit trail says of one that is refused.
    pub(crate) cause: Cause,
}

/// The door is open: whose it is. [`enter`](Self::enter) is called in the unit of what is done then.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The account, which may be deactivated.
    pub(crate) account: DoorRow,
    /// What counts as a wrong guess until it is told right.
    attempt: Attempt,
    /// The code behind the password, and its own attempt.
    code: Option<(RightCode, Attempt)>,
}

impl Opened {
    /// Goes in: wrong guesses are over, and the code is used up.
    pub(crate) async fn enter(&self, tx: &Tx<'_>) -> Result<()> {
        self.attempt.right(tx).await?;
        if let Some((code, attempt)) = &self.code {
            attempt.right(tx).await?;
            code.spend(tx).await?;
        }
        Ok(())
    }

    /// Turns round: nobody guessed, nothing is done, and the code stays good.
    pub(crate) async fn turn_back(self, portal: &Portal) -> Result<()> {
        guard::excuse(portal, self.attempt).await?;
        match self.code {
            Some((_, attempt)) => guard::excuse(portal, attempt).await,
            None => Ok(()),
        }
    }
}

/// Asks at the door. Refuses whoever must wait (429), and a wrong name or password, in the same words for both.
pub(crate) async fn open(portal: &Portal, knock: Knock) -> Result<Opened> {
    let Knock { username, password, code, source, now, cause } = knock;
    let attempt = guard::begin(portal, Subject::new("password", &username), source, now).await?;
    let guarded = Subject::new("code", &username);
    let found = portal.store().read(username, |tx, name| Box::pin(queries::find_account(tx, name))).await?;
    // One verification on every path: an unknown name takes as long as a wrong password.
    let hash = found.as_ref().map(|account| account.password.clone());
    let right = portal.passwords().verify(password, hash).await?;
    let account = match found {
        Some(account) if right => account,
        found => {
            refuse(portal, cause, now, found.map(|account| account.id)).await?;
            return Err(wrong());
        }
    };
    let Some(factor) = check::factor(portal, account.id).await? else {
        return Ok(Opened { account, attempt, code: None });
    };
    let checked = async {
        let code = code.ok_or_else(check::needed)?;
        let attempt = guard::begin(portal, guarded, source, now).await?;
        let code = check::check(portal, account.id, &factor, &code, now).await?;
        Ok::<_, Error>((code, attempt))
    };
    match checked.await {
        Ok(code) => Ok(Opened { account, attempt, code: Some(code) }),
        Err(error) => {
            // The password was right: that is no wrong guess at it, whatever the code is.
            guard::excuse(portal, attempt).await?;
            if error.problem.code == Code::BadCode {
                refuse(portal, cause, now, Some(account.id)).await?;
            }
            Err(error)
        }
    }
}

/// Keeps in the trail that it was tried, for known names and others.
async fn refuse(portal: &Portal, cause: Cause, now: Timestamp, whose: Option<AccountId>) -> Result<()> {
    audit::write(portal.store(), cause, now, whose, |tx, whose| Box::pin(tried(tx, *whose))).await
}

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
        .hint("try again, or make an account: citytime account create; one that was deactivated comes back: citytime account reactivate")
        .into()
}
