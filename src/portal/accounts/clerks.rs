//! What operators do for clerks' accounts, at the database itself: the first clerk cannot be made by another.

use super::{
    queries::{self, ClerkRow, Post},
    routes,
};
use crate::{
    api::{
        accounts::{Account, AccountStatus, NewAccount, Role},
        endpoint::Power,
        problem::Problem,
        staff::ClerkAccount,
        word::Word,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        sessions::canonical_username,
        store::params,
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
    let Account { id, username, name, email, .. } = routes::make(portal, &Cause::operator("portal.clerk.add"), new, post, None).await?;
    Ok(ClerkAccount { id, username, name, email, powers: powers.to_vec() })
}

/// Every clerk.
pub(crate) async fn list(portal: &Portal) -> Result<Vec<ClerkAccount>> {
    let read = portal.store().read((), |tx, ()| {
        Box::pin(async move { Ok::<Vec<ClerkRow>, Error>(tx.rows(&queries::CLERKS, &params![]).await?) })
    });
    Ok(read.await?.into_iter().map(ClerkAccount::from).collect())
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
