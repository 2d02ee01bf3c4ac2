//! The date rule, and what becomes of an announced bill, whatever comes.

use proptest::prelude::*;

use super::*;
use crate::api::city::PaymentKind;
use crate::api::id::{AccountId, BillId, MethodId, RecordId};
use crate::portal::autopay::queries::Kept;
use crate::portal::sandbox;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn city() -> City {
    sandbox::city().unwrap()
}

fn rule(category: &str, max: Option<i64>) -> RuleRow {
    RuleRow {
        category: category.to_owned(),
        method: MethodId::new(1),
        label: "Visa ending in 4242".to_owned(),
        kind: PaymentKind::Card,
        max: max.map(Minor),
        days_before: 2,
        set_at: Timestamp::from_millisecond(0),
    }
}

fn run(total: i64) -> RunRow {
    let (bill, account) = (BillId::new(7), AccountId::new(1));
    RunRow {
        bill,
        due_on: date("2026-12-09"),
        account,
        state: Kept::Announced,
        why: None,
        total: Minor(total),
        pay_on: date("2026-12-07"),
        announced_at: Timestamp::from_millisecond(0),
        status: None,
    }
}

fn bill(amount: i64, settled: i64, pending: i64) -> BillRow {
    BillRow {
        id: BillId::new(7),
        number: "W-1".to_owned(),
        category: "utility".to_owned(),
        title: "Water".to_owned(),
        record: Some(RecordId::new(1)),
        period: None,
        issued_on: date("2026-11-09"),
        due_on: date("2026-12-09"),
        amount: Minor(amount),
        settled: Minor(settled),
        pending: Minor(pending),
        status: if settled == amount { BillStatus::Paid } else { BillStatus::Open },
        credited: Minor::ZERO,
    }
}

#[test]
fn what_stands_in_the_way_on_the_day() {
    let (city, rules) = (city(), [rule("utility", Some(10_000))]);
    let next = |bill: &BillRow, rules: &[RuleRow]| next(&run(8_000), Minor::ZERO, Some(bill), rules, &city);
    let as_announced = bill(8_000, 0, 0);
    assert_eq!(next(&as_announced, &rules), Next::Pay);
    assert_eq!(next(&bill(8_000, 3_000, 0), &rules), Next::Pay, "less than was announced");
    assert_eq!(next(&bill(9_000, 0, 0), &rules), Next::Announce(Minor(9_000)));
    assert_eq!(next(&bill(10_001, 0, 0), &rules), Next::Skip(AutopayReason::AboveMax));
    assert_eq!(next(&bill(8_000, 0, 1), &rules), Next::Skip(AutopayReason::Pending));
    assert_eq!(next(&bill(8_000, 8_000, 0), &rules), Next::Skip(AutopayReason::PaidOtherwise));
    assert_eq!(next(&as_announced, &[]), Next::Skip(AutopayReason::RuleOff));
    assert_eq!(next(&as_announced, &[rule("tax", None)]), Next::Skip(AutopayReason::RuleOff));
    assert_eq!(next(&as_announced, &[rule("tax", None), rule("", None)]), Next::Pay, "the rule for all others");
    let withdrawn = BillRow { status: BillStatus::Void, ..as_announced.clone() };
    assert_eq!(next(&withdrawn, &rules), Next::Skip(AutopayReason::Withdrawn));
    let moved = BillRow { due_on: date("2026-12-10"), ..as_announced };
    assert_eq!(next(&moved, &rules), Next::Skip(AutopayReason::DueDateMoved));
    assert_eq!(
        super::next(&run(8_000), Minor(2_001), Some(&bill(8_000, 0, 0)), &rules, &city),
        Next::Skip(AutopayReason::AboveMax),
        "with what was taken"
    );
    assert_eq!(super::next(&run(8_000), Minor::ZERO, None, &rules, &city), Next::Skip(AutopayReason::Unlinked));
}

#[test]
fn a_rule_of_its_own_comes_before_that_for_all_others() {
    let rules = [rule("tax", Some(1)), rule("", Some(2))];
    let max = |category: &str| covering(&rules, category).and_then(|rule| rule.max);
    assert_eq!((max("tax"), max("utility")), (Some(Minor(1)), Some(Minor(2))));
    assert_eq!(covering(&rules[..1], "utility").map(|rule| rule.days_before), None);
}

proptest! {
    /// Whenever a bill comes: it is paid on the wished day or three days after it was announced, whichever is later;
    /// never sooner than that, and in time wherever it came in time.
    #[test]
    fn a_bill_is_paid_on_the_wished_day_and_never_unannounced(
        due in 0..20_000_i32,
        days_before in 0..=28_u32,
        came in -60..400_i32,
    ) {
        let due_on = date("2000-01-01").plus_days(due);
        let wished = due_on.plus_days(-i32::try_from(days_before).unwrap());
        // The day it is first looked at with the bill there, and a day on which it is announced at the earliest.
        let seen_on = due_on.plus_days(-came);
        let announced_on = (0..).map(|day| seen_on.plus_days(day)).find(|day| due_on <= announced_until(*day, days_before)).unwrap();
        let paid_on = pay_on(due_on, days_before, announced_on);
        prop_assert!(paid_on >= announced_on.plus_days(DAYS_AHEAD));
        prop_assert!(paid_on >= wished);
        prop_assert!(paid_on == wished || paid_on == announced_on.plus_days(DAYS_AHEAD));
        if seen_on.plus_days(DAYS_AHEAD) <= wished {
            prop_assert_eq!(paid_on, wished);
            prop_assert_eq!(announced_on, wished.plus_days(-DAYS_AHEAD).max(seen_on));
        }
        // What is planned before it is announced is what is then announced.
        prop_assert_eq!(pay_on(due_on, days_before, seen_on), paid_on);
    }
}
