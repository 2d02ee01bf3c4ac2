//! Bank transfers: money a payer sends from their own bank, known again by its reference.
//!
//! - `rules`: what a transfer's reference is, and when two are the same

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
