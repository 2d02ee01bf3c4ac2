//! What banks write, checked as they check it: account numbers (IBAN, ISO 13616; routing numbers of the American Bankers
//! Association) and the reference by which a transfer is known again (ISO 11649). Kept without blanks and in capitals;
//! people read them in groups of four.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most characters behind the check digits of a reference (ISO 11649).
const LONGEST_REFERENCE: usize = 21;
/// How long an IBAN is (ISO 13616): the shortest there is, and the longest there may be.
const IBAN_LENGTH: std::ops::RangeInclusive<usize> = 15..=34;

/// What is left of values by ISO 7064, MOD 97-10: 1 where the check digits are right. A value above 9 is a letter and
/// stands for its two digits.
pub(super) fn remainder(values: impl Iterator<Item = u32>) -> u32 {
    values.fold(0, |left, value| (left * if value > 9 { 100 } else { 10 } + value) % 97)
}

/// The same of a text of letters and digits whose first four characters count last; nothing where there are others.
fn remainder_turned(text: &str) -> Option<u32> {
    let (head, rest) = text.split_at_checked(4)?;
    let values: Option<Vec<u32>> = rest.chars().chain(head.chars()).map(|letter| letter.to_digit(36)).collect();
    values.map(|values| remainder(values.into_iter()))
}

/// The text without blanks, in capitals: what two writings of one number have in common.
pub fn compact(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The text in groups of four, as people read it: `RF18 5390 0754 7034`.
pub fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

macro_rules! checked {
    ($($(#[$meta:meta])* $name:ident, $error:ident $message:literal, $pattern:literal, $example:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text, without blanks.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(checked: $name) -> Self {
                checked.0
            }
        }

        #[doc = concat!("A text that is no such number: ", $message)]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $error(pub String);

        #[cfg(feature = "portal")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some($pattern))
                    .examples([$example])
                    .into()
            }
        }

        #[cfg(feature = "portal")]
        impl utoipa::ToSchema for $name {}
    )+};
}

checked! {
    /// A creditor reference (ISO 11649): `RF`, two check digits, one to 21 letters and digits.
    CreditorReference, InvalidReference "`{0}` is no creditor reference (ISO 11649); one looks like RF18 5390 0754 7034",
        "^RF[0-9]{2}[0-9A-Z]{1,21}$", "RF18539007547034";
    /// An international bank account number (ISO 13616).
    Iban, InvalidIban "`{0}` is no IBAN: its check digits do not fit, or it is cut off",
        "^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$", "DE89370400440532013000";
    /// A routing number of the American Bankers Association: eight digits and a check digit.
    RoutingNumber, InvalidRoutingNumber "`{0}` is no routing number: it has nine digits, and the last one checks the others",
        "^[0-9]{9}$", "123456780";
}

impl CreditorReference {
    /// The reference that ends with a text of 1 to 21 capitals and digits; nothing for any other text.
    pub fn of(text: &str) -> Option<Self> {
        let fits = (1..=LONGEST_REFERENCE).contains(&text.len());
        let check = 98 - remainder_turned(&format!("RF00{text}")).filter(|_| fits)?;
        format!("RF{check:02}{text}").parse().ok()
    }

    /// What stands behind the check digits.
    pub fn body(&self) -> &str {
        self.0.get(4..).unwrap_or_default()
    }
}

impl FromStr for CreditorReference {
    type Err = InvalidReference;
    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let compact = compact(text);
        let digits = compact.strip_prefix("RF").and_then(|rest| rest.get(..2));
        let fits = digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            && (5..=4 + LONGEST_REFERENCE).contains(&compact.len())
            && remainder_turned(&compact) == Some(1);
        if fits { Ok(Self(compact)) } else { Err(InvalidReference(text.trim().to_owned())) }
    }
}

