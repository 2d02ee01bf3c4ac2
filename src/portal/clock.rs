//! The portal's clock: the machine's, or one that is set and moved by hand. The only room that reads the time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::api::time::Timestamp;

/// Tells the time.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    Machine,
    /// Runs with the machine's, so many milliseconds ahead.
    Shifted(Arc<AtomicI64>),
    /// Stands still until it is moved.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Self {
        Self(Source::Machine)
    }

    /// Runs like the machine's, but shows `start` now; can be moved.
    pub fn starting_at(start: Option<Timestamp>) -> Self {
        let ahead = start.map_or(0, |start| start.as_millisecond() - machine_now().as_millisecond());
        Self(Source::Shifted(Arc::new(AtomicI64::new(ahead))))
    }

    /// Shows `at` until it is moved.
    pub fn standing(at: Timestamp) -> Self {
        Self(Source::Standing(Arc::new(AtomicI64::new(at.as_millisecond()))))
    }

    /// The instant it shows.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::Machine => machine_now(),
            Source::Shifted(ahead) => {
                Timestamp::from_millisecond(machine_now().as_millisecond() + ahead.load(Ordering::Relaxed))
            }
            Source::Standing(at) => Timestamp::from_millisecond(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves it so many milliseconds ahead; `false` for the machine's, which cannot be moved.
    pub fn advance(&self, milliseconds: i64) -> bool {
        match &self.0 {
            Source::Machine => return false,
            Source::Shifted(value) | Source::Standing(value) => value.fetch_add(milliseconds, Ordering::Relaxed),
        };
        true
    }
}

#[expect(clippy::disallowed_methods, reason = "the one room that reads the time")]
fn machine_now() -> Timestamp {
    jiff::Timestamp::now().into()
}
