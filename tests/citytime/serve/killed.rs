//! A portal that is killed: nothing a client was told of is lost, nothing happens twice, nothing stays in between.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use citytime::api::id::{AccountId, PaymentId};
use citytime::api::problem::Code;
use tokio::task::JoinSet;

use crate::support::both::on_both_databases;
use crate::support::eventually::eventually;
use crate::support::served::{Made, Payer, Port, Riverton};

/// How often the portal is killed.
const KILLS: usize = 10;
/// How many payments are acknowledged between two kills.
const BETWEEN: usize = 60;

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
async fn pay_on(payer: Payer, url: String, tally: Arc<Tally>) -> Told {
    let mut told = Told::new();
    while !tally.is_over.load(Ordering::Relaxed) {
        let amount = 1 + i64::try_from(told.len() % 5).unwrap();
        let key = format!("part-{}", told.len());
        let payment = loop {
            match payer.pay(&url, &key, amount, 8).await {
                Ok(payment) => break payment,
                Err(failure) => {
                    let passing = [Code::Network, Code::OutcomeUnknown, Code::Unavailable, Code::TimedOut];
                    assert!(passing.contains(&failure.code), "{:?}: {failure}", failure.code);
                    tally.repeated.fetch_add(1, Ordering::Relaxed);
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

on_both_databases! {
    threads: 2,

    /// Sixty-four clients pay on while the portal is killed and started again ten times.
    async fn ten_times(city: Riverton) {
        let port = Port::reserve();
        let listen = format!("--listen {}", port.address);
        let mut served = city.serve_with(&listen).await;
        let tally = Arc::new(Tally::default());
        let mut clients = JoinSet::new();
        for payer in city.crowd.clone() {
            clients.spawn(pay_on(payer, served.url.clone(), Arc::clone(&tally)));
        }
        for kill in 1..=KILLS {
            let enough = tally.acknowledged.load(Ordering::Relaxed) + BETWEEN;
            eventually(&format!("{enough} payments, before kill {kill}"), async || {
                let clients_go_on = clients.try_join_next().is_none();
                assert!(clients_go_on, "a client ended early");
                (tally.acknowledged.load(Ordering::Relaxed) >= enough).then_some(())
            })
            .await;
            served.kill().await;
            served = city.serve_with(&listen).await;
        }
        tally.is_over.store(true, Ordering::Relaxed);
        let told: Told = clients.join_all().await.into_iter().flatten().collect();
        // A portal that starts settles what is open before it ends.
        served.drain().await;
        city.serve_with(&listen).await.drain().await;

        let books = city.books().await;
        let made: Vec<Made> = books.payments().await;
        let known: Told = made.iter().map(|made| ((made.account, made.key.clone()), (made.id, made.amount.0))).collect();
        assert_eq!(known.len(), made.len(), "no key made two payments");
        assert_eq!(known, told, "what clients were told of is what was paid");
        assert!(made.iter().all(|made| made.status == "succeeded"), "every payment succeeded");
        assert!(told.len() >= KILLS * BETWEEN);
        books.balance().await;
        books.close().await;
    }
}
