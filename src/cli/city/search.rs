//! `citytime city search`: Open311 endpoints that are known.

use clap::Args;

use crate::{
    cli::Context,
    failure::Result,
    settings::directory,
    ui::{Column, Outcome, Sheet},
};

/// An endpoint that is known.
pub(crate) static ENTRY: Sheet = Sheet {
    noun: "city",
    when_empty: None,
    columns: &[
        Column::text("city"),
        Column::status("status"),
        Column::number("as_of"),
        Column::text("endpoint_url").header("URL"),
        Column::status("type").wide(),
        Column::text("jurisdiction_id").wide(),
        Column::text("dialect").wide(),
        Column::text("formats").asked(),
        Column::text("country").asked(),
        Column::text("notes").asked(),
    ],
};

/// Search the cities that are known to take service requests by Open311
///
/// Facts with the year they were seen, and no promise: `city add` asks the endpoint itself.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime city search chicago
  citytime city search fixmystreet --jq '.[] | select(.status == \"alive\").endpoint_url'")]
pub(super) struct SearchArgs {
    /// Words of the city's name, its address or its software; all of them unless given
    words: Vec<String>,
}

pub(super) fn run(context: &mut Context, args: &SearchArgs) -> Result<Outcome> {
    context.ui.check_columns(&ENTRY)?;
    let found = directory::search(&args.words)?;
    if !found.is_empty() {
        context.ui.note("nothing here is promised: `citytime city add NAME URL` asks the endpoint itself");
    }
    Outcome::many(&ENTRY, &found)
}
