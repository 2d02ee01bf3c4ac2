//! `citytime account records`: the city records linked to the account, whose bills it sees.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        id::RecordId,
        records::{LINK, LIST, NewLink, RecordQuery, UNLINK},
        secret::Secret,
    },
    cli::{Context, complete, list},
    failure::Result,
    ui::{Column, Outcome, Question, Sheet},
};

/// A city record.
pub(crate) static RECORD: Sheet = Sheet {
    noun: "city record",
    columns: &[
        Column::id("id"),
        Column::text("number"),
        Column::text("kind"),
        Column::text("holder"),
        Column::text("service_address"),
        Column::time("linked_at").wide(),
    ],
    when_empty: Some("link what a letter of the city is about: citytime account records link NUMBER --code CODE"),
};

/// The city records linked to the account: utility accounts, parcels, licences
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account records link 1002-44 --code 7H2K-9QXM")]
pub(super) struct RecordsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Link(LinkArgs),
    Unlink(UnlinkArgs),
}

/// List the linked records
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account records list -o json")]
struct ListArgs {
    #[command(flatten)]
    limit: list::Limit,
}

/// Link a record with the code of the city's letter
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account records link 1002-44 --code 7H2K-9QXM
  citytime account records link 1002-44 --code 7H2K-9QXM --holder \"Rosa M. Marín\"")]
struct LinkArgs {
    /// The record's number, as printed on bills; case, blanks, dashes and leading zeros do not matter
    number: String,
    /// The link code; asked for on a terminal unless given
    #[arg(long, value_name = "CODE", value_parser = secret)]
    code: Option<Secret>,
    /// The name the record is in, as the letter has it, where the city asks for it
    #[arg(long, value_name = "NAME")]
    holder: Option<String>,
}

/// Unlink a record: its bills are seen no more
///
/// On a terminal you are asked first; scripts agree with --yes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account records unlink REC-7K3Q9XM2
  citytime account records unlink REC-7K3Q9XM2 --yes")]
struct UnlinkArgs {
    /// The record (REC-…)
    #[arg(add = complete::records())]
    id: RecordId,
}

pub(super) async fn run(context: &mut Context, args: RecordsArgs) -> Result<Outcome> {
    context.ui.check_columns(&RECORD)?;
    let record = match args.verb {
        Verb::List(args) => return list::print(context, &RECORD, &LIST, RecordQuery::default(), args.limit).await,
        Verb::Link(args) => {
            let code = match args.code {
                Some(code) => code,
                None => context.ui.ask_secret("Link code", "--code")?,
            };
            let holder = match args.holder {
                None if context.ui.is_interactive() && context.city().await?.link_asks_holder => {
                    Some(context.ui.ask(&Question::new("Name the record is in, as the letter has it", "--holder"))?)
                }
                holder => holder,
            };
            let link = NewLink { number: args.number, code, holder };
            let record = context.portal().await?.call(&LINK, (), &link).await?;
            context.ui.note("Its bills are shown to you from now on: `citytime bills list`.");
            record
        }
        Verb::Unlink(args) => {
            let next = "Its bills are seen and paid by themselves no more; only its code links it again.";
            context.agree(&format!("Unlink {}? {next}", args.id))?;
            context.portal().await?.call(&UNLINK, args.id, &Empty {}).await?
        }
    };
    Outcome::one(&RECORD, &record)
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text.trim()))
}
