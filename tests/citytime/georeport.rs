//! The Open311 server as any other city's client meets it: the standard's schemas, both formats, errors, paging, privacy.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// An answer as it came.
struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }
}

async fn read(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

fn client() -> reqwest::Client {
    // A second installation is refused, and means the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn get(portal: &Portal, path: &str) -> Answer {
    read(client().get(format!("{}{path}", portal.url()))).await
}

async fn post(portal: &Portal, path: &str, form: &[(&str, &str)]) -> Answer {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = client().post(format!("{}{path}", portal.url()));
    read(request.header("content-type", "application/x-www-form-urlencoded; charset=utf-8").body(body)).await
}

/// The leaves of a JSON value: where each stands, and what it says. Null and an empty list say nothing.
fn facts(value: &Value, place: &str, facts: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| self::facts(value, &format!("{place}/{name}"), facts));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| self::facts(item, &format!("{place}/{at}"), facts));
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => drop(facts.insert(place.to_owned(), text.clone())),
        other => drop(facts.insert(place.to_owned(), other.to_string())),
    }
}

const LISTS: [&str; 10] = [
    "services",
    "service_requests",
    "service_request_updates",
    "errors",
    "attributes",
    "values",
    "endpoints",
    "formats",
    "notes",
    "media_urls",
];

