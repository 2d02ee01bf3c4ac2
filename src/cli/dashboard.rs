//! `citytime dashboard`: what is due, open and coming up.

use clap::Args;

use super::{Context, bills::BILL, programs};
use crate::{
    api::{casework::ServiceRequest, dashboard::SHOW, endpoint::Empty, permits::Permit, word::Word},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// So many open requests are named.
const REQUESTS_SHOWN: usize = 3;

/// The dashboard as one thing.
pub(crate) static DASHBOARD: Sheet = Sheet {
    noun: "dashboard",
    columns: &[
        Column::number("due.count").header("bills due"),
        Column::money("due.amount").header("due"),
        Column::list("bills"),
        Column::list("permits"),
        Column::list("programs"),
        Column::list("requests"),
    ],
    when_empty: None,
};

/// Show what is due, open and coming up
///
/// The same as `citytime` alone, when you are signed in on a terminal.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime dashboard\n  citytime dashboard --jq .due.amount")]
pub(crate) struct DashboardArgs {}

pub(crate) async fn run(context: &mut Context, _: DashboardArgs) -> Result<Outcome> {
    let dashboard = context.portal().await?.call(&SHOW, (), &Empty {}).await?;
    if context.ui.machine() || context.settings.columns.is_some() {
        return Outcome::one(&DASHBOARD, &dashboard);
    }
    permits(context, &dashboard.permits);
    requests(context, &dashboard.requests);
    programs::coming_up(context, &dashboard);
    let by_itself = dashboard.bills.iter().filter_map(|bill| Some((bill, bill.autopay_on?)));
    for (bill, day) in by_itself {
        context.ui.note(format!("{} is paid by itself on {day}: {}", bill.id, bill.title));
    }
    let due = &dashboard.due;
    match due.count {
        0 => {
            context.ui.note("Nothing is due.");
            return Ok(Outcome::Nothing);
        }
        1 => context.ui.note(format!("1 bill is due: {}", due.amount.display(due.currency))),
        count => context.ui.note(format!("{count} bills are due: {} in all", due.amount.display(due.currency))),
    }
    Outcome::many(&BILL, &dashboard.bills)
}

/// The applications under way, said by the way.
fn permits(context: &mut Context, permits: &[Permit]) {
    if !permits.is_empty() {
        context.ui.note("Permits under way:");
    }
    for Permit { id, title, status, next, .. } in permits {
        let next = next.as_ref().map(|next| format!(": {}", next.what)).unwrap_or_default();
        let status = status.as_str().replace('_', " ");
        context.ui.note(format!("  {id}  {title} ({status}){next}"));
    }
}

/// The newest of the open requests, said by the way.
fn requests(context: &mut Context, requests: &[ServiceRequest]) {
    if !requests.is_empty() {
        context.ui.note("Open requests:");
    }
    for ServiceRequest { service_request_id, service_name, address, .. } in requests.iter().take(REQUESTS_SHOWN) {
        let place = address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
        context.ui.note(format!("  {service_request_id}  {service_name}{place}"));
    }
    if requests.len() > REQUESTS_SHOWN {
        context.ui.note("  and more: citytime history requests");
    }
}
