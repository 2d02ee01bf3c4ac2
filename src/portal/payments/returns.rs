//! Payments the bank takes back after they had arrived: their bills are owed again, and the payer is told.

use super::{
    back::{self, Part},
    queries::{self, RefundPartRow, ReturnableRow},
    refunds, rules, told,
};
use crate::{
    api::{
        id::PaymentId,
        ledger::EntryKind,
        money::Minor,
        payments::{PaymentFailure, PaymentStatus},
        problem::{Code, Problem},
        refunds::RefundedBills,
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal,
        error::{Error, Result},
        history,
        ledger::{self, Back},
        notices,
        store::{Tx, params},
    },
};

/// The bank took a payment back that had arrived, whole; `code` is the bank's own, as in `R01`. What the city had given
/// back of it itself is lost.
///
/// # Errors
/// `not_found`; `conflict` where it did not arrive, came back already, or a refund of it is on its way.
pub(crate) async fn returned(
    tx: &Tx<'_>,
    portal: &Portal,
    id: PaymentId,
    (code, failure): (&str, &PaymentFailure),
    now: Timestamp,
) -> Result<()> {
    let values = params![id, now, failure.code, failure.detail];
    let moved = tx.execute(&queries::RETURN, &values).await?;
    let row: Option<ReturnableRow> = tx.optional(&queries::RETURNABLE, &params![id]).await?;
    let row = row.ok_or_else(|| Error::from(Problem::not_found("payment", id)))?;
    if moved == 0 {
        return Err(rules::not_returnable(id, &row));
    }
    let paid: Vec<RefundPartRow> = tx.rows(&queries::REFUND_PARTS, &params![id]).await?;
    let left: i64 = paid.iter().map(|part| part.left.0).sum();
    let mut parts = back::split(Minor(left), &paid, RefundedBills::Reopened).parts;
    // Also a fee the portal issued is owed again: it was not paid after all.
    parts.iter_mut().for_each(|part: &mut Part| part.bills = RefundedBills::Reopened);
    let reopened = refunds::reopen(tx, id, &parts).await?;
    let total = Minor(row.amount.0 + row.fee.0);
    // What of the fee is left: the bills' parts go back before it, and what is kept for the payer.
    let rest = total.0 - row.refunded.0 - left;
    let payable = Minor(ledger::payable(tx, id).await?.0.min(rest));
    let fee = Minor(rest - payable.0);
    let back = Back {
        kind: EntryKind::Return,
        payment: id,
        reopened: &reopened,
        kept: Minor::ZERO,
        fee,
        payable,
        lost: row.refunded,
        held: rules::held(row.method_kind),
        cause: code,
    };
    ledger::give_back(tx, &back, now).await?;
    history::restate(tx, row.account, row.created_at, id.number(), PaymentStatus::Returned.as_str()).await?;
    let notice = told::returned(id, total, &row, failure, portal.city().currency);
    notices::tell(tx, portal, row.account, &notice, now).await
}

/// Whether a return that is refused now may be noted later: the payment has not failed, and not come back.
pub(crate) async fn may_still_come(tx: &Tx<'_>, id: PaymentId) -> Result<bool> {
    Ok(tx.optional::<(i64,)>(&queries::MAY_COME_BACK, &params![id]).await?.is_some())
}

/// What a bank's code says: ACH's of the National Automated Clearing House Association.
pub(super) fn explained(code: &str) -> Result<PaymentFailure> {
    let (kind, detail) = match code {
        "R01" => (Code::InsufficientFunds, "not enough funds"),
        "R02" => (Code::Declined, "the account is closed"),
        "R03" => (Code::Declined, "there is no such account"),
        "R04" => (Code::Declined, "the account's number is not valid"),
        "R07" => (Code::Declined, "the holder has revoked the authorisation"),
        "R08" => (Code::Declined, "the holder has stopped the payment"),
        "R10" => (Code::Declined, "the holder says it was not authorised"),
        "R16" => (Code::Declined, "the account is frozen"),
        "R29" => (Code::Declined, "the company that holds the account did not authorise it"),
        _ => {
            let known = "R01, R02, R03, R04, R07, R08, R10, R16, R29";
            return Err(Error::field("/code", format!("`{code}` is no code of a return that is known; {known} are")));
        }
    };
    Ok(PaymentFailure { code: kind, detail: format!("the bank took it back: {detail} ({code})") })
}
