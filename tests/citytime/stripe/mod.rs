//! The Stripe adapter: against a stand-in that is moody, and against localstripe, which is somebody else's.

mod later;
mod localstripe;
mod missed;
pub(crate) mod standin;

use insta::assert_snapshot;
use reqwest::StatusCode;
use serde_json::{Value, json};

use self::standin::{Mood, StandIn, WEBHOOK_SECRET, saved, signed};
use crate::bills::bill_of;
use crate::support::api::client;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::served::{Riverton, Served};

/// Has the city take its money by Stripe's API at an address.
pub(crate) fn pays_by_stripe(city: &mut Riverton, url: &str, key: &str) {
    pays_patiently(city, url, key, 1);
}

/// The same, an answer awaited for so many seconds.
pub(crate) fn pays_patiently(city: &mut Riverton, url: &str, key: &str, seconds: u32) {
    let key = city.operator.write("stripe-key", &format!("{key}\n")).display().to_string();
    let secret = city.operator.write("stripe-webhook", &format!("{WEBHOOK_SECRET}\n")).display().to_string();
    city.declare_instead(
        "processor = \"sandbox\"",
        &format!(
            "processor = \"stripe\"\nsecret_key_file = \"{key}\"\nwebhook_secret_file = \"{secret}\"\n\
             base_url = \"{url}\"\ntimeout_seconds = {seconds}"
        ),
    );
}

/// A city served whose money is taken by the tests' own stand-in.
async fn by_stand_in(mut city: Riverton) -> (Riverton, StandIn, Served) {
    let stripe = StandIn::start().await;
    pays_by_stripe(&mut city, &stripe.url, "sk_test_stand_in");
    let served = city.serve().await;
    (city, stripe, served)
}

async fn method(shell: &Shell, token: &str) -> String {
    shell.run(["wallet", "add", "--token", token, "--jq", ".id"]).await.ok().stdout.trim().to_owned()
}

async fn pay(shell: &Shell, bill: &str, method: &str) -> Value {
    shell.run(["bills", "pay", bill, "--method", method, "-y", "-o", "json"]).await.ok().json()
}

async fn status(shell: &Shell, payment: &str) -> Value {
    shell.run(["api", "GET", &format!("/v1/payments/{payment}")]).await.ok().json()["status"].take()
}

async fn settled(shell: &Shell, payment: &str) -> Value {
    eventually("the payment to settle", async || {
        Some(status(shell, payment).await).filter(|status| *status != "processing" && *status != "pending")
    })
    .await
}

/// Tells the portal an event, signed at an instant; what it answers.
async fn told(served: &Served, event: &Value, ago: i64, secret: &str) -> StatusCode {
    let now = citytime::portal::clock::Clock::machine().now().as_millisecond() / 1000;
    let (body, signature) = signed(event, now - ago, secret);
    let post = client().post(format!("{}/webhooks/stripe", served.url)).header("Stripe-Signature", signature);
    post.header("content-type", "application/json").body(body).send().await.expect("an answer").status()
}

fn event(id: &str, kind: &str, object: &Value) -> Value {
    json!({ "id": id, "type": kind, "data": { "object": object } })
}

