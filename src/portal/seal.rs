//! Secrets that must be read again (those of authenticator apps) are sealed before they are kept: whoever reads the
//! database, or a backup of it, cannot read them without the portal's key, which lies in a file of its own.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};

use super::error::{Error, Result};

/// How many bytes a key has.
const KEY: usize = 32;
/// How many bytes of a key's digest stand before what it sealed.
const NAME: usize = 4;

/// What seals and opens. `Debug` does not show the key.
pub struct Seal {
    key: LessSafeKey,
    name: [u8; NAME],
}

/// A key file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or made.
    #[error("the key file {path} cannot be used: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Others can read it.
    #[error("the key file {path} can be read by others (mode {mode:o})")]
    Open {
        /// Which.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// It does not hold a key.
    #[error("{path} is no key file: it does not hold {KEY} bytes")]
    Malformed {
        /// Which.
        path: PathBuf,
    },
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// A seal with this key.
    pub fn new(key: [u8; KEY]) -> Result<Self> {
        let digest: [u8; 32] = Sha256::digest(key).into();
        let name = digest.first_chunk::<NAME>().copied().unwrap_or_default();
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, &key).map_err(Error::internal)?;
        Ok(Self { key: LessSafeKey::new(unbound), name })
    }

    /// The key in a file, which is made with `fresh` where it is not there: for its owner's eyes alone.
    pub fn in_file(path: &Path, fresh: [u8; KEY]) -> std::result::Result<[u8; KEY], KeyFileError> {
        let io = |error| KeyFileError::Io { path: path.to_owned(), error };
        if !path.exists() {
            make(path, &fresh).map_err(io)?;
        }
        refuse_others(path)?;
        let bytes = fs::read(path).map_err(io)?;
        bytes.try_into().map_err(|_| KeyFileError::Malformed { path: path.to_owned() })
    }

    /// Seals a secret for one place: what it belongs to is sealed with it.
    pub fn seal(&self, secret: &[u8], belongs_to: &[u8], random: [u8; 32]) -> Result<Vec<u8>> {
        let (nonce, _) = random.split_at(NONCE_LEN);
        let mut body = secret.to_vec();
        let sealing = Nonce::try_assume_unique_for_key(nonce).map_err(Error::internal)?;
        self.key.seal_in_place_append_tag(sealing, Aad::from(belongs_to), &mut body).map_err(Error::internal)?;
        Ok([&self.name, nonce, &body].concat())
    }

    /// Opens what was sealed for a place.
    pub fn open(&self, sealed: &[u8], belongs_to: &[u8]) -> Result<Vec<u8>> {
        let broken = || Error::internal("a sealed secret cannot be opened: it was changed, or belongs elsewhere");
        let (name, rest) = sealed.split_at_checked(NAME).ok_or_else(broken)?;
        if name != self.name {
            return Err(Error::internal("a secret was sealed with another key: give this portal the right --key FILE"));
        }
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::internal)?;
        let mut body = body.to_vec();
        let secret = self.key.open_in_place(nonce, Aad::from(belongs_to), &mut body).map_err(|_| broken())?;
        Ok(secret.to_vec())
    }
}

/// Makes a key file whole or not at all; one that another process made meanwhile stays.
fn make(path: &Path, key: &[u8; KEY]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(key)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.error),
    }
}

#[cfg(unix)]
fn refuse_others(path: &Path) -> std::result::Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = fs::metadata(path).map_err(|error| KeyFileError::Io { path: path.to_owned(), error })?;
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::Open { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn refuse_others(_: &Path) -> std::result::Result<(), KeyFileError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_in_its_place() {
        let (seal, other) = (Seal::new([1; KEY]).unwrap(), Seal::new([2; KEY]).unwrap());
        let sealed = seal.seal(b"secret", b"rosa", [3; 32]).unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(seal.open(&sealed, b"rosa").unwrap(), b"secret");
        assert!(seal.open(&sealed, b"tomas").is_err());
        assert!(other.open(&sealed, b"rosa").unwrap_err().to_string().contains("another key"));
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(seal.open(&changed, b"rosa").is_err());
        for cut in 0..sealed.len() {
            assert!(seal.open(&sealed[..cut], b"rosa").is_err());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_made_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.db.key");
        assert_eq!(Seal::in_file(&path, [7; KEY]).unwrap(), [7; KEY]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Seal::in_file(&path, [8; KEY]).unwrap(), [7; KEY], "what is there stays");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Seal::in_file(&path, [8; KEY]), Err(KeyFileError::Open { mode: 0o644, .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "short").unwrap();
        assert!(matches!(Seal::in_file(&path, [8; KEY]), Err(KeyFileError::Malformed { .. })));
        assert!(matches!(Seal::in_file(&folder.path().join("no/such"), [8; KEY]), Err(KeyFileError::Io { .. })));
    }
}
