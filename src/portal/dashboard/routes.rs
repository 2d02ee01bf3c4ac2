//! Show the dashboard.

use futures_util::try_join;

use super::queries;
use crate::{
    api::{
        dashboard::{self, Dashboard, Due},
        endpoint::{Empty, Scope, SignedIn},
    },
    portal::{
        autopay, bills,
        error::Result,
        permits, programs, requests,
        web::{context::Context, router::Routes},
    },
};

/// How many bills, requests and programs are shown.
const SHOWN: i64 = 10;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&dashboard::SHOW, show)
}

async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Dashboard> {
    let (city, today, account) = (context.portal.city(), context.today, context.account());
    let (currency, now) = (city.currency, context.now);
    // A token sees no more here than it does there.
    let shown = |scope| if context.who.may(scope) { SHOWN } else { 0 };
    let (permits, programs) = (shown(Scope::PermitsRead), shown(Scope::ProgramsRead));
    let requests = shown(Scope::RequestsRead);
    let read = context.portal.store().read(context.portal.clone(), move |tx, portal| {
        Box::pin(async move {
            let next = bills::queries::payable(tx, account, bills::rules::last_day(), SHOWN);
            let permits = permits::under_way(tx, portal, account, permits);
            let programs = programs::coming_up(tx, account, now, programs);
            let requests = requests::routes::open_of(tx, account, requests);
            let plan = autopay::Plan::read(tx, account);
            try_join!(queries::due(tx, account), next, plan, permits, programs, requests)
        })
    });
    let ((count, amount), rows, plan, permits, programs, open) = read.await?;
    let bills = rows.into_iter().map(|row| bills::rules::seen_by(row, &plan, city, today)).collect();
    let requests = open.into_iter().map(|read| requests::routes::own(read, account, city)).collect();
    Ok(Dashboard { due: Due { count, amount, currency }, bills, permits, requests, programs })
}
