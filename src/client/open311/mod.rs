//! Any city that speaks Open311 GeoReport v2: a tolerant client. Servers differ in all that can differ; what they mean
//! is read, what is doubtful is told, and nothing is filed twice.
//!
//! - [`endpoint`]: a city's endpoint, ready to be called; `http`: one request and its fate; `filing`: what is filed; `parts`:
//!   its form with pictures
//! - [`listing`]: requests, window by window and page by page; `windows`: ranges of 90 days
//! - [`discovery`]: what an address is
//! - `tree`, `json`, `xml`: both encodings as one tree; `reader`: from that to the canonical types
//! - `dates`, `status`, `text`: times, states and texts as cities write them; `doubts`: what to warn of
//! - `errors`: what a city says when it refuses

mod dates;
pub mod discovery;
mod doubts;
pub mod endpoint;
mod errors;
pub mod filing;
mod http;
mod json;
pub mod listing;
mod parts;
mod reader;
mod status;
mod text;
mod tree;
mod windows;
mod xml;

#[cfg(test)]
mod tests;

pub use crate::api::requests::Format;

pub use self::{
    discovery::{Found, discover},
    endpoint::{Connection, Counterpart, Endpoint},
    filing::Filing,
    listing::{Listing, Query},
    parts::size as picture_size,
};
