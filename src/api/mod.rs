//! The wire: what a portal's API says, shared by the client and the server. Imports nothing else of the house.
//!
//! - `id`, `money`, `time`, `word`, `secret`: the values every noun is made of
//! - `problem`: errors (RFC 9457) and their closed set of codes
//! - `endpoint`: an operation as a value: method, path, who may call it, what goes in and out
//! - `page`: lists
//! - `bank`: account numbers and references as banks check them
//! - `card`: card numbers, told from other text so that they never enter
//! - `token`: how session and access tokens are spelled
//! - `header`: headers beside those of HTTP
//! - one file for each noun

pub mod accounts;
pub mod audit;
pub mod autopay;
pub mod bank;
pub mod bills;
pub mod card;
pub mod casework;
pub mod city;
pub mod confirmation;
pub mod dashboard;
pub mod endpoint;
pub mod header;
pub mod history;
pub mod id;
pub mod ledger;
pub mod mfa;
pub mod money;
pub mod notices;
pub mod page;
pub mod payments;
pub mod permits;
pub mod problem;
pub mod programs;
pub mod reconciliation;
pub mod records;
pub mod recovery;
pub mod refunds;
pub mod requests;
pub mod residents;
pub mod secret;
pub mod sessions;
pub mod staff;
pub mod statements;
pub mod support;
pub mod time;
pub mod token;
pub mod tokens;
pub mod transfers;
pub mod wallet;
pub mod word;
