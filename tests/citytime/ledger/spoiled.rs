//! Changes rows at the database, behind the portal's back: what the check of the books must find.

use citytime::api::id::{BillId, PaymentId};
use citytime::portal::store::{Query, StoreError};

use crate::support::portal::Portal;

citytime::queries! {
    /// A bill says that more was paid of it.
    pub(super) SPOIL_BILL = "UPDATE bills SET settled = settled - 1, status = 'open' WHERE id = $1";
    /// A payment says that it failed.
    pub(super) SPOIL_PAYMENT = "UPDATE payments SET status = 'failed' WHERE id = $1";
    /// A posting is over something else.
    pub(super) SPOIL_POSTING = "UPDATE postings SET amount = amount - 1 WHERE place = 1 AND entry IN \
                                (SELECT id FROM journal_entries WHERE payment = $1)";
    /// A bill is over more.
    pub(super) AMOUNT = "UPDATE bills SET amount = amount + $2 WHERE id = $1";
    /// More was taken off a bill.
    pub(super) CREDITED = "UPDATE bills SET credited = credited + $2 WHERE id = $1";
    /// Less was paid of a bill.
    pub(super) SETTLED = "UPDATE bills SET settled = settled - $2 WHERE id = $1";
    /// More is on its way to a bill.
    pub(super) PENDING = "UPDATE bills SET pending = pending + $2 WHERE id = $1";
    /// More went back of a payment.
    pub(super) REFUNDED = "UPDATE payments SET refunded = refunded + $2 WHERE id = $1";
    /// More is on its way back of a payment.
    pub(super) REFUNDING = "UPDATE payments SET refunding = refunding + $2 WHERE id = $1";
    /// One part says that more went back of it.
    pub(super) PART = "UPDATE allocations SET refunded = refunded + $2 WHERE payment = $1 AND place = 0";
    /// What went back of one part is noted of the other.
    pub(super) PARTS = "UPDATE allocations SET refunded = refunded + $2 * (1 - 2 * place) WHERE payment = $1 AND place < 2";
}

/// Changes a row at the database, behind the portal's back.
#[expect(clippy::disallowed_methods, reason = "that is what is to be found")]
pub(super) async fn shift(portal: &Portal, query: &'static Query, thing: &str, difference: i64) {
    let write = portal.store().write((number(thing), difference), move |tx, (number, difference)| {
        Box::pin(async move { tx.execute(query, &citytime::params![*number, *difference]).await })
    });
    assert!(write.await.map_err(|error: StoreError| error).unwrap() > 0, "{thing}");
}

fn number(id: &str) -> i64 {
    id.parse::<BillId>().map(BillId::number).or_else(|_| id.parse::<PaymentId>().map(PaymentId::number)).unwrap()
}

/// The same of what no number is added to.
#[expect(clippy::disallowed_methods, reason = "that is what is to be found")]
pub(super) async fn spoil(portal: &Portal, query: &'static Query, thing: &str) {
    let number = number(thing.split('.').next().unwrap());
    let write = portal
        .store()
        .write(number, move |tx, number| Box::pin(async move { tx.execute(query, &citytime::params![*number]).await }));
    assert_eq!(write.await.map_err(|error: StoreError| error).unwrap(), 1, "{thing}");
}
