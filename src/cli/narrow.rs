//! The tree of commands, as far as a command line needs it. Building all of clap's tree takes longer than a request on
//! loopback; what names a noun is parsed with that noun alone, and whatever is not understood so is parsed with all of it.

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{Args, Command, FromArgMatches, error::ErrorKind};

use super::{Cli, account, api, bills, city, dashboard, history, session, staff, support, wallet};
use crate::settings::GlobalFlags;

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
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    match parse_with(narrow(arguments), arguments) {
        Err(error) if error.kind() != ErrorKind::DisplayVersion => parse_with(whole(), arguments),
        // The whole tree would say the same: it knows more nouns, and nothing else of this one.
        understood => understood,
    }
}

fn parse_with(tree: Command, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    // Taking the tree apart again takes as long as building it, and the process is short.
    let mut tree = ManuallyDrop::new(tree);
    let mut matches = tree.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut tree))
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
mod tests {
    use super::*;

    fn arguments(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    /// What either tree makes of a command line, as text.
    fn told(parsed: Result<Cli, clap::Error>) -> String {
        parsed.map_or_else(|error| error.to_string(), |cli| format!("{cli:?}"))
    }

    #[test]
    fn a_branch_is_what_the_whole_tree_has() {
        let mut tree = whole();
        tree.build();
        for (noun, _) in BRANCHES {
            let mut narrow = narrow(&arguments(&format!("citytime {noun}")));
            narrow.build();
            let (whole, branch) = (tree.find_subcommand(noun).unwrap(), narrow.find_subcommand(noun).unwrap());
            let seen = |command: &Command| format!("{}", command.clone().render_long_help());
            assert_eq!(seen(branch), seen(whole), "{noun}");
        }
    }

    #[test]
    fn every_command_line_means_what_it_means_to_the_whole_tree() {
        for line in [
            "citytime",
            "citytime --version",
            "citytime -V",
            "citytime --help",
            "citytime bills",
            "citytime bills list -o json --status paid",
            "citytime -o json bills list --version",
            "citytime --city bills list",
            "citytime --city bills wallet list",
            "citytime bill list",
            "citytime bills lst",
            "citytime wallet wallet",
            "citytime sandbox -- citytime bills list",
            "citytime help bills",
            "citytime nowhere",
            "citytime login --username rosa",
            "citytime staff bills import bills.csv",
        ] {
            let arguments = arguments(line);
            assert_eq!(told(parse(&arguments)), told(parse_with(whole(), &arguments)), "{line}");
        }
    }
}
