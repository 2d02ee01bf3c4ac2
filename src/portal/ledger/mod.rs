//! The ledger: every change of money in double entry, in the unit that changes it. Rows are added, never changed.
//!
//! - `journal`: what is posted of what happened, and that it sums to zero
//! - `check`: whether bills and payments are what the postings say

mod check;
mod journal;
pub(crate) mod queries;
pub(crate) mod routes;

pub(crate) use journal::{
    Back, Entry, Leg, Paid, adjust, credit, entries_of, give_back, legs, payable, post, post_behind,
};
