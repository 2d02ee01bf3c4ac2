//! One entry of a statement becomes what it is, in one unit and once: a payment of the bills its transfer was for, parked
//! money, or a note.

use super::{
    bank_statement::Entry,
    decision::{self, Decision, Sorted, Toward},
    entries::{self, EntryRow, OriginalRow, ReceivedRow},
    queries, reversal, told,
};
use crate::{
    api::{
        card::withheld,
        id::{AccountId, BankEntryId, BillId, MethodId, PaymentId},
        ledger::LedgerAccount,
        money::Minor,
        problem::Problem,
        reconciliation::ReconciledEntry,
        time::Timestamp,
    },
    portal::{
        Portal,
        bills::{self, queries::BillRow},
        error::{Error, Result},
        ledger, notices,
        payments::{self, Arrival, arrive},
        random::Random,
        store::{Tx, params},
        wallet,
    },
};

/// How much is kept of what a bank tells, in characters: as much as ISO 20022 lets it tell in one text.
const LONGEST: usize = 140;

/// An entry, where it stands in its file, and by what it is known again.
#[derive(Debug, Clone)]
pub(super) struct Arriving {
    pub(super) nth: usize,
    pub(super) entry: Entry,
    pub(super) digest: [u8; 32],
}

/// The ids of what an entry may become.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fresh {
    entry: BankEntryId,
    payment: PaymentId,
    method: MethodId,
}

impl Fresh {
    /// Draws them.
    pub(super) fn draw(random: &Random) -> Result<Self> {
        Ok(Self { entry: random.id()?, payment: random.id()?, method: random.id()? })
    }
}

/// Books an entry, unless it is known; tells what became of it, and whether it is new.
pub(super) async fn book(
    tx: &Tx<'_>,
    portal: &Portal,
    (clerk, now): (AccountId, Timestamp),
    arriving: &Arriving,
    fresh: Fresh,
) -> Result<(ReconciledEntry, bool)> {
    let Arriving { entry, digest, .. } = arriving;
    let (reference, name) = (kept(&entry.reference), kept(&entry.name));
    let (amount, currency) = (entry.amount, entry.currency);
    let OriginalRow { end_to_end, .. } = reversal::known_by(entry);
    let row = params![fresh.entry, digest, entry.booked_on, amount, currency, reference, name, clerk, now, end_to_end];
    if tx.execute(&entries::INSERT, &row).await? == 0 {
        let known: EntryRow = tx.one(&entries::KNOWN, &params![digest]).await?;
        tx.nothing_new();
        return Ok((seen(tx, known, entry.place).await?, false));
    }
    tx.about(fresh.entry);
    let Decision { outcome, detail, of, parts, parked } = act(tx, portal, (clerk, now), entry, fresh).await?;
    let payment = (!parts.is_empty()).then_some(fresh.payment);
    if parked != Minor::ZERO {
        ledger::post(tx, &ledger::Entry::park(fresh.entry, parked, now)).await?;
    }
    let (account, transfer) = (of.map(|(account, _)| account), of.map(|(_, transfer)| transfer));
    tx.execute(&entries::BOOK, &params![fresh.entry, outcome, detail, account, transfer, payment, parked]).await?;
    if let Some(account) = account.filter(|_| parked != Minor::ZERO) {
        let notice = told::held(fresh.entry, parked, detail.as_deref(), portal.city().currency);
        notices::tell(tx, portal, account, &notice, now).await?;
    }
    let row: EntryRow = tx.one(&entries::KNOWN, &params![digest]).await?;
    Ok((seen(tx, row, entry.place).await?, true))
}

/// What is kept of a text a bank tells.
pub(super) fn kept(text: &Option<String>) -> Option<String> {
    text.as_deref().map(|text| withheld(text).chars().take(LONGEST).collect())
}

/// An entry as it is told.
pub(super) async fn seen(tx: &Tx<'_>, row: EntryRow, place: u64) -> Result<ReconciledEntry> {
    let allocations = match row.payment {
        Some(payment) => payments::queries::allocations(tx, payment).await?,
        None => Vec::new(),
    };
    let EntryRow { id, booked_on, amount, currency, reference, name, outcome, transfer, payment, parked, detail } = row;
    let entry = Some(id);
    Ok(ReconciledEntry {
        place,
        entry,
        booked_on,
        amount,
        currency,
        reference,
        name,
        outcome,
        transfer,
        payment,
        allocations,
        parked,
        detail,
    })
}

/// An entry as it would be told: what it and its payment would be called is not known.
pub(super) fn would_be(entry: &Entry, decision: Decision) -> ReconciledEntry {
    let Decision { outcome, detail, of, parts: allocations, parked } = decision;
    ReconciledEntry {
        place: entry.place,
        entry: None,
        booked_on: entry.booked_on,
        amount: entry.amount,
        currency: entry.currency,
        reference: kept(&entry.reference),
        name: kept(&entry.name),
        outcome,
        transfer: of.map(|(_, transfer)| transfer),
        payment: None,
        allocations,
        parked,
        detail,
    }
}

/// Decides what an entry comes to, and makes its payment.
async fn act(
    tx: &Tx<'_>,
    portal: &Portal,
    (clerk, now): (AccountId, Timestamp),
    entry: &Entry,
    fresh: Fresh,
) -> Result<Decision> {
    let transfer = match decision::sort(entry, portal.city().currency) {
        Sorted::Decided(decision) => return Ok(decision),
        Sorted::Toward(transfer) => transfer,
        Sorted::Reversal => {
            let (decision, original) = reversal::take_back(tx, portal, entry, now).await?;
            if let Some(original) = original {
                tx.execute(&entries::REVERSES, &params![fresh.entry, original]).await?;
            }
            return Ok(decision);
        }
    };
    let found: Option<ReceivedRow> = tx.optional(&entries::RECEIVE, &params![transfer, entry.amount]).await?;
    let Some(received) = found else { return Ok(Decision::unknown(entry, decision::NO_TRANSFER)) };
    let toward = Toward { transfer, received: &received, arrived: entry.amount, clerk };
    if let Some(decision) = toward.at_once() {
        return Ok(decision);
    }
    let account = received.account;
    let method = wallet::queries::by_transfer(tx, fresh.method, account, now).await?;
    let bills = taken(tx, &queries::bills(tx, transfer).await?).await?;
    let decision = toward.over(&bills, portal.city());
    if !decision.parts.is_empty() {
        let parts = decision.parts.clone();
        let title = payments::title(&parts, &bills);
        let held = LedgerAccount::Bank;
        let arrival = Arrival { payment: fresh.payment, account, method, parts, title, held, entry: fresh.entry };
        arrive(tx, portal, arrival, now).await?;
    }
    Ok(decision)
}

/// Bills that are going to be settled, in the order they are named: nobody else changes them until the unit ends.
pub(super) async fn taken(tx: &Tx<'_>, ids: &[BillId]) -> Result<Vec<BillRow>> {
    for &id in bills::queries::in_lock_order(ids, |&&id| id) {
        bills::queries::take(tx, id).await?;
    }
    let mut rows = Vec::with_capacity(ids.len());
    for &id in ids {
        let row = bills::queries::find_any(tx, id).await?;
        rows.push(row.ok_or_else(|| Error::from(Problem::not_found("bill", id)))?);
    }
    Ok(rows)
}
