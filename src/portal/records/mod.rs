//! City records: imported by clerks, linked by residents.

mod guesses;
pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod rules;
