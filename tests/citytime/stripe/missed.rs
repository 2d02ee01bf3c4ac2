//! What Stripe told and no webhook brought: it is learned from Stripe's list of events, once, and by whoever serves next.

use citytime::portal::store::StoreError;
use serde_json::{Value, json};

use super::later::{account, read, until};
use super::standin::WEBHOOK_SECRET;
use super::{by_stand_in, event, method, pay, settled, status, told};
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::eventually::eventually;
use crate::support::served::Riverton;

citytime::queries! {
    /// How many events were taken, and acted on; and until when the list was looked through.
    EVENTS = "SELECT COUNT(*), COUNT(handled_at), (SELECT MAX(until) FROM processor_seen) FROM processor_events WHERE id LIKE 'evt_lost_%'";
}

async fn events(city: &Riverton) -> (i64, i64, Option<i64>) {
    let books = city.books().await;
    let read = books.store.read((), |tx, ()| Box::pin(async move { tx.one(&EVENTS, &[]).await }));
    let events = read.await.map_err(|error: StoreError| error).unwrap();
    books.close().await;
    events
}

on_both_databases! {
    async fn what_nobody_was_told_is_learned_all_the_same(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let (visa, bank) = (method(rosa, "pm_card_visa").await, method(rosa, "pm_usBankAccount_success").await);
        let mut payments = Vec::new();
        for (category, method) in [("fine", &visa), ("permit", &visa), ("tax", &bank)] {
            payments.push(pay(rosa, &bill_of(rosa, category).await, method).await["id"].as_str().expect("an id").to_owned());
        }
        let [disputed, refunded, debited] = payments.as_slice() else { panic!("three") };
        let charge = |payment: &str| stripe.charges_of(payment)[0].clone();
        stripe.settle(debited, "succeeded", None);
        told(&served, &event("evt_1", "payment_intent.succeeded", &charge(debited)), 0, WEBHOOK_SECRET).await;
        assert_eq!(settled(rosa, debited).await, "succeeded");
        nadia.run(&format!("staff payments refund -y {refunded} --reason duplicate")).await.ok();
        served.drain().await;
        // A dispute is opened and lost, a refund does not arrive, a bank takes a debit back; and no webhook tells.
        let dispute = |payment: &str| json!({ "id": format!("dp_{}", charge(payment)["id"].as_str().expect("an id")), "object": "dispute" });
        stripe.settle_dispute(dispute(disputed)["id"].as_str().expect("an id"), "lost");
        let [refund] = stripe.refunds_of(refunded).try_into().expect("one");
        stripe.settle_refund(&refund["id"], "failed", Some("expired_or_canceled_card"));
        let now = citytime::portal::clock::Clock::machine().now().as_millisecond() / 1000;
        let day = 24 * 60 * 60;
        let lost: Vec<(Value, i64)> = vec![
            (event("evt_lost_0", "charge.dispute.created", &json!({ "id": "dp_long_ago", "object": "dispute" })), now - 31 * day),
            (event("evt_lost_1", "charge.dispute.created", &dispute(disputed)), now - 20 * day),
            (event("evt_lost_2", "charge.dispute.closed", &dispute(disputed)), now - 5 * day),
            (event("evt_lost_3", "refund.failed", &refund), now - 4 * day),
            (event("evt_lost_4", "charge.refund.updated", &refund), now - 4 * day),
            (event("evt_lost_5", "charge.dispute.created", &dispute(debited)), now - 3 * day),
            // Of this it is asked in any case.
            (event("evt_lost_6", "payment_intent.succeeded", &charge(debited)), now - 2 * day),
        ];
        for (event, created) in &lost {
            stripe.keeps_to_itself(event, *created);
        }
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        until(&nadia, disputed, "the dispute to be lost", |case| case["disputes"][0]["status"] == "lost").await;
        until(&nadia, refunded, "the refund to fail", |case| case["refunds"][0]["status"] == "failed").await;
        eventually("the debit to come back", async || (status(rosa, debited).await == "returned").then_some(())).await;
        assert_eq!(account(&nadia, "write_offs").await, 4_500);
        nadia.run("staff ledger check").await.ok();
        // A webhook that comes after all tells nothing new.
        for (event, _) in &lost[1..4] {
            assert_eq!(told(&served, event, 0, WEBHOOK_SECRET).await, 200);
        }
        served.drain().await;
        assert_eq!(events(&city).await, (5, 5, Some(1000 * (now - 3 * day))));
        // The next portal looks from there on, and posts nothing twice.
        stripe.keeps_to_itself(&event("evt_lost_7", "charge.dispute.updated", &dispute(disputed)), now);
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        eventually("the new event", async || {
            let trail = read(&nadia, "staff audit list --operation webhooks.catch_up").await;
            (trail.as_array()?.len() == 6).then_some(())
        })
        .await;
        for (payment, kind) in [(disputed, "chargeback"), (refunded, "reversal"), (debited, "return")] {
            let entries = read(&nadia, &format!("staff ledger entries --payment {payment}")).await;
            let posted = entries.as_array().unwrap().iter().filter(|entry| entry["kind"] == kind).count();
            assert_eq!(posted, 1, "{entries}");
        }
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
        assert_eq!(events(&city).await, (6, 6, Some(1000 * now)));
    }
}
