//! Text that residents, clerks and servers wrote, made safe for a terminal: no control characters, so no escape
//! sequences; nothing that turns the direction of writing or hides.

use std::borrow::Cow;

/// The text on one line: line ends and tabs become a space, what could steer a terminal becomes `�`.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, |character| match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => None,
    })
}

/// The text with its line ends.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, |character| match character {
        '\n' => Some('\n'),
        '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => None,
    })
}

/// A JSON document whose texts cannot steer a terminal: what JSON leaves as it is (C1, DEL, direction) is escaped.
pub fn json(text: &str) -> Cow<'_, str> {
    let hidden = |character: char| character >= '\u{7f}' && steers(character);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

fn clean(text: &str, spaces: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    let safe = |character: char| match spaces(character) {
        Some(space) => space,
        None if steers(character) => char::REPLACEMENT_CHARACTER,
        None => character,
    };
    if text.chars().all(|character| safe(character) == character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(safe).collect())
}

/// Control characters (C0, DEL, C1), what changes the direction of writing, and characters that show nothing.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_steers_comes_through(text: String) {
            let clean = line(&text);
            prop_assert!(!clean.chars().any(|character| character.is_control() || steers(character)));
            prop_assert_eq!(clean.chars().count(), text.chars().count());
            prop_assert_eq!(line(&clean), clean.clone());
            prop_assert!(!lines(&text).chars().any(|character| character != '\n' && steers(character)));
        }

        #[test]
        fn plain_text_is_left_alone(text in "[a-zA-ZäöüßéñŁ一-龥 .,;:'\"!?€$()-]{0,60}") {
            prop_assert!(matches!(line(&text), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn escape_sequences_become_text() {
        assert_eq!(line("a\u{1b}[31mred\u{1b}]0;title\u{7}"), "a�[31mred�]0;title�");
        assert_eq!(line("one\ntwo\tthree"), "one two three");
        assert_eq!(line("safe\u{202e}exe.txt"), "safe�exe.txt");
    }
}