on_both_databases! {
    async fn a_charge_is_made_once_whatever_becomes_of_its_answer(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let rosa = city.rosa_at(&served);
        let visa = method(rosa, "pm_card_visa").await;
        let mut made = Vec::new();
        let bills = rosa.run("bills list -o ids").await.ok().stdout;
        // Where the processor is away nothing is charged at first, and it is asked again.
        let moods = [Mood::Answers, Mood::LosesTheAnswer, Mood::Answers500, Mood::Stalls, Mood::IsAway];
        for (bill, mood) in bills.lines().zip(moods) {
            stripe.mood(mood);
            let payment = pay(rosa, bill, &visa).await;
            let expected = if mood == Mood::Answers { "succeeded" } else { "processing" };
            assert_eq!(payment["status"], expected, "{mood:?}");
            made.push((mood, payment["id"].as_str().expect("an id").to_owned()));
        }
        assert_eq!(made.len(), moods.len());
        for (mood, payment) in made {
            assert_eq!(settled(rosa, &payment).await, "succeeded", "{mood:?}");
            assert_eq!(stripe.charges_of(&payment).len(), 1, "{mood:?}");
        }
        served.drain().await;
        let books = city.books().await;
        books.balance().await;
        books.close().await;
    }

    async fn what_is_refused_is_told_in_words_and_takes_nothing(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let rosa = city.rosa_at(&served);
        let fine = bill_of(rosa, "fine").await;
        assert_snapshot!(rosa.run("wallet add --token pm_card_chargeDeclined -o json").await.told(), @r"
        declined, exit 6
        the method's issuer declined it
        hint: add another method, or ask its issuer
        ");
        assert_snapshot!(rosa.run("wallet add --token pm/../x -o json").await.told(), @r"
        invalid, exit 6
        the processor knows no such token
        hint: add the method on the processor's page: citytime wallet add
        /token: the processor knows no such token
        ");
        let declines = method(rosa, "pm_card_chargeCustomerFail").await;
        let declined = rosa.run(["bills", "pay", &fine, "--method", &declines, "-y", "-o", "json"]).await;
        assert_snapshot!(declined.told(), @r"
        insufficient_funds, exit 6
        the method has not enough funds, or is at its limit
        hint: nothing was taken; pay with another method: citytime wallet list
        ");
        // Who would have to confirm is not there: the charge is called off, so that nothing is taken later.
        let asks = method(rosa, "pm_card_authenticationRequired").await;
        let asked = rosa.run(["bills", "pay", &fine, "--method", &asks, "-y", "-o", "json"]).await;
        assert_eq!(asked.error()["code"], "authentication_required", "{asked}");
        let payment = asked.error()["subject"].as_str().expect("a payment").to_owned();
        assert_eq!(stripe.charges_of(&payment)[0]["status"], "canceled");
        // Methods of another processor are none of this one's.
        let old = rosa.run("wallet list -o json").await.ok().json();
        let old = old.as_array().expect("a list").iter().find(|method| method["default"] == true).expect("one")["id"].clone();
        let foreign = rosa.run(["bills", "pay", &fine, "--method", old.as_str().expect("an id"), "-y", "-o", "json"]).await;
        assert!(foreign.error()["message"].as_str().expect("a message").contains("another processor"), "{foreign}");
        assert_eq!(rosa.run(["bills", "show", &fine, "-o", "json"]).await.ok().json()["balance"], 4_500);
        served.drain().await;
    }

    async fn a_method_is_added_on_a_page_of_checkout(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let rosa = city.rosa_at(&served);
        // Learned by asking.
        let running = rosa.command("wallet add --label Mine --columns label,last4,expires -o tsv").start();
        let url = running.until("to add the method, open ").await;
        stripe.complete(&url, &saved("pm_1"));
        assert_eq!(running.finish().await.ok().stdout, "label\tlast4\texpires\nMine\t4242\t2031-08\n");
        // Learned by being told, while nobody asks.
        let begun = rosa.run("wallet add --kind bank --no-wait -o json").await.ok().json();
        let url = begun["url"].as_str().expect("an address");
        let session = stripe.session(url);
        assert_eq!((&session["mode"], &session["types"]), (&json!("setup"), &json!("us_bank_account")));
        stripe.complete(url, &saved("pm_usBankAccount_1"));
        let object = json!({ "id": session["id"], "object": "checkout.session" });
        assert_eq!(told(&served, &event("evt_1", "checkout.session.completed", &object), 0, WEBHOOK_SECRET).await, 200);
        eventually("the account to be in the wallet", async || {
            let listed = rosa.run("wallet list -o json").await.ok().json();
            listed.as_array()?.iter().any(|method| method["brand"] == "STRIPE TEST BANK").then_some(())
        })
        .await;
        // Called off, the page waits no more.
        let other = rosa.run("wallet add --no-wait -o json").await.ok().json();
        rosa.run(["wallet", "setup", other["id"].as_str().expect("an id"), "--cancel"]).await.ok();
        assert_eq!(stripe.session(other["url"].as_str().expect("an address"))["status"], "expired");
        // One customer for all of it.
        assert_eq!(stripe.asked().iter().filter(|asked| *asked == "POST /v1/customers").count(), 1);
        served.drain().await;
    }

    async fn a_debit_settles_when_stripe_says_so(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let rosa = city.rosa_at(&served);
        let bank = method(rosa, "pm_usBankAccount_success").await;
        let mut payments = Vec::new();
        for category in ["fine", "tax"] {
            let payment = pay(rosa, &bill_of(rosa, category).await, &bank).await;
            assert_eq!(payment["status"], "processing");
            payments.push(payment["id"].as_str().expect("an id").to_owned());
        }
        let [good, bad] = payments.as_slice() else { panic!("two") };
        let object = |payment: &str| stripe.charges_of(payment)[0].clone();
        // What is forged, or old, changes nothing; and what an event says counts for nothing: it is looked at.
        let early = event("evt_1", "payment_intent.succeeded", &object(good));
        assert_eq!(told(&served, &early, 0, "whsec_of_somebody_else").await, 400);
        assert_eq!(told(&served, &early, 301, WEBHOOK_SECRET).await, 400);
        assert_eq!(told(&served, &early, -301, WEBHOOK_SECRET).await, 400);
        assert_eq!(told(&served, &early, 10, WEBHOOK_SECRET).await, 200);
        assert_eq!(status(rosa, good).await, "processing");
        // What is about another account's things keeps nothing else from its turn.
        for about in ["dp_of_another", "cs_of_another", "re_of_another"] {
            let foreign = event(about, "charge.dispute.created", &json!({ "id": about, "metadata": { "payment": "PAY-00000000" } }));
            assert_eq!(told(&served, &foreign, 0, WEBHOOK_SECRET).await, 200);
        }
        stripe.settle(good, "succeeded", None);
        stripe.settle(bad, "requires_payment_method", Some("insufficient_funds"));
        // Told late and twice; the one that says it began, after the one that says it ended.
        let ended = event("evt_2", "payment_intent.succeeded", &object(good));
        for (told_now, expected) in [(&ended, 200), (&ended, 200), (&event("evt_0", "payment_intent.processing", &object(good)), 200)] {
            assert_eq!(told(&served, told_now, 0, WEBHOOK_SECRET).await, expected);
        }
        assert_eq!(settled(rosa, good).await, "succeeded");
        assert_eq!(told(&served, &event("evt_3", "payment_intent.payment_failed", &object(bad)), 0, WEBHOOK_SECRET).await, 200);
        assert_eq!(settled(rosa, bad).await, "returned");
        assert_eq!((stripe.charges_of(good).len(), stripe.charges_of(bad).len()), (1, 1));
        // Weeks later the holder says it was not authorised: the bank takes back what had arrived. Told twice, once.
        let dispute = json!({ "id": format!("dp_{}", object(good)["id"].as_str().expect("an id")), "object": "dispute" });
        for id in ["evt_4", "evt_5"] {
            assert_eq!(told(&served, &event(id, "charge.dispute.created", &dispute), 0, WEBHOOK_SECRET).await, 200);
        }
        eventually("the payment to come back", async || (status(rosa, good).await == "returned").then_some(())).await;
        served.drain().await;
        let books = city.books().await;
        books.balance().await;
        books.close().await;
    }

    async fn what_goes_back_goes_back_once(city: Riverton) {
        let (mut city, stripe, served) = by_stand_in(city).await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let (visa, bank) = (method(rosa, "pm_card_visa").await, method(rosa, "pm_usBankAccount_success").await);
        let card = pay(rosa, &bill_of(rosa, "fine").await, &visa).await["id"].as_str().expect("an id").to_owned();
        let debit = pay(rosa, &bill_of(rosa, "tax").await, &bank).await["id"].as_str().expect("an id").to_owned();
        stripe.settle(&debit, "succeeded", None);
        told(&served, &event("evt_1", "payment_intent.succeeded", &stripe.charges_of(&debit)[0]), 0, WEBHOOK_SECRET).await;
        assert_eq!(settled(rosa, &debit).await, "succeeded");
        // Another process, which has to look for the charge.
        served.drain().await;
        let served = city.serve().await;
        let nadia = nadia.with("CITYTIME_CITY", served.url.as_str());
        let refund = async |payment: &str, amount: &str| {
            let line = ["staff", "payments", "refund", "-y", payment, "--amount", amount, "--reason", "goodwill", "-o", "json"];
            nadia.run(line).await.ok().json()
        };
        let back = async |payment: &str, amount: i64| {
            eventually("the money to go back", async || {
                let case = nadia.run(["staff", "payments", "show", payment, "-o", "json"]).await.ok().json();
                (case["refunded"] == amount).then_some(())
            })
            .await;
        };
        let mut total = 0;
        for mood in [Mood::Answers, Mood::LosesTheAnswer, Mood::Answers500, Mood::IsAway] {
            stripe.mood(mood);
            let made = refund(&card, "1").await;
            assert_eq!(made["status"], if mood == Mood::Answers { "succeeded" } else { "processing" }, "{mood:?}");
            total += 100;
            back(&card, total).await;
        }
        assert_eq!(stripe.refunds_of(&card).len(), 4, "each once");
        // To an account it takes days, and may come to nothing.
        assert_eq!(refund(&debit, "2").await["status"], "processing");
        let [first] = stripe.refunds_of(&debit).try_into().expect("one");
        stripe.settle_refund(&first["id"], "succeeded", None);
        assert_eq!(told(&served, &event("evt_2", "refund.updated", &first), 0, WEBHOOK_SECRET).await, 200);
        back(&debit, 200).await;
        let failed = refund(&debit, "3").await;
        let second = stripe.refunds_of(&debit).into_iter().find(|refund| refund["amount"] == "300").expect("the other");
        stripe.settle_refund(&second["id"], "failed", Some("insufficient_funds"));
        told(&served, &event("evt_3", "refund.failed", &second), 0, WEBHOOK_SECRET).await;
        let case = eventually("the refund to fail", async || {
            let case = nadia.run(["staff", "payments", "show", &debit, "-o", "json"]).await.ok().json();
            let refunds = case["refunds"].as_array()?.clone();
            refunds.into_iter().find(|refund| refund["id"] == failed["id"] && refund["status"] == "failed")
        })
        .await;
        assert_eq!(case["failure"]["detail"], "the city's account at the processor has not enough funds");
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }
}
