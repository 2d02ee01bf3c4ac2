//! Which rule covers a bill, when it is paid, and what becomes of an announced one on its day: pure decisions.

use jiff::SignedDuration;

use super::queries::{RuleRow, RunRow};
use crate::{
    api::{
        autopay::{AutopayReason, NewAutopayRule},
        bills::BillStatus,
        money::Minor,
        problem::{FieldError, Problem},
        time::{Date, Timestamp},
    },
    portal::{
        bills::queries::BillRow,
        city::City,
        error::{Error, Result},
        unknown,
    },
};

/// How many days ahead a payment is announced at least.
pub(super) const DAYS_AHEAD: i32 = 3;
/// How many days before it is due a bill is paid unless its rule says.
const USUAL_DAYS_BEFORE: u32 = 2;
/// How early a bill is paid at most, in days: bills come a month before they are due.
const MOST_DAYS_BEFORE: u32 = 28;

/// A rule to be set, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its category; empty for all others.
    pub category: String,
    /// What may be taken for one bill.
    pub max: Option<Minor>,
    /// How many days before it is due a bill is paid.
    pub days_before: u32,
}

/// Checks a new rule; all mistakes are told at once.
pub(super) fn checked(new: &NewAutopayRule, city: &City) -> Result<Checked> {
    let mut errors = Vec::new();
    if let Some(error) = unknown_category(new.category.as_deref(), city) {
        errors.push(error);
    }
    if new.max.is_some_and(|max| max.0 <= 0) {
        errors.push(FieldError::new("/max", "max must be above zero; leave it out for any amount"));
    }
    let days_before = new.days_before.unwrap_or(USUAL_DAYS_BEFORE);
    if days_before > MOST_DAYS_BEFORE {
        errors.push(FieldError::new(
            "/days_before",
            format!("a bill is paid 0 to {MOST_DAYS_BEFORE} days before it is due"),
        ));
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors).into());
    }
    Ok(Checked { category: new.category.clone().unwrap_or_default(), max: new.max, days_before })
}

/// What is wrong with a category that the city does not have.
fn unknown_category(category: Option<&str>, city: &City) -> Option<FieldError> {
    let typed = category.filter(|category| city.category(category).is_none())?;
    let known: Vec<_> = city.categories.iter().map(|category| category.id.as_str()).collect();
    Some(unknown::in_category(typed, &known))
}

/// Refuses a category that the city does not have.
pub(super) fn check_category(category: Option<&str>, city: &City) -> Result<()> {
    match unknown_category(category, city) {
        Some(error) => Err(Error::from(Problem::invalid(vec![error]))),
        None => Ok(()),
    }
}

/// The rule that covers bills of a category: its own, else that for all others.
pub(super) fn covering<'r>(rules: &'r [RuleRow], category: &str) -> Option<&'r RuleRow> {
    let named = |name: &str| rules.iter().find(|rule| rule.category == name);
    named(category).or_else(|| named(""))
}

/// Until when bills are due that are announced today.
pub(super) fn announced_until(today: Date, days_before: u32) -> Date {
    today.plus_days(DAYS_AHEAD.saturating_add(days(days_before)))
}

/// When a bill is paid that is announced on a day, or later if that is early: so many days before it is due, and never
/// sooner than three days after it was announced.
pub(super) fn pay_on(due_on: Date, days_before: u32, announced_on: Date) -> Date {
    due_on.plus_days(-days(days_before)).max(announced_on.plus_days(DAYS_AHEAD))
}

fn days(days_before: u32) -> i32 {
    i32::try_from(days_before).unwrap_or(i32::MAX)
}

/// Before this instant a bill was announced that is paid now: three whole days ahead, at whatever hour that was.
pub(super) fn announced_before(now: Timestamp) -> Timestamp {
    now.plus(SignedDuration::from_hours(-24 * i64::from(DAYS_AHEAD)))
}

/// What would be taken for a bill, fee and all.
pub(super) fn total(bill: &BillRow, rule: &RuleRow, city: &City) -> Minor {
    let payable = bill.payable();
    Minor(payable.0.saturating_add(city.charges.fee(rule.kind, payable).0))
}

/// Whether so much is more than a rule takes for one bill.
pub(super) fn above_max(rule: &RuleRow, taken: Minor, total: Minor) -> bool {
    rule.max.is_some_and(|max| taken.0.saturating_add(total.0) > max.0)
}

/// What becomes of an announced bill whose day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It is paid.
    Pay,
    /// More would be taken than was announced: that is announced first.
    Announce(Minor),
    /// It is not paid by itself.
    Skip(AutopayReason),
}

/// What becomes of an announced bill: as it is now, where its record is still linked, with the rule that covers it now,
/// and after so much was taken for it by itself before.
pub(super) fn next(run: &RunRow, taken: Minor, bill: Option<&BillRow>, rules: &[RuleRow], city: &City) -> Next {
    let Some(bill) = bill else { return Next::Skip(AutopayReason::Unlinked) };
    if bill.status == BillStatus::Void {
        return Next::Skip(AutopayReason::Withdrawn);
    }
    if bill.due_on != run.due_on {
        return Next::Skip(AutopayReason::DueDateMoved);
    }
    if bill.pending != Minor::ZERO {
        return Next::Skip(AutopayReason::Pending);
    }
    if bill.payable() == Minor::ZERO {
        return Next::Skip(AutopayReason::PaidOtherwise);
    }
    let Some(rule) = covering(rules, &bill.category) else { return Next::Skip(AutopayReason::RuleOff) };
    let total = total(bill, rule, city);
    if above_max(rule, taken, total) {
        Next::Skip(AutopayReason::AboveMax)
    } else if total > run.total {
        Next::Announce(total)
    } else {
        Next::Pay
    }
}

#[cfg(test)]
mod tests;
