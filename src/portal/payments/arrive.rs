//! Money that has arrived without a processor: a transfer the bank tells of. Intent and result are one unit.

use super::{
    intent::{self, Written},
    settle,
};
use crate::{
    api::{
        id::{AccountId, BankEntryId, MethodId, PaymentId},
        ledger::LedgerAccount,
        money::Minor,
        payments::Allocation,
        time::Timestamp,
    },
    portal::{Portal, error::Result, store::Tx},
};

/// A payment that has arrived.
pub(crate) struct Arrival {
    /// Its id: a fresh one.
    pub(crate) payment: PaymentId,
    /// Whose it is.
    pub(crate) account: AccountId,
    /// The account's method for transfers.
    pub(crate) method: MethodId,
    /// What goes to which bill, of which so much is payable.
    pub(crate) parts: Vec<Allocation>,
    /// What it is called in the history.
    pub(crate) title: String,
    /// Where the money is now.
    pub(crate) held: LedgerAccount,
    /// The entry of a statement it is made of.
    pub(crate) entry: BankEntryId,
}

/// Writes a payment down that has arrived: it settles its bills, is posted, told and found in the history as any other.
pub(crate) async fn arrive(tx: &Tx<'_>, portal: &Portal, arrival: Arrival, now: Timestamp) -> Result<()> {
    let Arrival { payment, account, method, parts, title, held, entry } = arrival;
    let amount = Minor(parts.iter().map(|part| part.amount.0).sum());
    let written = Written {
        id: payment,
        account,
        method,
        // No processor is asked.
        reference: String::new(),
        amount,
        fee: Minor::ZERO,
        spent: None,
        title,
        held,
        entry: Some(entry),
    };
    tx.about(payment);
    parts.iter().for_each(|part| tx.about(part.bill));
    let intent = intent::write_down(tx, portal, written, &parts, now).await?;
    settle::commit_success(tx, portal, intent, parts, now).await
}
