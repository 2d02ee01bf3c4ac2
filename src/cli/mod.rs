//! What a person types: the tree of commands, and the way from a command line to an exit status.
//!
//! - [`usage`]: a command line that was not understood
//! - `context`: what a command works with; `list`: what every list shares; `words`: closed sets as arguments
//! - `proof`: the password asked for again, where the portal wants it
//! - `again`: a command line as it is typed again
//! - `narrow`: as much of the tree as a command line needs
//! - `columns`: which columns a command has, before it runs
//! - `complete`: words a shell completes with, ids from the portal among them
//! - `topics`, `generate`: help on topics; completion scripts and manual pages
//! - a room for each noun, a function for each verb
//!
//! To add a noun: a file with `…Args` (help in the doc comment, examples in `after_help`), a [`Sheet`](crate::ui::Sheet)
//! beside it, `run(context, args) -> Result<Outcome>`; then a line in `nouns!`.

mod account;
mod again;
mod api;
mod batch;
mod bills;
mod city;
mod columns;
mod complete;
mod config;
mod context;
mod dashboard;
mod generate;
mod history;
mod ical;
mod list;
mod narrow;
mod notifications;
mod permit;
#[cfg(feature = "portal")]
mod portal;
mod programs;
mod proof;
mod request;
#[cfg(feature = "portal")]
mod sandbox;
mod session;
mod staff;
mod statement;
mod support;
mod topics;
pub mod usage;
mod wallet;
mod words;

#[cfg(test)]
mod tests;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

pub(crate) use self::context::Context;
use self::{narrow::Unread, usage::Ended};
use crate::{
    failure::{Failure, Result},
    settings::{Config, Directories, Environment, Format, GlobalFlags, Settings},
    ui::{Outcome, Streams, Ui},
};

const EXAMPLES: &str = "Examples:
  citytime city add riverton https://portal.riverton.example
  citytime login
  citytime bills list --due-within 7d
  citytime bills pay BIL-7K3Q9XM2 --wait

`citytime help TOPIC` tells about environment, exit-codes, output and cron.";

/// Your city's portal, from the command line
///
/// Pay bills, keep the history, and script all of it. Tables for people, JSON for programs.
#[derive(Parser, Debug)]
#[command(name = "citytime", version, after_help = EXAMPLES, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(subcommand)]
    noun: Option<Noun>,
}

