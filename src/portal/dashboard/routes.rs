//! Show the dashboard.

use futures_util::try_join;

use super::queries;
use crate::{
    api::{
        dashboard::{self, Dashboard, Due},
        endpoint::{Empty, SignedIn},
    },
    portal::{
        bills,
        error::Result,
        requests,
        web::{context::Context, router::Routes},
    },
};

/// How many bills, and how many requests, are shown.
const SHOWN: i64 = 10;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&dashboard::SHOW, show)
}

async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Dashboard> {
    let (currency, today, account) = (context.portal.city().currency, context.today, context.account());
    let read = context.portal.store().read((), move |tx, ()| {
        Box::pin(async move {
            let next = bills::queries::payable(tx, account, bills::rules::last_day(), SHOWN);
            let (due, next) = try_join!(queries::due(tx, account), next)?;
            Ok::<_, crate::portal::error::Error>((due, next, requests::routes::open_of(tx, account, SHOWN).await?))
        })
    });
    let ((count, amount), rows, open) = read.await?;
    let bills = rows.into_iter().map(|row| bills::rules::seen(row, currency, today)).collect();
    let city = context.portal.city();
    let requests = open.into_iter().map(|read| requests::routes::own(read, account, city)).collect();
    Ok(Dashboard { due: Due { count, amount, currency }, bills, requests })
}
