//! All of it together: flag > environment > config file > default, resolved once. Each setting remembers where it
//! comes from.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use super::{
    address::PortalUrl,
    config::{self, Config},
    duration,
    environment::{self, Environment, Variable},
    flags::GlobalFlags,
    output::{Asking, ColorChoice, Consent, Format, Header, OutputSettings, Verbosity},
    profiles::Profile,
};
use crate::failure::{Failure, Result};

/// How long to wait for an answer, unless told.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// How often to try again, unless told.
pub const RETRIES: u32 = 3;

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// The config file.
    File(PathBuf),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::File(path) => path.display().fmt(f),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Everything that was settled.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The city as asked for: a profile's name or a URL. [`Settings::profile`] finds it.
    pub city: Setting<Option<String>>,
    /// How to print; `None`: as the stream asks for.
    pub output: Setting<Option<Format>>,
    /// The columns to print.
    pub columns: Option<Vec<String>>,
    /// Whether tables begin with their column names.
    pub header: Header,
    /// The jq expression.
    pub jq: Option<String>,
    /// When to use colour.
    pub color: Setting<ColorChoice>,
    /// How much to say.
    pub verbosity: Setting<Verbosity>,
    /// Whether to ask.
    pub asking: Setting<Asking>,
    /// Whether what would be asked is agreed to.
    pub consent: Consent,
    /// How long to wait for an answer.
    pub timeout: Setting<Duration>,
    /// How often to try again.
    pub retries: Setting<u32>,
    /// What to call this change, so that it is not done twice.
    pub idempotency_key: Option<String>,
    /// The certificates to trust, and no others; `None`: those of the system. See [`Settings::cacert_for`].
    pub cacert: Setting<Option<PathBuf>>,
    /// The cities known by name.
    pub profiles: Vec<Profile>,
}

impl Settings {
    /// Resolves everything. `config` is called once; what it fails with is the failure.
    pub fn resolve(
        flags: &GlobalFlags,
        environment: &Environment,
        config: impl FnOnce() -> Result<Config>,
    ) -> Result<Self> {
        let config = config()?;
        let from = Sources { environment, path: &config.path };
        let output = flags.output.or(flags.json.then_some(Format::Json));
        let output = from.pick(flag(output, "--output"), environment::OUTPUT, str::parse, config.output)?;
        let settings = Self {
            city: from.pick(flag(flags.city.clone(), "--city"), environment::CITY, text, config.city.clone())?,
            output: printed(output, flags)?,
            columns: flags.columns.clone(),
            header: if flags.no_header { Header::Hidden } else { Header::Shown },
            jq: flags.jq.clone(),
            color: from.color(flags.color, config.color),
            verbosity: from.verbosity(flags)?,
            asking: from.asking(flags, config.no_input),
            consent: if flags.yes { Consent::Given } else { Consent::Asked },
            timeout: from
                .pick(flag(flags.timeout, "--timeout"), environment::TIMEOUT, duration::parse, config.timeout)?
                .or(TIMEOUT),
            retries: from
                .pick(flag(flags.retries, "--retries"), environment::RETRIES, retries, config.retries)?
                .or(RETRIES),
            idempotency_key: flags.idempotency_key.clone(),
            cacert: from.pick(flag(flags.cacert.clone(), "--cacert"), environment::CACERT, path, config.cacert)?,
            profiles: config.profiles,
        };
        Ok(settings)
    }

    /// What concerns the ui.
    pub fn output_settings(&self) -> OutputSettings {
        // CLICOLOR_FORCE is for what people read: programs that read JSON get no escapes unless the flag asks for them.
        let json = self.jq.is_some() || self.output.value.is_some_and(Format::is_json);
        let forced = self.color.origin == Origin::Variable(environment::CLICOLOR_FORCE.name);
        OutputSettings {
            format: self.output.value,
            columns: self.columns.clone(),
            header: self.header,
            jq: self.jq.clone(),
            color: if json && forced { ColorChoice::Auto } else { self.color.value },
            verbosity: self.verbosity.value,
            asking: self.asking.value,
            consent: self.consent,
        }
    }

    /// The city to talk to: the one asked for, the default one, or the only one there is.
    pub fn profile(&self) -> Result<Profile> {
        match (&self.city.value, self.profiles.as_slice()) {
            (Some(url), known) if url.contains("://") => {
                let url = url.parse::<PortalUrl>()?;
                // A city known by name keeps its token-command and certificates when its URL is typed.
                let same = known.iter().find(|profile| profile.url == url).cloned();
                Ok(same.unwrap_or_else(|| Profile::of_url(url)))
            }
            (Some(name), known) => config::named(known, name),
            (None, [only]) => Ok(only.clone()),
            (None, []) => Err(Failure::usage("no city was chosen")
                .hint("add yours: citytime city add NAME URL; or try the made-up one: citytime sandbox")),
            (None, several) => {
                let names = several.iter().filter_map(|profile| profile.name.as_deref()).collect::<Vec<_>>();
                Err(Failure::usage("no city was chosen, and you have several")
                    .hint(format!("say which with -c, or choose one: citytime city use {}", names.join("|"))))
            }
        }
    }

