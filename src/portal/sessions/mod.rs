//! Sign-in: sessions, and the passwords behind them.
//!
//! - `passwords`: what a password must be, hashing and checking it
//! - `routes`, `rules`, `queries`

pub mod passwords;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;

pub(crate) use routes::find_caller;
pub(crate) use rules::{canonical_username, expiry, idle_since};
