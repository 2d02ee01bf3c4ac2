//! Payments: intent, processor, result. The intent is committed before the processor is asked and the result after it
//! answered; what a crash leaves between the two, `settle` finishes by asking again under the same key.
//!
//! - `intent`, `settle`: money that comes; `refunds`: money the city gives back; `returns`: money a bank takes back
//! - `back`: how what goes back is split; `told`: what payers are told; `staff`: the clerks' operations

mod back;
mod intent;
pub(crate) mod queries;
pub(crate) mod refunds;
pub(crate) mod returns;
pub(crate) mod routes;
mod rules;
pub(crate) mod settle;
mod staff;
mod told;

pub(crate) use intent::{Allocated, Asked, Intended, intend, pay_at_once};
pub(crate) use rules::check;
