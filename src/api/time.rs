//! Instants (RFC 3339, UTC, milliseconds) and civil dates of the city (`2026-11-22`), absolute or relative.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// The instant so many milliseconds after the Unix epoch; out of range becomes the nearest that can be told.
    pub fn from_millisecond(milliseconds: i64) -> Self {
        let nearest = if milliseconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        Self(jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(nearest))
    }

    /// Milliseconds after the Unix epoch.
    pub fn as_millisecond(self) -> i64 {
        self.0.as_millisecond()
    }

    /// The instant so much later (or earlier).
    #[must_use]
    pub fn plus(self, span: jiff::SignedDuration) -> Self {
        let milliseconds = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Self::from_millisecond(self.as_millisecond().saturating_add(milliseconds))
    }

    /// This instant on the clocks of a zone.
    pub fn in_zone(self, zone: &jiff::tz::TimeZone) -> jiff::Zoned {
        self.0.to_zoned(zone.clone())
    }

    /// The civil date in a zone.
    pub fn date_in(self, zone: &jiff::tz::TimeZone) -> Date {
        Date(self.in_zone(zone).date())
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self::from_millisecond(instant.as_millisecond())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTime;
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        text.parse::<jiff::Timestamp>().map(Self::from).map_err(|_| InvalidTime(text.to_owned()))
    }
}

/// A civil date of the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The date as jiff knows it.
    pub const fn civil(self) -> civil::Date {
        self.0
    }

    /// So many days later (or earlier, when negative); stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl FromStr for Date {
    type Err = InvalidTime;
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let parsed = (text.len() == 10).then(|| text.parse::<civil::Date>().ok()).flatten();
        parsed.map(Self).ok_or_else(|| InvalidTime(text.to_owned()))
    }
}

/// A date as people type it: `2026-11-22`, `today`, `7d` (in seven days), `-30d`, or an RFC 3339 instant. It travels
/// as typed; the portal resolves it with the city's clock and zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A civil date.
    On(Date),
    /// Today, in the city.
    Today,
    /// So many days from today.
    InDays(i32),
    /// An instant.
    At(Timestamp),
}

impl When {
    /// The civil date meant, where today is `today` and the city keeps `zone`.
    pub fn date(self, today: Date, zone: &jiff::tz::TimeZone) -> Date {
        match self {
            Self::On(date) => date,
            Self::Today => today,
            Self::InDays(days) => today.plus_days(days),
            Self::At(instant) => instant.date_in(zone),
        }
    }

    /// The first instant meant: a date begins at the city's midnight.
    pub fn start(self, today: Date, zone: &jiff::tz::TimeZone) -> Timestamp {
        if let Self::At(instant) = self {
            return instant;
        }
        let midnight = zone.to_ambiguous_zoned(self.date(today, zone).civil().at(0, 0, 0, 0)).compatible();
        midnight.map_or(Timestamp(jiff::Timestamp::MAX), |zoned| Timestamp::from(zoned.timestamp()))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Today => f.write_str("today"),
            Self::InDays(days) => write!(f, "{days}d"),
            Self::At(instant) => instant.fmt(f),
        }
    }
}

impl FromStr for When {
    type Err = InvalidTime;
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("today") {
            return Ok(Self::Today);
        }
        if let Some(days) = text.strip_suffix(['d', 'D']).and_then(|days| days.parse::<i32>().ok())
            && (-36_600..=36_600).contains(&days)
        {
            return Ok(Self::InDays(days));
        }
        text.parse().map(Self::On).or_else(|_| text.parse().map(Self::At)).map_err(|_| InvalidTime(text.to_owned()))
    }
}

/// A text that is no date or instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date; try 2026-11-22, today, 7d or 2026-11-22T09:00:00Z")]
pub struct InvalidTime(pub String);

macro_rules! as_text {
    ($type:ty, $name:literal, $format:expr, $example:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
        #[cfg(feature = "portal")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format($format)
                    .examples([$example])
                    .into()
            }
        }
        #[cfg(feature = "portal")]
        impl utoipa::ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    };
}

#[cfg(feature = "portal")]
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

as_text!(Timestamp, "Timestamp", Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)), "2026-11-22T09:00:00Z");
as_text!(Date, "Date", Some(SchemaFormat::KnownFormat(KnownFormat::Date)), "2026-11-22");
as_text!(When, "When", None, "7d");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_people_type() {
        let today = "2026-11-22".parse::<Date>().unwrap();
        let zone = jiff::tz::TimeZone::UTC;
        let date = |text: &str| text.parse::<When>().map(|when| when.date(today, &zone).to_string());
        assert_eq!(date("today").unwrap(), "2026-11-22");
        assert_eq!(date("7d").unwrap(), "2026-11-29");
        assert_eq!(date("-1d").unwrap(), "2026-11-21");
        assert_eq!(date("2026-02-28").unwrap(), "2026-02-28");
        assert_eq!(date("2026-11-21T23:30:00-02:00").unwrap(), "2026-11-22");
        for wrong in ["", "d", "tomorrow", "2026-02-30", "99999999d", "22.11.2026"] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
