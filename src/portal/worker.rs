//! What runs by itself: settling what is open at the processor, ending holds whose fee was not paid and
//! applications nobody went on with, sealing the audit trail, and forgetting keys, guesses
//! and sessions that have ended.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::{
    Portal, audit, codes, error::Result, guard, idempotency, payments, permits, programs, recovery, sessions,
    store::params,
};

/// How long the worker rests between two rounds.
const ROUND: Duration = Duration::from_secs(5);

/// One round of everything.
pub async fn run_once(portal: &Portal) -> Result<()> {
    let asked = payments::settle::reconcile(portal).await?;
    let ended = programs::end_holds(portal).await?;
    let expired = permits::expire(portal).await?;
    let recoveries = recovery::deliver::deliver(portal).await?;
    tracing::debug!(payments = asked, holds = ended, permits = expired, recoveries, "reconciled");
    audit::seal::run(portal).await?;
    let now = portal.clock().now();
    portal.documents().sweep(now).await?;
    let oldest_key = now.plus(SignedDuration::from_hours(-24 * idempotency::KEPT_DAYS));
    // So long it is told that a code was used, or had expired.
    let oldest_code = now.plus(SignedDuration::from_hours(-24 * 7));
    let idle_since = sessions::idle_since(portal.today(now));
    #[expect(clippy::disallowed_methods, reason = "what ended by itself is forgotten: nothing changes for anybody")]
    let forget = portal.store().write((), move |tx, ()| {
        Box::pin(async move {
            tx.execute(&idempotency::FORGET, &params![oldest_key]).await?;
            guard::forget(tx, now).await?;
            tx.execute(&codes::queries::FORGET, &params![oldest_code]).await?;
            tx.execute(&recovery::queries::FORGET, &params![oldest_code]).await?;
            sessions::queries::forget(tx, now, idle_since).await
        })
    });
    forget.await
}

/// Rounds until it is told to stop.
pub async fn run(portal: Portal, stop: CancellationToken) {
    loop {
        if let Err(error) = run_once(&portal).await {
            tracing::error!(%error, "a round of the worker failed; the next one tries again");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}
