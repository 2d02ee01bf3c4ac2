//! Plays steps on a portal and on the model beside it.

use citytime::api::time::Date;
use serde_json::{Value, json};

use super::model::{BILLS, DUE, Fate, METHODS, Model, State, Step};
use crate::support::api::{Answer, Api};
use crate::transfers::statement::{ACCOUNT, Line, comes, table};

/// When the worker comes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounds {
    /// When it is asked to, but for what changes nothing: what is announced when is known.
    Asked,
    /// Whenever it does: what it announced is only seen, and what it paid in a night is seen the next day.
    AtNight,
}

/// Somebody with bills of their own, a clerk, and what should be.
pub(super) struct Player {
    rosa: Api,
    nadia: Api,
    name: String,
    /// The record its bills are on.
    record: String,
    rounds: Rounds,
    /// When its bills are due.
    due_on: Date,
    bills: Vec<String>,
    methods: Vec<String>,
    /// The payments that were made, in the model's order; those that failed have an id too.
    payments: Vec<String>,
    model: Model,
}

impl Player {
    /// With fresh bills of that name, on a day.
    pub(super) async fn new(rosa: Api, nadia: Api, name: &str, today: Date, rounds: Rounds) -> Self {
        let records = rosa.get("/v1/records").await.ok();
        let mut records = records["items"].as_array().unwrap().iter();
        let record = records.find(|record| record["kind"] == "utility").expect("a water meter");
        let mut player = Self {
            rosa,
            nadia,
            name: name.to_owned(),
            record: record["number"].as_str().unwrap().to_owned(),
            rounds,
            due_on: today.plus_days(i32::try_from(DUE).unwrap()),
            bills: Vec::new(),
            methods: Vec::new(),
            payments: Vec::new(),
            model: Model::new(),
        };
        player.rosa.ask("POST", "/v1/autopay/off", Some(json!({})), None).await.ok();
        for (place, (.., amount)) in BILLS.iter().enumerate() {
            let made = player.import(place, *amount).await;
            player.bills.push(made["id"].as_str().unwrap().to_owned());
        }
        for (token, ..) in METHODS {
            let method = player.rosa.ask("POST", "/v1/wallet", Some(json!({"token": token})), None).await.ok();
            player.methods.push(method["id"].as_str().unwrap().to_owned());
        }
        player
    }

    /// The line of a bill in an import; tells what became of it.
    async fn import(&self, bill: usize, amount: i64) -> Value {
        let line = json!({"line": 1, "number": format!("{}-{bill}", self.name), "record": self.record, "category": BILLS[bill].0,
            "title": "A bill", "issued_on": "2020-01-01", "due_on": self.due_on, "amount": amount});
        let made = self.nadia.ask("POST", "/v1/staff/bills/import", Some(json!({"lines": [line]})), None).await.ok();
        made["lines"][0].clone()
    }

