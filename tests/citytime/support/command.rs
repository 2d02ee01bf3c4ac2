//! A person's shell: a home folder and an environment of its own, commands run in it, and what they answered as one
//! text for a snapshot.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::leash;
use super::steady::steady;

/// The built binary.
const CITYTIME: &str = env!("CARGO_BIN_EXE_citytime");
/// How long a command may take before it is held to hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// A person's shell. Each has its own home, so several people of one test do not share a sign-in.
pub(crate) struct Shell {
    home: TempDir,
    variables: Vec<(OsString, OsString)>,
}

impl Shell {
    /// A shell in an empty home, with nothing of the environment the tests run in. `citytime` is on its PATH.
    pub(crate) fn new() -> Self {
        let home = leash::folder();
        let programs = Path::new(CITYTIME).parent().expect("the binary is in a folder");
        let mut shell = Self { home, variables: Vec::new() };
        shell.set("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()));
        shell.set("HOME", shell.home.path().to_owned());
        shell.set("CITYTIME_CONFIG_DIR", shell.home.path().join("config"));
        shell.set("TZ", "UTC");
        shell.set("LC_ALL", "C.UTF-8");
        shell.set("TERM", "xterm-256color");
        shell
    }

    /// The shell with a variable set: `Shell::new().with("CITYTIME_CITY", url)`.
    pub(crate) fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a variable for the commands to come.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.into()));
    }

    /// The home folder, which is also where commands run: `[DIR]` in snapshots.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file into the home folder and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home().join(name);
        std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// Runs what wants the password again of one of the made-up people, with it on stdin.
    pub(crate) async fn proven(&self, arguments: &str) -> Output {
        let line = format!("{arguments} --password-stdin");
        self.command(&line).stdin(citytime::portal::sandbox::PASSWORD).run().await
    }

    /// Runs citytime to its end: `shell.run("bills list --json").await`.
    pub(crate) async fn run(&self, arguments: impl Arguments) -> Output {
        self.command(arguments).run().await
    }

    /// A run of citytime, to be given standard input or variables of its own.
    pub(crate) fn command(&self, arguments: impl Arguments) -> Command<'_> {
        self.program(CITYTIME, arguments)
    }

    /// A run of any program: `shell.program("sh", [script])`.
    pub(crate) fn program(&self, program: impl Into<OsString>, arguments: impl Arguments) -> Command<'_> {
        Command {
            shell: self,
            program: program.into(),
            arguments: arguments.words(),
            stdin: None,
            variables: Vec::new(),
            patience: PATIENCE,
        }
    }
}

/// What follows a program's name: a line with blanks between its words and `'…'` around words with blanks, or a list.
pub(crate) trait Arguments {
    /// The words, one by one.
    fn words(self) -> Vec<OsString>;
}

impl Arguments for &str {
    fn words(self) -> Vec<OsString> {
        let mut words = Vec::new();
        let mut rest = self.trim_start();
        while !rest.is_empty() {
            let mut word = String::new();
            let mut quoted = false;
            let mut end = rest.len();
            for (position, letter) in rest.char_indices() {
                match letter {
                    '\'' => quoted = !quoted,
                    _ if letter.is_whitespace() && !quoted => {
                        end = position;
                        break;
                    }
                    _ => word.push(letter),
                }
            }
            assert!(!quoted, "a quote is left open in: {self}");
            words.push(word.into());
            rest = rest[end..].trim_start();
        }
        words
    }
}

impl Arguments for &String {
    fn words(self) -> Vec<OsString> {
        self.as_str().words()
    }
}

impl<W: Into<OsString>, const N: usize> Arguments for [W; N] {
    fn words(self) -> Vec<OsString> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<W: Into<OsString>> Arguments for Vec<W> {
    fn words(self) -> Vec<OsString> {
        self.into_iter().map(Into::into).collect()
    }
}

/// A program about to run.
pub(crate) struct Command<'a> {
    pub(super) shell: &'a Shell,
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    pub(super) variables: Vec<(OsString, OsString)>,
    pub(super) stdin: Option<String>,
    pub(super) patience: Duration,
}

impl Command<'_> {
    /// With a variable for this run alone.
    pub(crate) fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// With a text on standard input; without, standard input is empty.
    pub(crate) fn stdin(mut self, text: impl Into<String>) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// With another limit than 60 seconds.
    pub(crate) fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The environment of the run.
    pub(super) fn environment(&self) -> impl Iterator<Item = (&OsString, &OsString)> {
        self.shell.variables.iter().chain(&self.variables).map(|(name, value)| (name, value))
    }

    /// Runs to the end. A run that exceeds its limit is killed, with the programs it started, and fails the test.
    pub(crate) async fn run(self) -> Output {
        self.start().finish().await
    }
}

/// The status as a shell tells it: 128 and the signal's number for a killed program.
pub(super) fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default())
}

/// What a command answered. Shown as one text for a snapshot, made [`steady`].
#[derive(Debug, Clone)]
pub(crate) struct Output {
    /// The exit status.
    pub(crate) exit: i32,
    /// Standard output, as it was.
    pub(crate) stdout: String,
    /// Standard error, as it was.
    pub(crate) stderr: String,
    pub(super) folder: String,
}

impl Output {
    /// Asserts that the command succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert!(self.exit == 0, "the command failed\n{self}");
        self
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("stdout is no JSON document: {error}\n{self}"))
    }

    /// The JSON values on stdout, one a line.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("`{line}`: {error}\n{self}"));
        self.stdout.lines().map(parse).collect()
    }

    /// The error of a command that failed with a JSON format: the one object on stderr, whose `exit_code` is the
    /// status the command ended with, and nothing on stdout.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let mut document: Value = serde_json::from_str(&self.stderr)
            .unwrap_or_else(|error| panic!("stderr is no JSON document: {error}\n{self}"));
        let error = document["error"].take();
        assert!(error.is_object(), "stderr holds no error object\n{self}");
        assert!(self.exit != 0 && error["exit_code"] == self.exit, "exit_code is not the exit status\n{self}");
        assert!(self.stdout.is_empty(), "a failure has nothing on stdout\n{self}");
        error
    }
}

impl Output {
    /// The error of a command that failed with a JSON format, as lines for a snapshot, made [`steady`].
    #[track_caller]
    pub(crate) fn told(&self) -> String {
        let error = self.error();
        let text = |name: &str| error[name].as_str().unwrap_or("none").to_owned();
        let mut told = format!("{}, exit {}\n{}\nhint: {}", text("code"), self.exit, text("message"), text("hint"));
        for field in error["errors"].as_array().into_iter().flatten() {
            told +=
                &format!("\n{}: {}", field["pointer"].as_str().unwrap_or("?"), field["detail"].as_str().unwrap_or("?"));
        }
        steady(&told, &self.folder)
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { exit, stdout, stderr, .. } = self;
        // Each stream ends its last line, so that the next heading stands on its own.
        let ended = |text: &str| if text.is_empty() || text.ends_with('\n') { "" } else { "⏎ missing\n" };
        let (after_stdout, after_stderr) = (ended(stdout), ended(stderr));
        let text = format!("exit: {exit}\n----- stdout\n{stdout}{after_stdout}----- stderr\n{stderr}{after_stderr}");
        f.write_str(&steady(&text, &self.folder))
    }
}
