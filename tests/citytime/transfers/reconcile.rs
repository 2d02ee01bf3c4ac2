//! `staff payments reconcile`: what becomes of every sort of entry, once, however often it comes.

use std::collections::{BTreeMap, VecDeque};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::statement::{ACCOUNT, Line, camt, comes, table};
use super::{account, asked, clerk, imported, reconciled, right, stands};
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// What a bill of the large statement is over, in cents.
const AMOUNT: i64 = 8_740;
/// How many transfers of each sort the large statement has entries for.
const EXACT: usize = 150;
const IN_PARTS: usize = 100;
const TOO_MUCH: usize = 100;

/// A thousand entries of every sort, mixed, and what should become of each; those of one transfer keep their order.
fn thousand(references: &[String]) -> Vec<(Line, &'static str, i64)> {
    let mut queues: Vec<VecDeque<(Line, &'static str, i64)>> = Vec::new();
    let mut number = 0;
    let mut line = |cents: i64, reference: &str| {
        number += 1;
        // Some banks give no id of their own.
        let id = if number % 7 == 0 { String::new() } else { format!("B-{number}") };
        comes(cents, reference, &id)
    };
    for reference in &references[..EXACT] {
        let entries = [(AMOUNT, "settled", 0), (AMOUNT, "duplicate", AMOUNT), (AMOUNT / 2, "duplicate", AMOUNT / 2)];
        queues.push(
            entries.into_iter().map(|(cents, outcome, parked)| (line(cents, reference), outcome, parked)).collect(),
        );
    }
    for reference in &references[EXACT..EXACT + IN_PARTS] {
        queues.push([(line(4_000, reference), "partial", 0), (line(AMOUNT - 4_000, reference), "settled", 0)].into());
    }
    for reference in &references[EXACT + IN_PARTS..] {
        queues.push([(line(AMOUNT + 260, reference), "over", 260)].into());
    }
    for cents in 1..=150 {
        let reference = ["", "RF18539007547034", "RF00NONSENSE"][usize::try_from(cents).unwrap() % 3];
        queues.push([(line(cents * 100, reference), "unknown_reference", cents * 100)].into());
    }
    for cents in 1..=50 {
        queues.push([(Line { currency: "EUR", ..line(cents, &references[0]) }, "wrong_currency", 0)].into());
        queues.push([(Line { goes_out: true, ..line(cents, "") }, "ignored", 0)].into());
    }
    let (mut mixed, mut state) = (Vec::new(), 7_usize);
    while !queues.is_empty() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = (state >> 33) % queues.len();
        mixed.push(queues[place].pop_front().unwrap());
        if queues[place].is_empty() {
            queues.swap_remove(place);
        }
    }
    mixed
}

