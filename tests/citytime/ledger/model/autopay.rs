//! What should be paid by itself: of each bill of a life the rule of its category, and what was announced of it.

use super::{BILLS, Model, Paid, State, Step};

/// How many days ahead a payment is announced.
const AHEAD: i64 = 3;
/// How many days after its life began a bill is due.
pub(in super::super) const DUE: i64 = 8;

/// A rule for the bills of a category.
#[derive(Debug, Clone, Copy)]
struct Rule {
    max: Option<i64>,
    days_before: i64,
    method: usize,
}

/// What became of a bill by a rule.
#[derive(Debug, Clone, Copy)]
enum Run {
    Announced {
        total: i64,
        pay_on: i64,
        since: i64,
    },
    /// By this payment.
    Paid(usize),
    Skipped(&'static str),
}

/// The rules of a life and what they came to, bill by bill.
#[derive(Debug, Clone, Default)]
pub(super) struct Autopay {
    rules: [Option<Rule>; BILLS.len()],
    runs: [Option<Run>; BILLS.len()],
}

impl Rule {
    fn pay_on(self, today: i64) -> i64 {
        (DUE - self.days_before).max(today + AHEAD)
    }

    fn allows(self, total: i64) -> bool {
        self.max.is_none_or(|max| total <= max)
    }
}

fn has_arrived(paid: &Paid) -> bool {
    matches!(paid.state, State::Succeeded | State::Refunded)
}

impl Model {
    /// Sets a rule; what was skipped for want of one may be announced again.
    pub(in super::super) fn set_rule(&mut self, bill: usize, max: Option<i64>, days_before: i64, method: usize) {
        self.autopay.rules[bill] = Some(Rule { max, days_before, method });
        for run in &mut self.autopay.runs {
            if matches!(run, Some(Run::Skipped("above_max" | "rule_off"))) {
                *run = None;
            }
        }
    }

    /// Whether a rule was ended.
    pub(in super::super) fn end_rule(&mut self, bill: usize) -> bool {
        if let Some(Run::Announced { .. }) = self.autopay.runs[bill] {
            self.autopay.runs[bill] = Some(Run::Skipped("rule_off"));
        }
        self.autopay.rules[bill].take().is_some()
    }

    /// Whether a bill was left out, or taken in again.
    pub(in super::super) fn leave_out(&mut self, step: &Step) -> bool {
        let (&Step::LeaveOut { bill } | &Step::TakeIn { bill }) = step else { return false };
        if self.bills[bill].status() != "open" || self.autopay.rules[bill].is_none() {
            return false;
        }
        let run = &mut self.autopay.runs[bill];
        let left_out = matches!(run, Some(Run::Skipped("left_out")));
        if matches!(step, Step::TakeIn { .. }) {
            *run = run.filter(|_| !left_out);
            return true;
        }
        let free = match run {
            Some(Run::Paid(payment)) => has_arrived(&self.payments[*payment]),
            _ => true,
        };
        if free {
            *run = Some(Run::Skipped("left_out"));
        }
        free
    }

    /// A round of the worker, after what was on its way has settled: pays, then announces. Tells which bills were paid, in
    /// the order of their payments.
    pub(in super::super) fn by_itself(&mut self) -> Vec<usize> {
        let due = (0..BILLS.len()).filter(|bill| self.pay_by_itself(*bill)).collect();
        (0..BILLS.len()).for_each(|bill| self.announce(bill));
        due
    }

    fn pay_by_itself(&mut self, bill: usize) -> bool {
        let Some(Run::Announced { total, pay_on, since }) = self.autopay.runs[bill] else { return false };
        if self.today < pay_on.max(since + AHEAD) {
            return false;
        }
        let (found, payable) = (self.bills[bill], self.bills[bill].payable());
        let rule = self.autopay.rules[bill].expect("what no rule covers is not announced");
        let next = if found.void {
            Run::Skipped("withdrawn")
        } else if found.pending != 0 {
            Run::Skipped("pending")
        } else if payable == 0 {
            Run::Skipped("paid_otherwise")
        } else if !rule.allows(payable) {
            Run::Skipped("above_max")
        } else if payable > total {
            Run::Announced { total: payable, pay_on: rule.pay_on(self.today), since: self.today }
        } else {
            self.pay(&[(bill, payable)], rule.method);
            Run::Paid(self.payments.len() - 1)
        };
        self.autopay.runs[bill] = Some(next);
        matches!(next, Run::Paid(_))
    }

    /// Whether a bill could be paid by itself in a night, as it was: then it is.
    pub(in super::super) fn was_paid(&mut self, bill: usize) -> bool {
        let (found, payable) = (self.bills[bill], self.bills[bill].payable());
        let free = match self.autopay.runs[bill] {
            Some(Run::Paid(payment)) => has_arrived(&self.payments[payment]),
            Some(Run::Skipped(_)) => false,
            Some(Run::Announced { .. }) | None => true,
        };
        let Some(rule) = self.autopay.rules[bill].filter(|rule| free && rule.allows(payable)) else { return false };
        if found.void || found.pending != 0 || payable == 0 {
            return false;
        }
        self.pay(&[(bill, payable)], rule.method);
        self.autopay.runs[bill] = Some(Run::Paid(self.payments.len() - 1));
        true
    }

    fn announce(&mut self, bill: usize) {
        // What was paid and has arrived may be owed in part again.
        let known = self.autopay.runs[bill].filter(|run| match run {
            Run::Paid(payment) => !has_arrived(&self.payments[*payment]),
            Run::Announced { .. } | Run::Skipped(_) => true,
        });
        let (found, Some(rule), None) = (self.bills[bill], self.autopay.rules[bill], known) else { return };
        let (total, soon) = (found.payable(), self.today >= DUE - rule.days_before - AHEAD);
        if soon && total > 0 && found.pending == 0 {
            self.autopay.runs[bill] = Some(match rule.allows(total) {
                true => Run::Announced { total, pay_on: rule.pay_on(self.today), since: self.today },
                false => Run::Skipped("above_max"),
            });
        }
    }

    /// Where a bill stands that is paid by itself, and why it is not.
    pub(in super::super) fn run(&self, bill: usize) -> Option<(&'static str, Option<&'static str>)> {
        Some(match self.autopay.runs[bill]? {
            Run::Announced { .. } => ("announced", None),
            Run::Skipped(why) => ("skipped", Some(why)),
            Run::Paid(payment) => match self.payments[payment] {
                Paid { state: State::Processing, .. } => ("paying", None),
                Paid { state: State::Succeeded | State::Refunded, .. } => ("paid", None),
                Paid { state: State::Failed | State::Returned, .. } => ("failed", None),
            },
        })
    }
}
