//! What a record's number and code are, and whether an imported line will do.

use sha2::{Digest, Sha256};

use crate::api::{secret::Secret, staff::RecordLine};

/// A number without what people add or leave out: case, blanks and dashes.
pub fn canonical_number(typed: &str) -> String {
    typed.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// What is kept of a link code: the digest of it and of the record's number.
pub fn code_digest(number: &str, code: &Secret) -> [u8; 32] {
    let code = canonical_number(code.expose());
    Sha256::new().chain_update(canonical_number(number)).chain_update([0]).chain_update(code).finalize().into()
}

/// What is wrong with an imported line, if anything is.
pub fn refusal(line: &RecordLine) -> Option<String> {
    let needed = [
        ("number", canonical_number(&line.number)),
        ("kind", line.kind.trim().to_owned()),
        ("holder", line.holder.trim().to_owned()),
        ("service_address", line.service_address.trim().to_owned()),
    ];
    if let Some((field, _)) = needed.iter().find(|(_, value)| value.is_empty()) {
        return Some(format!("{field} is empty"));
    }
    if let Some((field, _)) = needed.iter().find(|(_, value)| value.chars().count() > 200) {
        return Some(format!("{field} has more than 200 characters"));
    }
    if canonical_number(line.link_code.expose()).chars().count() < 6 {
        return Some("link_code needs at least 6 letters or digits".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_however_it_is_written() {
        assert_eq!(canonical_number(" ut-2041 77 "), "UT204177");
        let digest = |number, code: &str| code_digest(number, &Secret::new(code));
        assert_eq!(digest("UT-204177", "k7qm-2x9d"), digest("ut 204177", "K7QM2X9D"));
        assert_ne!(digest("UT-204177", "K7QM2X9D"), digest("UT-204178", "K7QM2X9D"));
    }
}
