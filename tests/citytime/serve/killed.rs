//! Portals that are killed, one alone or one of two, and a database that is restarted under them: nothing a client was
//! told of is lost, nothing happens twice, nothing stays in between.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use citytime::api::id::{AccountId, PaymentId};
use citytime::api::problem::Code;
use tokio::task::JoinSet;

use crate::support::both::{Threads, on_both_databases, on_postgres};
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::postgres;
use crate::support::served::{Made, Payer, Port, Riverton};

/// How many payments are acknowledged between two blows.
const BETWEEN: usize = 60;
/// How often a client tries again by itself, after a first failure, before it turns to the next portal.
const RETRIES: u32 = 2;

/// What the clients and the one who kills know of each other.
#[derive(Default)]
struct Tally {
    acknowledged: AtomicUsize,
    repeated: AtomicUsize,
    is_over: AtomicBool,
}

/// What a client was told: its key, and the payment and amount of it.
type Told = BTreeMap<(AccountId, String), (PaymentId, i64)>;

/// Pays small parts of a bill, each under a key of its own, until it is told to end. A payment whose outcome is not
/// known is repeated under its key until it is.
/// Each attempt goes to the next of the portals.
async fn pay_on(payer: Payer, urls: Vec<String>, tally: Arc<Tally>) -> Told {
    let mut portals = urls.iter().cycle();
    let mut told = Told::new();
    while !tally.is_over.load(Ordering::Relaxed) {
        let amount = 1 + i64::try_from(told.len() % 5).unwrap();
        let key = format!("part-{}", told.len());
        // What a blow meets is seen by the first attempt, which the client does not repeat by itself.
        let mut retries = 0;
        let payment = loop {
            let url = portals.next().expect("there is a portal");
            match payer.pay(url, &key, amount, retries).await {
                Ok(payment) => break payment,
                Err(failure) => {
                    let passing = [Code::Network, Code::OutcomeUnknown, Code::Unavailable, Code::TimedOut];
                    assert!(passing.contains(&failure.code), "{:?}: {failure}", failure.code);
                    tally.repeated.fetch_add(1, Ordering::Relaxed);
                    retries = RETRIES;
                }
            }
        };
        assert_eq!(payment.amount.0, amount, "the payment is the one asked for");
        let before = told.insert((payer.account, key), (payment.id, amount));
        assert!(before.is_none());
        tally.acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    told
}

/// Sixty-four clients that pay on.
struct Clients {
    tally: Arc<Tally>,
    clients: JoinSet<Told>,
}

impl Clients {
    fn of(city: &Riverton, urls: &[&str]) -> Self {
        let urls: Vec<String> = urls.iter().map(|&url| url.to_owned()).collect();
        let tally = Arc::new(Tally::default());
        let mut clients = JoinSet::new();
        for payer in city.crowd.clone() {
            clients.spawn(pay_on(payer, urls.clone(), Arc::clone(&tally)));
        }
        Self { tally, clients }
    }

    /// Waits until so many more payments were acknowledged.
    async fn pay(&mut self, more: usize) {
        let enough = self.tally.acknowledged.load(Ordering::Relaxed) + more;
        eventually(&format!("{enough} payments"), async || {
            assert!(self.clients.try_join_next().is_none(), "a client ended early");
            (self.tally.acknowledged.load(Ordering::Relaxed) >= enough).then_some(())
        })
        .await;
    }

    /// Lets each end the payment it is at, and returns what they were told. Blows that met no payment proved nothing.
    async fn end(self) -> Told {
        self.tally.is_over.store(true, Ordering::Relaxed);
        let told = self.clients.join_all().await.into_iter().flatten().collect();
        let repeated = self.tally.repeated.load(Ordering::Relaxed);
        assert!(repeated > 0, "no payment was repeated: no blow met one");
        told
    }
}

/// Asserts that what clients were told of is what was paid, once, after a portal has begun and ended: it settles what
/// is open before it ends.
async fn compare(city: &Riverton, told: Told) {
    city.serve().await.drain().await;
    let books = city.books().await;
    let made: Vec<Made> = books.payments().await;
    let known: Told = made.iter().map(|made| ((made.account, made.key.clone()), (made.id, made.amount.0))).collect();
    assert_eq!(known.len(), made.len(), "no key made two payments");
    assert_eq!(known, told, "what clients were told of is what was paid");
    assert!(made.iter().all(|made| made.status == "succeeded"), "every payment succeeded");
    books.balance().await;
    books.close().await;
}

on_both_databases! {
    threads: 2,

    /// The portal is killed and started again ten times, on the port its clients know.
    async fn ten_times(city: Riverton) {
        let port = Port::reserve();
        let listen = format!("--listen {}", port.address);
        let mut served = city.serve_with(&listen).await;
        let mut clients = Clients::of(&city, &[&served.url]);
        for _ in 0..10 {
            clients.pay(BETWEEN).await;
            served.kill().await;
            served = city.serve_with(&listen).await;
        }
        let told = clients.end().await;
        served.drain().await;
        compare(&city, told).await;
    }
}

/// Of two portals on one database one after the other is killed; clients turn to the one that is left, under the same
/// keys.
#[test]
fn one_of_two_portals() {
    on_postgres(Threads::Several(2), async |city: Riverton| {
        let ports = [Port::reserve(), Port::reserve()];
        let listen = ports.each_ref().map(|port| format!("--listen {}", port.address));
        let (mut victim, mut other) = (city.serve_with(&listen[0]).await, city.serve_with(&listen[1]).await);
        let mut clients = Clients::of(&city, &[&victim.url, &other.url]);
        for kill in 0..6 {
            clients.pay(BETWEEN).await;
            victim.kill().await;
            clients.pay(BETWEEN).await;
            victim = std::mem::replace(&mut other, city.serve_with(&listen[kill % 2]).await);
        }
        let told = clients.end().await;
        victim.drain().await;
        other.drain().await;
        compare(&city, told).await;
    });
}

/// PostgreSQL is restarted three times under a portal that goes on.
#[test]
fn the_database_under_load() {
    Threads::Several(2).block_on(async {
        let Some(cluster) = postgres::own() else { return };
        let city = Riverton::at(Shell::new(), cluster.database().await).await;
        let served = city.serve().await;
        let mut clients = Clients::of(&city, &[&served.url]);
        for _ in 0..3 {
            clients.pay(BETWEEN).await;
            cluster.stop();
            cluster.start_again();
        }
        clients.pay(BETWEEN).await;
        let told = clients.end().await;
        served.drain().await;
        compare(&city, told).await;
    });
}
