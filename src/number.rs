//! Whole numbers as arguments: what is wrong with one is said in words.

use std::{
    fmt::Display,
    ops::{Bound, RangeBounds},
    str::FromStr,
};

/// Reads a whole number within a range.
///
/// # Errors
/// What to write instead, in words.
pub(crate) fn within<N, R>(range: R) -> impl Fn(&str) -> Result<N, String> + Clone + Send + Sync + 'static
where
    N: FromStr + PartialOrd + Display,
    R: RangeBounds<N> + Clone + Send + Sync + 'static,
{
    move |text| {
        let number = text.trim().parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| match (range.start_bound(), range.end_bound()) {
            (Bound::Included(first), Bound::Included(last)) => format!("write a whole number from {first} to {last}"),
            (Bound::Included(first), _) => format!("write a whole number, {first} or more"),
            _ => "write a whole number".to_owned(),
        })
    }
}

/// Reads a calendar year.
///
/// # Errors
/// What a year looks like.
pub(crate) fn year(text: &str) -> Result<i16, String> {
    within(1900..=9999)(text).map_err(|_| "write a year of four digits, as in 2026".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_told_in_words() {
        let jobs = within::<u16, _>(1..=64);
        assert_eq!(jobs("64"), Ok(64));
        for text in ["0", "65", "-1", "4x", "", "99999999999999999999"] {
            assert_eq!(jobs(text), Err("write a whole number from 1 to 64".to_owned()), "{text}");
        }
        assert_eq!(within::<u64, _>(1..)("x"), Err("write a whole number, 1 or more".to_owned()));
        assert_eq!((year("2026"), year("20x6")), (Ok(2026), Err("write a year of four digits, as in 2026".to_owned())));
        assert!(year("26").is_err() && year("12026").is_err());
    }
}
