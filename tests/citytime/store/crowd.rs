//! Many tasks at once, units that meet each other, and callers that go away.

#![expect(clippy::disallowed_methods, reason = "tasks beside the test are what is tested")]

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

use citytime::{params, portal::store::StoreError};

use super::{Bank, queries};
use crate::support::both::on_both_databases;

const TASKS: i64 = 64;
const UNITS: i64 = 10_000;
const ACCOUNTS: i64 = 20;

/// Takes from one account, gives to another, and writes both down.
async fn transfer(bank: &Bank, id: i64, from: i64, to: i64, amount: i64) -> Result<(), StoreError> {
    bank.store
        .write((id, from, to, amount), |tx, &(id, from, to, amount)| {
            Box::pin(async move {
                tx.one::<(i64,)>(&queries::CHANGE_BALANCE, &params![from, -amount]).await?;
                tx.one::<(i64,)>(&queries::CHANGE_BALANCE, &params![to, amount]).await?;
                tx.pipeline(&[
                    (&queries::ADD_MOVE, &params![2 * id, from, -amount, "taken"]),
                    (&queries::ADD_MOVE, &params![2 * id + 1, to, amount, "given"]),
                ])
                .await?;
                Ok(())
            })
        })
        .await
}

/// Polls a unit so many times; then its caller goes away: at once for an odd number, else when it is woken again.
async fn go_away_after<T>(polls: i64, unit: impl Future<Output = T>) -> Option<T> {
    let (mut unit, mut left) = (pin!(unit), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match unit.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            Poll::Pending if left == 0 && polls % 2 == 1 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn with_purses(bank: &Bank) {
    for id in 0..ACCOUNTS {
        bank.add(id, &format!("owner {id}"), 100).await.unwrap();
    }
}

on_both_databases! { threads: 4,
    async fn ten_thousand_units_from_sixty_four_tasks(bank: Bank) {
        with_purses(&bank).await;
        let bank = Arc::new(bank);
        let tasks: Vec<_> = (0..TASKS).map(|task| {
            let bank = Arc::clone(&bank);
            tokio::spawn(async move {
                let (mut done, mut refused) = (0, 0);
                for id in (0..UNITS).filter(|id| id % TASKS == task) {
                    // Always from the lower to the higher, so that none waits in a circle.
                    let (from, to) = (id * 7 % ACCOUNTS, id * 13 % ACCOUNTS);
                    match transfer(&bank, id, from.min(to), from.max(to), 1 + id % 9).await {
                        Ok(()) => done += 1,
                        Err(error) if error.is_check() => refused += 1,
                        Err(error) => panic!("{error}"),
                    }
                }
                (done, refused)
            })
        }).collect();
        let (mut done, mut refused) = (0, 0);
        for task in tasks {
            let (task_done, task_refused) = task.await.unwrap();
            done += task_done;
            refused += task_refused;
        }
        assert_eq!(done + refused, UNITS);
        assert!(done > 0 && refused > 0, "{done} done, {refused} refused");
        assert_eq!(bank.books().await, (2 * done, 0, 100 * ACCOUNTS));
    }

    async fn units_that_wait_for_each_other_run_again(bank: Bank) {
        with_purses(&bank).await;
        let bank = Arc::new(bank);
        let tasks: Vec<_> = (0..4).map(|task| {
            let bank = Arc::clone(&bank);
            tokio::spawn(async move {
                for round in 0..6 {
                    let (from, to) = if task % 2 == 0 { (0, 1) } else { (1, 0) };
                    transfer(&bank, task * 100 + round, from, to, 1).await.unwrap();
                }
            })
        }).collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(bank.books().await, (48, 0, 100 * ACCOUNTS));
    }

    async fn a_caller_that_goes_away_leaves_all_or_nothing(bank: Bank) {
        with_purses(&bank).await;
        let mut done = 0;
        for id in 0..300 {
            let unit = transfer(&bank, id, id % 10, 10 + id % 10, 1);
            // One of fifteen stays to the end, however often it is woken before that.
            let polls = if id % 15 == 14 { i64::MAX } else { id % 15 };
            done += i64::from(go_away_after(polls, unit).await == Some(Ok(())));
        }
        let (moves, moved, held) = bank.books().await;
        assert_eq!((moves % 2, moved, held), (0, 0, 100 * ACCOUNTS));
        assert!(0 < done && done < 300, "some callers saw the end ({done}), some did not");
        assert!(2 * done <= moves, "{done} were told, {moves} moves are there");
        // What is left is in order: the next units find free connections and no transaction.
        transfer(&bank, 1_000, 0, 1, 1).await.unwrap();
        assert_eq!(bank.purses().await, ACCOUNTS);
    }
}
