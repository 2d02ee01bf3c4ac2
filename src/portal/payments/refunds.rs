//! Money that goes back by the city: an intent that is committed, a call to the processor under the refund's id, and a
//! result that is committed, as of payments; what a crash leaves between is asked about again under the same id.

use super::{
    back::{self, Part},
    queries::{self, OpenRefundRow, RefundPartRow, RefundableRow},
    rules, told,
};
use crate::{
    api::{
        city::PaymentKind,
        id::{AccountId, PaymentId, RefundId},
        ledger::EntryKind,
        money::Minor,
        payments::{PaymentFailure, PaymentStatus},
        problem::{Code, Problem},
        refunds::{NewRefund, RefundStatus, RefundedBills},
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        bills,
        error::{Error, Result},
        gateways::processor::{RefundAttempt, Refunded},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        ledger::{self, Back},
        notices,
        store::{Tx, params},
    },
};

/// What settling a refund is called in the audit trail.
pub(super) const SETTLE: &str = "refunds.settle";
/// How many refunds the reconciler reads at once.
const PAGE: i64 = 200;

/// Who asks for a refund, of what, and when.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) portal: Portal,
    pub(super) clerk: AccountId,
    pub(super) payment: PaymentId,
    pub(super) new: NewRefund,
    pub(super) now: Timestamp,
}

/// What is left of a payment, for a clerk to give back: nobody gives back their own.
pub(super) async fn refundable(tx: &Tx<'_>, payment: PaymentId, clerk: AccountId) -> Result<RefundableRow> {
    let found: Option<RefundableRow> = tx.optional(&queries::REFUNDABLE, &params![payment]).await?;
    let found = found.ok_or_else(|| Error::from(Problem::not_found("payment", payment)))?;
    if found.account == clerk {
        let problem = Problem::new(Code::Forbidden, format!("{payment} is your own: another clerk gives it back"));
        return Err(problem.hint("ask a colleague with the power payments").about(payment).into());
    }
    Ok(found)
}

/// The first unit: the key, what is set back of the payment, and the refund, or none of it.
pub(super) async fn intend(tx: &Tx<'_>, asked: &Asked, claim: &Claim, id: RefundId) -> Result<RefundId> {
    let Asked { portal, clerk, payment, new, now } = asked;
    if let Claimed::Done(before) = claim.take(tx, id.number(), *now).await? {
        return Ok(RefundId::new(before));
    }
    tx.about(id);
    let found = refundable(tx, *payment, *clerk).await?;
    let amount = rules::refund(&found, new.amount, portal.city())?;
    if tx.execute(&queries::SET_BACK, &params![*payment, amount]).await? == 0 {
        let problem = Problem::new(Code::Conflict, format!("another refund of {payment} came first"))
            .hint(format!("see what is left of it: citytime staff payments show {payment}"));
        return Err(problem.about(payment).into());
    }
    let bills = new.bills.unwrap_or(RefundedBills::Reopened);
    let row = params![id, *payment, amount, new.reason, bills, *clerk, *now];
    tx.execute(&queries::INSERT_REFUND, &row).await?;
    Ok(id)
}

/// What became of a refund.
struct Outcome {
    portal: Portal,
    refund: OpenRefundRow,
    status: RefundStatus,
    failure: Option<PaymentFailure>,
    now: Timestamp,
}

/// Asks the processor, and commits what it said. Anyone may do this for a refund, any number of times.
pub(super) async fn settle(portal: &Portal, cause: Cause, refund: OpenRefundRow) -> Result<()> {
    let now = portal.clock().now();
    let attempt = RefundAttempt {
        refund: refund.id,
        payment: refund.payment,
        reference: refund.reference.clone(),
        amount: refund.amount,
        currency: portal.city().currency,
        created_at: refund.created_at,
        paid_at: refund.paid_at,
    };
    let asked = match refund.method_kind {
        // Whoever gives it back sends it at the city's bank: no processor ever had it.
        PaymentKind::BankTransfer => Refunded::Succeeded,
        PaymentKind::Card | PaymentKind::BankAccount => portal.processor().refund(&attempt, now).await?,
    };
    let (status, failure) = match asked {
        Refunded::Succeeded => (RefundStatus::Succeeded, None),
        Refunded::Processing => (RefundStatus::Processing, None),
        Refunded::Failed(failure) => (RefundStatus::Failed, Some(failure)),
    };
    if status == refund.status {
        return Ok(());
    }
    let cause = cause.about(refund.id).about(refund.payment);
    let outcome = Outcome { portal: portal.clone(), refund, status, failure, now };
    audit::write(portal.store(), cause, now, outcome, |tx, outcome| Box::pin(commit(tx, outcome))).await
}

