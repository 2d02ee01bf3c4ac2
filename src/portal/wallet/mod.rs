//! The wallet: saved payment methods, kept as references at the processor.
//!
//! - `customers`: whom the processor knows an account as
//! - `setups`: a method is added on the processor's own page, where its number is typed and nowhere else

pub(crate) mod customers;
pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod setups;

pub(crate) use queries::chosen;
pub(crate) use routes::label;