    /// The certificates to trust at a city: flag and variable before the profile's, before the file's.
    pub fn cacert_for<'a>(&'a self, profile: &'a Profile) -> Option<&'a PathBuf> {
        match self.cacert.origin {
            Origin::Flag(_) | Origin::Variable(_) => self.cacert.value.as_ref(),
            Origin::File(_) | Origin::Default => profile.cacert.as_ref().or(self.cacert.value.as_ref()),
        }
    }
}

impl<T> Setting<Option<T>> {
    /// The value, or this one.
    fn or(self, default: T) -> Setting<T> {
        Setting { value: self.value.unwrap_or(default), origin: self.origin }
    }
}

fn flag<T>(value: Option<T>, name: &'static str) -> Option<Setting<T>> {
    value.map(|value| Setting { value, origin: Origin::Flag(name) })
}

fn text(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(text.to_owned())
}

fn path(text: &str) -> Result<PathBuf, std::convert::Infallible> {
    Ok(PathBuf::from(text))
}

fn retries(text: &str) -> Result<u32, String> {
    let number = u32::from_str(text).ok().filter(|&number| number <= 20);
    number.ok_or_else(|| format!("`{text}` is no number from 0 to 20"))
}

/// `--jq` is about JSON: a format asked for beside it must be one; one that is only usual gives way.
fn printed(output: Setting<Option<Format>>, flags: &GlobalFlags) -> Result<Setting<Option<Format>>> {
    match output.value {
        Some(format) if flags.jq.is_some() && !format.is_json() => match output.origin {
            Origin::Flag(_) => Err(Failure::usage(format!("--jq filters JSON, and -o {format} is none"))
                .hint("leave -o out, or use -o json or -o jsonl")),
            _ => Ok(Setting { value: Some(Format::Json), origin: Origin::Flag("--jq") }),
        },
        None if flags.jq.is_some() => Ok(Setting { value: Some(Format::Json), origin: Origin::Flag("--jq") }),
        _ => Ok(output),
    }
}

/// Where values come from beside flags.
struct Sources<'a> {
    environment: &'a Environment,
    path: &'a PathBuf,
}

