//! The GeoReport v2 server: strict in what it says, lenient in what it takes. The path's suffix chooses the format;
//! errors are Open311's own list of them.
//!
//! - `document`: one shape, written as JSON and as XML
//! - `discovery`: discovery, services and their definitions
//! - `list`: which requests are asked for, and what they look like
//! - `post`: filing
//! - `updates`: service request updates
//! - `form`: what was sent, urlencoded or multipart

mod discovery;
mod document;
pub(super) mod form;
mod list;
mod post;
mod updates;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header, request::Parts},
};
use serde_json::{Value, json};

use self::document::{Document, Format};
use crate::{
    api::{
        endpoint::{Method, Raw, Visitor},
        header::{PROBLEM_CODE, PROBLEM_HINT},
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        web::{answer::RequestId, context::Context, router::Routes},
    },
};

/// Where GeoReport is served, for good and for trying.
const BASE: &str = "/open311/v2";
/// Where what is filed is judged and not kept.
const TEST_BASE: &str = "/open311/test";

macro_rules! operations {
    ($($(#[doc = $summary:literal])+ $name:ident = $method:ident $id:literal [$($path:literal)+] $documented:literal
        [$($field:literal)*] $([$($file:literal)*])?;)+) => {$(
        $(#[doc = $summary])+
        static $name: Raw<Visitor> = Raw {
            id: $id,
            method: Method::$method,
            paths: &[$($path, concat!("/open311/v2", $path), concat!("/open311/test", $path)),+],
            documented: concat!("/open311/v2", $documented),
            summary: concat!($($summary),+).trim_ascii(),
            need: (),
            fields: &[$($field),*],
            files: &[$($($file),*)?],
            takes: &["application/x-www-form-urlencoded", "multipart/form-data"],
            answers: &["application/json", "text/xml"],
        };
    )+};
}

operations! {
    /// Open311 discovery
    DISCOVERY = Get "open311.discovery" ["/discovery.json" "/discovery.xml"] "/discovery.{format}" [];
    /// What can be asked for
    SERVICES = Get "open311.services" ["/services.json" "/services.xml"] "/services.{format}" ["jurisdiction_id"];
    /// The questions of a service
    DEFINITION = Get "open311.definition" ["/services/{file}"] "/services/{service_code}.{format}" ["jurisdiction_id"];
    /// Requests, the newest first
    LIST = Get "open311.requests.list" ["/requests.json" "/requests.xml"] "/requests.{format}"
        ["service_request_id" "service_code" "start_date" "end_date" "status" "page" "page_size" "updated_after"
         "updated_before" "q" "bbox" "extensions" "mine" "api_key" "jurisdiction_id"];
    /// A request
    SHOW = Get "open311.requests.show" ["/requests/{file}"] "/requests/{service_request_id}.{format}"
        ["extensions" "api_key" "jurisdiction_id"];
    /// File a request
    POST = Post "open311.requests.create" ["/requests.json" "/requests.xml"] "/requests.{format}"
        ["service_code" "lat" "long" "address_string" "address_id" "attribute[CODE]" "description" "email" "first_name"
         "last_name" "phone" "media_url" "api_key" "jurisdiction_id"] ["media"];
    /// The id behind a token; as every id is told at once, there is none
    TOKEN = Get "open311.tokens.show" ["/tokens/{file}"] "/tokens/{token}.{format}" ["jurisdiction_id"];
    /// What was told of requests in a stretch of time
    UPDATES = Get "open311.updates.list" ["/servicerequestupdates.json" "/servicerequestupdates.xml"]
        "/servicerequestupdates.{format}" ["start_date" "end_date" "service_request_id" "jurisdiction_id"];
    /// Tell an update of a request
    POST_UPDATE = Post "open311.updates.create" ["/servicerequestupdates.json" "/servicerequestupdates.xml"]
        "/servicerequestupdates.{format}"
        ["service_request_id" "status" "updated_datetime" "description" "media_url" "first_name" "last_name" "email" "api_key"];
}

/// The standard's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .raw(&DISCOVERY, refuse, discovery::discovery)
        .raw(&SERVICES, refuse, discovery::services)
        .raw(&DEFINITION, refuse, discovery::definition)
        .raw(&LIST, refuse, list::list)
        .raw(&SHOW, refuse, list::show)
        .raw(&POST, refuse, post::post)
        .raw(&TOKEN, refuse, token)
        .raw(&UPDATES, refuse, updates::list)
        .raw(&POST_UPDATE, refuse, updates::post)
        .elsewhere(elsewhere)
}

async fn token(_: Context<Visitor>, _: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let (token, _) = file(&parts)?;
    Err(Problem::not_found("token", token).hint("requests here have their id at once").into())
}

/// The last part of the path without its suffix, percent-decoded, and the format that asks for. Any other suffix names
/// nothing.
fn file(parts: &Parts) -> Result<(String, Format)> {
    let path = parts.uri.path();
    let unknown = || Error::from(Problem::new(Code::NotFound, format!("there is no {path}; .json and .xml are")));
    let format = Format::of(&parts.uri).ok_or_else(unknown)?;
    let (name, _) = path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).ok_or_else(unknown)?;
    Ok((form::decoded(name), format))
}

