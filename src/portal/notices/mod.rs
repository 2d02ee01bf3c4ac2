//! Notices: what people are told. One is written in the unit of the change it tells, as one row: it is there exactly
//! when the change is. Who gets it, how, and in which words is settled when it leaves.
//!
//! - `notice`: what is told
//! - `outbox`: writing it down, in the unit of the change
//! - `sender`: carrying it out, as often as it takes; `rules`: when again, and where to
//! - `render`: a letter as text and as a page, a message
//! - `unsubscribe`: the links that end letters

pub(crate) mod notice;
mod outbox;
pub(crate) mod queries;
mod render;
pub(crate) mod routes;
mod rules;
pub(crate) mod sender;
pub(crate) mod unsubscribe;

use jiff::SignedDuration;

pub(crate) use self::{
    notice::Notice,
    outbox::{Outbox, mail_to, tell, text_to},
};
use crate::portal::{Portal, error::Result};

/// How long it is known which letters arrived, in days.
pub(crate) const KEPT_DAYS: i64 = 90;
/// How many days of a made-up past are still unread.
const UNREAD_DAYS: i64 = 3;

/// Nobody is told what happened before there was a portal to tell it: a made-up past is known.
pub(crate) async fn told_long_ago(portal: &Portal) -> Result<()> {
    let before = portal.clock().now().plus(SignedDuration::from_hours(-24 * UNREAD_DAYS));
    #[expect(clippy::disallowed_methods, reason = "a made-up past has no trail: nobody did it")]
    let write = portal.store().write(before, |tx, before| Box::pin(queries::long_ago(tx, *before)));
    write.await
}
