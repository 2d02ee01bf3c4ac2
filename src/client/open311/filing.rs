//! What is filed: the fields of GeoReport's *POST service request*, and their form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    api::secret::Secret,
    failure::{Failure, Result},
};

/// A request to be filed. A place is given by coordinates, by an address, or, as some cities want it, by both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filing {
    /// The service.
    pub service_code: String,
    /// Latitude in degrees (WGS 84).
    pub lat: Option<f64>,
    /// Longitude in degrees (WGS 84).
    pub long: Option<f64>,
    /// Where, as people say it.
    pub address_string: Option<String>,
    /// Where, by the city's own id.
    pub address_id: Option<String>,
    /// What is reported.
    pub description: Option<String>,
    /// The answers to the service's questions, by their code; several for a list of which several were chosen.
    pub attributes: BTreeMap<String, Answers>,
    /// A picture on the web.
    pub media_url: Option<String>,
    /// Pictures in files, which are sent along.
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub photos: Vec<String>,
    /// The reporter, where they say so.
    pub email: Option<String>,
    /// Their first name.
    pub first_name: Option<String>,
    /// Their last name.
    pub last_name: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
}

/// What answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answers {
    /// One answer: `attribute[CODE]`.
    One(String),
    /// Those chosen from a list: `attribute[CODE][]`, each.
    Several(Vec<String>),
}

impl Filing {
    /// The fields of the form, in order.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("service_code".to_owned(), self.service_code.clone())];
        let mut put = |name: &str, value: Option<String>| fields.extend(value.map(|value| (name.to_owned(), value)));
        put("lat", self.lat.map(|degrees| degrees.to_string()));
        put("long", self.long.map(|degrees| degrees.to_string()));
        put("address_string", self.address_string.clone());
        put("address_id", self.address_id.clone());
        put("description", self.description.clone());
        for (code, answers) in &self.attributes {
            match answers {
                Answers::One(answer) => put(&format!("attribute[{code}]"), Some(answer.clone())),
                Answers::Several(several) => {
                    for answer in several {
                        put(&format!("attribute[{code}][]"), Some(answer.clone()));
                    }
                }
            }
        }
        put("media_url", self.media_url.clone());
        put("email", self.email.clone());
        put("first_name", self.first_name.clone());
        put("last_name", self.last_name.clone());
        put("phone", self.phone.clone());
        fields
    }
}

/// Fields as `application/x-www-form-urlencoded`, with what is not told by `-vv`.
pub(super) fn form(fields: &[(String, String)], key: Option<&Secret>) -> Result<Vec<u8>> {
    let mut url =
        reqwest::Url::parse("form:").map_err(|error| Failure::bug(format!("a form cannot be written: {error}")))?;
    {
        let mut pairs = url.query_pairs_mut();
        if let Some(key) = key {
            pairs.append_pair("api_key", key.expose());
        }
        for (name, value) in fields {
            pairs.append_pair(name, value);
        }
    }
    Ok(url.query().unwrap_or_default().as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_as_the_standard_says() {
        let filing = Filing {
            service_code: "A & B".to_owned(),
            lat: Some(41.5),
            description: Some("größer\nals +1".to_owned()),
            attributes: BTreeMap::from([
                ("ONE".to_owned(), Answers::One("x=y".to_owned())),
                ("TWO".to_owned(), Answers::Several(vec!["a".to_owned(), "b".to_owned()])),
            ]),
            ..Filing::default()
        };
        let form = form(&filing.fields(), Some(&Secret::new("k/1"))).unwrap();
        assert_eq!(
            String::from_utf8(form).unwrap(),
            "api_key=k%2F1&service_code=A+%26+B&lat=41.5&description=gr%C3%B6%C3%9Fer%0Aals+%2B1&\
             attribute%5BONE%5D=x%3Dy&attribute%5BTWO%5D%5B%5D=a&attribute%5BTWO%5D%5B%5D=b"
        );
    }
}
