//! Lists: `?limit=&after=` → `{"items":[…],"next":"…"}`; with `Accept: application/x-ndjson` all of it, an object a line.

use serde::{Deserialize, Serialize};

/// How many items a page has unless asked.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many items a page has at most.
pub const MAX_LIMIT: u32 = 500;

/// Which page of a list: parameters every list has, beside its own filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PageQuery {
    /// At most so many items (1–500; 50 unless said).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Go on behind the page whose `next` this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Opaque: pass it as `after` to go on; null on the last page.
    pub next: Option<String>,
}
