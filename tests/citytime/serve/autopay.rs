//! The portal is killed at every commit of announcing and paying bills by themselves, one after the other, as by a power
//! cut: each bill is announced once and paid once, by the portal that comes next where it was not by the one that died.

#![expect(clippy::disallowed_methods, reason = "days go by at the database: a portal's clock is the machine's")]

use citytime::api::id::BillId;
use citytime::api::time::{Date, Timestamp};
use citytime::params;
use citytime::portal::store::{Store, StoreError};
use serde_json::Value;

use super::commit_points::KILLING;
use crate::support::api::client;
use crate::support::both::{Threads, on_postgres, on_sqlite};
use crate::support::commits::{Commits, Stop};
use crate::support::eventually::eventually;
use crate::support::running::Running;
use crate::support::served::{Riverton, Served};
use crate::support::tools::has_strace;

/// The most commits that are looked at.
const MOST: usize = 60;
/// After so many rounds in a row that met no kill there is no commit left.
const UNHARMED: u32 = 3;

citytime::queries! {
    /// Four days go by for what was announced.
    DAYS_GO_BY = "UPDATE autopay_runs SET pay_on = $1, announced_at = announced_at - 345600000 WHERE state = 'announced'";
    /// How often a bill was announced, in notices and in runs, and how often it was paid.
    CAME_TO = "SELECT (SELECT COUNT(*) FROM notices n WHERE n.about = $2 AND n.subject LIKE 'To be paid by itself%'), \
               (SELECT COUNT(*) FROM autopay_runs x WHERE x.bill = $1), \
               (SELECT COUNT(*) FROM allocations a JOIN payments p ON p.id = a.payment WHERE a.bill = $1 AND p.status = 'succeeded'), \
               (SELECT COUNT(*) FROM allocations a WHERE a.bill = $1)";
}

async fn days_go_by(store: &Store, today: Date) {
    let write = store
        .write(today, |tx, today| Box::pin(async move { tx.execute(&DAYS_GO_BY, &params![*today]).await.map(drop) }));
    write.await.map_err(|error: StoreError| error).unwrap();
}

/// Notices, runs, payments that arrived, payments.
async fn came_to(store: &Store, bill: BillId) -> (i64, i64, i64, i64) {
    let read =
        store.read(bill, |tx, bill| Box::pin(async move { tx.one(&CAME_TO, &params![*bill, bill.to_string()]).await }));
    read.await.map_err(|error: StoreError| error).unwrap()
}

/// The city issues a bill on rosa's water meter.
async fn issue(city: &Riverton, served: &Served, number: usize, due_on: Date) -> BillId {
    let line = format!(
        "number,record,category,title,issued_on,due_on,amount\nK-{number},UT-204177,utility,Water,2020-01-01,{due_on},80.00\n"
    );
    let made = city.nadia_at(served).command("staff bills import - -o json").stdin(line).run().await.ok().json();
    made[0]["id"].as_str().unwrap().parse().unwrap()
}

/// Whether a portal lived long enough to announce the last bill, and to pay the one before.
async fn came_to_an_end(url: &str, token: &str, bills: &[BillId]) -> bool {
    let client = client();
    let [.., last] = bills else { return true };
    let before = bills.iter().rev().nth(1);
    eventually("what the portal has to do, or its end", async || {
        let request = client.get(format!("{url}/v1/autopay")).bearer_auth(token);
        // Whatever is not answered any more is over.
        let Ok(answer) = request.send().await else { return Some(false) };
        let Ok(text) = answer.text().await else { return Some(false) };
        let shown: Value = serde_json::from_str(&text).unwrap();
        let is = |bill: &BillId, states: &[&str]| {
            let mut runs = shown["runs"].as_array().into_iter().flatten();
            runs.any(|run| run["bill"] == bill.to_string() && states.iter().any(|state| run["state"] == *state))
        };
        (is(last, &["announced", "paid"]) && before.is_none_or(|bill| is(bill, &["paid"]))).then_some(true)
    })
    .await
}

