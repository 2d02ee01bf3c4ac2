//! What a city says when it refuses, in any of the shapes there are, HTML or nothing: the HTTP status and the
//! beginning of what was said are always told.

use reqwest::header::HeaderMap;

use super::{
    super::answer::next,
    tree::Tree,
    {json, text, xml},
};
use crate::{
    api::{
        header::{PROBLEM_CODE, PROBLEM_HINT, REQUEST_ID},
        problem::{Code, FieldError},
        requests::ServiceError,
        word::Word as _,
    },
    failure::Failure,
};

/// How much of a foreign body is quoted, in characters.
const QUOTED: usize = 200;

/// Fields that errors do not have, and things with codes and descriptions of their own do.
const NO_ERROR: &[&str] = &[
    "datatype",
    "endpoints",
    "lat",
    "media_url",
    "requested_datetime",
    "required",
    "service_code",
    "service_name",
    "service_request_id",
    "servicerequest_id",
    "token",
    "variable",
];

/// What is said of an answer that is a web page.
const PAGE_HINT: &str = "this is no Open311 endpoint, or it serves several cities and wants to know which: \
    give `--jurisdiction-id ID` to `citytime city add`";

/// What was asked for: decides what a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Something that may not be there: a request, a definition, a token.
    Thing,
    /// A list, or what an endpoint says about itself.
    List,
    /// To file a request.
    Filing,
}

/// An answer as it came.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
}

impl Answer {
    /// The tree in it, whichever of the two encodings it is in: some say one and send the other.
    pub(super) fn tree(&self) -> Result<Tree, String> {
        let body = self.body.trim_start_matches('\u{feff}').trim_start();
        if self.is_page() {
            return Err("it is a web page".to_owned());
        }
        if body.starts_with('<') { xml::tree(body) } else { json::tree(body) }
    }

    /// Whether it is a web page, whatever it calls itself.
    pub(super) fn is_page(&self) -> bool {
        let body = self.body.trim_start_matches('\u{feff}').trim_start();
        let beginning = body.chars().take(400).collect::<String>().to_ascii_lowercase();
        // XHTML begins like any other XML.
        let html = beginning.starts_with("<!doctype html") || beginning.contains("<html");
        html || (self.content_type.starts_with("text/html")
            && beginning.starts_with('<')
            && !beginning.starts_with("<?xml"))
    }

    /// What it is and how it begins, for a person: `a web page: <title>Welcome…`.
    pub(super) fn quoted(&self) -> String {
        let what = match self.content_type.split(';').next().unwrap_or_default().trim() {
            _ if self.is_page() => "a web page",
            "" if self.body.trim().is_empty() => return "nothing".to_owned(),
            "" => "something without a content type",
            kind => kind,
        };
        match clipped(&self.body) {
            text if text.is_empty() => format!("an empty {what}"),
            text => format!("{what}: {text}"),
        }
    }
}

/// The beginning of a text, on one line.
fn clipped(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clipped = text.chars().take(QUOTED).collect::<String>();
    if clipped.len() < text.len() { clipped + "…" } else { clipped }
}

/// The errors in an answer: `[{code, description}]`, `{error: {code, message}}`, `{errors: ["…"]}`, `{message: "…"}`,
/// `<errors><error>…`. None where it says something else.
pub(super) fn found(tree: &Tree) -> Vec<ServiceError> {
    match tree {
        Tree::List(pieces) => {
            let told = pieces.iter().map(found).collect::<Vec<_>>();
            // Among things of another kind, what looks like an error is one of these.
            if told.iter().any(Vec::is_empty) { Vec::new() } else { told.concat() }
        }
        Tree::Fields(fields) => {
            let inside = fields.iter().filter(|(name, _)| matches!(name.as_str(), "errors" | "error" | "Error"));
            let inside = inside.flat_map(|(_, piece)| within(piece)).collect::<Vec<_>>();
            if inside.is_empty() { one(tree).into_iter().collect() } else { inside }
        }
        Tree::Nothing | Tree::Text(_) => Vec::new(),
    }
}

