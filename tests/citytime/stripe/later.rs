//! What goes wrong when all had been well: a refund that does not arrive, a return of what was given back, a card's holder
//! who disputes; and that it is noted in any order.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::standin::WEBHOOK_SECRET;
use super::{by_stand_in, event, method, pay, settled, status, told};
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::served::Riverton;

pub(super) async fn read(shell: &Shell, line: &str) -> Value {
    shell.run(&format!("{line} -o json")).await.ok().json()
}

/// Amount, paid and state of a bill.
async fn stands(shell: &Shell, bill: &str) -> Value {
    let bill = read(shell, &format!("bills show {bill}")).await;
    json!([bill["amount"], bill["paid"], bill["status"]])
}

/// What an account of the ledger stands at.
pub(super) async fn account(nadia: &Shell, name: &str) -> i64 {
    let accounts = read(nadia, "staff ledger accounts").await;
    let found = accounts.as_array().unwrap().iter().find(|account| account["account"] == name);
    found.unwrap()["balance"].as_i64().unwrap()
}

/// Waits until a payment is as a clerk should see it.
pub(super) async fn until(nadia: &Shell, payment: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    eventually(what, async || {
        Some(read(nadia, &format!("staff payments show {payment}")).await).filter(|case| is_so(case))
    })
    .await
}

async fn notices(shell: &Shell, subject: &str) -> usize {
    let notices = read(shell, "notifications list").await;
    notices.as_array().unwrap().iter().filter(|notice| notice["subject"].as_str().unwrap().starts_with(subject)).count()
}

