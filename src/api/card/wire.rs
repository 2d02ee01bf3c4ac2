//! Where card numbers are looked for in what travels: in every text a person types, wherever it stands. Not in what
//! holds no free text and would be refused by chance, one number in ten:
//!
//! - ids, and the city's own numbers of records, bills and programs, many of which have 13 to 19 digits
//! - codes and passwords, which are kept as digests if at all, and never told
//! - what clerks look residents up by, which may be such a number, and only reads
//! - cursors and keys, which programs make, often of the time in nanoseconds
//! - addresses on the web, which hold ids of other people's making
//! - JSON numbers, which are amounts and places; among the answers of a form they are looked at as texts are, and its
//!   fields' names mean nothing there

use serde_json::Value;

use super::looks_like_card_number;

/// Fields, and arguments of the same name, that hold no free text.
const NOT_FREE: &[&str] = &[
    "number",
    "record",
    "id",
    "ids",
    "service_request_id",
    "code",
    "link_code",
    "password",
    "proof",
    "again",
    "sought",
    "after",
    "api_key",
    "idempotency_key",
    "media_url",
];
/// The field that holds the answers of a form.
const ANSWERS: &str = "answers";

/// Whether a field, or an argument of its name, holds free text.
pub fn is_free(name: &str) -> bool {
    !NOT_FREE.contains(&name)
}

/// Whether a field of a query or a form holds a card number where it should not.
pub fn in_field(name: &str, value: &str) -> bool {
    looks_like_card_number(name) || (is_free(name) && looks_like_card_number(value))
}

/// Where in a JSON document a card number stands: RFC 6901. What is no JSON holds none that could be read.
pub fn in_document(text: &str) -> Option<String> {
    // Without escapes what stands in a string stands in the text: nearly every document is done with here.
    if !text.contains('\\') && !looks_like_card_number(text) {
        return None;
    }
    let document: Value = serde_json::from_str(text).ok()?;
    in_value(&document, "", &mut String::new(), Place::Anywhere)
}

/// Where in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Answers,
}

fn in_value(value: &Value, name: &str, pointer: &mut String, place: Place) -> Option<String> {
    let length = pointer.len();
    match value {
        Value::String(text) if place == Place::Answers || is_free(name) => {
            looks_like_card_number(text).then(|| pointer.clone())
        }
        Value::Number(number) if place == Place::Answers => {
            looks_like_card_number(&number.to_string()).then(|| pointer.clone())
        }
        Value::Array(items) => items.iter().zip(0_usize..).find_map(|(item, at)| {
            pointer.push_str(&format!("/{at}"));
            let found = in_value(item, name, pointer, place);
            pointer.truncate(length);
            found
        }),
        Value::Object(fields) => fields.iter().find_map(|(name, field)| {
            if looks_like_card_number(name) {
                // The pointer to it would tell it.
                return Some(pointer.clone());
            }
            let place = if name == ANSWERS { Place::Answers } else { place };
            pointer.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
            let found = in_value(field, name, pointer, place);
            pointer.truncate(length);
            found
        }),
        _ => None,
    }
}
