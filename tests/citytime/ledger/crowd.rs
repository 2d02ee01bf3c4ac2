//! Ten thousand operations by thirty-two clients at once, on two portals where the database serves several. Every few
//! operations a night goes by, on the clocks of all portals, and what is to be paid by itself is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use citytime::api::time::Date;
use citytime::portal::sandbox;
use citytime::portal::store::{Options, Store, StoreError};
use jiff::SignedDuration;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::model::{self, Step, Time};
use super::player::{Player, Rounds};
use crate::support::api::Api;
use crate::support::both::{Threads, on_both_databases, on_postgres};
use crate::support::served::{Riverton, Served};

const CLIENTS: usize = 32;
/// What runs on one portal and SQLite, and on two and PostgreSQL.
const OPERATIONS: usize = 10_000;
/// What runs on one portal and PostgreSQL.
const FEWER: usize = 1_000;
/// How many operations a life has: its bills are then settled or withdrawn, and another begins.
const LIFE: usize = 25;
/// How many operations a day has: a life is as long as an announced payment waits, and longer.
const DAY: usize = 5;
/// Cards alone: what a bank has on its way would settle at some moment of the night.
const CARDS: usize = 2;
/// For how many days somebody stays signed in.
const SIGNED_IN: usize = 12;

citytime::queries! {
    /// How many bills were paid by themselves, and how many of them sooner than three days after the notice that told it.
    BY_THEMSELVES = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM notices n WHERE n.account = x.account \
                     AND n.created_at = x.announced_at AND n.subject LIKE 'To be paid by itself%' \
                     AND n.created_at + 259200000 <= p.created_at) THEN 0 ELSE 1 END), 0) AS BIGINT) \
                     FROM autopay_runs x JOIN payments p ON p.id = x.payment";
}

/// Somebody, signed in on all the days there will be.
#[derive(Clone)]
struct Person {
    tokens: Vec<String>,
}

impl Person {
    /// Their sign-in on a day.
    fn at(&self, url: &str, day: usize) -> Api {
        Api::to(url).with_token(self.tokens[day / SIGNED_IN].as_str())
    }
}

/// What all clients share.
struct Town {
    urls: Vec<String>,
    clerk: Person,
    first_day: Date,
    done: AtomicUsize,
    /// All clients, and whoever moves the clocks.
    night: Barrier,
}

/// Signs people of the crowd and the clerk in, for so many days.
async fn move_in(city: &Riverton, days: usize) -> (Vec<Person>, Person) {
    let store = Store::open(&city.database.parse().unwrap(), Options::default()).await.unwrap();
    let portal = sandbox::populate(store.clone(), None, 0).await.unwrap();
    let names = city.crowd.iter().take(CLIENTS).map(|payer| payer.username).chain([sandbox::CLERK]);
    let mut people: Vec<(&str, Person)> = names.map(|name| (name, Person { tokens: Vec::new() })).collect();
    for _ in 0..=days / SIGNED_IN {
        for (name, person) in &mut people {
            person.tokens.push(sandbox::sign_in(&portal, name).await.unwrap().expose().to_owned());
        }
        let ahead = SignedDuration::from_hours(24 * i64::try_from(SIGNED_IN).unwrap());
        assert!(portal.clock().advance(i64::try_from(ahead.as_millis()).unwrap()));
    }
    store.close().await.unwrap();
    let mut people: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
    let clerk = people.pop().expect("the clerk is the last");
    (people, clerk)
}

/// Lives on until all operations were done.
async fn live(client: usize, person: Person, town: Arc<Town>, lives: Vec<Vec<Step>>) {
    let mut urls = town.urls.iter().cycle().skip(client);
    let (mut day, mut steps) = (0, 0);
    for (life, plan) in lives.iter().enumerate() {
        // Each life at the next portal.
        let url = urls.next().expect("there is a portal");
        let today = town.first_day.plus_days(i32::try_from(day).unwrap());
        let (payer, clerk) = (person.at(url, day), town.clerk.at(url, day));
        let mut player = Player::new(payer, clerk, &format!("C-{client}-{life}"), today, Rounds::AtNight).await;
        for (place, step) in plan.iter().enumerate() {
            player.play(&format!("client-{client}-{life}-{place}"), step).await;
            town.done.fetch_add(1, Ordering::Relaxed);
            steps += 1;
            if steps % DAY == 0 {
                day += 1;
                town.night.wait().await;
                town.night.wait().await;
                player.sign_in(person.at(url, day), town.clerk.at(url, day));
                player.a_night_went_by(town.first_day.plus_days(i32::try_from(day).unwrap())).await;
            }
        }
        player.compare(&format!("after {plan:?}")).await;
    }
}

