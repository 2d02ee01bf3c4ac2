//! Refunds that had gone back and did not arrive after all: the money is the city's again. What a refund had posted is
//! reversed by an entry of its own, so that its bills are paid as they were before it. A bill that was paid another way
//! meanwhile takes nothing twice: that part is kept for the payer, until a clerk gives it back in a way that arrives.

use super::{
    queries::{self, UndoneRow},
    refunds::one,
    told,
};
use crate::{
    api::{
        id::{BillId, RefundId},
        ledger::{EntryKind, LedgerAccount},
        money::Minor,
        payments::{PaymentFailure, PaymentStatus},
        refunds::RefundStatus,
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal, bills,
        error::{Error, Result},
        history,
        ledger::{self, Back, Leg},
        notices,
        store::{Tx, params},
    },
};

/// A refund that was settled did not arrive. One that was not settled yet, or was undone before, changes nothing here.
pub(crate) async fn undone(
    tx: &Tx<'_>,
    portal: &Portal,
    id: RefundId,
    failure: &PaymentFailure,
    now: Timestamp,
) -> Result<()> {
    let found: Option<UndoneRow> = tx.optional(&queries::SETTLED_REFUND, &params![id]).await?;
    let Some(refund) = found else {
        tx.nothing_new();
        return Ok(());
    };
    if tx.execute(&queries::UNDO_REFUND, &params![id, now, failure.code, failure.detail]).await? == 0 {
        // Somebody else committed it first.
        tx.nothing_new();
        return Ok(());
    }
    let UndoneRow { payment, account, amount, .. } = refund;
    tx.about(payment);
    let (status,): (PaymentStatus,) = tx.one(&queries::UNREFUND, &params![payment, amount]).await?;
    let nothing = Back::nothing(EntryKind::Reversal, payment, LedgerAccount::ProcessorClearing);
    let nothing = Back { cause: failure.code.as_str(), ..nothing };
    if status == PaymentStatus::Returned {
        // The bank has taken all of the payment back: what the city had lost by that is had again.
        ledger::give_back(tx, &Back { lost: Minor(-amount.0), ..nothing }, now).await?;
    } else {
        let legs = ledger::legs(tx, refund.entry).await?;
        let of = |account| Minor(legs.iter().filter(|leg| leg.account == account).map(|leg| leg.amount).sum());
        let kept: Minor = of(LedgerAccount::Refunds);
        // Read before the parts that bills take again are noted.
        keep_again(tx, &refund, kept).await?;
        let Settled { again, left } = settle_again(tx, &refund, &legs).await?;
        let (fee, owed) = (of(LedgerAccount::Fees), of(LedgerAccount::RefundsPayable));
        let back = Back {
            reopened: &again,
            kept: Minor(-kept.0),
            fee: Minor(-fee.0),
            payable: Minor(-owed.0 - left.0),
            ..nothing
        };
        ledger::give_back(tx, &back, now).await?;
    }
    history::restate(tx, account, refund.settled_at, id.number(), RefundStatus::Failed.as_str()).await?;
    history::restate(tx, account, refund.paid_at, payment.number(), status.as_str()).await?;
    let notice = told::undone(id, &refund, failure, portal.city().currency);
    notices::tell(tx, portal, account, &notice, now).await
}

/// What of the bills that had been owed again is paid again.
struct Settled {
    /// Of which bill, below zero.
    again: Vec<(BillId, Minor)>,
    /// What no bill takes any more.
    left: Minor,
}

async fn settle_again(tx: &Tx<'_>, refund: &UndoneRow, legs: &[Leg]) -> Result<Settled> {
    let owed = legs.iter().filter_map(|leg| Some((leg.bill?, Minor(leg.amount))));
    let owed = bills::queries::in_lock_order(owed, |&(bill, _)| bill);
    let mut settled = Settled { again: Vec::new(), left: Minor::ZERO };
    for (bill, amount) in owed {
        if tx.execute(&queries::SETTLE_AGAIN, &params![bill, amount]).await? == 0 {
            settled.left.0 += amount.0;
            continue;
        }
        let noted = tx.execute(&queries::REFUND_PART, &params![refund.payment, bill, Minor(-amount.0)]).await?;
        one(noted, || format!("the part of {bill} in {}", refund.payment))?;
        settled.again.push((bill, Minor(-amount.0)));
        tx.about(bill);
    }
    Ok(settled)
}

/// Notes of the parts whose bills had stayed paid that they did not go back: the first ones, which are given back last.
async fn keep_again(tx: &Tx<'_>, refund: &UndoneRow, kept: Minor) -> Result<()> {
    let (first, last) = ledger::entries_of(refund.payment);
    let parts: Vec<(BillId, Minor)> = tx.rows(&queries::KEPT_PARTS, &params![refund.payment, first, last]).await?;
    let mut left = kept.0;
    for (bill, most) in parts {
        let part = most.0.min(left);
        if part > 0 {
            tx.execute(&queries::REFUND_PART, &params![refund.payment, bill, Minor(-part)]).await?;
            left -= part;
        }
    }
    match left {
        0 => Ok(()),
        left => Err(Error::internal(format!("{left} of what {} kept is of no bill", refund.payment))),
    }
}
