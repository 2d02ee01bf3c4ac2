//! `citytime wallet setup`: how the adding of a method stands, and calling it off.

use clap::Args;

use crate::{
    api::{
        endpoint::Empty,
        id::SetupId,
        wallet::{CANCEL, SETUP},
    },
    cli::Context,
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A set-up.
pub(crate) static SETUP_SHEET: Sheet = Sheet {
    noun: "set-up",
    columns: &[
        Column::id("id"),
        Column::status("status"),
        Column::text("url"),
        Column::text("kind"),
        Column::id("method"),
        Column::time("expires_at"),
    ],
    when_empty: None,
};

/// Show how the adding of a payment method stands
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime wallet setup SET-7K3Q9XM2
  citytime wallet setup SET-7K3Q9XM2 --cancel")]
pub(super) struct SetupArgs {
    /// The set-up (SET-…), as `wallet add --no-wait` printed it
    id: SetupId,
    /// Call it off: its page adds no method any more
    #[arg(long)]
    cancel: bool,
}

pub(super) async fn run(context: &mut Context, args: SetupArgs) -> Result<Outcome> {
    context.ui.check_columns(&SETUP_SHEET)?;
    let portal = context.portal().await?;
    let setup = match args.cancel {
        true => portal.call(&CANCEL, args.id, &Empty {}).await?,
        false => portal.call(&SETUP, args.id, &Empty {}).await?,
    };
    Outcome::one(&SETUP_SHEET, &setup)
}
