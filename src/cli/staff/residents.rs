//! `citytime staff residents`: whom clerks help.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::AccountId,
        problem::Code,
        recovery::{ASSIST, NewAssistedRecovery},
        residents::{ResidentQuery, SEARCH, SHOW},
    },
    cli::{Context, account::ASSISTED, list, proof::ProofArgs},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// Residents in a list.
static RESIDENT_LINE: Sheet = Sheet {
    noun: "resident",
    columns: &[
        Column::id("id"),
        Column::text("username"),
        Column::text("name").first(),
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

/// Residents: find them, see what it takes to help, and help with their accounts
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime staff residents search marin
  citytime staff residents show rosa
  citytime staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'")]
pub(super) struct ResidentsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Search(SearchArgs),
    Show(ShowArgs),
    Recover(RecoverArgs),
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
    #[arg(required = true, value_name = "WORDS")]
    sought: Vec<String>,
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

/// Begin a way back for somebody who lost password and mailbox
///
/// Make sure who it is first: a document with a picture, seen by you. Every address of the account is told at once, and
/// whoever is signed in can stop it. After a day the person asks for a code (`citytime account recover start`), which
/// goes to the new address too; with the new password it becomes the account's e-mail address. Your own password is asked
/// for again.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  citytime staff residents recover rosa --to rosa@new.example --reason 'mailbox closed' --identity 'passport seen'")]
struct RecoverArgs {
    /// The account's user name
    username: String,
    /// Where the person reads mail now
    #[arg(long, value_name = "ADDRESS", value_hint = clap::ValueHint::EmailAddress)]
    to: String,
    /// Why there is no other way; it is kept
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// How you made sure who it is; it is kept
    #[arg(long, value_name = "TEXT")]
    identity: String,
    #[command(flatten)]
    proof: ProofArgs,
}

pub(super) async fn run(context: &mut Context, args: ResidentsArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Search(args) => {
            let query = ResidentQuery { sought: Some(args.sought.join(" ")), ..ResidentQuery::default() };
            list::print(context, &RESIDENT_LINE, &SEARCH, query, args.limit).await
        }
        Verb::Show(args) => {
            context.ui.check_columns(&RESIDENT)?;
            let id = account(context, &args.who).await?;
            Outcome::one(&RESIDENT, &context.portal().await?.call(&SHOW, id, &Empty {}).await?)
        }
        Verb::Recover(args) => recover(context, args).await,
    }
}

async fn recover(context: &mut Context, args: RecoverArgs) -> Result<Outcome> {
    context.ui.check_columns(&ASSISTED)?;
    let RecoverArgs { username, to, reason, identity, proof } = args;
    let new = NewAssistedRecovery { username, email: to, reason, identity, proof: None };
    let portal = context.portal().await?;
    let begin = async |proof| portal.call(&ASSIST, (), &NewAssistedRecovery { proof, ..new.clone() }).await;
    let begun = proof.prove(context, begin).await?;
    context.ui.note("Every address of the account was told. A code goes to the new one from the day after on:");
    context.ui.note(format!("`citytime account recover start --username {}`.", begun.username));
    Outcome::one(&ASSISTED, &begun)
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
