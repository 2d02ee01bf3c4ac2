//! SQL of what the processor told.

use crate::{
    api::{id::PaymentId, time::Timestamp},
    portal::{
        error::Result,
        gateways::stripe::Event,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// Takes an event, unless it was told before.
    pub TAKE = "INSERT INTO processor_events (id, kind, about, payment, received_at) VALUES ($1, $2, $3, $4, $5) \
                ON CONFLICT (id) DO NOTHING";
    /// Events nothing was done about yet, the oldest first.
    pub OPEN = "SELECT id, about, payment, received_at FROM processor_events WHERE handled_at IS NULL ORDER BY received_at, id LIMIT $1";
    /// Notes that an event was acted on.
    pub HANDLED = "UPDATE processor_events SET handled_at = $2 WHERE id = $1 AND handled_at IS NULL";
    /// When the newest event of the processor's list came about that was seen.
    pub SEEN = "SELECT until FROM processor_seen WHERE processor = 'stripe'";
    /// Its list was looked through until then, or further.
    pub HAS_SEEN = "INSERT INTO processor_seen (processor, until) VALUES ('stripe', $1) ON CONFLICT (processor) \
                    DO UPDATE SET until = excluded.until WHERE processor_seen.until < excluded.until";
    /// Forgets what was told long ago.
    pub FORGET = "DELETE FROM processor_events WHERE handled_at < $1";
}

row! {
    /// What an event is about.
    pub struct EventRow {
        pub id: String,
        pub about: Option<String>,
        pub payment: Option<PaymentId>,
        pub received_at: Timestamp,
    }
}

/// How ids of disputes begin.
const DISPUTES: [&str; 2] = ["dp_", "du_"];
/// How ids of refunds begin: of cards, and of other ways to pay.
const REFUNDS: [&str; 2] = ["re_", "pyr_"];

impl EventRow {
    /// What is kept of an event that is told now.
    pub fn of(event: &Event, now: Timestamp) -> Self {
        Self {
            payment: event.payment().and_then(|payment| payment.parse().ok()),
            about: event.about().map(str::to_owned),
            id: event.id.clone(),
            received_at: now,
        }
    }

    /// Whether it tells that a bank took money back, or a card's holder disputes a charge.
    pub fn is_dispute(&self) -> bool {
        self.is_about(&DISPUTES)
    }

    /// Whether it tells of money the city gave back.
    pub fn is_refund(&self) -> bool {
        self.is_about(&REFUNDS)
    }

    fn is_about(&self, prefixes: &[&str]) -> bool {
        self.about.as_ref().is_some_and(|about| prefixes.iter().any(|prefix| about.starts_with(prefix)))
    }
}

/// Takes an event; tells whether it is new.
pub async fn take(tx: &Tx<'_>, event: &EventRow, kind: &str) -> Result<bool> {
    let EventRow { id, about, payment, received_at } = event;
    Ok(tx.execute(&TAKE, &params![id, kind, about, *payment, *received_at]).await? == 1)
}

/// Some of the events nothing was done about yet.
pub async fn open(tx: &Tx<'_>, limit: i64) -> Result<Vec<EventRow>> {
    Ok(tx.rows(&OPEN, &params![limit]).await?)
}

/// Notes that an event was acted on.
pub async fn handled(tx: &Tx<'_>, id: &str, now: Timestamp) -> Result<()> {
    tx.execute(&HANDLED, &params![id, now]).await?;
    Ok(())
}
