//! A postal address as people type it in one line: `12 Mill Lane, Riverton, IL 62701`; with a second line,
//! `12 Mill Lane, Flat 3, Riverton, IL 62701`; with its country, `…, ON K1A 0B1, CA`.

use crate::api::accounts::Address;

const FORM: &str = "write it as in \"12 Mill Lane, Riverton, IL 62701\"";

/// Reads an address.
pub(super) fn parse(text: &str) -> Result<Address, String> {
    let mut parts = text.split(',').map(str::trim).collect::<Vec<_>>();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(format!("a part of the address is empty; {FORM}"));
    }
    let is_country = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let country = parts.pop_if(|last| is_country(last)).map(str::to_ascii_uppercase);
    let last = parts.pop().ok_or_else(|| format!("there is no address; {FORM}"))?;
    let (region, postal_code) = region_and_postal_code(last)
        .ok_or_else(|| format!("`{last}` has no postal code, where region and postal code are expected; {FORM}"))?;
    let (line1, line2, city) = match parts.as_slice() {
        [line1, city] => (line1, None, city),
        [line1, line2, city] => (line1, Some((*line2).to_owned()), city),
        _ => return Err(format!("an address has three or four parts with commas between them; {FORM}")),
    };
    Ok(Address { line1: (*line1).to_owned(), line2, city: (*city).to_owned(), region, postal_code, country })
}

/// The postal code begins with the first word that has a digit: `IL 62701`, `SW1A 1AA`, `75001`.
fn region_and_postal_code(text: &str) -> Option<(Option<String>, String)> {
    let words = text.split_whitespace().collect::<Vec<_>>();
    let begin = words.iter().position(|word| word.bytes().any(|byte| byte.is_ascii_digit()))?;
    let region = (begin > 0).then(|| words[..begin].join(" "));
    Some((region, words[begin..].join(" ")))
}

/// The line an address is read from.
pub(super) fn line(address: &Address) -> String {
    let last = [address.region.as_deref(), Some(&address.postal_code)];
    let last = last.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [
        Some(address.line1.as_str()),
        address.line2.as_deref(),
        Some(&address.city),
        Some(&last),
        address.country.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_type() {
        let plain = parse("12 Mill Lane, Riverton, IL 62701").unwrap();
        assert_eq!((plain.line1.as_str(), plain.city.as_str()), ("12 Mill Lane", "Riverton"));
        assert_eq!((plain.region.as_deref(), plain.postal_code.as_str()), (Some("IL"), "62701"));
        let whole = parse("12 Mill Lane,Flat 3 , Riverton, ON K1A 0B1, ca").unwrap();
        assert_eq!((whole.line2.as_deref(), whole.country.as_deref()), (Some("Flat 3"), Some("CA")));
        assert_eq!((whole.region.as_deref(), whole.postal_code.as_str()), (Some("ON"), "K1A 0B1"));
        assert_eq!(parse("1 rue X, Paris, 75001").unwrap().region, None);
        for text in ["12 Mill Lane, Riverton, IL 62701", "12 Mill Lane, Flat 3, Riverton, ON K1A 0B1, CA"] {
            assert_eq!(line(&parse(text).unwrap()), text);
        }
        for wrong in ["", "12 Mill Lane", "12 Mill Lane, Riverton", "a, b, Illinois", "a,, b, IL 1", "a, b, c, d, IL 1"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
