//! The frame every page stands in, and the headers it is sent with.

use std::sync::LazyLock;

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::{
    api::problem::Problem,
    portal::{
        Portal,
        web::answer::{self, RequestId},
    },
};

/// How pages look: part of each, so that nothing else is asked for.
const STYLE: &str = include_str!("style.css");

/// Nothing is loaded, run or framed; the one style is known by its digest, and forms go to this portal only.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let digest = BASE64.encode(&Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    // All of it is ASCII; were it not, nothing at all would be allowed.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// What every page is sent with, beside its policy: its address, which may hold a code, goes nowhere.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// A page: what it says, without its frame.
#[derive(Debug)]
pub(crate) struct Page {
    status: StatusCode,
    title: String,
    body: Markup,
}

impl Page {
    /// A page with its title, which is also its heading.
    pub(crate) fn new(title: impl Into<String>, body: Markup) -> Self {
        Self { status: StatusCode::OK, title: title.into(), body }
    }

    /// A page shown again, with what was wrong above it.
    pub(crate) fn mended(self, problem: &Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = html! { (wrong(problem)) (self.body) };
        Self { status, title: format!("Not yet: {}", lower(&self.title)), body }
    }

    /// The page of a refusal or failure.
    pub(crate) fn refusal(problem: &Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, title: problem.title.clone(), body: wrong(problem) }
    }

    /// The whole page in the city's frame.
    pub(crate) fn answer(self, portal: &Portal, request: &RequestId) -> Response<Body> {
        let city = portal.public();
        let whole = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    title { (self.title) " – " (city.name) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header { (city.name) }
                    main { h1 { (self.title) } (self.body) }
                    footer {
                        p {
                            "Questions? " a href=(format!("mailto:{}", city.support.email)) { (city.support.email) }
                            " or " a href=(format!("tel:{}", city.support.phone)) { (city.support.phone) } "."
                        }
                        p class="quiet" { "Request " (request.0) }
                    }
                }
            }
        };
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let mut response = answer::respond(request, self.status, kind, Body::from(whole.into_string()));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
        for (name, value) in HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

fn wrong(problem: &Problem) -> Markup {
    html! {
        div class="notice wrong" role="alert" {
            p { strong { (sentence(&problem.detail)) } }
            @if let [_, _, ..] = problem.errors.as_slice() {
                ul { @for error in &problem.errors { li { (sentence(&error.detail)) } } }
            }
            @if let Some(hint) = &problem.hint { p { (sentence(hint)) } }
        }
    }
}

/// A word beside the page's text: what was done.
pub(crate) fn notice(text: &Markup) -> Markup {
    html! { div class="notice" role="status" { (text) } }
}

/// A field of a form with its label, and what is to be typed.
pub(crate) fn field(name: &str, label: &str, help: &str, kind: &str, completion: &str, value: &str) -> Markup {
    let described = format!("{name}-help");
    html! {
        label for=(name) { (label) }
        p class="quiet" id=(described) { (help) }
        input id=(name) name=(name) type=(kind) value=(value) autocomplete=(completion) aria-describedby=(described)
            required spellcheck="false" autocapitalize="none";
    }
}

/// What goes back with a form, and is not shown.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A problem's words as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_style_alone() {
        let policy = POLICY.to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script"), "{policy}");
    }

    #[test]
    fn a_problem_is_told_in_sentences_and_cannot_break_out() {
        let problem = Problem::new(crate::api::problem::Code::Invalid, "<script>alert(1)</script> is no code")
            .hint("type it anew");
        let told = wrong(&problem).into_string();
        assert!(told.contains("&lt;script&gt;alert(1)&lt;/script&gt; is no code."), "{told}");
        assert!(told.contains("<p>Type it anew.</p>"), "{told}");
    }
}
