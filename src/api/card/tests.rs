//! What is a card number and what is none: by example, and of any number.

use proptest::prelude::*;
use serde_json::json;

use super::{wire::*, *};

#[test]
fn card_numbers_are_told_from_other_text() {
    for number in [
        "4242424242424242",
        "4242 4242 4242 4242",
        "my 4242-4242-4242-4242",
        "378282246310005",
        "3782 822463 10005",
        "6011 0000 0000 0004",
        "4222222222222",
        "no.4242424242424242",
        "4242.4242.4242.4242",
        "4242 – 4242 – 4242 – 4242",
        "4242\u{a0}4242\u{a0}4242\u{a0}4242",
        "４２４２４２４２４２４２４２４２",
        "visa4242424242424242exp12/28",
        "4242 4242 4242 4242 12/28 123",
        "4242 4242 4242 4242 123",
        "4242424242424242 123",
        "call +1 312 555 0142, card 5555555555554444",
        "2026-11-22 4242 4242 4242 4242",
        "+4242424242424242",
        "+378282246310005",
        "4242 4242\n4242 4242",
        "42424242\n42424242",
        "4242    4242    4242    4242",
        "4242\u{202a}4242\u{202a}4242\u{202a}4242",
        "4242\u{1}4242\u{1}4242\u{1}4242",
        "4\u{fe0f}2\u{fe0f}4\u{fe0f}2\u{fe0f}4242 4242 4242",
        "4242_4242_4242_4242",
        "4242/4242/4242/4242",
        "4242, 4242, 4242, 4242",
        "4242+4242+4242+4242",
        "3782.822463.10005",
        "1.4242 4242 4242 4242",
    ] {
        assert!(looks_like_card_number(number), "{number}");
        assert!(!looks_like_card_number(&withheld(number)), "{}", withheld(number));
    }
    for other in [
        "pm_card_visa",
        "4242424242424241",
        "4242",
        "",
        "0000000000000000",
        "+1 555 0100",
        "UTIL-2026-0042",
        // Each of these passes Luhn's check, and is plainly something else.
        "+49 1512 3456785",
        "2026-11-22 2026-12-05",
        "41.4242424242424242, -87.6",
        "DE89 3704 0044 0532 0130 00",
        "BE68539007547034",
        "RF18539007547034",
        "0d3f4242424242424242a1b2c3d4e5f60718",
        "550e8400-e29b-41d4-a716-446655440000",
        "42424242424242424242",
        "BIL-7K3Q9XM2 BIL-42424242",
        "nadia-1795709556-8962",
        "november-1795709556001-08",
        "log 20261122150406",
        "parcel 20-14-203-017-0001",
        "IMEI 490154203237518",
        "IMEI 356938035643809",
        "42, 42, 42, 42, 42, 42, 42, 42",
        "424242/4242424242",
    ] {
        assert!(!looks_like_card_number(other), "{other}");
        assert_eq!(withheld(other), other);
    }
}

#[test]
fn what_is_withheld_leaves_the_rest() {
    let told = "from 4242 4242 4242 4242 to 5555555555554444.";
    assert_eq!(withheld(told), format!("from {WITHHELD} to {WITHHELD}."));
}

#[test]
fn documents_are_looked_through_where_people_write() {
    let number = "4242 4242 4242 4242";
    for (document, pointer) in [
        (json!({"label": number}), Some("/label")),
        (json!({"lines": [{"title": "a"}, {"title": number}]}), Some("/lines/1/title")),
        (json!({"a/b": {"c": [[number]]}}), Some("/a~1b/c/0/0")),
        (json!({ number: 1 }), Some("")),
        (json!({"answers": {"number": number}}), Some("/answers/number")),
        (json!({"answers": {"guests": 4_242_424_242_424_242_i64}}), Some("/answers/guests")),
        (json!({"number": number, "code": number, "after": number}), None),
        (json!({"amount": 4_242_424_242_424_242_i64}), None),
        (json!({"label": "My Visa", "bills": ["BIL-7K3Q9XM2"]}), None),
    ] {
        assert_eq!(in_document(&document.to_string()).as_deref(), pointer, "{document}");
    }
    // Escapes hide nothing.
    let escaped = number.bytes().map(|byte| format!("\\u{byte:04x}")).collect::<String>();
    assert_eq!(in_document(&format!("{{\"label\":\"{escaped}\"}}")).as_deref(), Some("/label"));
    assert!(in_field("q", number) && in_field(number, "") && !in_field("after", number));
}

