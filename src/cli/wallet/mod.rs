//! `citytime wallet`: saved payment methods.
//!
//! - `add`: on the processor's page, or by its token
//! - `setup`: how that stands

mod add;
mod setup;

pub(crate) use self::setup::SETUP_SHEET as SETUP;
use clap::{Args, Subcommand};

use super::{Context, complete, list};
use crate::{
    api::{
        endpoint::Empty,
        id::MethodId,
        wallet::{DEFAULT, LIST, MethodQuery, REMOVE},
    },
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A payment method.
pub(crate) static METHOD: Sheet = Sheet {
    noun: "payment method",
    columns: &[
        Column::id("id"),
        Column::text("label"),
        Column::status("kind"),
        Column::text("brand"),
        Column::text("last4").header("ends in"),
        Column::text("expires").wide(),
        Column::yes_no("default").first(),
    ],
    when_empty: Some("add one: citytime wallet add"),
};

/// Saved payment methods
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime wallet list\n  citytime wallet add --token pm_card_visa --label Visa")]
pub(crate) struct WalletArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Add(add::AddArgs),
    Setup(setup::SetupArgs),
    Remove(RemoveArgs),
    Default(DefaultArgs),
}

/// List the saved payment methods
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime wallet list -o json")]
struct ListArgs {
    #[command(flatten)]
    limit: list::Limit,
}

/// Remove a payment method
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime wallet remove WAL-7K3Q9XM2\n  citytime wallet remove WAL-7K3Q9XM2 --yes")]
struct RemoveArgs {
    /// The method (WAL-…)
    #[arg(add = complete::methods())]
    id: MethodId,
}

/// Make a payment method the default
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime wallet default WAL-7K3Q9XM2")]
struct DefaultArgs {
    /// The method (WAL-…)
    #[arg(add = complete::methods())]
    id: MethodId,
}

pub(crate) async fn run(context: &mut Context, args: WalletArgs) -> Result<Outcome> {
    let method = match args.verb {
        Verb::List(args) => return list::print(context, &METHOD, &LIST, MethodQuery::default(), args.limit).await,
        Verb::Add(args) => return add::run(context, args).await,
        Verb::Setup(args) => return setup::run(context, args).await,
        Verb::Remove(args) => {
            context.ui.check_columns(&METHOD)?;
            context.agree(&format!("Remove {}? It pays nothing any more, not by autopay either.", args.id))?;
            context.portal().await?.call(&REMOVE, args.id, &Empty {}).await?
        }
        Verb::Default(args) => {
            context.ui.check_columns(&METHOD)?;
            context.portal().await?.call(&DEFAULT, args.id, &Empty {}).await?
        }
    };
    Outcome::one(&METHOD, &method)
}
