//! `citytime config`: what is settled, where each setting comes from, and settling it in `config.toml`.

use std::path::PathBuf;

use clap::{Args, Command, Subcommand, ValueHint};
use serde::Serialize;
use serde_json::{Value, json};
use toml_edit::Value as Toml;

use super::{Context, usage, words::of};
use crate::{
    api::word::Word,
    failure::{Failure, Result},
    settings::{Asking, Config, GlobalFlags, Origin, PortalUrl, Setting, Settings},
    ui::{Column, Outcome, Sheet},
    words,
};

words! {
    /// A setting of `config.toml`.
    pub enum Key ("setting") {
        /// The city to talk to.
        City = "city",
        /// How to print.
        Output = "output",
        /// When to use colour.
        Color = "color",
        /// How long to wait for an answer.
        Timeout = "timeout",
        /// How often to try again.
        Retries = "retries",
        /// The certificates to trust, and no others.
        Cacert = "cacert",
        /// Whether never to ask.
        NoInput = "no-input",
    }
}

/// A setting, its value and its origin.
pub(crate) static SETTING: Sheet = Sheet {
    noun: "setting",
    columns: &[Column::id("key"), Column::text("value"), Column::text("origin")],
    when_empty: None,
};

/// The settings file.
pub(crate) static FILE: Sheet = Sheet { noun: "settings file", columns: &[Column::text("path")], when_empty: None };

/// Settings: what is settled, and where it comes from
///
/// A flag goes before a variable, a variable before config.toml, and that before the default.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime config list\n  citytime config set timeout 60s\n  citytime config unset timeout"
)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    verb: Verb,
}

impl ConfigArgs {
    /// Whether it is there to mend a broken file: it needs none that is sound.
    pub(crate) fn mends(&self) -> bool {
        matches!(self.verb, Verb::Set(_) | Verb::Unset(_) | Verb::Path(_))
    }
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Get(GetArgs),
    Set(SetArgs),
    Unset(UnsetArgs),
    Path(PathArgs),
}

/// List every setting, its value and where that comes from
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  citytime config list\n  citytime config list --jq '.[] | select(.origin != \"default\")'"
)]
struct ListArgs {}

/// Show the value of a setting; with -o, also where it comes from
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime config get timeout\n  citytime config get city -o json")]
struct GetArgs {
    /// The setting
    #[arg(value_parser = of::<Key>())]
    key: Key,
}

/// Settle something in config.toml; the rest of the file stays as it is
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime config set output json\n  citytime config set no-input true")]
struct SetArgs {
    /// The setting
    #[arg(value_parser = of::<Key>())]
    key: Key,
    /// What its flag takes; true or false for no-input
    #[arg(value_hint = ValueHint::Other, allow_hyphen_values = true)]
    value: String,
}

/// Take a setting out of config.toml
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime config unset output")]
struct UnsetArgs {
    /// The setting
    #[arg(value_parser = of::<Key>())]
    key: Key,
}

/// Show where config.toml is, or would be
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  citytime config path\n  ${EDITOR:-vi} \"$(citytime config path)\"")]
struct PathArgs {}

/// A setting, as printed.
#[derive(Serialize)]
struct Settled {
    key: Key,
    value: Value,
    origin: String,
}

pub(crate) async fn run(context: &mut Context, args: ConfigArgs) -> Result<Outcome> {
    match args.verb {
        Verb::List(ListArgs {}) => {
            let all = Key::ALL.iter().map(|&key| settled(&context.settings, key)).collect::<Vec<_>>();
            Outcome::many(&SETTING, &all)
        }
        Verb::Get(GetArgs { key }) => {
            let settled = settled(&context.settings, key);
            if bare(context) {
                return Ok(Outcome::Text(match &settled.value {
                    Value::Null => String::new(),
                    Value::String(text) => format!("{text}\n"),
                    other => format!("{other}\n"),
                }));
            }
            Outcome::one(&SETTING, &settled)
        }
        Verb::Set(SetArgs { key, value }) => {
            context.ui.check_columns(&SETTING)?;
            let value = checked(context, key, &value)?;
            change(context, key, Some(value))
        }
        Verb::Unset(UnsetArgs { key }) => {
            context.ui.check_columns(&SETTING)?;
            change(context, key, None)
        }
        Verb::Path(PathArgs {}) => {
            let path = context.directories()?.config().display().to_string();
            if bare(context) {
                return Ok(Outcome::Text(format!("{path}\n")));
            }
            Outcome::one(&FILE, &json!({ "path": path }))
        }
    }
}

