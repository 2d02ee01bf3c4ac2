//! `citytime portal clerk`: the accounts of the city's staff.

use clap::{Args, Subcommand};

use super::{Hosted, refused};
use crate::{
    api::{accounts::NewAccount, endpoint::Power},
    cli::{Context, words},
    failure::Result,
    portal::{accounts::clerks, store::Creation},
    ui::{Column, Outcome, Sheet},
};

pub(crate) static CLERK: Sheet = Sheet {
    noun: "clerk",
    columns: &[
        Column::text("username"),
        Column::text("name"),
        Column::text("email").wide(),
        Column::list("powers"),
        Column::id("id").wide(),
    ],
    when_empty: Some("add one: citytime portal clerk add"),
};

/// The accounts of the city's staff
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime portal clerk list --city city.toml --database sqlite:riverton.db")]
pub(super) struct ClerkArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Add(AddArgs),
    List(ListArgs),
    Remove(RemoveArgs),
}

/// Make an account for a clerk
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  citytime portal clerk add nadia --city city.toml --database sqlite:riverton.db --name \"Nadia Osei\" \\\n      --email nadia@riverton.example --powers bills,residents"
)]
struct AddArgs {
    /// The name to sign in with
    username: String,
    #[command(flatten)]
    hosted: Hosted,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Where mail goes
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// What the clerk may do, separated by commas
    #[arg(long, value_name = "POWER,…", value_delimiter = ',', required = true, value_parser = words::of::<Power>())]
    powers: Vec<Power>,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

/// List the clerks
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime portal clerk list --city city.toml --database sqlite:riverton.db")]
struct ListArgs {
    #[command(flatten)]
    hosted: Hosted,
}

/// Make a clerk a resident again
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime portal clerk remove nadia --city city.toml --database sqlite:riverton.db")]
struct RemoveArgs {
    /// The clerk's user name
    username: String,
    #[command(flatten)]
    hosted: Hosted,
}

pub(super) async fn run(context: &mut Context, args: ClerkArgs) -> Result<Outcome> {
    context.ui.check_columns(&CLERK)?;
    match args.verb {
        Verb::Add(args) => add(context, args).await,
        Verb::List(args) => {
            let portal = args.hosted.open(Creation::Refused).await?;
            Outcome::many(&CLERK, &clerks::list(&portal).await.map_err(refused)?)
        }
        Verb::Remove(args) => {
            let portal = args.hosted.open(Creation::Refused).await?;
            Outcome::one(&CLERK, &clerks::remove(&portal, &args.username).await.map_err(refused)?)
        }
    }
}

async fn add(context: &mut Context, args: AddArgs) -> Result<Outcome> {
    let password = if args.password_stdin {
        context.ui.secret_from_stdin("--password-stdin")?
    } else {
        context.ui.ask_new_secret("Password", "--password-stdin", &|_| Ok(()))?
    };
    // The first clerk is often made before the portal is served for the first time.
    let portal = args.hosted.open(Creation::Allowed).await?;
    let new = NewAccount {
        username: args.username,
        password,
        name: args.name,
        email: args.email,
        phone: None,
        address: None,
        recovery_email: None,
        terms_version: portal.city().terms.version.clone(),
    };
    Outcome::one(&CLERK, &clerks::add(&portal, new, &args.powers).await.map_err(refused)?)
}
