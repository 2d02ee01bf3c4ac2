//! City records: imported by clerks, linked by residents.

pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod rules;
