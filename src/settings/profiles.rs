//! Profiles: the cities in `config.toml`, each under a name. The file is a person's: comments and order are kept.

use std::path::PathBuf;

use serde::Serialize;
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use super::{
    address::PortalUrl,
    api_key::ApiKey,
    config::{self, Config},
    directories::Directories,
    kept::{Kept, Readers},
};
use crate::{
    api::{problem::Code, requests::Format},
    failure::{Failure, Result},
    words,
};

words! {
    /// What kind of portal answers at an address.
    pub enum Kind ("kind of city") {
        /// A Citytime portal.
        Citytime = "citytime",
        /// An Open311 endpoint: it takes service requests and nothing else.
        Open311 = "open311",
    }
}

/// A city to talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name; none where a URL was given.
    pub name: Option<String>,
    /// Where it answers.
    pub url: PortalUrl,
    /// What answers.
    pub kind: Kind,
    /// A program that prints the token, with its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_command: Option<Vec<String>>,
    /// The certificates to trust there, and no others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cacert: Option<PathBuf>,
    /// How an Open311 endpoint wants to be spoken to.
    #[serde(flatten)]
    pub open311: Open311,
}

/// How an Open311 endpoint wants to be spoken to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Open311 {
    /// The city meant, where the endpoint serves several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction_id: Option<String>,
    /// The encoding it answers in; JSON unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// Where the key to file requests with comes from.
    #[serde(skip)]
    pub api_key: Option<ApiKey>,
}

impl Profile {
    /// A city that is known by its URL alone.
    pub fn of_url(url: PortalUrl) -> Self {
        Self { name: None, url, kind: Kind::Citytime, token_command: None, cacert: None, open311: Open311::default() }
    }

    /// Fails where no Citytime portal answers: everything but service requests needs one.
    pub fn check_portal(&self) -> Result<()> {
        match self.kind {
            Kind::Citytime => Ok(()),
            Kind::Open311 => {
                let message =
                    format!("{} is an Open311 city: it takes service requests and nothing else", self.label());
                Err(Failure::usage(message).hint(
                    "use `citytime request`; everything else needs a Citytime portal: choose one with -c or `citytime city use`",
                ))
            }
        }
    }

    /// What to call it: its name, or its host.
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.url.host())
    }
}

/// Fails for what can be no profile's name.
pub fn check_name(name: &str) -> Result<(), String> {
    let fits = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    match name {
        "" => Err("a city's name is not empty".to_owned()),
        _ if name.chars().count() > 64 => Err("a city's name has 64 characters at most".to_owned()),
        _ if !name.chars().all(fits) => {
            Err(format!("`{name}` is no name for a city: use letters, digits, `-`, `_` and `.`"))
        }
        _ => Ok(()),
    }
}

/// The profiles, to list and to change.
#[derive(Debug, Clone)]
pub struct Profiles {
    file: Kept,
}

impl Profiles {
    /// The profiles in this folder's `config.toml`.
    pub fn at(directories: &Directories) -> Self {
        Self { file: Kept::new(directories.config(), Readers::Anybody) }
    }

    /// All of them, in the file's order.
    pub fn list(&self) -> Result<Vec<Profile>> {
        Ok(Config::read(&self.file)?.profiles)
    }

    /// The one of that name; one that is not there is a usage error that offers the nearest.
    pub fn get(&self, name: &str) -> Result<Profile> {
        config::named(&self.list()?, name)
    }

    /// The name of the default city.
    pub fn default_name(&self) -> Result<Option<String>> {
        Ok(Config::read(&self.file)?.city)
    }

    /// Adds a city, or replaces the one of that name where `replace` says so; the first becomes the default.
    pub fn add(&self, profile: &Profile, replace: Replace) -> Result<()> {
        let name = profile.name.as_deref().unwrap_or_default();
        check_name(name).map_err(Failure::usage)?;
        self.change(|document, config| {
            let known = config.profiles.iter().any(|known| known.name.as_deref() == Some(name));
            if known && replace == Replace::Never {
                let taken = Failure::new(Code::Taken, format!("there is a city `{name}` already"));
                return Err(taken.hint(format!("remove it first: citytime city remove {name}")));
            }
            if config.profiles.is_empty() && config.city.is_none() {
                document["city"] = value(name);
            }
            let cities = table(document, "cities").ok_or_else(|| self.file.broken("`cities` is no table"))?;
            let mut entry = Table::new();
            entry["url"] = value(profile.url.as_str());
            entry["kind"] = value(profile.kind.to_string());
            if let Some(command) = &profile.token_command {
                entry["token-command"] = Item::Value(Value::Array(Array::from_iter(command)));
            }
            if let Some(cacert) = &profile.cacert {
                entry["cacert"] = value(cacert.display().to_string());
            }
            if let Some(id) = &profile.open311.jurisdiction_id {
                entry["jurisdiction-id"] = value(id);
            }
            if let Some(format) = profile.open311.format {
                entry["format"] = value(format.to_string());
            }
            match &profile.open311.api_key {
                None => {}
                Some(ApiKey::File(path)) => entry["api-key-file"] = value(path.display().to_string()),
                Some(ApiKey::Command(command)) => {
                    entry["api-key-command"] = Item::Value(Value::Array(Array::from_iter(command)));
                }
                Some(ApiKey::Prompt) => entry["api-key-prompt"] = value(true),
            }
            cities.insert(name, Item::Table(entry));
            Ok(())
        })
    }

