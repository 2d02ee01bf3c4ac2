//! A process that writes until it is killed or its disk is full, for the tests of the store: `store-worker URL TASKS`.
//!
//! Each unit writes two rows. It says `ID done`, `ID away` or `ID failed: …` on stdout for each, once it is told. Ids
//! divisible by 100 are a thousand times as large as the others.

#![allow(clippy::print_stdout, clippy::disallowed_macros, reason = "its lines are what the tests read")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a worker that cannot go on fails its test"
)]

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use citytime::{
    params,
    portal::store::{Options, Store, StoreError, migrations},
};

citytime::queries! {
    /// What is written.
    MAKE = "CREATE TABLE IF NOT EXISTS written (id BIGINT PRIMARY KEY, body TEXT NOT NULL)";
    /// Where to go on.
    LAST = "SELECT COALESCE(MAX(id), 0) FROM written";
    /// One of a unit's two rows.
    WRITE = "INSERT INTO written (id, body) VALUES ($1, $2)";
}

/// How many bytes a usual row has.
const BODY: usize = 200;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().unwrap().parse().unwrap();
    let tasks: usize = arguments.next().unwrap().parse().unwrap();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        // The store's own table alone: how much fits below a limit is not to change with every noun.
        let options = Options { migrations: &migrations::ALL[..1], ..Options::default() };
        let store = Store::open(&url, options).await.unwrap();
        let last = store.write((), |tx, ()| {
            Box::pin(async move {
                tx.execute(&MAKE, &[]).await?;
                tx.one::<(i64,)>(&LAST, &[]).await
            })
        });
        let (last,) = last.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
        let next = Arc::new(AtomicI64::new(last / 2 + 1));
        let tasks: Vec<_> = (0..tasks).map(|_| tokio::spawn(work(store.clone(), Arc::clone(&next)))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

async fn work(store: Store, next: Arc<AtomicI64>) {
    loop {
        let id = next.fetch_add(1, Ordering::Relaxed);
        let body = "x".repeat(if id % 100 == 0 { 1000 * BODY } else { BODY });
        let written = store.write((id, body), |tx, (id, body)| {
            Box::pin(async move {
                tx.execute(&WRITE, &params![2 * id, body]).await?;
                tx.execute(&WRITE, &params![2 * id + 1, body]).await
            })
        });
        let outcome = match written.await {
            Ok(_) => "done".to_owned(),
            Err(error @ (StoreError::Away { .. } | StoreError::Closed)) => format!("away: {error}"),
            Err(error) => format!("failed: {error}"),
        };
        // One write, so that a line is whole or not there. A reader that went away has killed this process.
        if std::io::stdout().write_all(format!("{id} {outcome}\n").as_bytes()).is_err() {
            return;
        }
    }
}
