//! Service requests in the words of Open311 GeoReport v2: services, their definitions, requests, discovery and errors.
//! These are the canonical shapes: what `--json` prints, and what a strict server emits.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::time::Timestamp;
use crate::words;

words! {
    /// What answers a request that was filed.
    pub enum ServiceType ("service type") {
        /// Its id, at once.
        Realtime = "realtime",
        /// A token, from which the id is learned later.
        Batch = "batch",
        /// Neither: the request cannot be followed.
        Blackbox = "blackbox",
    }
}

words! {
    /// Whether something is still to be done.
    pub enum RequestStatus ("request status") {
        /// It is.
        Open = "open",
        /// It is not, for whatever reason.
        Closed = "closed",
    }
}

words! {
    /// What answers a question of a definition.
    pub enum Datatype ("datatype") {
        /// A line.
        String = "string",
        /// A number.
        Number = "number",
        /// A date with a time.
        Datetime = "datetime",
        /// Several lines.
        Text = "text",
        /// One of the values.
        SingleValueList = "singlevaluelist",
        /// Any number of the values.
        MultiValueList = "multivaluelist",
    }
}

impl Datatype {
    /// Whether the answer is chosen from values.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::SingleValueList | Self::MultiValueList)
    }
}

/// Something that can be requested (GeoReport v2, *GET service list*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// What names it in requests.
    pub service_code: String,
    /// What it is called.
    pub service_name: String,
    /// What it is about.
    pub description: Option<String>,
    /// Whether it has questions of its own.
    pub metadata: bool,
    /// What answers a request for it.
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Tags, joined by commas.
    pub keywords: Option<String>,
    /// The category it stands in.
    pub group: Option<String>,
}

/// The questions of a service (*GET service definition*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The service.
    pub service_code: String,
    /// Its questions, in order.
    pub attributes: Vec<Attribute>,
}

/// A question, or a text that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// What names it: `attribute[CODE]`.
    pub code: String,
    /// Whether it is answered; otherwise it is text to show.
    pub variable: bool,
    /// What answers it.
    pub datatype: Datatype,
    /// Whether a request needs an answer.
    pub required: bool,
    /// How to answer.
    pub datatype_description: Option<String>,
    /// Its place, 1 first.
    pub order: Option<i64>,
    /// The question.
    pub description: Option<String>,
    /// The answers there are, for lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<AttributeValue>,
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// What is sent.
    pub key: String,
    /// What it says.
    pub name: String,
}

/// A service request (*GET service request*). Fields a city did not tell are `null`; those beyond the standard are
/// left out then.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The city's id, verbatim; none while only a token is known.
    pub service_request_id: Option<String>,
    /// What the id is learned from, while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Open or closed.
    pub status: Option<RequestStatus>,
    /// The city's own word for the state, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// Why the state is what it is.
    pub status_notes: Option<String>,
    /// What was requested, in words.
    pub service_name: Option<String>,
    /// What was requested.
    pub service_code: Option<String>,
    /// What was reported.
    pub description: Option<String>,
    /// Who takes care of it.
    pub agency_responsible: Option<String>,
    /// What the city says will be done.
    pub service_notice: Option<String>,
    /// When it was made.
    pub requested_datetime: Option<Datetime>,
    /// When it last changed.
    pub updated_datetime: Option<Datetime>,
    /// When it is expected to be done.
    pub expected_datetime: Option<Datetime>,
    /// Where, as people say it.
    pub address: Option<String>,
    /// Where, by the city's own id.
    pub address_id: Option<String>,
    /// The postal code.
    pub zipcode: Option<String>,
    /// Latitude in degrees (WGS 84).
    pub lat: Option<f64>,
    /// Longitude in degrees (WGS 84).
    pub long: Option<f64>,
    /// A picture.
    pub media_url: Option<String>,
    /// Every picture, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_urls: Vec<String>,
    /// The reporter's account there, as told when it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The answers to the service's questions, where the city tells them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What happened to it, the oldest first, where the city tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Vec<Event>>,
}