    /// Plays a step under a key, here and there.
    pub(super) async fn play(&mut self, key: &str, step: &Step) {
        match step {
            Step::Sleep(days) => {
                let by = json!({"by": format!("{days}d")});
                self.nadia.ask("POST", "/v1/staff/clock/advance", Some(by), None).await.ok();
                self.model.sleep(*days);
                self.were_paid_by_themselves().await;
            }
            Step::Rule { bill, max, days_before, method } => {
                let max = max.map(|hundredths| BILLS[*bill].2 * hundredths / 100);
                let rule = json!({"category": BILLS[*bill].0, "max": max, "days_before": days_before, "method": self.methods[*method]});
                self.rosa.ask("POST", "/v1/autopay", Some(rule), None).await.ok();
                self.model.set_rule(*bill, max, *days_before, *method);
                self.round().await;
            }
            Step::NoRule { bill } => {
                let end = json!({"category": BILLS[*bill].0});
                let answer = self.rosa.ask("POST", "/v1/autopay/off", Some(end), None).await;
                let expected = if self.model.end_rule(*bill) { 200 } else { 404 };
                assert_eq!(answer.status, expected, "{step:?} of {:?}: {}", self.model, answer.body);
            }
            Step::LeaveOut { bill } | Step::TakeIn { bill } => {
                let (path, body) = (format!("/v1/autopay/{}/skip", self.bills[*bill]), json!({}));
                let answer = match step {
                    Step::LeaveOut { .. } => self.rosa.ask("POST", &path, Some(body), None).await,
                    _ => self.rosa.ask("DELETE", &path, None, None).await,
                };
                let expected = self.model.leave_out(step);
                self.assert_done(&answer, expected, step);
                if matches!(step, Step::TakeIn { .. }) && expected {
                    self.round().await;
                }
            }
            Step::Pay { bills, hundredths, method, repeated } => {
                self.pay(key, bills, *hundredths, *method, *repeated).await;
            }
            Step::Refund { payment, hundredths, kept, repeated } => {
                self.refund(key, *payment, *hundredths, *kept, *repeated).await;
            }
            Step::Reconcile { bills, hundredths, sent, repeated, given_back } => {
                self.reconcile(key, bills, *hundredths, sent, (*repeated, *given_back)).await;
            }
            Step::Return { payment } => {
                let Some(place) = self.place(*payment) else { return };
                let path = format!("/v1/staff/payments/{}/return", self.payments[place]);
                let answer = self.nadia.ask("POST", &path, Some(json!({"code": "R01"})), None).await;
                let expected = self.model.take_back(place);
                self.assert_done(&answer, expected, step);
            }
            Step::Void { bill } => {
                let path = format!("/v1/staff/bills/{}/void", self.bills[*bill]);
                let answer = self.nadia.ask("POST", &path, Some(json!({"reason": "a test"})), None).await;
                let expected = self.model.void(*bill);
                self.assert_done(&answer, expected, step);
            }
            Step::Credit { bill, hundredths } => {
                let amount = self.model.bills[*bill].amount * hundredths / 100;
                let path = format!("/v1/staff/bills/{}/credit", self.bills[*bill]);
                let body = json!({"amount": amount, "reason": "a test"});
                let answer = self.nadia.ask("POST", &path, Some(body), Some(key)).await;
                let expected = self.model.credit(*bill, amount);
                self.assert_done(&answer, expected, step);
            }
            Step::Correct { bill, hundredths } => {
                let gross = BILLS[*bill].2 * hundredths / 100;
                let line = self.import(*bill, gross).await;
                let expected = self.model.correct(*bill, gross);
                assert_eq!(line["outcome"] != "refused", expected, "{step:?} of {:?}: {line}", self.model);
            }
        }
    }

    /// A round of the worker, now: what a rule that was just set covers is announced in it, and not whenever the worker comes by.
    async fn round(&mut self) {
        if self.rounds == Rounds::AtNight {
            return;
        }
        self.nadia.ask("POST", "/v1/staff/clock/advance", Some(json!({"by": "0d"})), None).await.ok();
        self.were_paid_by_themselves().await;
    }

    /// Signs in again.
    pub(super) fn sign_in(&mut self, rosa: Api, nadia: Api) {
        (self.rosa, self.nadia) = (rosa, nadia);
    }

    /// Notes which bills were paid by themselves in the night before this day: those alone that could be, and of what was
    /// announced for it nothing is left.
    pub(super) async fn a_night_went_by(&mut self, today: Date) {
        let shown = self.rosa.get("/v1/autopay").await.ok();
        let runs = shown["runs"].as_array().unwrap();
        for run in runs {
            let waits = run["state"] == "announced" && run["pay_on"].as_str().unwrap() <= today.to_string().as_str();
            assert!(run["state"] != "paying" && !waits, "on {today}: {run}");
        }
        for (place, bill) in self.bills.iter().enumerate() {
            let run = runs.iter().find(|run| run["bill"] == bill.as_str());
            let Some(payment) = run.and_then(|run| run["payment"].as_str()) else { continue };
            if !self.payments.iter().any(|known| known == payment) {
                assert!(self.model.was_paid(place), "{bill} was paid by itself: {runs:?} {:?}", self.model);
                self.payments.push(payment.to_owned());
            }
        }
    }