on_both_databases! {
    async fn a_thousand_entries_are_reconciled_as_told_and_once(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let bills = imported(&portal, "utility", EXACT + IN_PARTS + TOO_MUCH, AMOUNT).await;
        let references = asked(&portal, &bills).await;
        let entries = thousand(&references);
        assert_eq!(entries.len(), 1_000);
        let lines: Vec<Line> = entries.iter().map(|(line, ..)| line.clone()).collect();
        nadia.write("statement.xml", &camt(ACCOUNT, &lines));
        // Looked at first: nothing is booked.
        let seen = clerk(&nadia, "staff payments reconcile statement.xml --dry-run").await;
        assert_eq!(account(&nadia, "unapplied").await, 0);
        let first = clerk(&nadia, "staff payments reconcile statement.xml").await;
        let told = first.as_array().unwrap();
        assert_eq!(told.len(), 1_000);
        for (place, ((line, outcome, parked), entry)) in entries.iter().zip(told).enumerate() {
            let expected = json!([place + 1, outcome, parked, line.currency]);
            let found = json!([entry["place"], entry["outcome"], entry["parked"], entry["currency"]]);
            assert_eq!(found, expected, "{line:?}: {entry}");
        }
        let without = |lines: &Value| -> Vec<Value> {
            let lines = lines.as_array().unwrap().iter();
            lines.map(|line| json!([line["place"], line["outcome"], line["parked"], line["allocations"], line["detail"]])).collect()
        };
        assert_eq!(without(&seen), without(&first), "what was looked at is what was done");
        assert!(seen.as_array().unwrap().iter().all(|line| line["entry"].is_null() && line["payment"].is_null()));
        right(&nadia).await;
        let parked: i64 = entries.iter().map(|(.., parked)| parked).sum();
        let booked: i64 = entries.iter().filter(|(_, outcome, _)| !["wrong_currency", "ignored"].contains(outcome))
            .map(|(line, ..)| line.amount.replace('.', "").parse::<i64>().unwrap()).sum();
        assert_eq!((account(&nadia, "unapplied").await, account(&nadia, "bank").await), (-parked, booked));
        let every = i64::try_from(bills.len()).unwrap();
        assert_eq!(booked - parked, every * AMOUNT, "every bill is paid, none more than once");
        for bill in bills.iter().step_by(60) {
            assert_eq!(stands(&rosa, bill).await, json!([AMOUNT, 0, "paid"]));
        }
        // Again: the very same lines, and nothing new.
        let again = nadia.run("staff payments reconcile statement.xml -o json").await.ok();
        assert_eq!(again.json(), first);
        let summary = nadia.run("staff payments reconcile statement.xml").await.ok().stderr;
        assert!(summary.starts_with("1000 entries of account 004821900171, of which 0 were new: 250 settled, 100 partial, 100 over, 300 duplicate, "), "{summary}");
        // And as a table with other entries around, those with an id of the bank's are known again.
        let mut some: Vec<Line> = lines.iter().filter(|line| !line.id.is_empty()).take(50).cloned().collect();
        some.push(comes(1, "", "NEW-1"));
        nadia.write("some.csv", &table(ACCOUNT, &some));
        let answer = nadia.run("staff payments reconcile some.csv").await.ok().stderr;
        assert!(answer.contains("51 entries of account 004821900171, of which 1 were new"), "{answer}");
        assert_eq!(account(&nadia, "bank").await, booked + 1);
        right(&nadia).await;
    }

    async fn what_arrives_is_a_payment_as_any_other(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let reference = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        let lines = reconciled(&nadia, &table(ACCOUNT, &[comes(4_500, reference, "A-1")])).await;
        let (line, payment) = (&lines[0], lines[0]["payment"].as_str().unwrap());
        assert_eq!(json!([line["outcome"], line["allocations"], line["detail"]]), json!(["settled", [{"bill": fine, "amount": 4_500}], null]));
        assert_eq!(stands(&rosa, &fine).await, json!([4_500, 0, "paid"]));
        let receipt = rosa.run(["bills", "receipt", payment, "-o", "json"]).await.ok().json();
        assert_eq!(json!([receipt["status"], receipt["method"], receipt["method_kind"], receipt["total"]]), json!(["succeeded", "Bank transfer", "bank_transfer", 4_500]));
        let transfer = rosa.run(["bills", "transfer", line["transfer"].as_str().unwrap(), "-o", "json"]).await.ok().json();
        assert_eq!(json!([transfer["status"], transfer["received"]]), json!(["received", 4_500]));
        let history = rosa.run("history payments --limit 1 -o json").await.ok().json();
        assert_eq!(json!([history[0]["id"], history[0]["status"]]), json!([payment, "succeeded"]));
        let notices = rosa.run("notifications list -o json").await.ok().json();
        assert!(notices.as_array().unwrap().iter().any(|notice| notice["subject"] == "Payment received: $45.00"), "{notices}");
        // The way it was paid is no saved method.
        let wallet = rosa.run("wallet list -o json").await.ok().json();
        assert!(wallet.as_array().unwrap().iter().all(|method| method["kind"] != "bank_transfer"), "{wallet}");
        // What goes back goes from the bank, and no processor is asked.
        let (bank, processor) = (account(&nadia, "bank").await, account(&nadia, "processor_clearing").await);
        let back = nadia.run(&format!("staff payments refund -y {payment} --amount 5 --reason duplicate")).await.ok();
        assert!(back.stderr.contains("send $5.00 back from the city's bank"), "{}", back.stderr);
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "processor_clearing").await), (bank - 500, processor));
        assert_eq!(stands(&rosa, &fine).await, json!([4_000, 0, "open"]));
        right(&nadia).await;
    }

    async fn a_bill_that_cannot_take_it_lets_it_go_on(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, license, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "license").await, bill_of(&rosa, "tax").await);
        // A debit of the whole fine is on its way: its money goes to the tax bill behind it.
        let both = rosa.run(["bills", "pay", &fine, &tax, "--bank", "--amount", "100", "--jq", ".reference"]).await.ok().stdout;
        let only = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        let method = rosa.run("wallet add --token pm_usBankAccount_success --jq .id").await.ok().stdout.trim().to_owned();
        rosa.run(["bills", "pay", &fine, "--method", &method, "-y"]).await.ok();
        let lines = reconciled(&nadia, &table(ACCOUNT, &[comes(10_000, both.trim(), "A-1"), comes(4_500, only, "A-2")])).await;
        let way = format!("a payment of all of {fine} is on its way already");
        assert_eq!(json!([lines[0]["outcome"], lines[0]["allocations"], lines[0]["parked"], lines[0]["detail"]]), json!(["settled", [{"bill": tax, "amount": 10_000}], 0, way]));
        assert_eq!(json!([lines[1]["outcome"], lines[1]["payment"], lines[1]["parked"], lines[1]["detail"]]), json!(["parked", null, 4_500, way]));
        // A bill that takes no parts is settled whole, or not at all.
        let reference = &asked(&portal, std::slice::from_ref(&license)).await[0];
        let lines = reconciled(&nadia, &table(ACCOUNT, &[comes(10_000, reference, "A-3"), comes(8_500, reference, "A-4")])).await;
        assert_eq!(json!([lines[0]["outcome"], lines[0]["parked"], lines[1]["outcome"], lines[1]["parked"]]), json!(["parked", 10_000, "parked", 8_500]));
        assert_eq!(lines[0]["detail"], format!("{license} must be paid in full: $185.00"));
        let notices = rosa.run("notifications list -o json").await.ok().json();
        assert!(notices.as_array().unwrap().iter().any(|notice| notice["subject"] == "Money held: $100.00"), "{notices}");
        right(&nadia).await;
    }

    async fn what_is_no_statement_of_the_city_books_nothing(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let reference = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        let lines = [comes(4_500, reference, "A-1"), comes(100, "", "A-2")];
        let (whole, other) = (camt(ACCOUNT, &lines), camt("123", &lines));
        let mut latin = whole.clone().into_bytes();
        let place = latin.len() - 60;
        latin[place] = 0xe9;
        let cut = &whole.as_bytes()[..whole.len() - 90];
        let none = whole.replace("<Othr><Id>004821900171</Id></Othr>", "");
        for (name, bytes, told) in [
            ("cut.xml", cut, "the file is cut off"),
            ("latin.xml", latin.as_slice(), "the file is not UTF-8"),
            ("other.xml", other.as_bytes(), "the statement is of the account 123, and the city's is 004821900171"),
            ("none.xml", none.as_bytes(), "the statement does not say of which account it is"),
            ("cut.csv", table(ACCOUNT, &lines).trim_end().as_bytes(), "the file is cut off"),
            ("other.csv", table("123", &lines).as_bytes(), "the statement is of the account 123"),
            ("page.xml", b"<html></html>", "the file is no camt.053"),
        ] {
            std::fs::write(nadia.home().join(name), bytes).unwrap();
            let refused = nadia.run(&format!("staff payments reconcile {name} -o json")).await;
            let error = refused.error();
            assert_eq!((refused.exit, &error["code"]), (6, &json!("invalid")), "{name}: {error}");
            let said = format!("{} {}", error["message"], error["errors"]);
            assert!(said.contains(told) && said.contains(name), "{name}: {said}");
        }
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), (0, 0));
        assert_eq!(stands(&rosa, &fine).await, json!([0, 0, "open"]));
        assert_eq!(nadia.run("staff payments reconcile nowhere.xml -o json").await.error()["code"], "file");
        // Some banks give an id anew in each statement: over something else it is something else.
        let first = reconciled(&nadia, &table(ACCOUNT, &[comes(100, "", "A-2")])).await;
        let second = reconciled(&nadia, &table(ACCOUNT, &[comes(200, "", "A-2")])).await;
        assert_ne!(first[0]["entry"], second[0]["entry"]);
        assert_eq!(account(&nadia, "unapplied").await, -300);
        right(&nadia).await;
    }

    async fn a_line_is_shown_to_people_and_programs(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let reference = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        nadia.write("statement.csv", &table(ACCOUNT, &[comes(5_000, reference, "A-1"), comes(100, "", "A-2")]));
        let told = nadia.run("staff payments reconcile statement.csv --columns place,amount,outcome,parked,detail").await;
        let told = told.ok();
        let transfer = format!("TRF-{}", &reference[4..]);
        assert_snapshot!(format!("{}{}", told.stdout, told.stderr).replace(&transfer, "TRF-00000001"), @r"
        place	amount	outcome	parked	detail
        2	50.00	over	5.00	$5.00 more than TRF-00000001 was for
        3	1.00	unknown_reference	1.00	there is no creditor reference with it
        2 entries of account 004821900171, of which 2 were new: 1 over, 1 unknown reference
        $6.00 of them found no bill: see what is held by `citytime staff payments parked`
        ");
        let lines = nadia.run("staff payments reconcile statement.csv -o jsonl").await.ok().stdout;
        assert_eq!(lines.lines().count(), 2);
        let csv = nadia.run("staff payments reconcile statement.csv -o csv").await.ok().stdout;
        assert!(csv.starts_with("entry,place,booked_on,amount,reference,outcome,payment,"), "{csv}");
    }
}

