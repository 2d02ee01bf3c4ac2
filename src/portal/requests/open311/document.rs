//! One shape, two formats: what is answered is a JSON value, and XML is written from the same value. A list's items
//! are named after it, as GeoReport names them.

use std::fmt::Write;

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri},
};
use serde_json::Value;

use crate::portal::web::answer::{self, RequestId};

/// A format, chosen by the path's suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.json`
    Json,
    /// `.xml`
    Xml,
}

impl Format {
    /// The format a path asks for; `None` for any other suffix.
    pub fn of(uri: &Uri) -> Option<Self> {
        match uri.path().rsplit_once('.')?.1 {
            "json" => Some(Self::Json),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }

    fn kind(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "text/xml; charset=utf-8",
        })
    }
}

/// What is answered: a value, and what XML calls it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// XML's root: `services`.
    pub root: &'static str,
    /// The value: what JSON is.
    pub value: Value,
}

impl Document {
    /// As text.
    pub fn text(&self, format: Format) -> String {
        match format {
            Format::Json => self.value.to_string(),
            Format::Xml => {
                let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
                element(&mut text, self.root, &self.value);
                text.push('\n');
                text
            }
        }
    }

    /// As an answer.
    pub fn answer(&self, request: &RequestId, status: StatusCode, format: Format) -> Response<Body> {
        answer::respond(request, status, format.kind(), Body::from(self.text(format)))
    }
}

/// What an item of a list is called.
fn item_of(list: &str) -> &'static str {
    match list {
        "services" => "service",
        "service_requests" => "request",
        "service_request_updates" => "request_update",
        "errors" => "error",
        "attributes" => "attribute",
        "values" => "value",
        "endpoints" => "endpoint",
        "formats" => "format",
        "notes" => "note",
        "media_urls" => "media_url",
        _ => "item",
    }
}

fn element(text: &mut String, name: &str, value: &Value) {
    let inside = |text: &mut String, write: &dyn Fn(&mut String)| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "<{name}>");
        write(text);
        let _ = write!(text, "</{name}>");
    };
    match value {
        Value::Null => {
            let _ = write!(text, "<{name}/>");
        }
        Value::Bool(_) | Value::Number(_) => inside(text, &|text| {
            let _ = write!(text, "{value}");
        }),
        Value::String(words) => inside(text, &|text| escape(text, words)),
        Value::Array(items) => inside(text, &|text| items.iter().for_each(|item| element(text, item_of(name), item))),
        Value::Object(fields) => inside(text, &|text| fields.iter().for_each(|(key, value)| element(text, key, value))),
    }
}

/// Text that no reader takes for anything else. What XML 1.0 cannot say is left out.
fn escape(text: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&apos;"),
            // A reader would make a line break of it.
            '\r' => text.push_str("&#13;"),
            '\n' | '\t' => text.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            control if u32::from(control) < 0x20 => {}
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_in_both_formats() {
        let value = json!([{ "code": "a", "name": "R&D <b>", "metadata": true, "lat": 41.5, "none": null,
            "attributes": [{ "code": "x", "values": ["1", "2"] }], "notes": [] }]);
        let document = Document { root: "services", value: value.clone() };
        assert_eq!(document.text(Format::Json).parse::<Value>().unwrap(), value);
        assert_eq!(
            document.text(Format::Xml),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<services><service><code>a</code><name>R&amp;D &lt;b&gt;</name>\
             <metadata>true</metadata><lat>41.5</lat><none/><attributes><attribute><code>x</code><values>\
             <value>1</value><value>2</value></values></attribute></attributes><notes></notes></service></services>\n"
        );
    }

    #[test]
    fn the_suffix_decides() {
        let format = |path: &str| Format::of(&path.parse().unwrap());
        assert_eq!(format("/requests.json?x=.xml"), Some(Format::Json));
        assert_eq!(format("/open311/v2/requests/REQ-1.xml"), Some(Format::Xml));
        assert_eq!((format("/requests.html"), format("/requests"), format("/requests.JSON")), (None, None, None));
    }
}
