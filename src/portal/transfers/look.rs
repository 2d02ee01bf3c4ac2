//! What booking a statement would come to. It is decided from reads alone, page by page, with what earlier entries of the
//! file would have done carried along: nothing is locked, and nobody waits for it.

use std::collections::HashMap;

use super::{
    bank_statement::Entry,
    booking::{self, Arriving},
    decision::{self, Decision, Sorted, Toward},
    entries::{self, EntryRow, ReceivedRow},
    queries,
};
use crate::{
    api::{
        bills::BillStatus,
        id::{AccountId, BillId, TransferId},
        money::{Currency, Minor},
        reconciliation::ReconciledEntry,
    },
    portal::{
        Portal,
        bills::{self, queries::BillRow},
        city::City,
        error::{Error, Result},
        store::{Tx, params},
    },
};

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
}

/// What earlier entries of the file would have done.
#[derive(Default)]
struct Ahead {
    /// Where an entry that would be new stands among those that were told.
    told: HashMap<[u8; 32], usize>,
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
        for Arriving { entry, digest } in page {
            let before = ahead.told.get(digest).and_then(|&place| entries.get(place)).or_else(|| known.booked.get(digest));
            let told = match before {
                Some(before) => ReconciledEntry { place: entry.place, ..before.clone() },
                None => {
                    new += 1;
                    ahead.told.insert(*digest, entries.len());
                    let decision = ahead.decide(&known, clerk, entry, city);
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
    for Arriving { entry, digest } in page {
        if let Some(row) = tx.optional::<EntryRow>(&entries::KNOWN, &params![digest]).await? {
            known.booked.insert(*digest, booking::seen(tx, row, entry.place).await?);
            continue;
        }
        let Sorted::Toward(transfer) = decision::sort(entry, currency) else { continue };
        if known.transfers.contains_key(&transfer) {
            continue;
        }
        let Some(received) = tx.optional::<ReceivedRow>(&entries::RECEIVED, &params![transfer]).await? else { continue };
        let named = queries::bills(tx, transfer).await?;
        for &id in &named {
            if !known.bills.contains_key(&id) {
                let found = bills::queries::find_any(tx, id).await?;
                let row = found.ok_or_else(|| Error::internal(format!("{transfer} is for {id}, which is not there")))?;
                known.bills.insert(id, row);
            }
        }
        known.transfers.insert(transfer, (received, named));
    }
    Ok(known)
}

impl Ahead {
    /// What an entry that is new would come to; what it would do is kept for those behind it.
    fn decide(&mut self, known: &Known, clerk: AccountId, entry: &Entry, city: &City) -> Decision {
        let transfer = match decision::sort(entry, city.currency) {
            Sorted::Decided(decision) => return decision,
            Sorted::Toward(transfer) => transfer,
        };
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
        let bills: Vec<BillRow> = named.iter().filter_map(|id| known.bills.get(id)).map(|bill| self.bill(bill)).collect();
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
            BillStatus::Open if settled >= bill.amount => BillStatus::Paid,
            status => status,
        };
        BillRow { settled, status, ..bill.clone() }
    }
}