on_both_databases! {
    threads: 2,

    /// Two clerks send the same statement at once, each to a portal of its own where the database serves several.
    async fn two_clerks_at_once_book_each_entry_once(portal: Portal) {
        let other = portal.twin().await;
        let bills = imported(&portal, "utility", 40, AMOUNT).await;
        let references = asked(&portal, &bills).await;
        let lines: Vec<Line> = references.iter().enumerate()
            .flat_map(|(place, reference)| [comes(AMOUNT, reference, &format!("C-{place}")), comes(AMOUNT, reference, "")])
            .collect();
        let token = portal.token("nadia").await;
        let (one, two) = (portal.nadia().await, other.shell().with("CITYTIME_TOKEN", token));
        for shell in [&one, &two] {
            shell.write("statement.xml", &camt(ACCOUNT, &lines));
        }
        let line = "staff payments reconcile statement.xml -o json";
        let (first, second) = tokio::join!(one.run(line), two.run(line));
        let (first, second) = (first.ok().json(), second.ok().json());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in first.as_array().unwrap() {
            *counts.entry(entry["outcome"].as_str().unwrap()).or_default() += 1;
        }
        assert_eq!(counts, BTreeMap::from([("duplicate", 40), ("settled", 40)]));
        assert_eq!(first, second, "both are told the same");
        let all = 80 * AMOUNT;
        assert_eq!((account(&one, "bank").await, account(&one, "unapplied").await), (all, -all / 2));
        right(&one).await;
    }
}