/// Waits for all clients; a client that failed fails the test.
async fn all_there(town: &Town, clients: &mut JoinSet<()>) {
    tokio::select! {
        _ = town.night.wait() => {}
        ended = clients.join_next() => ended.expect("clients live as long as there are days").unwrap(),
    }
}

/// Serves the city with a clock that can be moved.
async fn serve(city: &Riverton) -> Served {
    let running = city.operator.command(&format!("sandbox --database {}", city.database)).start();
    let told = running.until("citytime login -c ").await;
    Served { running, url: told.split(' ').next().expect("an address").to_owned() }
}

/// Lets all clients live at so many portals, then looks at the books.
async fn crowd(city: &Riverton, portals: usize, operations: usize) {
    let lives = operations.div_ceil(CLIENTS * LIFE);
    let days = lives * LIFE / DAY;
    let (people, clerk) = move_in(city, days).await;
    let mut served = Vec::new();
    for _ in 0..portals {
        served.push(serve(city).await);
    }
    let now =
        clerk.at(&served[0].url, 0).ask("POST", "/v1/staff/clock/advance", Some(json!({"by": "0d"})), None).await.ok();
    let town = Arc::new(Town {
        urls: served.iter().map(|served| served.url.clone()).collect(),
        clerk: clerk.clone(),
        first_day: now["today"].as_str().unwrap().parse().unwrap(),
        done: AtomicUsize::new(0),
        night: Barrier::new(CLIENTS + 1),
    });
    let steps = proptest::collection::vec(model::step(CARDS, Time::AtNight), LIFE);
    let mut runner = TestRunner::deterministic();
    let mut clients = JoinSet::new();
    for (client, person) in people.into_iter().enumerate() {
        let lives: Vec<Vec<Step>> = (0..lives).map(|_| steps.new_tree(&mut runner).unwrap().current()).collect();
        clients.spawn(live(client, person, Arc::clone(&town), lives));
    }
    for day in 0..days {
        all_there(&town, &mut clients).await;
        let nights = town.urls.iter().map(|url| clerk.at(url, day)).collect::<Vec<_>>();
        // A second round finishes what the worker was at by itself in the first one.
        for by in ["1d", "0d"] {
            let by = json!({"by": by});
            let rounds =
                nights.iter().map(|clerk| clerk.ask("POST", "/v1/staff/clock/advance", Some(by.clone()), None));
            for answer in futures_util::future::join_all(rounds).await {
                answer.ok();
            }
        }
        all_there(&town, &mut clients).await;
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    assert!(town.done.load(Ordering::Relaxed) >= operations);
    let found = clerk.at(&served[0].url, days).get("/v1/staff/ledger/check").await.ok();
    assert_eq!(found["faults"], json!([]));
    assert!(found["entries"].as_i64().unwrap() > i64::try_from(operations / 4).unwrap(), "{found}");
    for served in served {
        served.drain().await;
    }
    let books = city.books().await;
    let read = books.store.read((), |tx, ()| Box::pin(async move { tx.one::<(i64, i64)>(&BY_THEMSELVES, &[]).await }));
    let (paid, unannounced) = read.await.map_err(|error: StoreError| error).unwrap();
    assert_eq!(unannounced, 0, "each was announced three days ahead");
    assert!(paid >= i64::try_from(CLIENTS / 4).unwrap(), "some were paid by themselves: {paid}");
    books.close().await;
}

on_both_databases! {
    threads: 2,

    async fn many_at_once(city: Riverton) {
        let operations = if city.database.starts_with("sqlite:") { OPERATIONS } else { FEWER };
        crowd(&city, 1, operations).await;
    }
}

#[test]
fn ten_thousand_on_two_portals() {
    on_postgres(Threads::Several(2), async |city: Riverton| crowd(&city, 2, OPERATIONS).await);
}
