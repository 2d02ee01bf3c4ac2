//! `staff payments reconcile --dry-run`: it tells what booking the file would, and holds nobody up.

use serde_json::{Value, json};

use super::statement::{ACCOUNT, Line, camt, comes, table};
use super::{account, asked, clerk, imported, right, stands};
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::held::HeldUnit;
use crate::support::portal::Portal;

citytime::queries! {
    /// Takes every bill, as payments of them do.
    TAKE_BILLS = "UPDATE bills SET status = status";
}

/// What is told of each entry, but for what it and its payment are called.
fn told(lines: &Value) -> Vec<Value> {
    let mut lines = lines.as_array().unwrap().clone();
    for line in &mut lines {
        line["entry"] = Value::Null;
        line["payment"] = Value::Null;
    }
    lines
}

on_both_databases! {
    /// A file of every sort of entry, among them two transfers for one bill, one entry twice and one that is known.
    async fn it_tells_what_booking_does(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let bills = imported(&portal, "utility", 4, 8_740).await;
        let references = asked(&portal, &bills).await;
        let [exact, parts, much, shared] = references.as_slice() else { panic!("four") };
        let both = rosa.run(["bills", "pay", &bills[3], &bills[0], "--bank", "--jq", ".reference"]).await.ok().stdout;
        let license = bill_of(&rosa, "license").await;
        let whole = &asked(&portal, std::slice::from_ref(&license)).await[0];
        let known = comes(500, "", "K-1");
        nadia.write("before.csv", &table(ACCOUNT, std::slice::from_ref(&known)));
        clerk(&nadia, "staff payments reconcile before.csv").await;
        let lines = [
            comes(4_000, parts, "P-1"),
            comes(8_740, exact, "E-1"),
            // The first of its bills is open still, the other one is not.
            comes(10_000, both.trim(), "B-1"),
            known,
            comes(4_740, parts, "P-2"),
            comes(100, parts, "P-3"),
            comes(9_000, much, "M-1"),
            // The other transfer of that bill: nothing is payable any more.
            comes(8_740, shared, "S-1"),
            comes(18_000, whole, "W-1"),
            comes(8_740, exact, "E-2"),
            comes(8_740, exact, "E-2"),
            comes(700, "", ""),
            comes(700, "", ""),
            comes(300, "RF18539007547034", "U-1"),
            Line { currency: "EUR", ..comes(200, exact, "C-1") },
            Line { goes_out: true, ..comes(900, "", "O-1") },
        ];
        nadia.write("statement.xml", &camt(ACCOUNT, &lines));
        let books = (account(&nadia, "bank").await, account(&nadia, "unapplied").await);
        let seen = nadia.run("staff payments reconcile statement.xml --dry-run -o json").await.ok();
        let again = clerk(&nadia, "staff payments reconcile statement.xml --dry-run").await;
        assert_eq!(seen.json(), again, "what was only looked at changes nothing");
        assert_eq!((account(&nadia, "bank").await, account(&nadia, "unapplied").await), books);
        let summary = nadia.run("staff payments reconcile statement.xml --dry-run").await.ok().stderr;
        let [parked, held] = ["would find no bill, and be parked", "found no bill: see what is held by `citytime staff payments parked`"];
        let summary = summary.replace("would be", "were").replace(parked, held);
        let done = nadia.run("staff payments reconcile statement.xml").await.ok().stderr;
        assert_eq!(summary.strip_prefix("Nothing was booked.\n"), Some(done.as_str()));
        let booked = clerk(&nadia, "staff payments reconcile statement.xml").await;
        assert_eq!(told(&seen.json()), told(&booked));
        let outcomes: Vec<&str> = booked.as_array().unwrap().iter().map(|line| line["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, [
            "partial", "settled", "partial", "unknown_reference", "settled", "duplicate", "over", "parked", "parked", "duplicate",
            "duplicate", "unknown_reference", "unknown_reference", "unknown_reference", "wrong_currency", "ignored",
        ]);
        // What is known is named in both; what would be new has no name yet.
        let named = |lines: &Value| lines.as_array().unwrap().iter().filter(|line| !line["entry"].is_null()).count();
        assert_eq!((named(&seen.json()), named(&booked)), (1, lines.len()));
        assert_eq!(stands(&rosa, &bills[3]).await, json!([8_740, 0, "paid"]));
        right(&nadia).await;
    }
}

on_both_databases! {
    threads: 4,

    /// Somebody is in the middle of paying every bill of the file: the dry run does not wait for them, so nobody waits for it.
    async fn it_waits_for_nobody(portal: Portal) {
        let nadia = portal.nadia().await;
        let bills = imported(&portal, "utility", 20, 8_740).await;
        let references = asked(&portal, &bills).await;
        let lines: Vec<Line> = references.iter().rev().map(|reference| comes(8_740, reference, "")).collect();
        nadia.write("statement.xml", &camt(ACCOUNT, &lines));
        let paying = HeldUnit::of(portal.store(), &TAKE_BILLS, None).await;
        let seen = nadia.run("staff payments reconcile statement.xml --dry-run -o json --timeout 4s").await;
        paying.let_go().await;
        let seen = seen.ok().json();
        assert!(seen.as_array().unwrap().iter().all(|line| line["outcome"] == "settled"), "{seen}");
        assert_eq!(told(&seen), told(&clerk(&nadia, "staff payments reconcile statement.xml").await));
        right(&nadia).await;
    }
}
