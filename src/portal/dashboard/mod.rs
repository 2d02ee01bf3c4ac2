//! The dashboard: what is due, open and coming up, in one read.

pub(crate) mod queries;
pub(crate) mod routes;
