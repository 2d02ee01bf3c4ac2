//! Whether the books are right: every entry sums to zero, and what bills and payments say of themselves follows from the
//! postings alone.

use super::{
    journal,
    queries::{self, BankFaultRow, BillFaultRow, PaymentFaultRow, RefundFaultRow, UnbalancedRow},
};
use crate::{
    api::{
        id::PaymentId,
        ledger::{LedgerCheck, LedgerFault},
        money::{Currency, Minor},
    },
    portal::{
        error::Result,
        store::{Tx, params},
    },
};

/// How many faults of a kind are told.
const MOST_FAULTS: i64 = 100;

/// Looks at everything, as it stands at one instant.
pub(super) async fn check(tx: &Tx<'_>, currency: Currency) -> Result<LedgerCheck> {
    let (entries, postings, bills, payments, bank_entries, sum): (i64, i64, i64, i64, i64, Minor) =
        tx.one(&queries::EXTENT, &params![]).await?;
    let mut faults = Vec::new();
    if sum != Minor::ZERO {
        let detail = format!("all postings sum to {}, not to zero", sum.display(currency));
        faults.push(LedgerFault { thing: "ledger".to_owned(), detail });
    }
    let most = params![MOST_FAULTS];
    let unbalanced: Vec<UnbalancedRow> = tx.rows(&queries::UNBALANCED, &most).await?;
    faults.extend(unbalanced.into_iter().map(|row| {
        let detail =
            format!("the entry sums to {}, and must move something and sum to zero", row.sum.display(currency));
        LedgerFault { thing: journal::name(row.id, row.kind), detail }
    }));
    let wrong: Vec<BillFaultRow> = tx.rows(&queries::BILLS, &most).await?;
    faults.extend(wrong.iter().map(|row| LedgerFault { thing: row.id.to_string(), detail: bill(row, currency) }));
    let wrong: Vec<PaymentFaultRow> = tx.rows(&queries::PAYMENTS, &most).await?;
    faults.extend(wrong.iter().map(|row| LedgerFault { thing: row.id.to_string(), detail: payment(row, currency) }));
    let wrong: Vec<RefundFaultRow> = tx.rows(&queries::REFUNDS, &most).await?;
    faults.extend(wrong.iter().map(|row| LedgerFault { thing: row.id.to_string(), detail: refunds(row, currency) }));
    let wrong: Vec<(PaymentId, Minor, Minor)> = tx.rows(&queries::PARTS, &most).await?;
    faults.extend(wrong.into_iter().map(|(id, refunded, posted)| {
        let (refunded, posted) = (refunded.display(currency), posted.display(currency));
        let detail = format!("of its bills {refunded} went back; posted are {posted}, or for another bill");
        LedgerFault { thing: id.to_string(), detail }
    }));
    let wrong: Vec<(PaymentId, Minor, Minor)> = tx.rows(&queries::DISPUTES, &most).await?;
    faults.extend(wrong.into_iter().map(|(id, posted, lost)| {
        let (posted, lost) = (posted.display(currency), lost.display(currency));
        let detail = format!("of what its payer disputes {lost} is lost; posted is {posted}");
        LedgerFault { thing: id.to_string(), detail }
    }));
    let misplaced: Vec<(PaymentId,)> = tx.rows(&queries::MISPLACED, &most).await?;
    faults.extend(misplaced.into_iter().map(|(id,)| {
        let detail = "it is posted otherwise than its bills were to get of it".to_owned();
        LedgerFault { thing: id.to_string(), detail }
    }));
    let wrong: Vec<BankFaultRow> = tx.rows(&queries::BANK_ENTRIES, &most).await?;
    faults.extend(wrong.iter().map(|row| LedgerFault { thing: row.id.to_string(), detail: bank_entry(row, currency) }));
    let (posted, held): (Minor, Minor) = tx.one(&queries::UNAPPLIED, &params![]).await?;
    if posted != held {
        let [posted, held] = [posted, held].map(|amount| amount.display(currency));
        let detail = format!("unapplied stands at {posted}, and {held} are parked");
        faults.push(LedgerFault { thing: "ledger".to_owned(), detail });
    }
    Ok(LedgerCheck { entries, postings, bills, payments, bank_entries, faults })
}

/// What of a bill is not what the postings say.
fn bill(row: &BillFaultRow, currency: Currency) -> String {
    let columns = [
        ("amount", row.amount, row.posted_amount),
        ("credited", row.credited, row.posted_credited),
        ("paid", row.settled, row.posted_settled),
        ("pending", row.pending, row.waiting),
    ];
    let mut told: Vec<_> = columns
        .iter()
        .filter(|(_, kept, posted)| kept != posted)
        .map(|(name, kept, posted)| {
            format!("{name} is {}, and should be {}", kept.display(currency), posted.display(currency))
        })
        .collect();
    if row.status != row.posted_status {
        told.push(format!("status is {}, and should be {}", row.status, row.posted_status));
    }
    told.join("; ")
}

/// What of a payment is not what its refunds say.
fn refunds(row: &RefundFaultRow, currency: Currency) -> String {
    let [refunded, refunding, done, open] =
        [row.refunded, row.refunding, row.done, row.open].map(|amount| amount.display(currency));
    format!("{refunded} went back and {refunding} is on its way; its refunds say {done} and {open}")
}

/// What of a payment is not what the postings say.
fn payment(row: &PaymentFaultRow, currency: Currency) -> String {
    let whole = Minor(row.amount.0 + row.fee.0);
    let [whole, fee, refunded] = [whole, row.fee, row.refunded].map(|amount| amount.display(currency));
    let [taken, posted_fee, returned, posted_refunded] =
        [row.taken, row.posted_fee, row.returned, row.posted_refunded].map(|amount| amount.display(currency));
    format!(
        "it is {}, over {whole} with a fee of {fee}, {refunded} refunded; posted are {taken} with a fee of {posted_fee}, \
         {posted_refunded} refunded, {returned} taken back by the bank",
        row.status
    )
}

/// What of an entry of a statement is not what the postings say.
fn bank_entry(row: &BankFaultRow, currency: Currency) -> String {
    let told = |amounts: [Minor; 4]| {
        let [settled, parked, applied, given_back] = amounts.map(|amount| amount.display(currency));
        format!("{settled} to bills at once, {parked} parked, of which {applied} to bills later and {given_back} back")
    };
    let settled = Minor(row.amount.0 - row.parked.0);
    let kept = told([settled, row.parked, row.applied, row.given_back]);
    let posted = told([row.posted_settled, row.posted_parked, row.posted_applied, row.posted_given_back]);
    format!("it is {kept}; posted are {posted}")
}
