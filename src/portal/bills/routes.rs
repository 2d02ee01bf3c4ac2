//! List and show bills.

use super::{queries, rules, staff};
use crate::{
    api::{
        bills::{self, Bill, BillQuery},
        endpoint::{Empty, SignedIn},
        id::BillId,
        page::Page,
        problem::Problem,
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
    staff::routes(routes.list(&bills::LIST, list).add(&bills::SHOW, show))
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: BillQuery) -> Result<Page<Bill>> {
    let (city, today, account) = (context.portal.city(), context.today, context.account());
    let limit = limit(query.limit);
    let selection = rules::selection(query, today, city)?;
    let read = context
        .portal
        .store()
        .read(selection, move |tx, selection| Box::pin(queries::list(tx, account, selection, limit.probe())));
    Ok(cut(read.await?, limit, rules::cursor, |row| rules::seen(row, city.currency, today)))
}

async fn show(context: Context<SignedIn>, id: BillId, _: Empty) -> Result<Bill> {
    let account = context.account();
    let found = context.portal.store().read(id, move |tx, &id| Box::pin(queries::find(tx, account, id))).await?;
    let row = found.ok_or_else(|| Problem::not_found("bill", id))?;
    Ok(rules::seen(row, context.portal.city().currency, context.today))
}
