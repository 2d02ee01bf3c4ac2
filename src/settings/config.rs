//! `config.toml`: what a person settled once, and the cities they know.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use toml_edit::{Document, DocumentMut, Item, TableLike, Value};

use super::{
    api_key::ApiKey,
    directories::Directories,
    duration,
    kept::{Kept, Readers},
    output::{ColorChoice, Format},
    profiles::{Kind, Open311, Profile},
};
use crate::{
    failure::{Failure, Result},
    nearest::nearest,
};

/// The settings of the file; `None` where it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file, where there is one to name.
    pub path: PathBuf,
    /// The default city: a profile's name, or a URL.
    pub city: Option<String>,
    /// How to print.
    pub output: Option<Format>,
    /// When to use colour.
    pub color: Option<ColorChoice>,
    /// How long to wait for an answer.
    pub timeout: Option<Duration>,
    /// How often to try again.
    pub retries: Option<u32>,
    /// The certificates to trust, and no others.
    pub cacert: Option<PathBuf>,
    /// Whether never to ask.
    pub no_input: Option<bool>,
    /// The cities, in the file's order.
    pub profiles: Vec<Profile>,
}

/// The keys of the file.
const KEYS: [&str; 8] = ["city", "output", "color", "timeout", "retries", "cacert", "no-input", "cities"];
/// The keys of a city.
const CITY_KEYS: [&str; 9] = [
    "url",
    "kind",
    "token-command",
    "cacert",
    "jurisdiction-id",
    "format",
    "api-key-file",
    "api-key-command",
    "api-key-prompt",
];

impl Config {
    /// Reads the folder's `config.toml`; where there is none, nothing is settled. Fails with file and line where it is
    /// broken.
    pub fn load(directories: &Directories) -> Result<Self> {
        Self::read(&Kept::new(directories.config(), Readers::Anybody))
    }

    /// Sets a key of the folder's `config.toml`, or takes it away with `None`; the rest of the file, its comments too,
    /// stays. Fails, and changes nothing, where the file would be broken afterwards.
    pub fn set(directories: &Directories, key: &str, value: Option<Value>) -> Result<()> {
        let file = Kept::new(directories.config(), Readers::Anybody);
        file.change(|text| {
            let text = text.unwrap_or_default();
            let mut document = text.parse::<DocumentMut>().map_err(|error| file.not_toml(text, &error))?;
            match value {
                None => forget(&mut document, key),
                Some(mut value) => {
                    if let Some(old) = document.get(key).and_then(Item::as_value) {
                        *value.decor_mut() = old.decor().clone();
                    }
                    document[key] = Item::Value(value);
                }
            }
            let text = document.to_string();
            Self::parse(&file, &text)?;
            Ok(Some(text))
        })
    }

    pub(super) fn read(file: &Kept) -> Result<Self> {
        match file.read()? {
            Some(text) => Self::parse(file, &text),
            None => Ok(Self { path: file.path().to_owned(), ..Self::default() }),
        }
    }

    pub(super) fn parse(file: &Kept, text: &str) -> Result<Self> {
        let document = Document::parse(text).map_err(|error| file.not_toml(text, &error).hint(edit(file.path())))?;
        let reader = Reader { file, text, table: document.as_table() };
        reader.only(&KEYS)?;
        let mut config = Self {
            path: file.path().to_owned(),
            city: reader.text("city")?.map(str::to_owned),
            output: reader.word("output")?,
            color: reader.word("color")?,
            timeout: reader.read("timeout", duration::parse)?,
            retries: reader.retries()?,
            cacert: reader.text("cacert")?.map(PathBuf::from),
            no_input: reader.yes_no("no-input")?,
            profiles: Vec::new(),
        };
        if let Some(item) = document.get("cities") {
            let cities = item.as_table_like().ok_or_else(|| reader.wrong(item, "`cities` is a table"))?;
            for (name, item) in cities.iter() {
                let table = item.as_table_like().ok_or_else(|| reader.wrong(item, "a city is a table with a `url`"))?;
                config.profiles.push(Reader { table, ..reader }.profile(name, item)?);
            }
        }
        Ok(config)
    }
}

