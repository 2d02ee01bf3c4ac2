//! `citytime account sessions`: where one is signed in, and ending that.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::SessionId,
        sessions::{LIST, REVOKE, REVOKE_OTHERS, SessionQuery},
    },
    cli::{Context, complete, list},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A session.
pub(super) static SESSION: Sheet = Sheet {
    noun: "session",
    columns: &[
        Column::id("id"),
        Column::yes_no("current").header("this one"),
        Column::time("created_at"),
        Column::date("last_used_on"),
        Column::text("source").header("from"),
        Column::time("expires_at").wide(),
    ],
    when_empty: None,
};

/// Where you are signed in: a session for each `citytime login`
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime account sessions list\n  citytime account sessions revoke --others")]
pub(super) struct SessionsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Revoke(RevokeArgs),
}

/// List the sessions, the newest first
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account sessions list")]
struct ListArgs {
    #[command(flatten)]
    limit: list::Limit,
}

/// End a session, or all but this one: their tokens are worth nothing from then on
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account sessions revoke SES-7K3Q9XM2
  citytime account sessions revoke --others")]
struct RevokeArgs {
    /// The session (SES-…)
    #[arg(add = complete::sessions(), required_unless_present = "others", conflicts_with = "others")]
    id: Option<SessionId>,
    /// Every session but the one this command is run in
    #[arg(long)]
    others: bool,
}

pub(super) async fn run(context: &mut Context, args: SessionsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => list::print(context, &SESSION, &LIST, SessionQuery::default(), args.limit).await,
        Verb::Revoke(RevokeArgs { id, .. }) => {
            context.ui.check_columns(&SESSION)?;
            let portal = context.portal().await?;
            if let Some(id) = id {
                return Outcome::one(&SESSION, &portal.call(&REVOKE, id, &Empty {}).await?);
            }
            let ended = portal.call(&REVOKE_OTHERS, (), &Empty {}).await?;
            context.ui.when_empty("there were no other sessions");
            Outcome::many(&SESSION, &ended.items)
        }
    }
}
