//! From a tree to the canonical types: the reader's rules, written once for both encodings.

use std::collections::BTreeMap;

use super::{
    dates,
    doubts::{Doubt, Doubts},
    status, text,
    tree::Tree,
};
use crate::api::{
    requests::{
        Attribute, AttributeValue, Datatype, Datetime, Definition, DiscoveredEndpoint, Discovery, EndpointType, Event,
        Filed, Request, Service, ServiceType,
    },
    word::Word,
};

/// The names an id of a request goes by.
const REQUEST_ID: &[&str] = &["service_request_id", "servicerequest_id", "service_requestid"];
const NAMES_OF_URLS: &[&str] = &["url", "media_url", "href"];

/// Reads trees, and notes what is doubtful.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) doubts: Doubts,
}

impl Reader {
    /// Rule 2 for services: those with a code.
    pub(super) fn services(&mut self, tree: &Tree) -> Vec<Service> {
        tree.items(&["service"], &["service_code"]).into_iter().filter_map(service).collect()
    }

    /// Rule 10: the questions, however they are wrapped, sorted by their order.
    pub(super) fn definition(&mut self, tree: &Tree, service_code: &str) -> Definition {
        let told = tree.items(&["service_definition", "definition"], &["service_code", "attributes"]);
        let told_code = told.first().and_then(|definition| one(definition, &["service_code"]));
        let root = told.first().and_then(|definition| definition.get(&["attributes"])).unwrap_or(tree);
        let marks = &["code", "datatype", "variable"];
        let mut attributes = root.items(&["attribute"], marks).into_iter().filter_map(attribute).collect::<Vec<_>>();
        attributes.sort_by_key(|attribute| attribute.order.unwrap_or(i64::MAX));
        Definition { service_code: told_code.unwrap_or_else(|| service_code.to_owned()), attributes }
    }

    /// Rule 2 for requests.
    pub(super) fn requests(&mut self, tree: &Tree) -> Vec<Request> {
        let marks =
            &["service_request_id", "servicerequest_id", "service_requestid", "token", "service_code", "status"];
        let marks = &[marks, &["requested_datetime", "service_name"][..]].concat();
        tree.items(&["request", "service_request"], marks).into_iter().map(|item| self.request(item)).collect()
    }

    /// What answers a request that was filed, or a token.
    pub(super) fn filed(&mut self, tree: &Tree) -> Option<Filed> {
        let marks =
            &["service_request_id", "servicerequest_id", "service_requestid", "token", "service_notice", "account_id"];
        let item = tree.items(&["request", "service_request"], marks).into_iter().next()?;
        Some(Filed {
            service_request_id: one(item, REQUEST_ID),
            token: one(item, &["token"]),
            service_notice: one(item, &["service_notice"]).map(|notice| text::plain(&notice)),
            account_id: one(item, &["account_id"]),
        })
    }

    pub(super) fn discovery(&mut self, tree: &Tree) -> Option<Discovery> {
        let marks = &["endpoints", "changeset", "key_service", "contact"];
        let told = tree.items(&["discovery"], marks).into_iter().next()?;
        let endpoints = told.get(&["endpoints"])?.items(&["endpoint"], &["url", "specification"]);
        Some(Discovery {
            changeset: self.date(told, &["changeset"]),
            contact: one(told, &["contact"]),
            key_service: one(told, &["key_service"]),
            endpoints: endpoints.into_iter().filter_map(|endpoint| self.endpoint(endpoint)).collect(),
        })
    }

    fn endpoint(&mut self, tree: &Tree) -> Option<DiscoveredEndpoint> {
        let test = one(tree, &["type"]).is_some_and(|kind| kind.to_lowercase().starts_with("test"));
        Some(DiscoveredEndpoint {
            specification: one(tree, &["specification"]),
            url: one(tree, &["url"])?,
            changeset: self.date(tree, &["changeset"]),
            kind: if test { EndpointType::Test } else { EndpointType::Production },
            formats: tree.get(&["formats"]).map(|formats| formats.texts(&["format"])).unwrap_or_default(),
        })
    }

