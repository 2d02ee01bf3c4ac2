//! SQL of guesses.

use super::rules::Tally;
use crate::{
    api::time::Timestamp,
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// What was tried.
    pub FIND = "SELECT failures, last_at, succeeded_at FROM guesses WHERE subject = $1 AND source = $2";
    /// What was tried, kept from everybody else until the unit ends.
    pub HOLD = "INSERT INTO guesses (subject, source, failures, last_at) VALUES ($1, $2, 0, $3) \
                ON CONFLICT (subject, source) DO UPDATE SET failures = guesses.failures \
                RETURNING failures, last_at, succeeded_at";
    /// What is tried now too.
    pub COUNT = "UPDATE guesses SET failures = $3, last_at = $4 WHERE subject = $1 AND source = $2";
    /// A source is forgiven a guess that was right.
    pub FORGIVE = "UPDATE guesses SET failures = failures - 1 WHERE subject = $1 AND source = $2 AND failures > 0";
    /// A right guess ends the wrong ones.
    pub CLEAR = "UPDATE guesses SET failures = 0, last_at = $3 WHERE subject = $1 AND source = $2";
    /// The owner was here.
    pub SUCCEED = "INSERT INTO guesses (subject, source, failures, last_at, succeeded_at) VALUES ($1, $2, 0, $3, $3) \
                   ON CONFLICT (subject, source) DO UPDATE SET failures = 0, last_at = $3, succeeded_at = $3";
    /// Forgets what was tried long ago, where the owner was not lately.
    pub FORGET = "DELETE FROM guesses WHERE last_at < $1 AND (succeeded_at IS NULL OR succeeded_at < $2)";
}

row! {
    /// What was tried.
    pub struct GuessRow {
        pub failures: u32,
        pub last_at: Timestamp,
        pub succeeded_at: Option<Timestamp>,
    }
}

impl GuessRow {
    pub(crate) fn tally(&self) -> Tally {
        Tally { failures: self.failures, last_at: self.last_at }
    }
}

/// What was tried.
pub async fn find(tx: &Tx<'_>, subject: &[u8; 32], source: &str, now: Timestamp) -> Result<GuessRow> {
    let found = tx.optional(&FIND, &params![subject, source]).await?;
    Ok(found.unwrap_or(GuessRow { failures: 0, last_at: now, succeeded_at: None }))
}

/// What was tried; nobody else counts there until the unit ends.
pub async fn hold(tx: &Tx<'_>, subject: &[u8; 32], source: &str, now: Timestamp) -> Result<GuessRow> {
    Ok(tx.one(&HOLD, &params![subject, source, now]).await?)
}

/// Keeps a tally.
pub(crate) async fn count(tx: &Tx<'_>, subject: &[u8; 32], source: &str, tally: Tally) -> Result<()> {
    tx.execute(&COUNT, &params![subject, source, tally.failures, tally.last_at]).await?;
    Ok(())
}
