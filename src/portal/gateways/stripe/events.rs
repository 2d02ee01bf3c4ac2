//! What Stripe has told by itself, asked for: for what a webhook that never arrived would have told. Stripe keeps it for
//! thirty days.

use super::{
    Stripe,
    http::{Answer, Call},
    objects::{Event, List},
};
use crate::{api::time::Timestamp, portal::error::Result};

/// How many events are read at once.
const PAGE: &str = "100";

/// Some of the events since an instant.
pub(crate) struct Events {
    /// The newest first.
    pub(crate) events: Vec<Event>,
    /// Whether there are older ones.
    pub(crate) has_more: bool,
}

impl Stripe {
    /// Events of a group (`charge.dispute.*`) since an instant, behind the one with an id. None where there is no such list,
    /// as at what merely speaks Stripe's API.
    ///
    /// # Errors
    /// `unavailable`.
    pub(crate) async fn events(&self, group: &str, since: Timestamp, behind: Option<&str>) -> Result<Option<Events>> {
        let mut call = Call::get("/v1/events")
            .field("type", group)
            .field("created[gte]", since.as_millisecond().div_euclid(1000).to_string())
            .field("limit", PAGE);
        if let Some(behind) = behind {
            call = call.field("starting_after", behind);
        }
        let page: List<Event> = match self.ask(call).await {
            Answer::Refused { status: 404 | 405, .. } => return Ok(None),
            answer => answer.read("the events")?,
        };
        Ok(Some(Events { events: page.data, has_more: page.has_more }))
    }
}
