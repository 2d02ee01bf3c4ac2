//! Archives that stream out (ZIP, APPNOTE 6.3.4): files are written one behind the other, piece by piece, and neither
//! they nor the whole are ever held.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;
use futures_util::stream;
use tokio::sync::mpsc;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::file::Pieces;
use crate::portal::{
    Portal,
    error::{Error, Result},
};

/// How many pieces wait for a slow reader.
const WAITING: usize = 2;

/// An archive that is being written.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Made>>,
    made: Made,
    pieces: mpsc::Sender<Result<Bytes>>,
}

/// What was made and not yet passed on.
#[derive(Debug, Clone, Default)]
struct Made(Arc<Mutex<Vec<u8>>>);

impl Made {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Made {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// The pieces of an archive that `write` fills while they are read. It ends early when nobody reads any more; what
    /// it fails with breaks the stream off, so that no reader takes a part for the whole.
    pub fn stream<F>(portal: &Portal, write: impl FnOnce(Self) -> F) -> Pieces
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let (pieces, reader) = mpsc::channel(WAITING);
        let made = Made::default();
        let archive = Self { zip: ZipWriter::new_stream(made.clone()), made, pieces: pieces.clone() };
        let filling = write(archive);
        portal.tracker().spawn(async move {
            if let Err(error) = filling.await {
                tracing::warn!(%error, "an archive broke off");
                // Where nobody reads any more, nobody is to be told.
                let _ = pieces.send(Err(error)).await;
            }
        });
        Box::pin(stream::unfold(reader, async |mut reader| reader.recv().await.map(|piece| (piece, reader))))
    }

    /// Begins a file; what is written from here on is its content.
    pub fn begin(&mut self, name: &str) -> Result<()> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(Error::internal)
    }

    /// Writes, and passes on what has been made by then.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(Error::internal)?;
        pass_on(&self.made, &self.pieces).await
    }

    /// Ends the archive.
    pub async fn finish(self) -> Result<()> {
        let Self { zip, made, pieces } = self;
        zip.finish().map_err(Error::internal)?;
        pass_on(&made, &pieces).await
    }
}

/// Passes on what was made, and waits while whoever reads it is behind.
async fn pass_on(made: &Made, pieces: &mpsc::Sender<Result<Bytes>>) -> Result<()> {
    let made = made.take();
    if made.is_empty() {
        return Ok(());
    }
    pieces.send(Ok(made.into())).await.map_err(|_| Error::internal("nobody reads the archive any more"))
}
