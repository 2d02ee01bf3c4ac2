//! List and show bills.

use futures_util::try_join;

use super::{
    queries::{self, Listed},
    rules, staff,
};
use crate::{
    api::{
        bills::{self, Bill, BillQuery},
        endpoint::{Empty, SignedIn},
        id::BillId,
        page::Page,
        problem::Problem,
    },
    portal::{
        autopay::Plan,
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
        .look(selection, move |tx, selection| Box::pin(queries::list(tx, account, selection, limit.probe())));
    let rows = read.await?;
    // Of most accounts nothing is paid by itself, and nothing more is read.
    let plan = match rows.first().is_some_and(|row| row.rules > 0) {
        true => context.portal.store().read((), move |tx, ()| Box::pin(Plan::read(tx, account))).await?,
        false => Plan::none(account),
    };
    let next = |last: &Listed| rules::cursor(&last.bill);
    Ok(cut(rows, limit, next, |row| rules::seen_by(row.bill, &plan, city, today)))
}

async fn show(context: Context<SignedIn>, id: BillId, _: Empty) -> Result<Bill> {
    let account = context.account();
    let read = context.portal.store().read(id, move |tx, &id| {
        Box::pin(async move {
            let plan = Plan::read(tx, account);
            try_join!(queries::find(tx, account, id), queries::payments(tx, id, account), plan)
        })
    });
    let (found, paid, plan) = read.await?;
    let row = found.ok_or_else(|| Problem::not_found("bill", id))?;
    let payments = paid.iter().map(|row| rules::seen_payment(row, account)).collect();
    Ok(Bill { payments: Some(payments), ..rules::seen_by(row, &plan, context.portal.city(), context.today) })
}
