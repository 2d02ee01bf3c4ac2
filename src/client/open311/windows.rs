//! Ranges of time as the standard can be asked for them: 90 days at most, the newest first.

use jiff::SignedDuration;

use crate::api::time::Timestamp;

/// The longest range one request may ask for.
const LONGEST: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A range of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

/// The windows a range is walked in. Neighbours share their boundary, so that nothing falls between them; a range
/// without a beginning is the last 90 days before its end.
pub(super) fn windows(since: Option<Timestamp>, until: Timestamp) -> Vec<Window> {
    let back = |to: Timestamp| to.plus(-LONGEST);
    let since = since.unwrap_or_else(|| back(until));
    let mut windows = Vec::new();
    let mut to = until;
    while since < to {
        let from = back(to).max(since);
        windows.push(Window { from, to });
        to = from;
    }
    windows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 24 * 3600 * 1000;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_millisecond(day * DAY)
    }

    proptest! {
        #[test]
        fn windows_cover_the_range_and_nothing_else(since in 0_i64..20_000, days in 0_i64..2_000) {
            let windows = windows(Some(day(since)), day(since + days));
            let mut to = day(since + days);
            for window in &windows {
                prop_assert_eq!(window.to, to);
                let length = window.to.as_millisecond() - window.from.as_millisecond();
                prop_assert!(0 < length && length <= 90 * DAY);
                to = window.from;
            }
            prop_assert_eq!(to, day(since));
            prop_assert_eq!(windows.len() as i64, (days + 89) / 90);
        }
    }

    #[test]
    fn a_range_without_a_beginning_is_one_window() {
        assert_eq!(windows(None, day(1000)), [Window { from: day(910), to: day(1000) }]);
        assert_eq!(windows(Some(day(5)), day(4)), []);
    }
}
