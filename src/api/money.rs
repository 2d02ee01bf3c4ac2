//! Money: integer minor units beside an ISO 4217 currency; decimal (`12.50`) only where people read and type.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits the minor unit has: ISO 4217's exponent (2, but 0 for JPY and 3 for KWD).
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The sign people put before an amount; the code where there is none of its own.
    pub fn sign(&self) -> Option<&'static str> {
        match &self.0 {
            b"USD" | b"CAD" | b"AUD" | b"NZD" => Some("$"),
            b"EUR" => Some("€"),
            b"GBP" => Some("£"),
            b"JPY" => Some("¥"),
            _ => None,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = InvalidCurrency;
    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(InvalidCurrency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidCurrency;
    fn try_from(text: String) -> Result<Self, InvalidCurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// A text that is no currency code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no ISO 4217 code; one looks like USD")]
pub struct InvalidCurrency(pub String);

/// An amount in minor units (cents) of a currency told beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minor(pub i64);

impl Minor {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, `None` where it cannot be told in 64 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The amount as a plain decimal: `12.50`.
    pub fn decimal(self, currency: Currency) -> String {
        let exponent = currency.exponent();
        let sign = if self.0 < 0 { "-" } else { "" };
        let unit = 10_u64.pow(exponent);
        let magnitude = self.0.unsigned_abs();
        if exponent == 0 {
            return format!("{sign}{magnitude}");
        }
        let width = usize::try_from(exponent).unwrap_or(2);
        format!("{sign}{}.{:0width$}", magnitude / unit, magnitude % unit)
    }

    /// The amount as a person reads it: `$1,234.50`, or `1,234.50 CHF`.
    pub fn display(self, currency: Currency) -> String {
        let decimal = Self(self.0.saturating_abs()).decimal(currency);
        let (whole, fraction) = decimal.split_at(decimal.find('.').unwrap_or(decimal.len()));
        let mut grouped = String::with_capacity(decimal.len() + 4);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let minus = if self.0 < 0 { "-" } else { "" };
        match currency.sign() {
            Some(sign) => format!("{minus}{sign}{grouped}{fraction}"),
            None => format!("{minus}{grouped}{fraction} {currency}"),
        }
    }

    /// Reads a decimal amount (`12`, `12.5`, `12.50`) of a currency: no sign, no more decimals than it has.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, InvalidAmount> {
        let invalid = |reason| InvalidAmount { text: text.to_owned(), reason };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.starts_with(['-', '+']) {
            return Err(invalid(AmountFault::Signed));
        }
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || (fraction.is_empty() && text.contains('.')) {
            return Err(invalid(AmountFault::NotDecimal));
        }
        let exponent = usize::try_from(currency.exponent()).unwrap_or(2);
        if fraction.len() > exponent {
            return Err(invalid(AmountFault::TooManyDecimals { currency, exponent }));
        }
        format!("{whole}{fraction:0<exponent$}").parse().map(Self).map_err(|_| invalid(AmountFault::TooLarge))
    }
}

/// An amount as typed, not read yet: how many decimals it may have depends on the city's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

impl FromStr for Decimal {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.trim().to_owned()))
    }
}

/// A text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no amount: {reason}")]
pub struct InvalidAmount {
    /// What was read.
    pub text: String,
    /// What is wrong with it.
    pub reason: AmountFault,
}

/// What can be wrong with an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// `-5` or `+5`.
    #[error("leave the sign out, as in 12.50")]
    Signed,
    /// Not digits with at most one point.
    #[error("write it with a point, as in 12.50")]
    NotDecimal,
    /// `12.505`.
    #[error("{currency} has {exponent} decimals")]
    TooManyDecimals {
        /// The city's currency.
        currency: Currency,
        /// How many decimals it has.
        exponent: usize,
    },
    /// Past 64 bits.
    #[error("it is larger than can be kept")]
    TooLarge,
}

#[cfg(feature = "portal")]
mod schema {
    use std::borrow::Cow;

    use utoipa::openapi::{
        ObjectBuilder, RefOr,
        schema::{KnownFormat, Schema, SchemaFormat, Type},
    };

    use super::{Currency, Minor};

    impl utoipa::PartialSchema for Minor {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .description(Some("An amount in minor units of the currency told beside it."))
                .examples([8740])
                .into()
        }
    }
    impl utoipa::ToSchema for Minor {
        fn name() -> Cow<'static, str> {
            "Minor".into()
        }
    }
    impl utoipa::PartialSchema for Currency {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some("^[A-Z]{3}$"))
                .description(Some("ISO 4217."))
                .examples(["USD"])
                .into()
        }
    }
    impl utoipa::ToSchema for Currency {
        fn name() -> Cow<'static, str> {
            "Currency".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    proptest! {
        #[test]
        fn a_decimal_is_read_back(amount in 0..=i64::MAX, code in "USD|JPY|KWD") {
            let currency = currency(&code);
            prop_assert_eq!(Minor::parse(&Minor(amount).decimal(currency), currency).unwrap(), Minor(amount));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = Minor::parse(&text, currency("USD"));
        }
    }

    #[test]
    fn amounts_people_type() {
        let parse = |text| Minor::parse(text, currency("USD")).map_err(|error| error.reason);
        assert_eq!(parse("12.5"), Ok(Minor(1250)));
        assert_eq!(parse("0.07"), Ok(Minor(7)));
        assert_eq!(parse("-5"), Err(AmountFault::Signed));
        assert_eq!(parse("12,50"), Err(AmountFault::NotDecimal));
        assert_eq!(parse("12."), Err(AmountFault::NotDecimal));
        assert_eq!(parse(""), Err(AmountFault::NotDecimal));
        assert_eq!(parse("99999999999999999999"), Err(AmountFault::TooLarge));
        assert!(matches!(parse("1.005"), Err(AmountFault::TooManyDecimals { .. })));
    }

    #[test]
    fn amounts_people_read() {
        assert_eq!(Minor(12_345_678).display(currency("USD")), "$123,456.78");
        assert_eq!(Minor(-5).display(currency("EUR")), "-€0.05");
        assert_eq!(Minor(1500).display(currency("CHF")), "15.00 CHF");
        assert_eq!(Minor(1500).display(currency("JPY")), "¥1,500");
    }
}
