//! Files as streams: neither a file that is sent nor one that comes is ever in memory whole.

use std::{
    future::Future,
    io,
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{Stream, stream};
use reqwest::Response;
use tokio::{fs::File, io::AsyncReadExt};

use super::{answer::Asked, attempt::content_type, reach};
use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// How much is read from a file at once, in bytes.
const PIECE: usize = 64 << 10;

/// What a request carries.
#[derive(Debug)]
pub(super) enum Body {
    /// Nothing.
    None,
    /// JSON.
    Json(Vec<u8>),
    /// A file, opened anew for every attempt.
    File(Upload),
}

/// A file that is to be sent.
#[derive(Clone)]
pub struct Upload {
    pub(super) path: PathBuf,
    sent: Arc<AtomicU64>,
    told: Arc<dyn Fn(u64) + Send + Sync>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Upload {
    /// A file; `told` hears how many bytes more have been handed on.
    pub fn new(path: &Path, told: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self { path: path.to_owned(), sent: Arc::default(), told: Arc::new(told) }
    }

    /// The file as a body, and its size in bytes.
    pub(super) async fn body(&self) -> Result<(reqwest::Body, u64)> {
        let (pieces, size) = self.pieces().await?;
        Ok((reqwest::Body::wrap_stream(pieces), size))
    }

    /// The file piece by piece, and its size in bytes.
    pub(super) async fn pieces(&self) -> Result<(impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static, u64)> {
        let failed = |error| Failure::file("read", &self.path, error);
        let file = File::open(&self.path).await.map_err(failed)?;
        let size = file.metadata().await.map_err(failed)?.len();
        let (sent, told) = (Arc::clone(&self.sent), Arc::clone(&self.told));
        let pieces = stream::try_unfold(file, move |mut file| {
            let (sent, told) = (Arc::clone(&sent), Arc::clone(&told));
            async move {
                let mut piece = vec![0; PIECE];
                let read = file.read(&mut piece).await?;
                piece.truncate(read);
                let count = u64::try_from(read).unwrap_or(0);
                sent.fetch_add(count, Ordering::Relaxed);
                told(count);
                Ok::<_, io::Error>((read > 0).then_some((piece, file)))
            }
        });
        Ok((pieces, size))
    }
}

impl Body {
    /// Waits for an answer: as long as `limit`, and for a file as long as it moves within that.
    pub(super) async fn patience<T>(&self, limit: Duration, answer: impl Future<Output = T>) -> Option<T> {
        match self {
            Self::File(upload) => patience(std::slice::from_ref(upload), limit, answer).await,
            Self::None | Self::Json(_) => patience(&[], limit, answer).await,
        }
    }
}

/// Waits for an answer: as long as `limit`, and while files are being sent as long as they move within that.
pub(super) async fn patience<T>(uploads: &[Upload], limit: Duration, answer: impl Future<Output = T>) -> Option<T> {
    let sent = || uploads.iter().map(|upload| upload.sent.load(Ordering::Relaxed)).sum::<u64>();
    let mut answer = pin!(answer);
    loop {
        let before = sent();
        if let Ok(answer) = tokio::time::timeout(limit, &mut answer).await {
            return Some(answer);
        }
        if sent() == before {
            return None;
        }
    }
}

/// A file that streams in.
#[derive(Debug)]
pub struct Download {
    asked: Asked,
    response: Response,
    patience: Duration,
    left: Option<u64>,
}

impl Download {
    pub(super) fn new(asked: Asked, response: Response, patience: Duration) -> Self {
        let left = response.content_length();
        Self { asked, response, patience, left }
    }

    /// What it is: `application/pdf`.
    pub fn media_type(&self) -> String {
        content_type(&self.response)
    }

    /// How large it is, in bytes, where the portal told.
    pub fn size(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next piece; `None` once all of it has come.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let chunk = tokio::time::timeout(self.patience, self.response.chunk()).await;
        let chunk = chunk.map_err(|_| self.broken("it stopped coming"))?;
        let chunk = chunk.map_err(|error| self.broken(&reach::broken(&error)).because(error))?;
        let count = chunk.as_ref().map_or(0, |chunk| u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        self.left = self.left.map(|left| left.saturating_sub(count));
        match chunk {
            None if self.left.is_some_and(|left| left > 0) => Err(self.broken("it was cut off")),
            chunk => Ok(chunk.map(|chunk| chunk.to_vec())),
        }
    }

    fn broken(&self, why: &str) -> Failure {
        let message = format!("the file from {} is not complete: {why}", self.asked.base);
        Failure::new(Code::Network, message).hint("nothing was kept of it; run the command again")
    }
}
