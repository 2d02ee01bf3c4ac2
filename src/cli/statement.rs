//! `citytime statement`: what was owed, charged, paid and credited in a time.

use std::path::PathBuf;

use clap::Args;

use super::{Context, permit};
use crate::{
    api::{
        statements::{PDF, SHOW, StatementQuery},
        time::When,
    },
    failure::Result,
    number,
    ui::{Column, Outcome, Sheet},
};

/// What a category came to.
pub(crate) static LINE: Sheet = Sheet {
    noun: "statement line",
    columns: &[
        Column::text("category"),
        Column::money("opening").first(),
        Column::money("charges"),
        Column::money("credits").wide(),
        Column::money("payments"),
        Column::money("refunds").wide(),
        Column::money("closing").first(),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// Something that changed what is owed.
static ENTRY: Sheet = Sheet {
    noun: "statement entry",
    columns: &[
        Column::time("at"),
        Column::status("kind"),
        Column::id("bill"),
        Column::text("title"),
        Column::money("amount").first(),
        Column::money("balance"),
        Column::text("category").wide(),
        Column::text("number").wide(),
        Column::id("payment").wide(),
        Column::text("currency").asked(),
    ],
    when_empty: Some("nothing changed what is owed in that time; widen it with --from, or leave --year out"),
};

/// Your statement: what was owed before, charged, credited, paid and given back, and what is owed at the end
///
/// A line for each category of bills and one for all; with --entries each change in its order. JSON has both.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime statement --year 2026
  citytime statement --from 2026-07-01 --to 2026-09-30 --entries -o csv > quarter.csv
  citytime statement --year 2026 --out statement.pdf")]
pub(crate) struct StatementArgs {
    /// Of this calendar year; of the present one unless said
    #[arg(long, allow_negative_numbers = true, value_parser = number::year, conflicts_with_all = ["from", "to"])]
    year: Option<i16>,
    /// From this day: 2026-11-22, -30d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<When>,
    /// To the end of this day; today unless said
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<When>,
    /// Each change instead of the sums
    #[arg(long, conflicts_with = "out")]
    entries: bool,
    /// Write it as a PDF; - is stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) async fn run(context: &mut Context, args: StatementArgs) -> Result<Outcome> {
    let StatementArgs { year, from, to, entries, out } = args;
    let query = StatementQuery { year, from, to };
    if let Some(out) = out {
        context.ui.check_columns(&permit::SAVED)?;
        let file = context.portal().await?.download(&PDF, (), &query).await?;
        return permit::save(context, file, &out).await;
    }
    let sheet = if entries { &ENTRY } else { &LINE };
    context.ui.check_columns(sheet)?;
    let statement = context.portal().await?.call(&SHOW, (), &query).await?;
    if context.ui.format().is_json() {
        return Outcome::one(sheet, &statement);
    }
    if entries {
        return Outcome::many(&ENTRY, &statement.entries);
    }
    let lines: Vec<_> = statement.categories.iter().chain([&statement.total]).collect();
    Outcome::many(&LINE, &lines)
}
