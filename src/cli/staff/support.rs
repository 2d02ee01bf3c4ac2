//! `citytime staff support`: what clerks do with tickets.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::TicketId,
        support::{
            ANSWER, ASSIGN, AssignTicket, CASE, CASES, CLOSE, CloseTicket, Reply, TicketCaseQuery, TicketStatus,
        },
    },
    cli::{
        Context, list,
        support::{MESSAGE, text::TextArgs},
        words::of,
    },
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A ticket as clerks see it.
static TICKET_CASE: Sheet = Sheet {
    noun: "support ticket",
    columns: &[
        Column::id("id"),
        Column::text("subject"),
        Column::status("status").first(),
        Column::text("writer.username").header("writer"),
        Column::text("assignee"),
        Column::time("updated_at"),
        Column::text("writer.name").header("name").wide(),
        Column::text("writer.email").header("email").wide(),
        Column::text("writer.phone").header("phone").asked(),
        Column::id("writer.account").header("account").asked(),
        Column::time("created_at").wide(),
        Column::list("messages").asked(),
    ],
    when_empty: Some("nobody waits for an answer; those that are settled: citytime staff support list --status closed"),
};

/// Support tickets: list, answer, close, assign
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff support list --assignee none
  citytime staff support reply TKT-7K3Q9XM2 --body \"We have corrected the name.\"
  citytime staff support close TKT-7K3Q9XM2")]
pub(super) struct SupportArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Show(ShowArgs),
    Reply(ReplyArgs),
    Close(CloseArgs),
    Assign(AssignArgs),
}

/// List tickets that are not closed, the one that waits longest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff support list --status open --assignee none
  citytime staff support list --assignee me
  citytime staff support list --writer rosa --status closed")]
struct ListArgs {
    /// Only those in this state
    #[arg(long, value_parser = of::<TicketStatus>())]
    status: Option<TicketStatus>,
    /// Only those of this clerk; me for your own, none for those nobody has
    #[arg(long, value_name = "USERNAME")]
    assignee: Option<String>,
    /// Only those of this resident
    #[arg(long, value_name = "USERNAME")]
    writer: Option<String>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a ticket, who wrote it, and everything that was said
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime staff support show TKT-7K3Q9XM2")]
struct ShowArgs {
    /// The ticket (TKT-…)
    id: TicketId,
}

/// Answer a ticket that is not closed; its writer is told by mail
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff support reply TKT-7K3Q9XM2
  citytime staff support reply TKT-7K3Q9XM2 --body-file answer.txt")]
struct ReplyArgs {
    /// The ticket (TKT-…)
    id: TicketId,
    #[command(flatten)]
    text: TextArgs,
}

/// Close a ticket that is settled, with a last word or without
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff support close TKT-7K3Q9XM2
  citytime staff support close TKT-7K3Q9XM2 --body \"The bin was emptied this morning.\"")]
struct CloseArgs {
    /// The ticket (TKT-…)
    id: TicketId,
    #[command(flatten)]
    text: TextArgs,
}

/// Give a ticket to a clerk
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff support assign TKT-7K3Q9XM2
  citytime staff support assign TKT-7K3Q9XM2 --to nadia")]
struct AssignArgs {
    /// The ticket (TKT-…)
    id: TicketId,
    /// The clerk, by username; yourself unless given
    #[arg(long, value_name = "USERNAME")]
    to: Option<String>,
}

pub(super) async fn run(context: &mut Context, args: SupportArgs) -> Result<Outcome> {
    context.ui.check_columns(&TICKET_CASE)?;
    let case = match args.verb {
        Verb::List(args) => {
            let ListArgs { status, assignee, writer, limit } = args;
            let query = TicketCaseQuery { status, assignee, writer, ..TicketCaseQuery::default() };
            return list::print(context, &TICKET_CASE, &CASES, query, limit).await;
        }
        Verb::Show(args) => context.portal().await?.call(&CASE, args.id, &Empty {}).await?,
        Verb::Reply(args) => {
            let portal = context.portal().await?;
            let text = args.text.read(context, &format!("to whoever wrote {}", args.id))?;
            let reply = Reply { text: text.said().to_owned() };
            text.sent(context, portal.call(&ANSWER, args.id, &reply).await)?
        }
        Verb::Close(args) => {
            let portal = context.portal().await?;
            let text = if args.text.is_given() { Some(args.text.read(context, "")?.said().to_owned()) } else { None };
            portal.call(&CLOSE, args.id, &CloseTicket { text }).await?
        }
        Verb::Assign(args) => context.portal().await?.call(&ASSIGN, args.id, &AssignTicket { to: args.to }).await?,
    };
    let one = Outcome::one(&TICKET_CASE, &case)?;
    context.ui.with_below(one, &MESSAGE, case.messages.as_deref().unwrap_or_default())
}
