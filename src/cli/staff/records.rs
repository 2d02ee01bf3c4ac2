//! `citytime staff records`: the city's records of people.

use clap::{Args, Subcommand};
use serde::Deserialize;

use super::import::{self, FileArgs, LINE};
use crate::{
    api::{
        secret::Secret,
        staff::{IMPORT_RECORDS, RecordLine},
    },
    cli::Context,
    failure::Result,
    ui::Outcome,
};

const COLUMNS: &[&str] = &["number", "kind", "holder", "service_address", "link_code"];

/// The city's records of people
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff records import records.csv")]
pub(super) struct RecordsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Import(ImportArgs),
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
    let Verb::Import(args) = args.verb;
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
