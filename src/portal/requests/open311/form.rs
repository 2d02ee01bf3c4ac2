//! What was sent: fields of a query or a form, urlencoded or multipart. Names arrive with raw or encoded brackets.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header, request::Parts},
};

use super::header_text;
use crate::{
    api::{
        endpoint::Visitor,
        problem::{Code, Problem},
    },
    portal::{
        error::{Error, Result},
        web::{
            context::Context,
            grant::{Caller, recognise},
        },
    },
};

/// How large a form without files may be, in bytes.
const FORM_LIMIT: usize = 1 << 20;
/// How large a form with files may be, in bytes.
const FILES_LIMIT: usize = 24 << 20;
/// How long a form may take to arrive.
const TIME: Duration = Duration::from_secs(120);

/// The fields of a query and a form, those of the form first.
#[derive(Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// The files that came with them.
    pub files: Vec<File>,
}

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct File {
    /// The field it came in.
    pub field: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A part of a path, percent-decoded.
pub fn decoded(text: &str) -> String {
    let pair = format!("x={}", text.replace('+', "%2B"));
    pairs(pair.as_bytes()).into_iter().next().map(|(_, value)| value).unwrap_or_default()
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

impl Fields {
    /// The fields of a query.
    pub fn of_query(parts: &Parts) -> Self {
        Self { pairs: pairs(parts.uri.query().unwrap_or_default().as_bytes()), files: Vec::new() }
    }

    /// The fields of a form, and of the query it was sent with.
    pub async fn read(parts: &Parts, body: Body) -> Result<Self> {
        let arriving = arrive(&parts.headers, body);
        let mut fields = tokio::time::timeout(TIME, arriving).await.map_err(|_| malformed("the form did not arrive in time"))??;
        fields.pairs.extend(Self::of_query(parts).pairs);
        Ok(fields)
    }

    /// The first value of a field that says something.
    pub fn get(&self, name: &str) -> Option<String> {
        self.all(name).next().map(str::to_owned)
    }

    /// Every value of a field that says something.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let named = self.pairs.iter().filter(move |(field, _)| field == name);
        // GeoReport: absent, empty and null mean the same.
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty() && *value != "null")
    }

    /// The fields but one.
    pub fn without(self, name: &str) -> Vec<(String, String)> {
        self.pairs.into_iter().filter(|(field, _)| field != name).collect()
    }

    /// The answers: `attribute[CODE]=v`, and `attribute[CODE][]=v` for several.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let code = |name: &str| {
            let inner = name.strip_prefix("attribute[")?;
            let (code, rest) = inner.split_once(']')?;
            matches!(rest, "" | "[]").then(|| code.to_owned())
        };
        self.pairs.iter().filter_map(|(name, value)| Some((code(name)?, clean(value)))).collect()
    }

    /// Who calls, by a key among the fields where no header told it; a key nobody has is refused.
    pub async fn caller(&self, context: &Context<Visitor>) -> Result<Option<Caller>> {
        match (&context.who, self.get("api_key")) {
            (Some(caller), _) => Ok(Some(caller.clone())),
            (None, Some(key)) => recognise(&context.portal, &key, context.now).await.map(Some),
            (None, None) => Ok(None),
        }
    }

    /// All of it but the key, for an idempotency key's fingerprint: the same whatever the order.
    pub fn fingerprint(&self) -> String {
        let mut pairs: Vec<_> = self.pairs.iter().filter(|(name, _)| name != "api_key").collect();
        pairs.sort();
        format!("{pairs:?}")
    }
}

/// Text without control characters but line breaks and tabs; a line ends with one character.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|&character| matches!(character, '\n' | '\t') || !character.is_control())
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

async fn arrive(headers: &HeaderMap, body: Body) -> Result<Fields> {
    let kind = header_text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let name = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        // Some clients send an empty body without a type, and all of the form in the query.
        "" | "application/x-www-form-urlencoded" => {
            let bytes = axum::body::to_bytes(body, FORM_LIMIT).await.map_err(|error| cut_off(&error.to_string(), FORM_LIMIT))?;
            Ok(Fields { pairs: pairs(&bytes), files: Vec::new() })
        }
        "multipart/form-data" => multipart(&kind, body).await,
        other => Err(malformed(&format!("the form is {other}; send application/x-www-form-urlencoded or multipart/form-data"))),
    }
}

async fn multipart(kind: &str, body: Body) -> Result<Fields> {
    let boundary = multer::parse_boundary(kind).map_err(|error| malformed(&error.to_string()))?;
    let limit = u64::try_from(FILES_LIMIT).unwrap_or(u64::MAX);
    let constraints = multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(limit));
    let mut parts = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut fields = Fields::default();
    let failed = |error: multer::Error| cut_off(&error.to_string(), FILES_LIMIT);
    while let Some(part) = parts.next_field().await.map_err(failed)? {
        let field = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some() || is_picture(&field);
        let bytes = part.bytes().await.map_err(failed)?;
        if is_file && !bytes.is_empty() {
            fields.files.push(File { field, bytes });
        } else {
            fields.pairs.push((field, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(fields)
}

/// Whether a field is one that clients send pictures in.
pub fn is_picture(field: &str) -> bool {
    let numbered = field.strip_prefix("photo").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(field, "media" | "media[]") || numbered || field.starts_with("file_")
}

fn malformed(detail: &str) -> Error {
    Problem::new(Code::Malformed, detail).into()
}

fn cut_off(text: &str, limit: usize) -> Error {
    if text.contains("limit") {
        let detail = format!("the form is larger than {limit} bytes");
        return Problem::new(Code::TooLarge, detail).hint("send smaller pictures, or give media_url").into();
    }
    malformed(&format!("the form cannot be read: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_arrive_raw_or_encoded() {
        let text = b"attribute[size]=large&attribute%5Bpos%5D%5B%5D=a&attribute[pos][]=b&lat=&long=null&x=1";
        let fields = Fields { pairs: pairs(text), files: Vec::new() };
        let seen: Vec<_> = fields.attributes().iter().map(|(code, value)| format!("{code}={value}")).collect();
        assert_eq!(seen, ["size=large", "pos=a", "pos=b"]);
        assert_eq!((fields.get("lat"), fields.get("long"), fields.get("x").as_deref()), (None, None, Some("1")));
        assert_eq!(clean("a\r\nb\u{0}\u{1b}[31mc\rd"), "a\nb[31mc\nd");
        assert_eq!(decoded("a%20b+c"), "a b+c");
    }

    #[test]
    fn fields_that_pictures_come_in() {
        assert!(["media", "media[]", "photo1", "photo", "file_2"].into_iter().all(is_picture));
        assert!(!["media_url", "photograph", "description"].into_iter().any(is_picture));
    }
}
