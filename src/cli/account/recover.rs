//! `citytime account recover`: the way back into an account whose password is lost.

use clap::{Args, Subcommand};

use super::create::SHORTEST;
use crate::{
    api::{
        endpoint::Empty,
        recovery::{FINISH, FinishRecovery, START, STOP, StartRecovery},
        secret::Secret,
    },
    cli::Context,
    failure::Result,
    ui::{Column, Outcome, Question, Sheet},
};

/// A recovery that was asked for.
static STARTED: Sheet =
    Sheet { noun: "recovery", columns: &[Column::text("detail"), Column::number("code_minutes")], when_empty: None };

/// A new password.
static RECOVERED: Sheet = Sheet {
    noun: "recovery",
    columns: &[
        Column::id("account"),
        Column::text("username"),
        Column::number("sessions_ended"),
        Column::number("tokens_left"),
    ],
    when_empty: None,
};

/// A recovery that a clerk began.
pub(crate) static ASSISTED: Sheet = Sheet {
    noun: "recovery",
    columns: &[
        Column::id("account"),
        Column::text("username"),
        Column::text("email"),
        Column::status("status"),
        Column::time("opens_at"),
        Column::time("ends_at"),
        Column::text("reason").wide(),
        Column::text("identity").wide(),
        Column::text("clerk").wide(),
        Column::time("begun_at").wide(),
    ],
    when_empty: None,
};

/// Get back into your account when the password is lost
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account recover start --username rosa
  citytime account recover finish")]
pub(super) struct RecoverArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Start(StartArgs),
    Finish(FinishArgs),
    Stop(StopArgs),
}

/// Have a code sent to the addresses the account has confirmed
///
/// The answer is the same whether there is such an account or not.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account recover start --username rosa")]
struct StartArgs {
    /// The name you sign in with
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
}

/// Set a new password with the code; every session ends
///
/// Asks on a terminal for what is not said. Scripts give the code with --code (- reads it from the first line of stdin)
/// and the password with --password-stdin. Tokens for scripts go on working, and so does a second factor: the sign-in
/// after it asks for that as ever.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account recover finish
  citytime account recover finish --code 7K3Q9-XM24H-WPT7A --password-stdin < password.txt
  printf '%s\\n' \"$code\" \"$password\" | citytime account recover finish --code - --password-stdin")]
struct FinishArgs {
    /// The code of the mail; - reads it from the first line of stdin
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    code: Option<String>,
    /// Read the new password from stdin: its first line, or the one after the code
    #[arg(long)]
    password_stdin: bool,
}

/// Stop the recovery that was begun for your account at the city's office
///
/// Every address of the account was told when it was begun. Stopped, it opens nothing any more.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account recover stop")]
struct StopArgs {}

pub(super) async fn run(context: &mut Context, args: RecoverArgs) -> Result<Outcome> {
    match args.verb {
        Verb::Start(args) => start(context, args).await,
        Verb::Finish(args) => finish(context, args).await,
        Verb::Stop(StopArgs {}) => {
            context.ui.check_columns(&ASSISTED)?;
            Outcome::one(&ASSISTED, &context.portal().await?.call(&STOP, (), &Empty {}).await?)
        }
    }
}

async fn start(context: &mut Context, args: StartArgs) -> Result<Outcome> {
    context.ui.check_columns(&STARTED)?;
    let portal = context.public_portal()?;
    let label = context.profile()?.label();
    let username = match args.username {
        Some(username) => username,
        None => context.ui.ask(&Question::new(&format!("Username at {label}"), "--username"))?,
    };
    let started = portal.call(&START, (), &StartRecovery { username }).await?;
    context.ui.note("With the code that comes: `citytime account recover finish`, or open the link of the mail.");
    Outcome::one(&STARTED, &started)
}

async fn finish(context: &mut Context, args: FinishArgs) -> Result<Outcome> {
    context.ui.check_columns(&RECOVERED)?;
    let portal = context.public_portal()?;
    let ui = &mut context.ui;
    let code = match args.code.as_deref() {
        Some("-") => ui.secret_from_stdin("--code -")?,
        Some(code) => Secret::new(code),
        None => Secret::new(ui.ask(&Question::new("Code from the mail", "--code"))?),
    };
    let password = if args.password_stdin {
        ui.secret_from_stdin("--password-stdin")?
    } else {
        let check = |password: &str| match password.chars().count() {
            length if length < SHORTEST => Err(format!(
                "a password has at least {SHORTEST} characters; a few words that do not belong together are good"
            )),
            _ => Ok(()),
        };
        ui.ask_new_secret(&format!("New password (at least {SHORTEST} characters)"), "--password-stdin", &check)?
    };
    let recovered = portal.call(&FINISH, (), &FinishRecovery { code, password }).await?;
    context.ui.note("Every session has ended. Sign in with the new password: `citytime login`.");
    if recovered.tokens_left > 0 {
        context.ui.note("Tokens for scripts go on working: `citytime account tokens list` shows them.");
    }
    Outcome::one(&RECOVERED, &recovered)
}
