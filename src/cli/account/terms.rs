//! `citytime account terms`: the city's terms, and which version was accepted.

use clap::{Args, Subcommand};

use crate::{
    api::{
        accounts::{ACCEPT_TERMS, AcceptTerms, TERMS},
        endpoint::Empty,
        problem::Code,
    },
    cli::Context,
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// The terms, and what was accepted.
pub(crate) static STANDING: Sheet = Sheet {
    noun: "terms",
    columns: &[
        Column::text("version"),
        Column::yes_no("accepted"),
        Column::text("accepted_version"),
        Column::time("accepted_at"),
        Column::text("url"),
        Column::text("text").asked(),
    ],
    when_empty: None,
};

/// The city's terms: show them, accept a new version
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account terms show
  citytime account terms accept")]
pub(super) struct TermsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Show(ShowArgs),
    Accept(AcceptArgs),
}

/// Show the terms in force, and which version you accepted
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime account terms show\n  citytime account terms show --jq .text")]
struct ShowArgs {}

/// Accept the terms in force
///
/// Until a new version is accepted everything can be read, and nothing changed.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account terms accept
  citytime account terms accept --version 2026-01 --yes")]
struct AcceptArgs {
    /// The version you have read; refused when another one is in force
    #[arg(long, value_name = "V")]
    version: Option<String>,
}

pub(super) async fn run(context: &mut Context, args: TermsArgs) -> Result<Outcome> {
    context.ui.check_columns(&STANDING)?;
    let portal = context.portal().await?;
    let standing = portal.call(&TERMS, (), &Empty {}).await?;
    let Verb::Accept(args) = args.verb else {
        if let Some(text) = &standing.text {
            context.ui.note(text);
        }
        return Outcome::one(&STANDING, &standing);
    };
    if let Some(version) = args.version.as_ref().filter(|version| **version != standing.version) {
        let message = format!("version {version} is not in force: {} is", standing.version);
        return Err(Failure::new(Code::Conflict, message).hint("read it first: citytime account terms show"));
    }
    if !standing.accepted {
        match (&standing.text, &standing.url) {
            (Some(text), _) => context.ui.note(text),
            (None, Some(url)) => context.ui.note(format!("The terms are at {url}")),
            (None, None) => {}
        }
        context.agree(&format!("Do you accept the terms, version {}?", standing.version))?;
    }
    let accepted = portal.call(&ACCEPT_TERMS, (), &AcceptTerms { version: standing.version }).await?;
    Outcome::one(&STANDING, &accepted)
}