    fn request(&mut self, tree: &Tree) -> Request {
        let id = one(tree, REQUEST_ID);
        let name = id.clone().unwrap_or_else(|| "a request without an id".to_owned());
        let word = one(tree, &["status"]);
        let (lat, long) = self.place(tree, &name);
        let mut media =
            tree.get(&["media_url", "media_urls", "media"]).map(|media| media.texts(NAMES_OF_URLS)).unwrap_or_default();
        media.dedup();
        let prose =
            |names: &[&str]| one(tree, names).map(|words| text::plain(&words)).filter(|words| !words.is_empty());
        Request {
            token: one(tree, &["token"]).filter(|_| id.is_none()),
            service_request_id: id,
            status: word.as_deref().map(status::meaning),
            status_word: word.as_deref().and_then(status::own_word),
            status_notes: prose(&["status_notes", "status_note"]),
            service_name: one(tree, &["service_name"]),
            service_code: one(tree, &["service_code"]),
            description: prose(&["description"]),
            agency_responsible: joined(tree, &["agency_responsible"], &["recipient"]),
            service_notice: prose(&["service_notice"]),
            requested_datetime: self.date(tree, &["requested_datetime"]),
            updated_datetime: self.date(tree, &["updated_datetime"]),
            expected_datetime: self.date(tree, &["expected_datetime"]),
            address: one(tree, &["address", "address_string"]),
            address_id: one(tree, &["address_id", "adress_id"]),
            zipcode: one(tree, &["zipcode", "zip_code"]),
            lat,
            long,
            media_url: media.first().cloned(),
            media_urls: if media.len() > 1 { media } else { Vec::new() },
            account_id: one(tree, &["account_id"]),
            attributes: tree.get(&["attributes", "extended_attributes"]).map(answers).unwrap_or_default(),
            timeline: tree.get(&["timeline", "notes"]).map(|notes| self.timeline(notes)),
        }
    }

    fn timeline(&mut self, tree: &Tree) -> Vec<Event> {
        let marks = &["at", "datetime", "description", "summary", "note"];
        let notes = tree.items(&["event", "note"], marks);
        let mut events = Vec::new();
        for note in notes {
            let said = ["summary", "description", "note"].iter().filter_map(|name| one(note, &[name]));
            let mut said = said.map(|words| text::plain(&words)).collect::<Vec<_>>();
            said.dedup();
            events.push(Event {
                at: self.date(note, &["at", "datetime"]),
                status: one(note, &["status", "type"]),
                note: (!said.is_empty()).then(|| said.join(": ")),
                by: one(note, &["by"]),
            });
        }
        events
    }

    /// Rule 7: what has no zone is kept as it is, and said to be so.
    fn date(&mut self, tree: &Tree, names: &[&str]) -> Option<Datetime> {
        let text = one(tree, names)?;
        let read = dates::read(&text);
        if read.instant().is_none() {
            let dated = text.get(..10).is_some_and(|date| date.parse::<crate::api::time::Date>().is_ok());
            self.doubts.add(if dated { Doubt::NoZone } else { Doubt::NoDate }, text);
        }
        Some(read)
    }

    /// Rule 4: what would fit when swapped is said to be so, and never changed.
    fn place(&mut self, tree: &Tree, name: &str) -> (Option<f64>, Option<f64>) {
        let (lat, long) = (number(tree, &["lat", "latitude"]), number(tree, &["long", "lng", "lon", "longitude"]));
        let mut finite = |number: Option<f64>| {
            if number.is_some_and(|number| !number.is_finite()) {
                self.doubts.add(Doubt::NoCoordinates, name);
            }
            number.filter(|number| number.is_finite())
        };
        let (lat, long) = (finite(lat), finite(long));
        if let (Some(lat), Some(long)) = (lat, long)
            && !(fits(lat, 90.0) && fits(long, 180.0))
        {
            let swapped = fits(long, 90.0) && fits(lat, 180.0);
            self.doubts.add(if swapped { Doubt::Swapped } else { Doubt::NoCoordinates }, name);
            if !swapped {
                return (None, None);
            }
        }
        (lat, long)
    }
}

