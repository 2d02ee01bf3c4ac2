//! Statements: what is owed and what changed it, from the postings of the ledger.

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
