//! What is owed again on a bill that was paid by itself: it is announced and paid in the same cycle.

use serde_json::json;

use super::{days, issue, of_bill, paid_by_rule, pay_what_is_due, payments, promised, stands, told, weeks};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn what_is_owed_again_is_announced_and_paid(portal: Portal) {
        let rosa = portal.rosa().await;
        pay_what_is_due(&rosa).await;
        let mut bills = Vec::new();
        for number in ["E-1", "E-2", "E-3", "E-4"] {
            bills.push(issue(&portal, number, "2026-12-10", "80.00").await);
        }
        let [corrected, refunded, out, returned] = bills.as_slice() else { panic!("{bills:?}") };
        rosa.run("bills autopay set --category utility").await.ok();
        weeks(&portal, &[&rosa], 15).await;
        let (nadia, mut first) = (portal.nadia().await, Vec::new());
        for bill in &bills {
            assert_eq!(stands(&rosa, bill).await, json!(["paid", null]));
            first.push(payments(&rosa, bill).await[0]["payment"].as_str().unwrap().to_owned());
        }
        // More is owed on two of them, some of one goes back, and all of another comes back from the bank.
        issue(&portal, "E-1", "2026-12-10", "95.00").await;
        issue(&portal, "E-3", "2026-12-10", "81.00").await;
        nadia.run(["staff", "payments", "refund", &first[1], "--amount", "20", "--reason", "billing_error", "--yes"]).await.ok();
        nadia.run(["staff", "payments", "return", &first[3], "--code", "R01", "--yes"]).await.ok();
        for (bill, expected) in [
            (corrected, json!([1_500, "2026-12-11", null])),
            (refunded, json!([2_000, "2026-12-11", null])),
            (returned, json!([8_000, null, "failed"])),
        ] {
            assert_eq!(promised(&rosa, bill).await, expected, "{bill}");
        }
        let skipped = rosa.run(["bills", "autopay", "skip", out, "-o", "json"]).await.ok().json();
        assert_eq!(json!([skipped["total"], skipped["why"]]), json!([100, "left_out"]));
        days(&portal, 1).await;
        let expected = [json!(["announced", null]), json!(["announced", null]), json!(["skipped", "left_out"]), json!(["failed", null])];
        for (bill, expected) in bills.iter().zip(&expected) {
            assert_eq!(stands(&rosa, bill).await, *expected, "{bill}");
        }
        assert_eq!(told(&rosa, "To be paid by itself on 2026-12-12: Water E-1, $15.00").await.len(), 1);
        let listed = rosa.run("notifications list --topic billing -o json").await.ok().json();
        let notice = listed.as_array().unwrap().iter().find(|notice| notice["subject"].as_str().unwrap().ends_with("Water E-2, $20.00")).unwrap();
        assert!(notice["text"].as_str().unwrap().contains("It was paid by itself before"), "{notice}");
        days(&portal, 2).await;
        assert_eq!(payments(&rosa, corrected).await.len(), 1, "three days after it was announced, and not before");
        days(&portal, 4).await;
        for (bill, count, status) in [(corrected, 2, "paid"), (refunded, 2, "paid"), (out, 1, "open"), (returned, 1, "open")] {
            let made = payments(&rosa, bill).await;
            assert_eq!((made.len(), of_bill(&rosa, bill, "status").await), (count, json!(status)), "{made:?}");
        }
        assert_eq!(stands(&rosa, corrected).await, json!(["paid", null]));
        // Both payments of a bill were made by themselves, whatever its run tells now.
        let api = Api::signed_in(&portal, "rosa").await;
        for made in payments(&rosa, corrected).await {
            let payment = api.get(&format!("/v1/payments/{}", made["payment"].as_str().unwrap())).await.ok();
            assert_eq!(payment["autopay"], true, "{payment}");
        }
        nadia.run("staff ledger check").await.ok();
    }

    /// What a rule takes for a bill at most is for all of it, however often more is owed.
    async fn the_most_for_a_bill_is_for_all_of_it(portal: Portal) {
        let rosa = portal.rosa().await;
        let bill = paid_by_rule(&portal, &rosa, "E-9").await;
        issue(&portal, "E-9", "2026-12-10", "95.00").await;
        assert_eq!(promised(&rosa, &bill).await, json!([1_500, null, "above_max"]));
        days(&portal, 10).await;
        assert_eq!(stands(&rosa, &bill).await, json!(["skipped", "above_max"]));
        assert_eq!((payments(&rosa, &bill).await.len(), of_bill(&rosa, &bill, "status").await), (1, json!("open")));
        // A higher limit that is still below all of it promises nothing.
        let set = rosa.run("bills autopay set --category utility --max 92 -o json").await.ok().json();
        assert_eq!(json!([set["bills"][0]["why"], set["bills"][0]["pay_on"]]), json!(["above_max", null]), "{set}");
        portal.nadia().await.run("staff ledger check").await.ok();
    }
}
