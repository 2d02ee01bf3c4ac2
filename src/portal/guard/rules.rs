//! Who must wait how long. Three tallies are kept of wrong guesses: of one secret from one source, of one secret from
//! everywhere, and from one source at every secret.
//!
//! NIST SP 800-63B-4, 3.2.2, allows at most 100 consecutive failures, and names what keeps that from locking the owner
//! out: waits that grow, and letting in those networks from which the owner signed in before. So here:
//!
//! - From one source a few guesses at a secret are free, then each waits twice as long, at last a day.
//! - A secret that is guessed at from many sources makes strangers wait, from half of the hundred on; behind it one
//!   guess a day is taken from all strangers together. A source the owner has signed in from is no stranger.
//! - A source that fails at many secrets is slowed down, never longer than it takes to drain one guess.
//!
//! Being right clears the first two. A clock that jumps costs one guess at most: what lies ahead of now was told by a
//! wrong clock, and is no reason to wait.

use jiff::SignedDuration;

use crate::api::time::Timestamp;

/// How many guesses at a secret are free from one source.
const FREE: u32 = 5;
/// From here on the wait between two of them is an hour.
const SLOW: u32 = 17;
/// From here on it is a day.
const SLOWEST: u32 = 20;
/// From here on strangers wait for each other.
const CROWDED: u32 = 50;
/// So many consecutive failures are the most there may be.
const MOST: u32 = 100;
/// How many wrong guesses a source may have made lately, at whatever.
const BURST: u32 = 100;
/// How long it takes a source to be forgiven one.
const DRAIN: SignedDuration = SignedDuration::from_secs(20);
/// How far the clocks of two portals may be apart.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// After so long without a guess the earlier ones are forgotten.
pub(super) const FORGOTTEN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So long a source is known after the owner was there.
pub(super) const KNOWN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Consecutive wrong guesses.
    pub(crate) failures: u32,
    /// When the last one was.
    pub(crate) last_at: Timestamp,
}

/// All that is known when somebody wants to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Past {
    /// At this secret from this source.
    pub(super) here: Tally,
    /// At this secret from everywhere.
    pub(super) everywhere: Tally,
    /// From this source, at every secret.
    pub(super) source: Tally,
    /// When the owner last got in from this source.
    pub(super) succeeded_at: Option<Timestamp>,
}

/// The guess must wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(pub(super) SignedDuration);

impl Tally {
    /// Nothing was tried.
    pub(super) fn none(now: Timestamp) -> Self {
        Self { failures: 0, last_at: now }
    }

    /// How long ago the last guess was; `None` where a clock must have been wrong.
    fn age(self, now: Timestamp) -> Option<SignedDuration> {
        let age = SignedDuration::from_millis(now.as_millisecond().saturating_sub(self.last_at.as_millisecond()));
        (age >= -SKEW).then_some(age)
    }

    /// The tally without what is forgotten by now.
    fn remembered(self, now: Timestamp) -> Self {
        if self.age(now).is_some_and(|age| age > FORGOTTEN) { Self::none(now) } else { self }
    }

    /// What is left of a wait that began with the last guess.
    fn rest(self, wait: SignedDuration, now: Timestamp) -> SignedDuration {
        // A clock that is a little behind makes nobody wait who need not.
        if wait == SignedDuration::ZERO {
            return SignedDuration::ZERO;
        }
        self.age(now).map_or(SignedDuration::ZERO, |age| (wait - age).max(SignedDuration::ZERO))
    }

    fn one_more(self, now: Timestamp) -> Self {
        Self { failures: self.failures.saturating_add(1), last_at: now }
    }

