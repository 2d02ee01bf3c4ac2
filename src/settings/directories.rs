//! Where citytime's files are.

use std::path::PathBuf;

use super::environment::{CONFIG_DIR, Environment};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// The folder of citytime's own files: `CITYTIME_CONFIG_DIR`, or the system's place for them.
#[derive(Debug, Clone)]
pub struct Directories {
    folder: PathBuf,
}

impl Directories {
    /// The folder, from the environment; nothing is read or made.
    pub fn locate(environment: &Environment) -> Result<Self> {
        if let Some(folder) = environment.path(CONFIG_DIR) {
            return Ok(Self { folder });
        }
        let found = directories::ProjectDirs::from("", "", "citytime");
        let found = found.ok_or_else(|| {
            Failure::new(Code::File, "there is no home folder to keep settings in")
                .hint(format!("name a folder with {}", CONFIG_DIR.name))
        })?;
        Ok(Self { folder: found.config_dir().to_owned() })
    }

    /// This folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// `config.toml`.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    /// `credentials.toml`.
    pub fn credentials(&self) -> PathBuf {
        self.folder.join("credentials.toml")
    }
}