/// Removes a key; comments above the first may be about the whole file, and stay at its head.
pub(super) fn forget(document: &mut DocumentMut, key: &str) {
    let first = document.iter().next().is_some_and(|(first, _)| first == key);
    let above = document.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str()).map(str::to_owned);
    document.remove(key);
    if let Some(above) = above.filter(|above| first && above.contains('#')) {
        document.decor_mut().set_prefix(above);
    }
}

/// The profile of that name; a usage error that offers the nearest where there is none.
pub(super) fn named(profiles: &[Profile], name: &str) -> Result<Profile> {
    if let Some(found) = profiles.iter().find(|profile| profile.name.as_deref() == Some(name)) {
        return Ok(found.clone());
    }
    let names = profiles.iter().filter_map(|profile| profile.name.as_deref());
    let unknown = Failure::usage(format!("there is no city `{name}` in your settings"));
    Err(match nearest(name, names) {
        Some(near) => unknown.hint(format!("did you mean `{near}`? `citytime city list` shows those you have")),
        None => unknown.hint(format!("add it: citytime city add {name} URL")),
    })
}

/// Reads values out of a table, and says which line is wrong.
#[derive(Clone, Copy)]
struct Reader<'a> {
    file: &'a Kept,
    text: &'a str,
    table: &'a dyn TableLike,
}

impl Reader<'_> {
    fn wrong(&self, item: &Item, why: impl std::fmt::Display) -> Failure {
        let line = item.span().and_then(|span| self.text.get(..span.start)).map(|before| before.matches('\n').count());
        let failure = match line {
            Some(before) => self.file.broken(format_args!("line {}: {why}", before + 1)),
            None => self.file.broken(why),
        };
        failure.hint(edit(self.file.path()))
    }

    fn only(&self, known: &[&str]) -> Result<()> {
        let Some((key, item)) = self.table.iter().find(|(key, _)| !known.contains(key)) else { return Ok(()) };
        let near = nearest(key, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
        Err(self.wrong(item, format_args!("there is no setting `{key}`{}", near.unwrap_or_default())))
    }

    fn text(&self, key: &str) -> Result<Option<&str>> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        item.as_str().map(Some).ok_or_else(|| self.wrong(item, format_args!("`{key}` is a text in quotes")))
    }

    fn read<T, E: std::fmt::Display>(&self, key: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let item = self.table.get(key).unwrap_or(&Item::None);
        read(text).map(Some).map_err(|why| self.wrong(item, format_args!("`{key}`: {why}")))
    }

    fn word<T: FromStr<Err: std::fmt::Display>>(&self, key: &str) -> Result<Option<T>> {
        self.read(key, str::parse)
    }

    fn yes_no(&self, key: &str) -> Result<Option<bool>> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        item.as_bool().map(Some).ok_or_else(|| self.wrong(item, format_args!("`{key}` is true or false")))
    }

    fn retries(&self) -> Result<Option<u32>> {
        let Some(item) = self.table.get("retries") else { return Ok(None) };
        let number = item.as_integer().and_then(|number| u32::try_from(number).ok()).filter(|&number| number <= 20);
        number.map(Some).ok_or_else(|| self.wrong(item, "`retries` is a number from 0 to 20"))
    }

    fn profile(&self, name: &str, item: &Item) -> Result<Profile> {
        self.only(&CITY_KEYS)?;
        let url = self.word("url")?.ok_or_else(|| self.wrong(item, format_args!("the city `{name}` has no `url`")))?;
        Ok(Profile {
            name: Some(name.to_owned()),
            url,
            kind: self.word("kind")?.unwrap_or(Kind::Citytime),
            token_command: self.command("token-command")?,
            cacert: self.text("cacert")?.map(PathBuf::from),
            open311: Open311 {
                jurisdiction_id: self.text("jurisdiction-id")?.map(str::to_owned),
                format: self.word("format")?,
                api_key: self.api_key()?,
            },
        })
    }

    fn api_key(&self) -> Result<Option<ApiKey>> {
        if let Some(path) = self.text("api-key-file")? {
            return Ok(Some(ApiKey::File(PathBuf::from(path))));
        }
        if let Some(command) = self.command("api-key-command")? {
            return Ok(Some(ApiKey::Command(command)));
        }
        Ok(self.yes_no("api-key-prompt")?.unwrap_or(false).then_some(ApiKey::Prompt))
    }

    fn command(&self, key: &str) -> Result<Option<Vec<String>>> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let words = item.as_array().map(|words| words.iter().map(|word| word.as_str().map(str::to_owned)));
        let words = words.and_then(|words| words.collect::<Option<Vec<_>>>()).filter(|words| !words.is_empty());
        let why = format!("`{key}` is a list: the program and its arguments, as in [\"pass\", \"show\", \"city\"]");
        words.map(Some).ok_or_else(|| self.wrong(item, why))
    }
}

