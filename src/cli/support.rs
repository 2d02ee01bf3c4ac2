//! `citytime support`: reaching the city.

use clap::{Args, Subcommand};

use super::Context;
use crate::{
    api::{endpoint::Empty, support::CONTACT},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// How to reach support.
pub(crate) static CONTACT_SHEET: Sheet = Sheet {
    noun: "contact",
    columns: &[
        Column::text("email"),
        Column::text("phone"),
        Column::list("hours"),
        Column::yes_no("open_now").header("open now"),
    ],
};

/// Support: reach the city
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime support contact")]
pub(crate) struct SupportArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Contact(ContactArgs),
}

/// Show how to reach support, and whether the telephone is answered now
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime support contact\n  citytime support contact --jq .phone")]
struct ContactArgs {}

pub(crate) async fn run(context: &mut Context, args: SupportArgs) -> Result<Outcome> {
    let Verb::Contact(ContactArgs {}) = args.verb;
    let contact = context.public_portal()?.call(&CONTACT, (), &Empty {}).await?;
    Outcome::one(&CONTACT_SHEET, &contact)
}
