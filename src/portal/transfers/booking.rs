//! One entry of a statement becomes what it is, in one unit and once: a payment of the bills its transfer was for, parked
//! money, or a note.

use super::{
    bank_statement::Entry,
    entries::{self, EntryRow, ReceivedRow},
    queries,
    rules::{self, Parts, Spread},
    told,
};
use crate::{
    api::{
        card::withheld,
        id::{AccountId, BankEntryId, BillId, MethodId, PaymentId, TransferId},
        ledger::LedgerAccount,
        money::Minor,
        problem::Problem,
        reconciliation::{BankEntryOutcome, ReconciledEntry},
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

/// An entry, and by what it is known again.
#[derive(Debug, Clone)]
pub(super) struct Arriving {
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

/// What an entry came to.
struct Done {
    outcome: BankEntryOutcome,
    detail: Option<String>,
    of: Option<(AccountId, TransferId)>,
    payment: Option<PaymentId>,
    parked: Minor,
}

impl Done {
    const fn noted(outcome: BankEntryOutcome, detail: String) -> Self {
        Self { outcome, detail: Some(detail), of: None, payment: None, parked: Minor::ZERO }
    }

    fn unknown(entry: &Entry, detail: impl Into<String>) -> Self {
        Self { parked: entry.amount, ..Self::noted(BankEntryOutcome::UnknownReference, detail.into()) }
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
    let Arriving { entry, digest } = arriving;
    let kept = |text: &Option<String>| text.as_deref().map(|text| withheld(text).chars().take(LONGEST).collect::<String>());
    let (reference, name) = (kept(&entry.reference), kept(&entry.name));
    let row = params![fresh.entry, digest, entry.booked_on, entry.amount, entry.currency, reference, name, clerk, now];
    if tx.execute(&entries::INSERT, &row).await? == 0 {
        let known: EntryRow = tx.one(&entries::KNOWN, &params![digest]).await?;
        tx.nothing_new();
        return Ok((seen(tx, known, entry.place).await?, false));
    }
    tx.about(fresh.entry);
    let Done { outcome, detail, of, payment, parked } = decide(tx, portal, (clerk, now), entry, fresh).await?;
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

/// An entry as it is told.
async fn seen(tx: &Tx<'_>, row: EntryRow, place: u64) -> Result<ReconciledEntry> {
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

async fn decide(
    tx: &Tx<'_>,
    portal: &Portal,
    by: (AccountId, Timestamp),
    entry: &Entry,
    fresh: Fresh,
) -> Result<Done> {
    let currency = portal.city().currency;
    if entry.amount < Minor::ZERO {
        let detail = match &entry.came_back {
            Some(_) => "the bank took back what had come in: note the return of its payment, or give back what is held of it",
            None => "money that went out",
        };
        return Ok(Done::noted(BankEntryOutcome::Ignored, detail.to_owned()));
    }
    if entry.currency != currency {
        let detail = format!("bills are in {currency}: change it at the bank, or send it back");
        return Ok(Done::noted(BankEntryOutcome::WrongCurrency, detail));
    }
    if let Some(code) = &entry.came_back {
        return Ok(Done::unknown(entry, format!("money the city had sent came back: {}", withheld(code))));
    }
    let Some(reference) = &entry.creditor_reference else {
        return Ok(Done::unknown(entry, "there is no creditor reference with it"));
    };
    let Some(transfer) = rules::transfer(reference) else {
        return Ok(Done::unknown(entry, "its reference is none of this portal's"));
    };
    match tx.optional(&entries::RECEIVE, &params![transfer, entry.amount]).await? {
        Some(received) => toward(tx, portal, by, (transfer, received), entry, fresh).await,
        None => Ok(Done::unknown(entry, "no transfer has its reference")),
    }
}

/// Money under the reference of a transfer: as much as was asked for and has not arrived goes to its bills.
async fn toward(
    tx: &Tx<'_>,
    portal: &Portal,
    (clerk, now): (AccountId, Timestamp),
    (transfer, received): (TransferId, ReceivedRow),
    entry: &Entry,
    fresh: Fresh,
) -> Result<Done> {
    let ReceivedRow { account, amount: asked, before } = received;
    let currency = portal.city().currency;
    let (of, arrived) = (Some((account, transfer)), entry.amount);
    let missing = Minor((asked.0 - before.0).max(0));
    if missing == Minor::ZERO {
        let detail = Some(format!("all of {transfer} had arrived before"));
        return Ok(Done { outcome: BankEntryOutcome::Duplicate, detail, of, payment: None, parked: arrived });
    }
    if account == clerk {
        // Nobody decides on money of their own.
        let detail = Some(format!("{transfer} is your own: another clerk puts it to its bills"));
        return Ok(Done { outcome: BankEntryOutcome::Parked, detail, of, payment: None, parked: arrived });
    }
    let method = wallet::queries::by_transfer(tx, fresh.method, account, now).await?;
    let bills = taken(tx, &queries::bills(tx, transfer).await?).await?;
    let Spread { parts, why, .. } = rules::spread(&bills, arrived.min(missing), Parts::AsTheCityRules, portal.city());
    let used: i64 = parts.iter().map(|part| part.amount.0).sum();
    let parked = Minor(arrived.0 - used);
    let payment = (!parts.is_empty()).then_some(fresh.payment);
    if let Some(payment) = payment {
        let title = payments::title(&parts, &bills);
        let held = LedgerAccount::Bank;
        let arrival = Arrival { payment, account, method, parts, title, held, entry: fresh.entry };
        arrive(tx, portal, arrival, now).await?;
    }
    let (outcome, told) = match payment {
        None => (BankEntryOutcome::Parked, None),
        Some(_) if arrived < missing => {
            let left = Minor(missing.0 - arrived.0).display(currency);
            (BankEntryOutcome::Partial, Some(format!("{left} of {transfer} is still to come")))
        }
        Some(_) if arrived == missing => (BankEntryOutcome::Settled, None),
        Some(_) => {
            let more = Minor(arrived.0 - missing.0).display(currency);
            (BankEntryOutcome::Over, Some(format!("{more} more than {transfer} was for")))
        }
    };
    let detail: Vec<String> = told.into_iter().chain(why).collect();
    let detail = (!detail.is_empty()).then(|| detail.join("; "));
    Ok(Done { outcome, detail, of, payment, parked })
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
