//! `citytime account tokens`: personal access tokens, for cron and scripts.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::{Empty, Scope},
        id::TokenId,
        money::Decimal,
        time::When,
        tokens::{CREATE, LIST, NewToken, REVOKE, TokenQuery},
    },
    cli::{Context, complete, list, proof::ProofArgs, words},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A token, without its text.
pub(crate) static TOKEN: Sheet = Sheet {
    noun: "token",
    columns: &[
        Column::id("id"),
        Column::text("label"),
        Column::list("scopes"),
        Column::time("expires_at").first(),
        Column::money("max_per_day"),
        Column::money("spent_today").wide(),
        Column::date("last_used_on"),
        Column::time("created_at").wide(),
        Column::text("currency").asked(),
    ],
    when_empty: Some(
        "make one for a script: citytime account tokens create --scope bills:read --label NAME --expires 90d",
    ),
};

/// A token, with its text: told once.
pub(crate) static NEW_TOKEN: Sheet = Sheet {
    noun: "token",
    columns: &[
        Column::id("id"),
        Column::text("token"),
        Column::text("label"),
        Column::list("scopes"),
        Column::time("expires_at"),
        Column::money("max_per_day"),
        Column::text("currency").asked(),
    ],
    when_empty: None,
};

/// Tokens for scripts: with scopes, an end, and a name of their own
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  citytime account tokens create --scope bills:read,bills:pay --expires 90d --label cron"
)]
pub(super) struct TokensArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Create(CreateArgs),
    List(ListArgs),
    Revoke(RevokeArgs),
}

/// Make a token; its text is shown this once
///
/// Needs a sign-in by password, and the password once more: a token cannot make tokens.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account tokens create --scope bills:read --expires 90d --label cron
  citytime account tokens create --scope bills:read,bills:pay --max-per-day 200 --label autopay
  citytime account tokens create --scope bills:read,bills:pay --expires 2026-12-31 --label rent \\
    --password-stdin --jq .token < password.txt > token")]
struct CreateArgs {
    /// What it may do, with commas between
    #[arg(long, value_name = "SCOPE,…", required = true, value_delimiter = ',', value_parser = words::of::<Scope>())]
    scope: Vec<Scope>,
    /// When it ends: a day, or in how many days; within a year
    #[arg(long, value_name = "DATE", default_value = "90d")]
    expires: When,
    /// What it may pay a day, in the city's currency, fees and all; a day begins at midnight in the city
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    max_per_day: Option<Decimal>,
    /// What to call it
    #[arg(long, value_name = "TEXT")]
    label: String,
    #[command(flatten)]
    proof: ProofArgs,
}

/// List the tokens that have not been revoked
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account tokens list")]
struct ListArgs {
    #[command(flatten)]
    limit: list::Limit,
}

/// Revoke a token: it is worth nothing from then on
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account tokens revoke TOK-7K3Q9XM2
  citytime account tokens revoke TOK-7K3Q9XM2 --yes")]
struct RevokeArgs {
    /// The token (TOK-…)
    #[arg(add = complete::tokens())]
    id: TokenId,
}

pub(super) async fn run(context: &mut Context, args: TokensArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Create(args) => {
            context.ui.check_columns(&NEW_TOKEN)?;
            let CreateArgs { scope: scopes, expires, label, max_per_day, proof } = args;
            let max_per_day = context.amount("--max-per-day", max_per_day.as_ref()).await?;
            let portal = context.portal().await?;
            let new = NewToken { label, scopes, expires, max_per_day, proof: None };
            let make = async |proof| portal.call(&CREATE, (), &NewToken { proof, ..new.clone() }).await;
            let token = proof.prove(context, make).await?;
            context.ui.note("Keep the token now: it is not shown again.");
            Outcome::one(&NEW_TOKEN, &token)
        }
        Verb::List(args) => list::print(context, &TOKEN, &LIST, TokenQuery::default(), args.limit).await,
        Verb::Revoke(args) => {
            context.ui.check_columns(&TOKEN)?;
            context.agree(&format!("Revoke {}? What runs with it is signed out, for good.", args.id))?;
            Outcome::one(&TOKEN, &context.portal().await?.call(&REVOKE, args.id, &Empty {}).await?)
        }
    }
}
