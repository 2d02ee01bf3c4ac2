//! Thirty-two clients at the same three bills: two people who hold the record pay them, by card, from a bank account and by
//! transfer, while a clerk gives back, notes returns, takes off, withdraws and corrects. No model can say who is first: the
//! books have to be right whoever is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use citytime::portal::store::StoreError;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::model::{self, BILLS, METHODS, Step, Time};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;
use crate::transfers::statement::{ACCOUNT, Line, comes, table};

const CLIENTS: usize = 32;
/// How often there are three new bills.
const ROUNDS: usize = 8;
/// How many steps each client takes on them.
const STEPS: usize = 8;
/// The record all the bills are on.
const RECORD: &str = "UT-204177";
/// Who holds it.
const HOLDERS: [&str; 2] = ["rosa", "tomas"];

citytime::queries! {
    /// Of each bill what it is over, was credited, paid and set aside, and the same from the postings and the payments on their way.
    COLUMNS = "SELECT b.amount, b.credited, b.settled, b.pending, \
               CAST((SELECT COALESCE(SUM(q.amount), 0) FROM postings q JOIN journal_entries e ON e.id = q.entry \
               WHERE q.bill = b.id AND e.kind IN ('charge', 'adjustment', 'credit')) AS BIGINT), \
               CAST((SELECT COALESCE(SUM(-q.amount), 0) FROM postings q JOIN journal_entries e ON e.id = q.entry \
               WHERE q.bill = b.id AND e.kind = 'credit') AS BIGINT), \
               CAST((SELECT COALESCE(SUM(-q.amount), 0) FROM postings q JOIN journal_entries e ON e.id = q.entry \
               WHERE q.bill = b.id AND e.kind IN ('payment', 'return', 'refund', 'reversal')) AS BIGINT), \
               CAST((SELECT COALESCE(SUM(a.amount), 0) FROM allocations a JOIN payments p ON p.id = a.payment \
               WHERE a.bill = b.id AND p.status IN ('pending', 'processing')) AS BIGINT) \
               FROM bills b WHERE b.number LIKE 'SHARED-%' ORDER BY b.id";
}

/// One of many at the same bills.
struct Rival {
    payer: Api,
    clerk: Api,
    round: usize,
    bills: Arc<Vec<String>>,
    /// The payer's.
    methods: Vec<String>,
    /// Everybody's, as they are made.
    payments: Arc<Mutex<Vec<String>>>,
}

/// How often each kind of step was done, and how often it was refused.
type Tally = BTreeMap<&'static str, [usize; 2]>;

impl Rival {
    /// Takes a step under a key; tells its kind, and whether it was done. `None` where there is nothing yet to take it on.
    async fn play(&self, key: &str, step: &Step) -> Option<(&'static str, bool)> {
        let kind = match step {
            Step::Pay { .. } => "pay",
            Step::Refund { .. } => "refund",
            Step::Return { .. } => "return",
            Step::Void { .. } => "void",
            Step::Credit { .. } => "credit",
            Step::Correct { .. } => "correct",
            Step::Reconcile { .. } => "reconcile",
            _ => return None,
        };
        let done = match step {
            Step::Pay { bills, hundredths, method, .. } => {
                let request = json!({"bills": self.named(bills), "method": self.methods[*method], "amount": part(bills, *hundredths)});
                let answer = self.payer.ask("POST", "/v1/payments", Some(request), Some(key)).await;
                assert!([200, 402, 409, 422].contains(&answer.status), "{step:?}: {}", answer.body);
                self.payments().extend(answer.body["id"].as_str().map(str::to_owned));
                answer.status == 200
            }
            Step::Refund { payment, hundredths, kept, .. } => {
                let body = json!({"reason": "billing_error", "bills": if *kept { "kept" } else { "reopened" },
                    "amount": hundredths.map(|hundredths| 50 * hundredths)});
                self.decides(&format!("payments/{}/refunds", self.payment(*payment)?), body, key).await
            }
            Step::Return { payment } => {
                self.decides(&format!("payments/{}/return", self.payment(*payment)?), json!({"code": "R01"}), key).await
            }
            Step::Void { bill } => {
                self.decides(&format!("bills/{}/void", self.bills[*bill]), json!({"reason": "a test"}), key).await
            }
            Step::Credit { bill, hundredths } => {
                let body = json!({"amount": BILLS[*bill].2 * hundredths / 100, "reason": "a test"});
                self.decides(&format!("bills/{}/credit", self.bills[*bill]), body, key).await
            }
            Step::Correct { bill, hundredths } => {
                let made = import(&self.clerk, self.round, *bill, BILLS[*bill].2 * hundredths / 100).await;
                made["outcome"] != "refused"
            }
            Step::Reconcile { bills, hundredths, sent, .. } => self.reconcile(key, bills, *hundredths, sent).await,
            _ => return None,
        };
        Some((kind, done))
    }

