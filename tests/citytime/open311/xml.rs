//! The dialects that speak XML.

use serde_json::json as value;

use super::{
    Visit,
    server::{Answer, Seen, page, xml},
    strings,
};

fn missing() -> Answer {
    let body = "<errors><error><code>404</code><description>no such thing</description></error></errors>";
    Answer::Said(404, "text/xml", body.to_owned())
}

/// The San Francisco of old: a root with namespaces, line breaks in descriptions.
fn san_francisco(seen: &Seen) -> Answer {
    let request = "<request><service_request_id>638344</service_request_id><status>closed</status>\
        <service_code>021</service_code><description>First line\n  second line\n</description>\
        <requested_datetime>2026-11-02T09:00:00-08:00</requested_datetime><lat>37.7</lat><long>-122.4</long></request>";
    match seen.asks() {
        ("GET", "/V2/discovery.xml") => xml(format!(
            "<discovery xmlns=\"http://api.open311.org/discovery\"><changeset>2026-01-01T00:00:00Z</changeset>\
             <contact>c</contact><key_service>k</key_service><endpoints><endpoint>\
             <specification>http://wiki.open311.org/GeoReport_v2</specification><url>http://{}/V2</url>\
             <type>production</type><formats><format>text/xml</format></formats></endpoint></endpoints></discovery>",
            seen.header("host")
        )),
        ("GET", "/V2/services.xml") => xml(
            "<o:services xmlns:o=\"urn:open311\" xmlns:xsi=\"urn:xsi\"><o:service><o:service_code>021</o:service_code>\
             <o:service_name>Tree</o:service_name><o:description xsi:nil=\"true\"/><o:metadata>true</o:metadata>\
             <o:type>realtime</o:type></o:service></o:services>",
        ),
        ("GET", "/V2/services/021.xml") => {
            xml("<service_definition xmlns=\"urn:open311\"><service_code>021</service_code><attributes><attribute>\
             <variable>true</variable><code>SIZE</code><datatype>number</datatype><required>true</required>\
             <order>1</order><description>How high, in feet?</description></attribute></attributes></service_definition>")
        }
        ("GET", "/V2/requests.xml" | "/V2/requests/638344.xml") => {
            xml(format!("<service_requests xmlns=\"urn:open311\">{request}</service_requests>"))
        }
        ("POST", "/V2/requests.xml") => {
            xml("<service_requests xmlns=\"urn:open311\"><request><service_request_id>638345</service_request_id>\
             <service_notice>Within &lt;b&gt;three&lt;/b&gt; days</service_notice><account_id/></request></service_requests>")
        }
        _ => missing(),
    }
}

#[tokio::test]
async fn san_francisco_has_namespaces_and_line_breaks() {
    let there = Visit::to("/V2", "--api-key-file key", san_francisco).await;
    assert_eq!(there.added["format"], "xml");
    assert_eq!(there.codes().await, ["021"]);
    assert_eq!(there.json("request services tree").await["attributes"][0]["datatype"], "number");
    assert_eq!(there.ids("").await, ["638344"]);
    assert_eq!(there.json("request status 638344").await["description"], "First line\n  second line");
    let table = there.shell.run("request list -o tsv").await.ok();
    assert_eq!(table.stdout.lines().count(), 2, "{table}");
    let filed = there.json("request new 021 --address '1 Bay Street' --set SIZE=30").await;
    assert_eq!(
        (&filed["service_request_id"], &filed["service_notice"]),
        (&value!("638345"), &value!("Within three days"))
    );
}

