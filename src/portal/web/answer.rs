//! Answers: JSON, problem documents, and lists as streams of lines.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;

use crate::{
    api::{
        card::withheld,
        endpoint::{Access, Endpoint, Needs, REPLAYED},
        header::REQUEST_ID,
        problem::{Code, Problem},
    },
    portal::{error::Error, idempotency::Claim},
};

/// A request's id, in its answer and in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
const LINES: HeaderValue = HeaderValue::from_static("application/x-ndjson");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// After how many seconds a busy portal may be asked again, where nothing better is known.
const RETRY_AFTER: u32 = 2;

/// A value as JSON.
pub fn json<T: Serialize>(request: &RequestId, value: &T) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(body) => respond(request, StatusCode::OK, JSON, body.into()),
        Err(error) => problem(request, "", Error::internal(error)),
    }
}

/// A stream of JSON lines.
pub fn lines(request: &RequestId, body: Body) -> Response<Body> {
    respond(request, StatusCode::OK, LINES, body)
}

/// A refusal or failure; what lies behind it goes to the log with the request's id.
pub fn problem(request: &RequestId, operation: &str, error: Error) -> Response<Body> {
    log(request, operation, &error);
    let Problem { code, status, retry_after, .. } = *error.problem;
    let document = Problem { request_id: request.0.clone(), ..*error.problem };
    let body = serde_json::to_vec(&document).map_or_else(|_| Body::empty(), Body::from);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = respond(request, status, PROBLEM_JSON, body);
    let headers = response.headers_mut();
    match code {
        Code::Unauthenticated | Code::Expired | Code::ProofNeeded | Code::CodeNeeded => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Code::RateLimited | Code::Unavailable => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after.unwrap_or(RETRY_AFTER)));
        }
        _ => {}
    }
    response
}

/// The same, as whoever may call the operation is told it.
pub fn refusal<A: Access, P, I, O>(
    request: &RequestId,
    endpoint: &Endpoint<A, P, I, O>,
    mut error: Error,
) -> Response<Body> {
    if matches!(A::describe(endpoint.need), Needs::Power(_)) {
        error.problem = Box::new(error.problem.for_clerks());
    }
    problem(request, endpoint.id, error)
}

/// Tells the operators' log of a refusal or failure.
pub fn log(request: &RequestId, operation: &str, error: &Error) {
    let code = error.problem.code;
    if let Some(internal) = &error.internal {
        tracing::error!(request_id = request.0, operation, code = %code, cause = %internal, "refused");
    } else {
        let detail = withheld(&error.problem.detail);
        tracing::debug!(request_id = request.0, operation, code = %code, %detail, "refused");
    }
}

/// An answer of a media type.
pub fn respond(request: &RequestId, status: StatusCode, kind: HeaderValue, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    if let Ok(id) = HeaderValue::from_str(&request.0) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

/// The same answer, which says so where what was asked for had been done before under its key.
pub fn replayed(mut answer: Response<Body>, claim: Option<&Claim>) -> Response<Body> {
    if claim.is_some_and(Claim::was_replayed) {
        answer.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    answer
}

/// Items as lines: what one page of a stream sends.
pub fn page_lines<T: Serialize>(items: &[T]) -> Result<Bytes, serde_json::Error> {
    let mut buffer = Vec::with_capacity(items.len() * 256);
    for item in items {
        serde_json::to_writer(&mut buffer, item)?;
        buffer.push(b'\n');
    }
    Ok(buffer.into())
}
