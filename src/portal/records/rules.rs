//! What a record's number, code and holder's name are however written, and whether an imported line will do.

use sha2::{Digest, Sha256};

use unicode_normalization::UnicodeNormalization;

use crate::{
    api::{secret::Secret, staff::RecordLine},
    portal::fold::words,
};

/// A number without what people add or leave out: case, blanks, dashes, and zeros before its first other digit
/// (`UT-00204177` is `ut 204177`).
pub fn canonical_number(typed: &str) -> String {
    let plain = plain(typed);
    let letters = plain.find(|letter: char| letter.is_ascii_digit()).unwrap_or(plain.len());
    let (letters, digits) = plain.split_at(letters);
    let without = digits.trim_start_matches('0');
    // Of zeros alone one stays.
    let kept = match without.chars().next() {
        Some(first) if first.is_ascii_digit() => without,
        _ => &digits[(digits.len() - without.len()).saturating_sub(1)..],
    };
    format!("{letters}{kept}")
}

/// A text without case, blanks and dashes.
pub fn plain(typed: &str) -> String {
    let capitals = typed.nfkc().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase);
    // Capitals of some letters come apart into letter and marks.
    capitals.nfkc().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether two texts are the name of one person: case, accents and punctuation do not matter, a middle initial may be
/// missing or stand for a name, and the family name may come first before a comma.
pub fn same_person(one: &str, other: &str) -> bool {
    let others = readings(other);
    readings(one).iter().any(|one| others.iter().any(|other| same_name(one, other)))
}

fn same_name(one: &[String], other: &[String]) -> bool {
    match (one, other) {
        ([], _) | (_, []) => false,
        ([only], [same]) => only == same,
        ([first, middle @ .., last], [same_first, same_middle @ .., same_last]) => {
            first == same_first && last == same_last && same_middles(middle, same_middle)
        }
        _ => false,
    }
}

/// The words of a name in the orders they may be meant in: what stands before a comma is the family's name, or the name
/// of a business before what kind it is.
fn readings(typed: &str) -> Vec<Vec<String>> {
    // An apostrophe parts no word: O'Brien is Obrien.
    let typed = typed.replace(['\'', '’', '`', '.'], "");
    let mut readings = vec![words(&typed)];
    if let Some((family, given)) = typed.split_once(',') {
        readings.push([words(given), words(family)].concat());
    }
    readings
}

fn same_middles(one: &[String], other: &[String]) -> bool {
    let initial = |word: &String| word.chars().count() == 1;
    match (one, other) {
        ([], []) => true,
        ([word, rest @ ..], [same, same_rest @ ..])
            if word == same
                || (initial(word) && same.starts_with(word.as_str()))
                || (initial(same) && word.starts_with(same.as_str())) =>
        {
            same_middles(rest, same_rest)
        }
        ([word, rest @ ..], _) if initial(word) => same_middles(rest, other),
        (_, [word, rest @ ..]) if initial(word) => same_middles(one, rest),
        _ => false,
    }
}

/// What is kept of a link code: the digest of it and of the record's number.
pub fn code_digest(number: &str, code: &Secret) -> [u8; 32] {
    let code = plain(code.expose());
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
    if plain(line.link_code.expose()).chars().count() < 6 {
        return Some("link_code needs at least 6 letters or digits".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_known_however_it_is_written() {
        let same = ["Rosa Marín", "ROSA MARIN", " rosa  m. marín", "Marín, Rosa", "MARIN, ROSA M", "Rosa M Marin"];
        for one in same {
            for other in same {
                assert!(same_person(one, other), "{one} / {other}");
            }
        }
        assert!(same_person("Seán O'Brien", "Sean OBrien"));
        assert!(same_person("Rosa M. Marín", "Rosa María Marín"));
        assert!(same_person("Ana L. M. Cruz", "Ana M. Cruz"));
        assert!(same_person("Riverton Bakery, Inc.", "riverton bakery inc"));
        for (one, other) in [
            ("Rosa Marín", "Rosa María Marín"),
            ("Rosa K. Marín", "Rosa María Marín"),
            ("Rosa Marín", "Marín"),
            ("R. Marín", "Rosa Marín"),
            ("Rosa Marín", "Rosa Martín"),
            ("", ""),
            ("…", "…"),
        ] {
            assert!(!same_person(one, other), "{one} / {other}");
        }
    }

    proptest! {
        #[test]
        fn the_same_name_either_way_round(one in "[a-cA-C. ]{0,12}", other in "[a-cA-C. ]{0,12}") {
            prop_assert_eq!(same_person(&one, &other), same_person(&other, &one));
            prop_assert_eq!(same_person(&one, &one), one.chars().any(char::is_alphanumeric));
        }

        #[test]
        fn a_number_stays_what_it_is(typed in "\\PC{0,30}") {
            let once = canonical_number(&typed);
            prop_assert_eq!(canonical_number(&once), once);
        }

        #[test]
        fn zeros_before_a_number_do_not_matter(letters in "[A-Z]{0,3}", zeros in "0{0,4}", digits in "[1-9][0-9]{0,6}", rest in "[A-Z]{0,2}") {
            prop_assert_eq!(canonical_number(&format!("{letters}-{zeros}{digits}{rest}")), format!("{letters}{digits}{rest}"));
        }
    }

    #[test]
    fn a_number_is_known_however_it_is_written() {
        assert_eq!(canonical_number(" ut-2041 77 "), "UT204177");
        assert_eq!(canonical_number("UT-00204177"), "UT204177");
        assert_eq!(canonical_number("0012"), "12");
        assert_eq!(canonical_number("000"), "0");
        assert_eq!(canonical_number("P-0"), "P0");
        assert_eq!(canonical_number("P-00-A"), "P0A");
        // Zeros within are digits like any other.
        assert_eq!(canonical_number("1002-044"), "1002044");
        assert_eq!(canonical_number("ＵＴ２０"), "UT20");
        let digest = |number, code: &str| code_digest(number, &Secret::new(code));
        assert_eq!(digest("UT-204177", "k7qm-2x9d"), digest("ut 204177", "K7QM2X9D"));
        assert_ne!(digest("UT-204177", "K7QM2X9D"), digest("UT-204178", "K7QM2X9D"));
    }
}
