//! What the store costs: a durable payment of four statements from 64 tasks, and a read of 20 bills, through [`Store`]
//! and through a raw loop over rusqlite with the same statements, on the same disk in the same run.
//!
//! `cargo bench --bench store [-- postgres://…]`: with a URL, the store on PostgreSQL as well.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "speed is measured here"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot go on ends")]

use std::{
    future::Future,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use citytime::{
    params,
    portal::store::{DatabaseUrl, Options, Store, StoreError},
};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

const CLIENTS: usize = 64;
const BILLS: i64 = 20_000;
const ROUND: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;

const MAKE_BILLS: &str = "CREATE TABLE bench_bills (id BIGINT PRIMARY KEY, record BIGINT NOT NULL, number TEXT NOT NULL, \
    due TEXT NOT NULL, amount BIGINT NOT NULL, settled BIGINT NOT NULL, CHECK (settled <= amount))";
const MAKE_INDEX: &str = "CREATE INDEX bench_bills_record ON bench_bills (record, due)";
const MAKE_PAYMENTS: &str = "CREATE TABLE bench_payments (id BIGINT PRIMARY KEY, bill BIGINT NOT NULL REFERENCES bench_bills (id), \
    amount BIGINT NOT NULL, key TEXT NOT NULL UNIQUE)";
const MAKE_POSTINGS: &str =
    "CREATE TABLE bench_postings (payment BIGINT NOT NULL, account TEXT NOT NULL, amount BIGINT NOT NULL)";
const ADD_BILL: &str =
    "INSERT INTO bench_bills (id, record, number, due, amount, settled) VALUES ($1, $2, $3, $4, $5, 0)";
const FIND_PAYABLE: &str = "SELECT amount - settled FROM bench_bills WHERE id = $1";
const SETTLE: &str =
    "UPDATE bench_bills SET settled = settled + $1 WHERE id = $2 AND settled + $1 <= amount RETURNING settled";
const ADD_PAYMENT: &str = "INSERT INTO bench_payments (id, bill, amount, key) VALUES ($1, $2, $3, $4)";
const ADD_POSTINGS: &str =
    "INSERT INTO bench_postings (payment, account, amount) VALUES ($1, 'cash', $2), ($1, 'bills', -$2)";
const LIST_BILLS: &str =
    "SELECT id, number, due, amount, settled FROM bench_bills WHERE record = $1 ORDER BY due LIMIT 20";

mod queries {
    citytime::queries! {
        /// The tables.
        pub(super) MAKE_BILLS = super::MAKE_BILLS;
        /// For lists.
        pub(super) MAKE_INDEX = super::MAKE_INDEX;
        /// What was paid.
        pub(super) MAKE_PAYMENTS = super::MAKE_PAYMENTS;
        /// Its postings.
        pub(super) MAKE_POSTINGS = super::MAKE_POSTINGS;
        /// A bill.
        pub(super) ADD_BILL = super::ADD_BILL;
        /// What is payable.
        pub(super) FIND_PAYABLE = super::FIND_PAYABLE;
        /// Settles.
        pub(super) SETTLE = super::SETTLE;
        /// A payment.
        pub(super) ADD_PAYMENT = super::ADD_PAYMENT;
        /// Its postings.
        pub(super) ADD_POSTINGS = super::ADD_POSTINGS;
        /// The bills of a record.
        pub(super) LIST_BILLS = super::LIST_BILLS;
    }
}

fn main() {
    // The same disk as the build, not a file system in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (stored, raw) = (folder.path().join("store.db"), folder.path().join("raw.db"));
    let postgres = std::env::args().skip(1).find(|argument| argument.starts_with("postgres"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = fill(&DatabaseUrl::sqlite(&stored)).await;
        store.clone().close().await.unwrap();
        std::fs::copy(&stored, &raw).unwrap();
        let store = Store::open(&DatabaseUrl::sqlite(&stored), Options::default()).await.unwrap();
        let loops = Arc::new(Raw::start(&raw));
        let (mut paid, mut paid_raw, mut read, mut read_raw) = (0.0, 0.0, 0.0, 0.0);
        let next = Arc::new(AtomicI64::new(0));
        for _ in 0..ROUNDS {
            paid_raw += rate(&next, &loops, pay_raw).await;
            paid += rate(&next, &store, pay).await;
            read_raw += rate(&next, &loops, read_in_place).await;
            read += rate(&next, &store, list).await;
        }
        tell("durable payments of four statements, SQLite", paid, "raw group-commit loop", paid_raw);
        tell("reads of 20 bills, SQLite", read, "raw connections in place", read_raw);
        if let Some(url) = postgres {
            let store = fill(&url.parse().unwrap()).await;
            let paid = rate(&next, &store, pay).await;
            println!("durable payments of four statements, PostgreSQL: {paid:.0}/s");
            let read = rate(&next, &store, list).await;
            println!("reads of 20 bills, PostgreSQL: {read:.0}/s");
        }
    });
}

fn tell(what: &str, ours: f64, peer: &str, theirs: f64) {
    let rounds = ROUNDS as f64;
    println!("{what}: {:.0}/s; {peer}: {:.0}/s; ratio {:.2}", ours / rounds, theirs / rounds, ours / theirs);
}

/// How often a second the clients together get an answer.
async fn rate<S, F>(next: &Arc<AtomicI64>, server: &S, unit: fn(S, i64) -> F) -> f64
where
    S: Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let start = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (next, server) = (Arc::clone(next), server.clone());
            tokio::spawn(async move {
                let mut answers = 0_u32;
                while start.elapsed() < ROUND {
                    unit(server.clone(), next.fetch_add(1, Ordering::Relaxed)).await;
                    answers += 1;
                }
                answers
            })
        })
        .collect();
    let mut answers = 0;
    for client in clients {
        answers += client.await.unwrap();
    }
    f64::from(answers) / start.elapsed().as_secs_f64()
}

