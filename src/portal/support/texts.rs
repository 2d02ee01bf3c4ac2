//! What may be said in a ticket: text within bounds, without what would do something to a terminal.

use crate::portal::error::{Error, Result};

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 150;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 10_000;

/// A subject: one line.
pub fn subject(typed: &str) -> Result<String> {
    let line = typed.split_whitespace().map(harmless).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(Error::field("/subject", "the subject is empty: say in a line what it is about")),
        1..=LONGEST_SUBJECT => Ok(line),
        length => {
            let detail = format!(
                "the subject has {length} characters, and at most {LONGEST_SUBJECT} are taken: say the rest in the text"
            );
            Err(Error::field("/subject", detail))
        }
    }
}

/// A text: lines, as they were typed but for blanks at their ends.
pub fn text(typed: &str) -> Result<String> {
    let typed = typed.replace("\r\n", "\n").replace('\r', "\n");
    let lines = typed.lines().map(|line| harmless(line).trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    let text = lines.trim_matches('\n').trim_end().to_owned();
    match text.chars().count() {
        _ if text.trim().is_empty() => Err(Error::field("/text", "the text is empty: say something")),
        0..=LONGEST_TEXT => Ok(text),
        length => {
            let detail = format!("the text has {length} characters, and at most {LONGEST_TEXT} are taken");
            Err(Error::field("/text", detail))
        }
    }
}

/// A text without control characters, tabs aside, and without what turns the direction of what follows.
fn harmless(text: &str) -> String {
    let turns = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&letter| letter == '\t' || !(letter.is_control() || turns(letter))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_and_what_does_something() {
        assert_eq!(subject("  My\tbin\n is\u{1b}[2J gone ").unwrap(), "My bin is[2J gone");
        assert!(subject(" \u{1b} ").is_err() && subject(&"x".repeat(151)).is_err());
        assert_eq!(text("\n\nHello,\r\n\r\n\tindented  \rbye\u{7}\n").unwrap(), "Hello,\n\n\tindented\nbye");
        assert_eq!(text("a\u{202e}b\u{2066}c").unwrap(), "abc");
        assert!(text("\n \t\n").is_err());
        assert!(text(&"x".repeat(10_000)).is_ok() && text(&"x".repeat(10_001)).is_err());
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again(typed in "(?s).{0,60}") {
            if let Ok(once) = text(&typed) {
                prop_assert!(once.chars().all(|letter| letter == '\n' || letter == '\t' || !letter.is_control()));
                prop_assert_eq!(text(&once).unwrap(), once);
            }
            if let Ok(once) = subject(&typed) {
                prop_assert_eq!(subject(&once).unwrap(), once);
            }
        }
    }
}
