//! `citytime support`: reaching the city.
//!
//! - `text`: what is to be said: a flag, a file, stdin, or an editor; `ticket`: tickets, and writing to support

pub(super) mod text;
mod ticket;

use clap::{Args, Subcommand};

pub(crate) use self::ticket::MESSAGE;
use super::{Context, complete, list};
use crate::{
    api::{
        endpoint::Empty,
        support::{CONTACT, FAQ, FaqQuery},
    },
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
    when_empty: None,
};

/// A question and its answer.
pub(crate) static FAQ_SHEET: Sheet = Sheet {
    noun: "question",
    columns: &[Column::id("id"), Column::text("question"), Column::text("answer")],
    when_empty: Some("try fewer words, or ask: citytime support email SUBJECT"),
};

/// Support: answers, and reaching the city
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support faq refund
  citytime support email \"My bin was not emptied\"
  citytime support contact")]
pub(crate) struct SupportArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Faq(FaqArgs),
    Contact(ContactArgs),
    #[command(alias = "new")]
    Email(ticket::EmailArgs),
    List(ticket::ListArgs),
    Show(ticket::ShowArgs),
    Reply(ticket::ReplyArgs),
}

/// Answers to what people ask, the best first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support faq
  citytime support faq waiting list --limit 1 --jq '.[0].answer'")]
struct FaqArgs {
    /// What it is about; every question unless given
    words: Vec<String>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show how to reach support, and whether the telephone is answered now
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime support contact\n  citytime support contact --jq .phone")]
struct ContactArgs {}

pub(crate) async fn run(context: &mut Context, args: SupportArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Faq(args) => {
            let words = Some(args.words.join(" ")).filter(|words| !words.is_empty());
            list::print(context, &FAQ_SHEET, &FAQ, FaqQuery { words, ..FaqQuery::default() }, args.limit).await
        }
        Verb::Contact(ContactArgs {}) => {
            let contact = context.public_portal()?.call(&CONTACT, (), &Empty {}).await?;
            Outcome::one(&CONTACT_SHEET, &contact)
        }
        Verb::Email(args) => ticket::email(context, args).await,
        Verb::List(args) => ticket::list(context, args).await,
        Verb::Show(args) => ticket::show(context, args).await,
        Verb::Reply(args) => ticket::reply(context, args).await,
    }
}
