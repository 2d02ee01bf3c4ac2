//! `citytime notifications`: what the city told you, here as in the mail.

use std::rc::Rc;

use clap::{Args, Subcommand};

use super::{Context, complete, list, words};
use crate::{
    api::{
        id::NoticeId,
        notices::{LIST, NoticeQuery, NoticeWait, READ, ReadNotices, Topic, WAIT},
    },
    client::Portal,
    failure::{Failure, Result},
    number,
    settings::Format,
    ui::{self, Column, Outcome, Rows, Sheet},
};

/// How long the portal is to hold a question before it says that there is nothing new: well within the time an answer
/// may take.
const HELD: u32 = 20;

/// What was told.
pub(crate) static NOTICE: Sheet = Sheet {
    noun: "notification",
    columns: &[
        Column::id("id"),
        Column::time("at"),
        Column::status("topic"),
        Column::text("subject"),
        Column::text("about"),
        Column::time("read_at").header("read").wide(),
        Column::text("text").asked(),
    ],
    when_empty: Some("choose how you are told: citytime account notifications show"),
};

/// What the city told you: payments, permits, requests, registrations, your account
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime notifications list --unread
  citytime notifications read NTC-7K3Q9XM2
  citytime notifications stream | while read -r line; do notify-send \"$(echo \"$line\" | jq -r .subject)\"; done")]
pub(crate) struct NotificationsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Read(ReadArgs),
    Stream(StreamArgs),
}

/// List what you were told, the newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime notifications list
  citytime notifications list --unread --topic billing --json")]
struct ListArgs {
    /// Only what was not read yet
    #[arg(long)]
    unread: bool,
    /// Only this topic
    #[arg(long, value_name = "TOPIC", value_parser = words::of::<Topic>())]
    topic: Option<Topic>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show notifications in full, and mark them as read
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime notifications read NTC-7K3Q9XM2
  citytime notifications read NTC-7K3Q9XM2 NTC-4Y7GH77Q --json")]
struct ReadArgs {
    /// The notifications (NTC-…)
    #[arg(value_name = "ID", required = true, add = complete::notices())]
    ids: Vec<NoticeId>,
}

/// Print what you are told as it comes, a JSON object a line, until Ctrl-C
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime notifications stream
  citytime notifications stream --jq .subject")]
struct StreamArgs {
    /// End after so many
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::within::<u64, _>(1..))]
    limit: Option<u64>,
}

pub(crate) async fn run(context: &mut Context, args: NotificationsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(args) => {
            let (topic, unread) = (args.topic, args.unread.then_some(true));
            if args.unread {
                context.ui.when_empty("nothing is unread");
            }
            let query = NoticeQuery { topic, unread, ..NoticeQuery::default() };
            list::print(context, &NOTICE, &LIST, query, args.limit).await
        }
        Verb::Read(args) => read(context, args.ids).await,
        Verb::Stream(args) => stream(context, args).await,
    }
}

async fn read(context: &mut Context, notices: Vec<NoticeId>) -> Result<Outcome> {
    context.ui.check_columns(&READ_NOTICE)?;
    let page = context.portal().await?.call(&READ, (), &ReadNotices { notices }).await?;
    match &page.items[..] {
        // One is read on a terminal as a letter is: from top to bottom.
        [only] if context.ui.format() == Format::Table => Outcome::one(&READ_NOTICE, only),
        items => Outcome::many(&READ_NOTICE, items),
    }
}

/// What was told, in full.
pub(crate) static READ_NOTICE: Sheet = Sheet {
    noun: "notification",
    columns: &[
        Column::id("id"),
        Column::time("at"),
        Column::status("topic"),
        Column::text("subject"),
        Column::text("text"),
        Column::text("about"),
        Column::time("read_at").header("read").wide(),
    ],
    when_empty: None,
};

async fn stream(context: &mut Context, args: StreamArgs) -> Result<Outcome> {
    context.ui.check_columns(&NOTICE)?;
    let portal = context.portal().await?;
    let seconds = u32::try_from(context.settings.timeout.value.as_secs() / 2).unwrap_or(HELD).clamp(1, HELD);
    let mut arriving = Arriving { portal, seconds, after: None, left: args.limit, lines: Vec::new() };
    // What is told from now on is not missed, and a sign-in that is none is told at once.
    arriving.after = Some(arriving.ask(None, 0).await?.after);
    context.ui.note("waiting for what comes; Ctrl-C ends it");
    context.ui.print_as(Format::Jsonl);
    context.ui.stream(&NOTICE, arriving).await?;
    Ok(Outcome::Nothing)
}

/// Notices as they come. The portal holds each question until there is something, so nobody asks in vain.
struct Arriving {
    portal: Rc<Portal>,
    seconds: u32,
    after: Option<String>,
    left: Option<u64>,
    lines: Vec<u8>,
}

impl Arriving {
    async fn ask(&self, after: Option<String>, seconds: u32) -> Result<crate::api::notices::NewNotices> {
        self.portal.call(&WAIT, (), &NoticeWait { after, seconds: Some(seconds) }).await
    }
}

impl Rows for Arriving {
    async fn next(&mut self) -> Result<Option<&[u8]>> {
        if self.left == Some(0) {
            return Ok(None);
        }
        self.lines.clear();
        while self.lines.is_empty() {
            let found = tokio::select! {
                biased;
                // `| head -n 1` has seen enough before anything else comes.
                () = ui::reader::gone() => return Ok(None),
                found = self.ask(self.after.clone(), self.seconds) => found?,
            };
            self.after = Some(found.after);
            for notice in found.items {
                if self.left == Some(0) {
                    break;
                }
                serde_json::to_writer(&mut self.lines, &notice)
                    .map_err(|error| Failure::bug(format!("a notification cannot be written as JSON: {error}")))?;
                self.lines.push(b'\n');
                self.left = self.left.map(|left| left - 1);
            }
        }
        Ok(Some(&self.lines))
    }
}
