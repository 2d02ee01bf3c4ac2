//! What should be: bills, payments and what goes back of them, as a plain model that knows no portal.

mod autopay;

use proptest::prelude::*;

pub(super) use self::autopay::DUE;

/// The bills of a life: category, whether part of one may be paid, amount.
pub(super) const BILLS: [(&str, Part, i64); 3] =
    [("utility", Part::Allowed, 8_740), ("license", Part::Refused, 18_500), ("tax", Part::Allowed, 120_000)];
/// Ways to pay: the token, what becomes of a charge, and how many days a refund takes.
pub(super) const METHODS: [(&str, Fate, i64); 4] = [
    ("pm_card_visa", Fate::Succeeds, 0),
    ("pm_card_chargeCustomerFail", Fate::Fails, 0),
    ("pm_usBankAccount_success", Fate::SettlesAfter(4), 4),
    ("pm_usBankAccount_insufficientFunds", Fate::ReturnsAfter(2), 4),
];

/// The way to pay that no method is: a transfer, which arrives when it is reconciled and goes back at once.
pub(super) const TRANSFER: usize = METHODS.len();

/// How many days a refund of a payment takes.
fn refund_days(method: usize) -> i64 {
    METHODS.get(method).map_or(0, |(.., days)| *days)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Allowed,
    Refused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Succeeds,
    Fails,
    SettlesAfter(i64),
    ReturnsAfter(i64),
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Pays some of the bills with a method; so many hundredths of what is payable, or all of it.
    Pay { bills: Vec<usize>, hundredths: Option<i64>, method: usize, repeated: bool },
    /// Gives a payment back, or so many hundredths of what was paid; the bills may stay paid.
    Refund { payment: usize, hundredths: Option<i64>, kept: bool, repeated: bool },
    /// The bank takes a payment back.
    Return { payment: usize },
    /// Withdraws a bill.
    Void { bill: usize },
    /// Takes so many hundredths of what a bill is over off it.
    Credit { bill: usize, hundredths: i64 },
    /// The city corrects what a bill is over: so many hundredths of what it was.
    Correct { bill: usize, hundredths: i64 },
    /// A transfer is asked for some of the bills, and a statement comes with entries of it, each of so many hundredths of what
    /// was asked for; it may come again. What is parked of it may be sent back.
    Reconcile { bills: Vec<usize>, hundredths: Option<i64>, sent: Vec<i64>, repeated: bool, given_back: bool },
    /// A bill's category is paid by itself with a method, so many days before it is due, up to so many hundredths of what it was.
    Rule { bill: usize, max: Option<i64>, days_before: i64, method: usize },
    /// It is not any more.
    NoRule { bill: usize },
    /// A bill is left out of it.
    LeaveOut { bill: usize },
    /// It is left out no longer.
    TakeIn { bill: usize },
    /// Days go by.
    Sleep(i64),
}

/// How time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// By steps.
    InSteps,
    /// Between them, for everybody at once.
    AtNight,
}

/// Any step.
pub(super) fn step(methods: usize, time: Time) -> BoxedStrategy<Step> {
    let bills = proptest::sample::subsequence(vec![0, 1, 2], 1..=3).prop_shuffle();
    let pay = (bills, proptest::option::of(1..130_i64), 0..methods, any::<bool>())
        .prop_map(|(bills, hundredths, method, repeated)| Step::Pay { bills, hundredths, method, repeated });
    let refund = (0..6_usize, proptest::option::of(1..110_i64), any::<bool>(), any::<bool>())
        .prop_map(|(payment, hundredths, kept, repeated)| Step::Refund { payment, hundredths, kept, repeated });
    let some = proptest::sample::subsequence(vec![0, 1, 2], 1..=3).prop_shuffle();
    // Exact, part of it, too much; of several entries the later ones may be the rest, too much or paid twice.
    let sent = proptest::collection::vec(prop_oneof![2 => Just(100_i64), 1 => 1..100_i64, 1 => 101..150_i64], 1..4);
    let reconcile = (some, proptest::option::of(1..120_i64), sent, any::<bool>(), any::<bool>()).prop_map(
        |(bills, hundredths, sent, repeated, given_back)| Step::Reconcile {
            bills,
            hundredths,
            sent,
            repeated,
            given_back,
        },
    );
    let bill = || 0..BILLS.len();
    let rule = (bill(), proptest::option::of(20..150_i64), 0..6_i64, 0..methods)
        .prop_map(|(bill, max, days_before, method)| Step::Rule { bill, max, days_before, method });
    let any = prop_oneof![
        2 => reconcile,
        6 => pay,
        3 => refund,
        1 => (0..6_usize).prop_map(|payment| Step::Return { payment }),
        1 => (0..BILLS.len()).prop_map(|bill| Step::Void { bill }),
        1 => (0..BILLS.len(), 1..40_i64).prop_map(|(bill, hundredths)| Step::Credit { bill, hundredths }),
        1 => (0..BILLS.len(), 50..150_i64).prop_map(|(bill, hundredths)| Step::Correct { bill, hundredths }),
        3 => rule,
        1 => bill().prop_map(|bill| Step::NoRule { bill }),
        1 => bill().prop_map(|bill| Step::LeaveOut { bill }),
        1 => bill().prop_map(|bill| Step::TakeIn { bill }),
    ];
    match time {
        Time::InSteps => prop_oneof![21 => any, 4 => (1..3_i64).prop_map(Step::Sleep)].boxed(),
        Time::AtNight => any.boxed(),
    }
}

