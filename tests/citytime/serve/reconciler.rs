//! What a crash leaves between the intent and the result of a payment is settled by the next portal, once.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use citytime::api::id::{AccountId, BillId, MethodId, PaymentId};
use citytime::api::money::Minor;
use citytime::api::time::Timestamp;
use citytime::portal::store::{Store, StoreError};

use crate::support::both::on_both_databases;
use crate::support::served::Riverton;

citytime::queries! {
    /// A person's open bill, and their method at the processor.
    DEBT = "SELECT a.id, MIN(b.id), MIN(m.id) FROM accounts a JOIN record_links l ON l.account = a.id \
            JOIN bills b ON b.record = l.record JOIN methods m ON m.account = a.id \
            WHERE b.status = 'open' AND b.category = 'utility' AND a.username = $1 AND m.reference = $2 GROUP BY a.id";
    /// Sets a part aside.
    RESERVE = "UPDATE bills SET pending = pending + $2 WHERE id = $1";
    /// A payment.
    INSERT = "INSERT INTO payments (id, account, method, amount, fee, status, created_at) \
              VALUES ($1, $2, $3, $4, 0, $5, $6)";
    /// Its part of the bill.
    ALLOCATE = "INSERT INTO allocations (payment, place, bill, amount) VALUES ($1, 0, $2, $3)";
    /// Its line of the history.
    RECORD = "INSERT INTO history (account, at, number, kind, id, title, status, amount) \
              VALUES ($1, $2, $3, 'payment', $4, 'Paid before the crash', $5, $6)";
    /// The key it was asked for under.
    CLAIM = "INSERT INTO idempotency_keys (scope, key, fingerprint, thing, created_at) VALUES ($1, $2, $3, $4, $5)";
    /// The state its history tells.
    TOLD = "SELECT status FROM history WHERE account = $1 AND number = $2";
}

/// Writes what a portal has committed of a payment when it is killed before the result.
async fn leave(
    store: &Store,
    who: (&'static str, &'static str),
    id: PaymentId,
    status: &'static str,
    at: Timestamp,
) -> AccountId {
    let amount = Minor(1_234);
    let write = store.write((), move |tx, ()| {
        Box::pin(async move {
            let (account, bill, method): (AccountId, BillId, MethodId) =
                tx.one(&DEBT, &citytime::params![who.0, who.1]).await?;
            tx.execute(&RESERVE, &citytime::params![bill, amount]).await?;
            tx.execute(&INSERT, &citytime::params![id, account, method, amount, status, at]).await?;
            tx.execute(&ALLOCATE, &citytime::params![id, bill, amount]).await?;
            let name = id.to_string();
            tx.execute(&RECORD, &citytime::params![account, at, id, name, status, amount]).await?;
            tx.execute(&CLAIM, &citytime::params![account, name, [0_u8; 32], id, at]).await?;
            Ok::<_, StoreError>(account)
        })
    });
    write.await.unwrap()
}

on_both_databases! {
    /// A card that was to be charged when the portal was killed, and a bank debit that was on its way and has arrived.
    async fn what_a_crash_left_is_settled_once(city: Riverton) {
        let (card, debit) = (PaymentId::new(7_001), PaymentId::new(7_002));
        let books = city.books().await;
        let (now, days) = (citytime::portal::clock::Clock::machine().now(), jiff::SignedDuration::from_hours(24));
        let rosa = leave(&books.store, ("rosa", "pm_card_visa"), card, "pending", now).await;
        let before = now.plus(-days * 5);
        leave(&books.store, ("rosa", "pm_usBankAccount_success"), debit, "processing", before).await;
        books.close().await;

        // The worker's first round is whole before a portal ends. The second portal finds nothing to do.
        for _ in 0..2 {
            city.serve().await.drain().await;
            let books = city.books().await;
            let made = books.payments().await;
            let made: Vec<_> = made.iter().map(|made| (made.id, made.status.as_str())).collect();
            assert_eq!(made, [(card, "succeeded"), (debit, "succeeded")]);
            books.balance().await;
            for id in [card, debit] {
                let told = books.store.read((), move |tx, ()| {
                    Box::pin(async move {
                        tx.one::<(String,)>(&TOLD, &citytime::params![rosa, id]).await
                    })
                });
                let (told,) = told.await.map_err(|error: StoreError| error).unwrap();
                assert_eq!(told, "succeeded", "the history tells it");
            }
            books.close().await;
        }
    }
}
