//! Text that a spreadsheet would take for a formula, made harmless wherever CSV is written.

/// A text a spreadsheet would take for a formula begins with an apostrophe; a signed number (a phone's) is none.
pub(crate) fn defused(text: String) -> String {
    let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.chars().next() {
        Some('+' | '-') if number(&text[1..]) => text,
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text,
    }
}
