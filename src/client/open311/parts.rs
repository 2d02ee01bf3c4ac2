//! A form of several parts (RFC 7578): fields, and pictures that stream from their files.

use futures_util::{StreamExt as _, stream};

use super::super::{key, upload::Upload};
use crate::{
    api::{problem::Code, secret::Secret},
    failure::{Failure, Result},
};

/// A form with pictures. It can be sent again: each attempt opens the files anew.
#[derive(Debug)]
pub(super) struct Parts {
    boundary: String,
    fields: Vec<(String, String)>,
    api_key: Option<Secret>,
    pub(super) pictures: Vec<Upload>,
}

impl Parts {
    /// A form with these fields and pictures.
    pub(super) fn new(fields: Vec<(String, String)>, api_key: Option<&Secret>, pictures: Vec<Upload>) -> Result<Self> {
        // Nobody's text holds 128 bits that were drawn a moment ago.
        let boundary = format!("citytime-{}", key::fresh()?);
        Ok(Self { boundary, fields, api_key: api_key.cloned(), pictures })
    }

    /// What it is.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The form as a body, and its size in bytes.
    pub(super) async fn body(&self) -> Result<(reqwest::Body, u64)> {
        let mut text = String::new();
        let key = self.api_key.iter().map(|key| ("api_key", key.expose()));
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in key.chain(fields) {
            text.push_str(&format!(
                "--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n",
                self.boundary,
                escaped(name)
            ));
            text.push_str(&format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{value}\r\n"));
        }
        let mut size = 0;
        let mut pieces = Vec::new();
        for (picture, number) in self.pictures.iter().zip(1..) {
            let (name, kind) = named(picture, number);
            text.push_str(&format!(
                "--{}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n",
                self.boundary
            ));
            let (file, bytes) = picture.pieces().await?;
            size += length(&text) + bytes;
            pieces.push(here(std::mem::take(&mut text)));
            pieces.push(file.boxed());
            text.push_str("\r\n");
        }
        text.push_str(&format!("--{}--\r\n", self.boundary));
        size += length(&text);
        pieces.push(here(text));
        Ok((reqwest::Body::wrap_stream(stream::iter(pieces).flatten()), size))
    }
}

type Pieces = stream::BoxStream<'static, std::io::Result<Vec<u8>>>;

fn here(text: String) -> Pieces {
    stream::once(async move { Ok(text.into_bytes()) }).boxed()
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// A field's name within quotes, as browsers write it.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// What a picture is called on its way, and what it is by its name: what its owner calls it is nobody's business.
fn named(picture: &Upload, number: usize) -> (String, &'static str) {
    let ending = picture.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let (ending, kind) = match ending.as_str() {
        "jpg" | "jpeg" => ("jpg", "image/jpeg"),
        "png" => ("png", "image/png"),
        "webp" => ("webp", "image/webp"),
        "heic" | "heif" => ("heic", "image/heic"),
        "avif" => ("avif", "image/avif"),
        _ => ("bin", "application/octet-stream"),
    };
    (format!("photo{number}.{ending}"), kind)
}

/// How large a picture is, in bytes, where it can be sent.
pub fn size(path: &std::path::Path) -> Result<u64> {
    let about = std::fs::metadata(path).map_err(|error| Failure::file("read", path, error).named_by("--photo"))?;
    if !about.is_file() || about.len() == 0 {
        let what = if about.is_file() { "is empty" } else { "is no file" };
        return Err(Failure::new(Code::File, format!("{} {what}", path.display())).hint("--photo names a picture"));
    }
    // Read once before anything is asked or sent: that it is there does not tell that it may be read.
    std::fs::File::open(path).map_err(|error| Failure::file("read", path, error).named_by("--photo"))?;
    Ok(about.len())
}