/// The leaves of an XML document: an item of a list stands where its number says.
fn xml_facts(text: &str) -> BTreeMap<String, String> {
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), "{text}");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut facts = BTreeMap::new();
    let mut stack: Vec<(String, String, usize)> = Vec::new();
    let mut said = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                let place = match stack.last_mut() {
                    None => String::new(),
                    Some((parent, place, count)) if LISTS.contains(&parent.as_str()) => {
                        *count += 1;
                        format!("{place}/{}", *count - 1)
                    }
                    Some((_, place, _)) => format!("{place}/{name}"),
                };
                stack.push((name, place, 0));
                said.clear();
            }
            Event::Empty(_) => {
                if let Some((parent, _, count)) =
                    stack.last_mut().filter(|(parent, ..)| LISTS.contains(&parent.as_str()))
                {
                    assert!(!parent.is_empty());
                    *count += 1;
                }
            }
            Event::Text(piece) => said.push_str(&piece.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let name = entity.decode().unwrap().into_owned();
                match entity.resolve_char_ref().unwrap() {
                    Some(character) => said.push(character),
                    None => said.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap()),
                }
            }
            Event::End(_) => {
                let (_, place, _) = stack.pop().unwrap();
                if !said.is_empty() {
                    facts.insert(place, std::mem::take(&mut said));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(stack.is_empty());
    facts
}

/// The same thing in both formats says the same; returns it.
async fn same(portal: &Portal, path: &str, query: &str) -> Value {
    let one = get(portal, &format!("{path}.json{query}")).await;
    let other = get(portal, &format!("{path}.xml{query}")).await;
    assert_eq!(one.status, other.status, "{path}");
    assert_eq!(one.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(other.header("content-type"), "text/xml; charset=utf-8");
    let mut told = BTreeMap::new();
    facts(&one.json(), "", &mut told);
    assert_eq!(told, xml_facts(&other.text), "{path}{query}");
    one.json()
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/tests/data/open311-schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::options().with_draft(jsonschema::Draft::Draft4).should_validate_formats(true).build(&schema).unwrap()
}

#[track_caller]
fn fits(validator: &jsonschema::Validator, item: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(item).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?} in {item}");
}

on_both_databases! {
    async fn the_whole_sandbox_fits_the_schemas_and_says_the_same_in_both_formats(portal: Portal) {
        let (service, definition, request) = (schema("service"), schema("service-definition"), schema("request"));
        let services = same(&portal, "/open311/v2/services", "").await;
        let services = services.as_array().unwrap();
        assert_eq!(services.len(), 13);
        for told in services {
            fits(&service, told);
            let code = told["service_code"].as_str().unwrap();
            let defined = same(&portal, &format!("/services/{code}"), "").await;
            fits(&definition, &defined);
            assert_eq!(told["metadata"] == true, !defined["attributes"].as_array().unwrap().is_empty());
        }
        for query in ["", "?extensions=true"] {
            let requests = same(&portal, "/requests", query).await;
            let requests = requests.as_array().unwrap();
            assert!(requests.len() > 50, "{}", requests.len());
            requests.iter().for_each(|told| fits(&request, told));
            let id = requests[3]["service_request_id"].as_str().unwrap();
            assert_eq!(same(&portal, &format!("/requests/{id}"), query).await[0], requests[3]);
        }
        let updates = same(&portal, "/servicerequestupdates", "").await;
        assert!(updates.as_array().unwrap().len() > 60);
        let discovery = same(&portal, "/discovery", "").await;
        for field in ["changeset", "contact", "key_service", "endpoints"] {
            assert!(!discovery[field].is_null(), "{field}");
        }
        same(&portal, "/requests", "?start_date=soon&bbox=1&page=0").await;
        same(&portal, "/services/none", "").await;
        same(&portal, "/tokens/none", "").await;
    }

    async fn a_client_that_knows_nothing_discovers_asks_files_and_reads_back(portal: Portal) {
        let key = portal.token("rosa").await;
        for (suffix, kind) in [("json", "application/json"), ("xml", "text/xml")] {
            let discovery = get(&portal, "/discovery.json").await.json();
            let endpoint = discovery["endpoints"].as_array().unwrap().iter().find(|endpoint| endpoint["type"] == "production").unwrap();
            assert!(endpoint["formats"].as_array().unwrap().contains(&json!(kind)));
            let base = endpoint["url"].as_str().unwrap().strip_prefix(portal.url()).unwrap().to_owned();
            let definition = get(&portal, &format!("{base}/services/pothole.{suffix}")).await;
            assert!(definition.text.contains("size"));
            let form = [
                ("api_key", key.as_str()), ("jurisdiction_id", "riverton.example"), ("service_code", "pothole"),
                ("lat", "41.5300001"), ("long", "-88.1"), ("attribute[size]", "large"), ("attribute[position][]", "lane"),
                ("attribute[position][]", "curb"), ("description", "A hole & <more>\r\n\u{1b}[31mred"),
                ("first_name", "Rosa"), ("email", "rosa@mail.riverton.example"), ("media_url", "https://riverton.example/a.jpg"),
                ("unknown", "ignored"),
            ];
            let filed = post(&portal, &format!("{base}/requests.{suffix}"), &form).await;
            assert_eq!(filed.status, 201, "{}", filed.text);
            let id = match suffix {
                "json" => filed.json()[0]["service_request_id"].as_str().unwrap().to_owned(),
                _ => xml_facts(&filed.text)["/0/service_request_id"].clone(),
            };
            let back = same(&portal, &format!("{base}/requests/{id}"), "?extensions=true").await;
            let back = &back[0];
            assert_eq!(back["description"], "A hole & <more>\n[31mred");
            assert_eq!((back["lat"].as_f64(), back["long"].as_f64()), (Some(41.530_000_1), Some(-88.1)));
            assert_eq!(back["attributes"][1]["values"], json!(["lane", "curb"]));
            assert_eq!(back["agency_responsible"], "Street Department");
            // Five working days from a Monday, with Thanksgiving Day between.
            assert_eq!(back["expected_datetime"], "2026-12-02T05:59:59Z");
            let listed = get(&portal, &format!("{base}/requests.{suffix}?service_request_id={id},REQ-00000000")).await;
            assert!(listed.text.contains(&id) && listed.header("x-result-count") == "1");
        }
    }

    async fn mistakes_are_told_all_at_once_in_the_format_asked_for(portal: Portal) {
        let key = portal.token("rosa").await;
        let form = [("api_key", key.as_str()), ("service_code", "pothole"), ("lat", "410"), ("long", "-88"), ("attribute[siz]", "x"), ("email", "rosa")];
        let refused = post(&portal, "/requests.json", &form).await;
        assert_eq!((refused.status, refused.json().as_array().unwrap().len()), (400, 4), "{}", refused.text);
        let refused = post(&portal, "/requests.xml", &form).await;
        assert_eq!(xml_facts(&refused.text).len(), 8);
        for (form, status) in [
            (vec![("service_code", "pothole"), ("lat", "41"), ("long", "-88")], 403),
            (vec![("api_key", "none"), ("service_code", "pothole")], 403),
            (vec![("api_key", key.as_str()), ("service_code", "potholes")], 404),
            (vec![("api_key", key.as_str())], 400),
        ] {
            let refused = post(&portal, "/open311/v2/requests.json", &form).await;
            assert_eq!(refused.status, status, "{}", refused.text);
            assert_eq!(refused.json()[0]["code"], status);
        }
        for path in ["/requests.html", "/services", "/open311/v2/nothing.json", "/requests/REQ-00000000.json", "/requests/REQ-00000000", "/tokens/1.json"] {
            let refused = get(&portal, path).await;
            assert_eq!((refused.status, refused.json()[0]["code"].clone()), (404, json!(404)), "{path}");
        }
        assert_eq!(get(&portal, "/v1/nothing").await.header("content-type"), "application/problem+json");
    }

    async fn a_form_of_several_parts_and_a_key_that_is_repeated(portal: Portal) {
        let token = portal.token("rosa").await;
        let part = |name: &str, value: &str| format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let body = part("service_code", "storm_drain") + &part("address_string", "7 Weir Lane") + &part("media", "") + "--b--\r\n";
        let file = async |description: &str| {
            let body = part("description", description) + &body;
            let request = client().post(format!("{}/requests.json", portal.url())).bearer_auth(&token);
            let request = request.header("idempotency-key", "once").header("content-type", "multipart/form-data; boundary=b");
            read(request.body(body)).await
        };
        let (first, again, other) = (file("wet").await, file("wet").await, file("dry").await);
        assert_eq!((first.status, again.status, other.status), (201, 201, 400), "{} {}", first.text, other.text);
        assert_eq!(first.json(), again.json());
        let tried = {
            let request = client().post(format!("{}/open311/test/requests.json", portal.url())).header("x-api-key", &token);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            read(request.body("service_code=storm_drain&address_string=7+Weir+Lane")).await
        };
        let id = tried.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        assert_eq!((tried.status, get(&portal, &format!("/requests/{id}.json")).await.status), (201, 404));
    }

    async fn an_update_is_checked_as_a_request_is(portal: Portal) {
        let key = portal.token("rosa").await;
        let id = get(&portal, "/requests.json?status=open").await.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let update = async |media: &str| {
            let form = [("api_key", key.as_str()), ("service_request_id", &id), ("description", "Look"), ("media_url", media)];
            post(&portal, "/servicerequestupdates.json", &form).await
        };
        let long = format!("https://riverton.example/{}", "a".repeat(2000));
        for wrong in ["hole.jpg", "javascript:alert(1)", "ftp://riverton.example/a.jpg", &long] {
            let refused = update(wrong).await;
            assert_eq!(refused.status, 400, "{wrong}: {}", refused.text);
            assert!(refused.text.contains("is no address of a picture"), "{}", refused.text);
        }
        assert_eq!(update("https://riverton.example/hole.jpg").await.status, 201);
    }

    async fn nobody_learns_who_filed_or_what_is_private(portal: Portal) {
        let mut everything = String::new();
        for suffix in ["json", "xml"] {
            for path in ["/requests", "/open311/v2/requests", "/servicerequestupdates"] {
                let query = "?extensions=true&start_date=2026-08-27T00:00:00Z&end_date=2026-11-24T00:00:00Z";
                everything += &get(&portal, &format!("{path}.{suffix}{query}")).await.text;
            }
        }
        for secret in ["Wilhelmina", "Strand", "w.strand", "13125550188", "rosa", "tomas", "nadia", "4711", "gas map", "wellbeing", "3B"] {
            assert!(!everything.contains(secret), "{secret}");
        }
        let of = async |username| {
            let request = client().get(format!("{}/requests.json?mine=true&service_code=wellbeing", portal.url()));
            read(request.bearer_auth(portal.token(username).await)).await.json()
        };
        let theirs = of("tomas").await;
        let id = theirs[0]["service_request_id"].as_str().unwrap().to_owned();
        assert_eq!(get(&portal, &format!("/requests/{id}.json")).await.status, 404);
        assert!(!of("rosa").await.to_string().contains(&id));
        let rosa = portal.token("rosa").await;
        for path in [format!("/requests/{id}.json"), format!("/v1/requests/{id}")] {
            let request = client().get(format!("{}{path}", portal.url())).bearer_auth(&rosa);
            assert_eq!(read(request).await.status, 404, "{path}");
        }
    }

    async fn lists_are_cut_into_pages_and_narrowed_down(portal: Portal) {
        let all = get(&portal, "/requests.json").await;
        let ids = |answer: &Answer| -> Vec<String> {
            answer.json().as_array().unwrap().iter().map(|told| told["service_request_id"].as_str().unwrap().to_owned()).collect()
        };
        let (whole, mut walked, mut page) = (ids(&all), Vec::new(), 1);
        loop {
            let answer = get(&portal, &format!("/requests.json?per_page=7&page={page}")).await;
            assert_eq!(answer.header("x-result-count"), whole.len().to_string());
            assert_eq!(answer.header("x-page-count"), whole.len().div_ceil(7).to_string());
            walked.extend(ids(&answer));
            if !answer.header("link").contains("rel=\"next\"") {
                break;
            }
            page += 1;
        }
        assert_eq!(walked, whole);
        let count = async |query: &str| get(&portal, &format!("/requests.json?{query}")).await.json().as_array().unwrap().clone();
        let open = count("status=open").await;
        assert!(!open.is_empty() && open.iter().all(|told| told["status"] == "open"));
        assert_eq!(open.len() + count("status=closed").await.len(), whole.len());
        assert_eq!(count("status=open,closed").await.len(), whole.len());
        let holes = count("service_code=pothole,tree").await;
        assert!(holes.iter().all(|told| told["service_code"] == "pothole" || told["service_code"] == "tree"));
        assert!(count("q=HUBCAP").await.iter().all(|told| told["description"].as_str().unwrap().contains("hubcap")));
        assert!(!count("q=hubcap").await.is_empty() && count("q=%25").await.is_empty());
        let west = count("bbox=-88.2,41,-88.0817,42").await;
        assert!(!west.is_empty() && west.iter().all(|told| told["long"].as_f64().unwrap() <= -88.0817));
        let recent = count("updated_after=2026-11-20").await;
        assert!(!recent.is_empty() && recent.iter().all(|told| told["updated_datetime"].as_str().unwrap() >= "2026-11-20T06:00:00Z"));
        let october = count("start_date=2026-10-01&end_date=2026-10-31").await;
        assert!(!october.is_empty());
        assert_eq!(get(&portal, "/requests.json?start_date=2026-01-01&end_date=2026-10-31").await.status, 400);
    }
}
