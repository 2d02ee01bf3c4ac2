//! Statements: they add up, to the ledger too, as tables, JSON, CSV and paper; receipts on paper.

use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

fn number(line: &Value, field: &str) -> i64 {
    line[field].as_i64().unwrap_or_else(|| panic!("{field} of {line}"))
}

/// Asserts that a statement adds up in every direction.
fn adds_up(statement: &Value) {
    const FIELDS: [&str; 6] = ["opening", "charges", "credits", "payments", "refunds", "closing"];
    let (categories, total) = (statement["categories"].as_array().unwrap(), &statement["total"]);
    for line in categories.iter().chain([total]) {
        let [opening, charges, credits, payments, refunds, closing] = FIELDS.map(|field| number(line, field));
        assert_eq!(opening + charges - credits - payments + refunds, closing, "{line}");
    }
    for field in FIELDS {
        let sum: i64 = categories.iter().map(|line| number(line, field)).sum();
        assert_eq!(sum, number(total, field), "{field} of {statement}");
    }
    let entries = statement["entries"].as_array().unwrap();
    let changed: i64 = entries.iter().map(|entry| number(entry, "amount")).sum();
    assert_eq!(number(total, "opening") + changed, number(total, "closing"), "{statement}");
    if let Some(last) = entries.last() {
        assert_eq!(number(last, "balance"), number(total, "closing"));
    }
}

async fn statement(shell: &Shell, days: &str) -> Value {
    let statement = shell.run(&format!("statement {days} -o json")).await.ok().json();
    adds_up(&statement);
    statement
}

/// What is owed on all bills.
async fn owed(shell: &Shell) -> i64 {
    let bills = shell.run("bills list --status all -o json").await.ok().json();
    let open = bills.as_array().unwrap().iter().filter(|bill| bill["status"] == "open");
    open.map(|bill| number(bill, "balance")).sum()
}

on_both_databases! {
    async fn a_statement_adds_up(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let before = statement(&rosa, "--from today").await;
        assert_eq!(number(&before["total"], "closing"), owed(&rosa).await);
        let (fine, tax, license) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await, bill_of(&rosa, "license").await);
        let payment = rosa.run(["bills", "pay", &fine, "-y", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        nadia.run(&format!("staff payments refund -y {payment} --amount 5 --reason duplicate")).await.ok();
        nadia.run(&format!("staff bills credit -y {tax} --amount 82.50 --reason wrong")).await.ok();
        nadia.run(&format!("staff bills void -y {license} --reason wrong")).await.ok();
        let after = statement(&rosa, "--from today --to today").await;
        let line = |category: &str| {
            let lines = after["categories"].as_array().unwrap();
            lines.iter().find(|line| line["category"] == category).unwrap().clone()
        };
        let fines = line("fine");
        let changes = json!([fines["charges"], fines["payments"], fines["refunds"], fines["closing"]]);
        assert_eq!(changes, json!([0, 4500, 500, 500]), "{fines}");
        assert_eq!(line("tax")["credits"], 8_250);
        assert_eq!(line("license")["credits"], 18_500);
        assert_eq!(number(&after["total"], "closing"), owed(&rosa).await);
        // Day by day it goes on where it ended.
        let year = statement(&rosa, "--year 2026").await;
        let last_year = statement(&rosa, "--year 2025").await;
        assert_eq!(year["total"]["opening"], last_year["total"]["closing"]);
        assert!(number(&last_year["total"], "payments") > 0 && number(&year["total"], "payments") > 4500);
        let csv = rosa.run("statement --from today -o csv").await.ok().stdout;
        assert!(csv.starts_with("category,opening,charges,credits,payments,refunds,closing\n"), "{csv}");
        assert!(csv.lines().last().unwrap().starts_with("total,"), "{csv}");
        let entries = rosa.run("statement --from today --entries -o csv").await.ok().stdout;
        assert_eq!(entries.lines().count(), 1 + after["entries"].as_array().unwrap().len(), "{entries}");
        for line in ["statement --from today --to -3d", "statement --year 2026 --from today"] {
            assert_ne!(rosa.run(&format!("{line} -o json")).await.exit, 0, "{line}");
        }
    }

    async fn statements_and_receipts_on_paper(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        let payment = rosa.run(["bills", "pay", &fine, "-y", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        let saved = rosa.run("statement --year 2026 --out statement.pdf -o json").await.ok().json();
        assert_eq!(json!([saved["file"], saved["media_type"]]), json!(["statement.pdf", "application/pdf"]));
        rosa.run(["bills", "receipt", &payment, "--out", "receipt.pdf"]).await.ok();
        for (file, texts) in [
            ("statement.pdf", ["City of Riverton", "Statement from 2026-01-01 to 2026-12-31", "utility", "Closing"]),
            ("receipt.pdf", ["City of Riverton", payment.as_str(), "Parking citation, Bridge Street", "$45.00"]),
        ] {
            let bytes = std::fs::read(rosa.home().join(file)).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.starts_with("%PDF-1.") && text.trim_end().ends_with("%%EOF"), "{file}");
            for wanted in texts {
                assert!(text.contains(wanted), "{file} has `{wanted}` as text");
            }
        }
        let tomas = portal.tomas().await;
        assert_eq!(tomas.run(["bills", "receipt", &payment, "--out", "-", "-o", "json"]).await.exit, 3);
    }
}
