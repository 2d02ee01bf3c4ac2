//! Service requests: filed by anyone's Open311 client, followed by residents, worked on by clerks.
//!
//! - `open311`: the GeoReport v2 server, in JSON and XML
//! - `routes`, `staff`: what residents and clerks do beyond GeoReport
//! - `filing`: from what was sent to a request that is kept
//! - `change`: everything that happens to a request later, each in one unit
//! - `view`: what a request looks like to whom
//! - `told`: what those who follow it are told
//! - `rules`: the states and what leads from one to another, pure
//! - `pictures`: those that came with a request
//! - `working_days`: until when something is promised
//! - `ground`: where something is, and how far from something else
//! - `queries`: SQL

pub(crate) mod change;
pub(crate) mod filing;
pub(crate) mod ground;
pub(crate) mod open311;
mod pictures;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
mod staff;
mod told;
pub(crate) mod view;
mod working_days;
