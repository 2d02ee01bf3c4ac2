//! What operators do for clerks' accounts, at the database itself: the first clerk cannot be made by another.

use super::{
    queries::{self, ClerkRow, Post},
    routes, rules,
};
use crate::{
    api::{
        accounts::{Account, AccountStatus, NewAccount, Role},
        endpoint::Power,
        id::AccountId,
        problem::Problem,
        staff::ClerkAccount,
        word::Word,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        sessions::canonical_username,
        store::{Tx, params},
    },
};

impl From<ClerkRow> for ClerkAccount {
    fn from(row: ClerkRow) -> Self {
        let powers = row.powers.split(' ').filter_map(Power::parse).collect();
        Self { id: row.id, username: row.username, name: row.name, email: row.email, powers }
    }
}

/// Makes a clerk's account.
pub(crate) async fn add(portal: &Portal, new: NewAccount, powers: &[Power]) -> Result<ClerkAccount> {
    let spelled = powers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let post = Post { role: Role::Clerk, powers: spelled, status: AccountStatus::Active };
    let (account, cause) = (rules::checked(new, portal.city())?, Cause::operator("portal.clerk.add"));
    let (Account { id, username, name, email, .. }, _) = routes::make(portal, &cause, account, post, None).await?;
    Ok(ClerkAccount { id, username, name, email, powers: powers.to_vec() })
}

/// Every clerk.
pub(crate) async fn list(portal: &Portal) -> Result<Vec<ClerkAccount>> {
    let read = portal.store().read((), |tx, ()| {
        Box::pin(async move { Ok::<Vec<ClerkRow>, Error>(tx.rows(&queries::CLERKS, &params![]).await?) })
    });
    Ok(read.await?.into_iter().map(ClerkAccount::from).collect())
}

/// A clerk by user name, who must have the power for what is given to them.
pub(crate) async fn with_power(tx: &Tx<'_>, username: &str, power: Power) -> Result<AccountId> {
    let found: Option<ClerkRow> = tx.optional(&queries::FIND_CLERK, &params![canonical_username(username)]).await?;
    let clerk = found.map(ClerkAccount::from).filter(|clerk| clerk.powers.contains(&power));
    clerk.map(|clerk| clerk.id).ok_or_else(|| {
        Error::field(
            "/to",
            format!("there is no clerk `{username}` with the power {power}; clerks are named by their username"),
        )
    })
}

/// Makes a clerk a resident again, and tells who it was.
pub(crate) async fn remove(portal: &Portal, username: &str) -> Result<ClerkAccount> {
    let (cause, now) = (Cause::operator("portal.clerk.remove"), portal.clock().now());
    let write = audit::write(portal.store(), cause, now, canonical_username(username), |tx, username| {
        Box::pin(async move {
            let found: Option<ClerkRow> = tx.optional(&queries::FIND_CLERK, &params![username]).await?;
            let clerk = found.ok_or_else(|| Error::from(Problem::not_found("clerk", username)))?;
            tx.about(clerk.id);
            tx.execute(&queries::DISMISS, &params![clerk.id]).await?;
            Ok::<_, Error>(clerk)
        })
    });
    write.await.map(ClerkAccount::from)
}