on_both_databases! {
    async fn a_refund_that_does_not_arrive_is_undone(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let visa = method(rosa, "pm_card_visa").await;
        let (fine, permit) = (bill_of(rosa, "fine").await, bill_of(rosa, "permit").await);
        let words = ["bills", "pay", &fine, &permit, "--method", &visa, "-y", "--jq", ".id"];
        let payment = rosa.run(words).await.ok().stdout.trim().to_owned();
        let clearing = account(&nadia, "processor_clearing").await;
        // All of one bill and part of the other go back; then all of it is there again.
        let refund = read(&nadia, &format!("staff payments refund -y {payment} --amount 100 --reason billing_error")).await;
        assert_eq!((stands(rosa, &permit).await, stands(rosa, &fine).await), (json!([7500, 0, "open"]), json!([4500, 2000, "open"])));
        let fails = |refunds: Vec<Value>| stripe.settle_refund(&refunds[refunds.len() - 1]["id"], "failed", Some("expired_or_canceled_card"));
        let last = |payment: &str| stripe.refunds_of(payment).pop().expect("a refund");
        fails(stripe.refunds_of(&payment));
        // Told twice, in Stripe's two ways: undone once.
        for (id, kind) in [("evt_1", "refund.failed"), ("evt_2", "charge.refund.updated")] {
            assert_eq!(told(&served, &event(id, kind, &last(&payment)), 0, WEBHOOK_SECRET).await, 200);
        }
        let case = until(&nadia, &payment, "the refund to fail", |case| case["refunds"][0]["status"] == "failed").await;
        assert_eq!((&case["refunded"], &case["status"], &case["refunds"][0]["id"]), (&json!(0), &json!("succeeded"), &refund["id"]));
        assert_eq!(case["refunds"][0]["failure"]["detail"], "the card is not in use any more");
        assert_eq!((stands(rosa, &permit).await, stands(rosa, &fine).await), (json!([7500, 7500, "paid"]), json!([4500, 4500, "paid"])));
        assert_eq!(account(&nadia, "processor_clearing").await, clearing);
        assert_eq!((notices(rosa, "Refund: $100.00").await, notices(rosa, "Refund did not arrive: $100.00").await), (1, 1));
        let entries = read(&nadia, &format!("staff ledger entries --payment {payment}")).await;
        assert_eq!(entries.as_array().unwrap().iter().filter(|entry| entry["kind"] == "reversal").count(), 1);
        nadia.run("staff ledger check").await.ok();
        // A bill that was paid another way meanwhile takes nothing twice: that part is kept for the payer.
        nadia.run(&format!("staff payments refund -y {payment} --amount 75 --reason duplicate")).await.ok();
        rosa.run(["bills", "pay", &permit, "--method", &visa, "-y"]).await.ok();
        fails(stripe.refunds_of(&payment));
        told(&served, &event("evt_3", "refund.failed", &last(&payment)), 0, WEBHOOK_SECRET).await;
        until(&nadia, &payment, "the other to fail", |case| case["refunds"][1]["status"] == "failed").await;
        assert_eq!((stands(rosa, &permit).await, account(&nadia, "refunds_payable").await), (json!([7500, 7500, "paid"]), -7500));
        nadia.run("staff ledger check").await.ok();
        // Given back once more it arrives, and no bill is owed for it.
        nadia.run(&format!("staff payments refund -y {payment} --reason duplicate --amount 120")).await.ok();
        assert_eq!((stands(rosa, &permit).await, stands(rosa, &fine).await), (json!([7500, 7500, "paid"]), json!([4500, 0, "open"])));
        assert_eq!(account(&nadia, "refunds_payable").await, 0);
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }

    async fn a_holder_of_a_card_disputes(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let visa = method(rosa, "pm_card_visa").await;
        let fine = bill_of(rosa, "fine").await;
        let payment = pay(rosa, &fine, &visa).await["id"].as_str().expect("an id").to_owned();
        let clearing = account(&nadia, "processor_clearing").await;
        let dispute = format!("dp_{}", stripe.charges_of(&payment)[0]["id"].as_str().expect("an id"));
        let tell = async |id: &str, kind: &str| {
            let event = event(id, kind, &json!({ "id": dispute, "object": "dispute" }));
            assert_eq!(told(&served, &event, 0, WEBHOOK_SECRET).await, 200);
        };
        // What only asks takes no money.
        stripe.settle_dispute(&dispute, "warning_needs_response");
        tell("evt_0", "charge.dispute.created").await;
        stripe.settle_dispute(&dispute, "needs_response");
        for id in ["evt_1", "evt_2"] {
            tell(id, "charge.dispute.created").await;
        }
        let case = until(&nadia, &payment, "the dispute to be noted", |case| case["disputes"][0]["status"] == "open").await;
        let told = &case["disputes"][0];
        assert_eq!(json!([told["reference"], told["amount"], told["reason"]]), json!([dispute, 4500, "fraudulent"]));
        // What was paid stays paid: the money is the city's loss.
        assert_eq!((stands(rosa, &fine).await, &case["status"]), (json!([4500, 4500, "paid"]), &json!("succeeded")));
        assert_eq!((account(&nadia, "write_offs").await, account(&nadia, "processor_clearing").await), (4500, clearing - 4500));
        nadia.run("staff ledger check").await.ok();
        // The city wins: the money is there again.
        stripe.settle_dispute(&dispute, "won");
        tell("evt_3", "charge.dispute.closed").await;
        let case = until(&nadia, &payment, "the dispute to be won", |case| case["disputes"][0]["status"] == "won").await;
        assert!(case["disputes"][0]["settled_at"].is_string(), "{case}");
        assert_eq!((account(&nadia, "write_offs").await, account(&nadia, "processor_clearing").await), (0, clearing));
        let shown = nadia.run(&format!("staff payments show {payment}")).await.ok().stdout;
        assert!(shown.contains(&dispute), "{shown}");
        nadia.run("staff ledger check").await.ok();
        // An answer that is older than the decision opens nothing again.
        stripe.settle_dispute(&dispute, "under_review");
        tell("evt_4", "charge.dispute.updated").await;
        served.drain().await;
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        let case = read(&nadia, &format!("staff payments show {payment}")).await;
        assert_eq!((&case["disputes"][0]["status"], account(&nadia, "write_offs").await), (&json!("won"), 0), "{case}");
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }

    /// Both are told at once, again and again: whichever is read first, the payment comes back.
    async fn a_return_is_told_while_its_payment_arrives(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let bank = method(rosa, "pm_usBankAccount_success").await;
        for category in ["fine", "tax", "permit", "license"] {
            let payment = pay(rosa, &bill_of(rosa, category).await, &bank).await["id"].as_str().expect("an id").to_owned();
            let charge = stripe.charges_of(&payment)[0].clone();
            let dispute = json!({ "id": format!("dp_{}", charge["id"].as_str().expect("an id")), "object": "dispute" });
            stripe.settle(&payment, "succeeded", None);
            let returned = event(&format!("evt_{category}_1"), "charge.dispute.created", &dispute);
            let arrived = event(&format!("evt_{category}_2"), "payment_intent.succeeded", &charge);
            let both = tokio::join!(told(&served, &returned, 0, WEBHOOK_SECRET), told(&served, &arrived, 0, WEBHOOK_SECRET));
            assert_eq!(both, (StatusCode::OK, StatusCode::OK));
            eventually("it to come back", async || (status(rosa, &payment).await == "returned").then_some(())).await;
        }
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }

    /// A bank's word that comes before the payment has arrived, or while a refund of it is on its way, is noted when it can be.
    async fn a_return_waits_for_its_turn(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let bank = method(rosa, "pm_usBankAccount_success").await;
        let (fine, permit) = (bill_of(rosa, "fine").await, bill_of(rosa, "permit").await);
        let object = |payment: &str| stripe.charges_of(payment)[0].clone();
        let take_back = async |event_id: &str, payment: &str| {
            let dispute = json!({ "id": format!("dp_{}", object(payment)["id"].as_str().expect("an id")), "object": "dispute" });
            assert_eq!(told(&served, &event(event_id, "charge.dispute.created", &dispute), 0, WEBHOOK_SECRET).await, 200);
        };
        let arrive = async |event_id: &str, payment: &str| {
            stripe.settle(payment, "succeeded", None);
            assert_eq!(told(&served, &event(event_id, "payment_intent.succeeded", &object(payment)), 0, WEBHOOK_SECRET).await, 200);
        };
        let early = pay(rosa, &fine, &bank).await["id"].as_str().expect("an id").to_owned();
        take_back("evt_1", &early).await;
        assert_eq!(status(rosa, &early).await, "processing");
        arrive("evt_2", &early).await;
        eventually("it to come back", async || (status(rosa, &early).await == "returned").then_some(())).await;
        assert_eq!(stands(rosa, &fine).await, json!([4500, 0, "open"]));
        // All of it was given back, and that is on its way: the bank takes it back too, and the city has lost it.
        let late = pay(rosa, &permit, &bank).await["id"].as_str().expect("an id").to_owned();
        arrive("evt_3", &late).await;
        assert_eq!(settled(rosa, &late).await, "succeeded");
        nadia.run(&format!("staff payments refund -y {late} --reason duplicate")).await.ok();
        take_back("evt_4", &late).await;
        assert_eq!(status(rosa, &late).await, "succeeded");
        let [refund] = stripe.refunds_of(&late).try_into().expect("one");
        stripe.settle_refund(&refund["id"], "succeeded", None);
        assert_eq!(told(&served, &event("evt_5", "refund.updated", &refund), 0, WEBHOOK_SECRET).await, 200);
        let case = until(&nadia, &late, "the other to come back", |case| case["status"] == "returned").await;
        assert_eq!((&case["refunded"], account(&nadia, "write_offs").await), (&json!(7500), 7500));
        assert_eq!(stands(rosa, &permit).await, json!([7500, 0, "open"]));
        nadia.run("staff ledger check").await.ok();
        // The refund fails after all: so nothing is lost.
        stripe.settle_refund(&refund["id"], "failed", None);
        assert_eq!(told(&served, &event("evt_6", "refund.failed", &refund), 0, WEBHOOK_SECRET).await, 200);
        until(&nadia, &late, "the refund to fail", |case| case["refunds"][0]["status"] == "failed").await;
        assert_eq!(account(&nadia, "write_offs").await, 0);
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }
}
