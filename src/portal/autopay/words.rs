//! What a rule means, in a sentence: the same wherever it is told.

use super::{queries::RuleRow, rules::DAYS_AHEAD};
use crate::portal::city::City;

/// What a rule means, among the others of its account.
pub(super) fn summary(rule: &RuleRow, rules: &[RuleRow], city: &City) -> String {
    let upto = match rule.max {
        Some(max) => format!(", up to {} each", max.display(city.currency)),
        None => String::new(),
    };
    let (what, label, when) = (what(rule, rules, city), &rule.label, when(rule.days_before));
    format!("{what} are paid {when}, from {label}{upto}; you are told {DAYS_AHEAD} days before that.")
}

/// The bills a rule covers.
fn what(rule: &RuleRow, rules: &[RuleRow], city: &City) -> String {
    if !rule.category.is_empty() {
        let title = city.category(&rule.category).map_or(rule.category.as_str(), |category| category.title.as_str());
        return format!("Your {} bills ({title})", rule.category);
    }
    let others = rules.iter().any(|other| !other.category.is_empty());
    if others { "Your bills of every other category".to_owned() } else { "Your bills of every category".to_owned() }
}

fn when(days_before: u32) -> String {
    match days_before {
        0 => "on the day they are due".to_owned(),
        1 => "the day before they are due".to_owned(),
        days => format!("{days} days before they are due"),
    }
}