/// The portal that is killed in a round: how it is started, and the proxy that stops it, where one does.
type Doomed = (Running, Option<Commits>);

/// Kills a portal at its first commit, the next one at its second, and so on, until some have met no kill.
async fn killed_at_every_commit(mut city: Riverton, doom: impl Fn(&Riverton, usize) -> Doomed) {
    let now: Timestamp = citytime::portal::clock::Clock::machine().now();
    let today = now.date_in(&citytime::portal::sandbox::city().unwrap().zone);
    let served = city.serve().await;
    let rosa = city.rosa_at(&served).again();
    rosa.run("bills pay --all --yes").await.ok();
    rosa.run("bills autopay set --category utility").await.ok();
    let mut bills = vec![issue(&city, &served, 0, today).await];
    served.drain().await;
    let (mut struck, mut unharmed) = (0, 0);
    for nth in 1..=MOST {
        let (running, commits) = doom(&city, nth);
        let living = async {
            match running.until_or_end("listening on ").await {
                Some(url) => came_to_an_end(&url, &city.token, &bills).await,
                // It was killed before it listened.
                None => false,
            }
        };
        let whole = match &commits {
            Some(commits) => tokio::select! {
                () = commits.stopped() => false,
                whole = living => whole,
            },
            None => living.await,
        };
        running.signal("KILL");
        running.finish().await;
        drop(commits);
        (struck, unharmed) = if whole { (struck, unharmed + 1) } else { (struck + 1, 0) };
        let next = city.serve().await;
        city.nadia_at(&next).run("staff ledger check").await.ok();
        let fresh = issue(&city, &next, nth, today).await;
        next.drain().await;
        let books = city.books().await;
        books.balance().await;
        for (place, bill) in bills.iter().rev().enumerate() {
            let came_to = came_to(&books.store, *bill).await;
            assert_eq!((came_to.0, came_to.1), (1, 1), "{bill} was announced once, killed at commit {nth}");
            // What was announced in this round waits for the next; a worker that was quick announced it a round before.
            let paid = if place == 0 { 0..=1 } else { 1..=1 };
            assert!(paid.contains(&came_to.2) && came_to.2 == came_to.3, "{bill}, killed at commit {nth}: {came_to:?}");
        }
        days_go_by(&books.store, today).await;
        books.close().await;
        bills.push(fresh);
        if unharmed == UNHARMED {
            break;
        }
    }
    assert_eq!(unharmed, UNHARMED, "there are more commits than {MOST}");
    assert!(struck >= 3, "an announcement, an intent and a result each have a commit: {struck}");
}

/// As by a power cut: whenever something is made durable, and before it is.
#[test]
fn a_bill_is_announced_and_paid_once_whatever_the_portal_is_killed_at() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        if !has_strace(&city.operator).await {
            return;
        }
        killed_at_every_commit(city, |city, nth| {
            let (number, arguments) = (nth.to_string(), city.arguments("--listen 127.0.0.1:0"));
            let mut words = vec!["-c", KILLING, "killing", number.as_str()];
            words.extend(arguments.split(' '));
            (city.operator.program("sh", words).start(), None)
        })
        .await;
    });
}

/// The database goes on without it: it has seen the commit, or not.
#[test]
fn a_bill_is_announced_and_paid_once_whatever_commit_postgresql_lacks_or_has() {
    on_postgres(Threads::Several(2), async |city: Riverton| {
        killed_at_every_commit(city, |city, nth| {
            let (_, cluster) = city.database.split_once("host=").expect("the folder of the socket");
            let stop = if nth % 2 == 1 { Stop::Before } else { Stop::Behind };
            let commits = Commits::stopping(cluster, nth, stop);
            let arguments = city.arguments("--listen 127.0.0.1:0").replace(cluster, &commits.host());
            (city.operator.command(&arguments).start(), Some(commits))
        })
        .await;
    });
}
