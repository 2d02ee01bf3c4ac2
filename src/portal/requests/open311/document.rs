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

    /// Every element's own text, in the order the elements end; `None` of one that is closed as it opens.
    fn texts(xml: &str) -> Vec<(String, Option<String>)> {
        use quick_xml::{Reader, events::Event, name::QName};
        let name = |name: QName<'_>| String::from_utf8(name.as_ref().to_vec()).unwrap();
        let (mut reader, mut said, mut texts) = (Reader::from_str(xml), String::new(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => said.clear(),
                Event::Text(piece) => said.push_str(&piece.decode().unwrap()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                    Some(character) => said.push(character),
                    None => {
                        let name = entity.decode().unwrap();
                        said.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                    }
                },
                Event::Empty(none) => texts.push((name(none.name()), None)),
                Event::End(end) => texts.push((name(end.name()), Some(std::mem::take(&mut said)))),
                Event::Eof => return texts,
                _ => {}
            }
        }
    }

    proptest::proptest! {
        /// Of a request and of a service's questions, as GeoReport v2 nests them: with what is not known, what is empty, and
        /// lists in lists of any length.
        #[test]
        fn any_text_says_the_same_in_both_formats(
            words in "[\\PC\r\n\t]{1,40}", more in "[&<>'\"\\]!\\[ -]{1,12}", number in -180.0..180.0_f64, truth: bool,
            choices in proptest::collection::vec("[\\PC\r\n\t]{0,12}", 0..4),
        ) {
            let values: Vec<_> = choices.iter().map(|choice| json!({ "key": choice, "name": more })).collect();
            let value = json!([{ "description": words, "lat": number, "metadata": truth, "status_notes": null, "address": "",
                "attributes": [{ "code": more, "order": null, "values": values }], "notes": [] }]);
            let document = Document { root: "services", value };
            let read: Value = document.text(Format::Json).parse().unwrap();
            let said = |name: &str, value: &Value| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (name.to_owned(), (!value.is_null()).then_some(text))
            };
            let whole = |name: &str| (name.to_owned(), Some(String::new()));
            let (service, attribute) = (&read[0], &read[0]["attributes"][0]);
            let fields = ["description", "lat", "metadata", "status_notes", "address"];
            let mut expected = fields.map(|name| said(name, &service[name])).to_vec();
            expected.extend(["code", "order"].map(|name| said(name, &attribute[name])));
            for value in attribute["values"].as_array().unwrap() {
                expected.extend([said("key", &value["key"]), said("name", &value["name"]), whole("value")]);
            }
            expected.extend(["values", "attribute", "attributes", "notes", "service", "services"].map(whole));
            proptest::prop_assert_eq!(texts(&document.text(Format::Xml)), expected);
            // What was to be said is what both say.
            let asked = json!([service["description"], attribute["code"], service["status_notes"], service["notes"]]);
            proptest::prop_assert_eq!(asked, json!([words, more, null, []]));
            let values = attribute["values"].as_array().unwrap().iter();
            proptest::prop_assert_eq!(values.map(|value| value["key"].clone()).collect::<Vec<_>>(), choices);
        }
    }

    #[test]
    fn the_suffix_decides() {
        let format = |path: &str| Format::of(&path.parse().unwrap());
        assert_eq!(format("/requests.json?x=.xml"), Some(Format::Json));
        assert_eq!(format("/open311/v2/requests/REQ-1.xml"), Some(Format::Xml));
        assert_eq!((format("/requests.html"), format("/requests"), format("/requests.JSON")), (None, None, None));
    }
}
