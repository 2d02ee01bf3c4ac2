//! A read sees one state of the database, and cannot change it.

#![expect(clippy::disallowed_methods, reason = "tasks beside the test are what is tested")]

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use citytime::{params, portal::store::StoreError};

use super::{Bank, queries};
use crate::support::both::on_both_databases;

type Signals = Mutex<(Sender<()>, Receiver<()>)>;

on_both_databases! { threads: 4,
    async fn a_read_sees_one_state(bank: Bank) {
        bank.add(1, "rosa", 10).await.unwrap();
        let bank = Arc::new(bank);
        let ((began, begun), (change, changed)) = (channel(), channel());
        let reader = Arc::clone(&bank);
        let read = tokio::spawn(async move {
            let signals: Signals = Mutex::new((began, changed));
            reader.store.read_long(signals, |tx, signals| {
                Box::pin(async move {
                    let (before,) = tx.one::<(i64,)>(&queries::COUNT_ACCOUNTS, &[]).await?;
                    // A unit waits for nothing else; the thread may.
                    tokio::task::block_in_place(|| {
                        let (began, changed) = &*signals.lock().unwrap();
                        began.send(()).unwrap();
                        changed.recv_timeout(Duration::from_secs(60)).unwrap();
                    });
                    let (after,) = tx.one::<(i64,)>(&queries::COUNT_ACCOUNTS, &[]).await?;
                    Ok((before, after))
                })
            }).await
        });
        tokio::task::spawn_blocking(move || begun.recv_timeout(Duration::from_secs(60))).await.unwrap().unwrap();
        bank.add(2, "anselm", 10).await.unwrap();
        change.send(()).unwrap();
        let counted: Result<(i64, i64), StoreError> = read.await.unwrap();
        assert_eq!(counted, Ok((1, 1)));
        assert_eq!(bank.purses().await, 2);
    }

    async fn a_read_changes_nothing(bank: Bank) {
        let answer: Result<u64, StoreError> = bank.store.read((), |tx, ()| {
            Box::pin(async move { tx.execute(&queries::ADD_ACCOUNT, &params![1, "rosa", 0]).await })
        }).await;
        assert!(matches!(answer, Err(StoreError::ReadOnly { .. })), "{answer:?}");
        assert_eq!(bank.purses().await, 0);
    }

    async fn a_look_is_one_select(bank: Bank) {
        bank.add(1, "rosa", 10).await.unwrap();
        let look = async |count: usize| -> Result<i64, StoreError> {
            let read = bank.store.look(count, |tx, &count| {
                Box::pin(async move {
                    let mut found = 0;
                    for _ in 0..count {
                        (found,) = tx.one::<(i64,)>(&queries::COUNT_ACCOUNTS, &[]).await?;
                    }
                    Ok(found)
                })
            });
            read.await
        };
        assert_eq!(look(1).await, Ok(1));
        assert!(matches!(look(2).await, Err(StoreError::Database(why)) if why.contains("second statement")));
        let changed: Result<u64, StoreError> = bank.store.look((), |tx, ()| {
            Box::pin(async move { tx.execute(&queries::ADD_ACCOUNT, &params![2, "anselm", 0]).await })
        }).await;
        assert!(matches!(changed, Err(StoreError::ReadOnly { .. })), "{changed:?}");
        // The connections are as good as before.
        assert_eq!((look(1).await, bank.purses().await), (Ok(1), 1));
    }
}