    /// Removes a city; where it was the default there is none then.
    pub fn remove(&self, name: &str) -> Result<Profile> {
        let mut removed = None;
        self.change(|document, config| {
            removed = Some(config::named(&config.profiles, name)?);
            if let Some(cities) = document["cities"].as_table_like_mut() {
                cities.remove(name);
            }
            if config.city.as_deref() == Some(name) {
                config::forget(document, "city");
            }
            Ok(())
        })?;
        removed.ok_or_else(|| Failure::bug("a city was removed that was not there"))
    }

    /// Makes a city the default.
    pub fn choose(&self, name: &str) -> Result<Profile> {
        let mut chosen = None;
        self.change(|document, config| {
            chosen = Some(config::named(&config.profiles, name)?);
            document["city"] = value(name);
            Ok(())
        })?;
        chosen.ok_or_else(|| Failure::bug("a city was chosen that was not there"))
    }

    /// Moves a broken `config.toml` aside, so that a new one can be begun; says where it is now.
    pub fn set_broken_aside(&self) -> Result<PathBuf> {
        self.file.set_aside()
    }

    fn change(&self, change: impl FnOnce(&mut DocumentMut, &Config) -> Result<()>) -> Result<()> {
        self.file.change(|text| {
            let text = text.unwrap_or_default();
            let mut document = text.parse::<DocumentMut>().map_err(|error| self.file.not_toml(text, &error))?;
            let config = Config::parse(&self.file, text)?;
            change(&mut document, &config)?;
            Ok(Some(document.to_string()))
        })
    }
}

/// Whether adding a city may replace the one of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// It fails then.
    Never,
    /// It may.
    Allowed,
}

/// The table of that name, made where there is none; its own header is not written (`[cities.x]` is enough).
fn table<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn toml_edit::TableLike> {
    document
        .entry(name)
        .or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        })
        .as_table_like_mut()
        .map(|table| table as _)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(name: &str, url: &str) -> Profile {
        Profile { name: Some(name.to_owned()), ..Profile::of_url(url.parse().unwrap()) }
    }

    #[test]
    fn cities_come_and_go_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        let directories = Directories::at(folder.path());
        let profiles = Profiles::at(&directories);
        assert_eq!(profiles.list().unwrap(), []);
        profiles.add(&profile("riverton", "https://riverton.example/"), Replace::Never).unwrap();
        let text = std::fs::read_to_string(directories.config()).unwrap();
        std::fs::write(directories.config(), format!("# mine\n{text}")).unwrap();
        let mut lakeside = profile("lakeside", "http://127.0.0.1:8311");
        lakeside.token_command = Some(vec!["pass".to_owned(), "show".to_owned(), "lakeside".to_owned()]);
        lakeside.cacert = Some("/etc/ssl/lake.pem".into());
        profiles.add(&lakeside, Replace::Never).unwrap();
        assert_eq!(profiles.get("lakeside").unwrap(), lakeside);
        insta::assert_snapshot!(std::fs::read_to_string(directories.config()).unwrap(), @r#"
        # mine
        city = "riverton"

        [cities.riverton]
        url = "https://riverton.example"
        kind = "citytime"

        [cities.lakeside]
        url = "http://127.0.0.1:8311"
        kind = "citytime"
        token-command = ["pass", "show", "lakeside"]
        cacert = "/etc/ssl/lake.pem"
        "#);
        assert_eq!(profiles.add(&lakeside, Replace::Never).unwrap_err().code, Code::Taken);
        profiles.add(&lakeside, Replace::Allowed).unwrap();
        profiles.choose("lakeside").unwrap();
        assert_eq!(profiles.default_name().unwrap().as_deref(), Some("lakeside"));
        assert!(profiles.remove("rivertn").unwrap_err().hint.unwrap().contains("`riverton`"));
        profiles.remove("lakeside").unwrap();
        assert_eq!(profiles.default_name().unwrap(), None);
        assert_eq!(profiles.list().unwrap().len(), 1);
        assert!(std::fs::read_to_string(directories.config()).unwrap().starts_with("# mine\n"));
    }

    #[test]
    fn two_writers_both_count() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::at(&Directories::at(folder.path()));
        std::thread::scope(|scope| {
            for number in 0..8 {
                let profiles = profiles.clone();
                let add =
                    move || profiles.add(&profile(&format!("city-{number}"), "https://x.example"), Replace::Never);
                scope.spawn(move || add().unwrap());
            }
        });
        assert_eq!(profiles.list().unwrap().len(), 8);
    }

    #[test]
    fn an_open311_city_keeps_how_it_is_spoken_to() {
        let folder = tempfile::tempdir().unwrap();
        let directories = Directories::at(folder.path());
        let profiles = Profiles::at(&directories);
        for (name, api_key) in [
            ("file", ApiKey::File("/run/key".into())),
            ("command", ApiKey::Command(vec!["pass".to_owned(), "lakeside".to_owned()])),
            ("prompt", ApiKey::Prompt),
        ] {
            let open311 = Open311 {
                jurisdiction_id: Some("lakeside.example".to_owned()),
                format: Some(Format::Xml),
                api_key: Some(api_key),
            };
            let city = Profile { kind: Kind::Open311, open311, ..profile(name, "https://lakeside.example/v2/") };
            profiles.add(&city, Replace::Never).unwrap();
            assert_eq!(profiles.get(name).unwrap(), city);
            assert_eq!(city.check_portal().unwrap_err().code, Code::Usage);
        }
        let text = std::fs::read_to_string(directories.config()).unwrap();
        assert!(text.contains("jurisdiction-id = \"lakeside.example\"\nformat = \"xml\"\napi-key-file = \"/run/key\""));
    }

    #[test]
    fn names_are_plain() {
        assert!(check_name("zürich-2").is_ok());
        for wrong in ["", "a b", "https://x", "a/b", &"x".repeat(65)] {
            assert!(check_name(wrong).is_err(), "{wrong}");
        }
    }
}
