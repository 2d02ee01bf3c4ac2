//! Payments: intent, processor, result. The intent is committed before the processor is asked and the result after it
//! answered; what a crash leaves between the two, `settle` finishes by asking again under the same key.
//!
//! - `intent`, `settle`: money that comes; `arrive`: money that has come by transfer; `refunds`: money the city gives back
//! - `returns`: money a bank takes back; `reversals`: refunds that did not arrive after all; `disputes`: charges a card's
//!   holder disputes
//! - `back`: how what goes back is split; `paid_again`: what of it autopay takes anew; `told`: what payers are told; `staff`: the clerks' operations

mod arrive;
mod back;
pub(crate) mod disputes;
mod intent;
mod paid_again;
pub(crate) mod queries;
pub(crate) mod refunds;
pub(crate) mod returns;
pub(crate) mod reversals;
pub(crate) mod routes;
mod rules;
pub(crate) mod settle;
mod staff;
mod told;

pub(crate) use arrive::{Arrival, arrive};
pub(crate) use intent::{Allocated, Asked, Intended, intend, pay_at_once};
pub(crate) use rules::{MOST_BILLS, check, nothing_due, takes_parts, title};
pub(crate) use staff::load as case;
