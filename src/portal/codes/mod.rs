//! Codes that prove an address or open the way back into an account: sent to an address, typed or followed once.
//!
//! - `rules`: how a code is spelled, how long it holds, and what is told of one that does not
//! - `queries`: SQL, and the two steps every use of a code takes: [`present`], then [`consume`]

pub(crate) mod queries;
mod rules;

pub(crate) use queries::{Presented, Wanted, consume, issue, present, replace, sent_since, sent_to};
pub(crate) use rules::{Code, End, Purpose};
