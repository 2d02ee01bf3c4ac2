//! Citytime: a scriptable command-line tool for a city's portal, and the portal itself.
//!
//! The rooms of the house:
//! - [`api`]: the wire types, shared by client and portal; what the API sends is what `--json` prints
//! - [`cli`]: what a person types
//! - [`client`]: HTTP to a city's portal
//! - [`failure`]: what went wrong in a command and what to do next
//! - [`form`]: a JSON Schema as something a person fills in
//! - `formula`: CSV cells that are no formulas
//! - [`nearest`]: the word somebody may have meant
//! - `number`: whole numbers as arguments
//! - [`portal`]: the server a city hosts, and the sandbox (cargo feature `portal`)
//! - [`settings`]: flag > environment > config file > default, resolved once; profiles; credentials
//! - [`ui`]: the only code that prints or asks
//! - [`zone`]: by which clocks a city lives

pub mod api;
pub mod cli;
pub mod client;
pub mod failure;
pub mod form;
mod formula;
pub mod nearest;
mod number;
#[cfg(feature = "portal")]
pub mod portal;
pub mod settings;
pub mod ui;
pub mod zone;
