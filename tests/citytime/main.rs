//! The integration tests: whole commands of the built binary against whole portals, on SQLite and on PostgreSQL.
//!
//! - `support`: the test house: a portal with its people, a private PostgreSQL, the command, a terminal, waiting
//! - `store`: the database, under load and under fire
//! - `serve`: real portal processes: raced, killed, drained
//! - one file for each noun: `accounts`, `bills`, `payments`, …
//! - `examples`, `readme`: what readers are shown, run
//! - `errors`: what goes wrong before and between nouns
//! - `hints`: what a person at a terminal is told to do next
//! - `ledger`: any payments in any order, against a model
//! - `output`: what every command prints, for people and for programs
//! - `openapi`: what the document says is what the portal does

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod accounts;
mod bills;
mod city;
mod errors;
mod examples;
mod hints;
mod history;
mod ledger;
mod openapi;
mod output;
mod payments;
mod readme;
mod records;
mod serve;
mod staff;
mod store;
mod support;
mod tokens;
mod wallet;
