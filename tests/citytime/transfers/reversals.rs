//! What the bank itself takes back of what it had booked: the payment that was made of it comes back, once.

use serde_json::{Value, json};

use super::statement::{ACCOUNT, Line, camt, comes, reverses};
use super::{account, asked, clerk, imported, right, stands};
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// What a bill is over, in cents.
const AMOUNT: i64 = 8_740;

/// Outcome, what is parked, and what goes to which bill, of each line of a statement; a dry run before tells the same.
async fn outcomes(nadia: &Shell, lines: &[Line]) -> Vec<Value> {
    nadia.write("statement.xml", &camt(ACCOUNT, lines));
    let told = |lines: &Value| -> Vec<Value> {
        let lines = lines.as_array().unwrap().iter();
        lines
            .map(|line| json!([line["outcome"], line["parked"], line["allocations"], line["transfer"], line["detail"]]))
            .collect()
    };
    let seen = clerk(nadia, "staff payments reconcile statement.xml --dry-run").await;
    let booked = clerk(nadia, "staff payments reconcile statement.xml").await;
    assert_eq!(told(&seen), told(&booked), "a dry run tells what is booked");
    assert_eq!(clerk(nadia, "staff payments reconcile statement.xml").await, booked, "the same file changes nothing");
    right(nadia).await;
    booked.as_array().unwrap().iter().map(|line| json!([line["outcome"], line["parked"]])).collect()
}

/// How many notices begin so.
async fn told(shell: &Shell, subject: &str) -> usize {
    let notices = shell.run("notifications list -o json").await.ok().json();
    notices.as_array().unwrap().iter().filter(|notice| notice["subject"].as_str().unwrap().starts_with(subject)).count()
}

