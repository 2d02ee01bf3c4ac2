//! Files that stream in and out: a body is read piece by piece, and never held whole.

use std::{pin::Pin, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use futures_util::{Stream, StreamExt};

use super::answer::{self, RequestId};
use crate::{
    api::problem::{Code, Problem},
    portal::error::{Error, Result},
};

/// How long a sender may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// How much of a file that was refused is still read, so that its sender gets to read why.
const READ_OUT: u64 = 64 << 20;

/// A file that streams in.
pub struct Incoming {
    length: Option<u64>,
    pieces: axum::body::BodyDataStream,
    read: u64,
}

impl Incoming {
    /// A body that streams in.
    pub fn new(headers: &HeaderMap, body: Body) -> Self {
        let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        Self { length: length.and_then(|length| length.parse().ok()), pieces: body.into_data_stream(), read: 0 }
    }

    /// How large it is said to be, in bytes.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` once all of it has arrived. A file that is cut off is an error.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        let cut = |why: &str| -> Error {
            let problem = Problem::new(Code::Malformed, format!("the file did not arrive whole: {why}"));
            problem.hint("nothing of it was kept; send it again").into()
        };
        match tokio::time::timeout(SILENCE, self.pieces.next()).await {
            Ok(Some(Ok(piece))) => {
                self.read += u64::try_from(piece.len()).unwrap_or(u64::MAX);
                Ok(Some(piece))
            }
            Ok(Some(Err(error))) => Err(cut(&error.to_string())),
            Ok(None) if self.length.is_some_and(|length| length != self.read) => Err(cut("it was cut off")),
            Ok(None) => Ok(None),
            Err(_) => Err(cut(&format!("nothing came for {} s", SILENCE.as_secs()))),
        }
    }

    /// Reads what is left and drops it. Whoever is still sending would otherwise meet a closed connection and not the
    /// answer.
    pub async fn read_out(&mut self) {
        let end = self.read.saturating_add(READ_OUT);
        while self.read < end && matches!(self.next().await, Ok(Some(_))) {}
    }
}

/// Pieces of a file on their way out.
pub type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

/// A file that streams out.
pub struct Outgoing {
    /// What it is: `application/pdf`.
    pub media_type: String,
    /// What to call it: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// How large it is, in bytes, where that is known before it is made.
    pub size: Option<u64>,
    /// Who may read it.
    pub readers: Readers,
    /// Its bytes.
    pub pieces: Pieces,
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Anybody: it may be shown on a page, and kept on its way.
    Anybody,
    /// Those who say who they are: it is saved, and nobody on its way keeps it.
    Few,
}

/// What a file's name ends with.
pub fn ending(media_type: &str) -> &str {
    match media_type.split('/').next_back() {
        Some("jpeg") => "jpg",
        Some("heif") => "heic",
        Some("plain") | None => "txt",
        Some(other) => other,
    }
}

impl Outgoing {
    /// A file that is here already.
    pub fn of(media_type: &str, name: String, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let pieces = futures_util::stream::once(async move { Ok(bytes) });
        Self {
            media_type: media_type.to_owned(),
            name,
            size: Some(size),
            readers: Readers::Few,
            pieces: Box::pin(pieces),
        }
    }

    pub(super) fn answer(self, id: &RequestId) -> Response<Body> {
        let kind = HeaderValue::from_str(&self.media_type);
        let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let mut response = answer::respond(id, StatusCode::OK, kind, Body::from_stream(self.pieces));
        let headers = response.headers_mut();
        if let Some(size) = self.size {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
        }
        // What residents send is never run by a browser that opens it.
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let (disposition, cache) = match self.readers {
            // A day: a city that takes a picture away wants it gone soon.
            Readers::Anybody => ("inline", "public, max-age=86400"),
            Readers::Few => ("attachment", "private, no-store"),
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if let Ok(disposition) = HeaderValue::from_str(&format!("{disposition}; filename=\"{}\"", self.name)) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        response
    }
}
