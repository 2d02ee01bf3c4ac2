//! Everybody's statements are what the ledger says: sums of postings, read at the database by queries of this test's own.
//! Before that a clerk has given back, taken off and withdrawn something of some, and a bank has taken something back.

use std::collections::BTreeMap;

use citytime::api::id::{AccountId, BillId, PaymentId};
use citytime::api::secret::Secret;
use citytime::portal::sandbox;
use citytime::portal::store::{Options, Query, Store, StoreError};
use futures_util::{StreamExt as _, stream};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::{Database, Fixture, on_both_databases};
use crate::support::command::Shell;
use crate::support::served::{Served, get, serve};

/// How many people live there beside those with a name.
const RESIDENTS: u32 = 5_000;
/// How many statements are asked for at once.
const AT_ONCE: usize = 16;
/// How many things of each kind a clerk does.
const DONE: usize = 20;
/// The city's zone.
const ZONE: &str = "America/Chicago";

citytime::queries! {
    /// Everybody who lives there.
    PEOPLE = "SELECT id, username FROM accounts WHERE role = 'resident' ORDER BY id";
    /// Bills of water of which nothing was paid.
    OWED = "SELECT id FROM bills WHERE category = 'utility' AND status = 'open' AND settled = 0 AND pending = 0 ORDER BY id";
    /// Payments of them that arrived, one of each payer.
    ARRIVED = "SELECT MIN(p.id) FROM payments p JOIN allocations a ON a.payment = p.id JOIN bills b ON b.id = a.bill \
               WHERE p.status = 'succeeded' AND b.category = 'utility' GROUP BY p.account ORDER BY p.account";
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
    clerk: Secret,
}

impl Fixture for Town {
    async fn start(database: Database) -> Self {
        let operator = Shell::new();
        let database = match database {
            Database::Sqlite => format!("sqlite:{}", operator.home().join("town.db").display()),
            Database::Postgres(url) => url,
        };
        let store = Store::open(&database.parse().unwrap(), Options::default()).await.unwrap();
        let portal = sandbox::populate(store.clone(), None, RESIDENTS).await.unwrap();
        let named: Vec<(AccountId, String)> = rows(&store, &PEOPLE, [0, 0]).await;
        let sign_in = async |(account, name): (AccountId, String)| {
            (account, sandbox::sign_in(&portal, name.leak()).await.unwrap())
        };
        let people = stream::iter(named).map(sign_in).buffered(AT_ONCE).collect().await;
        let clerk = sandbox::sign_in(&portal, sandbox::CLERK).await.unwrap();
        store.close().await.unwrap();
        Self { operator, database, people, clerk }
    }
}

impl Town {
    /// The database, while no portal has it.
    async fn store(&self) -> Store {
        Store::open(&self.database.parse().unwrap(), Options::default()).await.unwrap()
    }