    /// The tally of a source, drained of what is forgiven by now.
    fn drained(self, now: Timestamp) -> Self {
        // More than a burst is never counted, so that one drop is enough to be let in again.
        let failures = self.failures.min(BURST);
        // A wrong clock's tally is held for as old as the next drop: it would never drain else.
        let age = self.age(now).unwrap_or(DRAIN);
        let since = if self.age(now).is_some() { self.last_at } else { now.plus(-DRAIN) };
        match u32::try_from(age.as_secs().max(0) / DRAIN.as_secs()) {
            Ok(drops) if drops < failures => {
                let last_at = since.plus(DRAIN.saturating_mul(i32::try_from(drops).unwrap_or(i32::MAX)));
                Self { failures: failures - drops, last_at }
            }
            _ => Self::none(now),
        }
    }
}

/// Whether a guess is taken now: the past with it counted as wrong, or how long it must wait.
pub(super) fn judge(past: Past, now: Timestamp) -> Result<Past, Wait> {
    let (here, everywhere) = (past.here.remembered(now), past.everywhere.remembered(now));
    let source = past.source.drained(now);
    let mut wait = here.rest(between_guesses(here.failures), now);
    if !is_known(past.succeeded_at, now) {
        wait = wait.max(everywhere.rest(between_strangers(everywhere.failures), now));
        if source.failures >= BURST {
            wait = wait.max(source.rest(DRAIN, now));
        }
    }
    if wait > SignedDuration::ZERO {
        return Err(Wait(wait));
    }
    let source = Tally { failures: source.failures.saturating_add(1).min(BURST), ..source };
    Ok(Past { here: here.one_more(now), everywhere: everywhere.one_more(now), source, ..past })
}

/// Whether the owner was here lately. A success that lies ahead was still one.
fn is_known(succeeded_at: Option<Timestamp>, now: Timestamp) -> bool {
    succeeded_at.is_some_and(|at| now <= at.plus(KNOWN))
}

/// How long one source waits after so many wrong guesses at a secret.
fn between_guesses(failures: u32) -> SignedDuration {
    match failures {
        0..FREE => SignedDuration::ZERO,
        FREE..SLOW => SignedDuration::from_secs(1 << (failures - FREE)),
        SLOW..SLOWEST => HOUR,
        _ => DAY,
    }
}

