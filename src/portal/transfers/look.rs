//! What booking a statement would come to. It is decided from reads alone, page by page, with what earlier entries of the
//! file would have done carried along: nothing is locked, and nobody waits for it.

use std::collections::{HashMap, HashSet, hash_map};

use super::{
    bank_statement::Entry,
    booking::{self, Arriving},
    decision::{self, Decision, Sorted, Toward},
    entries::{self, EntryRow, OriginalRow, ReceivedRow, StandingRow},
    queries,
    reversal::{self, Original},
};
use crate::{
    api::{
        bills::BillStatus,
        id::{AccountId, BankEntryId, BillId, TransferId},
        money::{Currency, Minor},
        reconciliation::ReconciledEntry,
    },
    portal::{
        Portal,
        bills::{self, queries::BillRow},
        city::City,
        error::{Error, Result},
        payments::{
            self,
            queries::{OfEntryRow, RefundPartRow},
        },
        store::{Tx, params},
    },
};

/// An entry that is taken back: one that was booked, or that would be, by its place among those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Taken {
    Booked(BankEntryId),
    Ahead(usize),
}

/// How many entries are looked at in one read.
const PAGE: usize = 200;

/// What is known of the entries of a page.
#[derive(Default)]
struct Known {
    /// Those that were booked before.
    booked: HashMap<[u8; 32], ReconciledEntry>,
    /// The transfers of the others, with the bills they are for.
    transfers: HashMap<TransferId, (ReceivedRow, Vec<BillId>)>,
    bills: HashMap<BillId, BillRow>,
    /// What reversals may take back, by the entries of those.
    originals: HashMap<[u8; 32], Vec<Original<BankEntryId>>>,
    /// How what may be taken back stands.
    standing: HashMap<BankEntryId, (StandingRow, Vec<OfEntryRow>)>,
    /// What would be owed again with that.
    undone: HashMap<BankEntryId, Vec<(BillId, Minor)>>,
}

/// What earlier entries of the file would have done.
#[derive(Default)]
struct Ahead {
    /// Where an entry that would be new stands among those that were told.
    told: HashMap<[u8; 32], usize>,
    /// Those that would be new, in their order, with what they are known by.
    booked: Vec<(Entry, Decision, OriginalRow)>,
    /// Where those stand that are over an amount: a reversal looks through no others.
    by_amount: HashMap<i64, Vec<usize>>,
    /// What would be taken back.
    taken_back: HashSet<Taken>,
    received: HashMap<TransferId, i64>,
    settled: HashMap<BillId, i64>,
}

/// What would become of each entry, and how many of them are new.
pub(super) async fn look(
    portal: &Portal,
    clerk: AccountId,
    arriving: &[Arriving],
) -> Result<(u64, Vec<ReconciledEntry>)> {
    let city = portal.city();
    let currency = city.currency;
    let (mut new, mut entries, mut ahead) = (0, Vec::with_capacity(arriving.len()), Ahead::default());
    for page in arriving.chunks(PAGE) {
        let read = portal.store().read_long(page.to_vec(), move |tx, page| Box::pin(known(tx, page, currency)));
        let known = read.await?;
        for Arriving { entry, digest, .. } in page {
            let before =
                ahead.told.get(digest).and_then(|&place| entries.get(place)).or_else(|| known.booked.get(digest));
            let told = match before {
                Some(before) => ReconciledEntry { place: entry.place, ..before.clone() },
                None => {
                    new += 1;
                    ahead.told.insert(*digest, entries.len());
                    let decision = match decision::sort(entry, currency) {
                        Sorted::Decided(decision) => decision,
                        Sorted::Toward(transfer) => ahead.arrive(&known, (clerk, transfer), entry, city),
                        Sorted::Reversal => ahead.take_back(&known, (entry, digest)),
                    };
                    ahead.book(entry, &decision);
                    booking::would_be(entry, decision)
                }
            };
            entries.push(told);
        }
    }
    Ok((new, entries))
}

/// Reads what there is to know of a page of entries.
async fn known(tx: &Tx<'_>, page: &[Arriving], currency: Currency) -> Result<Known> {
    let mut known = Known::default();
    for Arriving { entry, digest, .. } in page {
        if let Some(row) = tx.optional::<EntryRow>(&entries::KNOWN, &params![digest]).await? {
            known.booked.insert(*digest, booking::seen(tx, row, entry.place).await?);
            continue;
        }
        let transfer = match decision::sort(entry, currency) {
            Sorted::Decided(_) => continue,
            Sorted::Reversal => {
                known.read_originals(tx, entry, *digest).await?;
                continue;
            }
            Sorted::Toward(transfer) => transfer,
        };
        if known.transfers.contains_key(&transfer) {
            continue;
        }
        let Some(received) = tx.optional::<ReceivedRow>(&entries::RECEIVED, &params![transfer]).await? else {
            continue;
        };
        let named = queries::bills(tx, transfer).await?;
        for &id in &named {
            if let hash_map::Entry::Vacant(place) = known.bills.entry(id) {
                let found = bills::queries::find_any(tx, id).await?;
                let row =
                    found.ok_or_else(|| Error::internal(format!("{transfer} is for {id}, which is not there")))?;
                place.insert(row);
            }
        }
        known.transfers.insert(transfer, (received, named));
    }
    Ok(known)
}

