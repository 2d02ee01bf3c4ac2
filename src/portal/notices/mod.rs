//! Notices: what people are told. One is written in the unit of the change it tells, as one row: it is there exactly
//! when the change is. Who gets it, how, and in which words is settled when it leaves.
//!
//! - `notice`: what is told
//! - `outbox`: writing it down, in the unit of the change

pub(crate) mod notice;
mod outbox;
pub(crate) mod queries;
pub(crate) mod routes;

#[allow(unused_imports, reason = "what confirms addresses comes next")]
pub(crate) use self::{
    notice::Notice,
    outbox::{Outbox, mail_to, tell, text_to},
};
