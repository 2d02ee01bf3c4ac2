//! `citytime staff notices`: what became of notices, and another try for those that were given up.

use clap::{Args, Subcommand};

use crate::{
    api::{
        id::NoticeId,
        notices::{DELIVERIES, DeliveryQuery, DeliveryStatus, RETRY, Retry},
    },
    cli::{Context, list, words},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A notice on its way to an address.
pub(crate) static DELIVERY: Sheet = Sheet {
    noun: "notice",
    columns: &[
        Column::id("notice"),
        Column::status("channel"),
        Column::text("address"),
        Column::status("status").first(),
        Column::text("subject"),
        Column::number("attempts"),
        Column::text("answer"),
        Column::time("at"),
        Column::time("due_at").header("next try").wide(),
        Column::status("topic").wide(),
    ],
    when_empty: Some("`--dead` shows those that were given up, `--status waiting` those on their way"),
};

/// What became of notices: sent, waiting, or given up
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff notices list --dead
  citytime staff notices retry NTC-7K3Q9XM2")]
pub(super) struct NoticesArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Retry(RetryArgs),
}

/// List notices and what became of each, what changed last first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff notices list --dead
  citytime staff notices list --status waiting --jq '.[].answer'")]
struct ListArgs {
    /// Only those that were given up: what the gateway said is in their answer
    #[arg(long, conflicts_with = "status")]
    dead: bool,
    /// Only those that stand so
    #[arg(long, value_name = "STATUS", value_parser = words::of::<DeliveryStatus>())]
    status: Option<DeliveryStatus>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Try notices again that were given up, now
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff notices retry NTC-7K3Q9XM2
  citytime staff notices retry NTC-7K3Q9XM2 NTC-4Y7GH77Q --json")]
struct RetryArgs {
    /// The notices (NTC-…)
    #[arg(value_name = "ID", required = true)]
    ids: Vec<NoticeId>,
}

pub(super) async fn run(context: &mut Context, args: NoticesArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => {
            let status = args.status.or(args.dead.then_some(DeliveryStatus::Dead));
            if args.dead {
                context.ui.when_empty("no notice was given up");
            }
            let query = DeliveryQuery { status, ..DeliveryQuery::default() };
            list::print(context, &DELIVERY, &DELIVERIES, query, args.limit).await
        }
        Verb::Retry(args) => {
            context.ui.check_columns(&DELIVERY)?;
            let page = context.portal().await?.call(&RETRY, (), &Retry { notices: args.ids }).await?;
            Outcome::many(&DELIVERY, &page.items)
        }
    }
}
