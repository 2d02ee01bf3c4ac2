//! Card numbers never enter: what looks like one is refused wherever a person types.

/// What a person is told.
pub const REFUSAL: &str = "this looks like a card number; card numbers never go through citytime. \
                           Add the card on the processor's own page, or by the token it gives (pm_…)";

/// Whether a text holds 13 to 19 digits, blanks and dashes between them allowed, that pass the Luhn check.
pub fn looks_like_card_number(text: &str) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    let mut found = false;
    for character in text.chars().chain(std::iter::once('.')) {
        match character.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if matches!(character, ' ' | '-') && !digits.is_empty() => {}
            None => {
                found = found || (13..=19).contains(&digits.len()) && passes_luhn(&digits);
                digits.clear();
            }
        }
    }
    found
}

fn passes_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_seen_however_written() {
        for number in ["4242424242424242", "4242 4242 4242 4242", "card 5555-5555-5555-4444!", "378282246310005"] {
            assert!(looks_like_card_number(number), "{number}");
        }
        for other in ["", "pm_card_visa", "4242424242424241", "+1 312 555 0142", "BIL-7K3Q9XM2", "123456789012"] {
            assert!(!looks_like_card_number(other), "{other}");
        }
    }
}
