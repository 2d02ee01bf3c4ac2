//! Residents' accounts: made, shown, changed.
//!
//! - `contact`: reading e-mail addresses, telephone numbers and postal addresses
//! - `routes`, `rules`, `queries`

pub mod contact;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;

pub use rules::{checked, hashed, NewClerk};
