//! The list of everything that was done.

use super::{
    queries,
    rules::{self, Cursor},
};
use crate::{
    api::{
        endpoint::SignedIn,
        history::{self, HistoryEntry, HistoryQuery},
        page::Page,
    },
    portal::{
        error::Result,
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.list(&history::LIST, list)
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: HistoryQuery) -> Result<Page<HistoryEntry>> {
    let city = context.portal.city();
    let (currency, account) = (city.currency, context.account());
    let span = rules::span(&query, context.today, &city.zone)?;
    let behind = query.after.as_deref().map_or_else(|| Ok(Cursor::start(span)), Cursor::read)?;
    let limit = limit(query.limit);
    let rows = context
        .portal
        .store()
        .look(query.kind, move |tx, kind| Box::pin(queries::list(tx, account, *kind, span, behind, limit.probe())))
        .await?;
    Ok(cut(
        rows,
        limit,
        |last| Cursor { at: last.at, number: last.number }.text(),
        |row| HistoryEntry {
            at: row.at,
            kind: row.kind,
            id: row.id,
            title: row.title,
            status: row.status,
            amount: row.amount,
            currency: row.amount.map(|_| currency),
        },
    ))
}
