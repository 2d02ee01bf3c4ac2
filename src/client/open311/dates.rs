//! Dates with times as cities write them, and as they are asked in.

use jiff::{
    civil,
    tz::{Offset, TimeZone},
};

use crate::api::{requests::Datetime, time::Timestamp};

/// Reads a date with a time: RFC 3339 with or without seconds and their fraction, `+HH`, `+HHMM`, a blank for `T`.
/// Without a zone, or where it is no date at all, the text is kept as it is.
pub(super) fn read(text: &str) -> Datetime {
    match instant(text) {
        Some(instant) => Datetime::from(instant),
        None => Datetime::AsGiven(text.to_owned()),
    }
}

/// The instant a text tells; `None` where it tells none, or no zone.
fn instant(text: &str) -> Option<Timestamp> {
    let date = text.get(..10)?.parse::<civil::Date>().ok()?;
    let time = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
    let end =
        time.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.' | ',')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    let mut parts = clock.split(':');
    let mut whole = |limit: i8| parts.next()?.parse::<i8>().ok().filter(|number| (0..=limit).contains(number));
    let (hour, minute) = (whole(23)?, whole(59)?);
    let second = match parts.next() {
        // A leap second is the one before it: clocks of programs know none.
        Some(second) => {
            second.split(['.', ',']).next()?.parse::<i8>().ok().filter(|second| (0..=60).contains(second))?.min(59)
        }
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    let zone = TimeZone::fixed(offset(zone.trim())?);
    let zoned = zone.to_ambiguous_zoned(date.at(hour, minute, second, 0)).compatible().ok()?;
    Some(Timestamp::from(zoned.timestamp()))
}

/// `Z`, `UTC`, `+HH`, `+HHMM`, `+HH:MM`.
fn offset(zone: &str) -> Option<Offset> {
    if zone.eq_ignore_ascii_case("z") || zone.eq_ignore_ascii_case("utc") || zone.eq_ignore_ascii_case("gmt") {
        return Some(Offset::UTC);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = zone.get(1..)?.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours = digits.get(..2)?.parse::<i32>().ok()?;
    let minutes = digits.get(2..).filter(|minutes| !minutes.is_empty()).map_or(Ok(0), str::parse::<i32>).ok()?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// How a city wants dates in its queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As the standard says: `2026-11-22T14:30:00Z`.
    Zoned,
    /// Some refuse the `Z`: `2026-11-22T14:30:00`.
    Bare,
}

/// An instant as a query tells it, whole seconds.
pub(super) fn asked(instant: Timestamp, style: Style) -> String {
    let text = instant.in_zone(&TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    match style {
        Style::Zoned => text + "Z",
        Style::Bare => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_cities() {
        for (text, told) in [
            ("2026-11-22T09:30:00-05:00", "2026-11-22T14:30:00Z"),
            ("2026-11-22T14:30:00Z", "2026-11-22T14:30:00Z"),
            ("2026-11-22T14:30:00.917z", "2026-11-22T14:30:00Z"),
            ("2026-11-22T15:37-05", "2026-11-22T20:37:00Z"),
            ("2026-11-22 14:30:00 +0000", "2026-11-22T14:30:00Z"),
            ("2026-11-22 15:30 +01", "2026-11-22T14:30:00Z"),
            ("2026-11-22T14:30:60Z", "2026-11-22T14:30:59Z"),
        ] {
            let read = read(text);
            assert!(read.instant().is_some(), "{text}");
            assert_eq!(read.to_string(), told);
        }
        for text in ["2026-11-22 14:30", "2026-11-22T14:30:00", "2026-11-22", "soon", "2026-02-30T00:00:00Z", "ü"] {
            assert_eq!(read(text), Datetime::AsGiven(text.to_owned()));
        }
    }

    #[test]
    fn dates_are_asked_in_whole_seconds() {
        let instant = "2026-11-22T14:30:00.5Z".parse().unwrap();
        assert_eq!(asked(instant, Style::Zoned), "2026-11-22T14:30:00Z");
        assert_eq!(asked(instant, Style::Bare), "2026-11-22T14:30:00");
    }
}
