//! Residents as clerks see them: found by what they say of themselves, shown with what it takes to help them.

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
