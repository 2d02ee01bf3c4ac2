//! Where documents are kept: by the digest of their content, in an object store: a folder beside the database.
//!
//! A document streams to a name of its own under `incoming/` and gets its final one once it is whole: what is cut off
//! leaves nothing behind, and nothing half written is ever found by its digest.

use std::{
    path::{Path as FilePath, PathBuf},
    sync::{Arc, OnceLock},
};

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures_util::{StreamExt, TryStreamExt};
use jiff::SignedDuration;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{
    api::{
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        error::{Error, Result},
        web::file::{Incoming, Pieces},
    },
};

/// How much is written at once, in bytes.
const PIECE: usize = 1 << 20;
/// How many pieces wait for the disk at most.
const WAITING: usize = 2;
/// How much of a file tells its type, in bytes.
const HEAD: usize = 8 << 10;
/// How long something unfinished is left alone, in hours: no upload takes that long.
const UNFINISHED_HOURS: i64 = 24;

/// Where documents are kept. A clone is another handle to the same.
#[derive(Clone)]
pub struct Documents(Arc<Kept>);

struct Kept {
    place: Place,
    /// Made when the first document is kept or asked for.
    store: OnceLock<Arc<dyn ObjectStore>>,
}

enum Place {
    Folder(PathBuf),
    /// A folder that goes with this.
    Temporary(OnceLock<TempDir>),
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0.place {
            Place::Folder(path) => write!(f, "Documents({})", path.display()),
            Place::Temporary(_) => f.write_str("Documents(temporary)"),
        }
    }
}

/// A document that has arrived whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The SHA-256 of its bytes: its name.
    pub digest: [u8; 32],
    /// How large it is, in bytes.
    pub size: i64,
    /// What its bytes say it is.
    pub media_type: String,
}

/// What a document may be.
#[derive(Debug, Clone, Copy)]
pub struct Allowed<'a> {
    /// What it is called: `document`.
    pub noun: &'static str,
    /// The media types.
    pub media_types: &'a [&'a str],
    /// How large, in bytes.
    pub most_bytes: u64,
    /// How whoever sent too large a one can make it smaller.
    pub smaller: &'static str,
}

impl Allowed<'_> {
    /// The refusal of one that is too large.
    pub fn too_large(&self) -> Error {
        let message = format!("the {} is larger than {} MB", self.noun, self.most_bytes / 1_000_000);
        Problem::new(Code::TooLarge, message).hint(format!("send a smaller one: {}", self.smaller)).into()
    }
}

/// Where a document comes from, piece by piece.
pub trait Source: Send {
    /// How large it is said to be, in bytes.
    fn length(&self) -> Option<u64> {
        None
    }

    /// The next piece; `None` once all of it has come. What is cut off is an error.
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>>> + Send;
}

impl Source for Incoming {
    fn length(&self) -> Option<u64> {
        Self::length(self)
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        Self::next(self).await
    }
}

/// A document that has arrived whole and is not kept yet. One of the two is done with it: [`Documents::settle`] or
/// [`Documents::forget`].
#[derive(Debug)]
#[must_use]
pub struct Arrived {
    /// What arrived.
    pub received: Received,
    place: Path,
}