impl Known {
    /// Reads what a reversal may take back, and how that stands.
    async fn read_originals(&mut self, tx: &Tx<'_>, entry: &Entry, digest: [u8; 32]) -> Result<()> {
        let originals = reversal::originals(tx, entry).await?;
        for &Original { id, .. } in &originals {
            let Some(standing) = tx.optional::<StandingRow>(&entries::STANDING, &params![id]).await? else { continue };
            let made = reversal::of_entry(tx, id).await?;
            let mut undone = Vec::new();
            for payment in made.iter().filter(|payment| reversal::stands(payment)) {
                let parts: Vec<RefundPartRow> = tx.rows(&payments::queries::REFUND_PARTS, &params![payment.id]).await?;
                undone.extend(parts.into_iter().map(|part| (part.bill, part.left)));
            }
            self.standing.insert(id, (standing, made));
            self.undone.insert(id, undone);
        }
        self.originals.insert(digest, originals);
        Ok(())
    }
}

impl Ahead {
    /// Keeps what an entry would come to.
    fn book(&mut self, entry: &Entry, decision: &Decision) {
        let transfer = decision.of.map(|(_, transfer)| transfer);
        let known_by = OriginalRow { transfer, ..reversal::known_by(entry) };
        self.by_amount.entry(entry.amount.0).or_default().push(self.booked.len());
        self.booked.push((entry.clone(), decision.clone(), known_by));
    }

    /// What a reversal would come to.
    fn take_back(&mut self, known: &Known, (entry, digest): (&Entry, &[u8; 32])) -> Decision {
        let is_free = |taken: &Taken| !self.taken_back.contains(taken);
        let booked = known.originals.get(digest).into_iter().flatten();
        let booked = booked.map(|Original { id, known_by }| (Taken::Booked(*id), known_by.clone()));
        let wanted = reversal::known_by(entry);
        // As those are read that were booked before.
        let called_so = |by: &OriginalRow| {
            by.end_to_end.is_some() && by.end_to_end == wanted.end_to_end
                || by.transfer.is_some() && by.transfer == wanted.transfer
        };
        let over_as_much = self.by_amount.get(&-entry.amount.0).into_iter().flatten();
        let ahead = over_as_much.filter_map(|&place| Some((place, self.booked.get(place)?)));
        let ahead = ahead.filter(|(_, (of, _, by))| of.currency == entry.currency && called_so(by));
        let ahead = ahead.map(|(place, (_, _, by))| (Taken::Ahead(place), by.clone()));
        let among: Vec<Original<Taken>> = booked
            .chain(ahead)
            .filter(|(taken, _)| is_free(taken))
            .map(|(id, known_by)| Original { id, known_by })
            .collect();
        let taken = match reversal::which(&wanted, &among) {
            Ok(&taken) => taken,
            Err(why) => return Decision::unknown_reversal(entry, why),
        };
        let (decision, undone) = match taken {
            Taken::Booked(id) => {
                let Some((standing, made)) = known.standing.get(&id) else {
                    return Decision::unknown_reversal(entry, reversal::TAKEN_BACK);
                };
                if let Some(why) = reversal::in_the_way(standing, made) {
                    return Decision::unknown_reversal(entry, why);
                }
                (Decision::returned(standing), known.undone.get(&id).cloned().unwrap_or_default())
            }
            Taken::Ahead(place) => {
                let Some((of, Decision { of: whose, parts, .. }, _)) = self.booked.get(place) else {
                    return Decision::unknown_reversal(entry, reversal::TAKEN_BACK);
                };
                let (account, transfer) = (whose.map(|(account, _)| account), whose.map(|(_, transfer)| transfer));
                let (left, given_back) = (Minor::ZERO, Minor::ZERO);
                let standing = StandingRow { account, transfer, booked_on: of.booked_on, left, given_back };
                (Decision::returned(&standing), parts.iter().map(|part| (part.bill, part.amount)).collect())
            }
        };
        self.taken_back.insert(taken);
        for (bill, amount) in undone {
            *self.settled.entry(bill).or_default() -= amount.0;
        }
        if let Some((_, transfer)) = decision.of {
            *self.received.entry(transfer).or_default() += entry.amount.0;
        }
        decision
    }

    /// What money under the reference of a transfer would come to; what it would do is kept for the entries behind it.
    fn arrive(
        &mut self,
        known: &Known,
        (clerk, transfer): (AccountId, TransferId),
        entry: &Entry,
        city: &City,
    ) -> Decision {
        let Some((received, named)) = known.transfers.get(&transfer) else {
            return Decision::unknown(entry, decision::NO_TRANSFER);
        };
        let more = self.received.entry(transfer).or_default();
        let received = ReceivedRow { before: Minor(received.before.0 + *more), ..received.clone() };
        *more += entry.amount.0;
        let toward = Toward { transfer, received: &received, arrived: entry.amount, clerk };
        if let Some(decision) = toward.at_once() {
            return decision;
        }
        let bills: Vec<BillRow> =
            named.iter().filter_map(|id| known.bills.get(id)).map(|bill| self.bill(bill)).collect();
        let decision = toward.over(&bills, city);
        for part in &decision.parts {
            *self.settled.entry(part.bill).or_default() += part.amount.0;
        }
        decision
    }

    /// A bill as it would be.
    fn bill(&self, bill: &BillRow) -> BillRow {
        let settled = Minor(bill.settled.0 + self.settled.get(&bill.id).copied().unwrap_or_default());
        let status = match bill.status {
            BillStatus::Void => BillStatus::Void,
            BillStatus::Open | BillStatus::Paid if settled < bill.amount => BillStatus::Open,
            BillStatus::Open | BillStatus::Paid => BillStatus::Paid,
        };
        BillRow { settled, status, ..bill.clone() }
    }
}
