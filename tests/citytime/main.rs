//! The integration tests: whole commands of the built binary against whole portals, on SQLite and on PostgreSQL.
//!
//! - `support`: the test house: a private PostgreSQL, the command, a terminal, waiting
//! - `open311`: cities that speak Open311 as real ones do, and the commands against them
//! - one file for each noun

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod open311;
mod support;
