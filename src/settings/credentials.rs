//! `credentials.toml`: one sign-in for each portal, for its owner's eyes alone. Kept apart from the settings, so that
//! those can be shared.

use std::path::Path;

use toml_edit::{Document, DocumentMut, Item, Table, value};

use super::{
    address::PortalUrl,
    directories::Directories,
    kept::{Kept, Readers},
};
use crate::{
    api::{problem::Code, secret::Secret, time::Timestamp},
    failure::{Failure, Result},
};

const HEAD: &str = "# Written by citytime: its sign-ins. Keep this file to yourself.\n";

/// A sign-in at one portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The token.
    pub token: Secret,
    /// Whose it is.
    pub username: Option<String>,
    /// When it ends, at the latest.
    pub expires_at: Option<Timestamp>,
}

/// The sign-ins.
#[derive(Debug, Clone)]
pub struct Credentials {
    file: Kept,
}

impl Credentials {
    /// The sign-ins in this folder's `credentials.toml`; nothing is read yet.
    pub fn at(directories: &Directories) -> Self {
        Self { file: Kept::new(directories.credentials(), Readers::Owner) }
    }

    /// Where they are kept.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The sign-in at a portal. Fails where the file is broken (`ConfigInvalid`, file and line) or others can read it.
    pub fn get(&self, portal: &PortalUrl) -> Result<Option<Credential>> {
        let Some(text) = self.file.read()? else { return Ok(None) };
        let document = Document::parse(text.as_str()).map_err(|error| self.broken(&text, &error))?;
        document.get(portal.as_str()).map(|item| self.credential(portal, item)).transpose()
    }

    /// Keeps a sign-in, in place of an earlier one at that portal.
    pub fn put(&self, portal: &PortalUrl, credential: &Credential) -> Result<()> {
        self.file.change(|text| {
            let mut document = self.document(text.unwrap_or_default())?;
            document[portal.as_str()] = Item::Table(entry(credential));
            Ok(Some(format!("{HEAD}{document}")))
        })
    }

    /// Forgets the sign-in at a portal, and says what it was.
    pub fn forget(&self, portal: &PortalUrl) -> Result<Option<Credential>> {
        let mut forgotten = None;
        self.file.change(|text| {
            let Some(text) = text else { return Ok(None) };
            let mut document = self.document(text)?;
            forgotten = document.get(portal.as_str()).map(|item| self.credential(portal, item)).transpose()?;
            document.remove(portal.as_str());
            Ok(Some(format!("{HEAD}{document}")))
        })?;
        Ok(forgotten)
    }

    /// Begins a new file with this sign-in where the old one is broken: that is kept beside it, as
    /// `credentials.toml.broken`. What `login` does, which is why the hint says so.
    pub fn replace_broken(&self, portal: &PortalUrl, credential: &Credential) -> Result<()> {
        self.file.check_private()?;
        self.file.set_aside()?;
        self.put(portal, credential)
    }

    /// The text without its head, which belongs to no sign-in and so stays when one goes.
    fn document(&self, text: &str) -> Result<DocumentMut> {
        let whole = text.parse::<DocumentMut>().map_err(|error| self.broken(text, &error))?;
        match text.strip_prefix(HEAD) {
            Some(body) => body.parse().map_err(|error| self.broken(body, &error)),
            None => Ok(whole),
        }
    }

    fn credential(&self, portal: &PortalUrl, item: &Item) -> Result<Credential> {
        let text = |key: &str| item.get(key).and_then(Item::as_str);
        let incomplete = || self.repairable(self.file.broken(format_args!("the sign-in at {portal} has no token")));
        Ok(Credential {
            token: Secret::new(text("token").ok_or_else(incomplete)?),
            username: text("username").map(str::to_owned),
            expires_at: text("expires_at").and_then(|time| time.parse().ok()),
        })
    }

    /// What the parser says may quote the line, and with it a token: only the place is told.
    fn broken(&self, text: &str, error: &toml_edit::TomlError) -> Failure {
        let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        self.repairable(match line {
            Some(line) => self.file.broken(format_args!("line {line} cannot be read")),
            None => self.file.broken("it cannot be read"),
        })
    }

    fn repairable(&self, failure: Failure) -> Failure {
        debug_assert_eq!(failure.code, Code::ConfigInvalid);
        failure.hint("run `citytime login` to write it anew")
    }
}

fn entry(credential: &Credential) -> Table {
    let mut entry = Table::new();
    entry["token"] = value(credential.token.expose());
    if let Some(username) = &credential.username {
        entry["username"] = value(username);
    }
    if let Some(expires_at) = credential.expires_at {
        entry["expires_at"] = value(expires_at.to_string());
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosa(token: &str) -> Credential {
        Credential {
            token: Secret::new(token),
            username: Some("rosa".to_owned()),
            expires_at: Some("2026-12-22T09:00:00Z".parse().unwrap()),
        }
    }

    fn portal(url: &str) -> PortalUrl {
        url.parse().unwrap()
    }

    #[test]
    fn sign_ins_are_kept_for_each_portal() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::at(&Directories::at(folder.path()));
        let (riverton, lakeside) = (portal("https://riverton.example"), portal("http://127.0.0.1:8311"));
        assert_eq!(credentials.get(&riverton).unwrap(), None);
        credentials.put(&riverton, &rosa("one")).unwrap();
        credentials.put(&lakeside, &rosa("two")).unwrap();
        credentials.put(&riverton, &rosa("three")).unwrap();
        assert_eq!(credentials.get(&riverton).unwrap(), Some(rosa("three")));
        assert_eq!(credentials.forget(&riverton).unwrap(), Some(rosa("three")));
        assert_eq!(credentials.forget(&riverton).unwrap(), None);
        assert_eq!(credentials.get(&lakeside).unwrap(), Some(rosa("two")));
        assert!(std::fs::read_to_string(credentials.path()).unwrap().starts_with("# Written by citytime"));
    }

    #[test]
    fn a_broken_file_is_told_and_repaired() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::at(&Directories::at(folder.path()));
        let riverton = portal("https://riverton.example");
        credentials.put(&riverton, &rosa("one")).unwrap();
        let text = std::fs::read_to_string(credentials.path()).unwrap();
        std::fs::write(credentials.path(), text.replace("token = \"one\"", "token = one secret")).unwrap();
        let broken = credentials.get(&riverton).unwrap_err();
        assert_eq!(broken.code, Code::ConfigInvalid);
        assert!(broken.message.contains("credentials.toml is broken: line 3"), "{}", broken.message);
        assert!(!broken.message.contains("secret"));
        assert_eq!(broken.hint.as_deref(), Some("run `citytime login` to write it anew"));
        assert!(credentials.put(&riverton, &rosa("two")).is_err());
        credentials.replace_broken(&riverton, &rosa("two")).unwrap();
        assert_eq!(credentials.get(&riverton).unwrap(), Some(rosa("two")));
        assert!(folder.path().join("credentials.toml.broken").exists());
    }
}