/// A bill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bill {
    pub(super) amount: i64,
    pub(super) credited: i64,
    pub(super) settled: i64,
    pub(super) pending: i64,
    pub(super) void: bool,
}

impl Bill {
    fn payable(&self) -> i64 {
        if self.void { 0 } else { self.amount - self.settled - self.pending }
    }

    pub(super) fn status(&self) -> &'static str {
        match self {
            Self { void: true, .. } => "void",
            bill if bill.settled >= bill.amount => "paid",
            _ => "open",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Processing,
    Succeeded,
    Failed,
    Returned,
    Refunded,
}

/// What of a payment goes to which bill.
pub(super) type Split = (usize, i64);

/// A payment.
#[derive(Debug, Clone)]
pub(super) struct Paid {
    /// Bill, amount, and what of it went back.
    parts: Vec<(usize, i64, i64)>,
    method: usize,
    begun: i64,
    pub(super) state: State,
    pub(super) refunded: i64,
    /// On its way back: how much, whether the bills stay paid, since when.
    going_back: Vec<(i64, bool, i64)>,
}

impl Paid {
    fn amount(&self) -> i64 {
        self.parts.iter().map(|(_, amount, _)| amount).sum()
    }

    fn left(&self) -> i64 {
        self.amount() - self.refunded - self.going_back.iter().map(|(amount, ..)| amount).sum::<i64>()
    }
}

/// What should be.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) bills: Vec<Bill>,
    pub(super) payments: Vec<Paid>,
    autopay: autopay::Autopay,
    today: i64,
}

impl Model {
    pub(super) fn new() -> Self {
        let bills = BILLS.iter().map(|(_, _, amount)| Bill { amount: *amount, ..Bill::default() }).collect();
        Self { bills, ..Self::default() }
    }

    pub(super) fn payable(&self, bills: &[usize]) -> i64 {
        bills.iter().map(|bill| self.bills[*bill].payable()).sum()
    }

