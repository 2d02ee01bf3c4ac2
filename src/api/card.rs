//! Card numbers: told from other text, so that they are refused before they enter anything. 13 to 19 digits that pass
//! Luhn's check (ISO/IEC 7812-1), with blanks, dashes or points between them.

/// What a person who typed one is told.
pub const REFUSAL: &str = "this looks like a card number; card numbers never go through citytime";

/// Whether a text holds what looks like a card number.
pub fn looks_like_card_number(text: &str) -> bool {
    let separated = |character: char| !(character.is_ascii_digit() || matches!(character, ' ' | '-' | '.' | '\u{a0}'));
    text.split(separated).any(is_number) || text.split(|character: char| !character.is_ascii_digit()).any(is_number)
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter_map(|character| character.to_digit(10)).collect::<Vec<_>>();
    (13..=19).contains(&digits.len()) && luhn(&digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum = digits.iter().rev().enumerate().map(|(place, &digit)| match (place % 2, digit * 2) {
        (0, _) => digit,
        (_, doubled) if doubled > 9 => doubled - 9,
        (_, doubled) => doubled,
    });
    sum.sum::<u32>().is_multiple_of(10) && digits.iter().any(|&digit| digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_told_from_other_text() {
        for number in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "my 4242-4242-4242-4242",
            "378282246310005",
            "no.4242424242424242",
        ] {
            assert!(looks_like_card_number(number), "{number}");
        }
        for other in
            ["pm_card_visa", "4242424242424241", "4242", "", "0000000000000000", "+1 555 0100", "UTIL-2026-0042"]
        {
            assert!(!looks_like_card_number(other), "{other}");
        }
    }
}
