//! HTTP to a city's portal: every operation of [`api`](crate::api) as a call.
//!
//! - [`portal`]: the portal of one city: calls, pages, streams
//! - [`pages`]: lists page by page
//! - [`lines`]: lists as they stream in, unparsed
//! - [`key`]: idempotency keys, and the only randomness of the client
//! - [`open311`]: any city that speaks Open311 GeoReport v2
//! - `attempt`: one request and its fate: what may be tried again, and what is known when it may not
//! - [`raw`]: any request, as it is typed
//! - `answer`: what came back, read strictly where it matters and leniently where portals may be newer
//! - `reach`: why a portal was not reached
//! - `upload`: files as streams, in both directions
//! - `refuse`: card numbers are not sent
//! - `transport`: the HTTP client under it, with no more TLS than the address asks for
//! - `trace`: what `-vv` tells, with secrets left out
//!
//! No proxy is taken from the environment (`HTTPS_PROXY` and its kin are not read): a portal is talked to directly.

mod answer;
mod attempt;
pub mod key;
pub mod lines;
pub mod open311;
pub mod pages;
pub mod portal;
pub mod raw;
mod reach;
mod refuse;
mod trace;
mod transport;
mod upload;

#[cfg(test)]
mod tests;

pub use lines::Lines;
pub use pages::Pages;
pub use portal::{Connection, Interrupts, Portal};
pub use raw::{Raw, RawAnswer};
pub use trace::Trace;
pub use upload::{Download, Upload};
