//! Charges that a card's holder disputes: the processor takes the money back at once, and gives it again where the dispute
//! is won. Until then it is the city's loss: what was paid stays paid.

use super::queries;
use crate::{
    api::{
        id::{AccountId, PaymentId},
        ledger::{EntryKind, LedgerAccount},
        money::Minor,
        problem::Problem,
        refunds::DisputeStatus,
        time::Timestamp,
    },
    portal::{
        error::{Error, Result},
        ledger::{self, Back},
        store::{Tx, params},
    },
};

/// How a dispute stands, as the processor tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disputed {
    /// What the processor calls it.
    pub(crate) reference: String,
    /// The payment.
    pub(crate) payment: PaymentId,
    /// What of it is disputed.
    pub(crate) amount: Minor,
    /// What the holder says, as the processor words it: `fraudulent`.
    pub(crate) reason: String,
    /// How it stands.
    pub(crate) status: DisputeStatus,
}

/// Writes down how a dispute stands, and posts what of its money went or came back since.
///
/// # Errors
/// `not_found` where it is of no payment here.
pub(crate) async fn note(tx: &Tx<'_>, told: &Disputed, now: Timestamp) -> Result<()> {
    let Disputed { reference, payment, amount, reason, status } = told;
    // The payment's row is taken: another portal that is told the same waits here.
    let taken: Option<(AccountId,)> = tx.optional(&queries::TAKE, &params![*payment]).await?;
    taken.ok_or_else(|| Error::from(Problem::not_found("payment", payment)))?;
    let before: Option<(DisputeStatus, Minor)> = tx.optional(&queries::DISPUTE, &params![reference]).await?;
    let (before, posted) = before.map_or((None, *amount), |(status, posted)| (Some(status), posted));
    // What was decided does not open again: an answer that says so is older than the decision.
    if before == Some(*status) || (before.is_some() && *status == DisputeStatus::Open) {
        tx.nothing_new();
        return Ok(());
    }
    let settled_at = (*status != DisputeStatus::Open).then_some(now);
    let row = params![reference, *payment, *amount, reason, *status, now, settled_at];
    tx.execute(&queries::KEEP_DISPUTE, &row).await?;
    let lost = match (before.is_some_and(DisputeStatus::is_lost), status.is_lost()) {
        (false, true) => posted,
        (true, false) => Minor(-posted.0),
        _ => return Ok(()),
    };
    let back = Back {
        lost,
        cause: reason,
        ..Back::nothing(EntryKind::Chargeback, *payment, LedgerAccount::ProcessorClearing)
    };
    ledger::give_back(tx, &back, now).await?;
    Ok(())
}
