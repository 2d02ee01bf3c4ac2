//! A bank's reversal of what it had booked: tied to that by what both are called, and booked as the return it is. What cannot
//! be tied is held, below zero, until a clerk has found it.

use super::{
    bank_statement::Entry,
    booking,
    decision::Decision,
    entries::{self, OriginalRow, StandingRow},
    rules, told,
};
use crate::{
    api::{
        id::{BankEntryId, BillId},
        money::Minor,
        payments::{Allocation, PaymentFailure, PaymentStatus},
        problem::Code,
        time::Timestamp,
    },
    portal::{
        Portal, bills,
        error::Result,
        ledger, notices,
        payments::{self, queries::OfEntryRow},
        store::{Tx, params},
    },
};

/// What is posted as the cause of what a reversal moves.
const CAUSE: &str = "reversal";

/// Why an entry that is known may not be taken back.
pub(super) const TAKEN_BACK: &str = "what it takes back was taken back before: claim it from the bank";

/// What an entry is known by when its reversal comes.
#[derive(Debug, Clone)]
pub(super) struct Original<I> {
    pub(super) id: I,
    pub(super) known_by: OriginalRow,
}

/// What an entry, or what it takes back, is known by. What is withheld of it tells it from nothing.
pub(super) fn known_by(entry: &Entry) -> OriginalRow {
    let transfer = entry.creditor_reference.as_ref().and_then(rules::transfer);
    let end_to_end = booking::kept(&entry.end_to_end).filter(|kept| Some(kept) == entry.end_to_end.as_ref());
    OriginalRow { end_to_end, transfer }
}

/// Which of the entries over as much, booked no later and not taken back yet, a reversal that is known by this takes back.
///
/// # Errors
/// Why none can be told.
pub(super) fn which<'o, I>(reversal: &OriginalRow, among: &'o [Original<I>]) -> Result<&'o I, &'static str> {
    let transfer = reversal.transfer;
    let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
    let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let fits = |known: &OriginalRow| {
        let another = transfer.is_some() && known.transfer.is_some() && known.transfer != transfer;
        !another && !differ(&known.end_to_end, &reversal.end_to_end)
    };
    let fitting = || among.iter().filter(|original| fits(&original.known_by));
    let of_transfer = |known: &OriginalRow| transfer.is_some() && known.transfer == transfer;
    let of_payer = |known: &OriginalRow| same(&known.end_to_end, &reversal.end_to_end);
    // By what its payer calls it, else by the transfer alone. What the bank calls it tells nothing: some banks number anew in
    // each statement, and give a reversal a number of its own.
    let ways: [&dyn Fn(&OriginalRow) -> bool; 2] = [&of_payer, &of_transfer];
    for way in ways {
        let mut found = fitting().filter(|original| way(&original.known_by));
        match (found.next(), found.next()) {
            (Some(only), None) => return Ok(&only.id),
            (Some(_), Some(_)) => {
                return Err(
                    "several entries may be what it takes back: note the return of its payment, then give this back",
                );
            }
            (None, _) => {}
        }
    }
    Err("no entry is known that it takes back: note the return of its payment, then give this back")
}

/// Why what became of an entry cannot be undone by itself; nothing where it can.
pub(super) fn in_the_way(standing: &StandingRow, made: &[OfEntryRow]) -> Option<&'static str> {
    if standing.given_back != Minor::ZERO {
        return Some("the city has sent back some of what it takes back: claim it from the bank");
    }
    made.iter()
        .any(|payment| payment.refunding != Minor::ZERO)
        .then_some("a payment of what it takes back is being given back: note its return, then give this back")
}

/// Whether a payment is to come back: one a clerk has noted already is not.
pub(super) fn stands(payment: &OfEntryRow) -> bool {
    matches!(payment.status, PaymentStatus::Succeeded | PaymentStatus::Refunded)
}

/// Books what a reversal does to what it takes back; tells that entry, or what the reversal comes to without one.
pub(super) async fn take_back(
    tx: &Tx<'_>,
    portal: &Portal,
    entry: &Entry,
    now: Timestamp,
) -> Result<(Decision, Option<BankEntryId>)> {
    let unknown = |why: &str| Ok((Decision::unknown_reversal(entry, why), None));
    let among = originals(tx, entry).await?;
    let original = match which(&known_by(entry), &among) {
        Ok(&original) => original,
        Err(why) => return unknown(why),
    };
    tx.execute(&entries::HOLD, &params![original]).await?;
    // Read again, now that nobody else changes it.
    let found: Option<StandingRow> = tx.optional(&entries::STANDING, &params![original]).await?;
    let Some(standing) = found else { return unknown(TAKEN_BACK) };
    if let Some(transfer) = standing.transfer {
        tx.execute(&entries::HOLD_TRANSFER, &params![transfer]).await?;
    }
    for payment in of_entry(tx, original).await? {
        tx.execute(&payments::queries::TAKE, &params![payment.id]).await?;
    }
    let made = of_entry(tx, original).await?;
    if let Some(why) = in_the_way(&standing, &made) {
        return unknown(why);
    }
    let standing_payments = || made.iter().filter(|payment| stands(payment));
    let mut owed: Vec<BillId> = Vec::new();
    for payment in standing_payments() {
        owed.extend(
            payments::queries::allocations(tx, payment.id).await?.into_iter().map(|part: Allocation| part.bill),
        );
    }
    // Of all payments together, so that nobody is met in another order.
    for bill in bills::queries::in_lock_order(owed, |&bill| bill) {
        bills::queries::take(tx, bill).await?;
    }
    let failure =
        PaymentFailure { code: Code::Declined, detail: "the bank took back the transfer it had booked".to_owned() };
    for payment in standing_payments() {
        payments::returns::returned(tx, portal, payment.id, (CAUSE, &failure), now).await?;
        tx.about(payment.id);
    }
    tx.about(original);
    if standing.left != Minor::ZERO {
        tx.execute(&entries::GIVE_BACK, &params![original, standing.left]).await?;
        ledger::post(tx, &ledger::Entry::unpark(original, standing.left, CAUSE, now)).await?;
        if let Some(account) = standing.account {
            let notice = told::taken_back(original, standing.left, portal.city().currency);
            notices::tell(tx, portal, account, &notice, now).await?;
        }
    }
    if let Some(transfer) = standing.transfer {
        tx.execute(&entries::NOT_RECEIVED, &params![transfer, Minor(-entry.amount.0)]).await?;
    }
    Ok((Decision::returned(&standing), Some(original)))
}

/// The entries that a reversal may take back.
pub(super) async fn originals(tx: &Tx<'_>, entry: &Entry) -> Result<Vec<Original<BankEntryId>>> {
    let OriginalRow { end_to_end, transfer } = known_by(entry);
    let amount = Minor(-entry.amount.0);
    let values = params![amount, entry.currency, entry.booked_on, end_to_end, transfer];
    let found: Vec<(BankEntryId, OriginalRow)> = tx.rows(&entries::ORIGINALS, &values).await?;
    Ok(found.into_iter().map(|(id, known_by)| Original { id, known_by }).collect())
}

/// The payments that were made of an entry.
pub(super) async fn of_entry(tx: &Tx<'_>, entry: BankEntryId) -> Result<Vec<OfEntryRow>> {
    Ok(tx.rows(&payments::queries::OF_ENTRY, &params![entry]).await?)
}
