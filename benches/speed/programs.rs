//! The programs that are peers, and the time.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

/// The built command.
pub(crate) const CITYTIME: &str = env!("CARGO_BIN_EXE_citytime");

/// Where a program is: on PATH, else in the newest of Debian's PostgreSQL versions.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = path();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    versions.sort_unstable_by(|one, other| other.cmp(one));
    let folders = path.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from);
    folders.chain(versions).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Where programs are looked for.
#[expect(clippy::disallowed_methods, reason = "where the peers are is the machine's")]
pub(crate) fn path() -> String {
    std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned())
}

/// Now, to be measured from.
#[expect(clippy::disallowed_methods, reason = "speed is measured here")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// A folder of the benches, gone with them.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("citytime-speed-").tempdir().expect("a temporary folder can be made")
}

/// A path as the text of an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is text")
}