on_both_databases! {
    async fn what_the_bank_takes_back_is_owed_again(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let bills = imported(&portal, "utility", 4, AMOUNT).await;
        let references = asked(&portal, &bills).await;
        let [by_bank, by_payer, by_reference, noted] = references.as_slice() else { panic!("four") };
        let paid = [
            comes(AMOUNT, by_bank, "A-1"),
            // More than was asked for: the rest is held.
            Line { end_to_end: "RENT-11", ..comes(AMOUNT + 260, by_payer, "A-2") },
            comes(AMOUNT, by_reference, ""),
            comes(AMOUNT, noted, "A-4"),
        ];
        assert_eq!(outcomes(&nadia, &paid).await, [json!(["settled", 0]), json!(["over", 260]), json!(["settled", 0]), json!(["settled", 0])]);
        // Of one a clerk knows already.
        let entry = clerk(&nadia, "staff payments list --status succeeded").await;
        let of = |bill: &str| entry.as_array().unwrap().iter().find(|case| case["allocations"][0]["bill"] == bill).unwrap()["id"].clone();
        let known = of(&bills[3]);
        nadia.run(["staff", "payments", "return", known.as_str().unwrap(), "--code", "R02", "-y"]).await.ok();
        let back = [
            reverses(AMOUNT, by_bank, "A-1"),
            Line { end_to_end: "RENT-11", ..reverses(AMOUNT + 260, "", "Z-2") },
            reverses(AMOUNT, by_reference, "Z-3"),
            reverses(AMOUNT, noted, "A-4"),
        ];
        assert_eq!(outcomes(&nadia, &back).await, vec![json!(["returned", 0]); 4]);
        for bill in &bills {
            assert_eq!(stands(&rosa, bill).await, json!([0, 0, "open"]), "{bill}");
        }
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), (0, 0));
        assert_eq!((told(&rosa, "Payment returned").await, told(&rosa, "Money taken back: $2.60").await), (4, 1));
        let transfer = |reference: &str| format!("bills transfer TRF-{} -o json", &reference[4..]);
        for reference in [by_bank, by_payer, by_reference] {
            let seen = rosa.run(&transfer(reference)).await.ok().json();
            assert_eq!(json!([seen["status"], seen["received"]]), json!(["open", 0]), "{seen}");
        }
        // What was taken back is not taken back again, whatever the bank calls that; and it may be sent again.
        let more = [
            Line { end_to_end: "RENT-11", ..reverses(AMOUNT + 260, "", "Z-9") },
            comes(AMOUNT, by_bank, "A-9"),
        ];
        assert_eq!(outcomes(&nadia, &more).await, [json!(["unknown_reversal", -(AMOUNT + 260)]), json!(["settled", 0])]);
        assert_eq!(stands(&rosa, &bills[0]).await, json!([AMOUNT, 0, "paid"]));
    }

    /// All in one file, which tells the last first.
    async fn what_comes_and_goes_in_one_statement(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let bills = imported(&portal, "utility", 2, AMOUNT).await;
        let references = asked(&portal, &bills).await;
        let lines = [
            reverses(AMOUNT, &references[0], "A-1"),
            Line { end_to_end: "GIFT", ..reverses(700, "", "Z-1") },
            comes(AMOUNT, &references[1], "A-2"),
            Line { end_to_end: "GIFT", ..comes(700, "", "U-1") },
            comes(AMOUNT, &references[0], "A-1"),
        ];
        let expected = [json!(["returned", 0]), json!(["returned", 0]), json!(["settled", 0]), json!(["unknown_reference", 700]), json!(["settled", 0])];
        assert_eq!(outcomes(&nadia, &lines).await, expected);
        assert_eq!((stands(&rosa, &bills[0]).await, stands(&rosa, &bills[1]).await), (json!([0, 0, "open"]), json!([AMOUNT, 0, "paid"])));
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), (AMOUNT, 0));
    }

    /// What cannot be tied is held below zero, seen by clerks, and taken off when they have found it.
    async fn what_is_not_known_is_held_for_a_clerk(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let bills = imported(&portal, "utility", 3, AMOUNT).await;
        let references = asked(&portal, &bills).await;
        let paid = [
            Line { end_to_end: "RENT", ..comes(AMOUNT, &references[0], "A-1") },
            Line { end_to_end: "RENT", ..comes(AMOUNT, &references[1], "A-2") },
            Line { end_to_end: "LATE", ..comes(900, "", "A-3") },
            comes(610, &references[2], "7"),
        ];
        outcomes(&nadia, &paid).await;
        let held = clerk(&nadia, "staff payments parked").await[0]["id"].as_str().unwrap().to_owned();
        nadia.run(["staff", "payments", "give-back", &held, "--reason", "Nothing is owed", "-y"]).await.ok();
        let back = [
            // Which of two, whatever number it has; another amount; sent back by the city itself.
            Line { end_to_end: "RENT", ..reverses(AMOUNT, "", "A-2") },
            reverses(AMOUNT - 1, &references[0], "A-1"),
            Line { end_to_end: "LATE", ..reverses(900, "", "A-3") },
            // A number that another entry had in another statement.
            reverses(610, "", "7"),
        ];
        let unknown = [AMOUNT, AMOUNT - 1, 900, 610].map(|cents| json!(["unknown_reversal", -cents]));
        assert_eq!(outcomes(&nadia, &back).await, unknown);
        let summary = nadia.run("staff payments reconcile statement.xml").await.ok().stderr;
        assert!(summary.contains("$189.89 was taken back by the bank, and it is not known of what"), "{summary}");
        let sum = -(2 * AMOUNT - 1 + 900 + 610);
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), (2 * AMOUNT + 610 + sum, -sum));
        let parked = clerk(&nadia, "staff payments parked --outcome unknown_reversal").await;
        assert_eq!(parked.as_array().unwrap().len(), 4, "{parked}");
        let found = parked.as_array().unwrap().iter().find(|entry| entry["left"] == -AMOUNT).unwrap();
        let entry = found["id"].as_str().unwrap();
        let refused = nadia.run(&format!("staff payments apply {entry} {} --who rosa -o json", bills[2])).await;
        assert_eq!(refused.error()["code"], "conflict", "{refused}");
        // A clerk asks the bank: it was the first one.
        let cases = clerk(&nadia, "staff payments list --status succeeded").await;
        let first = cases.as_array().unwrap().iter().find(|case| case["allocations"][0]["bill"] == bills[0].as_str()).unwrap();
        nadia.run(["staff", "payments", "return", first["id"].as_str().unwrap(), "--code", "R10", "-y"]).await.ok();
        let off = nadia.run(["staff", "payments", "give-back", entry, "--reason", "Returned with R10", "-y"]).await.ok();
        assert!(off.stderr.contains("$87.40"), "{}", off.stderr);
        assert_eq!(stands(&rosa, &bills[0]).await, json!([0, 0, "open"]));
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), (2 * AMOUNT + 610 + sum, -(sum + AMOUNT)));
        let twice = nadia.run(&format!("staff payments give-back {entry} --reason again -y -o json")).await;
        assert_eq!(twice.error()["code"], "conflict");
        right(&nadia).await;
    }
}