    /// What a payment should be split into, or that it should be refused.
    pub(super) fn split(&self, bills: &[usize], amount: Option<i64>) -> Option<Vec<Split>> {
        let payable = |bill: usize| self.bills[bill].payable();
        let all = self.payable(bills);
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

    pub(super) fn pay(&mut self, parts: &[Split], method: usize) {
        let state = match METHODS[method].1 {
            Fate::Succeeds => State::Succeeded,
            Fate::Fails => State::Failed,
            Fate::SettlesAfter(_) | Fate::ReturnsAfter(_) => State::Processing,
        };
        for &(bill, part) in parts {
            match state {
                State::Succeeded => self.bills[bill].settled += part,
                State::Processing => self.bills[bill].pending += part,
                _ => {}
            }
        }
        let parts = parts.iter().map(|&(bill, amount)| (bill, amount, 0)).collect();
        let (begun, going_back) = (self.today, Vec::new());
        self.payments.push(Paid { parts, method, begun, state, refunded: 0, going_back });
    }

    /// Money arrives of a transfer for bills that was over `asked`, of which so much had arrived: what should become of it, and
    /// what should be parked.
    pub(super) fn arrive(&mut self, bills: &[usize], (asked, before): (i64, i64), amount: i64) -> (&'static str, i64) {
        let missing = (asked - before).max(0);
        if missing == 0 {
            return ("duplicate", amount);
        }
        let (mut left, mut parts) = (amount.min(missing), Vec::new());
        for &bill in bills {
            let payable = self.bills[bill].payable();
            let part = payable.min(left);
            if part > 0 && (part == payable || BILLS[bill].1 == Part::Allowed) {
                self.bills[bill].settled += part;
                left -= part;
                parts.push((bill, part, 0));
            }
        }
        let used: i64 = parts.iter().map(|(_, part, _)| part).sum();
        if parts.is_empty() {
            return ("parked", amount);
        }
        let (begun, going_back) = (self.today, Vec::new());
        self.payments.push(Paid { parts, method: TRANSFER, begun, state: State::Succeeded, refunded: 0, going_back });
        let outcome = match amount.cmp(&missing) {
            std::cmp::Ordering::Less => "partial",
            std::cmp::Ordering::Equal => "settled",
            std::cmp::Ordering::Greater => "over",
        };
        (outcome, amount - used)
    }

    /// How much should go back, or that it should be refused.
    pub(super) fn refundable(&self, payment: usize, amount: Option<i64>) -> Option<i64> {
        let paid = &self.payments[payment];
        let amount = amount.unwrap_or_else(|| paid.left());
        let stands = matches!(paid.state, State::Succeeded | State::Refunded);
        (stands && amount > 0 && amount <= paid.left()).then_some(amount)
    }

    pub(super) fn refund(&mut self, payment: usize, amount: i64, kept: bool) {
        if refund_days(self.payments[payment].method) == 0 {
            self.give_back(payment, amount, kept);
        } else {
            let today = self.today;
            self.payments[payment].going_back.push((amount, kept, today));
        }
    }

    fn give_back(&mut self, payment: usize, amount: i64, kept: bool) {
        let (paid, mut left) = (&mut self.payments[payment], amount);
        for (bill, part, back) in paid.parts.iter_mut().rev() {
            let more = (*part - *back).min(left);
            *back += more;
            left -= more;
            if !kept {
                self.bills[*bill].settled -= more;
            }
        }
        paid.refunded += amount;
        if paid.refunded >= paid.amount() {
            paid.state = State::Refunded;
        }
    }

    /// Whether the bank's taking it back is taken note of.
    pub(super) fn take_back(&mut self, payment: usize) -> bool {
        let paid = &mut self.payments[payment];
        if !matches!(paid.state, State::Succeeded | State::Refunded) || !paid.going_back.is_empty() {
            return false;
        }
        paid.state = State::Returned;
        for (bill, part, back) in &paid.parts {
            // What was given back of a bill that stayed paid is not owed again: it is lost.
            self.bills[*bill].settled -= part - back;
        }
        true
    }

    /// Whether a bill is withdrawn.
    pub(super) fn void(&mut self, bill: usize) -> bool {
        let found = &mut self.bills[bill];
        let may = found.status() == "open" && found.settled == 0 && found.pending == 0;
        found.void |= may;
        may
    }

    /// Whether something is taken off a bill.
    pub(super) fn credit(&mut self, bill: usize, amount: i64) -> bool {
        let found = &mut self.bills[bill];
        let may = found.status() == "open" && amount > 0 && amount <= found.payable();
        if may {
            found.amount -= amount;
            found.credited += amount;
        }
        may
    }

    /// Whether what a bill is over is corrected.
    pub(super) fn correct(&mut self, bill: usize, gross: i64) -> bool {
        let found = &mut self.bills[bill];
        let net = gross - found.credited;
        let may = net == found.amount || !found.void && net >= found.settled + found.pending;
        if may {
            found.amount = net;
        }
        may
    }

    pub(super) fn sleep(&mut self, days: i64) {
        self.today += days;
        let today = self.today;
        for place in 0..self.payments.len() {
            let paid = &mut self.payments[place];
            if paid.state == State::Processing {
                let (arrives, after) = match METHODS[paid.method].1 {
                    Fate::SettlesAfter(days) => (true, days),
                    Fate::ReturnsAfter(days) => (false, days),
                    Fate::Succeeds | Fate::Fails => continue,
                };
                if today - paid.begun >= after {
                    paid.state = if arrives { State::Succeeded } else { State::Returned };
                    for &(bill, part, _) in &paid.parts {
                        self.bills[bill].pending -= part;
                        self.bills[bill].settled += if arrives { part } else { 0 };
                    }
                }
            }
            let days = refund_days(self.payments[place].method);
            let (arrived, going) = std::mem::take(&mut self.payments[place].going_back)
                .into_iter()
                .partition(|(.., begun)| today - begun >= days);
            self.payments[place].going_back = going;
            let arrived: Vec<(i64, bool, i64)> = arrived;
            for (amount, kept, _) in arrived {
                self.give_back(place, amount, kept);
            }
        }
    }
}
