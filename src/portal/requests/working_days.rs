//! Until when something is promised: so many working days, in the city's zone.

use jiff::{SignedDuration, tz::TimeZone};

use crate::{
    api::time::{Date, Timestamp},
    portal::city::workdays,
};

/// The last second of the working day that is `days` working days after an instant. The day of the instant itself does
/// not count; with none promised it is that day, or the next working day.
pub fn promised(from: Timestamp, days: u32, zone: &TimeZone, works_on: impl Fn(Date) -> bool) -> Timestamp {
    let day = workdays::after(from.date_in(zone), days, works_on);
    // Where clocks go back at midnight a day has its last hour twice: it ends where the next one begins.
    let next = day.plus_days(1).civil().to_zoned(zone.clone());
    next.map_or(from, |next| Timestamp::from(next.timestamp()).plus(-SignedDuration::from_secs(1)))
}

#[cfg(test)]
mod tests {
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
            promised(from.parse().unwrap(), days, &city.zone, |day| city.hours.works_on(day))
                .in_zone(&city.zone)
                .to_string()
        };
        // A Wednesday; Thursday is Thanksgiving Day.
        assert_eq!(until("2026-11-25T16:00:00Z", 1), "2026-11-27T23:59:59-06:00[America/Chicago]");
        assert_eq!(until("2026-11-25T16:00:00Z", 2), "2026-11-30T23:59:59-06:00[America/Chicago]");
        assert_eq!(until("2026-11-26T16:00:00Z", 0), "2026-11-27T23:59:59-06:00[America/Chicago]");
        // The clocks went forward on the 14th of March 2027.
        assert_eq!(until("2027-03-12T16:00:00Z", 1), "2027-03-15T23:59:59-05:00[America/Chicago]");
    }

    #[test]
    fn a_day_whose_last_hour_comes_twice_ends_with_the_second() {
        let zone = TimeZone::get("America/Santiago").unwrap();
        let end = promised("2027-04-02T15:00:00Z".parse().unwrap(), 1, &zone, |_| true);
        assert_eq!(end.in_zone(&zone).to_string(), "2027-04-03T23:59:59-04:00[America/Santiago]");
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
