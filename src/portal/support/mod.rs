//! Support: answers to what people ask, how to reach the city, and tickets.
//!
//! - `rules`: where a ticket goes, and which question somebody means; `texts`: what may be said
//! - `ticket`: what becomes of a ticket, in the unit that changes it
//! - `routes`: for anyone and for residents; `staff`: for clerks

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
mod staff;
mod texts;
mod ticket;

pub(crate) use ticket::{Said, Speaker, open, say};