/// Errors where the name has said already that they are some.
fn within(tree: &Tree) -> Vec<ServiceError> {
    match tree {
        Tree::Nothing => Vec::new(),
        Tree::Text(text) => vec![ServiceError { code: None, description: text::plain(text) }],
        Tree::List(pieces) => pieces.iter().flat_map(within).collect(),
        Tree::Fields(_) => found(tree),
    }
}

fn one(tree: &Tree) -> Option<ServiceError> {
    // Services, requests and questions have codes and descriptions too.
    if tree.has(NO_ERROR) {
        return None;
    }
    let text =
        |names: &[&str]| tree.get(names).and_then(|piece| piece.texts(&["description", "message"]).into_iter().next());
    let description = text(&["description", "message", "detail", "error_description"])?;
    Some(ServiceError { code: text(&["code", "status"]), description: text::plain(&description) })
}

/// The failure an answer is that does not say success, or says it and tells an error.
pub(super) fn refusal(base: &str, asked: Asked, answer: &Answer) -> Failure {
    let status = answer.status;
    let errors = answer.tree().map(|tree| found(&tree)).unwrap_or_default();
    let code = code(status, asked, answer, &errors);
    let told = errors.iter().map(|error| error.description.clone()).collect::<Vec<_>>().join("; ");
    let told = if told.is_empty() { format!("with {}", answer.quoted()) } else { format!("({})", clipped(&told)) };
    let mut failure = Failure::new(code, format!("{base} answered {status} {told}"));
    if errors.len() > 1 {
        let field =
            |error: ServiceError| FieldError { pointer: error.code.unwrap_or_default(), detail: error.description };
        failure.errors = errors.into_iter().map(field).collect();
    }
    failure.status = Some(status);
    failure.hint = match code {
        _ if asked == Asked::Filing && matches!(status, 404 | 405 | 501) => Some(
            "this endpoint may only be read: file it on the city's own pages, where others look at it".to_owned(),
        ),
        Code::NotAPortal => Some(PAGE_HINT.to_owned()),
        Code::Unauthenticated | Code::Forbidden => Some(
            "the city asks for an API key, or does not know this one: `citytime city add NAME URL --api-key-file FILE` \
             keeps one"
                .to_owned(),
        ),
        Code::NotFound => Some(match asked {
            Asked::Thing => "`citytime request list` and `citytime request services` show what there is".to_owned(),
            _ => "check the address and the jurisdiction: `citytime city list` shows those you keep".to_owned(),
        }),
        Code::Conflict => Some("it is known already: `citytime request list` shows it".to_owned()),
        Code::RateLimited | Code::Unavailable | Code::Internal => Some("try again in a while".to_owned()),
        _ => None,
    };
    failure
}

/// The failure a Citytime portal tells of in headers, beside errors that have no place for its code; none where it tells
/// none, as a portal of an older version.
pub(super) fn of_portal(headers: &HeaderMap, answer: &Answer) -> Option<Failure> {
    let text = |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned());
    let code = text(PROBLEM_CODE).and_then(|word| Code::parse(&word)).filter(|code| code.travels())?;
    let hint = text(PROBLEM_HINT);
    let mut details = found(&answer.tree().ok()?).into_iter().map(|error| error.description).collect::<Vec<_>>();
    if let (Some(hint), [detail]) = (&hint, details.as_mut_slice()) {
        // Whoever knows GeoReport alone reads it in brackets behind the detail.
        let behind = format!(" ({})", text::plain(hint));
        *detail = detail.strip_suffix(&behind).unwrap_or(detail).to_owned();
    }
    let message = match details.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("{} fields are wrong", several.len()),
    };
    let mut failure = Failure::new(code, message);
    if details.len() > 1 {
        failure.errors = details.into_iter().map(|detail| FieldError::new("", detail)).collect();
    }
    failure.hint = hint.or_else(|| next(code).map(str::to_owned));
    failure.status = Some(answer.status);
    failure.request_id = text(REQUEST_ID).filter(|id| !id.is_empty());
    Some(failure)
}

