//! Longer texts are typed in the person's own editor, in a file only they can read.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use tempfile::NamedTempFile;

use super::{Ui, output::Stream, sanitise};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// Parts the text from what explains it.
const BELOW: &str = "------------------------ >8 ------------------------";

/// The file a text was typed in.
#[derive(Debug)]
pub struct Draft(NamedTempFile);

impl Draft {
    /// Keeps the file when the command ends, and says where it is.
    pub fn keep(self) -> Result<PathBuf> {
        let path = self.0.path().to_owned();
        self.0.keep().map(|(_, path)| path).map_err(|error| Failure::file("keep", &path, error.error))
    }
}

impl Ui {
    /// Opens an editor (a command line for the shell, as `$EDITOR` is) on an empty text, and returns what was typed.
    /// Below it stands what it is about. Where nobody can type, the failure names the flag that gives the text.
    pub fn edit(&mut self, editor: &str, about: &str, flag: &str) -> Result<(String, Draft)> {
        if !self.is_interactive() {
            let failure = Failure::new(Code::InputNeeded, "a text is needed, but there is no terminal to type it on");
            return Err(failure.hint(format!("give it with {flag}")));
        }
        let mut file = tempfile::Builder::new()
            .prefix("citytime-")
            .suffix(".txt")
            .tempfile()
            .map_err(|error| Failure::file("make a file to type in, in", &std::env::temp_dir(), error))?;
        let failed = |path: &Path, error| Failure::file("write", path, error);
        let explained = format!(
            "\n{BELOW}\nWrite above this line {}.\nNothing from the line on is sent; an empty text sends nothing.\n",
            sanitise::line(about)
        );
        file.write_all(explained.as_bytes()).and_then(|()| file.flush()).map_err(|error| failed(file.path(), error))?;
        let status = run(editor, file.path(), self.screen()).map_err(|error| {
            Failure::new(Code::File, format!("the editor `{editor}` cannot be run: {error}"))
                .because(error)
                .hint(format!("name another one in EDITOR, or give the text with {flag}"))
        })?;
        if !status.success() {
            let failure =
                Failure::new(Code::Interrupted, format!("the editor `{editor}` failed ({status}): nothing was sent"));
            return Err(failure.hint(format!("name another one in EDITOR, or give the text with {flag}")));
        }
        // By its path: editors write a new file and put it in the old one's place.
        let typed = std::fs::read(file.path()).map_err(|error| Failure::file("read", file.path(), error))?;
        let typed = String::from_utf8_lossy(&typed);
        let text = typed.split_once(BELOW).map_or(&*typed, |(text, _)| text);
        Ok((text.trim().to_owned(), Draft(file)))
    }
}

impl Ui {
    /// Where an editor draws: where results are piped away, it must not be among them.
    fn screen(&self) -> Stdio {
        match self.streams.output {
            Stream::Terminal => Stdio::inherit(),
            Stream::Piped => Stdio::from(std::io::stderr()),
        }
    }
}

/// `$EDITOR` may have arguments: the shell takes it apart, as it does for every program that asks for an editor.
#[cfg(unix)]
fn run(editor: &str, file: &Path, screen: Stdio) -> std::io::Result<ExitStatus> {
    Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("editor").arg(file).stdout(screen).status()
}

#[cfg(not(unix))]
fn run(editor: &str, file: &Path, screen: Stdio) -> std::io::Result<ExitStatus> {
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or(editor)).args(words).arg(file).stdout(screen).status()
}
