//! The one registry of environment variables: what citytime reads, what each means. `citytime help environment` is
//! written from it, and nothing else reads the environment.

use std::{
    collections::HashMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::failure::{Failure, Result};

/// A variable citytime knows.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a line.
    pub meaning: &'static str,
    /// A value one may give it.
    pub example: &'static str,
}

macro_rules! variables {
    ($($(#[$meta:meta])* $constant:ident = $name:literal, $example:literal, $meaning:literal;)+) => {
        $(#[doc = $meaning] $(#[$meta])* pub const $constant: &Variable =
            &Variable { name: $name, meaning: $meaning, example: $example };)+

        /// Every variable, in the order help shows them.
        pub static VARIABLES: &[&Variable] = &[$($constant),+];
    };
}

variables! {
    CITY = "CITYTIME_CITY", "riverton", "The city to talk to: a profile's name or a URL.";
    TOKEN = "CITYTIME_TOKEN", "ctp_…", "The token to sign in with, before any other.";
    TOKEN_FILE = "CITYTIME_TOKEN_FILE", "/run/secrets/citytime", "A file whose first line is the token.";
    OUTPUT = "CITYTIME_OUTPUT", "json", "How to print: table, json, jsonl, csv, tsv or ids.";
    TIMEOUT = "CITYTIME_TIMEOUT", "30s", "How long to wait for an answer.";
    RETRIES = "CITYTIME_RETRIES", "3", "How often to try again.";
    CACERT = "CITYTIME_CACERT", "/etc/ssl/city.pem", "A PEM file with the certificates to trust, and no others.";
    NO_INPUT = "CITYTIME_NO_INPUT", "1", "Never ask; a question that is needed ends the command with status 2.";
    CI = "CI", "true", "Set by build services: the same as CITYTIME_NO_INPUT.";
    LOG = "CITYTIME_LOG", "verbose", "How much to say: quiet, normal, verbose or trace.";
    CONFIG_DIR = "CITYTIME_CONFIG_DIR", "/home/rosa/.citytime", "The folder of config.toml and credentials.toml.";
    VISUAL = "VISUAL", "vim", "The editor longer texts are typed in.";
    EDITOR = "EDITOR", "nano", "The editor, where VISUAL names none.";
    NO_COLOR = "NO_COLOR", "1", "No colour, on any stream.";
    CLICOLOR_FORCE = "CLICOLOR_FORCE", "1", "Colour, also where the stream is no terminal.";
    COMPLETE = "CITYTIME_COMPLETE", "bash", "Set by the scripts of `citytime completions`: asks for words to complete with.";
    TERM = "TERM", "xterm-256color", "The terminal's kind; `dumb` has no colour and no progress.";
    DISPLAY = "DISPLAY", ":0", "Set by X11: `wallet add` opens the processor's page in a browser.";
    WAYLAND_DISPLAY = "WAYLAND_DISPLAY", "wayland-0", "Set by Wayland: the same.";
    STAFF_TOKEN = "CITYTIME_STAFF_TOKEN", "cts_…", "Set by the sandbox: a clerk's token.";
    SANDBOX_PASSWORD = "CITYTIME_SANDBOX_PASSWORD", "…", "Set by the sandbox: the password of its resident rosa.";
    SANDBOX_MAIL = "CITYTIME_SANDBOX_MAIL", "/tmp/…/mail", "Set by the sandbox: the folder its mail and SMS land in.";
}

/// What `citytime help environment` says: every variable, its meaning, an example.
pub fn help() -> String {
    let mut text = "Variables citytime reads. Flags go before them, the config file after them.\n\n".to_owned();
    for variable in VARIABLES {
        text.push_str(&format!("{}={}\n    {}\n", variable.name, variable.example, variable.meaning));
    }
    text
}

/// The shell's search path with one more folder before it, for a command that is run.
#[expect(clippy::disallowed_methods, reason = "this is the registry")]
pub fn search_path_with(folder: &Path) -> Result<OsString> {
    let present = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&present));
    std::env::join_paths(folders).map_err(|error| Failure::bug(format!("PATH cannot be made: {error}")))
}

/// The variables of one process, read once.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    values: HashMap<&'static str, OsString>,
}

impl Environment {
    /// The variables of this process. An empty one counts as unset.
    #[expect(clippy::disallowed_methods, reason = "this is the registry")]
    pub fn capture() -> Self {
        let values = VARIABLES.iter().filter_map(|variable| {
            let value = std::env::var_os(variable.name).filter(|value| !value.is_empty())?;
            Some((variable.name, value))
        });
        Self { values: values.collect() }
    }

    /// An environment of these pairs; names that are not in the registry are left out.
    pub fn of<V: Into<OsString>>(pairs: impl IntoIterator<Item = (&'static Variable, V)>) -> Self {
        Self { values: pairs.into_iter().map(|(variable, value)| (variable.name, value.into())).collect() }
    }

    /// Whether it is set.
    pub fn has(&self, variable: &Variable) -> bool {
        self.values.contains_key(variable.name)
    }

    /// Its value. Fails where that is no UTF-8.
    pub fn text(&self, variable: &Variable) -> Result<Option<&str>> {
        let Some(value) = self.values.get(variable.name) else { return Ok(None) };
        let text = value.to_str().ok_or_else(|| Failure::usage(format!("{} is not UTF-8", variable.name)))?;
        Ok(Some(text))
    }

    /// Its value as a path.
    pub fn path(&self, variable: &Variable) -> Option<PathBuf> {
        self.values.get(variable.name).map(PathBuf::from)
    }

    /// Whether it is set to anything but `0`, `false` or `no`.
    pub fn on(&self, variable: &Variable) -> bool {
        let value = self.values.get(variable.name);
        value.is_some_and(|value| !matches!(value.to_str(), Some("0" | "false" | "no")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_set_them() {
        let environment = Environment::of([(CI, "false"), (NO_INPUT, "1"), (CITY, "riverton")]);
        assert!(!environment.on(CI) && environment.on(NO_INPUT) && !environment.on(NO_COLOR));
        assert_eq!(environment.text(CITY).unwrap(), Some("riverton"));
        assert_eq!(environment.path(TOKEN_FILE), None);
    }
}
