//! Ten thousand operations by thirty-two clients at once, on two portals where the database serves several.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use tokio::task::JoinSet;

use super::model::{self, Step};
use super::player::Player;
use crate::support::api::Api;
use crate::support::both::{Threads, on_both_databases, on_postgres};
use crate::support::served::{Riverton, Served};

const CLIENTS: usize = 32;
/// What runs on two portals and PostgreSQL.
const OPERATIONS: usize = 10_000;
/// What runs on one portal, where every test run has the time for it.
const FEWER: usize = 1_000;
/// How many operations a life has: its bills are then settled or withdrawn, and another begins.
const LIFE: usize = 25;
/// Cards alone: the clock of a portal that is served cannot be moved.
const CARDS: usize = 2;

/// Lives on until all operations were done.
async fn live(
    client: usize,
    urls: Vec<String>,
    tokens: (String, String),
    lives: Vec<Vec<Step>>,
    done: Arc<AtomicUsize>,
) {
    let mut urls = urls.iter().cycle().skip(client);
    for (life, steps) in lives.iter().enumerate() {
        // Each life at the next portal.
        let url = urls.next().expect("there is a portal");
        let (rosa, nadia) = (Api::to(url).with_token(tokens.0.as_str()), Api::to(url).with_token(tokens.1.as_str()));
        let mut player = Player::new(rosa, nadia, &format!("C-{client}-{life}")).await;
        for (place, step) in steps.iter().enumerate() {
            player.play(&format!("client-{client}-{life}-{place}"), step).await;
            done.fetch_add(1, Ordering::Relaxed);
        }
        player.compare(&format!("after {steps:?}")).await;
    }
}

/// Lets all clients live at these portals, then looks at the books.
async fn crowd(city: &Riverton, served: &[Served], operations: usize) {
    let urls: Vec<String> = served.iter().map(|served| served.url.clone()).collect();
    let lives = operations.div_ceil(CLIENTS * LIFE);
    let steps = proptest::collection::vec(model::step(CARDS, false), LIFE);
    let mut runner = TestRunner::deterministic();
    let (done, mut clients) = (Arc::new(AtomicUsize::new(0)), JoinSet::new());
    for client in 0..CLIENTS {
        let lives: Vec<Vec<Step>> = (0..lives).map(|_| steps.new_tree(&mut runner).unwrap().current()).collect();
        let tokens = (city.token.clone(), city.clerk_token.clone());
        clients.spawn(live(client, urls.clone(), tokens, lives, Arc::clone(&done)));
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    assert!(done.load(Ordering::Relaxed) >= operations);
    let found = city.nadia_at(&served[0]).run("staff ledger check -o json").await.ok().json();
    assert!(found["entries"].as_i64().unwrap() > i64::try_from(operations / 4).unwrap(), "{found}");
}

on_both_databases! {
    threads: 2,

    async fn many_at_once(city: Riverton) {
        let served = [city.serve().await];
        crowd(&city, &served, FEWER).await;
        let [served] = served;
        served.drain().await;
    }
}

#[test]
fn ten_thousand_on_two_portals() {
    on_postgres(Threads::Several(2), async |city: Riverton| {
        let served = [city.serve().await, city.serve().await];
        crowd(&city, &served, OPERATIONS).await;
        for served in served {
            served.drain().await;
        }
    });
}
