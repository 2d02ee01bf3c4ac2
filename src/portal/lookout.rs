//! When it is looked again for what comes about in days: after a while, or on the next day, not in every round.

use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;

use crate::api::time::{Date, Timestamp};

/// When something was last looked for, and how long to wait before it is looked for again.
pub(crate) struct Lookout {
    pause: SignedDuration,
    looked: Mutex<Option<(Date, Timestamp)>>,
}

impl Lookout {
    /// Looks again after so long.
    pub(crate) fn every(pause: SignedDuration) -> Self {
        Self { pause, looked: Mutex::new(None) }
    }

    /// Whether it is time to look; a clock that was set back makes it time too.
    pub(crate) fn is_time(&self, today: Date, now: Timestamp) -> bool {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        !looked.is_some_and(|(date, at)| date == today && at <= now && now < at.plus(self.pause))
    }

    /// Notes that all of it was looked at.
    pub(crate) fn has_looked(&self, today: Date, now: Timestamp) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some((today, now));
    }

    /// Something has changed: the next round looks.
    pub(crate) fn look_again(&self) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_again_after_a_while_and_on_the_next_day() {
        let lookout = Lookout::every(SignedDuration::from_mins(10));
        let (one, next): (Date, Date) = ("2026-11-23".parse().unwrap(), "2026-11-24".parse().unwrap());
        let at = |minutes: i64| Timestamp::from_millisecond(60_000 * minutes);
        assert!(lookout.is_time(one, at(100)));
        lookout.has_looked(one, at(100));
        assert_eq!([99, 100, 109, 110].map(|minutes| lookout.is_time(one, at(minutes))), [true, false, false, true]);
        assert!(lookout.is_time(next, at(101)), "a day has begun");
        lookout.look_again();
        assert!(lookout.is_time(one, at(101)));
    }
}
