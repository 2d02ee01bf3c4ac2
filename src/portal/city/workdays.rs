//! Working days: counted on the city's calendar, so that clocks and daylight saving have no part in it.

use crate::api::time::Date;

/// No count reaches further, so that a calendar of holidays only ends too, in days.
const FURTHEST: i32 = 36_600;

/// The working day that is so many working days after a date, which itself does not count; with none it is that day, or
/// the next working day.
pub fn after(from: Date, days: u32, works_on: impl Fn(Date) -> bool) -> Date {
    let mut worked = (i32::from(days > 0)..FURTHEST).map(|ahead| from.plus_days(ahead)).filter(|&day| works_on(day));
    let place = usize::try_from(days.saturating_sub(1)).unwrap_or(usize::MAX);
    worked.nth(place).unwrap_or_else(|| from.plus_days(FURTHEST))
}

/// How many working days come after a date, up to and with a later one.
pub fn between(from: Date, until: Date, works_on: impl Fn(Date) -> bool) -> u32 {
    let days = (1..FURTHEST).map(|ahead| from.plus_days(ahead)).take_while(|&day| day <= until);
    u32::try_from(days.filter(|&day| works_on(day)).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::portal::sandbox;

    #[test]
    fn weekends_and_holidays_are_not_counted() {
        let city = sandbox::city().unwrap();
        let after = |from: &str, days| after(from.parse().unwrap(), days, |day| city.hours.works_on(day)).to_string();
        // Thursday 2026-11-26 is Thanksgiving in Riverton.
        assert_eq!(after("2026-11-25", 1), "2026-11-27");
        assert_eq!(after("2026-11-25", 2), "2026-11-30");
        assert_eq!(after("2026-11-28", 0), "2026-11-30");
        assert_eq!(after("2026-11-27", 0), "2026-11-27");
    }

    proptest! {
        #[test]
        fn the_day_found_has_as_many_working_days_before_it(
            start in 0..4000_i32, days in 1..200_u32, closed in proptest::collection::btree_set(0..4400_i32, 0..400),
        ) {
            let first: Date = "2026-01-01".parse().unwrap();
            let holidays = closed.iter().map(|&day| first.plus_days(day)).collect::<Vec<_>>();
            let works = |day: Date| {
                let weekend = matches!(day.civil().weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
                !weekend && !holidays.contains(&day)
            };
            let from = first.plus_days(start);
            let found = after(from, days, works);
            prop_assert!(works(found) && found > from);
            // Brute force, a day at a time.
            let (mut day, mut counted) = (from, 0);
            while day < found {
                day = day.plus_days(1);
                counted += u32::from(works(day));
            }
            prop_assert_eq!(counted, days);
            prop_assert_eq!(between(from, found, works), days);
        }
    }
}
