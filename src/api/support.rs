//! Reaching the city's support.

use serde::{Deserialize, Serialize};

use super::endpoint::Empty;
use crate::endpoints;

/// How to reach support now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Where mail goes.
    pub email: String,
    /// E.164.
    pub phone: String,
    /// When the telephone is answered, in the city's zone: `Mon–Fri 08:00–17:00`.
    pub hours: Vec<String>,
    /// Whether it is answered now.
    pub open_now: bool,
}

endpoints! {
    /// How to reach support, and whether the telephone is answered now
    CONTACT = Get "/v1/support/contact" "support.contact", Anyone(), None, ((), Empty) -> Contact, [];
}
