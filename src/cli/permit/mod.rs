//! `citytime permit`: what the city allows on application.
//!
//! - `apply`: begin, go on, submit; `answers`: what a form is filled in with; `interview`: asked field by field
//! - `status`: where an application stands, and waiting; `files`: documents and permits

mod answers;
mod apply;
pub(super) mod files;
mod interview;
mod status;

use clap::{Args, Subcommand};

pub(crate) use files::{SAVED, save};

use super::{Context, complete, list, words};
use crate::{
    api::{
        endpoint::{Empty, Slug},
        id::PermitId,
        permits::{LIST, PermitQuery, PermitStatus, PermitType, PermitTypeQuery, Remark, TYPE, TYPES, WITHDRAW},
    },
    failure::{Failure, Result},
    form::Form,
    ui::{Column, Outcome, Sheet},
};

/// An application.
pub(crate) static PERMIT: Sheet = Sheet {
    noun: "permit",
    when_empty: Some("apply for one: citytime permit types"),
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::status("status"),
        Column::text("next.what").header("next"),
        Column::date("next.until").header("until"),
        Column::date("expected_on").header("expected").wide(),
        Column::time("submitted_at").wide(),
        Column::time("decided_at").wide(),
        Column::id("fee_bill").wide(),
        Column::money("fee").wide(),
        Column::list("documents").wide(),
        Column::text("type").asked(),
        Column::text("category").asked(),
        Column::text("applicant").asked(),
        Column::text("assignee").asked(),
        Column::number("version").asked(),
        Column::list("timeline").asked(),
        Column::time("created_at").asked(),
        Column::text("currency").asked(),
    ],
};

/// A type of permit.
pub(crate) static TYPE_SHEET: Sheet = Sheet {
    noun: "type of permit",
    when_empty: None,
    columns: &[
        Column::id("id"),
        Column::text("title"),
        Column::text("category"),
        Column::money("fee"),
        Column::number("working_days"),
        Column::list("documents"),
        Column::text("department").wide(),
        Column::text("description").asked(),
        Column::text("currency").asked(),
    ],
};

/// Permits: apply, see how it stands, answer, download
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit types
  citytime permit apply block_party
  citytime permit status PRM-7K3Q9XM2 --wait=issued")]
pub(crate) struct PermitArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    #[command(alias = "type")]
    Types(TypesArgs),
    Apply(apply::ApplyArgs),
    List(ListArgs),
    Status(status::StatusArgs),
    Attach(files::AttachArgs),
    Answer(answers::AnswerArgs),
    Withdraw(WithdrawArgs),
    Download(files::DownloadArgs),
}

/// List the types of permits, or show one with its form
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit types --category event
  citytime permit types block_party --template > answers.json
  citytime permit types block_party --schema | jq .properties")]
struct TypesArgs {
    /// One of them
    #[arg(value_name = "TYPE", add = complete::permit_types())]
    kind: Option<Slug>,
    /// Print its form as JSON Schema
    #[arg(long, requires = "kind", conflicts_with = "template")]
    schema: bool,
    /// Print a file of answers to begin with
    #[arg(long, requires = "kind")]
    template: bool,
    /// Only of this category: business, construction, event
    #[arg(long, value_name = "CATEGORY", conflicts_with = "kind")]
    category: Option<String>,
}

/// List your applications, the newest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime permit list\n  citytime permit list --status in_review -o ids")]
struct ListArgs {
    /// Only those that stand here
    #[arg(long, value_parser = words::of::<PermitStatus>())]
    status: Option<PermitStatus>,
    /// Only of this type
    #[arg(long = "type", value_name = "TYPE", add = complete::permit_types())]
    kind: Option<String>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Take an application back
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime permit withdraw PRM-7K3Q9XM2 --yes")]
struct WithdrawArgs {
    /// The application (PRM-…)
    #[arg(add = complete::permits())]
    id: PermitId,
    /// Why, for the city
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Runs a verb of the noun.
pub(crate) async fn run(context: &mut Context, args: PermitArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Types(args) => types(context, args).await,
        Verb::Apply(args) => apply::run(context, args).await,
        Verb::List(args) => {
            let query = PermitQuery { status: args.status, kind: args.kind, ..PermitQuery::default() };
            list::print(context, &PERMIT, &LIST, query, args.limit).await
        }
        Verb::Status(args) => status::run(context, args).await,
        Verb::Attach(args) => files::attach(context, args).await,
        Verb::Answer(args) => answers::run(context, args).await,
        Verb::Withdraw(args) => {
            context.ui.check_columns(&PERMIT)?;
            context.agree(&format!("Withdraw {}?", args.id))?;
            let remark = Remark { note: args.note };
            Outcome::one(&PERMIT, &context.portal().await?.call(&WITHDRAW, args.id, &remark).await?)
        }
        Verb::Download(args) => files::download(context, args).await,
    }
}

async fn types(context: &mut Context, args: TypesArgs) -> Result<Outcome> {
    context.ui.check_columns(&TYPE_SHEET)?;
    let portal = context.public_portal()?;
    let Some(word) = args.kind else {
        let query = PermitTypeQuery { category: args.category, ..PermitTypeQuery::default() };
        return Outcome::many(&TYPE_SHEET, &portal.pages(&TYPES, query).all().await?);
    };
    let kind = portal.call(&TYPE, word, &Empty {}).await?;
    if args.schema {
        return text(&kind.form);
    }
    let form = form_of(&kind)?;
    if args.template {
        return text(&form.template());
    }
    if !context.ui.machine() {
        let empty = crate::form::Answers::new();
        for field in form.fields(&empty) {
            let needed = if field.needed == crate::form::Need::Required { "" } else { ", may be left out" };
            context.ui.note(format!("  {}  {}{needed}", field.name(), field.title));
        }
    }
    Outcome::one(&TYPE_SHEET, &kind)
}

fn text(value: &impl serde::Serialize) -> Result<Outcome> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::bug(error.to_string()))?;
    Ok(Outcome::Text(format!("{text}\n")))
}

/// The form of a type.
fn form_of(kind: &PermitType) -> Result<Form> {
    Form::compile(kind.form.clone().unwrap_or_default()).map_err(|flaws| {
        let why = flaws.first().map(ToString::to_string).unwrap_or_default();
        let message = format!("the form of {} is not one this version understands: {why}", kind.id);
        Failure::new(crate::api::problem::Code::NotAPortal, message)
            .hint("update citytime, or give the answers with --file")
    })
}

/// The type of permit and its form.
async fn fetch(context: &Context, word: &Slug) -> Result<(PermitType, Form)> {
    let kind = context.public_portal()?.call(&TYPE, word.clone(), &Empty {}).await?;
    let form = form_of(&kind)?;
    Ok((kind, form))
}