/// Washington: HTML in descriptions, attributes out of order, empty values on text.
fn washington(seen: &Seen) -> Answer {
    match seen.asks() {
        ("GET", "/services.xml") => {
            xml("<services><service><service_code>S0031</service_code><service_name>Bulk collection</service_name>\
             <description>&lt;p&gt;Up to &lt;b&gt;seven&lt;/b&gt; items&amp;nbsp;a time&lt;/p&gt;</description>\
             <metadata>TRUE</metadata><type>realtime</type><keywords>bulk, trash</keywords></service></services>")
        }
        ("GET", "/services/S0031.xml") => xml("<service_definition><service_code>S0031</service_code><attributes>\
             <attribute><order>2</order><code>WHERE</code><variable>true</variable><datatype>text</datatype><required>false</required>\
             <description>Where?</description><values/></attribute>\
             <attribute><order>1</order><code>KIND</code><variable>true</variable><datatype>singlevaluelist</datatype>\
             <required>true</required><description>What &amp;amp; how?</description><values><value><key>1</key><name>Sofa</name></value>\
             </values></attribute></attributes></service_definition>"),
        ("GET", "/requests.xml" | "/requests/26-0001.xml") => {
            xml("<service_requests><request><service_request_id>26-0001</service_request_id><status>OPEN</status>\
             <description>&lt;div&gt;Sofa &amp;lt; 2 m&lt;/div&gt;</description></request></service_requests>")
        }
        ("POST", "/requests.xml") => xml(
            "<service_requests><request><service_request_id>26-0002</service_request_id></request></service_requests>",
        ),
        _ => page(404),
    }
}

#[tokio::test]
async fn washington_writes_for_web_pages() {
    let there = Visit::to("/", "--api-key-file key", washington).await;
    assert_eq!(there.added["format"], "xml");
    assert_eq!(there.codes().await, ["S0031"]);
    let service = there.json("request services S0031").await;
    assert_eq!(service["description"], "Up to seven items a time");
    assert_eq!(strings(&service["attributes"], "code"), ["KIND", "WHERE"]);
    assert_eq!(strings(&service["attributes"], "description"), ["What & how?", "Where?"]);
    assert_eq!(there.ids("--status open").await, ["26-0001"]);
    assert_eq!(there.json("request status 26-0001").await["description"], "Sofa < 2 m");
    let filed = there.json("request new S0031 --address '1 M Street' --set KIND=sofa").await;
    assert_eq!(filed["service_request_id"], "26-0002");
}

/// Toronto: empty dates, a single request, a service without questions.
fn toronto(seen: &Seen) -> Answer {
    let request = "<service_requests>\n  <request>\n    <service_request_id>101</service_request_id>\n    <status>open</status>\n\
        <service_code>CSROWC-05</service_code><updated_datetime/><requested_datetime>2026-11-02T09:00:00-05:00</requested_datetime>\n\
        <lat>43.6</lat><long>-79.4</long><address_id>42</address_id></request></service_requests>";
    match seen.asks() {
        ("GET", "/webservices/services.xml") if seen.query("jurisdiction_id") == Some("toronto.example") => {
            xml("<services><service><service_code>CSROWC-05</service_code><service_name>Culverts</service_name>\
             <metadata>false</metadata><type>realtime</type></service></services>")
        }
        ("GET", "/webservices/requests.xml" | "/webservices/requests/101.xml") => xml(request),
        ("POST", "/webservices/requests.xml") => {
            xml("<service_requests><request><service_request_id>102</service_request_id></request></service_requests>")
        }
        _ => missing(),
    }
}

#[tokio::test]
async fn toronto_has_one_request_and_empty_dates() {
    let there = Visit::to("/webservices/", "--jurisdiction-id toronto.example --api-key-file key", toronto).await;
    assert_eq!(there.codes().await, ["CSROWC-05"]);
    assert_eq!(there.json("request services CSROWC-05").await["attributes"], value!([]));
    assert_eq!(there.ids("").await, ["101"]);
    let shown = there.json("request status 101").await;
    assert_eq!((&shown["updated_datetime"], &shown["address_id"]), (&value!(null), &value!("42")));
    let filed = there.json("request new culverts --address-id 42").await;
    assert_eq!(filed["service_request_id"], "102");
    assert_eq!(there.filed()[0].form("jurisdiction_id"), Some("toronto.example"));
}

