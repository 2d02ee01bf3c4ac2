//! Any operations on money in any order, by one or by many at once: bills and payments stand as a plain model of them says,
//! and the books are right.

mod crowd;
mod migrated;
mod model;
mod player;
mod shared;
mod spoiled;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::json;

use self::model::{METHODS, Time};
use self::player::{Player, Rounds};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// How many lives are lived on each database.
const CASES: usize = 10;

on_both_databases! {
    async fn operations_in_any_order_add_up(portal: Portal) {
        let mut runner = TestRunner::deterministic();
        let steps = proptest::collection::vec(model::step(METHODS.len(), Time::InSteps), 12..36);
        for case in 0..CASES {
            let steps = steps.new_tree(&mut runner).unwrap().current();
            // Nobody's sign-in lasts as long as all these lives.
            let (rosa, nadia) = (Api::signed_in(&portal, "rosa").await, Api::signed_in(&portal, "nadia").await);
            let today = portal.inner().today(portal.now());
            let mut player = Player::new(rosa, nadia, &format!("L-{case}"), today, Rounds::Asked).await;
            for (place, step) in steps.iter().enumerate() {
                player.play(&format!("case-{case}-{place}"), step).await;
                player.compare(&format!("after {step:?}, step {place} of {steps:?}")).await;
                player.books_are_right().await;
            }
        }
    }

    /// A row that was changed at the database is told.
    async fn what_does_not_follow_from_the_postings_is_told(portal: Portal) {
        let nadia = portal.nadia().await;
        let rosa = portal.rosa().await;
        let fine = crate::bills::bill_of(&rosa, "fine").await;
        let payment = rosa.run(["bills", "pay", &fine, "-y", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        nadia.run("staff ledger check").await.ok();
        for (spoil, thing, what) in [
            (&spoiled::SPOIL_BILL, &fine, "paid is"),
            (&spoiled::SPOIL_PAYMENT, &payment, "it is failed"),
            (&spoiled::SPOIL_POSTING, &format!("{payment}.payment"), "sums to"),
        ] {
            spoiled::spoil(&portal, spoil, thing).await;
            let told = nadia.run("staff ledger check -o json").await.error();
            assert_eq!((&told["code"], &told["exit_code"]), (&json!("conflict"), &json!(6)), "{told}");
            let faults = told["errors"].as_array().unwrap();
            let named = |fault: &&serde_json::Value| {
                fault["pointer"] == thing.as_str() && fault["detail"].as_str().unwrap().contains(what)
            };
            assert!(faults.iter().any(|fault| named(&fault)), "{thing} {what}: {told}");
        }
    }
    /// Each column that tells of money is held against the postings and the refunds: one that is off is told, alone, and
    /// mended it is not.
    async fn a_column_that_is_off_is_told(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax) = (crate::bills::bill_of(&rosa, "fine").await, crate::bills::bill_of(&rosa, "tax").await);
        let permit = crate::bills::bill_of(&rosa, "permit").await;
        nadia.run(["staff", "bills", "credit", &tax, "--amount", "10", "--reason", "Wrong", "-y"]).await.ok();
        rosa.run(["bills", "pay", &tax, "--amount", "400", "-y"]).await.ok();
        let bank = rosa.run("wallet add --token pm_usBankAccount_success --jq .id").await.ok().stdout;
        let pay = ["bills", "pay", &fine, &permit, "--method", bank.trim(), "-y", "--jq", ".id"];
        let payment = rosa.run(pay).await.ok().stdout.trim().to_owned();
        // One refund that went back of both bills, and one on its way.
        nadia.run("staff clock advance 4d").await.ok();
        let refund = format!("staff payments refund -y {payment} --reason goodwill --amount");
        nadia.run(&format!("{refund} 80")).await.ok();
        nadia.run("staff clock advance 4d").await.ok();
        nadia.run(&format!("{refund} 5")).await.ok();
        nadia.run("staff ledger check").await.ok();
        for (column, thing, what) in [
            (&spoiled::AMOUNT, &tax, "amount is"),
            (&spoiled::CREDITED, &tax, "credited is $10.01, and should be $10.00"),
            (&spoiled::SETTLED, &tax, "paid is"),
            (&spoiled::PENDING, &tax, "pending is"),
            (&spoiled::REFUNDED, &payment, "$80.01 went back and $5.00 is on its way; its refunds say $80.00 and $5.00"),
            (&spoiled::REFUNDING, &payment, "$80.00 went back and $5.01 is on its way; its refunds say $80.00 and $5.00"),
            (&spoiled::PART, &payment, "of its bills $80.01 went back; posted are $80.00"),
            (&spoiled::PARTS, &payment, "of its bills $80.00 went back; posted are $80.00, or for another bill"),
        ] {
            spoiled::shift(&portal, column, thing, 1).await;
            let told = nadia.run("staff ledger check -o json").await.error();
            let faults = told["errors"].as_array().unwrap();
            let named = |fault: &serde_json::Value| {
                fault["pointer"] == thing.as_str() && fault["detail"].as_str().unwrap().contains(what)
            };
            assert!(faults.iter().any(named), "{what}: {told}");
            assert!(faults.iter().all(|fault| fault["pointer"] == thing.as_str()), "{what}: {told}");
            spoiled::shift(&portal, column, thing, -1).await;
            nadia.run("staff ledger check").await.ok();
        }
    }
}
