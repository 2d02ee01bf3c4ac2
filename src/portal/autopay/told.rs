//! What residents are told of bills that are paid by themselves. A payment tells of itself, as any does.

use super::queries::RuleRow;
use crate::{
    api::{
        autopay::{AutopayReason, AutopayRule},
        money::{Currency, Minor},
        notices::Topic,
        time::Date,
    },
    portal::{bills::queries::BillRow, notices::Notice},
};

/// What an announcement is about.
pub(super) struct Told<'a> {
    /// The bill as it is now.
    pub(super) bill: &'a BillRow,
    /// The rule that covers it.
    pub(super) rule: &'a RuleRow,
    /// What is taken for it, fee and all.
    pub(super) total: Minor,
    /// The currency.
    pub(super) currency: Currency,
}

/// How often a bill was announced in its cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// Never.
    First,
    /// It was, and more is owed on it since.
    Again,
    /// It was, and was paid: this is what is owed on it since.
    Rest,
}

/// A bill is going to be paid by itself.
pub(super) fn announced(told: &Told<'_>, pay_on: Date, time: Time) -> Notice {
    let &Told { bill, rule, total, currency } = told;
    let (id, total, due_on) = (bill.id, total.display(currency), bill.due_on);
    let again = match time {
        Time::First => None,
        Time::Again => {
            Some("This was announced before, and more is owed on it since: the day that was told then does not hold.")
        }
        Time::Rest => Some(
            "It was paid by itself before. Since then the city has corrected it or given money back: this is what is owed now.",
        ),
    };
    let late = (pay_on > due_on)
        .then(|| format!("That is after the bill is due. To be in time, pay it yourself: citytime bills pay {id}"));
    Notice::new(Topic::Billing, format!("To be paid by itself on {pay_on}: {}, {total}", bill.title))
        .says(format!("By your autopay rule this bill is paid from {} on {pay_on}. Nothing is to be done.", rule.label))
        .says_if(again)
        .says_if(late)
        .says("The command below keeps this one bill from being paid by itself; `citytime bills autopay off` ends the rules.")
        .fact("Bill", id)
        .fact("Due on", due_on)
        .fact("To be taken", &total)
        .fact("On", pay_on)
        .fact("From", &rule.label)
        .command(format!("citytime bills autopay skip {id}"))
        .about(id)
}

/// A bill is not paid by itself after all, where its owner has something to do then; nothing where not.
pub(super) fn skipped(
    bill: &BillRow,
    why: AutopayReason,
    rule: Option<&RuleRow>,
    currency: Currency,
) -> Option<Notice> {
    let said = match why {
        AutopayReason::Pending => {
            "A payment of it is on its way already. Should that not arrive, the bill is yours to pay.".to_owned()
        }
        AutopayReason::AboveMax => {
            let max = rule.and_then(|rule| rule.max).unwrap_or(Minor::ZERO).display(currency);
            format!(
                "More would be taken for it in all than the {max} your autopay rule allows. Pay it yourself, or raise the rule's --max."
            )
        }
        AutopayReason::LeftOut
        | AutopayReason::PaidOtherwise
        | AutopayReason::Failed
        | AutopayReason::MethodGone
        | AutopayReason::RuleOff
        | AutopayReason::Withdrawn
        | AutopayReason::Unlinked
        | AutopayReason::DueDateMoved
        | AutopayReason::AnotherHolder => return None,
    };
    let id = bill.id;
    let notice = Notice::new(Topic::Billing, format!("Not paid by itself: {}", bill.title))
        .says(said)
        .fact("Bill", id)
        .fact("Due on", bill.due_on)
        .fact("To pay", bill.payable().display(currency))
        .command(format!("citytime bills pay {id}"))
        .about(id);
    Some(notice)
}

/// A rule was set: whoever did not do it can end it before anything is paid.
pub(super) fn set(rule: &AutopayRule) -> Notice {
    Notice::new(Topic::Billing, format!("Autopay is on: {}", rule.covers))
        .says(&rule.summary)
        .says("If you did not do this, end it and change your password.")
        .command("citytime bills autopay show")
        .about(rule.method)
}

/// Rules ended because their method was removed.
pub(super) fn method_removed(label: &str, covers: &[String]) -> Notice {
    Notice::new(Topic::Billing, format!("Autopay is off: {}", covers.join(", ")))
        .says(format!(
            "{label} was removed, and with it the rules by which it paid. These bills are yours to pay again."
        ))
        .says("To have them paid by themselves, set the rule with another payment method.")
        .command("citytime bills autopay set")
}
