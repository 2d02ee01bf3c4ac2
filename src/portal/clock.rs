//! The portal's clock: the machine's, or one that is set and moved by hand. The only room that reads the time.

use std::sync::{Arc, Mutex, PoisonError};

use crate::api::time::Timestamp;

/// Tells the time.
#[derive(Debug, Clone)]
pub struct Clock(Option<Arc<Mutex<Hands>>>);

#[derive(Debug, Clone, Copy)]
enum Hands {
    /// Stands still until it is moved.
    Standing(Timestamp),
    /// Runs with the machine's, so many milliseconds ahead.
    Running { ahead: i64 },
}

impl Clock {
    /// The machine's clock, which cannot be moved.
    pub fn machine() -> Self {
        Self(None)
    }

    /// Shows `at` until it is moved or made to run.
    pub fn standing(at: Timestamp) -> Self {
        Self(Some(Arc::new(Mutex::new(Hands::Standing(at)))))
    }

    /// Shows what the machine's shows, but can be moved.
    pub fn movable() -> Self {
        Self(Some(Arc::new(Mutex::new(Hands::Running { ahead: 0 }))))
    }

    /// From now on a standing clock runs.
    pub fn run(&self) {
        if let Some(hands) = &self.0 {
            let mut hands = hands.lock().unwrap_or_else(PoisonError::into_inner);
            if let Hands::Standing(at) = *hands {
                *hands = Hands::Running { ahead: at.as_millisecond() - machine_now().as_millisecond() };
            }
        }
    }

    /// The instant it shows.
    pub fn now(&self) -> Timestamp {
        let Some(hands) = &self.0 else {
            return machine_now();
        };
        match *hands.lock().unwrap_or_else(PoisonError::into_inner) {
            Hands::Standing(at) => at,
            Hands::Running { ahead } => Timestamp::from_millisecond(machine_now().as_millisecond() + ahead),
        }
    }

    /// Whether it can be moved by hand: the machine's cannot.
    pub fn can_be_moved(&self) -> bool {
        self.0.is_some()
    }

    /// Moves it so many milliseconds ahead; `false` for the machine's, which cannot be moved.
    pub fn advance(&self, milliseconds: i64) -> bool {
        let Some(hands) = &self.0 else {
            return false;
        };
        let mut hands = hands.lock().unwrap_or_else(PoisonError::into_inner);
        *hands = match *hands {
            Hands::Standing(at) => {
                Hands::Standing(Timestamp::from_millisecond(at.as_millisecond().saturating_add(milliseconds)))
            }
            Hands::Running { ahead } => Hands::Running { ahead: ahead.saturating_add(milliseconds) },
        };
        true
    }
}

#[expect(clippy::disallowed_methods, reason = "the one room that reads the time")]
fn machine_now() -> Timestamp {
    jiff::Timestamp::now().into()
}
