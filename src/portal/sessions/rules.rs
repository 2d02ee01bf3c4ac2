//! When a session ends.

use jiff::SignedDuration;

use crate::api::time::{Date, Timestamp};

/// A session ends after so many days whatever happens (NIST SP 800-63B-4, 2.2.3).
const LONGEST_DAYS: i64 = 30;
/// A session ends when it was not used for so many days.
const IDLE_DAYS: i32 = 14;

/// When a session begun now ends at the latest.
pub fn expiry(now: Timestamp) -> Timestamp {
    now.plus(SignedDuration::from_hours(24 * LONGEST_DAYS))
}

/// Sessions last used before this day have ended.
pub fn idle_since(today: Date) -> Date {
    today.plus_days(-IDLE_DAYS)
}

/// The name an account is known by: compared without regard to case and surrounding blanks.
pub fn canonical_username(typed: &str) -> String {
    typed.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_a_month_or_two_idle_weeks() {
        let now: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        assert_eq!(expiry(now).to_string(), "2026-12-22T09:00:00Z");
        assert_eq!(idle_since("2026-11-22".parse().unwrap()).to_string(), "2026-11-08");
    }
}
