//! What concerns the security of an account is told to every address it has: whoever took one over cannot keep it from
//! the others.

use super::queries;
use crate::{
    api::{id::AccountId, notices::Topic, time::Timestamp},
    portal::{
        Portal,
        error::Result,
        notices::{self, Notice},
        store::Tx,
    },
};

/// Tells it in the unit of the change: to the account as it wants to be told, and to its confirmed recovery address.
pub(crate) async fn tell(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    subject: &str,
    what: &str,
    now: Timestamp,
) -> Result<()> {
    let notice = Notice::new(Topic::Account, subject)
        .says(what)
        .says("If that was not you, recover the account, and look where it is signed in.")
        .command("citytime account sessions list")
        .about(account);
    notices::tell(tx, portal, account, &notice, now).await?;
    if let (_, Some(address)) = queries::confirmed(tx, account).await? {
        notices::mail_to(tx, portal, Some(account), &address, &notice, now).await?;
    }
    Ok(())
}
