//! The second factor: one-time codes of an authenticator app, and recovery codes. Recovery of a password never removes
//! it.
//!
//! - `totp`: RFC 6238
//! - `check`: whether a code is right, and that it is used once
//! - `rules`: recovery codes, secrets as people and apps take them
//! - `routes`, `queries`

pub(crate) mod check;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
pub(crate) mod totp;
