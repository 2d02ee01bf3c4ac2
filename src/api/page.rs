//! Lists: `?limit=&after=` → `{"items":[…],"next":"…"}`; with `Accept: application/x-ndjson` all of it, an object a line.

use serde::{Deserialize, Serialize};

/// How many items a page has unless asked.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many items a page has at most.
pub const MAX_LIMIT: u32 = 500;

/// The query of a list: its filters, `limit` and `after`.
pub trait ListQuery: Clone + Send + Sync + 'static {
    /// At most so many items (1–500; 50 unless said).
    fn limit_mut(&mut self) -> &mut Option<u32>;
    /// Go on behind the page whose `next` this was.
    fn after_mut(&mut self) -> &mut Option<String>;
}

/// Declares the query of a list: its own filters, then `limit` and `after`. Every filter may be left out.
#[macro_export]
macro_rules! list_query {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
        pub struct $name {
            $($(#[$fmeta])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
            /// At most so many items (1–500; 50 unless said).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub limit: Option<u32>,
            /// Go on behind the page whose `next` this was.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub after: Option<String>,
        }

        impl $crate::api::page::ListQuery for $name {
            fn limit_mut(&mut self) -> &mut Option<u32> {
                &mut self.limit
            }
            fn after_mut(&mut self) -> &mut Option<String> {
                &mut self.after
            }
        }
    };
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