/// Declares the nouns: what is parsed for each, and what runs it.
macro_rules! nouns {
    ($($(#[cfg($cfg:meta)])? $(#[command($($help:tt)+)])? $noun:ident($args:ty) => $run:path;)+) => {
        #[derive(Subcommand, Debug)]
        enum Noun { $($(#[cfg($cfg)])? $(#[command($($help)+)])? $noun($args)),+ }

        impl Noun {
            async fn run(self, context: &mut Context) -> Result<Outcome> {
                match self { $($(#[cfg($cfg)])? Self::$noun(args) => $run(context, args).await),+ }
            }
        }
    };
}

nouns! {
    #[command(alias = "cities")]
    City(city::CityArgs) => city::run;
    Login(session::LoginArgs) => session::login;
    Logout(session::LogoutArgs) => session::logout;
    Whoami(session::WhoamiArgs) => session::whoami;
    Dashboard(dashboard::DashboardArgs) => dashboard::run;
    #[command(alias = "accounts")]
    Account(account::AccountArgs) => account::run;
    #[command(alias = "wallets")]
    Wallet(wallet::WalletArgs) => wallet::run;
    #[command(alias = "bill")]
    Bills(bills::BillsArgs) => bills::run;
    #[command(alias = "permits")]
    Permit(permit::PermitArgs) => permit::run;
    #[command(alias = "program")]
    Programs(programs::ProgramsArgs) => programs::run;
    #[command(alias = "requests")]
    Request(request::RequestArgs) => request::run;
    History(history::HistoryArgs) => history::run;
    #[command(alias = "statements")]
    Statement(statement::StatementArgs) => statement::run;
    #[command(alias = "notification")]
    Notifications(notifications::NotificationsArgs) => notifications::run;
    Support(support::SupportArgs) => support::run;
    Batch(batch::BatchArgs) => batch::run;
    Api(api::ApiArgs) => api::run;
    Config(config::ConfigArgs) => config::run;
    Staff(staff::StaffArgs) => staff::run;
    #[cfg(feature = "portal")]
    Portal(portal::PortalArgs) => portal::run;
    #[cfg(feature = "portal")]
    Sandbox(sandbox::SandboxArgs) => sandbox::run;
    Completions(generate::CompletionsArgs) => generate::completions;
    Man(generate::ManArgs) => generate::man;
    Help(topics::HelpArgs) => topics::run;
    #[command(hide = true)]
    Generate(generate::GenerateArgs) => generate::files;
}

impl Noun {
    /// Whether it is about citytime itself: no settings file is read for it, so that a broken one is no hindrance.
    fn needs_config(&self) -> bool {
        !matches!(self, Self::Completions(_) | Self::Man(_) | Self::Help(_) | Self::Generate(_)) && !self.hosts()
    }

    /// Whether it is a portal itself: it has work for every core, and ends in its own way when it is told to.
    fn hosts(&self) -> bool {
        #[cfg(feature = "portal")]
        return matches!(self, Self::Portal(_) | Self::Sandbox(_));
        #[cfg(not(feature = "portal"))]
        false
    }
}

/// The columns of a command by its words, `["bills", "list"]`, as help and completion tell them.
pub fn columns_of(path: &[&str]) -> Vec<&'static str> {
    columns::names(path)
}

/// The tree of commands.
pub fn command() -> clap::Command {
    Cli::command().mut_arg("city", |city| city.add(complete::cities()))
}

/// Runs a command line, program name first, and returns the status to end with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = arguments.into_iter().collect::<Vec<_>>();
    match complete::asked(&arguments) {
        Ok(complete::Asked::No) => {}
        Ok(complete::Asked::Answered) => return ExitCode::SUCCESS,
        Err(failure) => return told(&arguments, &failure),
    }
    match narrow::parse(&arguments) {
        Ok(cli) => execute(cli, &arguments),
        Err(Unread::CardNumber(failure)) => told(&arguments, &failure),
        Err(Unread::Mistake(error)) => match usage::ended(&error, || place(&arguments)) {
            Ended::Shown(text) => shown(&arguments, &text),
            Ended::Unfinished(help, failure) => {
                let mut ui = speaker(&arguments, usual);
                ui.remind(&help);
                ExitCode::from(ui.fail(&failure))
            }
            Ended::Failed(failure) => told(&arguments, &failure),
        },
    }
}

fn execute(cli: Cli, arguments: &[OsString]) -> ExitCode {
    let mut context = match context(&cli) {
        Ok(context) => context,
        Err(failure) => return told(arguments, &failure),
    };
    context.typed = words(arguments).collect();
    let result = converse(cli.noun, &mut context);
    let result = result.and_then(|outcome| context.ui.show(&outcome)).and_then(|()| context.ui.finish());
    match result {
        Ok(()) => context.status,
        Err(failure) => ExitCode::from(context.ui.fail(&failure)),
    }
}

/// Settles everything. A broken `config.toml` is moved aside by `login`, which begins a new one.
fn context(cli: &Cli) -> Result<Context> {
    let environment = Environment::capture();
    let streams = Streams::detect();
    let mut aside = None;
    let settings = Settings::resolve(&cli.global, &environment, || {
        if cli.noun.as_ref().is_some_and(|noun| !noun.needs_config()) {
            return Ok(Config::default());
        }
        let directories = Directories::locate(&environment)?;
        match (Config::load(&directories), &cli.noun) {
            (Err(failure), Some(Noun::Login(_))) => {
                let (path, config) = session::mend_config(&directories, failure)?;
                aside = Some(path);
                Ok(config)
            }
            // What mends the file is not kept from it by what is broken there.
            (Err(_), Some(Noun::Config(args))) if args.mends() => Ok(Config::default()),
            (config, _) => config,
        }
    })?;
    let mut ui = Ui::new(settings.output_settings(), streams)?;
    if let Some(path) = aside {
        ui.warn(format!("the broken settings file was moved to {}", path.display()));
    }
    Ok(Context::new(ui, settings, environment))
}

/// A command is one conversation: one thread is fastest for it.
fn converse(noun: Option<Noun>, context: &mut Context) -> Result<Outcome> {
    #[cfg(feature = "portal")]
    if noun.as_ref().is_some_and(Noun::hosts) {
        return host(noun, context);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::bug(format!("the command cannot be started: {error}")))?;
    let interrupts = context.interrupts();
    let ended = runtime.block_on(async {
        tokio::select! {
            biased;
            result = dispatch(noun, context) => Some(result),
            () = interrupts.raised() => None,
        }
    });
    // A name that is still being resolved is not waited for.
    runtime.shutdown_background();
    ended.unwrap_or_else(|| Err(context.interrupted()))
}

/// A portal works on every core, and answers signals itself.
#[cfg(feature = "portal")]
fn host(noun: Option<Noun>, context: &mut Context) -> Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::bug(format!("the portal cannot be started: {error}")))?;
    runtime.block_on(dispatch(noun, context))
}

/// Bare `citytime` is the dashboard for whoever is signed in on a terminal, and help otherwise.
async fn dispatch(noun: Option<Noun>, context: &mut Context) -> Result<Outcome> {
    match noun {
        Some(noun) => noun.run(context).await,
        None if context.ui.is_interactive() && matches!(context.token().await, Ok(Some(_))) => {
            dashboard::run(context, dashboard::DashboardArgs {}).await
        }
        None => Ok(topics::overview(context)),
    }
}

/// Tells a failure where no settings could be made.
fn told(arguments: &[OsString], failure: &Failure) -> ExitCode {
    ExitCode::from(speaker(arguments, usual).fail(failure))
}

/// The format settled in the config file, as far as that can be read: what a mistake is told in where neither flag nor
/// variable says.
fn usual() -> Option<Format> {
    let directories = Directories::locate(&Environment::capture()).ok()?;
    Config::load(&directories).ok()?.output
}

/// Shows help or the version. Nothing is read for it.
fn shown(arguments: &[OsString], text: &clap::builder::StyledStr) -> ExitCode {
    let mut ui = speaker(arguments, || None);
    ui.show_help(&with_columns(arguments, text));
    match ui.finish() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(ui.fail(&failure)),
    }
}

/// A command's help, and its columns behind it. The version is no help, and no reason to build the tree.
fn with_columns(arguments: &[OsString], text: &clap::builder::StyledStr) -> clap::builder::StyledStr {
    let asks = |flag: &OsString| flag == "--help" || flag == "-h";
    match arguments.iter().any(asks) {
        true => columns::behind(text.clone(), &columns::path(&whole_tree(), words(arguments))),
        false => text.clone(),
    }
}

/// The words of a command line, without the program's name.
fn words(arguments: &[OsString]) -> impl Iterator<Item = String> {
    arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned())
}

fn whole_tree() -> clap::Command {
    <Cli as CommandFactory>::command()
}

/// Where the mistake of a command line was made: `citytime bills list`.
fn place(arguments: &[OsString]) -> String {
    let tree = whole_tree();
    let path = columns::path(&tree, words(arguments));
    std::iter::once("citytime").chain(path).collect::<Vec<_>>().join(" ")
}

/// A ui that knows no settings but what arguments and variables say, and the format that is usual where they say none.
fn speaker(arguments: &[OsString], usual: impl FnOnce() -> Option<Format>) -> Ui {
    let mut asked = usage::output_asked(arguments.get(1..).unwrap_or_default(), &Environment::capture());
    asked.format = asked.format.or_else(usual);
    Ui::for_failures(asked, Streams::detect())
}