    /// Lets a clerk take something off some bills and withdraw others, give some payments back, and note that a bank took
    /// others back: the made-up past has nothing of that.
    async fn is_corrected(&self) {
        let store = self.store().await;
        let owed: Vec<(BillId,)> = rows(&store, &OWED, [0, 0]).await;
        let arrived: Vec<(PaymentId,)> = rows(&store, &ARRIVED, [0, 0]).await;
        store.close().await.unwrap();
        assert!(
            owed.len() >= 2 * DONE && arrived.len() >= 2 * DONE,
            "{} bills, {} payments",
            owed.len(),
            arrived.len()
        );
        let served = serve(&self.operator, &self.database).await;
        let nadia = Api::to(&served.url).with_token(self.clerk.expose());
        for place in 0..DONE {
            let [(credited,), (withdrawn,)] = [owed[place], owed[DONE + place]];
            let [(refunded,), (returned,)] = [arrived[place], arrived[DONE + place]];
            for (path, body) in [
                (format!("bills/{credited}/credit"), json!({"amount": 101 + place, "reason": "a test"})),
                (format!("bills/{withdrawn}/void"), json!({"reason": "a test"})),
                (
                    format!("payments/{refunded}/refunds"),
                    json!({"amount": 102 + place, "reason": "billing_error", "bills": "reopened"}),
                ),
                (format!("payments/{returned}/return"), json!({"code": "R01"})),
            ] {
                nadia.ask("POST", &format!("/v1/staff/{path}"), Some(body), Some(&path)).await.ok();
            }
        }
        served.drain().await;
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

/// The first instant of a day of the city.
fn begins(day: Date) -> i64 {
    day.in_tz(ZONE).unwrap().timestamp().as_millisecond()
}

/// The days of a statement: how they are asked for, and the instants between which they lie.
struct Days {
    asked: String,
    from: i64,
    end: i64,
}

impl Days {
    fn year(year: i16) -> Self {
        let [from, end] = [year, year + 1].map(|year| begins(date(year, 1, 1)));
        Self { asked: format!("year={year}"), from, end }
    }

    /// A hundred days until today: more than what is owed at once has been before them.
    fn hundred(today: Date) -> Self {
        let first = today.checked_sub(100.days()).unwrap();
        let end = begins(today.tomorrow().unwrap());
        Self { asked: format!("from={first}&to={today}"), from: begins(first), end }
    }
}

fn sums(line: &Value) -> Sums {
    FIELDS.map(|field| line[field].as_i64().unwrap_or_else(|| panic!("{field} of {line}")))
}

/// A statement of somebody.
async fn statement(served: &Served, token: &Secret, days: &Days) -> Value {
    let got = get(&served.url, &format!("/v1/statement?{}", days.asked), Some(token)).await;
    assert_eq!(got.status, 200, "{}", got.body);
    serde_json::from_str(&got.body).unwrap()
}

on_both_databases! {
    /// Of everybody, of each year and of a hundred days, by category and in all.
    async fn statements_are_what_the_ledger_says(town: Town) {
        assert!(town.people.len() > usize::try_from(RESIDENTS).unwrap(), "{}", town.people.len());
        town.is_corrected().await;
        let store = town.store().await;
        let first: Vec<(i64,)> = rows(&store, &FIRST, [0, 0]).await;
        let day = |at: i64| jiff::Timestamp::from_millisecond(at).unwrap().in_tz(ZONE).unwrap().date();
        let today = day(citytime::portal::clock::Clock::machine().now().as_millisecond());
        let years = day(first[0].0).year()..=today.year();
        assert!(years.clone().count() > 1, "the past goes back beyond this year");
        let mut posted = Vec::new();
        for days in years.map(Days::year).chain([Days::hundred(today)]) {
            let rows: Vec<Row> = rows(&store, &SUMS, [days.from, days.end]).await;
            let mut of = BTreeMap::<AccountId, BTreeMap<String, Sums>>::new();
            for (account, category, opening, charges, credits, payments, refunds, closing) in rows {
                let sums = [opening, charges, credits, payments, refunds, closing];
                of.entry(account).or_default().insert(category, sums);
            }
            posted.push((days, of));
        }
        // The portal has the database for itself.
        store.close().await.unwrap();
        let served = serve(&town.operator, &town.database).await;
        let (mut moved, mut compared) = ([0; 6], 0);
        for (days, of) in &posted {
            let told = stream::iter(&town.people)
                .map(async |(account, token)| (*account, statement(&served, token, days).await))
                .buffered(AT_ONCE);
            let mut told = std::pin::pin!(told);
            while let Some((account, told)) = told.next().await {
                let lines = told["categories"].as_array().unwrap().iter();
                let lines: BTreeMap<_, _> = lines.map(|line| (line["category"].as_str().unwrap().to_owned(), sums(line))).collect();
                let posted = of.get(&account).cloned().unwrap_or_default();
                assert_eq!(lines, posted, "{account}, {}", days.asked);
                let total = posted.values().fold([0; 6], |sum, line| std::array::from_fn(|at| sum[at] + line[at]));
                assert_eq!(sums(&told["total"]), total, "{account}, {}", days.asked);
                moved = std::array::from_fn(|at| moved[at] + total[at]);
                compared += 1;
            }
        }
        assert_eq!(compared, town.people.len() * posted.len());
        assert!(moved.iter().all(|sum| *sum > 0), "there is something to add up in each column: {moved:?}");
        served.drain().await;
    }
}
