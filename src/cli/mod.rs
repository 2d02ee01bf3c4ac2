//! What a person types.
//!
//! - [`global`]: the flags every command takes
//! - [`usage`]: a command line that was not understood, told like any other failure

pub mod global;
pub mod usage;
