//! `citytime dashboard`: what is due, open and coming up.

use clap::Args;

use super::{Context, bills::BILL, programs};
use crate::{
    api::{dashboard::SHOW, endpoint::Empty, permits::Permit},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// The dashboard as one thing.
pub(crate) static DASHBOARD: Sheet = Sheet {
    noun: "dashboard",
    columns: &[
        Column::number("due.count").header("bills due"),
        Column::money("due.amount").header("due"),
        Column::list("bills"),
        Column::list("permits"),
        Column::list("programs"),
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
    under_way(context, &dashboard.permits);
    let due = &dashboard.due;
    match due.count {
        0 => {
            context.ui.note("Nothing is due.");
            return Ok(Outcome::Nothing);
        }
        1 => context.ui.note(format!("1 bill is due: {}", due.amount.display(due.currency))),
        count => context.ui.note(format!("{count} bills are due: {} in all", due.amount.display(due.currency))),
    }
    programs::coming_up(context, &dashboard);
    Outcome::many(&BILL, &dashboard.bills)
}

/// The applications under way, said by the way.
fn under_way(context: &mut Context, permits: &[Permit]) {
    for permit in permits {
        let next = permit.next.as_ref().map(|next| format!("; next: {}", next.what)).unwrap_or_default();
        context.ui.note(format!("{}  {}: {}{next}", permit.id, permit.title, permit.status));
    }
}