    fn payments(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.payments.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The payment a number means, of those anybody has made so far.
    fn payment(&self, number: usize) -> Option<String> {
        let payments = self.payments();
        // The last ones: the others have been fought over already.
        let place = payments.len().checked_sub(1)?.saturating_sub(number);
        payments.get(place).cloned()
    }

    fn named(&self, bills: &[usize]) -> Vec<&String> {
        bills.iter().map(|bill| &self.bills[*bill]).collect()
    }

    /// What a clerk decides; whether it was done.
    async fn decides(&self, path: &str, body: Value, key: &str) -> bool {
        let answer = self.clerk.ask("POST", &format!("/v1/staff/{path}"), Some(body), Some(key)).await;
        assert!([200, 409, 422].contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
        answer.status == 200
    }

    /// Asks for a transfer and sends the statement it is on; whether any of it went to a bill.
    async fn reconcile(&self, key: &str, bills: &[usize], hundredths: Option<i64>, sent: &[i64]) -> bool {
        let request = json!({"bills": self.named(bills), "amount": part(bills, hundredths)});
        let answer = self.payer.ask("POST", "/v1/transfers", Some(request), Some(key)).await;
        assert!([200, 409, 422].contains(&answer.status), "{bills:?}: {} {}", answer.status, answer.body);
        if answer.status != 200 {
            return false;
        }
        let (asked, reference) = (answer.body["amount"].as_i64().unwrap(), answer.body["reference"].as_str().unwrap());
        let entry = |(place, hundredths): (usize, &i64)| {
            comes((asked * hundredths / 100).max(1), reference, &format!("{key}-{place}"))
        };
        let lines: Vec<Line> = sent.iter().enumerate().map(entry).collect();
        let told = self.clerk.send("/v1/staff/bank-statements", table(ACCOUNT, &lines)).await.ok();
        let made = told["entries"].as_array().unwrap().iter().filter_map(|entry| entry["payment"].as_str());
        let made: Vec<String> = made.map(str::to_owned).collect();
        let done = !made.is_empty();
        self.payments().extend(made);
        done
    }
}

/// So many four hundredths of what bills were over at first: several clients find something left. `None`: all that is payable.
fn part(bills: &[usize], hundredths: Option<i64>) -> Option<i64> {
    let whole: i64 = bills.iter().map(|bill| BILLS[*bill].2).sum();
    hundredths.map(|hundredths| (whole * hundredths / 400).max(1))
}

/// Issues or corrects a bill of a round; tells the line of the import.
async fn import(clerk: &Api, round: usize, bill: usize, amount: i64) -> Value {
    let line = json!({"line": 1, "number": format!("SHARED-{round}-{bill}"), "record": RECORD, "category": BILLS[bill].0,
        "title": "A bill", "issued_on": "2020-01-01", "due_on": "2027-06-30", "amount": amount});
    let made = clerk.ask("POST", "/v1/staff/bills/import", Some(json!({"lines": [line]})), None).await.ok();
    made["lines"][0].clone()
}

/// Asserts that the portal finds no fault, and that each bill is what its postings say.
async fn are_right(portal: &Portal, clerk: &Api, round: usize) {
    let check = clerk.get("/v1/staff/ledger/check").await.ok();
    assert_eq!(check["faults"], json!([]), "round {round}");
    type Row = (i64, i64, i64, i64, i64, i64, i64, i64);
    let read = portal.store().read((), |tx, ()| Box::pin(async move { tx.rows::<Row>(&COLUMNS, &[]).await }));
    let bills = read.await.map_err(|error: StoreError| error).unwrap();
    assert_eq!(bills.len(), (round + 1) * BILLS.len());
    for (amount, credited, settled, pending, charged, off, paid, waiting) in bills {
        assert_eq!((amount, credited, settled, pending), (charged, off, paid, waiting), "round {round}");
        assert!(settled + pending <= amount, "round {round}: {settled} and {pending} of {amount}");
    }
}

/// Steps about money, many of them such as only one can take.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let money = |step: &Step| {
        !matches!(step, Step::Rule { .. } | Step::NoRule { .. } | Step::LeaveOut { .. } | Step::TakeIn { .. })
    };
    let any = model::step(METHODS.len(), Time::AtNight).prop_filter("about money", money);
    let void = (0..BILLS.len()).prop_map(|bill| Step::Void { bill });
    let back = (0..6_usize).prop_map(|payment| Step::Return { payment });
    proptest::collection::vec(prop_oneof![6 => any, 1 => void, 1 => back], STEPS)
}

