//! Small files that are changed whole: read, changed under a lock so that no process loses another's change, and
//! replaced in one step, so that a crash leaves the old text or the new.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// A file's path, and who may read it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    path: PathBuf,
    readers: Readers,
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Whom the umask lets.
    Anybody,
    /// The owner alone: 0600 in a folder made 0700.
    Owner,
}

impl Kept {
    pub(super) fn new(path: PathBuf, readers: Readers) -> Self {
        Self { path, readers }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The text; `None` where there is no file. A private file that others can read or replace is refused.
    pub(super) fn read(&self) -> Result<Option<String>> {
        let failed = |error| Failure::file("read", &self.path, error);
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::PermissionDenied && self.readers == Readers::Owner => {
                let hint = format!(
                    "run `ls -l {}`: the file must be yours, and `chmod 600` lets you read it",
                    self.path.display()
                );
                return Err(failed(error).hint(hint));
            }
            Err(error) => return Err(failed(error)),
        };
        if self.readers == Readers::Owner {
            // Of the open file, not of its name: that may lead to another one by now.
            self.refuse_others(&file)?;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        String::from_utf8(bytes).map(Some).map_err(|_| self.broken("it is not UTF-8"))
    }

    /// The failure for a text that cannot be understood.
    pub(super) fn broken(&self, why: impl std::fmt::Display) -> Failure {
        Failure::new(Code::ConfigInvalid, format!("{} is broken: {why}", self.path.display()))
    }

    /// The failure for a text that is no TOML, with its line.
    pub(super) fn not_toml(&self, text: &str, error: &toml_edit::TomlError) -> Failure {
        let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        match line {
            Some(line) => self.broken(format_args!("line {line}: {}", error.message())),
            None => self.broken(error.message()),
        }
    }

    /// Changes the file: `change` gets the text there is, and returns the new one, or `None` to leave it.
    pub(super) fn change(&self, change: impl FnOnce(Option<&str>) -> Result<Option<String>>) -> Result<()> {
        let _lock = self.lock()?;
        let text = self.read()?;
        match change(text.as_deref())? {
            Some(new) if text.as_deref() != Some(&new) => self.replace(&new),
            _ => Ok(()),
        }
    }

    /// Moves a broken file aside, under its name with `.broken`, and says where it is.
    pub(super) fn set_aside(&self) -> Result<PathBuf> {
        let _lock = self.lock()?;
        let aside = self.beside("broken");
        match fs::rename(&self.path, &aside) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file("move", &self.path, error)),
            _ => Ok(aside),
        }
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(ending);
        self.path.with_file_name(name)
    }

    fn lock(&self) -> Result<File> {
        let folder = self.folder();
        self.make_folder(folder)?;
        let path = self.beside("lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|error| Failure::file("open", &path, error))?;
        file.lock().map_err(|error| Failure::file("lock", &path, error))?;
        Ok(file)
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn make_folder(&self, folder: &Path) -> Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| Failure::file("make the folder", folder, error))
    }

    fn replace(&self, text: &str) -> Result<()> {
        // A link (to a folder of dotfiles, say) stays one: what it leads to is replaced.
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = target.parent().unwrap_or(Path::new("."));
        let failed = |error| Failure::file("write", &self.path, error);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".citytime-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let kept = fs::metadata(&target).ok().map(|metadata| metadata.permissions().mode() & 0o777);
            let mode = if self.readers == Readers::Owner { 0o600 } else { kept.unwrap_or(0o666) };
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let mut file = builder.tempfile_in(folder).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&target).map_err(|error| failed(error.error))?;
        #[cfg(unix)]
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(())
    }

    /// Fails where a file that is its owner's alone is somebody else's, can be read by others, or be replaced by them.
    #[cfg(unix)]
    fn refuse_others(&self, file: &File) -> Result<()> {
        use std::os::unix::fs::MetadataExt;
        /// Others may read or write.
        const OTHERS: u32 = 0o077;
        /// Others may write.
        const WRITERS: u32 = 0o022;
        /// Only its owner may take a file out of a folder.
        const STICKY: u32 = 0o1000;
        let path = self.path.display();
        let refused = |why: String, hint: String| Err(Failure::new(Code::ConfigInvalid, why).hint(hint));
        let metadata = file.metadata().map_err(|error| Failure::file("look at", &self.path, error))?;
        let me = rustix::process::geteuid().as_raw();
        if metadata.uid() != me {
            let why = format!("{path} belongs to another user (uid {}; you are {me})", metadata.uid());
            let hint = "run citytime as that user, or name a folder of your own with CITYTIME_CONFIG_DIR".to_owned();
            return refused(why, hint);
        }
        if metadata.mode() & OTHERS != 0 {
            return refused(format!("others can read {path}"), format!("run `chmod 600 {path}`"));
        }
        let folder = self.folder();
        let metadata = fs::metadata(folder).map_err(|error| Failure::file("look at", folder, error))?;
        if metadata.mode() & WRITERS != 0 && metadata.mode() & STICKY == 0 {
            let folder = folder.display();
            return refused(format!("others can replace the files in {folder}"), format!("run `chmod 700 {folder}`"));
        }
        Ok(())
    }

    /// Access is the system's affair here: a profile's folder is its owner's.
    #[cfg(not(unix))]
    fn refuse_others(&self, _: &File) -> Result<()> {
        Ok(())
    }

    /// Fails where a private file that is there is not the owner's alone, whatever stands in it.
    pub(super) fn check_private(&self) -> Result<()> {
        match File::open(&self.path) {
            Ok(file) => self.refuse_others(&file),
            Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path().join("made/new/list"), Readers::Owner);
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let kept = kept.clone();
                scope.spawn(move || {
                    for turn in 0..10 {
                        let add = |text: Option<&str>| Ok(Some(format!("{}{writer}-{turn}\n", text.unwrap_or(""))));
                        kept.change(add).unwrap();
                    }
                });
            }
        });
        assert_eq!(kept.read().unwrap().unwrap().lines().count(), 80);
        let left = fs::read_dir(kept.folder()).unwrap().count();
        assert_eq!(left, 2, "the list and its lock");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path().join("file"), Readers::Owner);
        kept.change(|_| Ok(Some("secret".to_owned()))).unwrap();
        // Only root may give a file away; elsewhere there is nothing to see.
        if std::os::unix::fs::chown(kept.path(), Some(12_345), None).is_ok() {
            let refused = kept.read().unwrap_err();
            assert_eq!(refused.code, Code::ConfigInvalid);
            assert!(refused.message.contains("another user (uid 12345"), "{}", refused.message);
        }
    }

    #[cfg(unix)]
    #[test]
    fn private_files_are_made_private_and_stay_so() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path().join("private/file"), Readers::Owner);
        kept.change(|_| Ok(Some("secret".to_owned()))).unwrap();
        assert_eq!(fs::metadata(kept.path()).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(kept.folder()).unwrap().mode() & 0o777, 0o700);
        fs::set_permissions(kept.path(), fs::Permissions::from_mode(0o640)).unwrap();
        let refused = kept.read().unwrap_err();
        assert_eq!(refused.code, Code::ConfigInvalid);
        assert!(refused.hint.unwrap().starts_with("run `chmod 600 "));
        // Nor is it changed, or the old text would go where others read it.
        assert!(kept.change(|_| Ok(Some("more".to_owned()))).is_err());
        fs::set_permissions(kept.path(), fs::Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(kept.folder(), fs::Permissions::from_mode(0o770)).unwrap();
        let refused = kept.read().unwrap_err();
        assert_eq!(refused.code, Code::ConfigInvalid);
        assert!(refused.hint.unwrap().starts_with("run `chmod 700 "));
        fs::set_permissions(kept.folder(), fs::Permissions::from_mode(0o1770)).unwrap();
        assert_eq!(kept.read().unwrap().as_deref(), Some("secret"));
        fs::set_permissions(kept.folder(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(kept.read().unwrap().as_deref(), Some("secret"));

        let link = folder.path().join("link");
        symlink(folder.path().join("target"), &link).unwrap();
        fs::write(folder.path().join("target"), "old").unwrap();
        Kept::new(link.clone(), Readers::Anybody).change(|_| Ok(Some("new".to_owned()))).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(folder.path().join("target")).unwrap(), "new");
    }
}
