//! JSON in colour, for people: keys, texts, numbers and `null` told apart. The document itself stays as it is.

use anstyle::{AnsiColor, Style};

const KEY: Style = AnsiColor::Blue.on_default().bold();
const TEXT: Style = AnsiColor::Green.on_default();
/// Numbers, `true` and `false`.
const PLAIN: Style = AnsiColor::Cyan.on_default();
const NULL: Style = Style::new().dimmed();

/// The document with colours; without them it is the same, byte for byte.
pub(super) fn coloured(document: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(document.len() * 2);
    let mut rest = document;
    while let Some(&first) = rest.first() {
        let (length, style) = match first {
            b'"' => {
                let length = text_length(rest);
                let next = rest[length..].iter().find(|byte| !byte.is_ascii_whitespace());
                (length, Some(if next == Some(&b':') { KEY } else { TEXT }))
            }
            _ if is_word(first) => {
                let length = rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
                (length, Some(if &rest[..length] == b"null" { NULL } else { PLAIN }))
            }
            _ => (rest.iter().position(|&byte| byte == b'"' || is_word(byte)).unwrap_or(rest.len()), None),
        };
        let (token, after) = rest.split_at(length);
        match style {
            Some(style) => {
                out.extend_from_slice(style.render().to_string().as_bytes());
                out.extend_from_slice(token);
                out.extend_from_slice(style.render_reset().to_string().as_bytes());
            }
            None => out.extend_from_slice(token),
        }
        rest = after;
    }
    out
}

/// How long the text is that begins here, with its quotes.
fn text_length(rest: &[u8]) -> usize {
    let mut escaped = false;
    let end = rest.iter().skip(1).position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// Whether a number or a literal holds such a byte.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_kind_of_token_has_its_colour() {
        let told = coloured(br#"{"id": "a\\\"b:", "n":[-1.5e+3,true,null]}"#);
        let told = String::from_utf8(told).unwrap().replace('\u{1b}', "^").replace("^[1m^[34m", "^[1;34m");
        assert_eq!(
            told,
            r#"{^[1;34m"id"^[0m: ^[32m"a\\\"b:"^[0m, ^[1;34m"n"^[0m:[^[36m-1.5e+3^[0m,^[36mtrue^[0m,^[2mnull^[0m]}"#
        );
    }

    proptest! {
        #[test]
        fn the_document_stays_as_it_is(keys in prop::collection::vec(".{0,9}", 0..4), text: String, number: f64) {
            let document = serde_json::json!({"keys": keys, "text": text, "n": [number, null, true, {}]});
            for written in [serde_json::to_string(&document).unwrap(), serde_json::to_string_pretty(&document).unwrap()] {
                let told = String::from_utf8(coloured(written.as_bytes())).unwrap();
                let bare = told.split('\u{1b}').enumerate().map(|(place, part)| {
                    if place == 0 { part } else { part.split_once('m').unwrap().1 }
                });
                prop_assert_eq!(bare.collect::<String>(), written);
            }
        }

        #[test]
        fn what_is_no_json_passes_too(document: Vec<u8>) {
            prop_assert!(coloured(&document).len() >= document.len());
        }
    }
}
