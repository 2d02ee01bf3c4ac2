//! What lies outside the portal.
//!
//! - `processor`: who moves the money
//! - `sandbox`: a processor that moves none

pub mod processor;
mod sandbox;
