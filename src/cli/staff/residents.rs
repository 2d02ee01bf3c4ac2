//! `citytime staff residents`: whom clerks help.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::AccountId,
        problem::Code,
        residents::{ResidentQuery, SEARCH, SHOW},
    },
    cli::{Context, list},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// Residents in a list.
static RESIDENT_LINE: Sheet = Sheet {
    noun: "resident",
    columns: &[
        Column::id("id"),
        Column::text("username"),
        Column::text("name"),
        Column::text("email"),
        Column::text("phone"),
        Column::status("status"),
    ],
    when_empty: Some("nobody is called that; fewer letters find more"),
};

/// A resident.
static RESIDENT: Sheet = Sheet {
    noun: "resident",
    columns: &[
        Column::id("id"),
        Column::text("username"),
        Column::text("name"),
        Column::text("email"),
        Column::yes_no("email_verified"),
        Column::text("phone"),
        Column::text("address.line1").header("address"),
        Column::text("address.line2").wide(),
        Column::text("address.city").header("town"),
        Column::text("address.postal_code").header("postal code"),
        Column::status("status"),
        Column::status("role").wide(),
        Column::list("records"),
        Column::number("due.count").header("bills due"),
        Column::money("due.amount").header("due"),
        Column::date("last_seen_on"),
        Column::time("created_at").wide(),
        Column::text("due.currency").asked(),
    ],
    when_empty: None,
};

/// Residents: find them, and see what it takes to help
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff residents search marin
  citytime staff residents show rosa")]
pub(super) struct ResidentsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Search(SearchArgs),
    Show(ShowArgs),
}

/// Find residents by name, e-mail, phone, id, or the number of a record
///
/// Each word must fit: the beginning of a name or an address, a part of a phone number. Case and accents do not matter.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff residents search marin rosa
  citytime staff residents search 312-555-0142
  citytime staff residents search UT-204177 -o ids")]
struct SearchArgs {
    /// What they say of themselves
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    limit: list::Limit,
}

/// Show a resident
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff residents show rosa
  citytime staff residents show ACC-7K3Q9XM2 -o json")]
struct ShowArgs {
    /// The account (ACC-…), or the name they sign in with
    who: String,
}

pub(super) async fn run(context: &mut Context, args: ResidentsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Search(args) => {
            let query = ResidentQuery { words: Some(args.words.join(" ")), ..ResidentQuery::default() };
            list::print(context, &RESIDENT_LINE, &SEARCH, query, args.limit).await
        }
        Verb::Show(args) => {
            context.ui.check_columns(&RESIDENT)?;
            let id = account(context, &args.who).await?;
            Outcome::one(&RESIDENT, &context.portal().await?.call(&SHOW, id, &Empty {}).await?)
        }
    }
}

/// The account of an id, or of the name somebody signs in with.
async fn account(context: &Context, who: &str) -> Result<AccountId> {
    if let Ok(id) = who.parse() {
        return Ok(id);
    }
    let query = ResidentQuery { username: Some(who.to_owned()), ..ResidentQuery::default() };
    let found = context.portal().await?.pages(&SEARCH, query).take(1).await?;
    found.first().map(|line| line.id).ok_or_else(|| {
        let failure = Failure::new(Code::NotFound, format!("nobody signs in as `{who}`"));
        failure.hint(format!("find them by what they say: citytime staff residents search {who}"))
    })
}
