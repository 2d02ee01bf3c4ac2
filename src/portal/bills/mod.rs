//! Bills: what is owed on the linked records, and by the account itself.

pub(crate) mod queries;
pub(crate) mod reminders;
pub(crate) mod routes;
pub(crate) mod rules;
mod staff;

pub(crate) use staff::{reason, refuse_own};
