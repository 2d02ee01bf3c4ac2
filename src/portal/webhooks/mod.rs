//! What the card processor tells by itself: taken at once, acted on behind it, once for each event.
//!
//! - `routes`: the way in, and what is done about an event
//! - `queries`: SQL

pub(crate) mod queries;
pub(crate) mod routes;

pub(crate) use routes::handle;
