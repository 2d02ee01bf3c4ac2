//! How results are printed, how much is said and whether anything is asked: what flags, variables and the config file
//! can say of it.

use clap::builder::PossibleValue;

use crate::{api::word::Word, words};

words! {
    /// How results are printed.
    pub enum Format ("output format") {
        /// For people: aligned, fitted to the terminal.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// Comma-separated, RFC 4180.
        Csv = "csv",
        /// Tab-separated.
        Tsv = "tsv",
        /// The first column alone.
        Ids = "ids",
    }
}

words! {
    /// When colour is used.
    pub enum ColorChoice ("choice of colour") {
        /// On a terminal that can.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

words! {
    /// How much is said on stderr.
    pub enum Verbosity ("verbosity") {
        /// Warnings and errors.
        Quiet = "quiet",
        /// Notes too.
        Normal = "normal",
        /// What lies behind an error too.
        Verbose = "verbose",
        /// Every HTTP request too, with secrets left out.
        Trace = "trace",
    }
}

impl Format {
    /// Whether errors are told as one JSON object.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

impl clap::ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl clap::ValueEnum for ColorChoice {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

/// Whether a table begins with its column names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Header {
    /// It does.
    #[default]
    Shown,
    /// `--no-header`.
    Hidden,
}

/// Whether questions may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asking {
    /// On a terminal.
    #[default]
    Allowed,
    /// `--no-input`: never.
    Never,
}

/// What is answered where a command asks whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Consent {
    /// The person is asked.
    #[default]
    Asked,
    /// `--yes`: given already.
    Given,
}

/// What was settled about output.
#[derive(Debug, Clone)]
pub struct OutputSettings {
    /// The format asked for; `None`: a table on a terminal, tab-separated otherwise.
    pub format: Option<Format>,
    /// The columns asked for.
    pub columns: Option<Vec<String>>,
    /// Whether tables begin with their column names.
    pub header: Header,
    /// The jq expression; the format is a JSON one then.
    pub jq: Option<String>,
    /// When colour is used.
    pub color: ColorChoice,
    /// How much is said.
    pub verbosity: Verbosity,
    /// Whether questions may be asked.
    pub asking: Asking,
    /// What is answered to "go on?".
    pub consent: Consent,
}

impl Default for OutputSettings {
    fn default() -> Self {
        Self {
            format: None,
            columns: None,
            header: Header::default(),
            jq: None,
            color: ColorChoice::Auto,
            verbosity: Verbosity::Normal,
            asking: Asking::default(),
            consent: Consent::default(),
        }
    }
}