async fn commit(tx: &Tx<'_>, outcome: &Outcome) -> Result<()> {
    let Outcome { refund, status, failure, now, .. } = outcome;
    let settled_at = matches!(status, RefundStatus::Succeeded | RefundStatus::Failed).then_some(*now);
    let (code, detail) =
        (failure.as_ref().map(|failure| failure.code), failure.as_ref().map(|failure| &failure.detail));
    if tx.execute(&queries::MOVE_REFUND, &params![refund.id, *status, settled_at, code, detail]).await? == 0 {
        // Somebody else committed it first: a reconciler, or the request itself.
        tx.nothing_new();
        return Ok(());
    }
    match status {
        RefundStatus::Succeeded => succeeded(tx, outcome).await,
        RefundStatus::Failed => {
            tx.execute(&queries::NOT_REFUNDED, &params![refund.payment, refund.amount]).await?;
            Ok(())
        }
        RefundStatus::Pending | RefundStatus::Processing => Ok(()),
    }
}

/// The money went back: the payment, the bills, the ledger, the history and the payer are told of it together.
async fn succeeded(tx: &Tx<'_>, outcome: &Outcome) -> Result<()> {
    let Outcome { portal, refund, now, .. } = outcome;
    let OpenRefundRow { id, payment, account, amount, .. } = *refund;
    let (status,): (PaymentStatus,) = tx.one(&queries::REFUNDED, &params![payment, amount]).await?;
    let parts: Vec<RefundPartRow> = tx.rows(&queries::REFUND_PARTS, &params![payment]).await?;
    let taken = back::split(amount, &parts, refund.bills);
    // What no bill has any more is the fee, and what is kept for the payer: that goes back first.
    let payable = Minor(ledger::payable(tx, payment).await?.0.min(taken.fee.0));
    let reopened = reopen(tx, payment, &taken.parts).await?;
    let back = Back {
        kind: EntryKind::Refund,
        payment,
        reopened: &reopened,
        kept: taken.kept(),
        fee: Minor(taken.fee.0 - payable.0),
        payable,
        lost: Minor::ZERO,
        held: rules::held(refund.method_kind),
        cause: refund.reason.as_str(),
    };
    let entry = ledger::give_back(tx, &back, *now).await?;
    tx.execute(&queries::POSTED_AS, &params![id, entry]).await?;
    if status == PaymentStatus::Refunded {
        history::restate(tx, account, refund.paid_at, payment.number(), status.as_str()).await?;
    }
    let title = format!("Refund: {}", refund.title);
    history::record(tx, account, Entry::refund(*now, id, title, RefundStatus::Succeeded, amount)).await?;
    let bills = if reopened.is_empty() { RefundedBills::Kept } else { RefundedBills::Reopened };
    let notice = told::refund(refund, bills, portal.city().currency);
    notices::tell(tx, portal, account, &notice, *now).await
}

/// Notes what went back of each part of a payment, and makes the bills of those that are reopened owed again.
pub(super) async fn reopen(
    tx: &Tx<'_>,
    payment: PaymentId,
    parts: &[Part],
) -> Result<Vec<(crate::api::id::BillId, Minor)>> {
    for part in parts {
        let noted = tx.execute(&queries::REFUND_PART, &params![payment, part.bill, part.amount]).await?;
        one(noted, || format!("the part of {} in {payment}", part.bill))?;
    }
    let reopened = parts.iter().filter(|part| part.bills == RefundedBills::Reopened);
    let reopened = bills::queries::in_lock_order(reopened.map(|part| (part.bill, part.amount)), |&(bill, _)| bill);
    for &(bill, amount) in &reopened {
        let owed = tx.execute(&queries::REOPEN, &params![bill, amount]).await?;
        one(owed, || format!("{bill}, to be owed again"))?;
        tx.about(bill);
    }
    Ok(reopened)
}

/// Ends a unit that changed no row, or several, where one was to be: what it posts would not be what is kept.
pub(super) fn one(changed: u64, what: impl FnOnce() -> String) -> Result<()> {
    match changed {
        1 => Ok(()),
        changed => Err(Error::internal(format!("{changed} rows were changed of {}", what()))),
    }
}

/// Settles whatever refund is open: what a crash left between intent and result, and what was on its way.
pub(crate) async fn reconcile(portal: &Portal) -> Result<u64> {
    let mut behind = (Timestamp::from_millisecond(0), RefundId::new(0));
    let mut asked = 0;
    loop {
        let page = portal.store().read(behind, |tx, behind| {
            Box::pin(async move {
                let values = params![behind.0, behind.1, PAGE];
                Ok::<Vec<OpenRefundRow>, Error>(tx.rows(&queries::OPEN_REFUNDS, &values).await?)
            })
        });
        let page = page.await?;
        let Some(last) = page.last() else { return Ok(asked) };
        behind = (last.created_at, last.id);
        for refund in page {
            let id = refund.id;
            match settle(portal, Cause::portal(SETTLE), refund).await {
                Ok(()) => asked += 1,
                Err(error) if error.problem.code == Code::Unavailable => return Err(error),
                // One that cannot be settled keeps no other from being.
                Err(error) => tracing::error!(refund = %id, %error, "not given back; the next round asks again"),
            }
        }
    }
}
