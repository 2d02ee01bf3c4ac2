//! Residents' accounts: made, shown, changed.
//!
//! - `clerks`: what operators do for clerks' accounts
//! - `confirmation`: an address is confirmed with the code that was sent to it
//! - `contact`: reading e-mail addresses, telephone numbers and postal addresses
//! - `letters`: what is written to people about their addresses and the way back
//! - `password`: a new password; `warning`: what is told to every address
//! - `rest`: an account is put to rest, and comes back as it was
//! - `terms`: which version was accepted, and what waits for it
//! - `routes`, `rules`, `queries`

pub(crate) mod clerks;
pub(crate) mod confirmation;
pub(crate) mod contact;
pub(crate) mod letters;
mod password;
pub(crate) mod queries;
pub(crate) mod rest;
pub(crate) mod routes;
mod rules;
pub(crate) mod terms;
pub(crate) mod warning;

pub(crate) use queries::Post;
pub(crate) use rules::Checked;
