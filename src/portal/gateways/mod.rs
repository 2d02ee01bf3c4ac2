//! What lies outside the portal.
//!
//! - `documents`: where documents are kept
//! - `post`: how notices leave: `mail` and `sms`, each by a service or as `files`
//! - `outgoing`: how services outside are asked
//! - `processor`: who moves the money
//! - `sandbox`: a processor that moves none
//! - `stripe`: one that does

pub mod documents;
mod files;
pub mod mail;
mod outgoing;
pub mod post;
pub mod processor;
pub(crate) mod sandbox;
pub mod sms;
pub mod stripe;

/// Why something did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not now: it is tried again.
    Deferred(String),
    /// Never: it is given up.
    Refused(String),
    /// Perhaps it did: it was handed over, and no answer came. Where nothing tells two of the same apart it is not
    /// repeated.
    Unknown(String),
}
