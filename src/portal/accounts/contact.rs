//! Reading what people write of themselves: e-mail addresses, telephone numbers, postal addresses.

use crate::api::{accounts::Address, problem::FieldError};

/// An e-mail address as it will be kept, or what is wrong with it.
pub fn email(typed: &str) -> Result<String, String> {
    let address = typed.trim();
    let invalid = || format!("`{address}` is no e-mail address; one looks like rosa@riverton.example");
    let (local, domain) = address.rsplit_once('@').ok_or_else(invalid)?;
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|letter| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter));
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let domain_ok = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_ok);
    if local_ok && domain_ok { Ok(format!("{local}@{}", domain.to_lowercase())) } else { Err(invalid()) }
}

/// A telephone number as E.164; one without a country's code is taken to be of `country` (ISO 3166-1 alpha-2).
pub fn phone(typed: &str, country: &str) -> Result<String, String> {
    let invalid = || format!("`{}` is no telephone number; one looks like +1 312 555 0142", typed.trim());
    let home = country.parse().ok();
    let number = phonenumber::parse(home, typed.trim()).map_err(|_| invalid())?;
    if !number.is_valid() {
        return Err(invalid());
    }
    Ok(number.format().mode(phonenumber::Mode::E164).to_string())
}

/// A postal address, trimmed; adds what is wrong with it to `errors`.
pub fn address(typed: Address, country: &str, errors: &mut Vec<FieldError>) -> Address {
    let text = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let optional = |value: Option<String>| value.map(text).filter(|value| !value.is_empty());
    let address = Address {
        line1: text(typed.line1),
        line2: optional(typed.line2),
        city: text(typed.city),
        region: optional(typed.region),
        postal_code: text(typed.postal_code),
        country: optional(typed.country).map(|code| code.to_uppercase()).or_else(|| Some(country.to_owned())),
    };
    let needed = [("line1", &address.line1), ("city", &address.city), ("postal_code", &address.postal_code)];
    for (field, value) in needed {
        if value.is_empty() {
            errors.push(FieldError::new(format!("/address/{field}"), format!("the address has no {}", words(field))));
        }
    }
    let parts = [Some(&address.line1), address.line2.as_ref(), Some(&address.city), address.region.as_ref()];
    if parts.into_iter().flatten().any(|part| part.chars().count() > 100) {
        errors.push(FieldError::new("/address", "a line of the address has more than 100 characters"));
    }
    if let Some(code) = &address.country
        && (code.len() != 2 || !code.bytes().all(|letter| letter.is_ascii_uppercase()))
    {
        errors
            .push(FieldError::new("/address/country", format!("`{code}` is no country; write two letters, as in US")));
    }
    address
}

fn words(field: &str) -> &str {
    match field {
        "line1" => "street",
        "postal_code" => "postal code",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_and_numbers_people_write() {
        assert_eq!(email(" Rosa@Riverton.Example ").unwrap(), "Rosa@riverton.example");
        assert_eq!(email("josé+bills@correo.example").unwrap(), "josé+bills@correo.example");
        for wrong in
            ["", "rosa", "rosa@", "@x.example", "a b@x.example", "rosa@localhost", "rosa@-x.example", "a..b@x.example"]
        {
            assert!(email(wrong).is_err(), "{wrong}");
        }
        assert_eq!(phone("312-555-0142", "US").unwrap(), "+13125550142");
        assert_eq!(phone("+44 20 7946 0958", "US").unwrap(), "+442079460958");
        for wrong in ["", "123", "not a number", "+1 000 000 0000"] {
            assert!(phone(wrong, "US").is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = (email(&text), phone(&text, "US"));
        }
    }
}
