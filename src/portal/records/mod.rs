//! City records: imported by clerks, linked by residents.
//!
//! - `letter`: a line of the city's file, and what a new code ends; `guesses`: wrong codes are slowed down
//! - `rules`, `queries`, `routes`

mod guesses;
mod letter;
pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod rules;

pub(crate) use letter::import;
