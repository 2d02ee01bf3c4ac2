//! Tickets: what one asked the city, and what it said.

use clap::Args;

use super::{complete, text::TextArgs};
use crate::{
    api::{
        endpoint::Empty,
        id::TicketId,
        support::{LIST, NewTicket, OPEN, REPLY, Reply, SHOW, Ticket, TicketQuery, TicketStatus},
    },
    cli::{Context, list as lists, words::of},
    failure::Result,
    ui::{Column, Outcome, Sheet},
};

/// A ticket.
pub(crate) static TICKET: Sheet = Sheet {
    noun: "support ticket",
    columns: &[
        Column::id("id"),
        Column::text("subject"),
        Column::status("status"),
        Column::time("created_at"),
        Column::time("updated_at"),
        Column::list("messages").asked(),
    ],
    when_empty: Some("ask the city something: citytime support email SUBJECT"),
};

/// What was said in a ticket.
pub(crate) static MESSAGE: Sheet = Sheet {
    noun: "message",
    columns: &[Column::time("at"), Column::status("by"), Column::text("text"), Column::text("clerk").asked()],
    when_empty: None,
};

/// Write to the city's support; a ticket's number comes back
///
/// What to say is asked for in your editor, unless a flag gives it. The city answers in the ticket, and tells you by mail.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support email \"My bin was not emptied\"
  citytime support email \"A wrong name on my bill\" --body \"It says Rosa Martín; I am Rosa Marín.\"
  df -h | citytime support email \"My disk is full of your PDFs\" --body-file - --jq .id")]
pub(super) struct EmailArgs {
    /// What it is about, in a line
    subject: String,
    #[command(flatten)]
    text: TextArgs,
}

/// List your tickets, the newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support list
  citytime support list --status answered -o ids")]
pub(super) struct ListArgs {
    /// Only those in this state
    #[arg(long, value_parser = of::<TicketStatus>())]
    status: Option<TicketStatus>,
    #[command(flatten)]
    limit: lists::Limit,
}

/// Show a ticket, and everything that was said
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support show TKT-7K3Q9XM2
  citytime support show TKT-7K3Q9XM2 --jq '.messages[-1].text'")]
pub(super) struct ShowArgs {
    /// The ticket (TKT-…)
    #[arg(add = complete::tickets())]
    id: TicketId,
}

/// Say more in a ticket; one that was answered or closed is open again
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support reply TKT-7K3Q9XM2
  citytime support reply TKT-7K3Q9XM2 --body \"Thank you, that was it.\"")]
pub(super) struct ReplyArgs {
    /// The ticket (TKT-…)
    #[arg(add = complete::tickets())]
    id: TicketId,
    #[command(flatten)]
    text: TextArgs,
}

pub(super) async fn email(context: &mut Context, args: EmailArgs) -> Result<Outcome> {
    context.ui.check_columns(&TICKET)?;
    let portal = context.portal().await?;
    let text = args.text.read(context, &format!("to support: {}", args.subject))?;
    let new = NewTicket { subject: args.subject, text: text.said().to_owned() };
    let ticket = text.sent(context, portal.call(&OPEN, (), &new).await)?;
    context.ui.note(format!("The city has it as {}; its answer comes there, and by mail.", ticket.id));
    Outcome::one(&TICKET, &ticket)
}

pub(super) async fn list(context: &mut Context, args: ListArgs) -> Result<Outcome> {
    let query = TicketQuery { status: args.status, ..TicketQuery::default() };
    lists::print(context, &TICKET, &LIST, query, args.limit).await
}

pub(super) async fn show(context: &mut Context, args: ShowArgs) -> Result<Outcome> {
    context.ui.check_columns(&TICKET)?;
    let ticket = context.portal().await?.call(&SHOW, args.id, &Empty {}).await?;
    shown(context, &ticket)
}

pub(super) async fn reply(context: &mut Context, args: ReplyArgs) -> Result<Outcome> {
    context.ui.check_columns(&TICKET)?;
    let portal = context.portal().await?;
    let text = args.text.read(context, &format!("to support, about {}", args.id))?;
    let reply = Reply { text: text.said().to_owned() };
    let ticket = text.sent(context, portal.call(&REPLY, args.id, &reply).await)?;
    shown(context, &ticket)
}

fn shown(context: &mut Context, ticket: &Ticket) -> Result<Outcome> {
    let one = Outcome::one(&TICKET, ticket)?;
    context.ui.with_below(one, &MESSAGE, ticket.messages.as_deref().unwrap_or_default())
}