    /// Notes which payments were made by themselves: as many as the model says, of those bills.
    async fn were_paid_by_themselves(&mut self) {
        let paid = self.model.by_itself();
        if paid.is_empty() {
            return;
        }
        let shown = self.rosa.get("/v1/autopay").await.ok();
        for bill in paid {
            let runs = shown["runs"].as_array().unwrap().iter();
            let run = runs.clone().find(|run| run["bill"] == self.bills[bill].as_str());
            let payment = run.and_then(|run| run["payment"].as_str());
            let payment = payment
                .unwrap_or_else(|| panic!("{} was to be paid by itself: {shown} {:?}", self.bills[bill], self.model));
            assert!(!self.payments.iter().any(|known| known == payment), "{payment} twice");
            self.payments.push(payment.to_owned());
        }
    }

    /// Which of the payments that were made a number means.
    fn place(&self, payment: usize) -> Option<usize> {
        payment.checked_rem(self.payments.len())
    }

    #[track_caller]
    fn assert_done(&self, answer: &Answer, expected: bool, step: &Step) {
        let may = if expected { &[200][..] } else { &[409, 422][..] };
        assert!(may.contains(&answer.status), "{step:?} of {:?}: {} {}", self.model, answer.status, answer.body);
    }

    async fn pay(&mut self, key: &str, bills: &[usize], hundredths: Option<i64>, method: usize, repeated: bool) {
        let amount = hundredths.map(|hundredths| self.model.payable(bills) * hundredths / 100);
        let named: Vec<&String> = bills.iter().map(|bill| &self.bills[*bill]).collect();
        let mut request = json!({"bills": named, "method": self.methods[method]});
        if let Some(amount) = amount {
            request["amount"] = amount.into();
        }
        let answer = self.rosa.ask("POST", "/v1/payments", Some(request.clone()), Some(key)).await;
        let Some(parts) = self.model.split(bills, amount) else {
            assert!([409, 422].contains(&answer.status), "{bills:?} {amount:?} of {:?}: {}", self.model, answer.body);
            return;
        };
        let fails = METHODS[method].1 == Fate::Fails;
        assert_eq!(
            answer.status,
            if fails { 402 } else { 200 },
            "{bills:?} {amount:?} of {:?}: {}",
            self.model,
            answer.body
        );
        self.model.pay(&parts, method);
        let id = answer.body[if fails { "subject" } else { "id" }].as_str().unwrap().to_owned();
        if repeated {
            let again = self.rosa.ask("POST", "/v1/payments", Some(request), Some(key)).await;
            assert_eq!((again.status, &again.body["id"]), (answer.status, &answer.body["id"]));
        }
        assert!(!self.payments.contains(&id), "{id} twice");
        self.payments.push(id);
    }

    async fn reconcile(
        &mut self,
        key: &str,
        bills: &[usize],
        hundredths: Option<i64>,
        sent: &[i64],
        (repeated, given_back): (bool, bool),
    ) {
        let amount = hundredths.map(|hundredths| self.model.payable(bills) * hundredths / 100);
        let named: Vec<&String> = bills.iter().map(|bill| &self.bills[*bill]).collect();
        let mut request = json!({"bills": named});
        if let Some(amount) = amount {
            request["amount"] = amount.into();
        }
        let answer = self.rosa.ask("POST", "/v1/transfers", Some(request), Some(key)).await;
        let Some(parts) = self.model.split(bills, amount) else {
            assert!([409, 422].contains(&answer.status), "{bills:?} {amount:?} of {:?}: {}", self.model, answer.body);
            return;
        };
        let made = answer.ok();
        let (asked, reference) = (made["amount"].as_i64().unwrap(), made["reference"].as_str().unwrap());
        let meant: Vec<usize> = parts.iter().map(|(bill, _)| *bill).collect();
        let amounts: Vec<i64> = sent.iter().map(|hundredths| (asked * hundredths / 100).max(1)).collect();
        let lines: Vec<Line> = amounts
            .iter()
            .enumerate()
            .map(|(place, cents)| comes(*cents, reference, &format!("{}-{key}-{place}", self.name)))
            .collect();
        let statement = table(ACCOUNT, &lines);
        let told = self.nadia.send("/v1/staff/bank-statements", statement.clone()).await.ok();
        let mut before = 0;
        for (entry, cents) in told["entries"].as_array().unwrap().iter().zip(&amounts) {
            let expected = self.model.arrive(&meant, (asked, before), *cents);
            before += cents;
            let found = (entry["outcome"].as_str().unwrap(), entry["parked"].as_i64().unwrap());
            assert_eq!(found, expected, "{entry} of {:?}", self.model);
            self.payments.extend(entry["payment"].as_str().map(str::to_owned));
        }
        if repeated {
            let again = self.nadia.send("/v1/staff/bank-statements", statement).await.ok();
            assert_eq!((&again["entries"], &again["new"]), (&told["entries"], &json!(0)));
        }
        let parked = told["entries"].as_array().unwrap().iter().filter(|entry| entry["parked"] != 0);
        for entry in parked.filter(|_| given_back) {
            let id = entry["entry"].as_str().unwrap();
            let path = format!("/v1/staff/bank-entries/{id}/give-back");
            let back = self.nadia.ask("POST", &path, Some(json!({"reason": "a test"})), Some(id)).await.ok();
            assert_eq!(json!([back["given_back"], back["left"]]), json!([entry["parked"], 0]));
        }
    }

