//! A database of before there was a ledger: what is there is posted when its schema is brought up to date.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use citytime::api::id::{BillId, PaymentId};
use citytime::params;
use citytime::portal::store::{DatabaseUrl, Options, Query, Store, StoreError, migrations};
use tempfile::TempDir;

use crate::support::both::{Database, Fixture, on_both_databases};
use crate::support::leash;

citytime::queries! {
    /// Somebody.
    ACCOUNT = "INSERT INTO accounts (id, username, password, name, email, email_verified, role, powers, status, terms_version, \
               terms_accepted_at, created_at) VALUES (1, 'old', '!', 'Old', 'old@mail.example', 0, 'resident', '', 'active', '1', 0, 0)";
    /// What is theirs.
    RECORD = "INSERT INTO records (id, canonical, number, kind, holder, service_address, code) \
              VALUES (1, 'U1', 'U-1', 'utility', 'Old', 'Quay', $1)";
    /// A way to pay.
    METHOD = "INSERT INTO methods (id, account, kind, label, brand, last4, reference, preferred, created_at) \
              VALUES (1, 1, 'card', 'Visa', 'visa', '4242', 'pm_card_visa', 1, 0)";
    /// A bill.
    BILL = "INSERT INTO bills (id, number, record, category, title, issued_on, due_on, amount, settled, pending, status) \
            VALUES ($1, $2, 1, 'utility', 'Water', $3, '2026-12-31', $4, $5, 0, $6)";
    /// A payment that arrived.
    PAYMENT = "INSERT INTO payments (id, account, method, amount, fee, status, created_at, settled_at) \
               VALUES ($1, 1, 1, $2, 0, 'succeeded', $3, $3)";
    /// What went to a bill.
    ALLOCATION = "INSERT INTO allocations (payment, place, bill, amount) VALUES ($1, 0, $2, $3)";
    /// What was posted of it then.
    POSTING = "INSERT INTO postings (payment, place, ledger_account, bill, amount, at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// A refund of it.
    REFUND = "INSERT INTO refunds (id, payment, amount, reason, bills, status, clerk, created_at, settled_at) \
              VALUES ($1, 7, 10, 'goodwill', 'kept', $2, 1, 1, $3)";
    /// An entry about it.
    ENTRY = "INSERT INTO journal_entries (id, kind, at, payment) VALUES ($1, 'refund', $2, 7)";
    /// The refunds with their entries.
    ENTRIES = "SELECT id, entry FROM refunds ORDER BY id";
    /// What is posted now.
    POSTED = "SELECT e.kind, COALESCE(e.bill, e.payment), e.at, q.ledger_account, q.bill, q.amount FROM journal_entries e \
              JOIN postings q ON q.entry = e.id ORDER BY e.kind, e.id, q.place";
}

/// Kind and thing of an entry, when it was, and an account it moved, of which bill, by how much.
type Posted = (String, i64, i64, String, Option<BillId>, i64);

/// A database with the steps that were there before.
struct Before {
    url: DatabaseUrl,
    _folder: TempDir,
}

impl Fixture for Before {
    async fn start(database: Database) -> Self {
        let folder = leash::folder();
        let url = match database {
            Database::Sqlite => DatabaseUrl::sqlite(folder.path().join("city.db")),
            Database::Postgres(url) => url.parse().unwrap(),
        };
        Self { url, _folder: folder }
    }
}

