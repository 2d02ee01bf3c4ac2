//! Permits: applications from the first draft to the permit that is issued.
//!
//! - `rules`: the table of transitions, what happens next, what is wrong with an application
//! - `change`: every change, each in one unit with its step, its bill and its history
//! - `documents`: attaching and reading documents
//! - `told`: what applicants are told
//! - `staff`: what clerks do; `paper`: the permit as a document

mod change;
mod documents;
mod paper;
pub(crate) mod queries;
pub(crate) mod routes;
pub(crate) mod rules;
mod staff;
mod told;

pub(crate) use change::{Applying, Change, Doing, begin, expire, move_on, paid};
pub(crate) use documents::attach_kept;
pub(crate) use routes::under_way;
