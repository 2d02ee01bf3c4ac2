//! Whom the processor knows an account as.

use super::queries;
use crate::{
    api::{id::AccountId, time::Timestamp},
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        gateways::stripe::Stripe,
    },
};

/// What keeping one is called in the audit trail.
const KEEP: &str = "wallet.customer";

/// The customer of an account; made where there is none. Two who ask at once are told the same one: the processor makes
/// one for the account, however often it is asked.
pub(crate) async fn of(portal: &Portal, stripe: &Stripe, account: AccountId, now: Timestamp) -> Result<String> {
    let read = portal.store().read(account, |tx, &account| Box::pin(queries::customer(tx, account)));
    if let Some(known) = read.await? {
        return Ok(known);
    }
    let customer = stripe.customer(account).await?;
    let cause = Cause::portal(KEEP).about(account);
    let write = audit::write(portal.store(), cause, now, customer, move |tx, customer| {
        Box::pin(async move {
            if !queries::keep_customer(tx, account, customer, now).await? {
                tx.nothing_new();
            }
            let kept = queries::customer(tx, account).await?;
            kept.ok_or_else(|| Error::internal("a customer was kept, and is not there"))
        })
    });
    write.await
}
