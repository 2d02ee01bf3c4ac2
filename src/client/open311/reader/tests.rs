//! The reader's rules, one by one.

use super::{
    super::{json, xml},
    *,
};
use crate::api::requests::RequestStatus;

fn request(text: &str) -> (Request, Vec<String>) {
    let tree = if text.starts_with('<') { xml::tree(text) } else { json::tree(text) };
    let mut reader = Reader::default();
    let mut requests = reader.requests(&tree.unwrap());
    (requests.pop().unwrap_or_default(), reader.doubts.take())
}

#[test]
fn ids_are_verbatim() {
    for (text, id) in [
        (r#"[{"service_request_id":638344}]"#, "638344"),
        (r#"[{"service_request_id":" 0042 "}]"#, "0042"),
        (r#"[{"servicerequest_id":"SR-9"}]"#, "SR-9"),
        (r#"{"service_request_id":12345678901234567890}"#, "12345678901234567890"),
        ("<r><request><service_request_id>7</service_request_id></request></r>", "7"),
    ] {
        assert_eq!(request(text).0.service_request_id.as_deref(), Some(id), "{text}");
    }
}

#[test]
fn nothing_is_said_in_many_ways() {
    for text in [
        r#"[{"service_code":"x","status":null,"address":"","zipcode":" ","media_url":[],"lat":""}]"#,
        "<r><request><service_code>x</service_code><status/><address></address><lat> </lat></request></r>",
    ] {
        let told = Request { service_code: Some("x".to_owned()), ..Request::default() };
        assert_eq!(request(text), (told, Vec::new()));
    }
}

#[test]
fn impossible_places_are_told_and_never_mended() {
    let (read, doubts) = request(r#"[{"service_request_id":1,"lat":"-122.41","long":37.77}]"#);
    assert_eq!((read.lat, read.long), (Some(-122.41), Some(37.77)));
    assert!(doubts[0].starts_with("the coordinates of 1 are impossible as they are"), "{doubts:?}");
    for text in [r#"[{"status":"open","lat":"NaN","long":1}]"#, r#"[{"status":"open","lat":900,"long":900}]"#] {
        let (read, doubts) = request(text);
        assert_eq!((read.lat, doubts.len()), (None, 1), "{text}");
    }
    let (read, doubts) = request(r#"[{"status":"open","lat":"52.5200","long":"13.4050"}]"#);
    assert_eq!((read.lat, read.long, doubts.len()), (Some(52.52), Some(13.405), 0));
}

#[test]
fn states_keep_the_citys_word() {
    let (read, _) = request(r#"[{"status":"IN_PROCESS","status_note":"on its way"}]"#);
    assert_eq!(read.status, Some(RequestStatus::Open));
    assert_eq!((read.status_word.as_deref(), read.status_notes.as_deref()), (Some("IN_PROCESS"), Some("on its way")));
    assert_eq!(request(r#"[{"status":"Closed"}]"#).0.status_word, None);
}

#[test]
fn times_without_a_zone_are_told() {
    let (read, doubts) = request(r#"[{"service_code":"x","requested_datetime":"2026-11-22 09:30"}]"#);
    assert_eq!(read.requested_datetime.unwrap().to_string(), "2026-11-22 09:30");
    assert_eq!(doubts, ["this city tells times without their zone; they are shown as they came: 2026-11-22 09:30"]);
}

#[test]
fn pictures_agencies_and_answers() {
    for media in [r#""u""#, r#"["u"]"#, r#"[{"url":"u"}]"#, r#"[{"media_url":"u"},{}]"#, r#"{"url":"u"}"#] {
        let (read, _) = request(&format!(r#"[{{"status":"open","media_url":{media}}}]"#));
        assert_eq!((read.media_url.as_deref(), read.media_urls.len()), (Some("u"), 0), "{media}");
    }
    let (read, _) = request(r#"[{"status":"open","media_url":["u",{"url":"v"}]}]"#);
    assert_eq!(read.media_urls, ["u", "v"]);
    for agency in [r#""Streets""#, r#"{"recipient":["Streets"]}"#, r#"{"recipient":"Streets"}"#, r#"["Streets"]"#] {
        let (read, _) = request(&format!(r#"[{{"status":"open","agency_responsible":{agency}}}]"#));
        assert_eq!(read.agency_responsible.as_deref(), Some("Streets"), "{agency}");
    }
    for attributes in [
        r#"{"DEPTH":"deep","EMPTY":null}"#,
        r#"[{"code":"DEPTH","value":"deep"}]"#,
        r#"[{"label":"DEPTH","values":["deep"]}]"#,
    ] {
        let (read, _) = request(&format!(r#"[{{"status":"open","attributes":{attributes}}}]"#));
        assert_eq!(read.attributes["DEPTH"], ["deep"], "{attributes}");
        assert_eq!(read.attributes.len(), 1);
    }
    let notes =
        r#"[{"status":"open","notes":[{"datetime":"2026-11-22T09:30:00Z","summary":"Seen","type":"follow_on"}]}]"#;
    let timeline = request(notes).0.timeline.unwrap();
    assert_eq!((timeline[0].note.as_deref(), timeline[0].status.as_deref()), (Some("Seen"), Some("follow_on")));
}

#[test]
fn services_with_what_is_left_out_or_wrapped() {
    let text = r#"{"services":[
        {"service_code":1,"service_name":"Pothole","metadata":"FALSE","keywords":["a","b"],"group":{"group":"Roads"}},
        {"service_code":"Bins & waste","metadata":1,"type":"Batch","description":"<p>Full</p>"},
        {"service_name":"nothing to request"}]}"#;
    let services = Reader::default().services(&json::tree(text).unwrap());
    assert_eq!(services.len(), 2);
    assert_eq!((services[0].metadata, services[0].keywords.as_deref()), (false, Some("a, b")));
    assert_eq!((services[0].service_code.as_str(), services[0].group.as_deref()), ("1", Some("Roads")));
    assert_eq!((services[1].metadata, services[1].kind), (true, ServiceType::Batch));
    assert_eq!((services[1].service_name.as_str(), services[1].description.as_deref()), ("Bins & waste", Some("Full")));
}

#[test]
fn definitions_in_every_wrapping() {
    let attribute = r#"{"code":"B","datatype":"Picklist","variable":"true","required":0,"order":2,
        "values":{"value":[{"key":1,"name":"One"},{"key":2}]}}, {"code":"A","datatype":"wheel","order":"1","values":null}"#;
    for text in [
        format!(r#"{{"service_code":"x","attributes":[{attribute}]}}"#),
        format!(r#"[{{"service_code":"x","attributes":{{"attribute":[{attribute}]}}}}]"#),
        format!(r#"{{"service_definition":{{"service_code":"x","attributes":[{attribute}]}}}}"#),
        format!("[{attribute}]"),
    ] {
        let definition = Reader::default().definition(&json::tree(&text).unwrap(), "x");
        let codes = definition.attributes.iter().map(|attribute| attribute.code.as_str()).collect::<Vec<_>>();
        assert_eq!((definition.service_code.as_str(), codes.as_slice()), ("x", &["A", "B"][..]), "{text}");
        assert_eq!(definition.attributes[0].datatype, Datatype::String);
        assert_eq!(definition.attributes[1].datatype, Datatype::SingleValueList);
        assert_eq!(definition.attributes[1].values[1], AttributeValue { key: "2".to_owned(), name: "2".to_owned() });
    }
    for text in [r#"{"service_code":"x"}"#, "[]", r#"{"service_code":"x","attributes":null}"#] {
        assert_eq!(Reader::default().definition(&json::tree(text).unwrap(), "x").attributes, []);
    }
    let text = r#"[{"code":"I","datatype":"Informational"},{"code":"C","datatype":"Boolean (checkbox)"}]"#;
    let attributes = Reader::default().definition(&json::tree(text).unwrap(), "x").attributes;
    assert!(!attributes[0].variable);
    assert_eq!((attributes[1].datatype, attributes[1].values.len()), (Datatype::SingleValueList, 2));
}

#[test]
fn discovery_with_an_object_of_endpoints() {
    let text = r#"{"discovery":{"changeset":"2012-09-18T15:37-05","contact":"c","endpoints":{"endpoint":
        {"url":"https://c.example/v2","type":"Production","formats":{"format":["text/xml"]}}}}}"#;
    let discovery = Reader::default().discovery(&json::tree(text).unwrap()).unwrap();
    assert_eq!(discovery.changeset.unwrap().to_string(), "2012-09-18T20:37:00Z");
    assert_eq!(discovery.endpoints[0].formats, ["text/xml"]);
    assert_eq!(discovery.endpoints[0].kind, EndpointType::Production);
}

#[test]
fn what_filing_answers() {
    for (text, id, token) in [
        (r#"[{"service_request_id":12,"service_notice":null}]"#, Some("12"), None),
        (r#"[{"token":"abc","service_request_id":""}]"#, None, Some("abc")),
        (r#"{"service_requests":{"request":{"servicerequest_id":"3-2026"}}}"#, Some("3-2026"), None),
        ("<r><request><token>t</token><account_id/></request></r>", None, Some("t")),
        (r#"[{"service_notice":"thank you"}]"#, None, None),
    ] {
        let filed =
            Reader::default().filed(&if text.starts_with('<') { xml::tree(text) } else { json::tree(text) }.unwrap());
        let filed = filed.unwrap();
        assert_eq!((filed.service_request_id.as_deref(), filed.token.as_deref()), (id, token), "{text}");
    }
    assert!(Reader::default().filed(&json::tree("[]").unwrap()).is_none());
}