/// A bill far from the last one, as residents come in no order.
fn bill(id: i64) -> i64 {
    id * 7_919 % BILLS
}

async fn fill(url: &DatabaseUrl) -> Store {
    let store = Store::open(url, Options::default()).await.unwrap();
    let filled = store.write((), |tx, ()| {
        Box::pin(async move {
            for query in [&queries::MAKE_BILLS, &queries::MAKE_INDEX, &queries::MAKE_PAYMENTS, &queries::MAKE_POSTINGS]
            {
                tx.execute(query, &[]).await?;
            }
            for id in 0..BILLS {
                let due = format!("2026-{:02}-{:02}", id % 12 + 1, id % 28 + 1);
                let number = format!("RIV-{id:06}");
                tx.execute(&queries::ADD_BILL, &params![id, id % (BILLS / 20), number, due, i64::from(i32::MAX)])
                    .await?;
            }
            Ok(())
        })
    });
    filled.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    store
}

async fn pay(store: Store, id: i64) {
    let key = format!("4d1c6a0e-{id:012}");
    let paid = store.write((id, key), |tx, (id, key)| {
        Box::pin(async move {
            let bill = bill(*id);
            let (payable,) = tx.one::<(i64,)>(&queries::FIND_PAYABLE, &params![bill]).await?;
            let amount = payable.min(5);
            tx.one::<(i64,)>(&queries::SETTLE, &params![amount, bill]).await?;
            tx.pipeline(&[
                (&queries::ADD_PAYMENT, &params![id, bill, amount, key]),
                (&queries::ADD_POSTINGS, &params![id, amount]),
            ])
            .await
        })
    });
    paid.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

citytime::row! {
    /// A bill.
    struct BillRow {
        id: i64,
        number: String,
        due: String,
        amount: i64,
        settled: i64,
    }
}

async fn list(store: Store, id: i64) {
    let bills = store.read(id % (BILLS / 20), |tx, record| {
        Box::pin(async move { tx.rows::<BillRow>(&queries::LIST_BILLS, &params![record]).await })
    });
    let bills = bills.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(bills.len(), 20);
    assert!(bills.iter().all(|bill| bill.settled <= bill.amount && !bill.due.is_empty() && bill.id < BILLS));
    assert!(bills[0].number.starts_with("RIV"));
}

type Payment = (i64, String, oneshot::Sender<()>);

/// The peer: one thread that commits what waits, and connections that read, with no facade.
struct Raw {
    queue: mpsc::Sender<Payment>,
    readers: Mutex<Vec<Connection>>,
}

impl Raw {
    fn start(path: &Path) -> Self {
        let (queue, waiting) = mpsc::channel::<Payment>();
        let connection = connect(path);
        std::thread::spawn(move || {
            while let Ok(first) = waiting.recv() {
                let mut callers = Vec::new();
                run(&connection, "BEGIN IMMEDIATE");
                let mut next = Some(first);
                while let Some((id, key, caller)) = next {
                    pay_on(&connection, id, &key);
                    callers.push(caller);
                    next = if callers.len() < 256 { waiting.try_recv().ok() } else { None };
                }
                run(&connection, "COMMIT");
                for caller in callers {
                    let _ = caller.send(());
                }
            }
        });
        Self { queue, readers: Mutex::new((0..CLIENTS).map(|_| connect(path)).collect()) }
    }
}

fn connect(path: &Path) -> Connection {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;",
        )
        .unwrap();
    connection
}

fn run(connection: &Connection, sql: &str) {
    connection.prepare_cached(sql).unwrap().execute([]).unwrap();
}

fn pay_on(connection: &Connection, id: i64, key: &str) {
    let bill = bill(id);
    let one = |sql: &'static str, parameters: &[&dyn rusqlite::ToSql]| -> i64 {
        connection.prepare_cached(sql).unwrap().query_row(parameters, |row| row.get(0)).unwrap()
    };
    let amount = one(FIND_PAYABLE, &[&bill]).min(5);
    one(SETTLE, &[&amount, &bill]);
    connection.prepare_cached(ADD_PAYMENT).unwrap().execute((id, bill, amount, key)).unwrap();
    connection.prepare_cached(ADD_POSTINGS).unwrap().execute((id, amount)).unwrap();
}

async fn pay_raw(raw: Arc<Raw>, id: i64) {
    let (caller, answer) = oneshot::channel();
    raw.queue.send((id, format!("4d1c6a0e-{id:012}"), caller)).unwrap();
    answer.await.unwrap();
}

async fn read_in_place(raw: Arc<Raw>, id: i64) {
    let connection = raw.readers.lock().unwrap().pop().unwrap();
    let bills: Vec<BillRow> = connection
        .prepare_cached(LIST_BILLS)
        .unwrap()
        .query_map([id % (BILLS / 20)], |row| {
            Ok(BillRow {
                id: row.get(0)?,
                number: row.get(1)?,
                due: row.get(2)?,
                amount: row.get(3)?,
                settled: row.get(4)?,
            })
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(bills.len(), 20);
    raw.readers.lock().unwrap().push(connection);
    tokio::task::coop::consume_budget().await;
}
