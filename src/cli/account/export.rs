//! `citytime account export`: everything the portal holds about a person, in one archive.

use std::path::PathBuf;

use clap::Args;

use crate::{
    api::{accounts::EXPORT, endpoint::Empty},
    cli::{Context, permit::save},
    failure::Result,
    ui::Outcome,
};

/// Save everything the portal holds about you, as JSON and CSV in one ZIP archive
///
/// The account, its sessions and tokens (never their text), records, bills, payments with what they paid and posted,
/// payment methods (never their numbers), permits and requests with the documents and pictures you sent with them,
/// comments, registrations, support tickets, notices and where they were sent, history, and the audit trail: what you
/// did, and what others did with what is yours. about.json tells how much of each there is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account export --out me.zip
  citytime account export --out - | bsdtar -xOf - history.csv")]
pub(super) struct ExportArgs {
    /// Where to write it; - is stdout
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
}

pub(super) async fn run(context: &mut Context, args: ExportArgs) -> Result<Outcome> {
    let file = context.portal().await?.download(&EXPORT, (), &Empty {}).await?;
    save(context, file, &args.out).await
}
