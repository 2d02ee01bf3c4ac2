//! Letters and text messages as files of a folder: whole or not there, and their owner's alone, as they hold codes.

use std::{
    fs::{DirBuilder, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use super::Fault;
use crate::api::{id::NoticeId, time::Timestamp};

/// A file's name: in the order of time, and the same for the same notice, so that none is there twice.
pub(super) fn name(at: Timestamp, id: NoticeId, kind: &str) -> String {
    let at = at.to_string().replace([':', '-'], "");
    format!("{at}-{id}.{kind}")
}

/// Writes a file.
pub(super) async fn keep(folder: &Path, name: &str, text: String) -> Result<(), Fault> {
    let (folder, name) = (folder.to_owned(), name.to_owned());
    let told = format!("{} cannot be written in {}", name, folder.display());
    let written = tokio::task::spawn_blocking(move || {
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        // It has its name once it is whole.
        let aside = folder.join(format!(".{name}"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
        file.write_all(text.as_bytes())?;
        std::fs::rename(&aside, folder.join(&name))
    });
    match written.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Fault::Deferred(format!("{told}: {error}"))),
        Err(error) => Err(Fault::Deferred(format!("{told}: {error}"))),
    }
}
