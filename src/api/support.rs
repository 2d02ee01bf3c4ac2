//! Reaching the city's support.

use serde::{Deserialize, Serialize};

use super::{endpoint::Empty, page::Page};
use crate::{endpoints, list_query};

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

/// A question people ask, and the city's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Faq {
    /// The city's word for it.
    pub id: String,
    /// What people ask.
    pub question: String,
    /// What the city says.
    pub answer: String,
}

list_query! {
    /// Which questions, the best answer first.
    pub struct FaqQuery {
        /// What it is about; every question where left out.
        pub words: String,
    }
}

endpoints! {
    /// Questions people ask, the best answer first
    FAQ = Get "/v1/support/faq" "support.faq", Anyone(), None, ((), FaqQuery) -> Page<Faq>, [Invalid];
    /// How to reach support, and whether the telephone is answered now
    CONTACT = Get "/v1/support/contact" "support.contact", Anyone(), None, ((), Empty) -> Contact, [];
}
