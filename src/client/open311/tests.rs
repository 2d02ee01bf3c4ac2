//! What must hold for any answer, made up by the thousand.

use proptest::{collection::vec, option, prelude::*};
use serde_json::Value;

use super::{
    errors::{Answer, found},
    json,
    reader::Reader,
    tree::Tree,
    xml,
};
use crate::api::{
    requests::{
        Attribute, AttributeValue, Datatype, Datetime, Definition, Event, Request, RequestStatus, Service, ServiceType,
    },
    time::Timestamp,
};

/// Reads a tree in every way there is.
fn read_all(tree: &Tree) {
    let mut reader = Reader::default();
    reader.services(tree);
    reader.definition(tree, "x");
    reader.requests(tree);
    reader.filed(tree);
    reader.discovery(tree);
    found(tree);
    reader.doubts.take();
}

fn read_any(body: &str) {
    for content_type in ["application/json", "text/xml", "text/html"] {
        let answer = Answer { status: 200, content_type: content_type.to_owned(), body: body.to_owned() };
        if let Ok(tree) = answer.tree() {
            read_all(&tree);
        }
        answer.quoted();
    }
}

/// JSON with the names the reader looks for, in shapes nobody meant.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop_oneof!["NaN", "-91", "2026-11-22T0", "2026-11-22T25:61:99+99", "<b>&#x", "é2026-11-22", "1e999"]
            .prop_map(Value::from),
    ];
    let name = prop_oneof![
        "service_code|service_request_id|status|lat|long|media_url|attributes|values|value|key|name",
        "requested_datetime|errors|error|description|message|notes|endpoints|endpoint|formats|url|code|order",
        "request|service|services|discovery|token|keywords|group|agency_responsible|recipient|type|metadata",
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((name.clone(), inner), 0..8).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The XML of a tree, the elements of a list under the name their standard gives them.
fn as_xml(name: &str, value: &Value, out: &mut String) {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    out.push_str(&format!("<{name}>"));
    match value {
        Value::Null => {}
        Value::String(text) => out.push_str(&escaped(text)),
        Value::Array(items) => {
            let item = match name {
                "service_requests" => "request",
                "timeline" => "event",
                "media_urls" => "media_url",
                plural => plural.strip_suffix('s').unwrap_or("item"),
            };
            items.iter().for_each(|value| as_xml(item, value, out));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| as_xml(name, value, out)),
        other => out.push_str(&other.to_string()),
    }
    out.push_str(&format!("</{name}>"));
}

fn both(root: &str, value: &Value) -> [Tree; 2] {
    let mut document = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
    as_xml(root, value, &mut document);
    [json::tree(&value.to_string()).unwrap(), xml::tree(&document).unwrap()]
}

/// A text as a city may hold it: with signs of every kind, without blanks at its ends and markup of web pages.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-z0-9äé≠](([A-Za-z0-9 äé≠:/,.&<>'\"+-]){0,20}[A-Za-z0-9äé])?"
        .prop_filter("markup is taken out", |text| !text.contains('<') || super::text::plain(text) == *text)
}

fn datetime() -> impl Strategy<Value = Datetime> {
    (0_i64..4_000_000_000).prop_map(|second| Datetime::from(Timestamp::from_millisecond(second * 1000)))
}

prop_compose! {
    fn service()(service_code in words(), service_name in words(), description in option::of(words()), metadata: bool,
        kind in prop_oneof![Just(ServiceType::Realtime), Just(ServiceType::Batch), Just(ServiceType::Blackbox)],
        keywords in option::of(words()), group in option::of(words())) -> Service {
        Service { service_code, service_name, description, metadata, kind, keywords, group }
    }
}

prop_compose! {
    fn attribute()(code in words(), variable: bool, required: bool, datatype in 0..6_usize, order in 1_i64..100,
        description in option::of(words()), datatype_description in option::of(words()),
        values in vec((words(), words()), 1..4)) -> Attribute {
        let datatype = <Datatype as crate::api::word::Word>::ALL[datatype];
        let values = if datatype.is_list() { values } else { Vec::new() };
        let values = values.into_iter().map(|(key, name)| AttributeValue { key, name }).collect();
        Attribute { variable, code, datatype, required, datatype_description, order: Some(order), description, values }
    }
}

prop_compose! {
    fn event()(at in option::of(datetime()), status in option::of(words()), note in words(), by in option::of(words())) -> Event {
        Event { at, status, note: Some(note), by }
    }
}

prop_compose! {
    fn request()(
        (id, status, service_name, service_code) in (words(), any::<bool>(), option::of(words()), words()),
        (description, agency_responsible, service_notice, status_notes) in
            (option::of(words()), option::of(words()), option::of(words()), option::of(words())),
        (requested, updated, expected) in (datetime(), option::of(datetime()), option::of(datetime())),
        (address, address_id, zipcode, media_url) in
            (option::of(words()), option::of(words()), option::of("[0-9]{5}"), option::of("https://[a-z]{1,9}\\.example/x")),
        (lat, long) in (option::of(-90.0..90.0), option::of(-180.0..180.0)),
        timeline in option::of(vec(event(), 1..4)),
    ) -> Request {
        Request {
            service_request_id: Some(id),
            status: Some(if status { RequestStatus::Open } else { RequestStatus::Closed }),
            status_notes, service_name, service_code: Some(service_code), description, agency_responsible, service_notice,
            requested_datetime: Some(requested), updated_datetime: updated, expected_datetime: expected,
            address, address_id, zipcode, lat, long, media_url, timeline,
            ..Request::default()
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        read_any(&text);
        read_any(&format!("<a>{text}</a>"));
        super::text::plain(&text);
    }

    #[test]
    fn no_json_makes_the_reader_panic(value in any_json()) {
        read_any(&value.to_string());
    }

    #[test]
    fn no_xml_makes_the_reader_panic(value in any_json(), cut in any::<prop::sample::Index>()) {
        let mut document = String::new();
        as_xml("root", &value, &mut document);
        read_any(&document);
        let mut end = cut.index(document.len());
        while !document.is_char_boundary(end) {
            end -= 1;
        }
        read_any(&document[..end]);
    }

    #[test]
    fn requests_come_back_from_both_encodings(requests in vec(request(), 1..4)) {
        let value = serde_json::to_value(&requests).unwrap();
        for tree in both("service_requests", &value) {
            let mut reader = Reader::default();
            prop_assert_eq!(&reader.requests(&tree), &requests);
            prop_assert_eq!(reader.doubts.take(), Vec::<String>::new());
        }
    }

    #[test]
    fn services_come_back_from_both_encodings(services in vec(service(), 1..4)) {
        for tree in both("services", &serde_json::to_value(&services).unwrap()) {
            prop_assert_eq!(&Reader::default().services(&tree), &services);
        }
    }

    #[test]
    fn definitions_come_back_from_both_encodings(service_code in words(), mut attributes in vec(attribute(), 1..5)) {
        attributes.sort_by_key(|attribute| attribute.order);
        let definition = Definition { service_code, attributes };
        for tree in both("service_definition", &serde_json::to_value(&definition).unwrap()) {
            prop_assert_eq!(&Reader::default().definition(&tree, "other"), &definition);
        }
    }
}