/// How long strangers wait for each other after so many wrong guesses at a secret.
fn between_strangers(failures: u32) -> SignedDuration {
    match failures {
        0..CROWDED => SignedDuration::ZERO,
        CROWDED..MOST => SignedDuration::from_secs(1 << ((failures - CROWDED) / 5)),
        _ => DAY,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + seconds * 1000)
    }

    fn nothing(now: Timestamp) -> Past {
        let none = Tally::none(now);
        Past { here: none, everywhere: none, source: none, succeeded_at: None }
    }

    fn tally() -> impl Strategy<Value = Tally> {
        (0_u32..300, -4_000_000_i64..4_000_000).prop_map(|(failures, ago)| Tally { failures, last_at: at(-ago) })
    }

    fn past() -> impl Strategy<Value = Past> {
        let known = proptest::option::of((-20_000_000_i64..20_000_000).prop_map(at));
        (tally(), tally(), tally(), known).prop_map(|(here, everywhere, source, succeeded_at)| Past {
            here,
            everywhere,
            source,
            succeeded_at,
        })
    }

    /// As many guesses as are taken from one source in so many seconds, when it tries every second.
    fn taken_within(seconds: i64, mut past: Past) -> u32 {
        let mut taken = 0;
        for second in 0..seconds {
            if let Ok(next) = judge(past, at(second)) {
                (past, taken) = (next, taken + 1);
            }
        }
        taken
    }

    #[test]
    fn a_clock_a_little_behind_makes_nobody_wait() {
        let ahead = Tally { failures: 0, last_at: at(30) };
        assert!(judge(Past { here: ahead, everywhere: ahead, ..nothing(at(0)) }, at(0)).is_ok());
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_a_day_and_then_is_taken(past in past()) {
            // What a wrong clock told lies ahead now, and counts later.
            let told = |tally: Tally| Tally { last_at: tally.last_at.min(at(0).plus(SKEW)), ..tally };
            let past = Past { here: told(past.here), everywhere: told(past.everywhere), source: told(past.source), ..past };
            if let Err(Wait(wait)) = judge(past, at(0)) {
                prop_assert!(wait > SignedDuration::ZERO && wait <= DAY + SKEW);
                prop_assert!(judge(past, at(0).plus(wait)).is_ok(), "{past:?} after {wait}");
            }
        }

        #[test]
        fn more_failures_never_wait_less(past in past(), more in 0_u32..50) {
            let wait = |past| judge(past, at(0)).err().map_or(SignedDuration::ZERO, |Wait(wait)| wait);
            let mut worse = past;
            worse.here.failures += more;
            worse.everywhere.failures += more;
            prop_assert!(wait(worse) >= wait(past));
        }

        #[test]
        fn strangers_never_keep_the_owner_out(past in past(), days_ago in 0_i64..90) {
            let owner = Past { here: Tally::none(at(0)), succeeded_at: Some(at(-days_ago * 86_400)), ..past };
            prop_assert!(judge(owner, at(0)).is_ok());
        }

        #[test]
        fn a_guess_is_counted_once(past in past()) {
            if let Ok(next) = judge(past, at(0)) {
                prop_assert!(next.here.failures == 1 || next.here.failures == past.here.failures + 1);
                prop_assert!(next.everywhere.failures == 1 || next.everywhere.failures == past.everywhere.failures + 1);
                prop_assert!(next.source.failures <= BURST);
                prop_assert_eq!((next.here.last_at, next.succeeded_at), (at(0), past.succeeded_at));
            }
        }

        #[test]
        fn a_clock_that_jumps_costs_one_guess(jump in -100_000_000_i64..100_000_000, guesses in 1_u32..40) {
            // One guess is told by a clock that is wrong by so much.
            let mut past = nothing(at(0));
            for _ in 0..guesses {
                past.here = past.here.one_more(at(jump));
            }
            let taken = taken_within(60, past);
            let free = if jump < -FORGOTTEN.as_secs() { FREE + 5 } else { FREE.saturating_sub(guesses) + 6 };
            prop_assert!(taken <= free, "{taken}");
            prop_assert!(jump < SKEW.as_secs() || judge(past, at(0)).is_ok());
        }
    }

    #[test]
    fn one_source_gets_a_few_guesses_and_then_few() {
        let taken = |seconds| taken_within(seconds, nothing(at(0)));
        assert_eq!(taken(1), 1);
        assert_eq!(taken(5), 5);
        assert_eq!(taken(60), 10);
        assert_eq!(taken(3600), 16);
        assert_eq!(taken(86_400), 20);
    }

    #[test]
    fn a_hundred_failures_and_then_one_a_day_whatever_the_number_of_sources() {
        let mut everywhere = Tally::none(at(0));
        let mut taken = 0;
        let mut hundredth = 0;
        for second in 0..5 * 86_400 {
            let fresh = Past { everywhere, ..nothing(at(second)) };
            if let Ok(next) = judge(fresh, at(second)) {
                (everywhere, taken) = (next.everywhere, taken + 1);
                if taken == 100 {
                    hundredth = second;
                }
            }
        }
        assert_eq!(taken, 104, "a hundred, and four on the days that follow");
        assert!(hundredth > 3600, "strangers are slowed down on the way: {hundredth} s");
    }

    #[test]
    fn a_source_that_fails_everywhere_is_slowed_down_and_forgiven() {
        let mut source = Tally::none(at(0));
        let mut taken = 0;
        for second in 0..3600 {
            if let Ok(next) = judge(Past { source, ..nothing(at(second)) }, at(second)) {
                (source, taken) = (next.source, taken + 1);
            }
        }
        assert!((270..=285).contains(&taken), "{taken}");
        assert_eq!(source.drained(at(2 * 3600)).failures, 0);
    }
}
