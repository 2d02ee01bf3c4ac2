//! Support: how to reach the city, and what it says of itself.

pub(crate) mod routes;
mod rules;
