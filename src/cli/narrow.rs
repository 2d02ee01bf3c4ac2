//! The tree of commands, as far as a command line needs it. Building all of clap's tree takes longer than a request on
//! loopback; what names a noun is parsed with that noun alone, and whatever is not understood so is parsed with all of it.
//! What was understood and holds a card number goes no further.

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueHint, error::ErrorKind};

use super::{Cli, account, api, bills, city, dashboard, history, session, staff, support, wallet};
use crate::{
    api::{
        card::{self, wire},
        problem::Code,
    },
    failure::Failure,
    settings::GlobalFlags,
};

/// A command line that is not carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unread {
    /// It was not understood, or asks for help.
    #[error(transparent)]
    Mistake(#[from] clap::Error),
    /// It holds a card number.
    #[error(transparent)]
    CardNumber(Box<Failure>),
}

/// Arguments that hold no free text, beside those named as such a field: amounts, another program's words, expressions,
/// pairs with a file's path, and fields that are judged by their own names once they are read.
const NOT_FREE: [&str; 9] =
    ["amount", "expect_total", "max", "max_per_day", "command", "jq", "attach", "documents", "field"];

/// A noun, and what builds its part of the tree.
type Branch = (&'static str, fn(Command) -> Command);

/// The nouns that talk to a portal. One that is not here is parsed by the whole tree.
const BRANCHES: [Branch; 12] = [
    ("account", account::AccountArgs::augment_args),
    ("api", api::ApiArgs::augment_args),
    ("bills", bills::BillsArgs::augment_args),
    ("city", city::CityArgs::augment_args),
    ("dashboard", dashboard::DashboardArgs::augment_args),
    ("history", history::HistoryArgs::augment_args),
    ("login", session::LoginArgs::augment_args),
    ("logout", session::LogoutArgs::augment_args),
    ("staff", staff::StaffArgs::augment_args),
    ("support", support::SupportArgs::augment_args),
    ("wallet", wallet::WalletArgs::augment_args),
    ("whoami", session::WhoamiArgs::augment_args),
];

/// Parses a command line, program name first.
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, Unread> {
    match parse_with(narrow(arguments), arguments) {
        Err(Unread::Mistake(error)) if error.kind() != ErrorKind::DisplayVersion => parse_with(whole(), arguments),
        // The whole tree would say the same: it knows more nouns, and nothing else of this one.
        understood => understood,
    }
}

fn parse_with(tree: Command, arguments: &[OsString]) -> Result<Cli, Unread> {
    // Taking the tree apart again takes as long as building it, and the process is short.
    let mut tree = ManuallyDrop::new(tree);
    let mut matches = tree.try_get_matches_from_mut(arguments)?;
    if let Some(argument) = with_card_number(&tree, &matches) {
        let refused = format!("what was given with {argument} looks like a card number: it was not sent or kept");
        return Err(Unread::CardNumber(Box::new(Failure::new(Code::Invalid, refused).hint(card::NEXT))));
    }
    Ok(Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut tree))?)
}

/// The argument that holds a card number: `--label`.
fn with_card_number(command: &Command, matches: &ArgMatches) -> Option<String> {
    let holds = |argument: &&Arg| {
        let typed = matches.try_get_raw(argument.get_id().as_str()).ok().flatten();
        typed.into_iter().flatten().any(|text| card::looks_like_card_number(&text.to_string_lossy()))
    };
    let found = command.get_arguments().filter(is_free).find(holds);
    found.map(|argument| argument.get_long().map_or_else(|| argument.to_string(), |long| format!("--{long}"))).or_else(
        || {
            let (name, matches) = matches.subcommand()?;
            with_card_number(command.find_subcommand(name)?, matches)
        },
    )
}

/// Whether an argument is free text: no id, amount or code, and not a file, which may be called as it likes.
fn is_free(argument: &&Arg) -> bool {
    let name = argument.get_id().as_str();
    let is_path = matches!(argument.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
    wire::is_free(name) && !NOT_FREE.contains(&name) && !is_path
}

fn whole() -> Command {
    <Cli as clap::CommandFactory>::command()
}

/// The flags of every command, and the branch of the first word that is a noun.
fn narrow(arguments: &[OsString]) -> Command {
    let root = GlobalFlags::augment_args(Command::new("citytime").version(env!("CARGO_PKG_VERSION")));
    // Words behind `--` belong to another command.
    let words = arguments.iter().skip(1).take_while(|word| *word != "--");
    let branch = words.filter_map(|word| BRANCHES.iter().find(|(noun, _)| word == noun)).next();
    match branch {
        Some((noun, build)) => root.subcommand(build(Command::new(*noun))),
        None => root,
    }
    .disable_help_subcommand(true)
}

#[cfg(test)]
mod tests;
