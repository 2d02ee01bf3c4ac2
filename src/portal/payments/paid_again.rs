//! What comes of the bills of a refund: they are owed again, and where a rule of whoever owes them covers them, they are paid by
//! themselves once more. A clerk is told before and after.

use super::{
    back,
    queries::{self, RefundPartRow, RefundableRow, UndoneRow},
};
use crate::{
    api::{
        bills::BillStatus,
        id::{AccountId, BillId, PaymentId},
        money::Minor,
        refunds::{PaidAgain, Refund, RefundStatus, RefundedBills},
        time::Date,
    },
    portal::{
        Portal, autopay, bills,
        error::Result,
        ledger,
        store::{Tx, params},
    },
};

/// What a refund that is not settled makes owed again.
pub(super) struct OwedAgain {
    /// So much of which bill.
    pub(super) parts: Vec<(BillId, Minor)>,
    /// What goes back to an account of what its rule had taken.
    back: Option<(AccountId, Minor)>,
}

/// What it makes owed again when so much goes back of a payment.
pub(super) async fn owed_again(
    tx: &Tx<'_>,
    payment: PaymentId,
    row: &RefundableRow,
    amount: Minor,
    bills: RefundedBills,
) -> Result<OwedAgain> {
    let paid: Vec<RefundPartRow> = tx.rows(&queries::REFUND_PARTS, &params![payment]).await?;
    let parts = back::split(amount, &paid, bills).parts.into_iter();
    let reopened = parts.filter(|part| part.bills == RefundedBills::Reopened).map(|part| (part.bill, part.amount));
    Ok(OwedAgain { parts: reopened.collect(), back: row.autopay.then_some((row.account, amount)) })
}

/// Which of the bills autopay would take, were these parts owed again.
pub(super) async fn would_be_paid(
    tx: &Tx<'_>,
    portal: &Portal,
    owed: &OwedAgain,
    today: Date,
) -> Result<Vec<PaidAgain>> {
    let mut again = Vec::new();
    for &(id, amount) in &owed.parts {
        let Some(mut bill) = bills::queries::find_any(tx, id).await? else { continue };
        bill.settled.0 -= amount.0;
        if bill.status == BillStatus::Paid && bill.settled < bill.amount {
            bill.status = BillStatus::Open;
        }
        if let Some((pay_on, total)) = autopay::takes(tx, &bill, owed.back, portal.city(), today).await? {
            again.push(PaidAgain { bill: id, total, pay_on });
        }
    }
    Ok(again)
}

/// Which of the bills of a refund that was asked for are owed again, or will be, and taken by autopay.
pub(super) async fn of_refund(tx: &Tx<'_>, portal: &Portal, refund: &Refund, today: Date) -> Result<Vec<PaidAgain>> {
    let owed = match refund.status {
        RefundStatus::Failed => return Ok(Vec::new()),
        RefundStatus::Pending | RefundStatus::Processing => {
            let row: RefundableRow = tx.one(&queries::REFUNDABLE, &params![refund.payment]).await?;
            owed_again(tx, refund.payment, &row, refund.amount, refund.bills).await?
        }
        RefundStatus::Succeeded => {
            let settled: UndoneRow = tx.one(&queries::SETTLED_REFUND, &params![refund.id]).await?;
            let legs = ledger::legs(tx, settled.entry).await?;
            // The bills have it already.
            let parts = legs.iter().filter_map(|leg| Some((leg.bill?, Minor::ZERO))).collect();
            OwedAgain { parts, back: None }
        }
    };
    would_be_paid(tx, portal, &owed, today).await
}
