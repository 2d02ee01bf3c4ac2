//! Money that residents send from their own bank: asking where to and under which reference, the statements it is found in,
//! and what is parked of it.
//!
//! - `asking`: `bills pay --bank`
//! - `statement`: statements as a bank sends them; `reconcile`: what becomes of their entries; `looking`: what would become of
//!   them; `parked`: what no bill took; `reversals`: what the bank takes back

mod asking;
mod looking;
mod parked;
mod reconcile;
mod reversals;
pub(crate) mod statement;

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// Paid, pending and state of a bill.
async fn stands(shell: &Shell, id: &str) -> Value {
    let bill = shell.run(["bills", "show", id, "-o", "json"]).await.ok().json();
    json!([bill["paid"], bill["pending"], bill["status"]])
}

/// What a clerk's line says, as JSON.
async fn clerk(nadia: &Shell, line: &str) -> Value {
    nadia.run(&format!("{line} -o json")).await.ok().json()
}

/// What becomes of a statement that is sent as a file.
async fn reconciled(nadia: &Shell, table: &str) -> Value {
    nadia.write("reconciled.csv", table);
    clerk(nadia, "staff payments reconcile reconciled.csv").await
}

/// What an account of the ledger stands at.
async fn account(nadia: &Shell, name: &str) -> i64 {
    let accounts = clerk(nadia, "staff ledger accounts").await;
    let found = accounts.as_array().unwrap().iter().find(|account| account["account"] == name);
    found.unwrap()["balance"].as_i64().unwrap()
}

/// Nothing is wrong with the books.
async fn right(nadia: &Shell) {
    assert_eq!(clerk(nadia, "staff ledger check").await["faults"], json!([]));
}

/// So many bills of rosa's, each over so much.
async fn imported(portal: &Portal, category: &str, count: usize, cents: i64) -> Vec<String> {
    let nadia = Api::signed_in(portal, "nadia").await;
    let lines: Vec<Value> = (0..count)
        .map(|line| {
            json!({"line": line, "number": format!("T-{line}"), "record": "UT-204177", "category": category, "title": "A bill",
                "issued_on": "2026-11-23", "due_on": "2026-12-23", "amount": cents})
        })
        .collect();
    let made = nadia.ask("POST", "/v1/staff/bills/import", Some(json!({"lines": lines})), None).await.ok();
    made["lines"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// The reference rosa is told for each of the bills.
async fn asked(portal: &Portal, bills: &[String]) -> Vec<String> {
    let rosa = Api::signed_in(portal, "rosa").await;
    let mut references = Vec::with_capacity(bills.len());
    for bill in bills {
        let made = rosa.ask("POST", "/v1/transfers", Some(json!({"bills": [bill]})), Some(bill)).await.ok();
        references.push(made["reference"].as_str().unwrap().to_owned());
    }
    references
}
