//! Sign-in: sessions, and the passwords behind them.
//!
//! - `door`: whether a password is that of a name, limited and at the same cost for every name
//! - `enter`: whoever the door lets through gets a session
//! - `passwords`: what a password must be, hashing and checking it
//! - `proof`: sign in again, before what only the owner may do
//! - `routes`, `rules`, `queries`

pub(crate) mod door;
pub(crate) mod enter;
pub mod passwords;
pub(crate) mod proof;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;

pub(crate) use queries::{NewSession, end_others};
pub(crate) use routes::find_caller;
pub(crate) use rules::{canonical_username, expiry, idle_since};