/// CitySDK: whole numbers, states of its own, only open ones unasked, arrays by attribute, a name misspelt.
fn citysdk(seen: &Seen) -> Answer {
    let request = |id: &str, status: &str| {
        format!(
            "<request><service_request_id type=\"integer\">{id}</service_request_id><status>{status}</status>\
             <service_code type=\"integer\">12</service_code><adress_id>77</adress_id><lat>54.1</lat><long>12.1</long>\
             <requested_datetime>2026-11-02T09:00:00+01:00</requested_datetime></request>"
        )
    };
    let (open, closed) = (request("5001", "in_process"), request("5000", "processed"));
    match seen.asks() {
        ("GET", "/citysdk/services.xml") => {
            xml("<services type=\"array\"><service><service_code type=\"integer\">12</service_code>\
             <service_name>Müll</service_name><metadata>false</metadata><type>realtime</type></service></services>")
        }
        ("GET", "/citysdk/requests.xml") => match seen.query("status") {
            None | Some("open") => xml(format!("<service_requests type=\"array\">{open}</service_requests>")),
            Some("closed") => xml(format!("<service_requests type=\"array\">{closed}</service_requests>")),
            Some(_) => xml(format!("<service_requests type=\"array\">{open}{closed}</service_requests>")),
        },
        ("GET", "/citysdk/requests/5001.xml") => {
            xml(format!("<service_requests type=\"array\">{open}</service_requests>"))
        }
        ("POST", "/citysdk/requests.xml") => xml(
            "<service_requests type=\"array\"><request><service_request_id>5002</service_request_id></request></service_requests>",
        ),
        _ => missing(),
    }
}

#[tokio::test]
async fn citysdk_has_numbers_and_states_of_its_own() {
    let there = Visit::to("/citysdk", "--api-key-file key", citysdk).await;
    assert_eq!(there.codes().await, ["12"]);
    assert_eq!(there.json("request services 12").await["service_name"], "Müll");
    assert_eq!(there.ids("").await, ["5001"]);
    assert_eq!(there.ids("--status all").await, ["5001", "5000"]);
    assert_eq!(there.ids("--status closed").await, ["5000"]);
    let shown = there.json("request status 5001").await;
    assert_eq!((&shown["status"], &shown["status_word"]), (&value!("open"), &value!("in_process")));
    assert_eq!(shown["address_id"], "77");
    assert_eq!(there.json("request new 12 --lat 54.1 --long 12.1").await["service_request_id"], "5002");
}

/// Alexandria: a compression that is broken.
fn alexandria(seen: &Seen) -> Answer {
    if seen.header("accept-encoding").contains("deflate") || seen.header("accept-encoding").is_empty() {
        return Answer::With(200, ("content-encoding", "deflate".to_owned()), "\u{1}broken".to_owned());
    }
    match seen.asks() {
        ("GET", "/GeoReport/Service.ashx/services.xml") => xml(
            "<services><service><service_code>5</service_code><service_name>Signs</service_name><metadata>true</metadata>\
             <type>realtime</type></service></services>",
        ),
        ("GET", "/GeoReport/Service.ashx/services/5.xml") => xml(
            "<service_definition><service_code>5</service_code><attributes><attribute><variable>1</variable><code>SIGN</code>\
             <datatype>string</datatype><required>0</required></attribute></attributes></service_definition>",
        ),
        ("GET", "/GeoReport/Service.ashx/requests.xml" | "/GeoReport/Service.ashx/requests/31.xml") => xml(
            "<service_requests><request><service_request_id>31</service_request_id><status>open</status></request></service_requests>",
        ),
        ("POST", "/GeoReport/Service.ashx/requests.xml") => {
            xml("<service_requests><request><service_request_id>32</service_request_id></request></service_requests>")
        }
        _ => missing(),
    }
}

#[tokio::test]
async fn alexandria_is_asked_for_no_compression() {
    let there = Visit::to("/GeoReport/Service.ashx/", "--api-key-file key", alexandria).await;
    assert_eq!(there.codes().await, ["5"]);
    assert_eq!(there.json("request services 5").await["attributes"][0]["code"], "SIGN");
    assert_eq!(there.ids("").await, ["31"]);
    assert_eq!(there.json("request status 31").await["status"], "open");
    assert_eq!(there.json("request new signs --address '1 King Street'").await["service_request_id"], "32");
}
