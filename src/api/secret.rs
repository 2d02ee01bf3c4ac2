//! Text that must not be seen: passwords, tokens, codes. `Debug` never prints it; it is wiped from nowhere else but
//! read in few places, each of which says [`Secret::expose`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "portal", schema(value_type = String, format = Password))]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Where this is called, a reviewer looks twice.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
