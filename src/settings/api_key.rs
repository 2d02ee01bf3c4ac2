//! The key an Open311 city gives to those who file requests there: where it is kept. Never an argument, never in
//! `config.toml`.

use std::path::PathBuf;

use super::token::{first_line, run};
use crate::{
    api::secret::Secret,
    failure::{Failure, Result},
};

/// Where a key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiKey {
    /// The first line of a file.
    File(PathBuf),
    /// What a program prints, with its arguments.
    Command(Vec<String>),
    /// Whoever sits at the terminal.
    Prompt,
}

impl ApiKey {
    /// The key; `None` where a person must be asked.
    pub async fn read(&self) -> Result<Option<Secret>> {
        match self {
            Self::File(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| Failure::file("read the API key in", path, error))?;
                Ok(Some(first_line(&text)))
            }
            Self::Command(command) => run("api-key-command", command).await.map(Some),
            Self::Prompt => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_come_from_files_and_programs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, " k-1 \nnot this\n").unwrap();
        assert_eq!(ApiKey::File(path).read().await.unwrap(), Some(Secret::new("k-1")));
        let command = ["echo", "k-2"].map(str::to_owned).to_vec();
        assert_eq!(ApiKey::Command(command).read().await.unwrap(), Some(Secret::new("k-2")));
        assert_eq!(ApiKey::Prompt.read().await.unwrap(), None);
        assert!(ApiKey::File("/no/such/key".into()).read().await.is_err());
    }
}
