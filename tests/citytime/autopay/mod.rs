//! Bills that are paid by themselves: announced three days ahead, paid once, and what keeps one from being.
//!
//! - `setting`: which rules can be set, and what each covers; `rest`: what is owed again on what was paid
//! - `holders`: several holders of a record, each with a rule; `again`: refunds of what is taken again

mod again;
mod holders;
mod rest;
mod setting;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::{PASSWORD, Portal};

/// Days go by; on each of them two rounds of the worker run, as the second must find nothing left to do.
async fn days(portal: &Portal, days: i64) {
    for _ in 0..days {
        portal.sleep_for_days(1);
        portal.round().await;
        portal.round().await;
    }
}

/// Weeks go by for somebody who looks in now and then: a sign-in ends when it is not used for two.
async fn weeks(portal: &Portal, shells: &[&Shell], whole: i64) {
    for week in (0..whole).step_by(7) {
        days(portal, (whole - week).min(7)).await;
        for shell in shells {
            shell.run("whoami").await.ok();
        }
    }
}

/// What became of a bill by itself, the last first.
async fn runs(shell: &Shell, bill: &str) -> Vec<Value> {
    let shown = shell.run("bills autopay show -o json").await.ok().json();
    shown["runs"].as_array().unwrap().iter().filter(|run| run["bill"] == bill).cloned().collect()
}

/// Where a bill stands that is paid by itself, and why.
async fn stands(shell: &Shell, bill: &str) -> Value {
    let runs = runs(shell, bill).await;
    assert!(runs.len() <= 1, "one run in a cycle: {runs:?}");
    runs.first().map_or(Value::Null, |run| json!([run["state"], run["why"]]))
}

/// The notices about a bill or payment by subject, the newest first.
async fn told(shell: &Shell, begins: &str) -> Vec<String> {
    let listed = shell.run("notifications list --topic billing -o json").await.ok().json();
    let subjects = listed.as_array().unwrap().iter().map(|notice| notice["subject"].as_str().unwrap().to_owned());
    subjects.filter(|subject| subject.starts_with(begins)).collect()
}

/// The payments of a bill, as whoever may see it is shown them.
async fn payments(shell: &Shell, bill: &str) -> Vec<Value> {
    let shown = shell.run(["bills", "show", bill, "-o", "json"]).await.ok().json();
    shown["payments"].as_array().unwrap().clone()
}

/// The field of a bill.
async fn of_bill(shell: &Shell, bill: &str, field: &str) -> Value {
    shell.run(["bills", "show", bill, "-o", "json"]).await.ok().json()[field].clone()
}

/// The city issues a bill on rosa's water meter, or corrects it.
async fn issue(portal: &Portal, number: &str, due_on: &str, amount: &str) -> String {
    let nadia = portal.nadia().await;
    let line = format!(
        "number,record,category,title,issued_on,due_on,amount\n{number},UT-204177,utility,Water {number},2026-11-01,{due_on},{amount}\n"
    );
    let made = nadia.command("staff bills import - -o json").stdin(line).run().await.ok().json();
    made[0]["id"].as_str().unwrap().to_owned()
}

/// Leaves the bills of rosa's water meter that were there before to nobody: they are paid.
async fn pay_what_is_due(rosa: &Shell) {
    rosa.run("bills pay --due-within 3d --yes").await.ok();
}

/// What a rule promises of a bill: what would be taken, when, and what is in the way.
async fn promised(shell: &Shell, bill: &str) -> Value {
    let shown = shell.run("bills autopay show -o json").await.ok().json();
    let bills = shown["rules"][0]["bills"].as_array().unwrap();
    let found =
        bills.iter().find(|covered| covered["bill"] == bill).unwrap_or_else(|| panic!("{bill} is not in {shown}"));
    json!([found["total"], found["pay_on"], found["why"]])
}

/// Rosa and her neighbour share a water meter and have a rule each, hers set first; she pays by this card.
async fn two_rules(portal: &Portal, card: &str) -> (Shell, Shell) {
    let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
    pay_what_is_due(&rosa).await;
    for (shell, card) in [(&rosa, card), (&tomas, "pm_card_visa")] {
        let method = shell.run(["wallet", "add", "--token", card, "-o", "ids"]).await.ok().stdout;
        shell.run(["wallet", "default", method.trim()]).await.ok();
        shell.run("bills autopay set --category utility").await.ok();
        portal.sleep_for_seconds(60);
    }
    (rosa, tomas)
}

