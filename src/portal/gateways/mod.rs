//! What lies outside the portal.
//!
//! - `documents`: where documents are kept
//! - `processor`: who moves the money
//! - `sandbox`: a processor that moves none

pub mod documents;
pub mod processor;
mod sandbox;
