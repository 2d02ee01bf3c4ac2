//! Guesses at secrets are slowed down: the soft lock before every password and code, kept in the database, so that it
//! holds across processes and restarts.
//!
//! - `rules`: who must wait how long, as a function of what was tried and now
//! - `attempt`: a guess: asked for before anything is hashed, counted as wrong until it is told right
//! - `queries`

mod attempt;
pub(crate) mod queries;
mod rules;

pub(crate) use attempt::{Attempt, Gates, Subject, begin, excuse, forget, owner_was_here, too_soon};
pub(crate) use rules::Tally;