    async fn refund(&mut self, key: &str, payment: usize, hundredths: Option<i64>, kept: bool, repeated: bool) {
        let Some(place) = self.place(payment) else { return };
        let path = format!("/v1/staff/payments/{}/refunds", self.payments[place]);
        let case = self.nadia.get(&format!("/v1/staff/payments/{}", self.payments[place])).await.ok();
        let amount = hundredths.map(|hundredths| case["amount"].as_i64().unwrap() * hundredths / 100);
        let mut request = json!({"reason": "billing_error", "bills": if kept { "kept" } else { "reopened" }});
        if let Some(amount) = amount {
            request["amount"] = amount.into();
        }
        let answer = self.nadia.ask("POST", &path, Some(request.clone()), Some(key)).await;
        let expected = self.model.refundable(place, amount);
        let may = if expected.is_some() { &[200][..] } else { &[409, 422][..] };
        assert!(
            may.contains(&answer.status),
            "{amount:?} of {:?}: {} {}",
            self.model.payments[place],
            answer.status,
            answer.body
        );
        if let Some(amount) = expected {
            assert_eq!(answer.body["amount"], amount);
            self.model.refund(place, amount, kept);
            if repeated {
                let again = self.nadia.ask("POST", &path, Some(request), Some(key)).await;
                assert_eq!(again.ok()["id"], answer.body["id"]);
            }
        }
    }

    /// Asserts that every bill and payment stands as the model says.
    pub(super) async fn compare(&self, when: &str) {
        for (id, expected) in self.bills.iter().zip(&self.model.bills) {
            let bill = self.rosa.get(&format!("/v1/bills/{id}")).await.ok();
            let found = json!([bill["amount"], bill["credited"], bill["paid"], bill["pending"], bill["status"]]);
            let (amount, credited, settled, pending) =
                (expected.amount, expected.credited, expected.settled, expected.pending);
            assert_eq!(found, json!([amount, credited, settled, pending, expected.status()]), "{id} {when}");
        }
        let shown = self.rosa.get("/v1/autopay").await.ok();
        let asked = if self.rounds == Rounds::Asked { self.bills.as_slice() } else { &[] };
        for (place, id) in asked.iter().enumerate() {
            let run = shown["runs"].as_array().unwrap().iter().find(|run| run["bill"] == id.as_str());
            let found = run.map(|run| json!([run["state"], run["why"]]));
            let expected = self.model.run(place).map(|(state, why)| json!([state, why]));
            assert_eq!(found, expected, "{id} {when} of {:?}", self.model);
        }
        assert_eq!(self.payments.len(), self.model.payments.len(), "{when}");
        for (id, expected) in self.payments.iter().zip(&self.model.payments) {
            let payment = self.rosa.get(&format!("/v1/payments/{id}")).await.ok();
            let state = match expected.state {
                State::Processing => "processing",
                State::Succeeded => "succeeded",
                State::Failed => "failed",
                State::Returned => "returned",
                State::Refunded => "refunded",
            };
            assert_eq!(
                json!([payment["status"], payment["refunded"]]),
                json!([state, expected.refunded]),
                "{id} {when}"
            );
        }
    }

    /// Asserts that the books are right.
    pub(super) async fn books_are_right(&self) {
        let check = self.nadia.get("/v1/staff/ledger/check").await.ok();
        assert_eq!(check["faults"], json!([]), "{:?}", self.model);
    }
}
