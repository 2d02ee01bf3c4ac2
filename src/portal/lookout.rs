//! When it is looked again for what comes about in days: after a while, or on the next day, not in every round.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;

use crate::api::time::{Date, Timestamp};

/// When something was last looked for, and how long to wait before it is looked for again.
pub(crate) struct Lookout {
    pause: SignedDuration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    looked: Option<(Date, Timestamp)>,
    /// How often something has changed.
    changes: u64,
}

/// A look that was begun.
pub(crate) struct Look {
    at: (Date, Timestamp),
    /// How often something had changed then.
    changes: u64,
}

impl Lookout {
    /// Looks again after so long.
    pub(crate) fn every(pause: SignedDuration) -> Self {
        Self { pause, state: Mutex::default() }
    }

    /// Begins to look, where it is time; a clock that was set back makes it time too.
    pub(crate) fn begin(&self, today: Date, now: Timestamp) -> Option<Look> {
        let state = self.state();
        let is_early = state.looked.is_some_and(|(date, at)| date == today && at <= now && now < at.plus(self.pause));
        (!is_early).then_some(Look { at: (today, now), changes: state.changes })
    }

    /// Notes that all of it was looked at. What has changed since the look was begun may have been missed: then the next
    /// round looks all the same.
    pub(crate) fn has_looked(&self, look: &Look) {
        let mut state = self.state();
        if state.changes == look.changes {
            state.looked = Some(look.at);
        }
    }

    /// Something has changed: the next round looks.
    pub(crate) fn look_again(&self) {
        let mut state = self.state();
        state.looked = None;
        state.changes += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let is_time = |day, minutes| lookout.begin(day, at(minutes)).is_some();
        lookout.has_looked(&lookout.begin(one, at(100)).unwrap());
        assert_eq!([99, 100, 109, 110].map(|minutes| is_time(one, minutes)), [true, false, false, true]);
        assert!(is_time(next, 101), "a day has begun");
        lookout.look_again();
        assert!(is_time(one, 101));
    }

    #[test]
    fn what_changes_during_a_look_is_looked_for_in_the_next_round() {
        let lookout = Lookout::every(SignedDuration::from_mins(10));
        let (today, now): (Date, Timestamp) = ("2026-11-23".parse().unwrap(), Timestamp::from_millisecond(0));
        let look = lookout.begin(today, now).unwrap();
        lookout.look_again();
        lookout.has_looked(&look);
        let again = lookout.begin(today, now).expect("the change may have come behind what was looked at");
        lookout.has_looked(&again);
        assert!(lookout.begin(today, now).is_none());
    }
}