/// The format of a path that has one for certain.
fn format(parts: &Parts) -> Format {
    Format::of(&parts.uri).unwrap_or(Format::Json)
}

/// Where the portal was reached: as the city declares, or else as the caller did.
fn base(portal: &Portal, parts: &Parts) -> String {
    if let Some(url) = &portal.city().url {
        return url.trim_end_matches('/').to_owned();
    }
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = header("x-forwarded-proto").filter(|scheme| matches!(*scheme, "http" | "https"));
    let scheme = forwarded.or_else(|| parts.uri.scheme_str()).unwrap_or("http");
    let host = parts.uri.authority().map(|authority| authority.as_str()).or_else(|| header("host"));
    let plain = |host: &&str| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    format!("{scheme}://{}", host.filter(plain).unwrap_or("localhost"))
}

/// An instant as GeoReport wants it: whole seconds.
fn instant(at: Timestamp) -> Value {
    json!(Timestamp::from_millisecond(at.as_millisecond().div_euclid(1000) * 1000))
}

/// A list of errors, each field at fault in its own.
fn refuse(request: &RequestId, uri: &Uri, error: Error) -> Response<Body> {
    let problem = *error.problem;
    let status = match problem.code {
        Code::Unauthenticated | Code::Expired | Code::Forbidden | Code::Unverified | Code::TermsNotAccepted => 403,
        Code::Unavailable | Code::RateLimited | Code::Internal | Code::NotFound => problem.status,
        Code::MethodNotAllowed | Code::TooLarge => problem.status,
        _ => 400,
    };
    // What GeoReport's errors have no place for.
    let code = HeaderValue::from_str(&problem.code.to_string());
    let hint = problem.hint.as_deref().map(|hint| HeaderValue::from_bytes(hint.as_bytes()));
    let told_beside = [(PROBLEM_CODE, Some(code)), (PROBLEM_HINT, hint)];
    let mut told: Vec<String> = problem.errors.into_iter().map(|error| error.detail).collect();
    if told.is_empty() {
        let hint = problem.hint.map_or(String::new(), |hint| format!(" ({hint})"));
        told.push(format!("{}{hint}", problem.detail));
    }
    let errors: Vec<Value> = told.iter().map(|text| json!({ "code": status, "description": text })).collect();
    let document = Document { root: "errors", value: Value::Array(errors) };
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = document.answer(request, code, Format::of(uri).unwrap_or(Format::Json));
    for (name, value) in told_beside {
        if let Some(Ok(value)) = value {
            answer.headers_mut().insert(name, value);
        }
    }
    if matches!(problem.code, Code::Unavailable | Code::RateLimited) {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    answer
}

/// What is not there under a name of GeoReport's, with another suffix, or by another method.
fn elsewhere(request: &RequestId, uri: &Uri, code: Code) -> Option<Response<Body>> {
    let path = uri.path();
    let below = [BASE, TEST_BASE].into_iter().find_map(|base| path.strip_prefix(base));
    let name = below.unwrap_or(path).trim_start_matches('/').split(['/', '.']).next().unwrap_or_default();
    let known = ["discovery", "services", "requests", "tokens", "servicerequestupdates"].contains(&name);
    (known || below.is_some()).then(|| {
        let detail = match code {
            Code::MethodNotAllowed => format!("{path} is not there for this method"),
            _ => format!("there is no {path}; discovery.json tells what is"),
        };
        refuse(request, uri, Problem::new(code, detail).into())
    })
}

/// The first value of a header.
fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|text| text.trim().to_owned())
}
