//! Bank transfers: money a payer sends from their own bank, known again by its reference.
//!
//! - `rules`: what a transfer's reference is, when two are the same, how money is spread over bills
//! - `bank_statement`: what a bank says happened, from bytes
//! - `reconcile`: a statement comes in; `decision`: what an entry of it comes to; `booking`: it becomes that; `look`: what it
//!   would come to; `reversal`: the bank takes something back; `entries`: their SQL
//! - `parked`: money that no bill took; `told`: what payers are told of it

mod bank_statement;
mod booking;
mod decision;
pub(crate) mod entries;
mod look;
mod parked;
pub(crate) mod queries;
mod reconcile;
mod reversal;
pub(crate) mod routes;
mod rules;
mod told;
