//! What the trail says about a person: what they did, and what others did with what is theirs.

use super::queries::{self, EntryRow, OtherRow};
use crate::{
    api::{
        audit::{AuditEntry, AuditQuery, OtherEntry},
        endpoint::SignedIn,
        page::Page,
    },
    portal::{
        error::{Error, Result},
        store::params,
        web::{
            context::Context,
            paging::{cut, limit},
        },
    },
};

fn wrong() -> Error {
    Error::field("/after", "`after` is not what a page's `next` was")
}

/// What whoever calls did themselves.
pub(crate) async fn own(context: Context<SignedIn>, (): (), query: AuditQuery) -> Result<Page<AuditEntry>> {
    let (account, limit) = (context.account(), limit(query.limit));
    let rows = limit.probe();
    let behind: i64 = query.after.as_deref().map_or(Ok(i64::MAX), str::parse).map_err(|_| wrong())?;
    let read = context.portal.store().read_long((), move |tx, ()| {
        Box::pin(async move {
            let values = params![behind, 0_i64, i64::MIN, i64::MAX, "", "", rows, account];
            Ok::<Vec<EntryRow>, Error>(tx.rows(&queries::LIST_OF, &values).await?)
        })
    });
    Ok(cut(read.await?, limit, |last| last.id.to_string(), AuditEntry::from))
}

/// What clerks, operators and the portal did with the things of whoever calls. Of those who did it only their kind is
/// told, and of what it was about only what is the caller's.
pub(crate) async fn others(context: Context<SignedIn>, (): (), query: AuditQuery) -> Result<Page<OtherEntry>> {
    let (account, limit) = (context.account(), limit(query.limit));
    let rows = limit.probe();
    let behind = match query.after.as_deref() {
        None => (i64::MAX, String::new()),
        Some(after) => {
            let (id, thing) = after.split_once('.').ok_or_else(wrong)?;
            (id.parse().map_err(|_| wrong())?, thing.to_owned())
        }
    };
    let read = context.portal.store().read_long(behind, move |tx, (id, thing)| {
        Box::pin(async move {
            let values = params![account, id, thing, rows];
            Ok::<Vec<OtherRow>, Error>(tx.rows(&queries::LIST_OTHERS, &values).await?)
        })
    });
    let entry = |row: OtherRow| OtherEntry {
        number: row.id,
        at: row.at,
        actor: row.actor,
        operation: row.operation,
        outcome: row.outcome,
        thing: row.thing,
        seal: row.seal,
    };
    Ok(cut(read.await?, limit, |last| format!("{}.{}", last.id, last.thing), entry))
}
