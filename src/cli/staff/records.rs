//! `citytime staff records`: the city's records of people.

use clap::{Args, Subcommand};
use serde::Deserialize;

use super::import::{self, FileArgs, LINE};
use crate::{
    api::{
        records::{CASE, RecordNumber},
        secret::Secret,
        staff::{IMPORT_RECORDS, RecordLine},
    },
    cli::Context,
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A city record, and whose it is.
static RECORD_CASE: Sheet = Sheet {
    noun: "city record",
    columns: &[
        Column::id("id"),
        Column::text("number"),
        Column::text("kind"),
        Column::text("holder"),
        Column::text("service_address"),
        Column::number("due.count").header("bills due"),
        Column::money("due.amount").header("due"),
        Column::list("links").header("linked to"),
        Column::number("wrong_codes"),
        Column::text("due.currency").asked(),
    ],
    when_empty: None,
};

const COLUMNS: &[&str] = &["number", "kind", "holder", "service_address", "link_code"];

/// The city's records of people
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime staff records import records.csv\n  citytime staff records show UT-204177"
)]
pub(super) struct RecordsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Import(ImportArgs),
    Show(ShowArgs),
}

/// Show a city record, and who has linked it, or had, since when
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff records show UT-204177
  citytime staff records show UT-204177 --jq '.links[] | [.username, .linked_at, .unlinked_at]'")]
struct ShowArgs {
    /// The record's number, however written, or its id (REC-…)
    number: String,
}

/// Import city records; the city's own number decides whether one is new
///
/// The columns are number, kind, holder, service_address and link_code, in any order. Importing a file again is safe.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff records import records.csv
  citytime staff records import - -o json < records.csv")]
struct ImportArgs {
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Deserialize)]
struct Row {
    number: String,
    kind: String,
    holder: String,
    service_address: String,
    link_code: String,
}

pub(super) async fn run(context: &mut Context, args: RecordsArgs) -> Result<Outcome> {
    let args = match args.verb {
        Verb::Import(args) => args,
        Verb::Show(args) => {
            context.ui.check_columns(&RECORD_CASE)?;
            let number = RecordNumber { number: args.number };
            return Outcome::one(&RECORD_CASE, &context.portal().await?.call(&CASE, (), &number).await?);
        }
    };
    context.ui.check_columns(&LINE)?;
    let file = import::name(&args.file);
    let text = import::text(context, &args.file)?;
    let lines = import::parse(&file, &text, COLUMNS, line)?;
    import::send(context, &IMPORT_RECORDS, (), &file, lines).await
}

fn line(line: u64, row: Row) -> Result<RecordLine, String> {
    if row.number.is_empty() {
        return Err("the number is empty".to_owned());
    }
    let Row { number, kind, holder, service_address, link_code } = row;
    Ok(RecordLine { line, number, kind, holder, service_address, link_code: Secret::new(link_code) })
}
