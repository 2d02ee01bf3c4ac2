//! Citytime: a scriptable command-line tool for a city's portal, and the portal itself.
//!
//! The rooms of the house:
//! - [`api`]: the wire types, shared by client and portal; what the API sends is what `--json` prints
//! - [`client`]: HTTP to a city's portal
//! - [`failure`]: what went wrong in a command and what to do next

pub mod api;
pub mod client;
pub mod failure;
#[cfg(feature = "portal")]
pub mod portal;