impl FromStr for Iban {
    type Err = InvalidIban;
    fn from_str(text: &str) -> Result<Self, InvalidIban> {
        let compact = compact(text);
        let (country, digits) = (compact.get(..2).unwrap_or_default(), compact.get(2..4).unwrap_or_default());
        let fits = IBAN_LENGTH.contains(&compact.len())
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && remainder_turned(&compact) == Some(1);
        if fits { Ok(Self(compact)) } else { Err(InvalidIban(text.trim().to_owned())) }
    }
}

impl FromStr for RoutingNumber {
    type Err = InvalidRoutingNumber;
    fn from_str(text: &str) -> Result<Self, InvalidRoutingNumber> {
        let compact = compact(text);
        let digits: Option<Vec<u32>> = compact.chars().map(|letter| letter.to_digit(10)).collect();
        // The American Bankers Association weighs the digits 3, 7, 1, over and over.
        let sum = |digits: &[u32]| {
            digits.iter().zip([3, 7, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum::<u32>()
        };
        match digits {
            Some(digits) if digits.len() == 9 && sum(&digits) > 0 && sum(&digits).is_multiple_of(10) => {
                Ok(Self(compact))
            }
            _ => Err(InvalidRoutingNumber(text.trim().to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_reference_is_read_back_however_it_is_written(body in "[0-9A-Z]{1,21}", lower: bool) {
            let reference = CreditorReference::of(&body).unwrap();
            prop_assert_eq!(reference.body(), &body);
            let shown = grouped(reference.as_str());
            prop_assert!(shown.split(' ').rev().skip(1).all(|group| group.len() == 4), "{}", shown);
            let typed = if lower { shown.to_lowercase() } else { shown };
            prop_assert_eq!(typed.parse::<CreditorReference>().unwrap(), reference);
        }

        #[test]
        fn one_changed_character_is_refused(body in "[0-9A-Z]{1,21}", place in 2_usize..25, other in "[0-9A-Z]") {
            let reference = CreditorReference::of(&body).unwrap().to_string();
            let place = place % reference.len();
            prop_assume!(place >= 2 && reference[place..=place] != other);
            let changed = format!("{}{other}{}", &reference[..place], &reference[place + 1..]);
            // A letter is two digits, so that some letters weigh as others do: of digits every one is told.
            let digits = |text: &str| text[place..=place].bytes().all(|byte| byte.is_ascii_digit());
            prop_assume!(digits(&reference) == digits(&changed));
            prop_assert!(changed.parse::<CreditorReference>().is_err(), "{} of {}", changed, reference);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = (text.parse::<CreditorReference>(), text.parse::<Iban>(), text.parse::<RoutingNumber>());
            let _ = CreditorReference::of(&text);
        }
    }

    #[test]
    fn numbers_of_the_standards() {
        let reference: CreditorReference = "rf18 5390 0754 7034".parse().unwrap();
        assert_eq!((reference.as_str(), reference.body()), ("RF18539007547034", "539007547034"));
        assert_eq!(CreditorReference::of("539007547034").unwrap(), reference);
        for wrong in ["RF19539007547034", "RF18", "XX18539007547034", "", "RF18-5390-0754-7034"] {
            assert!(wrong.parse::<CreditorReference>().is_err(), "{wrong}");
        }
        assert_eq!(CreditorReference::of(""), None);
        assert!(
            "DE89 3704 0044 0532 0130 00".parse::<Iban>().is_ok() && "GB82WEST12345698765432".parse::<Iban>().is_ok()
        );
        for wrong in ["DE89370400440532013001", "DE8937040044053201300", "1289370400440532013000", ""] {
            assert!(wrong.parse::<Iban>().is_err(), "{wrong}");
        }
        assert!("123456780".parse::<RoutingNumber>().is_ok());
        for wrong in ["123456781", "12345678", "000000000", "12345678O", ""] {
            assert!(wrong.parse::<RoutingNumber>().is_err(), "{wrong}");
        }
    }
}
