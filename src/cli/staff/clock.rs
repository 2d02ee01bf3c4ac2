//! `citytime staff clock`: moving the sandbox's time.

use clap::{Args, Subcommand};

use crate::{
    api::{
        staff::{ADVANCE_CLOCK, Advance},
        time::When,
    },
    cli::Context,
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// What a clock shows.
pub(crate) static READING: Sheet =
    Sheet { noun: "clock", columns: &[Column::time("now"), Column::date("today")], when_empty: None };

/// The sandbox's clock
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff clock advance 7d")]
pub(super) struct ClockArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Advance(AdvanceArgs),
}

/// Move the sandbox's time forward: what settles later settles, what is due comes due
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime staff clock advance 7d\n  citytime staff clock advance 2027-01-01")]
struct AdvanceArgs {
    /// By so many days (7d), to a day, or to an instant
    by: When,
}

pub(super) async fn run(context: &mut Context, args: ClockArgs) -> Result<Outcome> {
    let Verb::Advance(args) = args.verb;
    context.ui.check_columns(&READING)?;
    let reading = context.portal().await?.call(&ADVANCE_CLOCK, (), &Advance { by: args.by }).await?;
    Outcome::one(&READING, &reading)
}
