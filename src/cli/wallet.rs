//! `citytime wallet`: saved payment methods. Card numbers never enter: what looks like one is refused before anything
//! is sent.

use clap::{Args, Subcommand};

use super::{Context, complete, list};
use crate::{
    api::{
        card::looks_like_card_number,
        endpoint::Empty,
        id::MethodId,
        problem::Code,
        wallet::{ADD, DEFAULT, LIST, MethodQuery, NewMethod, REMOVE},
    },
    failure::{Failure, Result},
    ui::{Column, Outcome, Question, Sheet},
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
        Column::yes_no("default"),
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
    Add(AddArgs),
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

/// Add a payment method by the token its processor gave for it
///
/// The first one becomes the default. Card numbers are never typed here: a token stands for the card.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime wallet add --token pm_card_visa --label \"My Visa\"")]
struct AddArgs {
    /// The processor's token (pm_…)
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// What to call it; brand and last digits unless given
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
}

/// Remove a payment method
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime wallet remove WAL-7K3Q9XM2")]
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
    context.ui.check_columns(&METHOD)?;
    let method = match args.verb {
        Verb::List(args) => return list::print(context, &METHOD, &LIST, MethodQuery::default(), args.limit).await,
        Verb::Add(args) => {
            let new = new_method(context, args)?;
            context.portal().await?.call(&ADD, (), &new).await?
        }
        Verb::Remove(args) => context.portal().await?.call(&REMOVE, args.id, &Empty {}).await?,
        Verb::Default(args) => context.portal().await?.call(&DEFAULT, args.id, &Empty {}).await?,
    };
    Outcome::one(&METHOD, &method)
}

fn new_method(context: &mut Context, args: AddArgs) -> Result<NewMethod> {
    if let Some(label) = &args.label {
        no_card_number("--label", label)?;
    }
    let token = match args.token {
        Some(token) => token,
        None => context.ui.ask(&Question::new("The processor's token (pm_…)", "--token"))?,
    };
    no_card_number("--token", &token)?;
    Ok(NewMethod { token, label: args.label })
}

fn no_card_number(flag: &str, text: &str) -> Result<()> {
    if !looks_like_card_number(text) {
        return Ok(());
    }
    let refused = format!("what was given with {flag} looks like a card number: it was not sent or kept");
    Err(Failure::new(Code::Invalid, refused)
        .hint("card numbers never enter citytime: add the card at the processor, and give the token it tells (pm_…)"))
}
