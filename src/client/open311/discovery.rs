//! What an address is: a server's discovery, an endpoint itself, or neither.

use super::{
    Format,
    endpoint::{Connection, Endpoint},
};
use crate::{
    api::{
        problem::Code,
        requests::{DiscoveredEndpoint, Discovery, EndpointType, Service},
    },
    failure::{Failure, Result},
    settings::PortalUrl,
};

/// An endpoint that was found and answers.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its address.
    pub url: PortalUrl,
    /// The encoding it answers in.
    pub format: Format,
    /// Whether requests are taken seriously there.
    pub kind: EndpointType,
    /// Whom to ask, as the server's discovery says.
    pub contact: Option<String>,
    /// Where API keys are had.
    pub key_service: Option<String>,
    /// What can be requested.
    pub services: Vec<Service>,
}

/// An address to try.
struct Candidate {
    url: PortalUrl,
    formats: Vec<Format>,
    kind: EndpointType,
}

/// Finds out what answers at the connection's address: discovery in JSON or XML first, then the services themselves.
/// JSON is used where it is offered. Among the endpoints of a discovery one of the wanted type is chosen.
pub async fn discover(connection: &Connection, wanted: EndpointType) -> Result<Found> {
    let base = without_document(&connection.url);
    let mut discovery = None;
    for format in [Format::Json, Format::Xml] {
        match at(connection, &base, format).discovery().await {
            Ok(Some(told)) => {
                discovery = Some(told);
                break;
            }
            Err(failure) if matches!(failure.code, Code::Network | Code::TimedOut | Code::Bug | Code::File) => {
                return Err(failure);
            }
            Ok(None) | Err(_) => {}
        }
    }
    let told = discovery.as_ref().and_then(|told| chosen(told, wanted, &base));
    let found = discovery.is_some();
    let bare = Candidate { url: base, formats: vec![Format::Json, Format::Xml], kind: EndpointType::Production };
    let mut refused: Option<Failure> = None;
    for candidate in told.into_iter().chain([bare]) {
        for &format in &candidate.formats {
            match at(connection, &candidate.url, format).services().await {
                Ok(services) => {
                    let (contact, key_service) =
                        discovery.map(|told| (told.contact, told.key_service)).unwrap_or_default();
                    return Ok(Found {
                        url: candidate.url,
                        format,
                        kind: candidate.kind,
                        contact,
                        key_service,
                        services,
                    });
                }
                Err(failure) => refused = refused.or(Some(failure)),
            }
        }
    }
    let refused = refused.unwrap_or_else(|| Failure::bug("no address was tried"));
    if found {
        return Err(refused);
    }
    // Nothing says that this ever was an endpoint.
    let mut failure =
        Failure::new(Code::NotAPortal, format!("{} is no Open311 endpoint: {}", connection.url, refused.message));
    failure.status = refused.status;
    Err(failure.hint(
        "an endpoint answers at its services.json or services.xml; if it serves several cities, say which with \
         --jurisdiction-id ID; `citytime city search` knows many",
    ))
}

fn at(connection: &Connection, url: &PortalUrl, format: Format) -> Endpoint {
    Endpoint::new(Connection { url: url.clone(), format, ..connection.clone() })
}

/// The address without the name of a document that people copy with it.
fn without_document(url: &PortalUrl) -> PortalUrl {
    let documents = ["discovery", "services", "requests"];
    let folder = url.as_str().rsplit_once('/').filter(|(_, last)| {
        last.rsplit_once('.')
            .is_some_and(|(name, suffix)| documents.contains(&name) && matches!(suffix, "json" | "xml"))
    });
    folder.and_then(|(folder, _)| folder.parse().ok()).unwrap_or_else(|| url.clone())
}

/// The endpoint to use: of GeoReport v2, of the wanted type where there is one.
fn chosen(discovery: &Discovery, wanted: EndpointType, base: &PortalUrl) -> Option<Candidate> {
    let speaks = |endpoint: &&DiscoveredEndpoint| {
        let specification = endpoint.specification.as_deref().unwrap_or_default().to_lowercase();
        specification.is_empty()
            || specification.contains("georeport_v2")
            || specification.contains("georeport-v2")
            || specification.contains("georeport v2")
    };
    let of = |kind: EndpointType| discovery.endpoints.iter().filter(speaks).find(|endpoint| endpoint.kind == kind);
    let endpoint = of(wanted).or_else(|| of(EndpointType::Production)).or_else(|| discovery.endpoints.first())?;
    let url = match endpoint.url.parse::<PortalUrl>() {
        Ok(url) => url,
        Err(_) => reqwest::Url::parse(&format!("{base}/")).ok()?.join(&endpoint.url).ok()?.as_str().parse().ok()?,
    };
    let offers = |word: &str| endpoint.formats.iter().any(|format| format.to_lowercase().contains(word));
    let formats = match (offers("json"), offers("xml")) {
        (false, true) => vec![Format::Xml, Format::Json],
        _ => vec![Format::Json, Format::Xml],
    };
    Some(Candidate { url, formats, kind: endpoint.kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_taken_off_an_address() {
        for (typed, base) in [
            ("https://c.example/open311/discovery.json", "https://c.example/open311"),
            ("https://c.example/open311/v2/services.xml", "https://c.example/open311/v2"),
            ("https://c.example/Service.ashx/", "https://c.example/Service.ashx"),
            ("https://c.example", "https://c.example"),
        ] {
            assert_eq!(without_document(&typed.parse().unwrap()).as_str(), base);
        }
    }

    #[test]
    fn the_endpoint_of_the_wanted_type_in_json_where_it_is_offered() {
        let endpoint = |url: &str, kind, formats: &[&str]| DiscoveredEndpoint {
            specification: Some("http://wiki.open311.org/GeoReport_v2".to_owned()),
            url: url.to_owned(),
            changeset: None,
            kind,
            formats: formats.iter().map(|&format| format.to_owned()).collect(),
        };
        let discovery = Discovery {
            changeset: None,
            contact: None,
            key_service: None,
            endpoints: vec![
                endpoint("https://test.example/v2", EndpointType::Test, &["application/json"]),
                endpoint("/open311/v2", EndpointType::Production, &["text/xml"]),
            ],
        };
        let base = "https://c.example/open311".parse().unwrap();
        let production = chosen(&discovery, EndpointType::Production, &base).unwrap();
        assert_eq!((production.url.as_str(), production.formats[0]), ("https://c.example/open311/v2", Format::Xml));
        let test = chosen(&discovery, EndpointType::Test, &base).unwrap();
        assert_eq!((test.url.as_str(), test.formats[0]), ("https://test.example/v2", Format::Json));
    }
}