impl Sources<'_> {
    fn pick<T, E: fmt::Display>(
        &self,
        flag: Option<Setting<T>>,
        variable: &'static Variable,
        parse: impl FnOnce(&str) -> Result<T, E>,
        file: Option<T>,
    ) -> Result<Setting<Option<T>>> {
        if let Some(Setting { value, origin }) = flag {
            return Ok(Setting { value: Some(value), origin });
        }
        if let Some(text) = self.environment.text(variable)? {
            let value = parse(text).map_err(|why| {
                Failure::usage(format!("{}: {why}", variable.name))
                    .hint(format!("correct the variable, or take it away: unset {}", variable.name))
            })?;
            return Ok(Setting { value: Some(value), origin: Origin::Variable(variable.name) });
        }
        let origin = if file.is_some() { self.file() } else { Origin::Default };
        Ok(Setting { value: file, origin })
    }

    fn file(&self) -> Origin {
        Origin::File(self.path.clone())
    }

    fn color(&self, flag: Option<ColorChoice>, file: Option<ColorChoice>) -> Setting<ColorChoice> {
        let variable = |variable: &Variable| Origin::Variable(variable.name);
        let dumb = matches!(self.environment.text(environment::TERM), Ok(Some("dumb")));
        let (value, origin) = match (flag, file) {
            (Some(choice), _) => (choice, Origin::Flag("--color")),
            _ if self.environment.has(environment::NO_COLOR) => (ColorChoice::Never, variable(environment::NO_COLOR)),
            _ if self.environment.on(environment::CLICOLOR_FORCE) => {
                (ColorChoice::Always, variable(environment::CLICOLOR_FORCE))
            }
            (None, Some(choice)) => (choice, self.file()),
            (None, None) if dumb => (ColorChoice::Never, variable(environment::TERM)),
            (None, None) => (ColorChoice::Auto, Origin::Default),
        };
        Setting { value, origin }
    }

    fn verbosity(&self, flags: &GlobalFlags) -> Result<Setting<Verbosity>> {
        let flag = match (flags.quiet, flags.verbose) {
            (true, _) => flag(Some(Verbosity::Quiet), "--quiet"),
            (false, 0) => None,
            (false, 1) => flag(Some(Verbosity::Verbose), "-v"),
            (false, _) => flag(Some(Verbosity::Trace), "-vv"),
        };
        Ok(self.pick(flag, environment::LOG, str::parse, None)?.or(Verbosity::Normal))
    }

    fn asking(&self, flags: &GlobalFlags, file: Option<bool>) -> Setting<Asking> {
        let variable = [environment::NO_INPUT, environment::CI].into_iter().find(|known| self.environment.on(known));
        let (value, origin) = match (flags.no_input, variable, file) {
            (true, ..) => (Asking::Never, Origin::Flag("--no-input")),
            (_, Some(variable), _) => (Asking::Never, Origin::Variable(variable.name)),
            (_, None, Some(true)) => (Asking::Never, self.file()),
            (_, None, Some(false)) => (Asking::Allowed, self.file()),
            (_, None, None) => (Asking::Allowed, Origin::Default),
        };
        Setting { value, origin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Profile {
        Profile { name: Some(name.to_owned()), ..Profile::of_url(format!("https://{name}.example").parse().unwrap()) }
    }

    fn resolve(flags: &GlobalFlags, pairs: &[(&'static Variable, &str)], config: Config) -> Result<Settings> {
        Settings::resolve(flags, &Environment::of(pairs.iter().copied()), || Ok(config))
    }

    #[test]
    fn a_flag_before_a_variable_before_the_file_before_the_default() {
        let config = || Config { timeout: Some(Duration::from_secs(1)), path: "/c".into(), ..Config::default() };
        let flags = GlobalFlags { timeout: Some(Duration::from_secs(3)), ..GlobalFlags::default() };
        let variable = [(environment::TIMEOUT, "2s")];
        let none = GlobalFlags::default();
        let seen = |settings: Result<Settings>| {
            let timeout = settings.unwrap().timeout;
            (timeout.value.as_secs(), timeout.origin.to_string())
        };
        assert_eq!(seen(resolve(&flags, &variable, config())), (3, "--timeout".to_owned()));
        assert_eq!(seen(resolve(&none, &variable, config())), (2, "CITYTIME_TIMEOUT".to_owned()));
        assert_eq!(seen(resolve(&none, &[], config())), (1, "/c".to_owned()));
        assert_eq!(seen(resolve(&none, &[], Config::default())), (30, "default".to_owned()));
        let wrong = resolve(&none, &[(environment::RETRIES, "many")], Config::default()).unwrap_err();
        assert_eq!(wrong.message, "CITYTIME_RETRIES: `many` is no number from 0 to 20");
    }

    #[test]
    fn colour_and_questions() {
        let none = GlobalFlags::default();
        let color = |pairs: &[(&'static Variable, &str)]| resolve(&none, pairs, Config::default()).unwrap().color.value;
        assert_eq!(color(&[(environment::NO_COLOR, "1"), (environment::CLICOLOR_FORCE, "1")]), ColorChoice::Never);
        assert_eq!(color(&[(environment::CLICOLOR_FORCE, "1")]), ColorChoice::Always);
        assert_eq!(color(&[(environment::CLICOLOR_FORCE, "0")]), ColorChoice::Auto);
        assert_eq!(color(&[(environment::TERM, "dumb")]), ColorChoice::Never);
        let settings = resolve(&none, &[(environment::CI, "true")], Config::default()).unwrap();
        assert_eq!(settings.asking, Setting { value: Asking::Never, origin: Origin::Variable("CI") });
    }

    #[test]
    fn jq_means_json() {
        let jq = |output| GlobalFlags { jq: Some(".".to_owned()), output, ..GlobalFlags::default() };
        let format = |flags: &GlobalFlags, pairs: &[(&'static Variable, &str)]| {
            resolve(flags, pairs, Config::default()).map(|settings| settings.output.value)
        };
        assert_eq!(format(&jq(None), &[]).unwrap(), Some(Format::Json));
        assert_eq!(format(&jq(None), &[(environment::OUTPUT, "table")]).unwrap(), Some(Format::Json));
        assert_eq!(format(&jq(Some(Format::Jsonl)), &[]).unwrap(), Some(Format::Jsonl));
        assert!(format(&jq(Some(Format::Csv)), &[]).is_err());
    }

    #[test]
    fn which_city() {
        let none = GlobalFlags::default();
        let with = |city: Option<&str>, profiles: &[&str]| {
            let config = Config {
                city: city.map(str::to_owned),
                profiles: profiles.iter().map(|name| named(name)).collect(),
                ..Config::default()
            };
            resolve(&none, &[], config).unwrap().profile()
        };
        assert_eq!(with(None, &["riverton"]).unwrap(), named("riverton"));
        assert_eq!(with(Some("b"), &["a", "b"]).unwrap(), named("b"));
        assert_eq!(with(Some("https://b.example/"), &["a", "b"]).unwrap(), named("b"));
        assert_eq!(with(Some("http://127.0.0.1:1"), &["a"]).unwrap().name, None);
        assert!(with(None, &[]).unwrap_err().hint.unwrap().contains("citytime sandbox"));
        assert!(with(None, &["a", "b"]).unwrap_err().hint.unwrap().contains("a|b"));
        assert!(with(Some("rivertn"), &["riverton"]).unwrap_err().hint.unwrap().contains("`riverton`"));
        assert!(with(Some("https://"), &[]).is_err());
    }
}
