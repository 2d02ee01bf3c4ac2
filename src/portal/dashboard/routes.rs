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
        web::{context::Context, router::Routes},
    },
};

/// How many bills are shown.
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
            try_join!(queries::due(tx, account), next)
        })
    });
    let ((count, amount), rows) = read.await?;
    let bills = rows.into_iter().map(|row| bills::rules::seen(row, currency, today)).collect();
    Ok(Dashboard { due: Due { count, amount, currency }, bills })
}