/// A service; one without a code cannot be requested.
fn service(tree: &Tree) -> Option<Service> {
    let service_code = one(tree, &["service_code"])?;
    let kind = one(tree, &["type"]).and_then(|word| ServiceType::parse(&word.to_lowercase()));
    Some(Service {
        service_name: one(tree, &["service_name"]).unwrap_or_else(|| service_code.clone()),
        service_code,
        description: one(tree, &["description"]).map(|words| text::plain(&words)).filter(|words| !words.is_empty()),
        metadata: truth(tree, &["metadata"]).unwrap_or(false),
        kind: kind.unwrap_or(ServiceType::Realtime),
        keywords: joined(tree, &["keywords"], &["keyword"]),
        group: joined(tree, &["group", "groups"], &["group", "name"]),
    })
}

fn attribute(tree: &Tree) -> Option<Attribute> {
    let code = one(tree, &["code"])?;
    let values = tree.get(&["values"]).map(|values| values.items(&["value"], &["key", "name"])).unwrap_or_default();
    let values = values.into_iter().filter_map(|value| {
        let (key, name) = (one(value, &["key"]), one(value, &["name"]));
        Some(AttributeValue { name: name.clone().or_else(|| key.clone())?, key: key.or(name)? })
    });
    let values = values.collect::<Vec<_>>();
    let word = one(tree, &["datatype"]).unwrap_or_default().to_lowercase();
    Some(Attribute {
        // Text to show goes by the name of its datatype at Connected Bits.
        variable: truth(tree, &["variable"]).unwrap_or(word != "informational"),
        datatype: datatype(&word, !values.is_empty()),
        required: truth(tree, &["required"]).unwrap_or(false),
        datatype_description: one(tree, &["datatype_description"]).map(|words| text::plain(&words)),
        order: one(tree, &["order"]).and_then(|order| order.parse::<f64>().ok()).map(|order| order as i64),
        description: one(tree, &["description"]).map(|words| text::plain(&words)),
        values: if values.is_empty() && word.starts_with("boolean") { yes_or_no() } else { values },
        code,
    })
}

/// A word nobody knows is a line of text; what has values is chosen from.
fn datatype(word: &str, has_values: bool) -> Datatype {
    match (Datatype::parse(word), word) {
        (Some(known), _) if has_values || !known.is_list() => known,
        (Some(_), _) => Datatype::String,
        (None, word) if word.starts_with("multi") && has_values => Datatype::MultiValueList,
        (None, _) if has_values => Datatype::SingleValueList,
        (None, word) if word.starts_with("boolean") => Datatype::SingleValueList,
        (None, "date" | "datetime-local") => Datatype::Datetime,
        (None, "integer" | "decimal" | "float") => Datatype::Number,
        (None, "textarea") => Datatype::Text,
        (None, _) => Datatype::String,
    }
}

fn yes_or_no() -> Vec<AttributeValue> {
    [("true", "Yes"), ("false", "No")]
        .map(|(key, name)| AttributeValue { key: key.to_owned(), name: name.to_owned() })
        .into()
}

/// Answers to questions: `{code: value}`, `[{code, value}]`, `[{label, name, value}]`.
fn answers(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let listed = tree.items(&["attribute"], &["code", "label", "value"]);
    let mut answers = BTreeMap::new();
    for item in &listed {
        if let Some(code) = one(item, &["code", "label", "name"]) {
            let values = item.get(&["values", "value"]).map(|value| value.texts(&["value", "name", "key"]));
            answers.insert(code, values.unwrap_or_default());
        }
    }
    if let (Tree::Fields(fields), true) = (tree, listed.is_empty()) {
        let said = fields.iter().filter(|(_, value)| !value.is_nothing());
        answers.extend(said.map(|(code, value)| (code.clone(), value.texts(&["value", "name", "key"]))));
    }
    answers
}

/// Rules 1 and 3: the text under one of these names, verbatim but for blanks around it.
fn one(tree: &Tree, names: &[&str]) -> Option<String> {
    tree.get(names)?.texts(names).into_iter().next()
}

/// Rule 9: a text, a list, or the same under a name, as one text.
fn joined(tree: &Tree, names: &[&str], inner: &[&str]) -> Option<String> {
    let texts = tree.get(names)?.texts(inner);
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// Rule 5.
fn truth(tree: &Tree, names: &[&str]) -> Option<bool> {
    match one(tree, names)?.to_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

fn number(tree: &Tree, names: &[&str]) -> Option<f64> {
    one(tree, names)?.parse().ok()
}

fn fits(degrees: f64, limit: f64) -> bool {
    degrees.abs() <= limit
}

#[cfg(test)]
mod tests;
