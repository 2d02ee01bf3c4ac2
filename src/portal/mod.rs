//! The server a city hosts.
//!
//! - `city`: what an operator declares in `city.toml`
//! - `clock`, `random`: the only rooms that read the time and draw
//! - `error`: what handlers fail with
//! - `idempotency`: the same key, the same thing
//! - `store`: one SQL text for SQLite and PostgreSQL
//! - `web`: guarded routes, answers, the OpenAPI document, listening and draining
//! - one room for each noun

pub mod clock;
pub mod error;
pub mod random;
pub mod web;
