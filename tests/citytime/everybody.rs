//! Everybody's statements are what the ledger says: sums of postings, read at the database by queries of this test's own.

use std::collections::BTreeMap;

use citytime::api::id::AccountId;
use citytime::api::secret::Secret;
use citytime::portal::sandbox;
use citytime::portal::store::{Options, Query, Store, StoreError};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use crate::support::both::{Database, Fixture, on_both_databases};
use crate::support::command::Shell;
use crate::support::served::{Served, get, serve};

/// How many people live there beside those with a name.
const RESIDENTS: u32 = 5_000;
/// How many are so where every statement of the portal is a round trip.
const FEWER: u32 = 1_000;
/// How many statements are asked for at once.
const AT_ONCE: usize = 16;
/// The city's zone.
const ZONE: &str = "America/Chicago";

citytime::queries! {
    /// Everybody who lives there.
    PEOPLE = "SELECT id, username FROM accounts WHERE role = 'resident' ORDER BY id";
    /// The instant of the first entry of all.
    FIRST = "SELECT MIN(at) FROM journal_entries";
    /// What everybody owed by category at an instant, what changed it from then to another, and what they owed then.
    SUMS = "SELECT o.account, o.category, \
            CAST(SUM(CASE WHEN e.at < $1 THEN q.amount ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN e.at >= $1 AND e.kind IN ('charge', 'adjustment') THEN q.amount ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN e.at >= $1 AND e.kind IN ('void', 'credit') THEN -q.amount ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN e.at >= $1 AND e.kind = 'payment' THEN -q.amount ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN e.at >= $1 AND e.kind IN ('return', 'refund', 'reversal') THEN q.amount ELSE 0 END) AS BIGINT), \
            CAST(SUM(q.amount) AS BIGINT) \
            FROM (SELECT l.account AS account, b.id AS bill, b.category AS category FROM record_links l \
            JOIN bills b ON b.record = l.record \
            UNION ALL SELECT b.account, b.id, b.category FROM bills b WHERE b.account IS NOT NULL) AS o \
            JOIN postings q ON q.bill = o.bill JOIN journal_entries e ON e.id = q.entry WHERE e.at < $2 \
            GROUP BY o.account, o.category ORDER BY o.account, o.category";
}

/// Opening, charges, credits, payments, refunds, closing.
type Sums = [i64; 6];
const FIELDS: [&str; 6] = ["opening", "charges", "credits", "payments", "refunds", "closing"];
type Row = (AccountId, String, i64, i64, i64, i64, i64, i64);

/// A big sandbox, everybody in it signed in.
struct Town {
    operator: Shell,
    database: String,
    people: Vec<(AccountId, Secret)>,
    residents: u32,
}

impl Fixture for Town {
    async fn start(database: Database) -> Self {
        let operator = Shell::new();
        let (database, residents) = match database {
            Database::Sqlite => (format!("sqlite:{}", operator.home().join("town.db").display()), RESIDENTS),
            Database::Postgres(url) => (url, FEWER),
        };
        let store = Store::open(&database.parse().unwrap(), Options::default()).await.unwrap();
        let portal = sandbox::populate(store.clone(), None, residents).await.unwrap();
        let named: Vec<(AccountId, String)> = rows(&store, &PEOPLE, [0, 0]).await;
        let sign_in = async |(account, name): (AccountId, String)| {
            (account, sandbox::sign_in(&portal, name.leak()).await.unwrap())
        };
        let people = stream::iter(named).map(sign_in).buffered(AT_ONCE).collect().await;
        store.close().await.unwrap();
        Self { operator, database, people, residents }
    }
}

async fn rows<T: citytime::portal::store::FromRow + 'static>(
    store: &Store,
    query: &'static Query,
    span: [i64; 2],
) -> Vec<T> {
    let read = store.read_long(span, move |tx, span| {
        Box::pin(async move {
            // Those that take no instants are given none.
            let values = citytime::params![span[0], span[1]];
            tx.rows(query, if query.sql.contains("$2") { &values } else { &[] }).await
        })
    });
    read.await.map_err(|error: StoreError| error).unwrap()
}

/// The first instant of a year of the city.
fn begins(year: i16) -> i64 {
    jiff::civil::date(year, 1, 1).in_tz(ZONE).unwrap().timestamp().as_millisecond()
}

fn sums(line: &Value) -> Sums {
    FIELDS.map(|field| line[field].as_i64().unwrap_or_else(|| panic!("{field} of {line}")))
}

/// A statement of somebody, of a year.
async fn statement(served: &Served, token: &Secret, year: i16) -> Value {
    let got = get(&served.url, &format!("/v1/statement?year={year}"), Some(token)).await;
    assert_eq!(got.status, 200, "{}", got.body);
    serde_json::from_str(&got.body).unwrap()
}

on_both_databases! {
    /// Of everybody, of each year, by category and in all.
    async fn statements_are_what_the_ledger_says(town: Town) {
        assert!(town.people.len() > usize::try_from(town.residents).unwrap(), "{}", town.people.len());
        let store = Store::open(&town.database.parse().unwrap(), Options::default()).await.unwrap();
        let first: Vec<(i64,)> = rows(&store, &FIRST, [0, 0]).await;
        let first = jiff::Timestamp::from_millisecond(first[0].0).unwrap().in_tz(ZONE).unwrap().year();
        let now = citytime::portal::clock::Clock::machine().now().as_millisecond();
        let last = jiff::Timestamp::from_millisecond(now).unwrap().in_tz(ZONE).unwrap().year();
        assert!(first < last, "the past goes back beyond this year");
        let mut posted = Vec::new();
        for year in first..=last {
            let rows: Vec<Row> = rows(&store, &SUMS, [begins(year), begins(year + 1)]).await;
            let mut of = BTreeMap::<AccountId, BTreeMap<String, Sums>>::new();
            for (account, category, opening, charges, credits, payments, refunds, closing) in rows {
                let sums = [opening, charges, credits, payments, refunds, closing];
                of.entry(account).or_default().insert(category, sums);
            }
            posted.push((year, of));
        }
        // The portal has the database for itself.
        store.close().await.unwrap();
        let served = serve(&town.operator, &town.database).await;
        let (mut moved, mut compared) = ([0; 6], 0);
        for (year, of) in &posted {
            let told = stream::iter(&town.people)
                .map(async |(account, token)| (*account, statement(&served, token, *year).await))
                .buffered(AT_ONCE);
            let mut told = std::pin::pin!(told);
            while let Some((account, told)) = told.next().await {
                let lines = told["categories"].as_array().unwrap().iter();
                let lines: BTreeMap<_, _> = lines.map(|line| (line["category"].as_str().unwrap().to_owned(), sums(line))).collect();
                let posted = of.get(&account).cloned().unwrap_or_default();
                assert_eq!(lines, posted, "{account} in {year}");
                let total = posted.values().fold([0; 6], |sum, line| std::array::from_fn(|at| sum[at] + line[at]));
                assert_eq!(sums(&told["total"]), total, "{account} in {year}");
                moved = std::array::from_fn(|at| moved[at] + total[at]);
                compared += 1;
            }
        }
        assert_eq!(compared, town.people.len() * posted.len());
        assert!(moved[0] > 0 && moved[1] > 0 && moved[3] > 0, "there is something to add up: {moved:?}");
        served.drain().await;
    }
}