/// Something that happened to a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Option<Datetime>,
    /// What it became.
    pub status: Option<String>,
    /// What was said.
    pub note: Option<String>,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What answers a request that was filed (*POST service request*).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Its id, where the service is `realtime`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_request_id: Option<String>,
    /// What the id is learned from, where it is `batch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What the city says will be done.
    pub service_notice: Option<String>,
    /// The reporter's account there.
    pub account_id: Option<String>,
}

/// What an Open311 server says about itself (*service discovery*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// When this last changed.
    pub changeset: Option<Datetime>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Where API keys are had.
    pub key_service: Option<String>,
    /// Where it answers.
    pub endpoints: Vec<DiscoveredEndpoint>,
}

/// One of the addresses an Open311 server answers at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscoveredEndpoint {
    /// What is spoken there: `http://wiki.open311.org/GeoReport_v2`.
    pub specification: Option<String>,
    /// The address.
    pub url: String,
    /// When it last changed.
    pub changeset: Option<Datetime>,
    /// Whether requests are taken seriously there: `production` or `test`.
    #[serde(rename = "type")]
    pub kind: EndpointType,
    /// The formats it answers in: `application/json`, `text/xml`.
    pub formats: Vec<String>,
}

words! {
    /// The encoding an endpoint answers in: the suffix of its paths.
    pub enum Format ("Open311 format") {
        /// JSON.
        Json = "json",
        /// XML.
        Xml = "xml",
    }
}

words! {
    /// Whether requests at an endpoint are taken seriously.
    pub enum EndpointType ("endpoint type") {
        /// They are.
        Production = "production",
        /// They are not.
        Test = "test",
    }
}

/// An error as Open311 tells it: an array of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceError {
    /// The HTTP status, or a code of the city's own.
    pub code: Option<String>,
    /// What is wrong.
    pub description: String,
}

/// A date with a time as a city tells it. The standard asks for a zone; where there is none the instant is not known,
/// and the text is kept as it came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Datetime {
    /// An instant, whole seconds on the wire.
    At(Timestamp),
    /// A text without a zone, or one that is no date.
    AsGiven(String),
}

impl Datetime {
    /// The instant, where it is known.
    pub const fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::At(instant) => Some(*instant),
            Self::AsGiven(_) => None,
        }
    }
}

impl From<Timestamp> for Datetime {
    fn from(instant: Timestamp) -> Self {
        Self::At(Timestamp::from_millisecond(instant.as_millisecond().div_euclid(1000) * 1000))
    }
}

impl fmt::Display for Datetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(instant) => instant.fmt(f),
            Self::AsGiven(text) => f.pad(text),
        }
    }
}

impl FromStr for Datetime {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse::<Timestamp>().map_or_else(|_| Self::AsGiven(text.to_owned()), Self::from))
    }
}

impl Serialize for Datetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Datetime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(text.parse().unwrap_or_else(|never| match never {}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_are_the_standards_own() {
        let request = Request {
            service_request_id: Some("638344".to_owned()),
            status: Some(RequestStatus::Closed),
            requested_datetime: Some("2026-11-22T09:30:00-05:00".parse().unwrap()),
            ..Request::default()
        };
        let value = serde_json::to_value(&request).unwrap();
        assert_eq!(value["status"], "closed");
        assert_eq!(value["requested_datetime"], "2026-11-22T14:30:00Z");
        assert!(value["lat"].is_null() && value.get("timeline").is_none() && value.get("token").is_none());
        assert_eq!(serde_json::from_value::<Request>(value).unwrap(), request);
    }

    #[test]
    fn a_time_without_a_zone_stays_as_it_is() {
        let given = "2026-11-22T09:30:00".parse::<Datetime>().unwrap();
        assert_eq!((given.instant(), given.to_string().as_str()), (None, "2026-11-22T09:30:00"));
    }
}
