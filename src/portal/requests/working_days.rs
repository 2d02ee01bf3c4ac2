//! Until when something is promised: so many working days, in the city's zone.

use jiff::tz::TimeZone;

use crate::api::time::{Date, Timestamp};

/// No promise reaches further, so that a calendar of holidays only ends too.
const FURTHEST_DAYS: i32 = 3660;

/// The last second of the working day that is `days` working days after an instant. The day of the instant itself does
/// not count; with none promised it is that day, or the next working day.
pub fn promised(from: Timestamp, days: u32, zone: &TimeZone, works_on: impl Fn(Date) -> bool) -> Timestamp {
    let start = from.date_in(zone);
    let day = match days {
        0 => (0..FURTHEST_DAYS).map(|ahead| start.plus_days(ahead)).find(|&day| works_on(day)),
        _ => {
            let counted = (1..FURTHEST_DAYS).map(|ahead| start.plus_days(ahead)).filter(|&day| works_on(day));
            counted.take(usize::try_from(days).unwrap_or(usize::MAX)).last()
        }
    };
    let day = day.unwrap_or_else(|| start.plus_days(FURTHEST_DAYS));
    let end = zone.to_ambiguous_zoned(day.civil().at(23, 59, 59, 0)).compatible();
    end.map_or(from, |end| end.timestamp().into())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;
    use crate::portal::sandbox;

    /// Walks the hours of the world's clock, and counts the working days the city's clock shows.
    fn walked(from: Timestamp, days: u32, zone: &TimeZone, works_on: &impl Fn(Date) -> bool) -> Date {
        let mut seen = from.date_in(zone);
        let mut left = days;
        let mut at = from;
        if days == 0 && works_on(seen) {
            return seen;
        }
        let last = left.max(1);
        left = last;
        loop {
            at = at.plus(SignedDuration::from_mins(30));
            let today = at.date_in(zone);
            if today != seen {
                seen = today;
                if works_on(today) {
                    left -= 1;
                    if left == 0 {
                        return today;
                    }
                }
            }
        }
    }

    #[test]
    fn holidays_and_weekends_are_not_counted() {
        let city = sandbox::city().unwrap();
        let until = |from: &str, days| {
            promised(from.parse().unwrap(), days, &city.zone, |day| city.hours.works_on(day)).in_zone(&city.zone).to_string()
        };
        // A Wednesday; Thursday is Thanksgiving Day.
        assert_eq!(until("2026-11-25T16:00:00Z", 1), "2026-11-27T23:59:59-06:00[America/Chicago]");
        assert_eq!(until("2026-11-25T16:00:00Z", 2), "2026-11-30T23:59:59-06:00[America/Chicago]");
        assert_eq!(until("2026-11-26T16:00:00Z", 0), "2026-11-27T23:59:59-06:00[America/Chicago]");
        // The clocks went forward on the 14th of March 2027.
        assert_eq!(until("2027-03-12T16:00:00Z", 1), "2027-03-15T23:59:59-05:00[America/Chicago]");
    }

    proptest! {
        #[test]
        fn working_days_agree_with_walking_through_the_hours(
            start in 0..(4 * 365 * 24 * 60_i64), days in 0..25_u32, place in 0..5_usize,
            holidays in proptest::collection::btree_set(0..1500_i32, 0..60), weekend in 0..3_i8,
        ) {
            let zones = ["America/Chicago", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"];
            let zone = TimeZone::get(zones[place]).unwrap();
            let epoch = "2025-01-01T00:00:00Z".parse::<Timestamp>().unwrap();
            let first = "2025-01-01".parse::<Date>().unwrap();
            let works_on = |day: Date| {
                let weekday = day.civil().weekday().to_monday_zero_offset();
                let holiday = holidays.iter().any(|&offset| first.plus_days(offset) == day);
                !holiday && weekday < 7 - weekend
            };
            let from = epoch.plus(SignedDuration::from_mins(start));
            let promise = promised(from, days, &zone, works_on);
            prop_assert_eq!(promise.date_in(&zone), walked(from, days, &zone, &works_on));
            let next = promise.plus(SignedDuration::from_secs(1));
            prop_assert_ne!(next.date_in(&zone), promise.date_in(&zone));
        }
    }
}
