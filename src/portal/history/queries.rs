//! SQL of history.

use super::rules::{Cursor, Entry, Span};
use crate::{
    api::{history::HistoryKind, id::AccountId, money::Minor, time::Timestamp},
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// Keeps an entry; the same one twice is one.
    pub INSERT = "INSERT INTO history (account, at, number, kind, id, title, status, amount) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, at, number) DO NOTHING";
    /// The thing of an entry has another state now.
    pub RESTATE = "UPDATE history SET status = $4 WHERE account = $1 AND at = $2 AND number = $3";
    /// A page of all kinds, newest first: behind (at, number), not before an instant.
    pub LIST = "SELECT at, number, kind, id, title, status, amount FROM history \
                WHERE account = $1 AND (at, number) < ($2, $3) AND at >= $4 ORDER BY at DESC, number DESC LIMIT $5";
    /// A page of one kind.
    pub LIST_KIND = "SELECT at, number, kind, id, title, status, amount FROM history \
                     WHERE account = $1 AND kind = $6 AND (at, number) < ($2, $3) AND at >= $4 \
                     ORDER BY at DESC, number DESC LIMIT $5";
}

row! {
    /// An entry as it is kept.
    pub struct EntryRow {
        pub at: Timestamp,
        pub number: i64,
        pub kind: HistoryKind,
        pub id: String,
        pub title: String,
        pub status: String,
        pub amount: Option<Minor>,
    }
}

/// Keeps an entry, in the unit of what it tells.
pub async fn record(tx: &Tx<'_>, account: AccountId, entry: Entry) -> Result<()> {
    let Entry { at, number, kind, id, title, status, amount } = entry;
    tx.execute(&INSERT, &params![account, at, number, kind, id, title, status, amount]).await?;
    Ok(())
}

/// Notes the present state of the thing an entry is about.
pub async fn restate(tx: &Tx<'_>, account: AccountId, at: Timestamp, number: i64, status: &str) -> Result<()> {
    tx.execute(&RESTATE, &params![account, at, number, status]).await?;
    Ok(())
}

/// A page, newest first.
pub async fn list(
    tx: &Tx<'_>,
    account: AccountId,
    kind: Option<HistoryKind>,
    span: Span,
    behind: Cursor,
    limit: i64,
) -> Result<Vec<EntryRow>> {
    let rows = match kind {
        Some(kind) => tx.rows(&LIST_KIND, &params![account, behind.at, behind.number, span.from, limit, kind]).await?,
        None => tx.rows(&LIST, &params![account, behind.at, behind.number, span.from, limit]).await?,
    };
    Ok(rows)
}
