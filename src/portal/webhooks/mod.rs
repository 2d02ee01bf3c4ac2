//! What the card processor tells by itself: taken at once, acted on behind it, once for each event.
//!
//! - `routes`: the way in, and what is done about an event
//! - `missed`: what was told and did not arrive
//! - `queries`: SQL

mod missed;
pub(crate) mod queries;
pub(crate) mod routes;

pub(crate) use missed::catch_up;
pub(crate) use routes::handle;

/// How many days events are kept once they were acted on: longer than the processor lists them, so that none is taken twice.
pub(crate) const KEPT_DAYS: i64 = 31;