fn edit(path: &Path) -> String {
    format!("correct it in {}, or run `citytime login`, which sets the file aside and begins a new one", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config> {
        Config::parse(&Kept::new("/c/config.toml".into(), Readers::Anybody), text)
    }

    #[test]
    fn a_file_that_settles_everything() {
        let config = parse(
            "city = 'r'\noutput = 'json'\ntimeout = '5s'\nretries = 0\nno-input = true\n[cities.r]\nurl = 'https://r.example/'\n",
        )
        .unwrap();
        assert_eq!((config.output, config.retries, config.no_input), (Some(Format::Json), Some(0), Some(true)));
        assert_eq!(config.timeout, Some(Duration::from_secs(5)));
        assert_eq!(config.profiles[0].url.as_str(), "https://r.example");
    }

    #[test]
    fn a_change_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let directories = Directories::at(folder.path());
        let text = "# Rosa's\ntimeout = '5s' # slow line\n# why\nretries = 0\n\n# home\n[cities.r]\nurl = 'https://r.example'\n";
        std::fs::write(directories.config(), text).unwrap();
        let now = || std::fs::read_to_string(directories.config()).unwrap();
        Config::set(&directories, "timeout", Some("9s".into())).unwrap();
        assert_eq!(now(), text.replace("'5s'", "\"9s\""));
        Config::set(&directories, "no-input", Some(true.into())).unwrap();
        assert!(now().contains("retries = 0\nno-input = true\n\n# home\n[cities.r]"), "{}", now());
        Config::set(&directories, "timeout", None).unwrap();
        Config::set(&directories, "city", None).unwrap();
        assert!(now().starts_with("# Rosa's\n") && !now().contains("9s") && now().contains("# why"), "{}", now());
        let before = now();
        assert!(Config::set(&directories, "retries", Some(99.into())).is_err());
        assert_eq!(now(), before);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, told) in [
            ("city = 'r'\noutput = json\n", "line 2: "),
            ("\n\noutput = 'yaml'\n", "line 3: `output`: `yaml` is no output format"),
            ("tiemout = '5s'\n", "line 1: there is no setting `tiemout`; did you mean `timeout`?"),
            ("retries = 99\n", "line 1: `retries` is a number from 0 to 20"),
            ("[cities.r]\nkind = 'citytime'\n", "the city `r` has no `url`"),
            ("[cities.r]\nurl = 'riverton'\n", "line 2: `url`: `riverton` is no address"),
            ("[cities.r]\nurl = 'https://r.example'\ntoken-command = 'pass'\n", "line 3: `token-command` is a list"),
        ] {
            let failure = parse(text).unwrap_err();
            assert_eq!(failure.code, crate::api::problem::Code::ConfigInvalid);
            assert!(failure.message.contains(told), "{}", failure.message);
        }
    }
}
