//! How results are printed: the format, colour and verbosity that were settled, and what the streams are.

use std::io::IsTerminal;

use anstyle::Style;
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

/// Whether colour is used, once the choice met the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Colour,
    Plain,
}

impl Paint {
    /// The text in a style, where colour is used.
    pub(super) fn over(self, style: Style, text: &str) -> String {
        match self {
            Self::Colour if !text.is_empty() => format!("{style}{text}{style:#}"),
            _ => text.to_owned(),
        }
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

/// What the three streams of the process are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Streams {
    /// Whether stdin is a terminal.
    pub input: Stream,
    /// What stdout is.
    pub output: Stream,
    /// What stderr is.
    pub errors: Stream,
    /// How wide and high the terminal is, in cells.
    pub size: Option<(u16, u16)>,
}

/// What a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stream {
    /// A file, a pipe, nothing.
    #[default]
    Piped,
    /// A terminal.
    Terminal,
}

impl Stream {
    /// Whether it is a terminal.
    pub fn is_terminal(self) -> bool {
        self == Self::Terminal
    }

    fn of(stream: &impl IsTerminal) -> Self {
        if stream.is_terminal() { Self::Terminal } else { Self::Piped }
    }
}

impl Streams {
    /// The streams of this process.
    pub fn detect() -> Self {
        let output = Stream::of(&std::io::stdout());
        let size = output.is_terminal().then(|| terminal_size::terminal_size_of(std::io::stdout())).flatten();
        Self {
            input: Stream::of(&std::io::stdin()),
            output,
            errors: Stream::of(&std::io::stderr()),
            size: size.map(|(width, height)| (width.0, height.0)),
        }
    }
}
