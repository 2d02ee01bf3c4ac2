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
        support::{CONTACT, FAQ, Faq, FaqQuery},
    },
    failure::Result,
    ui::{self, Column, Outcome, Sheet},
};

/// So many answers are shown whole.
const SHOWN: usize = 3;

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
///
/// Without words every question is listed, with the beginning of its answer. With words, or the id of a question, a terminal
/// shows the answers whole.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime support faq
  citytime support faq refund
  citytime support faq waiting list --limit 1 --jq '.[0].answer'")]
struct FaqArgs {
    /// What it is about, or a question's id; every question unless given
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
        Verb::Faq(args) => faq(context, args).await,
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

/// Lists questions for programs; for people who look for something, shows the best of them with their answers whole.
async fn faq(context: &mut Context, FaqArgs { words, limit }: FaqArgs) -> Result<Outcome> {
    let words = Some(words.join(" ")).filter(|words| !words.is_empty());
    let looks_for_one = words.is_some() && !context.ui.machine() && context.settings.columns.is_none();
    let query = FaqQuery { words: words.clone(), ..FaqQuery::default() };
    if !looks_for_one {
        if !context.ui.machine() {
            context.ui.note("An answer is shown whole by the id of its question: citytime support faq ID");
        }
        return list::print(context, &FAQ_SHEET, &FAQ, query, limit).await;
    }
    let portal = context.public_portal()?;
    let mut pages = portal.pages(&FAQ, query);
    let mut found = pages.take(limit.most().unwrap_or(SHOWN)).await?;
    // Whoever names a question by its id asks for no other.
    let is_named = found.first().is_some_and(|best| Some(&best.id) == words.as_ref());
    if is_named {
        found.truncate(1);
    }
    for (place, question) in found.iter().enumerate() {
        if place > 0 {
            context.ui.show(&Outcome::Text("\n".to_owned()))?;
        }
        let answer = ui::paragraphs(&question.answer).join("\n\n");
        context.ui.show(&Outcome::one(&FAQ_SHEET, &Faq { answer, ..question.clone() })?)?;
    }
    if pages.has_more() && limit.most().is_none() && !is_named {
        context.ui.note("There are more answers: say more words, or --limit 10");
    }
    match found.is_empty() {
        true => Outcome::many(&FAQ_SHEET, &found),
        false => Ok(Outcome::Nothing),
    }
}
