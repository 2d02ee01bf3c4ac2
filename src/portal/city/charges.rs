//! What paying costs by the kind of method, and how much a clerk may give back or take off: a part of `[payments]`.

use toml::de::DeValue;

use super::{
    permits::amount,
    table::{Fault, Table, wrong_type},
};
use crate::api::{
    city::PaymentKind,
    money::{Currency, Minor},
    word::Word,
};

/// What is taken beside a payment for the way it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodFee {
    /// Of each payment.
    pub fixed: Minor,
    /// Of what is paid, in hundredths of a percent.
    pub basis_points: u32,
    /// At least.
    pub minimum: Minor,
}

impl MethodFee {
    /// The fee of a payment of so much: its share is rounded to the nearest minor unit, half of one up.
    pub fn of(&self, amount: Minor) -> Minor {
        // Wide enough for every amount and share; so large a fee nobody declares.
        let share = (i128::from(amount.0) * i128::from(self.basis_points) + 5_000).div_euclid(10_000);
        let share = i64::try_from(share).unwrap_or(i64::MAX);
        self.minimum.max(Minor(self.fixed.0.saturating_add(share)))
    }
}

/// What a city takes and gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charges {
    /// The fee of each kind of method that has one.
    pub fees: Vec<(PaymentKind, MethodFee)>,
    /// The most a clerk may give back of one payment.
    pub refund_limit: Option<Minor>,
    /// The most a clerk may take off one bill.
    pub credit_limit: Option<Minor>,
}

impl Charges {
    /// The fee of a payment of so much by a kind of method.
    pub fn fee(&self, kind: PaymentKind, amount: Minor) -> Minor {
        let found = self.fees.iter().find(|(other, _)| *other == kind);
        found.map_or(Minor::ZERO, |(_, fee)| fee.of(amount))
    }
}

/// Reads what of `[payments]` is about it; `kinds` are those the city takes.
pub(super) fn charges(payments: &mut Table<'_>, kinds: &[PaymentKind], currency: Option<Currency>) -> Charges {
    let [refund_limit, credit_limit] =
        ["refund_limit", "credit_limit"].map(|key| payments.optional(key, |value| amount(value, currency)));
    let mut fees = Vec::new();
    payments.optional_section("fees", |section| {
        for &kind in PaymentKind::ALL {
            let fee = section.optional_section(kind.as_str(), |fee| method_fee(fee, currency));
            if section.has(kind.as_str()) && !kinds.contains(&kind) {
                let hint = format!("add \"{kind}\" to kinds of [payments], or leave its fee out");
                section.refuse(kind.as_str(), Fault::new(format!("the city takes no payments by {kind}")).hint(hint));
            }
            fees.extend(fee.map(|fee| (kind, fee)));
        }
        Some(())
    });
    Charges { fees, refund_limit, credit_limit }
}

fn method_fee(fee: &mut Table<'_>, currency: Option<Currency>) -> Option<MethodFee> {
    let fixed = fee.optional("fixed", |value| amount(value, currency));
    let basis_points = fee.optional("percent", basis_points);
    let minimum = fee.optional("minimum", |value| amount(value, currency));
    if !fee.has("fixed") && !fee.has("percent") {
        fee.missing(
            "fixed",
            Fault::new("the fee has neither fixed nor percent").hint("add `fixed = \"0.30\"` or `percent = \"2.9\"`"),
        );
    }
    Some(MethodFee {
        fixed: fixed.unwrap_or_default(),
        basis_points: basis_points.unwrap_or_default(),
        minimum: minimum.unwrap_or_default(),
    })
}

/// A share in percent with at most two decimals, as hundredths of a percent: `2.95` is 295. No float is made of it.
fn basis_points(value: &DeValue<'_>) -> Result<u32, Fault> {
    let text = match value {
        DeValue::String(text) => text.trim(),
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        other => return Err(wrong_type(other, "a percentage, as in 2.9")),
    };
    let fault = || {
        Fault::new(format!("`{text}` is no percentage from 0 to 100 with at most two decimals"))
            .hint("write it as in 2.9")
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > 3 || fraction.len() > 2 {
        return Err(fault());
    }
    let points: u32 = format!("{whole}{fraction:0<2}").parse().map_err(|_| fault())?;
    if points > 10_000 { Err(fault()) } else { Ok(points) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_rounded_half_up_and_is_at_least_its_minimum() {
        let fee = |fixed, basis_points, minimum, amount| {
            MethodFee { fixed: Minor(fixed), basis_points, minimum: Minor(minimum) }.of(Minor(amount)).0
        };
        assert_eq!(fee(30, 290, 0, 10_000), 320);
        // 2.5 % of 1.00 and of 1.20: 2.5 and 3 cents.
        assert_eq!((fee(0, 250, 0, 100), fee(0, 250, 0, 120)), (3, 3));
        assert_eq!((fee(0, 249, 0, 100), fee(0, 1, 0, 49)), (2, 0));
        assert_eq!((fee(10, 100, 150, 100), fee(10, 100, 150, 100_000)), (150, 1_010));
        assert_eq!(fee(0, 10_000, 0, i64::MAX), i64::MAX);
    }

    #[test]
    fn percentages_are_read_without_floats() {
        let read = |text: &str| basis_points(&DeValue::String(text.to_owned().into()));
        assert_eq!((read("2.95"), read("2.9"), read("3"), read("100")), (Ok(295), Ok(290), Ok(300), Ok(10_000)));
        for wrong in ["", "-1", "2.955", "100.01", "2,9", "1e1", ".5", "2.", "two"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
