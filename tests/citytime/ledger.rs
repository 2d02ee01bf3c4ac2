//! Any payments in any order: bills stand as a plain model of them says, and the ledger sums to zero.

use std::collections::HashMap;

use citytime::params;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// How many lives are lived on each database.
const CASES: usize = 10;
/// The bills of a life: category, whether part of one may be paid, amount.
const BILLS: [(&str, Part, i64); 3] =
    [("utility", Part::Allowed, 8_740), ("license", Part::Refused, 18_500), ("tax", Part::Allowed, 120_000)];
const METHODS: [(&str, Fate); 4] = [
    ("pm_card_visa", Fate::Succeeds),
    ("pm_card_chargeCustomerFail", Fate::Fails),
    ("pm_usBankAccount_success", Fate::SettlesAfter(4)),
    ("pm_usBankAccount_insufficientFunds", Fate::ReturnsAfter(2)),
];

mod queries {
    citytime::queries! {
        /// Entries whose postings do not sum to zero.
        pub UNBALANCED = "SELECT entry FROM postings GROUP BY entry HAVING SUM(amount) <> 0";
        /// What is posted to a bill of a number, and what its row says is owed.
        pub POSTED = "SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT), b.amount - b.settled FROM bills b \
                      LEFT JOIN postings p ON p.bill = b.id WHERE b.number = $1 GROUP BY b.amount, b.settled";
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Allowed,
    Refused,
}

#[derive(Debug, Clone, Copy)]
enum Fate {
    Succeeds,
    Fails,
    SettlesAfter(i64),
    ReturnsAfter(i64),
}

#[derive(Debug, Clone)]
enum Step {
    /// Pays some of the bills with a method; so many hundredths of what is payable, or all of it.
    Pay { bills: Vec<usize>, hundredths: Option<i64>, method: usize, repeated: bool },
    /// Days go by.
    Sleep(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let bills = proptest::sample::subsequence(vec![0, 1, 2], 1..=3).prop_shuffle();
    let pay = (bills, proptest::option::of(1..130_i64), 0..METHODS.len(), any::<bool>())
        .prop_map(|(bills, hundredths, method, repeated)| Step::Pay { bills, hundredths, method, repeated });
    prop_oneof![4 => pay, 1 => (1..3_i64).prop_map(Step::Sleep)]
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Account {
    amount: i64,
    settled: i64,
    pending: i64,
}

/// What of a payment goes to which bill.
type Split = (usize, i64);

/// What should be: the bills, and the debits on their way.
#[derive(Debug, Default)]
struct Model {
    bills: Vec<Account>,
    on_their_way: Vec<(i64, Fate, Vec<Split>)>,
    today: i64,
}

impl Model {
    /// What a payment should be split into, or that it should be refused.
    fn split(&self, bills: &[usize], amount: Option<i64>) -> Option<Vec<Split>> {
        let payable = |bill: usize| self.bills[bill].amount - self.bills[bill].settled - self.bills[bill].pending;
        let all: i64 = bills.iter().map(|bill| payable(*bill)).sum();
        let mut left = amount.unwrap_or(all);
        if bills.iter().any(|bill| payable(*bill) == 0) || left > all || left <= 0 {
            return None;
        }
        let mut parts = Vec::new();
        for &bill in bills {
            let part = payable(bill).min(left);
            if part > 0 && part < payable(bill) && BILLS[bill].1 == Part::Refused {
                return None;
            }
            left -= part;
            parts.extend((part > 0).then_some((bill, part)));
        }
        Some(parts)
    }

    fn pay(&mut self, parts: Vec<Split>, fate: Fate) {
        for &(bill, part) in &parts {
            match fate {
                Fate::Succeeds => self.bills[bill].settled += part,
                Fate::Fails => {}
                _ => self.bills[bill].pending += part,
            }
        }
        if matches!(fate, Fate::SettlesAfter(_) | Fate::ReturnsAfter(_)) {
            self.on_their_way.push((self.today, fate, parts));
        }
    }

    fn sleep(&mut self, days: i64) {
        self.today += days;
        let (bills, today) = (&mut self.bills, self.today);
        self.on_their_way.retain(|(begun, fate, parts)| {
            let (arrives, after) = match *fate {
                Fate::SettlesAfter(days) => (true, days),
                Fate::ReturnsAfter(days) => (false, days),
                _ => return false,
            };
            if today - begun < after {
                return true;
            }
            for &(bill, part) in parts {
                bills[bill].pending -= part;
                if arrives {
                    bills[bill].settled += part;
                }
            }
            false
        });
    }
}

async fn unbalanced(portal: &Portal) -> Vec<(i64,)> {
    let read = portal
        .store()
        .read((), |tx, ()| Box::pin(async move { tx.rows::<(i64,)>(&queries::UNBALANCED, &params![]).await }));
    read.await.unwrap()
}

async fn posted(portal: &Portal, number: String) -> (i64, i64) {
    let read = portal.store().read(number, |tx, number| {
        Box::pin(async move { tx.one::<(i64, i64)>(&queries::POSTED, &params![number]).await })
    });
    read.await.unwrap()
}

async fn live(portal: &Portal, case: usize, steps: &[Step]) {
    let (rosa, nadia) = (Api::signed_in(portal, "rosa").await, Api::signed_in(portal, "nadia").await);
    let number = |bill: usize| format!("L-{case}-{bill}");
    let lines: Vec<Value> = BILLS
        .iter()
        .enumerate()
        .map(|(bill, (category, _, amount))| {
            json!({"line": bill, "number": number(bill), "record": "UT-204177", "category": category, "title": "A bill",
                   "issued_on": "2026-11-23", "due_on": "2026-12-23", "amount": amount})
        })
        .collect();
    let made = nadia.ask("POST", "/v1/staff/bills/import", Some(json!({"lines": lines})), None).await.ok();
    let ids: Vec<String> =
        made["lines"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    let mut methods = Vec::new();
    for (token, _) in METHODS {
        let method = rosa.ask("POST", "/v1/wallet", Some(json!({"token": token})), None).await.ok();
        methods.push(method["id"].as_str().unwrap().to_owned());
    }
    let bills = BILLS.iter().map(|(_, _, amount)| Account { amount: *amount, ..Account::default() }).collect();
    let mut model = Model { bills, ..Model::default() };
    let mut made: HashMap<String, Value> = HashMap::new();
    for (place, step) in steps.iter().enumerate() {
        match step {
            Step::Sleep(days) => {
                nadia.ask("POST", "/v1/staff/clock/advance", Some(json!({"by": format!("{days}d")})), None).await.ok();
                model.sleep(*days);
            }
            Step::Pay { bills, hundredths, method, repeated } => {
                let payable: i64 = bills
                    .iter()
                    .map(|bill| model.bills[*bill])
                    .map(|bill| bill.amount - bill.settled - bill.pending)
                    .sum();
                let amount = hundredths.map(|hundredths| payable * hundredths / 100);
                let named: Vec<&String> = bills.iter().map(|bill| &ids[*bill]).collect();
                let mut request = json!({"bills": named, "method": methods[*method]});
                if let Some(amount) = amount {
                    request["amount"] = amount.into();
                }
                let key = format!("case-{case}-{place}");
                let answer = rosa.ask("POST", "/v1/payments", Some(request.clone()), Some(&key)).await;
                let expected = model.split(bills, amount);
                let fate = METHODS[*method].1;
                let status = match (&expected, fate) {
                    (None, _) => None,
                    (Some(_), Fate::Fails) => Some(402),
                    (Some(_), _) => Some(200),
                };
                match status {
                    Some(status) => assert_eq!(answer.status, status, "{step:?} of {model:?}: {}", answer.body),
                    None => assert!([409, 422].contains(&answer.status), "{step:?} of {model:?}: {}", answer.body),
                }
                if let Some(parts) = expected {
                    model.pay(parts, fate);
                    if *repeated {
                        let again = rosa.ask("POST", "/v1/payments", Some(request), Some(&key)).await;
                        assert_eq!((again.status, &again.body["id"]), (answer.status, &answer.body["id"]));
                    }
                    if let Some(id) = answer.body["id"].as_str() {
                        assert!(made.insert(id.to_owned(), answer.body.clone()).is_none(), "{id} twice");
                    }
                }
            }
        }
        for (id, expected) in ids.iter().zip(&model.bills) {
            let bill = rosa.get(&format!("/v1/bills/{id}")).await.ok();
            let number = |name: &str| bill[name].as_i64().unwrap();
            let found = Account { amount: number("amount"), settled: number("paid"), pending: number("pending") };
            assert_eq!(found, *expected, "after {step:?}, step {place} of {steps:?}");
            assert_eq!(bill["status"] == "paid", expected.settled == expected.amount, "{bill}");
        }
        assert_eq!(unbalanced(portal).await, [], "after {step:?}, step {place} of {steps:?}");
        for (bill, expected) in model.bills.iter().enumerate() {
            // A bill's receivable is what is owed on it.
            let owed = expected.amount - expected.settled;
            assert_eq!(posted(portal, number(bill)).await, (owed, owed));
        }
    }
}

on_both_databases! {
    async fn payments_in_any_order_add_up(portal: Portal) {
        let mut runner = TestRunner::deterministic();
        let steps = proptest::collection::vec(step(), 4..16);
        for case in 0..CASES {
            let steps = steps.new_tree(&mut runner).unwrap().current();
            live(&portal, case, &steps).await;
        }
    }
}
