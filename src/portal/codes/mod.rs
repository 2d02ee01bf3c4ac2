//! Codes that prove an address or open the way back into an account: sent to an address, typed or followed once.
//!
//! - `rules`: how a code is spelled, how long it holds, and what is told of one that does not
//! - `queries`: SQL, and the two steps every use of a code takes: [`present`], then [`consume`]

#[allow(dead_code, reason = "letters come with the outbox")]
pub(crate) mod queries;
#[allow(dead_code, reason = "letters come with the outbox")]
mod rules;

pub(crate) use queries::{Presented, Wanted, consume, present};
pub(crate) use rules::{Code, Purpose};
