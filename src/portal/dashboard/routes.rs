//! Show the dashboard.

use futures_util::try_join;

use super::queries;
use crate::{
    api::{
        dashboard::{self, Dashboard, Due},
        endpoint::{Empty, Scope, SignedIn},
    },
    portal::{
        bills,
        error::Result,
        permits, programs,
        web::{context::Context, router::Routes},
    },
};

/// How many bills and programs are shown.
const SHOWN: i64 = 10;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&dashboard::SHOW, show)
}

async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Dashboard> {
    let (currency, today, account) = (context.portal.city().currency, context.today, context.account());
    // A token sees no more here than it does there.
    let programs = if context.who.scopes().contains(&Scope::ProgramsRead) { SHOWN } else { 0 };
    let permits = if context.who.scopes().contains(&Scope::PermitsRead) { SHOWN } else { 0 };
    let now = context.now;
    let portal = context.portal.clone();
    let read = context.portal.store().read(portal, move |tx, portal| {
        Box::pin(async move {
            let next = bills::queries::payable(tx, account, bills::rules::last_day(), SHOWN);
            let permits = permits::under_way(tx, portal, account, permits);
            try_join!(queries::due(tx, account), next, permits, programs::coming_up(tx, account, now, programs))
        })
    });
    let ((count, amount), rows, permits, programs) = read.await?;
    let bills = rows.into_iter().map(|row| bills::rules::seen(row, currency, today)).collect();
    Ok(Dashboard { due: Due { count, amount, currency }, bills, permits, programs })
}
