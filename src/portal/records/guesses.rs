//! Wrong codes are slowed down: strictly for whoever guesses, gently at the record that is guessed at. Both are counted in
//! the database, in the unit that looks at the code, so that it holds for many at once and across processes.
//!
//! - An account has a few wrong guesses free; then each waits twice as long, at last a day. Being right does not clear
//!   them: a guesser with a record of their own could clear them at will. They are forgotten after a week without one.
//! - A record that many have guessed at makes each of them wait a little after each wrong guess of their own. Nobody waits
//!   for another's: whoever has not guessed wrong lately is never kept from their own record.

use jiff::SignedDuration;

use super::rules::canonical_number;
use crate::{
    api::{id::AccountId, time::Timestamp},
    portal::{
        error::Result,
        guard::{self, Subject, Tally},
        store::Tx,
    },
};

/// How many wrong guesses an account has free.
const FREE: u32 = 5;
/// What the first one after these waits.
const FIRST: SignedDuration = SignedDuration::from_secs(60);
/// What each waits at most.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// From so many wrong guesses at a record on, its guessers wait.
const CROWDED: u32 = 10;
/// How long they do.
const CROWD_WAITS: SignedDuration = SignedDuration::from_secs(60);
/// After so long without one, wrong guesses are forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far the clocks of two portals may be apart.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// In place of a source: a link is asked for by an account, wherever it is.
const EVERYWHERE: &str = "";

/// What was guessed wrong before, held until the unit ends.
#[derive(Debug)]
pub(super) struct Guesses {
    account: (Subject, Tally),
    record: (Subject, Tally),
}

impl Guesses {
    /// What an account has guessed wrong, and what was at a record. Held in one order everywhere: nobody waits in a circle.
    pub(super) async fn hold(tx: &Tx<'_>, account: AccountId, number: &str, now: Timestamp) -> Result<Self> {
        let (account, record) = (Subject::new("link", &account.to_string()), at_record(number));
        let by_account = guard::queries::hold(tx, account.digest(), EVERYWHERE, now).await?.tally();
        let by_record = guard::queries::hold(tx, record.digest(), EVERYWHERE, now).await?.tally();
        Ok(Self { account: (account, by_account), record: (record, by_record) })
    }

    /// How long this guess must wait, where it must.
    pub(super) fn wait(&self, now: Timestamp) -> Option<SignedDuration> {
        wait(self.account.1, self.record.1, now)
    }

    /// The guess was wrong.
    pub(super) async fn wrong(&self, tx: &Tx<'_>, now: Timestamp) -> Result<()> {
        for (subject, tally) in [self.account, self.record] {
            let tally = Tally { failures: remembered(tally, now).saturating_add(1), last_at: now };
            guard::queries::count(tx, subject.digest(), EVERYWHERE, tally).await?;
        }
        Ok(())
    }
}

/// How many wrong codes were tried at a record lately.
pub(super) async fn tried(tx: &Tx<'_>, number: &str, now: Timestamp) -> Result<u32> {
    let found = guard::queries::find(tx, at_record(number).digest(), EVERYWHERE, now).await?;
    Ok(remembered(found.tally(), now))
}

fn at_record(number: &str) -> Subject {
    Subject::new("record", &canonical_number(number))
}

/// How long ago the last wrong guess was; none where a clock must have been wrong.
fn age(tally: Tally, now: Timestamp) -> Option<SignedDuration> {
    let age = now.as_millisecond().saturating_sub(tally.last_at.as_millisecond());
    Some(SignedDuration::from_millis(age)).filter(|age| *age >= -SKEW)
}

/// The wrong guesses that are not forgotten.
fn remembered(tally: Tally, now: Timestamp) -> u32 {
    if age(tally, now).is_some_and(|age| age > FORGOTTEN) { 0 } else { tally.failures }
}

fn wait(account: Tally, record: Tally, now: Timestamp) -> Option<SignedDuration> {
    let failures = remembered(account, now);
    if failures == 0 {
        return None;
    }
    let own = match failures.checked_sub(FREE) {
        None => SignedDuration::ZERO,
        Some(more) => FIRST.saturating_mul(1 << more.min(20)).min(LONGEST),
    };
    let crowd = if remembered(record, now) >= CROWDED { CROWD_WAITS } else { SignedDuration::ZERO };
    let left = own.max(crowd) - age(account, now)?;
    (left > SignedDuration::ZERO).then_some(left)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + seconds * 1000)
    }

    fn tally(failures: u32, seconds: i64) -> Tally {
        Tally { failures, last_at: at(seconds) }
    }

    #[test]
    fn waits_grow_and_end() {
        let wait =
            |failures, crowd, after| wait(tally(failures, 0), tally(crowd, 0), at(after)).map(|wait| wait.as_secs());
        assert_eq!(
            (wait(4, 9, 0), wait(5, 9, 0), wait(6, 9, 0), wait(7, 9, 30)),
            (None, Some(60), Some(120), Some(210))
        );
        assert_eq!((wait(5, 9, 59), wait(5, 9, 60)), (Some(1), None));
        assert_eq!((wait(400, 0, 0), wait(400, 0, 86_400), wait(400, 0, 7 * 86_400 + 1)), (Some(86_400), None, None));
        // At a record many guess at, each waits after a wrong guess of their own, and nobody else does.
        assert_eq!((wait(1, 10, 0), wait(1, 10, 60), wait(0, 1_000_000, 0)), (Some(60), None, None));
    }

    proptest! {
        #[test]
        fn nobody_waits_for_anothers_guesses(crowd in any::<u32>(), ago in -1_000_000_i64..1_000_000) {
            prop_assert_eq!(wait(tally(0, 0), tally(crowd, ago), at(0)), None);
        }

        #[test]
        fn nobody_waits_longer_than_a_day(own in any::<u32>(), crowd in any::<u32>(), ago in -1_000_000_i64..1_000_000, other in -1_000_000_i64..1_000_000) {
            if let Some(left) = wait(tally(own, ago), tally(crowd, other), at(0)) {
                prop_assert!(left <= LONGEST + SKEW);
                prop_assert_eq!(wait(tally(own, ago), tally(crowd, other), at(0).plus(left)), None);
            }
        }

        #[test]
        fn a_guesser_gets_few_guesses(days in 1_i64..30) {
            let (mut own, mut taken) = (tally(0, 0), 0);
            for minute in 0..days * 1440 {
                if wait(own, tally(0, 0), at(minute * 60)).is_none() {
                    own = tally(own.failures + 1, minute * 60);
                    taken += 1;
                }
            }
            // Five, then those whose waits are shorter than a day, then one a day.
            prop_assert!(taken <= 16 + days, "{taken} in {days} days");
        }
    }
}