/// Digits with the one behind them that makes Luhn's check pass.
fn checked(mut digits: Vec<u32>) -> Vec<u32> {
    digits.push(0);
    let check = (0..10).find(|&check| {
        if let Some(last) = digits.last_mut() {
            *last = check;
        }
        luhn(&digits)
    });
    if let (Some(last), Some(check)) = (digits.last_mut(), check) {
        *last = check;
    }
    digits
}

fn written(digits: &[u32], groups: usize, between: &str) -> String {
    let groups = digits.chunks(groups).map(|group| group.iter().map(ToString::to_string).collect::<String>());
    groups.collect::<Vec<_>>().join(between)
}

/// How numbers of issuers begin, and how long they are.
fn issued() -> impl Strategy<Value = Vec<u32>> {
    let issuers = vec![
        ("4", 13),
        ("4", 16),
        ("4", 19),
        ("34", 15),
        ("37", 15),
        ("36", 14),
        ("51", 16),
        ("2720", 16),
        ("35", 16),
        ("62", 19),
        ("6011", 16),
        ("5018", 13),
        ("2202", 16),
        ("9792", 16),
        ("8600", 16),
        ("81", 16),
    ];
    let any = (prop::sample::select(issuers), proptest::collection::vec(0_u32..10, 19));
    any.prop_map(|((prefix, length), rest)| {
        let prefix = prefix.chars().filter_map(|letter| letter.to_digit(10));
        checked(prefix.chain(rest).take(length - 1).collect())
    })
}

proptest! {
    #[test]
    fn whatever_passes_is_found_wherever_it_stands(
        digits in issued(),
        groups in 1_usize..20,
        between in prop::sample::select(vec!["", " ", "-", " - ", "\u{a0}", "     ", "\n", "\r\n", "\u{200b}", "\u{2066}", "\u{7}"]),
        (before, behind) in ("[a-z ,;:]{0,12}", "[a-z ,;:]{0,12}"),
    ) {
        let number = written(&digits, groups, between);
        let text = format!("{before} no {number}{behind}");
        prop_assert!(looks_like_card_number(&text), "{text}");
        prop_assert!(!withheld(&text).contains(&number), "{}", withheld(&text));
        let document = json!({"notes": [{"text": text}]}).to_string();
        prop_assert_eq!(in_document(&document), Some("/notes/0/text".to_owned()));
    }

    #[test]
    fn whatever_marks_stand_between_the_groups_of_a_card(digits in issued(), marks in "[._/,;:|*+'=~\u{b7}]{1,2} ?") {
        prop_assume!(digits.len() == 16);
        let text = written(&digits, 4, &marks);
        prop_assert!(looks_like_card_number(&text), "{text}");
    }

    #[test]
    fn a_wrong_digit_and_it_is_none(digits in proptest::collection::vec(0_u32..10, 12..19), wrong in 1_u32..10) {
        let mut digits = checked(digits);
        if let Some(last) = digits.last_mut() {
            *last = (*last + wrong) % 10;
        }
        prop_assert!(!looks_like_card_number(&written(&digits, 20, "")));
    }

    #[test]
    fn ids_dates_and_amounts_are_none(number in 0_i64..1 << 40, day in 1_u32..29, month in 1_u32..13, cents in 0_i64..1_000_000_000_000) {
        let id = crate::api::id::spell("BIL", number);
        let text = format!("{id} of 2026-{month:02}-{day:02} 2027-{month:02}-{day:02}, {}.{:02}", cents / 100, cents % 100);
        prop_assert!(!looks_like_card_number(&text), "{text}");
    }

    #[test]
    fn any_text_is_looked_through(text in "\\PC{0,60}") {
        prop_assert!(!looks_like_card_number(&withheld(&text)));
    }
}
