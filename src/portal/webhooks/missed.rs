//! What the processor told and nobody heard: its own list of events is looked through for what no webhook brought. Charges
//! and refunds on their way are asked about until they end; what comes about after that is told by events alone.

use jiff::SignedDuration;

use super::queries::{self, EventRow};
use crate::{
    api::time::Timestamp,
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        gateways::{
            processor::Processor,
            stripe::{Event, Stripe},
        },
        store::params,
    },
};

/// What taking events from the list is called in the audit trail.
const CATCH_UP: &str = "webhooks.catch_up";
/// What comes about after a charge or a refund has ended.
const GROUPS: [&str; 3] = ["charge.dispute.*", "charge.refund.*", "refund.*"];
/// How long events are in the list.
const LISTED: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How long before the newest event that was seen it is looked again: one may come into the list late.
const LATE: SignedDuration = SignedDuration::from_hours(1);

/// Takes what is in the processor's list since it was last looked through and was not told; tells how much. What is taken is
/// acted on as any event is, once.
pub(crate) async fn catch_up(portal: &Portal) -> Result<u64> {
    let Processor::Stripe(stripe) = portal.processor() else { return Ok(0) };
    let now = portal.clock().now();
    let Some(look) = portal.catching_up().begin(portal.today(now), now) else { return Ok(0) };
    // Also where it fails: then the next turn looks from where this one did.
    portal.catching_up().has_looked(&look);
    let read = portal.store().read((), |tx, ()| {
        Box::pin(async move { Ok::<Option<(Timestamp,)>, Error>(tx.optional(&queries::SEEN, &[]).await?) })
    });
    let seen = read.await?.map(|(seen,)| seen);
    let oldest = now.plus(-LISTED);
    let since = seen.map_or(oldest, |seen| seen.plus(-LATE).max(oldest));
    let (mut taken, mut newest) = (0, seen);
    for group in GROUPS {
        let (count, last) = look_through(portal, stripe, group, since).await?;
        (taken, newest) = (taken + count, newest.max(last));
    }
    if let Some(newest) = newest.filter(|newest| Some(*newest) > seen) {
        #[expect(clippy::disallowed_methods, reason = "how far the list was read changes nothing for anybody")]
        let write = portal.store().write(newest, |tx, newest| {
            Box::pin(async move {
                tx.execute(&queries::HAS_SEEN, &params![*newest]).await?;
                Ok::<_, Error>(())
            })
        });
        write.await?;
    }
    Ok(taken)
}

/// Takes every event of a group since an instant; tells how many were not known, and when the newest came about.
async fn look_through(
    portal: &Portal,
    stripe: &Stripe,
    group: &str,
    since: Timestamp,
) -> Result<(u64, Option<Timestamp>)> {
    let (mut taken, mut newest, mut behind): (u64, _, Option<String>) = (0, None, None);
    while let Some(page) = stripe.events(group, since, behind.as_deref()).await? {
        newest = newest.max(page.events.iter().map(Event::at).max());
        behind = page.events.last().map(|event| event.id.clone());
        taken += take(portal, page.events).await?;
        if !page.has_more || behind.is_none() {
            break;
        }
    }
    Ok((taken, newest))
}

/// Takes events that were not told; tells how many.
async fn take(portal: &Portal, events: Vec<Event>) -> Result<u64> {
    let now = portal.clock().now();
    let write = audit::write(portal.store(), Cause::portal(CATCH_UP), now, events, move |tx, events| {
        Box::pin(async move {
            let mut taken = 0;
            for event in events {
                taken += u64::from(queries::take(tx, &EventRow::of(event, now), &event.kind).await?);
            }
            if taken == 0 {
                tx.nothing_new();
            }
            Ok::<_, Error>(taken)
        })
    });
    write.await
}
