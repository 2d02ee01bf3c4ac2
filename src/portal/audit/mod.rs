//! The audit trail: every change leaves a row in its own unit, whoever makes it.
//!
//! - `cause`: who does something, by which operation, in which request
//! - `unit`: the way a change is made: its unit, and the row, or neither
//! - `queries`: SQL

pub(crate) mod cause;
pub(crate) mod queries;
mod unit;

pub(crate) use self::{
    cause::{Cause, session},
    unit::write,
};