impl Documents {
    /// Kept in a folder, which is made when it is needed.
    pub fn in_folder(path: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Kept { place: Place::Folder(path.into()), store: OnceLock::new() }))
    }

    /// Kept until the portal ends: for sandboxes and tests.
    pub fn temporary() -> Self {
        Self(Arc::new(Kept { place: Place::Temporary(OnceLock::new()), store: OnceLock::new() }))
    }

    fn store(&self) -> Result<&dyn ObjectStore> {
        if let Some(store) = self.0.store.get() {
            return Ok(&**store);
        }
        let folder: &FilePath = match &self.0.place {
            Place::Folder(path) => path,
            Place::Temporary(made) => {
                if made.get().is_none() {
                    let folder = tempfile::Builder::new().prefix("citytime-documents-").tempdir();
                    // Another thread may have been first; its folder serves as well.
                    let _ = made.set(folder.map_err(|error| away(&error))?);
                }
                made.get().ok_or_else(|| Error::internal("no folder for documents"))?.path()
            }
        };
        std::fs::create_dir_all(folder).map_err(|error| away(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| away(&error))?;
        Ok(&**self.0.store.get_or_init(|| Arc::new(store.with_fsync(true))))
    }

    /// Takes a file in as it arrives: never more than a few pieces are in memory. `name` is nobody else's.
    ///
    /// # Errors
    /// The problem of a file that is too large, of another type or cut off, after which nothing of it is kept.
    pub async fn receive(&self, name: &str, mut file: Incoming, allowed: Allowed<'_>) -> Result<Received> {
        match self.arrive(name, &mut file, allowed).await {
            Ok(arrived) => self.settle(arrived).await,
            Err(error) => {
                file.read_out().await;
                Err(error)
            }
        }
    }

    /// Takes a file in as it arrives, without keeping it yet.
    ///
    /// # Errors
    /// As [`Documents::receive`].
    pub async fn arrive(&self, name: &str, file: &mut impl Source, allowed: Allowed<'_>) -> Result<Arrived> {
        let place = Path::from(format!("incoming/{name}"));
        let upload = self.store()?.put_multipart(&place).await.map_err(|error| away(&error))?;
        let mut writing = WriteMultipart::new_with_chunk_size(upload, PIECE);
        let received = match take(&mut writing, file, allowed).await {
            Ok(received) => received,
            Err(error) => {
                // The refusal is what its sender is to hear; what could not be removed is swept later.
                let _ = writing.abort().await;
                return Err(error);
            }
        };
        writing.finish().await.map_err(|error| away(&error))?;
        Ok(Arrived { received, place })
    }

    /// Keeps what has arrived, under its digest.
    pub async fn settle(&self, arrived: Arrived) -> Result<Received> {
        let Arrived { received, place } = arrived;
        self.store()?.rename(&place, &path_of(&received.digest)).await.map_err(|error| away(&error))?;
        Ok(received)
    }

    /// Removes what has arrived and is not wanted.
    pub async fn forget(&self, arrived: Arrived) {
        if let Ok(store) = self.store()
            && let Err(error) = store.delete(&arrived.place).await
        {
            tracing::warn!(%error, "a document that is not wanted was not removed; it is swept later");
        }
    }

    /// Keeps bytes that are here already.
    pub async fn keep(&self, bytes: &'static [u8]) -> Result<Received> {
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        let place = path_of(&digest);
        let put = self.store()?.put(&place, PutPayload::from_static(bytes));
        put.await.map_err(|error| away(&error))?;
        Ok(Received { digest, size: i64::try_from(bytes.len()).unwrap_or(i64::MAX), media_type: kind_of(bytes) })
    }

    /// A document's bytes, piece by piece.
    pub async fn open(&self, digest: &[u8; 32]) -> Result<Pieces> {
        let found = self.store()?.get(&path_of(digest)).await.map_err(|error| away(&error))?;
        Ok(Box::pin(found.into_stream().map_err(|error| away(&error))))
    }

    /// Removes what was left unfinished by a portal that was killed.
    pub async fn sweep(&self, now: Timestamp) -> Result<()> {
        if self.0.store.get().is_none() {
            return Ok(());
        }
        let oldest = now.plus(SignedDuration::from_hours(-UNFINISHED_HOURS)).as_millisecond();
        let store = self.store()?;
        let mut found = store.list(Some(&Path::from("incoming")));
        while let Some(entry) = found.next().await {
            let entry = entry.map_err(|error| away(&error))?;
            if entry.last_modified.timestamp_millis() < oldest {
                store.delete(&entry.location).await.map_err(|error| away(&error))?;
            }
        }
        Ok(())
    }
}

async fn take(writing: &mut WriteMultipart, file: &mut impl Source, allowed: Allowed<'_>) -> Result<Received> {
    if file.length().is_some_and(|length| length > allowed.most_bytes) {
        return Err(allowed.too_large());
    }
    let (mut hash, mut size, mut head, mut media_type) = (Sha256::new(), 0_u64, Vec::with_capacity(HEAD), None);
    while let Some(piece) = file.next().await? {
        size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if size > allowed.most_bytes {
            return Err(allowed.too_large());
        }
        if media_type.is_none() {
            head.extend_from_slice(&piece[..piece.len().min(HEAD - head.len())]);
            if head.len() == HEAD {
                media_type = Some(accepted(&head, allowed)?);
            }
        }
        hash.update(&piece);
        writing.wait_for_capacity(WAITING).await.map_err(|error| away(&error))?;
        writing.put(piece);
    }
    if size == 0 {
        return Err(Problem::new(Code::Invalid, format!("the {} is empty", allowed.noun)).into());
    }
    let media_type = media_type.map_or_else(|| accepted(&head, allowed), Ok)?;
    Ok(Received { digest: hash.finalize().into(), size: i64::try_from(size).unwrap_or(i64::MAX), media_type })
}

fn accepted(head: &[u8], allowed: Allowed<'_>) -> Result<String> {
    let found = kind_of(head);
    if allowed.media_types.contains(&found.as_str()) {
        return Ok(found);
    }
    let taken = allowed.media_types.join(", ");
    Err(Problem::new(
        Code::WrongMediaType,
        format!("the {} is {found} by its content; taken are {taken}", allowed.noun),
    )
    .hint("what counts is what is in the file, not what it is called")
    .into())
}

/// What a file's first bytes say it is.
fn kind_of(head: &[u8]) -> String {
    if let Some(known) = infer::get(head) {
        return known.mime_type().to_owned();
    }
    // A character may be cut at the end of what was looked at.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    let readable = |character: char| !character.is_control() || matches!(character, '\n' | '\r' | '\t');
    if !text.is_empty() && text.chars().all(readable) { "text/plain" } else { "application/octet-stream" }.to_owned()
}

fn path_of(digest: &[u8; 32]) -> Path {
    let name = HEXLOWER.encode(digest);
    // A folder of many thousand files is slow to look at.
    Path::from(format!("{}/{name}", &name[..2]))
}

fn away(error: &dyn std::fmt::Display) -> Error {
    let problem = Problem::new(Code::Unavailable, "documents cannot be kept or read now")
        .hint("nothing was changed; try again in a moment");
    Error { internal: Error::internal(error).internal, problem: Box::new(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_stands_in_its_bytes() {
        for (head, kind) in [
            (&b"%PDF-1.7\n..."[..], "application/pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            ("name,größe\n".as_bytes(), "text/plain"),
            (&"gr\u{f6}".as_bytes()[..3], "text/plain"),
            (b"\0\x01\x02", "application/octet-stream"),
        ] {
            assert_eq!(kind_of(head), kind);
        }
    }
}
