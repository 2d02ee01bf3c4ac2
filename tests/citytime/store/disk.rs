//! A full disk and a failing one, on SQLite: what is too much for it fails alone, and nothing acknowledged is lost.

use std::{collections::BTreeSet, process::Command};

use citytime::{
    params,
    portal::store::{Options, StoreError, migrations},
};
use futures_util::future::join_all;

use super::{
    Bank,
    crash::{check, kill_after, worker},
    queries,
};
use crate::support::{both::Database, leash};

/// So large that it does not fit into a file of a megabyte.
const TOO_LARGE: usize = 4 << 20;

async fn small_bank() -> Bank {
    // The store's own table alone: how much fits is not to change with every noun.
    let options = Options { max_bytes: Some(1 << 20), migrations: &migrations::ALL[..1], ..Options::default() };
    Bank::open(Database::Sqlite, options).await
}

#[tokio::test]
async fn a_unit_too_large_for_the_disk_harms_no_other() {
    let bank = small_bank().await;
    for round in 0..5 {
        let unit = |id: i64| {
            let id = round * 50 + id;
            let owner = if id % 50 == 20 { "x".repeat(TOO_LARGE) } else { String::new() } + &format!("owner {id}");
            let bank = &bank;
            async move { bank.add(id, &owner, 1).await }
        };
        for (id, answer) in join_all((0..50).map(unit)).await.into_iter().enumerate() {
            match id {
                20 => assert!(answer.as_ref().is_err_and(StoreError::is_unavailable), "{answer:?}"),
                _ => assert_eq!(answer, Ok(()), "account {id}"),
            }
        }
        assert_eq!(bank.purses().await, (round + 1) * 49);
    }
}

#[tokio::test]
async fn a_refused_unit_beside_one_too_large_stays_refused() {
    let bank = small_bank().await;
    let unit = |id: i64| {
        let bank = &bank;
        async move {
            bank.store
                .write(id, |tx, &id| {
                    Box::pin(async move {
                        tx.execute(&queries::ADD_ACCOUNT, &params![id, format!("owner {id}"), 1]).await?;
                        if id == 7 {
                            let owner = "x".repeat(TOO_LARGE);
                            tx.execute(&queries::ADD_ACCOUNT, &params![1_000, owner, 1]).await?;
                        }
                        match id % 5 {
                            3 => Err(StoreError::Missing { query: "refused" }),
                            _ => Ok(()),
                        }
                    })
                })
                .await
        }
    };
    for (id, answer) in join_all((0..20).map(unit)).await.into_iter().enumerate() {
        match id {
            7 => assert!(answer.as_ref().is_err_and(StoreError::is_unavailable), "{answer:?}"),
            _ if id % 5 == 3 => assert_eq!(answer, Err(StoreError::Missing { query: "refused" })),
            _ => assert_eq!(answer, Ok(())),
        }
    }
    assert_eq!(bank.purses().await, 15);
}

#[tokio::test]
async fn a_full_disk_refuses_and_is_read_on() {
    let bank = small_bank().await;
    let mut done = 0;
    let full = loop {
        match bank.add(done, &format!("{done} {}", "x".repeat(4_000)), 1).await {
            Ok(()) => done += 1,
            Err(error) => break error,
        }
    };
    assert!(full.is_unavailable(), "{full:?}");
    assert!(done > 50, "{done} purses fit into a megabyte");
    assert_eq!(bank.purses().await, done);
    bank.store.ping().await.unwrap();
    // What needs no more room still goes.
    let changed = bank
        .store
        .write((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&queries::CHANGE_BALANCE, &params![0, 41]).await }));
    assert_eq!(changed.await, Ok::<_, StoreError>((42,)));
}

/// The kernel refuses to let a file grow beyond a limit: an I/O error in the middle of a write or a commit.
#[tokio::test]
async fn a_failing_disk_loses_nothing_that_was_acknowledged() {
    let folder = leash::folder();
    let url = format!("sqlite:{}", folder.path().join("failing.db").display());
    let mut command = Command::new("/bin/sh");
    // In blocks of 512 bytes; the signal that comes with the limit would end the process.
    command.args(["-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$1\" 16"]).arg(worker()).arg(&url);
    let mut away = 0;
    let told = kill_after(command, |line| {
        away += usize::from(line.contains(" away: "));
        away > 200
    });
    let is_done = |outcome: &String| outcome == "done";
    let done: BTreeSet<i64> = told.iter().filter(|(_, outcome)| is_done(outcome)).map(|(id, _)| *id).collect();
    assert!(told.iter().all(|(_, outcome)| is_done(outcome) || outcome.starts_with("away: ")), "{told:?}");
    let first_away = told.iter().position(|(_, outcome)| !is_done(outcome)).unwrap();
    let after = told[first_away..].iter().filter(|(_, outcome)| is_done(outcome)).count();
    assert!(after > 0, "units went on after the first error");
    assert!(done.len() > 100, "{} units", done.len());
    check(&url, &done).await;
}