async fn run(store: &Store, statements: Vec<(&'static Query, Vec<Part>)>) {
    let write = store.write(statements, |tx, statements| {
        Box::pin(async move {
            for (query, parts) in statements {
                let values: Vec<_> = parts.iter().map(Part::value).collect();
                tx.execute(query, &values).await?;
            }
            Ok::<_, StoreError>(())
        })
    });
    write.await.unwrap();
}

/// A value of a row.
#[derive(Debug)]
enum Part {
    Number(i64),
    Text(&'static str),
    Bytes,
    Nothing,
}

impl Part {
    fn value(&self) -> citytime::portal::store::Value<'_> {
        use citytime::portal::store::Value;
        match self {
            Self::Number(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes => Value::Bytes(b"code"),
            Self::Nothing => Value::Null,
        }
    }
}

use Part::{Bytes, Nothing, Number, Text};

on_both_databases! {
    async fn what_was_there_is_posted(before: Before) {
        let steps = migrations::ALL.iter().position(|step| step.name == "0018_ledger").unwrap();
        let options = Options { migrations: &migrations::ALL[..steps], ..Options::default() };
        let store = Store::open(&before.url, options).await.unwrap();
        let last = BillId::SPACE - 1;
        let bill = |id, number, issued, amount, settled, status| {
            (&BILL, vec![Number(id), Text(number), Text(issued), Number(amount), Number(settled), Text(status)])
        };
        let posting = |place, account, of: Part, amount| {
            (&POSTING, vec![Number(7), Number(place), Text(account), of, Number(amount), Number(5_000)])
        };
        run(&store, vec![
            (&ACCOUNT, vec![]),
            (&METHOD, vec![]),
            (&RECORD, vec![Bytes]),
            // A leap day, the last day of a year, and the largest id there is.
            bill(1, "B-1", "2024-02-29", 500, 200, "open"),
            bill(2, "B-2", "2025-12-31", 300, 0, "void"),
            bill(last, "B-3", "1970-01-01", 90, 90, "paid"),
            (&PAYMENT, vec![Number(7), Number(290), Number(4_000)]),
            (&ALLOCATION, vec![Number(7), Number(1), Number(200)]),
            posting(0, "processor_clearing", Nothing, 290),
            posting(1, "receivable", Number(1), -200),
            posting(2, "receivable", Number(last), -90),
        ]).await;
        store.close().await.unwrap();

        let store = Store::open(&before.url, Options::default()).await.unwrap();
        let read = store.read((), |tx, ()| Box::pin(async move { tx.rows(&POSTED, &params![]).await }));
        let posted: Result<Vec<Posted>, StoreError> = read.await;
        let posted = posted.unwrap();
        let row = |kind: &str, thing, at, account: &str, bill: Option<i64>, amount| {
            (kind.to_owned(), thing, at, account.to_owned(), bill.map(BillId::new), amount)
        };
        let (leap, end) = (1_709_164_800_000, 1_767_139_200_000);
        let payment = PaymentId::new(7).number();
        assert_eq!(posted, [
            row("charge", 1, leap, "receivable", Some(1), 500),
            row("charge", 1, leap, "revenue", None, -500),
            row("charge", 2, end, "receivable", Some(2), 300),
            row("charge", 2, end, "revenue", None, -300),
            row("charge", last, 0, "receivable", Some(last), 90),
            row("charge", last, 0, "revenue", None, -90),
            row("payment", payment, 5_000, "processor_clearing", None, 290),
            row("payment", payment, 5_000, "receivable", Some(1), -200),
            row("payment", payment, 5_000, "receivable", Some(last), -90),
            row("void", 2, end, "receivable", Some(2), -300),
            row("void", 2, end, "revenue", None, 300),
        ]);
        store.close().await.unwrap();
    }
    /// Refunds of before have the entries they were posted as, in the order in which they were settled.
    async fn refunds_of_before_know_their_entries(before: Before) {
        let steps = migrations::ALL.iter().position(|step| step.name.ends_with("_disputes")).unwrap();
        let options = Options { migrations: &migrations::ALL[..steps], ..Options::default() };
        let store = Store::open(&before.url, options).await.unwrap();
        let first = 7 * 8_388_608 + 6_291_456;
        let refund = |id, status, settled: Part| (&REFUND, vec![Number(id), Text(status), settled]);
        run(&store, vec![
            (&ACCOUNT, vec![]),
            (&METHOD, vec![]),
            (&PAYMENT, vec![Number(7), Number(290), Number(4_000)]),
            (&ENTRY, vec![Number(first), Number(8_000)]),
            (&ENTRY, vec![Number(first + 1), Number(9_000)]),
            refund(2, "processing", Nothing),
            refund(3, "succeeded", Number(9_000)),
            refund(4, "failed", Number(7_000)),
            refund(5, "succeeded", Number(8_000)),
        ]).await;
        store.close().await.unwrap();
        let store = Store::open(&before.url, Options::default()).await.unwrap();
        let read = store.read((), |tx, ()| Box::pin(async move { tx.rows(&ENTRIES, &params![]).await }));
        let entries: Result<Vec<(i64, Option<i64>)>, StoreError> = read.await;
        assert_eq!(entries.unwrap(), [(2, None), (3, Some(first + 1)), (4, None), (5, Some(first))]);
        store.close().await.unwrap();
    }
}
