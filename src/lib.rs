//! Citytime: a scriptable command-line tool for a city's portal, and the portal itself.
//!
//! The rooms of the house:
//! - [`api`]: the wire types, shared by client and portal; what the API sends is what `--json` prints
//! - [`failure`]: what went wrong in a command and what to do next
//! - [`nearest`]: the word somebody may have meant

pub mod api;
pub mod failure;
pub mod nearest;
#[cfg(feature = "portal")]
pub mod portal;
