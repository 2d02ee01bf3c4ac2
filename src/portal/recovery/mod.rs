//! The way back into an account whose password is lost. Asking never tells whether there is such an account: what is
//! asked is written down, for every name alike, and looked at only after it was answered.
//!
//! - `deliver`: what was asked for is sent, to every address that was confirmed
//! - `finish`: the code sets a new password, and ends every session
//! - `assisted`: a clerk begins it for somebody who lost the mailbox too
//! - `routes`, `queries`

mod assisted;
pub(crate) mod deliver;
pub(crate) mod finish;
pub(crate) mod queries;
pub(crate) mod routes;

pub(crate) use routes::begin;

use self::queries::OwnerRow;
use super::{
    Portal,
    error::Result,
    notices::{self, Notice},
    store::Tx,
};
use crate::api::time::Timestamp;

/// Tells an account by every way there is: what is told here must not be missed.
async fn tell_everywhere(
    tx: &Tx<'_>,
    portal: &Portal,
    owner: &OwnerRow,
    notice: &Notice,
    now: Timestamp,
) -> Result<()> {
    notices::tell(tx, portal, owner.id, notice, now).await?;
    for address in owner.told() {
        notices::mail_to(tx, portal, Some(owner.id), address, notice, now).await?;
    }
    if let Some(phone) = owner.trusted_phone() {
        notices::text_to(tx, portal, Some(owner.id), phone, notice, now).await?;
    }
    Ok(())
}
