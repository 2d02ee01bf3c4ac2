//! What was sent: fields of a query or a form, urlencoded or multipart. Names arrive with raw or encoded brackets.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, header, request::Parts},
};
use data_encoding::HEXLOWER;
use tokio::sync::Mutex;

use super::header_text;
use crate::{
    api::{
        endpoint::Visitor,
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        error::{Error, Result},
        gateways::documents::Arrived,
        requests::pictures::{self, MOST_PICTURES},
        web::{
            context::Context,
            file::Incoming,
            grant::{Caller, recognise},
            input,
        },
    },
};

/// How large the texts of a form may be, in bytes.
const FORM_LIMIT: usize = 1 << 20;
/// How large a form with pictures may be, in bytes.
const FORM_WITH_PICTURES: u64 = 64 << 20;
/// How long a form without pictures may take to arrive.
const TIME: Duration = Duration::from_secs(120);
/// How long one with pictures may take, from a telephone with a bad line.
const TIME_WITH_PICTURES: Duration = Duration::from_secs(15 * 60);

/// The fields of a query and a form, those of the form first.
#[derive(Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// The pictures that came with them, not kept yet: whoever reads a form keeps or forgets them.
    pub pictures: Vec<Arrived>,
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
        Self { pairs: pairs(parts.uri.query().unwrap_or_default().as_bytes()), pictures: Vec::new() }
    }

    /// The fields of a form, and of the query it was sent with. Pictures stream in beside them.
    pub async fn read(portal: &Portal, parts: &Parts, body: Body) -> Result<Self> {
        let mut fields = arrive(portal, &parts.headers, body).await?;
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
        let pictures: Vec<_> = self.pictures.iter().map(|picture| HEXLOWER.encode(&picture.received.digest)).collect();
        format!("{pairs:?}{pictures:?}")
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

async fn arrive(portal: &Portal, headers: &HeaderMap, body: Body) -> Result<Fields> {
    let kind = header_text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let name = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let late = |_| malformed("the form did not arrive in time");
    match name.as_str() {
        // Some clients send an empty body without a type, and all of the form in the query.
        "" | "application/x-www-form-urlencoded" => {
            let read = tokio::time::timeout(TIME, axum::body::to_bytes(body, FORM_LIMIT)).await.map_err(late)?;
            let bytes = read.map_err(|error| cut_off(&error.to_string()))?;
            let pairs = pairs(&bytes);
            pairs.iter().try_for_each(|(name, value)| input::field(name, value))?;
            Ok(Fields { pairs, pictures: Vec::new() })
        }
        "multipart/form-data" => {
            let boundary = multer::parse_boundary(&kind).map_err(|error| malformed(&error.to_string()))?;
            let body = Arc::new(Mutex::new(Incoming::new(headers, body)));
            let constraints =
                multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(FORM_WITH_PICTURES));
            let stream = pictures::pieces(Arc::clone(&body));
            let form = multer::Multipart::with_constraints(stream, boundary, constraints);
            let mut fields = Fields::default();
            let read = tokio::time::timeout(TIME_WITH_PICTURES, multipart(portal, form, &mut fields)).await;
            if let Err(error) = read.map_err(late).flatten() {
                pictures::forget(portal, fields.pictures).await;
                body.lock().await.read_out().await;
                return Err(error);
            }
            Ok(fields)
        }
        other => Err(malformed(&format!(
            "the form is {other}; send application/x-www-form-urlencoded or multipart/form-data"
        ))),
    }
}

/// Reads the parts of a form. What has arrived before one that fails is in `fields` all the same.
async fn multipart(portal: &Portal, mut form: multer::Multipart<'static>, fields: &mut Fields) -> Result<()> {
    let mut texts = 0;
    while let Some(mut part) = form.next_field().await.map_err(|error| cut_off(&error.to_string()))? {
        let field = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() || is_picture(&field) {
            if fields.pictures.len() == MOST_PICTURES {
                return Err(Error::field(&format!("/{field}"), format!("at most {MOST_PICTURES} pictures are kept")));
            }
            fields.pictures.extend(pictures::take_in(portal, part).await?);
            continue;
        }
        let mut text = Vec::new();
        while let Some(piece) = part.chunk().await.map_err(|error| cut_off(&error.to_string()))? {
            texts += piece.len();
            if texts > FORM_LIMIT {
                return Err(cut_off("limit"));
            }
            text.extend_from_slice(&piece);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        input::field(&field, &text)?;
        fields.pairs.push((field, text));
    }
    Ok(())
}

/// Whether a field is one that clients send pictures in.
pub fn is_picture(field: &str) -> bool {
    let numbered = field.strip_prefix("photo").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(field, "media" | "media[]") || numbered || field.starts_with("file_")
}

fn malformed(detail: &str) -> Error {
    Problem::new(Code::Malformed, detail).into()
}

/// The error of a form that cannot be read to its end.
pub fn cut_off(text: &str) -> Error {
    if text.contains("limit") || text.contains("exceeded") {
        let limits = format!("{} MB of text and {} MB with its pictures", FORM_LIMIT >> 20, FORM_WITH_PICTURES >> 20);
        let problem = Problem::new(Code::TooLarge, format!("the form is larger than {limits}"));
        return problem.hint("send fewer or smaller pictures, or give media_url").into();
    }
    malformed(&format!("the form cannot be read: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_arrive_raw_or_encoded() {
        let text = b"attribute[size]=large&attribute%5Bpos%5D%5B%5D=a&attribute[pos][]=b&lat=&long=null&x=1";
        let fields = Fields { pairs: pairs(text), pictures: Vec::new() };
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
