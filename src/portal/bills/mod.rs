//! Bills: what is owed on the linked records.

pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod rules;
