//! The flags every command takes, wherever they stand. What they mean together with variables and the config file is
//! decided in [`resolve`](super::resolve).

use std::{path::PathBuf, time::Duration};

use clap::{ArgAction, Args, ValueHint};

use super::{
    duration,
    output::{ColorChoice, Format},
};
use crate::number;

/// The heading they stand under in help.
pub const HEADING: &str = "Global flags";

/// The flags as typed; `None` and `false` where they were not.
#[derive(Args, Debug, Clone, Default)]
pub struct GlobalFlags {
    /// The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]
    #[arg(short, long, global = true, help_heading = HEADING, value_name = "NAME|URL", value_hint = ValueHint::Url)]
    pub city: Option<String>,

    /// How to print what comes back [env: CITYTIME_OUTPUT]
    #[arg(
        short,
        long,
        global = true,
        help_heading = HEADING,
        value_name = "FORMAT",
        value_enum,
        conflicts_with = "json"
    )]
    pub output: Option<Format>,

    /// Print JSON: the same as `-o json`
    #[arg(long, global = true, help_heading = HEADING)]
    pub json: bool,

    /// Print only these columns (fields, in JSON), in this order
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        value_name = "A,B",
        value_delimiter = ',',
        action = ArgAction::Set,
        value_parser = column
    )]
    pub columns: Option<Vec<String>>,

    /// Leave the row of column names out
    #[arg(long, global = true, help_heading = HEADING, hide_short_help = true)]
    pub no_header: bool,

    /// Filter the JSON with a jq expression; texts are printed without quotes
    #[arg(long, global = true, help_heading = HEADING, value_name = "EXPR")]
    pub jq: Option<String>,

    /// When to use colour [env: NO_COLOR, CLICOLOR_FORCE]
    #[arg(long, global = true, help_heading = HEADING, hide_short_help = true, value_name = "WHEN", value_enum)]
    pub color: Option<ColorChoice>,

    /// Say nothing but results, warnings and errors
    #[arg(short, long, global = true, help_heading = HEADING, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]
    #[arg(short, long, global = true, help_heading = HEADING, action = ArgAction::Count)]
    pub verbose: u8,

    /// Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]
    #[arg(long, global = true, help_heading = HEADING, hide_short_help = true)]
    pub no_input: bool,

    /// Agree to what would be asked
    #[arg(short, long, global = true, help_heading = HEADING)]
    pub yes: bool,

    /// How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        hide_short_help = true,
        value_name = "TIME",
        value_parser = duration::parse
    )]
    pub timeout: Option<Duration>,

    /// How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        hide_short_help = true,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = number::within::<u32, _>(0..=20)
    )]
    pub retries: Option<u32>,

    /// Name this change, so that repeating it does not do it twice
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        hide_short_help = true,
        value_name = "KEY",
        value_parser = idempotency_key
    )]
    pub idempotency_key: Option<String>,

    /// Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        hide_short_help = true,
        value_name = "FILE",
        value_hint = ValueHint::FilePath
    )]
    pub cacert: Option<PathBuf>,
}

fn column(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("a column name is missing; write them as in id,status,due_on".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// A key of 1 to 255 visible ASCII characters: what a header can carry.
fn idempotency_key(text: &str) -> Result<String, String> {
    if (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err("a key has 1 to 255 letters, digits or signs and no spaces, as in rent-2026-11-22".to_owned())
    }
}