on_both_databases! {
    threads: 2,

    async fn many_at_the_same_bills(portal: Portal) {
        let mut runner = TestRunner::deterministic();
        let mut tally = Tally::new();
        let mut wallets = Vec::new();
        for holder in HOLDERS {
            let payer = Api::signed_in(&portal, holder).await;
            let mut methods = Vec::new();
            for (token, ..) in METHODS {
                let method = payer.ask("POST", "/v1/wallet", Some(json!({"token": token})), None).await.ok();
                methods.push(method["id"].as_str().unwrap().to_owned());
            }
            wallets.push(methods);
        }
        for round in 0..ROUNDS {
            let nadia = Api::signed_in(&portal, "nadia").await;
            let mut bills = Vec::new();
            for (place, (.., amount)) in BILLS.iter().enumerate() {
                bills.push(import(&nadia, round, place, *amount).await["id"].as_str().unwrap().to_owned());
            }
            let (bills, payments) = (Arc::new(bills), Arc::<Mutex<Vec<String>>>::default());
            let mut clients = JoinSet::new();
            for client in 0..CLIENTS {
                let who = client % HOLDERS.len();
                let rival = Rival {
                    payer: Api::signed_in(&portal, HOLDERS[who]).await,
                    clerk: Api::signed_in(&portal, "nadia").await,
                    round,
                    bills: Arc::clone(&bills),
                    methods: wallets[who].clone(),
                    payments: Arc::clone(&payments),
                };
                let steps = steps().new_tree(&mut runner).unwrap().current();
                clients.spawn(async move {
                    let mut played = Vec::new();
                    for (place, step) in steps.iter().enumerate() {
                        played.extend(rival.play(&format!("shared-{round}-{client}-{place}"), step).await);
                    }
                    played
                });
            }
            while let Some(played) = clients.join_next().await {
                for (kind, done) in played.unwrap() {
                    tally.entry(kind).or_default()[usize::from(!done)] += 1;
                }
            }
            are_right(&portal, &nadia, round).await;
            // What the bank had on its way arrives, or does not.
            nadia.ask("POST", "/v1/staff/clock/advance", Some(json!({"by": "5d"})), None).await.ok();
            are_right(&portal, &nadia, round).await;
        }
        assert_eq!(tally.len(), 7, "{tally:?}");
        assert!(tally.values().flatten().all(|count| *count > 0), "each was done, and each came too late: {tally:?}");
    }
}
