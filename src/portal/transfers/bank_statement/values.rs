//! Amounts, dates and references as statements write them.

use crate::api::{
    bank::CreditorReference,
    money::{Currency, Minor},
    time::Date,
};

/// The largest amount that is believed, in minor units.
const LARGEST: i64 = 1_000_000_000_000_000;
/// How long the reference of a transfer is: `RF`, two check digits, the eight letters of its id.
const OUR_LENGTH: usize = 12;

/// A currency's code.
pub(super) fn currency(text: &str) -> Result<Currency, String> {
    text.trim().parse().map_err(|error: crate::api::money::InvalidCurrency| error.to_string())
}

/// An amount above or equal to zero. ISO 20022 writes up to five decimals: those a currency has not must be zeros.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Minor, String> {
    let text = text.trim();
    let decimals = usize::try_from(currency.exponent()).unwrap_or(2);
    let shortened = match text.split_once('.') {
        Some((whole, fraction)) if fraction.len() > decimals => {
            let (kept, rest) = fraction.split_at_checked(decimals).unwrap_or((fraction, ""));
            match (rest.bytes().all(|byte| byte == b'0'), kept) {
                (false, _) => text.to_owned(),
                (true, "") => whole.to_owned(),
                (true, kept) => format!("{whole}.{kept}"),
            }
        }
        _ => text.to_owned(),
    };
    let amount = Minor::parse(&shortened, currency).map_err(|error| error.to_string())?;
    if amount.0 > LARGEST {
        return Err(format!("`{text}` is larger than can be believed"));
    }
    Ok(amount)
}

/// A date, or the date of an instant as the bank writes it.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let date = text.get(..10).filter(|_| text.len() == 10 || text.as_bytes().get(10) == Some(&b'T'));
    date.and_then(|date| date.parse().ok()).ok_or_else(|| format!("`{text}` is no date; one looks like 2026-11-22"))
}

/// The creditor reference in what was written beside the money: all of a text, or one of the portal's own within it,
/// however it is broken up.
pub(super) fn creditor_reference<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<CreditorReference> {
    texts.into_iter().find_map(|text| {
        if let Ok(reference) = text.parse() {
            return Some(reference);
        }
        let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        letters.match_indices("RF").find_map(|(at, _)| letters.get(at..at + OUR_LENGTH)?.parse().ok())
    })
}