/// A bill of this number that a rule with a limit has paid.
async fn paid_by_rule(portal: &Portal, rosa: &Shell, number: &str) -> String {
    pay_what_is_due(rosa).await;
    let bill = issue(portal, number, "2026-12-10", "80.00").await;
    rosa.run("bills autopay set --category utility --max 90").await.ok();
    weeks(portal, &[rosa], 15).await;
    assert_eq!(stands(rosa, &bill).await, json!(["paid", null]));
    bill
}

on_both_databases! {
    /// From the rule to the receipt.
    async fn a_rule_pays_a_bill_that_was_announced(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill_of(&rosa, "tax").await;
        assert_snapshot!(rosa.run("bills autopay show").await, @r"
        exit: 0
        ----- stdout
        covers	method_label	max	days_before	bills	set_at
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills autopay set --category tax --max 2000").await, @r"
        exit: 0
        ----- stdout
        covers	method_label	max	days_before	bills	set_at
        tax	Visa ending in 4242	2000.00	2	BIL-00000001	2026-11-23T15:00:00Z
        ----- stderr
        Your tax bills (Property tax) are paid 2 days before they are due, from Visa ending in 4242, up to $2,000.00 each; you are told 3 days before that.
          BIL-00000001   $1,182.50  Property tax, second half of 2026: on 2026-12-07
        ");
        assert_eq!(told(&rosa, "Autopay is on").await, ["Autopay is on: tax"]);
        assert_eq!(of_bill(&rosa, &tax, "autopay_on").await, "2026-12-07");
        assert_snapshot!(rosa.run("bills list --category tax --columns title,due_on,autopay_on").await, @r"
        exit: 0
        ----- stdout
        title	due_on	autopay_on
        Property tax, second half of 2026	2026-12-09	2026-12-07
        ----- stderr
        ");
        let calendar = rosa.run("bills calendar --category tax -o table").await.ok().stdout;
        assert!(calendar.contains("It is paid by itself on 2026-12-07"), "{calendar}");
        // Due on the 9th, paid on the 7th, announced on the 4th.
        days(&portal, 10).await;
        assert_eq!(stands(&rosa, &tax).await, Value::Null, "it is not told before its time");
        days(&portal, 1).await;
        assert_eq!(stands(&rosa, &tax).await, json!(["announced", null]));
        let subject = "To be paid by itself on 2026-12-07: Property tax, second half of 2026, $1,182.50";
        assert_eq!(told(&rosa, "To be paid").await, [subject]);
        assert_snapshot!(rosa.run("bills autopay show").await, @r"
        exit: 0
        ----- stdout
        covers	method_label	max	days_before	bills	set_at
        tax	Visa ending in 4242	2000.00	2	BIL-00000001	2026-11-23T15:00:00Z
        ----- stderr
        Your tax bills (Property tax) are paid 2 days before they are due, from Visa ending in 4242, up to $2,000.00 each; you are told 3 days before that.
          BIL-00000001   $1,182.50  Property tax, second half of 2026: on 2026-12-07
        ");
        days(&portal, 2).await;
        assert!(payments(&rosa, &tax).await.is_empty(), "not before the day that was told");
        days(&portal, 1).await;
        assert_eq!(stands(&rosa, &tax).await, json!(["paid", null]));
        let payment = payments(&rosa, &tax).await;
        assert_eq!(payment.len(), 1, "{payment:?}");
        assert_eq!(of_bill(&rosa, &tax, "status").await, "paid");
        let receipt = rosa.run(["bills", "receipt", payment[0]["payment"].as_str().unwrap(), "-o", "json"]).await.ok().json();
        assert_eq!((&receipt["total"], &receipt["method"]), (&json!(118_250), &json!("Visa ending in 4242")));
        let made = Api::signed_in(&portal, "rosa").await.get(&format!("/v1/payments/{}", payment[0]["payment"].as_str().unwrap())).await.ok();
        assert_eq!(made["autopay"], true);
        let received = rosa.run("notifications list --topic billing --limit 1 -o json").await.ok().json();
        assert!(received[0]["text"].as_str().unwrap().contains("It was paid by itself"), "{received}");
        days(&portal, 3).await;
        assert_eq!((payments(&rosa, &tax).await.len(), told(&rosa, "To be paid").await.len()), (1, 1));
        // Who did it: the portal, by a rule rosa had set.
        let nadia = portal.nadia().await;
        let trail = nadia.run("staff audit list -o json").await.ok().json();
        let by: Vec<_> = trail.as_array().unwrap().iter().filter(|row| row["operation"].as_str().unwrap().starts_with("autopay.")).collect();
        let by: Vec<_> = by.iter().map(|row| json!([row["operation"], row["actor"]])).collect();
        assert_eq!(by, [json!(["autopay.pay", "portal"]), json!(["autopay.announce", "portal"]), json!(["autopay.set", "resident"])]);
        nadia.run("staff ledger check").await.ok();
    }

    /// What comes late, or is overdue, is announced at once and paid three days later, in whole days.
    async fn what_comes_late_is_still_announced_three_days_ahead(portal: Portal) {
        let rosa = portal.rosa().await;
        let old = bill_of(&rosa, "utility").await;
        let set = rosa.run("bills autopay set --category utility -o json").await.ok().json();
        let days_of: Vec<_> = set["bills"].as_array().unwrap().iter().map(|bill| json!([bill["due_on"], bill["pay_on"], bill["announced"]])).collect();
        assert_eq!(days_of, [json!(["2026-10-23", "2026-11-26", false]), json!(["2026-11-23", "2026-11-26", false])]);
        portal.round().await;
        assert_eq!(stands(&rosa, &old).await, json!(["announced", null]));
        let listed = rosa.run("notifications list --topic billing --limit 2 -o json").await.ok().json();
        assert!(listed[0]["text"].as_str().unwrap().contains("after the bill is due"), "{listed}");
        // The day has come, and three times twenty-four hours have not.
        portal.sleep_for_days(3);
        portal.sleep_for_seconds(-3600);
        portal.round().await;
        assert_eq!(stands(&rosa, &old).await, json!(["announced", null]));
        portal.sleep_for_seconds(3600);
        portal.round().await;
        assert_eq!(stands(&rosa, &old).await, json!(["paid", null]));
    }

    /// Two portals look at once, and one pays; one after the other, and none pays again.
    async fn two_portals_announce_and_pay_once(portal: Portal) {
        let rosa = portal.rosa().await;
        let old = bill_of(&rosa, "utility").await;
        rosa.run("bills autopay set --category utility").await.ok();
        let (beside, before) = (portal.twin().await, told(&rosa, "Payment received").await.len());
        for _ in 0..4 {
            tokio::join!(portal.round(), beside.round());
            portal.sleep_for_days(1);
            beside.sleep_for_days(1);
        }
        portal.round().await;
        beside.round().await;
        assert_eq!((told(&rosa, "To be paid").await.len(), told(&rosa, "Payment received").await.len() - before), (2, 2));
        assert_eq!(payments(&rosa, &old).await.len(), 1);
        portal.nadia().await.run("staff ledger check").await.ok();
    }

    /// Whatever is on its way, was paid, grew too large, was withdrawn, or left out is not paid by itself.
    async fn what_stands_in_the_way(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        pay_what_is_due(&rosa).await;
        let mut bills = Vec::new();
        for (place, amount) in ["80.00", "81.00", "82.00", "83.00", "84.00", "150.01", "85.00"].iter().enumerate() {
            bills.push(issue(&portal, &format!("A-{place}"), "2026-12-01", amount).await);
        }
        let [pending, paid, void, out, grown, large, parted] = bills.as_slice() else { panic!("{bills:?}") };
        rosa.run("bills autopay set --category utility --max 150").await.ok();
        days(&portal, 3).await;
        for bill in &bills {
            let expected = if bill == large { json!(["skipped", "above_max"]) } else { json!(["announced", null]) };
            assert_eq!(stands(&rosa, bill).await, expected, "{bill}");
        }
        assert_eq!(told(&rosa, "Not paid by itself").await, ["Not paid by itself: Water A-5"]);
        let bank = rosa.run("wallet add --token pm_usBankAccount_success -o ids").await.ok().stdout;
        days(&portal, 2).await;
        rosa.run(["bills", "pay", pending, "--amount", "1.00", "--method", bank.trim(), "--yes"]).await.ok();
        rosa.run(["bills", "pay", paid, "--yes"]).await.ok();
        rosa.run(["bills", "pay", parted, "--amount", "5.00", "--yes"]).await.ok();
        nadia.run(["staff", "bills", "void", "-y", void, "--reason", "Measured twice"]).await.ok();
        let skipped = rosa.run(["bills", "autopay", "skip", out, "-o", "json"]).await.ok().json();
        assert_eq!(json!([skipped["pay_on"], skipped["why"]]), json!([null, "left_out"]));
        issue(&portal, "A-4", "2026-12-01", "90.00").await;
        days(&portal, 1).await;
        for (bill, expected) in [
            (pending, json!(["skipped", "pending"])),
            (paid, json!(["skipped", "paid_otherwise"])),
            (void, json!(["skipped", "withdrawn"])),
            (out, json!(["skipped", "left_out"])),
            (grown, json!(["announced", null])),
            (large, json!(["skipped", "above_max"])),
            (parted, json!(["paid", null])),
        ] {
            assert_eq!(stands(&rosa, bill).await, expected, "{bill}");
        }
        assert_eq!(payments(&rosa, grown).await.len(), 0);
        assert_eq!(of_bill(&rosa, grown, "autopay_on").await, "2026-12-02", "three days after it was announced anew");
        assert!(told(&rosa, "To be paid by itself on 2026-12-02: Water A-4, $90.00").await.len() == 1);
        // It is taken in again: announced anew, and paid three days later.
        let again = rosa.run(["bills", "autopay", "skip", out, "--undo", "-o", "json"]).await.ok().json();
        assert_eq!(json!([again["pay_on"], again["announced"], again["why"]]), json!(["2026-12-02", false, null]));
        portal.round().await;
        assert_eq!(stands(&rosa, out).await, json!(["announced", null]));
        days(&portal, 3).await;
        assert_eq!((stands(&rosa, grown).await, stands(&rosa, out).await), (json!(["paid", null]), json!(["paid", null])));
        assert_eq!(payments(&rosa, pending).await.len(), 1, "what was on its way by hand, and nothing else");
        nadia.run("staff ledger check").await.ok();
    }

    /// A charge that is declined is told at once, with what to do, and is not tried again in the cycle.
    async fn what_is_declined_is_told_and_not_tried_again(portal: Portal) {
        let rosa = portal.rosa().await;
        let fails = rosa.run("wallet add --token pm_card_chargeCustomerFail -o ids").await.ok().stdout;
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "autopay", "set", "--category", "fine", "--days-before", "0", "--method", fails.trim()]).await.ok();
        days(&portal, 8).await;
        assert_eq!(stands(&rosa, &fine).await, json!(["failed", null]));
        let listed = rosa.run("notifications list --topic billing --limit 1 -o json").await.ok().json();
        assert_eq!(listed[0]["subject"], "Payment failed: $45.00");
        assert!(listed[0]["text"].as_str().unwrap().contains("is not tried again"), "{listed}");
        days(&portal, 5).await;
        assert_eq!(payments(&rosa, &fine).await.len(), 1);
        assert_eq!(rosa.run("bills list --category fine -o ids").await.ok().stdout.trim(), fine, "it is still to be paid");
        let shown = rosa.run("bills autopay show -o json").await.ok().json();
        assert_eq!(shown["rules"][0]["bills"][0]["why"], "failed");
        rosa.run(["bills", "pay", &fine, "--yes"]).await.ok();
    }

    /// A rule ends with its method, and with the account; what it had announced is not paid.
    async fn rules_end_with_their_method_and_their_account(portal: Portal) {
        let rosa = portal.rosa().await;
        let old = bill_of(&rosa, "utility").await;
        let card = rosa.run("wallet add --token pm_card_mastercard -o ids").await.ok().stdout;
        rosa.run(["bills", "autopay", "set", "--category", "utility", "--method", card.trim()]).await.ok();
        portal.round().await;
        assert_eq!(stands(&rosa, &old).await, json!(["announced", null]));
        rosa.run(["wallet", "remove", "-y", card.trim()]).await.ok();
        assert_eq!(stands(&rosa, &old).await, json!(["skipped", "method_gone"]));
        assert_eq!(told(&rosa, "Autopay is off").await, ["Autopay is off: utility"]);
        days(&portal, 4).await;
        assert_eq!(payments(&rosa, &old).await.len(), 0);
        // The rule is set with another: it is announced anew.
        rosa.run("bills autopay set").await.ok();
        portal.round().await;
        assert_eq!(stands(&rosa, &old).await, json!(["announced", null]));
        rosa.command("account deactivate --yes --password-stdin").stdin(format!("{PASSWORD}\n")).run().await.ok();
        days(&portal, 4).await;
        portal.shell().command("account reactivate --username rosa --password-stdin").stdin(format!("{PASSWORD}\n")).run().await.ok();
        let rosa = portal.rosa().await;
        assert_eq!(stands(&rosa, &old).await, json!(["skipped", "rule_off"]));
        assert_eq!(rosa.run("bills autopay show --jq .rules").await.ok().stdout.trim(), "[]");
    }

    /// Two people share a meter, each with a rule: the first one's pays, and the other is told nothing.
    async fn of_two_rules_for_a_bill_one_pays(portal: Portal) {
        let (rosa, tomas) = two_rules(&portal, "pm_card_visa").await;
        let bill = issue(&portal, "B-1", "2026-12-01", "80.00").await;
        days(&portal, 3).await;
        assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["announced", null]), Value::Null));
        assert_eq!(promised(&tomas, &bill).await, json!([8_000, null, "another_holder"]));
        days(&portal, 3).await;
        assert_eq!(payments(&rosa, &bill).await.len(), 1);
        assert_eq!((told(&tomas, "To be paid").await, told(&tomas, "Not paid").await), (Vec::<String>::new(), Vec::new()));
        // Where the one leaves a bill out, the other's rule has it.
        let next = issue(&portal, "B-2", "2026-12-12", "81.00").await;
        rosa.run(["bills", "autopay", "skip", &next]).await.ok();
        days(&portal, 9).await;
        assert_eq!((stands(&rosa, &next).await, stands(&tomas, &next).await), (json!(["skipped", "left_out"]), json!(["announced", null])));
        days(&portal, 3).await;
        assert_eq!(stands(&tomas, &next).await, json!(["paid", null]));
        assert_eq!(payments(&rosa, &next).await.len(), 1);
    }

    /// A record that is not linked any more is nobody's to pay for, and its bills are not told.
    async fn what_is_unlinked_is_not_paid(portal: Portal) {
        let rosa = portal.rosa().await;
        pay_what_is_due(&rosa).await;
        let bill = issue(&portal, "C-1", "2026-11-28", "80.00").await;
        rosa.run("bills autopay set --category utility").await.ok();
        portal.round().await;
        let record = of_bill(&rosa, &bill, "record").await;
        assert_eq!(stands(&rosa, &bill).await, json!(["announced", null]));
        rosa.run(["account", "records", "unlink", "-y", record.as_str().unwrap()]).await.ok();
        assert_eq!(stands(&rosa, &bill).await, Value::Null);
        days(&portal, 6).await;
        let tomas = portal.tomas().await;
        assert_eq!(payments(&tomas, &bill).await.len(), 0);
    }

    /// The city moves a due date: that is another cycle, announced for itself.
    async fn another_due_date_is_another_cycle(portal: Portal) {
        let rosa = portal.rosa().await;
        pay_what_is_due(&rosa).await;
        let bill = issue(&portal, "D-1", "2026-11-30", "80.00").await;
        rosa.run("bills autopay set --category utility").await.ok();
        days(&portal, 2).await;
        assert_eq!(runs(&rosa, &bill).await.len(), 1);
        issue(&portal, "D-1", "2026-12-03", "80.00").await;
        days(&portal, 3).await;
        let states: Vec<_> = runs(&rosa, &bill).await.iter().map(|run| json!([run["due_on"], run["state"], run["why"]])).collect();
        assert!(states.contains(&json!(["2026-12-03", "announced", null])), "{states:?}");
        assert!(states.contains(&json!(["2026-11-30", "skipped", "due_date_moved"])), "{states:?}");
        days(&portal, 3).await;
        assert_eq!(payments(&rosa, &bill).await.len(), 1);
    }
}
