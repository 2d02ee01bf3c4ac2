//! History: an entry for everything a person did, written in the transaction that did it, newest first when read.

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;

pub(crate) use queries::{record, restate};
pub(crate) use rules::Entry;
