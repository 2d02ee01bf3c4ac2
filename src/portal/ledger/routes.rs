//! The clerks' operations: the trial balance, the journal, and whether the books are right.

use super::{
    check,
    journal::{self, About},
    queries::{self, PostingRow},
};
use crate::{
    api::{
        endpoint::{Clerk, Empty},
        ledger::{self, AccountBalance, EntryQuery, LedgerAccount, LedgerCheck, LedgerEntry, Posting, TrialBalance},
        money::{Currency, Minor},
        page::Page,
        time::{Timestamp, When},
        word::Word,
    },
    portal::{
        error::{Error, Result},
        store::{Tx, params},
        web::{
            context::Context,
            paging::{cut, foreign, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&ledger::ACCOUNTS, accounts).list(&ledger::ENTRIES, entries).add(&ledger::CHECK, check)
}

async fn accounts(context: Context<Clerk>, (): (), _: Empty) -> Result<TrialBalance> {
    let currency = context.portal.city().currency;
    let read = context.portal.store().read_long((), |tx, ()| {
        Box::pin(async move {
            Ok::<Vec<(LedgerAccount, Minor, Minor)>, Error>(tx.rows(&queries::TOTALS, &params![]).await?)
        })
    });
    let totals = read.await?;
    let balance = |&account: &LedgerAccount| {
        let found = totals.iter().find(|(other, ..)| *other == account);
        let (debits, credits) = found.map_or((Minor::ZERO, Minor::ZERO), |&(_, debits, credits)| (debits, credits));
        let (meaning, normal_side) = (account.meaning().to_owned(), account.normal_side());
        let balance = Minor(debits.0 - credits.0);
        AccountBalance { account, meaning, normal_side, debits, credits, balance, currency }
    };
    Ok(TrialBalance { accounts: LedgerAccount::ALL.iter().map(balance).collect() })
}

/// Which entries.
struct Selection {
    of: Option<About>,
    behind: (Timestamp, i64),
    from: Timestamp,
    limit: i64,
}

async fn entries(context: Context<Clerk>, (): (), query: EntryQuery) -> Result<Page<LedgerEntry>> {
    let (today, zone) = (context.today, &context.portal.city().zone);
    let limit = limit(query.limit);
    let of = match (query.bill, query.payment) {
        (Some(_), Some(_)) => {
            return Err(Error::field("/payment", "name a bill or a payment, not both"));
        }
        (bill, payment) => bill.map(About::Bill).or(payment.map(About::Payment)),
    };
    let end = query.until.map(|until| match until {
        When::At(instant) => instant,
        day => When::On(day.date(today, zone).plus_days(1)).start(today, zone),
    });
    let behind = match query.after.as_deref() {
        Some(text) => cursor(text)?,
        None => end.map_or((Timestamp::from_millisecond(i64::MAX), i64::MAX), |end| (end, -1)),
    };
    let from = query.since.map_or(Timestamp::from_millisecond(i64::MIN), |since| since.start(today, zone));
    let selection = Selection { of, behind, from, limit: limit.probe() };
    let read = context.portal.store().read_long(selection, |tx, selection| Box::pin(select(tx, selection)));
    let entries = gather(read.await?, context.portal.city().currency);
    Ok(cut(entries, limit, |(id, last)| format!("{}.{id}", last.at.as_millisecond()), |(_, entry)| entry))
}

/// Where a page ended: the instant and the id of its last entry.
fn cursor(text: &str) -> Result<(Timestamp, i64)> {
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let (at, id) = parts.ok_or_else(foreign)?;
    Ok((Timestamp::from_millisecond(at), id))
}

/// The postings of a page of entries.
async fn select(tx: &Tx<'_>, selection: &Selection) -> Result<Vec<PostingRow>> {
    let Selection { of, behind: (at, id), from, limit } = selection;
    let rows = match of {
        None => tx.rows(&queries::LIST, &params![at, id, from, limit]).await?,
        Some(About::Bill(bill)) => tx.rows(&queries::LIST_OF_BILL, &params![at, id, from, limit, bill]).await?,
        Some(payment) => {
            let (first, last) = payment.ids();
            tx.rows(&queries::LIST_OF_PAYMENT, &params![at, id, from, limit, first, last]).await?
        }
    };
    Ok(rows)
}

/// Entries with their ids, from postings of which those of an entry follow each other.
fn gather(rows: Vec<PostingRow>, currency: Currency) -> Vec<(i64, LedgerEntry)> {
    let mut entries: Vec<(i64, LedgerEntry)> = Vec::new();
    for row in rows {
        let posting = Posting { account: row.account, bill: row.of, amount: row.amount };
        let debit = Minor(row.amount.0.max(0));
        match entries.last_mut() {
            Some((id, entry)) if *id == row.id => {
                entry.amount.0 += debit.0;
                entry.postings.push(posting);
            }
            _ => {
                let PostingRow { kind, at, bill, payment, bank_entry, cause, .. } = row;
                let id = journal::name(row.id, kind);
                let entry = LedgerEntry {
                    id,
                    kind,
                    at,
                    bill,
                    payment,
                    bank_entry,
                    cause,
                    amount: debit,
                    currency,
                    postings: vec![posting],
                };
                entries.push((row.id, entry));
            }
        }
    }
    entries
}

async fn check(context: Context<Clerk>, (): (), _: Empty) -> Result<LedgerCheck> {
    let currency = context.portal.city().currency;
    context.portal.store().read_long((), move |tx, ()| Box::pin(check::check(tx, currency))).await
}
