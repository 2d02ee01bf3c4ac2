//! Open311 endpoints that are known: facts with their year, nothing promised. Parsed only when asked for.

use serde::{Deserialize, Serialize};

use crate::{
    api::requests::EndpointType,
    failure::{Failure, Result},
    words,
};

const FILE: &str = include_str!("directory.csv");

words! {
    /// What is known of an endpoint.
    pub enum Standing ("endpoint status") {
        /// It answered.
        Alive = "alive",
        /// Nobody looked lately.
        Unverified = "unverified",
        /// It keeps programs out.
        Blocked = "blocked",
        /// It does not answer any more.
        Dead = "dead",
    }
}

/// An endpoint that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The city, with its state or country where that helps.
    pub city: String,
    /// What is known of the endpoint.
    pub status: Standing,
    /// The year that was known.
    pub as_of: Option<i16>,
    /// Its address.
    pub endpoint_url: String,
    /// The city meant, where it serves several.
    pub jurisdiction_id: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Whether requests are taken seriously there.
    #[serde(rename = "type")]
    pub kind: EndpointType,
    /// The formats it answers in.
    pub formats: Option<String>,
    /// The software behind it.
    pub dialect: Option<String>,
    /// What else is known.
    pub notes: Option<String>,
}

/// The entries in which each of the words is found, those that answer first.
pub fn search<S: AsRef<str>>(words: &[S]) -> Result<Vec<Entry>> {
    let words = words.iter().flat_map(|words| words.as_ref().split_whitespace()).map(folded).collect::<Vec<_>>();
    let mut found = entries()?;
    found.retain(|entry| {
        let parts = [Some(&entry.city), Some(&entry.endpoint_url), entry.country.as_ref(), entry.dialect.as_ref()];
        let text = parts.into_iter().flatten().map(|part| folded(part)).collect::<Vec<_>>().join("\n");
        words.iter().all(|word| text.contains(word.as_str()))
    });
    let called = |entry: &Entry| !words.iter().all(|word| folded(&entry.city).contains(word.as_str()));
    found.sort_by_key(|entry| (called(entry), entry.kind, entry.status, std::cmp::Reverse(entry.as_of)));
    Ok(found)
}

/// The entry of an address.
pub fn at(url: &str) -> Result<Option<Entry>> {
    let plain = |url: &str| {
        let bare = url.split_once("://").map_or(url, |(_, bare)| bare);
        bare.trim_end_matches('/').to_lowercase()
    };
    Ok(entries()?.into_iter().find(|entry| plain(&entry.endpoint_url) == plain(url)))
}

fn entries() -> Result<Vec<Entry>> {
    let broken = |error| Failure::bug(format!("the directory of cities cannot be read: {error}"));
    csv::Reader::from_reader(FILE.as_bytes()).deserialize().collect::<Result<_, csv::Error>>().map_err(broken)
}

/// A text for comparing: lower case, without the marks on letters.
fn folded(text: &str) -> String {
    let plain = |letter: char| match letter {
        'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => 'o',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_found() {
        let all = search::<&str>(&[]).unwrap();
        assert_eq!(all.len(), FILE.lines().count() - 1);
        assert!(all.iter().all(|entry| entry.endpoint_url.starts_with("http")));
        let found = search(&["zurich"]).unwrap();
        assert!(!found.is_empty() && found.iter().all(|entry| folded(&entry.city).contains("zurich")), "{found:?}");
        let chicago = search(&["Chicago,", "il"]).unwrap();
        assert_eq!((chicago[0].status, chicago[0].kind), (Standing::Alive, EndpointType::Production));
        assert_eq!(at(chicago[0].endpoint_url.trim_end_matches('/')).unwrap().as_ref(), Some(&chicago[0]));
        assert_eq!(search(&["no such city"]).unwrap(), []);
    }
}
