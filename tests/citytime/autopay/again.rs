//! A refund makes a bill owed again that autopay then takes: the clerk is told before and after, and how to leave it paid.

use serde_json::{Value, json};

use super::{days, issue, of_bill, paid_by_rule, payments, runs, stands, weeks};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// The first payment of a bill.
async fn payment_of(rosa: &Shell, bill: &str) -> String {
    payments(rosa, bill).await[0]["payment"].as_str().unwrap().to_owned()
}

on_both_databases! {
    /// What is promised to the clerk is what happens.
    async fn a_refund_that_autopay_takes_again_says_so(portal: Portal) {
        let rosa = portal.rosa().await;
        let bill = paid_by_rule(&portal, &rosa, "R-1").await;
        let payment = payment_of(&rosa, &bill).await;
        let nadia = portal.nadia().await;
        let quote = format!("/v1/staff/payments/{payment}/refunds/quote");
        let quoted = async |asked: Value| {
            let told = Api::signed_in(&portal, "nadia").await.ask("post", &quote, Some(asked), None).await.ok();
            json!([told["amount"], told["owed_again"], told["paid_again"]])
        };
        let again = json!([{"bill": bill, "total": 2_000, "pay_on": "2026-12-11"}]);
        let owed = json!([{"bill": bill, "amount": 2_000}]);
        assert_eq!(quoted(json!({"amount": 2_000, "reason": "goodwill"})).await, json!([2_000, owed, again]));
        assert_eq!(quoted(json!({"amount": 2_000, "reason": "goodwill", "bills": "kept"})).await, json!([2_000, [], []]));
        let refund = format!("staff payments refund {payment} --amount 20 --reason goodwill");
        // At a terminal it is told with the question; nothing is done on a no.
        let mut terminal = nadia.command(&refund).at_terminal(120, 24);
        terminal.expect(&format!("{bill} is owed again, and autopay takes $20.00 for it on 2026-12-11.")).await;
        terminal.expect("With --keep-settled they stay paid, and nothing is taken.").await;
        terminal.expect(&format!("Give $20.00 of {payment} back? [y/N]: ")).await;
        terminal.send_line("n").await;
        assert_eq!(terminal.finish().await.0, 130);
        let mut terminal = nadia.command(&format!("{refund} --keep-settled")).at_terminal(120, 24);
        terminal.expect("[y/N]: ").await;
        terminal.send_line("n").await;
        let (exit, screen) = terminal.finish().await;
        assert!(exit == 130 && !screen.contains("autopay"), "{screen}");
        assert_eq!(of_bill(&rosa, &bill, "status").await, "paid");
        // Given away for good nothing is owed; else the answer tells it, to people and to programs.
        let kept = nadia.run(&format!("staff payments refund {payment} --amount 1 --reason goodwill --keep-settled --yes -o json")).await;
        assert_eq!(kept.ok().json()["paid_again"], json!([]));
        let made = nadia.run(&format!("{refund} --yes --idempotency-key case-9")).await.ok();
        assert!(made.stderr.contains(&format!("{bill} is owed again, and autopay takes $20.00 for it on 2026-12-11.")), "{made}");
        assert!(made.stderr.contains("--keep-settled") && made.stderr.contains(&format!("citytime staff bills credit {bill}")), "{made}");
        let made = nadia.run(&format!("{refund} --yes --idempotency-key case-9 -o json")).await.ok().json();
        assert_eq!((&made["paid_again"], &made["amount"]), (&again, &json!(2_000)), "{made}");
        // The very next round announces it for the day that was told, and on that day it is paid.
        portal.round().await;
        let run = &runs(&rosa, &bill).await[0];
        assert_eq!((&run["state"], &run["pay_on"]), (&json!("announced"), &json!("2026-12-11")), "{run}");
        days(&portal, 2).await;
        assert_eq!(payments(&rosa, &bill).await.len(), 1);
        days(&portal, 1).await;
        assert_eq!((payments(&rosa, &bill).await.len(), stands(&rosa, &bill).await), (2, json!(["paid", null])));
        nadia.run("staff ledger check").await.ok();
    }

    /// Where no rule takes it nothing is said of autopay; what is on its way back is told ahead.
    async fn a_refund_that_nobody_takes_again_says_nothing(portal: Portal) {
        let rosa = portal.rosa().await;
        let payment = payment_of(&rosa, &paid_by_rule(&portal, &rosa, "R-1").await).await;
        let nadia = portal.nadia().await;
        rosa.run("bills autopay off").await.ok();
        let made = nadia.run(&format!("staff payments refund {payment} --amount 20 --reason goodwill --yes -o json")).await;
        assert_eq!(made.ok().json()["paid_again"], json!([]));
        let rosa = portal.rosa().await;
        // She sets it again, and it pays by a debit: what goes back of that counts for the limit no more.
        let bill = issue(&portal, "R-2", "2026-12-20", "80.00").await;
        let bank = rosa.run("wallet add --token pm_usBankAccount_success -o ids").await.ok().stdout;
        rosa.run(["bills", "autopay", "set", "--category", "utility", "--max", "85", "--method", bank.trim()]).await.ok();
        weeks(&portal, &[&rosa, &nadia], 16).await;
        assert_eq!(stands(&rosa, &bill).await, json!(["paid", null]));
        let payment = payment_of(&rosa, &bill).await;
        let refund = format!("staff payments refund {payment} --amount 30 --reason cancelled");
        let says = format!("{bill} will be owed again once the money has gone back; autopay then takes $30.00, three days after announcing it");
        let mut terminal = nadia.command(&refund).at_terminal(200, 24);
        terminal.expect(&says).await;
        terminal.expect("[y/N]: ").await;
        terminal.send_line("n").await;
        assert_eq!(terminal.finish().await.0, 130);
        let made = nadia.run(&format!("{refund} --yes --idempotency-key case-7")).await.ok();
        assert!(made.stderr.contains(&says) && made.stderr.contains("--keep-settled"), "{made}");
        // Of a bill that is still paid nothing can be taken off: that is not offered.
        assert!(!made.stderr.contains("is owed again") && !made.stderr.contains("staff bills credit"), "{made}");
        let repeat = format!("{refund} --yes --idempotency-key case-7 -o json");
        let made = nadia.run(&repeat).await.ok().json();
        let again = |pay_on: Value| json!([{"bill": bill, "total": 3_000, "pay_on": pay_on}]);
        assert_eq!((&made["status"], &made["paid_again"]), (&json!("processing"), &again(Value::Null)), "{made}");
        // The day is known once the money is there.
        days(&portal, 4).await;
        let made = nadia.run(&repeat).await.ok().json();
        let day = runs(&rosa, &bill).await[0]["pay_on"].clone();
        assert_eq!((&made["status"], &made["paid_again"]), (&json!("succeeded"), &again(day)), "{made}");
    }
}
