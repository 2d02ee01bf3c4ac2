//! Card numbers are not sent: what a command would send is looked through before it leaves, as the portal does when it
//! arrives.

use reqwest::Url;

use crate::{
    api::{
        card::{self, wire},
        problem::{Code, FieldError},
    },
    failure::{Failure, Result},
};

/// Refuses an address that holds a card number in its path or query.
pub(super) fn in_address(url: &Url) -> Result<()> {
    let parts = url.path().split('/').map(|part| part.replace('+', "%2B").replace(['&', '='], " "));
    for part in parts {
        let mut read = url.clone();
        read.set_query(Some(&part));
        if read.query_pairs().any(|(text, _)| card::looks_like_card_number(&text)) {
            return Err(refusal("the path", ""));
        }
    }
    url.query_pairs().try_for_each(|(name, value)| in_field(&name, &value))
}

/// Refuses a field of a query or form that holds one.
pub(super) fn in_field(name: &str, value: &str) -> Result<()> {
    match wire::in_field(name, value) {
        true if card::looks_like_card_number(name) => Err(refusal("the name of a field", "")),
        true => Err(refusal(&format!("`{name}`"), &format!("/{name}"))),
        false => Ok(()),
    }
}

/// Refuses a JSON document that holds one.
pub(super) fn in_document(document: &[u8]) -> Result<()> {
    match std::str::from_utf8(document).ok().and_then(wire::in_document) {
        Some(pointer) if pointer.is_empty() => Err(refusal("the name of a field", "")),
        Some(pointer) => Err(refusal(&format!("`{}`", pointer.trim_start_matches('/')), &pointer)),
        None => Ok(()),
    }
}

fn refusal(what: &str, pointer: &str) -> Failure {
    let failure = Failure::new(Code::Invalid, format!("{what} looks like a card number: it was not sent"));
    let errors = vec![FieldError::new(pointer, card::REFUSAL)];
    Failure { errors, ..failure.hint(card::NEXT) }
}
