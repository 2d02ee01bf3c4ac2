//! The integration tests: whole commands of the built binary against whole portals, on SQLite and on PostgreSQL.
//!
//! - `support`: the test house: a portal with its people, a private PostgreSQL, the command, a terminal, waiting
//! - `store`: the database, under load and under fire
//! - `serve`: real portal processes: raced, killed, drained
//! - one file for each noun: `accounts`, `bills`, `payments`, …
//! - `door`: who gets in, who must wait, and what only an account's owner may do
//! - `examples`, `readme`: what readers are shown, run
//! - `recovery`: addresses confirmed, and the way back into an account
//! - `batch`: many operations from a file
//! - `rush`: two thousand people at once
//! - `authorization`: who may call what, operation by operation
//! - `card_numbers`: typed anywhere they are refused, and nowhere kept
//! - `confirmation`: what is sent to addresses nobody has confirmed, and what guesses at codes use up
//! - `errors`: what goes wrong before and between nouns
//! - `export`, `rest`, `terms`: all about a person in an archive; an account put to rest; new terms accepted
//! - `agreement`: what is asked before it is done, as it cannot be taken back
//! - `hints`: what a person at a terminal is told to do next
//! - `keys`: what is repeated under an idempotency key
//! - `ledger`: any payments in any order, against a model
//! - `output`: what every command prints, for people and for programs
//! - `pages`: what links in mails lead to
//! - `permits`: from the draft to the permit, with documents; what an upload costs
//! - `notices`: what people are told, read from the letters themselves
//! - `pictures`: those that come with requests
//! - `stripe`: a city that is paid by it
//! - `transfers`: money that is sent from one's own bank, and the statements it is found in
//! - `openapi`: what the document says is what the portal does
//! - `open311`: cities that speak Open311 as real ones do, and the commands against them

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod accounts;
mod agreement;
mod api;
mod assisted;
mod audit;
mod authorization;
mod autopay;
mod batch;
mod bills;
mod card_numbers;
mod city;
mod config;
mod confirmation;
mod door;
mod errors;
mod everybody;
mod examples;
mod export;
mod fees;
mod georeport;
mod hints;
mod history;
mod keys;
mod ledger;
mod letter;
mod notices;
mod open311;
mod openapi;
mod output;
mod pages;
mod payments;
mod permits;
mod pictures;
mod programs;
mod readme;
mod records;
mod recovery;
mod refunds;
mod requests;
mod rest;
mod rush;
mod sandbox;
mod serve;
mod sign_ins;
mod staff;
mod statement;
mod store;
mod stripe;
mod support;
mod ten_thousand;
mod terms;
mod tickets;
mod tokens;
mod transfers;
mod wallet;
