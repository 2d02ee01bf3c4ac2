//! What runs by itself: learning what the processor told and settling what is open there, announcing and paying what is paid by itself, ending set-ups nobody completed, holds whose fee was not paid and applications
//! nobody went on with, sealing the audit trail, and forgetting keys, guesses and sessions that have ended.
//! Beside it notices are sent.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::{
    Portal, audit, autopay, bills, codes, error::Result, guard, idempotency, notices, payments, permits, programs,
    recovery, sessions, store::params, wallet, webhooks,
};
use crate::api::time::Timestamp;

/// How long the worker rests between two rounds.
const ROUND: Duration = Duration::from_secs(5);

/// One round of everything. What fails keeps nothing else from its turn; the round then ends in the first failure.
pub async fn run_once(portal: &Portal) -> Result<()> {
    let now = portal.clock().now();
    let mut first = Ok(());
    let mut told = |task: &str, done: Result<u64>| match done {
        Ok(count) => tracing::debug!(task, count, "a round of the worker"),
        Err(error) => {
            tracing::error!(task, %error, "a task of the worker failed; the next round tries again");
            if first.is_ok() {
                first = Err(error);
            }
        }
    };
    told("missed events", webhooks::catch_up(portal).await);
    told("events", webhooks::handle(portal).await);
    told("payments", payments::settle::reconcile(portal).await);
    told("refunds", payments::refunds::reconcile(portal).await);
    told("set-ups", wallet::setups::expire(portal).await);
    told("holds", programs::end_holds(portal).await);
    told("permits", permits::expire(portal).await);
    told("autopay", autopay::run::run(portal, now).await);
    told("reminders", bills::reminders::remind(portal).await);
    told("recoveries", recovery::deliver::deliver(portal).await);
    told("seals", audit::seal::run(portal).await);
    told("documents", portal.documents().sweep(now).await.map(|()| 0));
    told("keys, guesses, codes and sessions", forget(portal, now).await.map(|()| 0));
    first
}

/// Forgets keys, guesses, codes and sessions whose time is over.
async fn forget(portal: &Portal, now: Timestamp) -> Result<()> {
    let oldest_key = now.plus(SignedDuration::from_hours(-24 * idempotency::KEPT_DAYS));
    // So long it is told that a code was used, or had expired.
    let oldest_code = now.plus(SignedDuration::from_hours(-24 * 7));
    let oldest_event = now.plus(SignedDuration::from_hours(-24 * webhooks::KEPT_DAYS));
    let oldest_letter = now.plus(SignedDuration::from_hours(-24 * notices::KEPT_DAYS));
    let idle_since = sessions::idle_since(portal.today(now));
    #[expect(clippy::disallowed_methods, reason = "what ended by itself is forgotten: nothing changes for anybody")]
    let forget = portal.store().write((), move |tx, ()| {
        Box::pin(async move {
            tx.execute(&idempotency::FORGET, &params![oldest_key]).await?;
            tx.execute(&notices::queries::FORGET, &params![oldest_letter]).await?;
            tx.execute(&webhooks::queries::FORGET, &params![oldest_event]).await?;
            guard::forget(tx, now).await?;
            tx.execute(&codes::queries::FORGET, &params![oldest_code]).await?;
            tx.execute(&recovery::queries::FORGET, &params![oldest_code]).await?;
            sessions::queries::forget(tx, now, idle_since).await
        })
    });
    forget.await
}

/// Rounds until it is told to stop, and notices beside them.
pub async fn run(portal: Portal, stop: CancellationToken) {
    tokio::join!(rounds(&portal, &stop), notices::sender::run(&portal, &stop));
}

async fn rounds(portal: &Portal, stop: &CancellationToken) {
    loop {
        // What failed was told where it failed, and is tried again in the next round.
        let _ = run_once(portal).await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}
