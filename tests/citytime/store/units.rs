//! A unit is all or nothing, and alone: whatever happens in it.

use citytime::{
    api::{
        id::BillId,
        money::{Currency, Minor},
        time::{Date, Timestamp},
    },
    params,
    portal::store::{ConstraintKind, StoreError},
};
use futures_util::future::join_all;

use super::{Bank, queries};
use crate::support::both::on_both_databases;

citytime::queries! {
    /// One column of each kind.
    KINDS = "CREATE TABLE kinds (id BIGINT PRIMARY KEY, due TEXT, at BIGINT, amount BIGINT, currency TEXT, digest BYTEA, \
        note TEXT, paid BIGINT)";
    /// Writes one.
    ADD_KIND = "INSERT INTO kinds (id, due, at, amount, currency, digest, note, paid) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Reads it.
    READ_KIND = "SELECT id, due, at, amount, currency, digest, note, paid FROM kinds WHERE id = $1";
}

citytime::row! {
    /// One column of each kind.
    struct KindRow {
        id: BillId,
        due: Date,
        at: Timestamp,
        amount: Minor,
        currency: Currency,
        digest: [u8; 32],
        note: Option<String>,
        paid: bool,
    }
}

/// A unit's own refusal.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    Odd(i64),
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

on_both_databases! {
    async fn a_refused_unit_rolls_back_alone(bank: Bank) {
        let unit = |id: i64| bank.store.write(id, |tx, &id| {
            Box::pin(async move {
                tx.execute(&queries::ADD_ACCOUNT, &params![id, format!("owner {id}"), 5]).await?;
                if id % 2 == 1 { Err(Refusal::Odd(id)) } else { Ok(id) }
            })
        });
        let answers = join_all((0..100).map(unit)).await;
        for (id, answer) in (0..100).zip(answers) {
            assert_eq!(answer, if id % 2 == 1 { Err(Refusal::Odd(id)) } else { Ok(id) });
        }
        assert_eq!(bank.purses().await, 50);
    }

    async fn an_error_of_the_database_ends_its_unit_even_if_it_goes_on(bank: Bank) {
        bank.add(1, "rosa", 10).await.unwrap();
        let answer: Result<(), StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move {
                tx.execute(&queries::ADD_ACCOUNT, &params![2, "anselm", 0]).await?;
                let twice = tx.execute(&queries::ADD_ACCOUNT, &params![3, "rosa", 0]).await.unwrap_err();
                let after = tx.execute(&queries::ADD_ACCOUNT, &params![4, "bettina", 0]).await.unwrap_err();
                assert_eq!(twice, after);
                Ok(())
            })
        }).await;
        let key = "purses_owner_key".to_owned();
        assert_eq!(answer, Err(StoreError::Constraint { kind: ConstraintKind::Unique, name: key }));
        assert_eq!(bank.purses().await, 1);
    }

    async fn constraints_have_the_same_names(bank: Bank) {
        bank.add(1, "rosa", 10).await.unwrap();
        let constraint = |error: StoreError| match error {
            StoreError::Constraint { kind, name } => (kind, name),
            other => panic!("{other:?}"),
        };
        let key = constraint(bank.add(1, "anselm", 0).await.unwrap_err());
        assert_eq!(key, (ConstraintKind::Unique, "purses_pkey".to_owned()));
        let check = constraint(bank.add(2, "anselm", -1).await.unwrap_err());
        assert_eq!(check, (ConstraintKind::Check, "purses_balance".to_owned()));
        let stray: Result<u64, StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move { tx.execute(&queries::ADD_MOVE, &params![1, 99, 5, None::<&str>]).await })
        }).await;
        assert_eq!(constraint(stray.unwrap_err()).0, ConstraintKind::ForeignKey);
        let null: Result<u64, StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move { tx.execute(&queries::ADD_ACCOUNT, &params![7, None::<&str>, 1]).await })
        }).await;
        assert_eq!(constraint(null.unwrap_err()), (ConstraintKind::NotNull, "purses.owner".to_owned()));
    }

    async fn a_panic_in_a_unit_harms_nobody(bank: Bank) {
        let unit = |id: i64| bank.store.write(id, |tx, &id| {
            Box::pin(async move {
                tx.execute(&queries::ADD_ACCOUNT, &params![id, format!("owner {id}"), 5]).await?;
                assert!(id % 10 != 3, "account {id} is unlucky");
                Ok(())
            })
        });
        let answers: Vec<Result<(), StoreError>> = join_all((0..60).map(unit)).await;
        for (id, answer) in (0..60).zip(answers) {
            let message = format!("account {id} is unlucky");
            assert_eq!(answer, if id % 10 == 3 { Err(StoreError::Panicked { message }) } else { Ok(()) });
        }
        assert_eq!(bank.purses().await, 54);
        let read: Result<(), StoreError> = bank.store.read((), |_, ()| Box::pin(async { panic!("read") })).await;
        assert_eq!(read, Err(StoreError::Panicked { message: "read".to_owned() }));
        bank.store.ping().await.unwrap();
    }

    async fn a_statement_nobody_waits_for_undoes_its_unit(bank: Bank) {
        let answer: Result<(), StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move {
                tx.execute(&queries::ADD_ACCOUNT, &params![1, "rosa", 0]).await?;
                let parameters = params![2, "anselm", 0];
                let mut left = Box::pin(tx.execute(&queries::ADD_ACCOUNT, &parameters));
                // On SQLite a statement is done when it is polled.
                match futures_util::poll!(&mut left) {
                    std::task::Poll::Ready(done) => Err(done.map_or_else(|error| error, |_| StoreError::Pending)),
                    std::task::Poll::Pending => Ok(()),
                }
            })
        }).await;
        answer.unwrap_err();
        assert_eq!(bank.purses().await, 0);
    }

    async fn every_kind_of_column_is_read_back(bank: Bank) {
        let (id, due) = (BillId::new(77), "2026-11-22".parse::<Date>().unwrap());
        let (at, currency) = (Timestamp::from_millisecond(1_795_338_000_123), "USD".parse::<Currency>().unwrap());
        let row: KindRow = bank.store.write((id, due, at, currency), |tx, (id, due, at, currency)| {
            Box::pin(async move {
                tx.execute(&KINDS, &[]).await?;
                let digest = [7_u8; 32];
                let row = params![id, due, at, Minor(-5), currency, digest, None::<&str>, true];
                assert_eq!(tx.execute(&ADD_KIND, &row).await?, 1);
                tx.one(&READ_KIND, &params![id]).await
            })
        }).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!((row.id, row.due, row.at, row.amount, row.currency), (id, due, at, Minor(-5), currency));
        assert_eq!((row.digest, row.note, row.paid), ([7; 32], None, true));
        let wrong: Result<(BillId, Timestamp), StoreError> =
            bank.store.read(id, |tx, id| Box::pin(async move { tx.one(&READ_KIND, &params![id]).await })).await;
        let said = wrong.unwrap_err().to_string();
        assert!(said.starts_with("column 2 of `") && said.ends_with("READ_KIND` is no time in milliseconds"), "{said}");
    }

    async fn answers_of_the_wrong_size_are_told(bank: Bank) {
        bank.add(1, "rosa", 10).await.unwrap();
        let none: Result<(i64,), StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move { tx.one(&queries::CHANGE_BALANCE, &params![2, 5]).await })
        }).await;
        assert!(matches!(none, Err(StoreError::Missing { query }) if query.ends_with("CHANGE_BALANCE")));
        let few: Result<u64, StoreError> =
            bank.store.write((), |tx, ()| Box::pin(async move { tx.execute(&queries::CHANGE_BALANCE, &params![2]).await })).await;
        assert!(matches!(few, Err(StoreError::Database(_))), "{few:?}");
    }

    async fn independent_statements_share_a_unit(bank: Bank) {
        let changed = bank.store.write((), |tx, ()| {
            Box::pin(async move {
                tx.pipeline(&[
                    (&queries::ADD_ACCOUNT, &params![1, "rosa", 1]),
                    (&queries::ADD_ACCOUNT, &params![2, "anselm", 2]),
                    (&queries::CHANGE_BALANCE, &params![1, 40]),
                ]).await
            })
        }).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(changed, [1, 1, 1]);
        assert_eq!(bank.books().await, (0, 0, 43));
        let refused: Result<Vec<u64>, StoreError> = bank.store.write((), |tx, ()| {
            Box::pin(async move {
                let (good, bad) = (params![1, 1], params![2, -50]);
                tx.pipeline(&[(&queries::CHANGE_BALANCE, &good), (&queries::CHANGE_BALANCE, &bad), (&queries::CHANGE_BALANCE, &good)]).await
            })
        }).await;
        assert!(refused.unwrap_err().is_check());
        assert_eq!(bank.books().await, (0, 0, 43));
    }

    async fn after_closing_nothing_runs(bank: Bank) {
        bank.store.clone().close().await.unwrap();
        assert_eq!(bank.add(1, "rosa", 0).await, Err(StoreError::Closed));
        assert_eq!(bank.store.ping().await, Err(StoreError::Closed));
    }
}

/// On SQLite a unit runs on the writing thread: what it would wait for could never come.
#[tokio::test]
async fn a_unit_that_awaits_something_else_is_undone() {
    use crate::support::both::{Database, Fixture};
    let bank = Bank::start(Database::Sqlite).await;
    let answer: Result<(), StoreError> = bank
        .store
        .write((), |tx, ()| {
            Box::pin(async move {
                tx.execute(&queries::ADD_ACCOUNT, &params![1, "rosa", 0]).await?;
                tokio::task::yield_now().await;
                Ok(())
            })
        })
        .await;
    assert_eq!(answer, Err(StoreError::Pending));
    assert_eq!(bank.purses().await, 0);
}
