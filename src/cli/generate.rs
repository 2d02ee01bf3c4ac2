//! Completion scripts and manual pages, made from the tree of commands. `completions/` and `man/` are written by the
//! hidden `citytime generate`, and a test says when they are stale.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum as _};
use clap_complete::{Shell, env::Shells};

use super::{Context, command};
use crate::{
    failure::{Failure, Result},
    settings::environment::COMPLETE,
    ui::Outcome,
};

const NAME: &str = "citytime";
/// The date the manual pages bear: that of the last change of the command line.
const MAN_DATE: &str = "2026-11-23";

/// Print a completion script for a shell
///
/// The script asks citytime for words, so that it also knows your cities, bills and payment methods. With --static it
/// knows the commands and flags only, and asks nobody.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  source <(citytime completions bash)
  citytime completions zsh > ~/.zfunc/_citytime
  citytime completions fish > ~/.config/fish/completions/citytime.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
    /// Leave out what only the portal knows
    #[arg(long = "static")]
    fixed: bool,
}

/// Print the manual page, or write the pages of all commands to a folder
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime man | man -l -\n  citytime man ~/.local/share/man/man1")]
pub(super) struct ManArgs {
    /// The folder; made where there is none
    #[arg(value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

/// Write completions/ and man/ to a folder
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime generate .")]
pub(super) struct GenerateArgs {
    /// The folder they are in
    #[arg(value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

pub(super) async fn completions(_: &mut Context, args: CompletionsArgs) -> Result<Outcome> {
    let script = if args.fixed { fixed(args.shell)? } else { asking(args.shell)? };
    Ok(Outcome::Text(script))
}

pub(super) async fn man(context: &mut Context, args: ManArgs) -> Result<Outcome> {
    let pages = pages()?;
    let Some(folder) = &args.folder else {
        let whole = format!("{NAME}.1");
        let page = pages.into_iter().find(|(name, _)| *name == whole).map(|(_, text)| text);
        return Ok(Outcome::Text(page.unwrap_or_default()));
    };
    let written = pages.len();
    write(folder, pages)?;
    context.ui.note(format!("{written} pages were written to {}", folder.display()));
    Ok(Outcome::Nothing)
}

pub(super) async fn files(_: &mut Context, args: GenerateArgs) -> Result<Outcome> {
    write(&args.folder.join("completions"), scripts()?)?;
    write(&args.folder.join("man"), pages()?)?;
    Ok(Outcome::Nothing)
}

/// The completion scripts packages install: file name and text.
pub(super) fn scripts() -> Result<Vec<(String, String)>> {
    let script = |&shell: &Shell| {
        let name = clap_complete::Generator::file_name(&shell, NAME);
        Ok((name, fixed(shell)?))
    };
    Shell::value_variants().iter().map(script).collect()
}

/// The manual pages: file name and text.
pub(super) fn pages() -> Result<Vec<(String, String)>> {
    let mut tree = command();
    tree.build();
    let mut pages = Vec::new();
    collect(&tree, &mut pages)?;
    Ok(pages)
}

fn collect(command: &clap::Command, pages: &mut Vec<(String, String)>) -> Result<()> {
    let man = clap_mangen::Man::new(command.clone()).date(MAN_DATE).manual("Citytime");
    let mut text = Vec::new();
    man.render(&mut text).map_err(|error| unwritten(&error))?;
    pages.push((man.get_filename(), String::from_utf8_lossy(&text).into_owned()));
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    shown.into_iter().try_for_each(|command| collect(command, pages))
}

/// A script that knows commands and flags.
fn fixed(shell: Shell) -> Result<String> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), NAME, &mut script);
    String::from_utf8(script).map_err(|error| Failure::bug(error.to_string()))
}

/// A script that asks citytime.
fn asking(shell: Shell) -> Result<String> {
    let shells = Shells::builtins();
    let known = shells.completer(&shell.to_string());
    let known = known.ok_or_else(|| Failure::bug(format!("{shell} has no completion script")))?;
    let mut script = Vec::new();
    known.write_registration(COMPLETE.name, NAME, NAME, NAME, &mut script).map_err(|error| unwritten(&error))?;
    String::from_utf8(script).map_err(|error| Failure::bug(error.to_string()))
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::bug(format!("a page cannot be made: {error}"))
}

fn write(folder: &Path, files: Vec<(String, String)>) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, error))?;
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| Failure::file("write", &path, error))?;
    }
    Ok(())
}