fn code(status: u16, asked: Asked, answer: &Answer, errors: &[ServiceError]) -> Code {
    let duplicate = errors.iter().any(|error| error.description.to_lowercase().contains("duplicate"));
    match status {
        200..=299 if !errors.is_empty() => Code::Invalid,
        404 | 410 if asked == Asked::Thing || !errors.is_empty() => Code::NotFound,
        400 | 409 | 422 if asked == Asked::Filing && duplicate => Code::Conflict,
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        408 => Code::TimedOut,
        429 => Code::RateLimited,
        502..=504 => Code::Unavailable,
        500.. => Code::Internal,
        _ if answer.is_page() => Code::NotAPortal,
        400..=499 if !errors.is_empty() => Code::Invalid,
        404 | 410 => Code::NotFound,
        400..=499 => Code::Invalid,
        _ => Code::NotAPortal,
    }
}

/// The failure of an answer that says success and holds nothing that can be read.
pub(super) fn unreadable(base: &str, answer: &Answer, why: &str) -> Failure {
    let message = format!("{base} answered {} with {}", answer.status, answer.quoted());
    let mut failure = Failure::new(Code::NotAPortal, message);
    failure.status = Some(answer.status);
    failure.hint(if answer.is_page() {
        PAGE_HINT.to_owned()
    } else {
        format!("it cannot be read ({why}): check the address with `citytime city list`, and look at it with -vv")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer { status, content_type: content_type.to_owned(), body: body.to_owned() }
    }

    fn told(status: u16, content_type: &str, body: &str) -> (Code, String) {
        let failure = refusal("https://c.example", Asked::Filing, &answer(status, content_type, body));
        (failure.code, failure.message.trim_start_matches("https://c.example answered ").to_owned())
    }

    #[test]
    fn errors_in_every_shape() {
        for body in [
            r#"[{"code":400,"description":"no such place"}]"#,
            r#"[{"code":"400","message":"no such place"}]"#,
            r#"{"error":{"code":400,"message":"no such place"}}"#,
            r#"{"error":"no such place"}"#,
            r#"{"errors":["no such place"]}"#,
            r#"{"errors":{"error":[{"description":"no such place"}]}}"#,
            r#"{"message":"no such place"}"#,
            "<errors><error><code>400</code><description>no such place</description></error></errors>",
            "<?xml version='1.0'?><e:errors xmlns:e='u'><e:error><e:description>no such place</e:description></e:error></e:errors>",
        ] {
            assert_eq!(told(400, "", body), (Code::Invalid, "400 (no such place)".to_owned()), "{body}");
        }
        let known = r#"[{"code":400,"description":"base is a duplicate of 12"}]"#;
        assert_eq!(told(400, "", known).0, Code::Conflict);
    }

    #[test]
    fn pages_nothing_and_long_texts() {
        assert_eq!(
            told(502, "text/html", "<html>\n<b>down</b>"),
            (Code::Unavailable, "502 with a web page: <html> <b>down</b>".to_owned())
        );
        assert_eq!(told(500, "", ""), (Code::Internal, "500 with nothing".to_owned()));
        assert_eq!(told(403, "text/plain", ""), (Code::Forbidden, "403 with an empty text/plain".to_owned()));
        let (_, long) = told(400, "text/plain", &"ä".repeat(500));
        assert_eq!(long.matches('ä').count(), QUOTED);
        let page = answer(200, "application/json", "<!DOCTYPE html><p>");
        assert!(page.tree().is_err());
        assert_eq!(unreadable("b", &page, "").code, Code::NotAPortal);
        assert!(!answer(200, "text/html", "<?xml version='1.0'?><services/>").is_page());
        assert!(answer(200, "text/html", "[]").tree().is_ok());
    }
}
