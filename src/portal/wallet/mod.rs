//! The wallet: saved payment methods, kept as references at the processor.

pub(crate) mod queries;
pub(crate) mod routes;

pub(crate) use routes::label;
