//! Programs: what the city offers, who has seats and who waits.
//!
//! - `rules`: who gets a seat, who waits, what is refused
//! - `booking`: the units that take and give up seats; every one locks the program's row first
//! - `told`: what people are told of it
//! - `publishing`: what clerks do: publish, call off, note who was there
//! - `roster`: the routes of clerks

mod booking;
mod publishing;
pub(crate) mod queries;
mod roster;
pub(crate) mod routes;
mod rules;
mod told;

#[cfg(test)]
mod tests;

pub(crate) use booking::{Asked, coming_up, end_holds, paid, register, shown};
pub(crate) use publishing::{attend, call_off, publish};
