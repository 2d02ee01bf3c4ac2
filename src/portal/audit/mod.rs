//! The audit trail: every change leaves a row in its own unit, whoever makes it.
//!
//! - `cause`: who does something, by which operation, in which request
//! - `unit`: the way a change is made: its unit, and the row, or neither
//! - `seal`: rows are chained in batches, behind those who write them; `canonical`: what is sealed
//! - `check`: whether the chain is whole
//! - `routes`: the clerks' operations; `queries`: SQL

mod canonical;
pub(crate) mod cause;
mod check;
pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod seal;
mod unit;

pub(crate) use self::{
    cause::{Cause, session},
    routes::account_of,
    unit::write,
};