/// Whether one value is wanted by itself, as `$(citytime config get city)` does: nobody asked for a form.
fn bare(context: &Context) -> bool {
    !matches!(context.settings.output.origin, Origin::Flag(_) | Origin::Variable(_))
        && context.settings.columns.is_none()
}

/// Changes the file, and tells what holds then: a flag or variable may go before it.
fn change(context: &mut Context, key: Key, value: Option<Toml>) -> Result<Outcome> {
    let directories = context.directories()?;
    let wanted = value.as_ref().map(shown);
    Config::set(&directories, key.as_str(), value)?;
    let config = Config::load(&directories)?;
    let now = settled(&context.settled_by(config)?, key);
    if let Some(wanted) = wanted
        && now.origin != directories.config().display().to_string()
    {
        context.ui.warn(format!("{key} is {wanted} in the file, and {} goes before it", now.origin));
    }
    Outcome::one(&SETTING, &now)
}

/// A value of the file without what is around it there.
fn shown(value: &Toml) -> String {
    value.as_str().map_or_else(|| value.to_string().trim().to_owned(), str::to_owned)
}

fn settled(settings: &Settings, key: Key) -> Settled {
    fn told<T>(setting: &Setting<T>, value: impl FnOnce(&T) -> Value) -> (Value, String) {
        (value(&setting.value), setting.origin.to_string())
    }
    let (value, origin) = match key {
        Key::City => told(&settings.city, |city| json!(city)),
        Key::Output => told(&settings.output, |format| json!(format)),
        Key::Color => told(&settings.color, |choice| json!(choice)),
        Key::Timeout => told(&settings.timeout, |span| {
            let milliseconds = span.as_millis();
            json!(if milliseconds % 1000 == 0 {
                format!("{}s", milliseconds / 1000)
            } else {
                format!("{milliseconds}ms")
            })
        }),
        Key::Retries => told(&settings.retries, |count| json!(count)),
        Key::Cacert => told(&settings.cacert, |path| json!(path)),
        Key::NoInput => told(&settings.asking, |asking| json!(*asking == Asking::Never)),
    };
    Settled { key, value, origin }
}

/// A value as the file keeps it. What the flag would not take, the file does not, and it is told in the same words.
fn checked(context: &Context, key: Key, text: &str) -> Result<Toml> {
    if key == Key::NoInput {
        return match text {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(Failure::usage(format!("invalid value '{text}' for no-input: it is true or false"))),
        };
    }
    let flag = format!("--{key}={text}");
    let flags = GlobalFlags::augment_args(Command::new("citytime").no_binary_name(true));
    flags.try_get_matches_from([flag]).map_err(|error| {
        match usage::ended(&error, || "citytime config set".to_owned()) {
            usage::Ended::Failed(failure) => *failure,
            usage::Ended::Shown(_) | usage::Ended::Unfinished(..) => Failure::bug(format!("{key} is no flag")),
        }
    })?;
    match key {
        Key::City if text.contains("://") => {
            text.parse::<PortalUrl>().map_err(|error| Failure::usage(error.to_string()))?;
        }
        Key::City => drop(context.profiles()?.get(text)?),
        // The file is read from every folder.
        Key::Cacert => {
            let path = std::path::absolute(PathBuf::from(text))
                .map_err(|error| Failure::usage(format!("`{text}` is no path: {error}")))?;
            return Ok(path.display().to_string().into());
        }
        _ => {}
    }
    Ok(match (key, text.parse::<i64>()) {
        (Key::Retries, Ok(count)) => count.into(),
        _ => text.into(),
    })
}
