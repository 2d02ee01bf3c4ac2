//! `city search` and `city add`, what an Open311 city is refused, and a Citytime portal spoken to the same way.

use citytime::api::token::{Kind, Token};
use serde_json::json as value;

use super::{
    Visit,
    server::{Answer, City, Seen, json, refused},
};
use crate::support::command::Shell;

const SERVICES: &str = r#"[{"service_code":"1","service_name":"Lamp","metadata":false,"type":"realtime"}]"#;

fn small(seen: &Seen) -> Answer {
    match seen.asks() {
        ("GET", "/v2/services.json") => json(SERVICES),
        ("GET", "/v2/requests.json") => json(r#"[{"service_request_id":"7","status":"open"}]"#),
        ("POST", "/v2/requests.json") => json(r#"[{"service_request_id":"8"}]"#),
        _ => refused(404, "[]"),
    }
}

/// A Citytime portal, as far as service requests are concerned.
fn portal(seen: &Seen) -> Answer {
    let id = if seen.header("authorization").starts_with("Bearer ") { "REQ-MINE0000" } else { "REQ-PUBLIC00" };
    match seen.asks() {
        ("GET", "/.well-known/citytime") => json(
            r#"{"name":"Riverton","zone":"America/Chicago","currency":"USD","languages":["en"],"api":"v1","version":"0.1.0",
            "terms":{"version":"1","url":null,"text":null},"payment_kinds":["card"],
            "support":{"email":"help@riverton.example","phone":"+15550100","hours":[]}}"#,
        ),
        ("GET", "/open311/v2/services.json") => json(SERVICES),
        ("POST", "/open311/v2/requests.json") => match seen.before {
            0 => refused(502, ""),
            _ => Answer::Said(201, "application/json", r#"[{"service_request_id":"REQ-7K3Q9XM2"}]"#.to_owned()),
        },
        ("GET", "/open311/v2/requests.json") => json(format!(r#"[{{"service_request_id":"{id}","status":"open"}}]"#)),
        ("GET", "/open311/v2/requests/REQ-7K3Q9XM2.json") => {
            json(r#"[{"service_request_id":"REQ-7K3Q9XM2","status":"open","service_name":"Lamp"}]"#)
        }
        _ => Answer::Said(404, "application/problem+json", r#"{"code":"not_found","detail":"no"}"#.to_owned()),
    }
}

fn token() -> String {
    Token::from_bytes(Kind::Personal, [7; 32]).expose().to_owned()
}

#[tokio::test]
async fn the_directory_tells_what_is_known_and_promises_nothing() {
    let shell = Shell::new();
    let found = shell.run("city search Chicago --json").await.ok().json();
    assert_eq!((&found[0]["status"], &found[0]["as_of"]), (&value!("alive"), &value!(2026)));
    let table = shell.run("city search zurich -o table").await.ok();
    assert!(table.stderr.contains("nothing here is promised"), "{table}");
    assert_eq!(shell.run("city search 'no such city' --json").await.ok().json(), value!([]));
    let hinted = shell.run("city add chicago").await;
    assert_eq!(hinted.exit, 2);
    assert!(hinted.stderr.contains("alive, 2026) may: citytime city add chicago http"), "{hinted}");
}

#[tokio::test]
async fn a_city_is_known_by_its_kind_and_takes_requests_only() {
    let there = Visit::to("/v2", "", small).await;
    assert_eq!((&there.added["kind"], &there.added["format"]), (&value!("open311"), &value!("json")));
    assert_eq!(there.json("city show").await["services"], 1);
    assert_eq!(there.json("city list").await[0]["kind"], "open311");
    for line in ["bills list", "whoami", "history", "login --username rosa", "wallet list", "dashboard"] {
        let refused = there.shell.run(&format!("{line} --json")).await.error();
        assert_eq!(refused["exit_code"], 2, "{line}");
        assert_eq!(refused["message"], "there is an Open311 city: it takes service requests and nothing else");
    }
    let asked = there.city.seen().iter().filter(|seen| seen.path.contains(".well-known")).count();
    assert_eq!(asked, 1, "only `city add` asked whether it is a portal");
}

#[tokio::test]
async fn no_token_ever_goes_to_a_foreign_city() {
    let there = Visit::to("/v2", "", small).await;
    let line = format!("request list -c {}/v2", there.city.url());
    for line in ["request list", "request new lamp --address x", "bills list", "login --token-stdin", &line] {
        there.shell.command(line).with("CITYTIME_TOKEN", token()).stdin(token()).run().await;
    }
    let unnamed = Shell::new().with("CITYTIME_TOKEN", token());
    let rows = unnamed.run(&format!("request list -c {}/v2 -o ids", there.city.url())).await.ok();
    assert_eq!(rows.stdout, "7\n");
    let told = there.city.seen();
    assert!(told.len() > 8 && told.iter().all(|seen| seen.header("authorization").is_empty()));
    assert!(told.iter().all(|seen| seen.header("idempotency-key").is_empty() && seen.header("user-agent").starts_with("citytime/")));
}

#[tokio::test]
async fn a_citytime_portal_is_spoken_to_as_the_resident_and_safely_repeated() {
    let city = City::start(portal).await;
    let shell = Shell::new().with("CITYTIME_TOKEN", token());
    let added = shell.run(&format!("city add riverton {} --json", city.url())).await.ok().json();
    assert_eq!(added["kind"], "citytime");
    for target in ["riverton", &city.url()] {
        let list = async |flags: &str| shell.run(&format!("request list -c {target} -o ids {flags}")).await.ok().stdout;
        assert_eq!((list("").await.as_str(), list("--public").await.as_str()), ("REQ-MINE0000\n", "REQ-PUBLIC00\n"));
    }
    let filed = shell.run("request new lamp --address x --json").await.ok().json();
    assert_eq!((&filed["service_request_id"], &filed["status"]), (&value!("REQ-7K3Q9XM2"), &value!("open")));
    let forms = city.seen().into_iter().filter(|seen| seen.method == "POST").collect::<Vec<_>>();
    assert_eq!(forms.len(), 2, "the gateway lost the first answer");
    assert_eq!(forms[0].header("idempotency-key").len(), 32);
    assert_eq!(forms[0].header("idempotency-key"), forms[1].header("idempotency-key"));
    assert_eq!(forms[1].header("authorization"), format!("Bearer {}", token()));
    assert!(forms[1].form("api_key").is_none());
}

#[tokio::test]
async fn what_would_be_filed_is_shown_and_not_sent() {
    let there = Visit::to("/v2", "", small).await;
    let line = "request new lamp --address '1 Lake Road' --lat 1.5 --long -2 --description dark --dry-run";
    let shown = there.json(line).await;
    assert_eq!(
        (&shown["service_code"], &shown["lat"], &shown["description"]),
        (&value!("1"), &value!(1.5), &value!("dark"))
    );
    assert_eq!(there.filed().len(), 0);
    let unknown = there.shell.run("request new lamps --address x").await;
    assert_eq!(unknown.exit, 3);
    assert!(unknown.stderr.contains("did you mean `1`?"), "{unknown}");
    let nowhere = there.shell.run("request new lamp").await;
    assert_eq!(nowhere.exit, 2);
    assert!(nowhere.stderr.contains("--address TEXT"), "{nowhere}");
}

/// A foreign city gets the file as it is, in a form of several parts; nothing tells what its owner calls it.
#[tokio::test]
async fn a_picture_is_sent_along() {
    let there = Visit::to("/v2", "", small).await;
    let photo = there.shell.home().join("Rosa's hole.JPG");
    std::fs::write(&photo, b"\xff\xd8 a picture \xff\xd9").unwrap();
    let line =
        ["request", "new", "lamp", "--address", "1 Lake Road \"by the lake\"", "--photo", photo.to_str().unwrap()];
    let filed = there.shell.run(line).await.ok();
    assert!(filed.stderr.contains("not every city takes pictures"), "{filed}");
    let forms = there.filed();
    assert_eq!(forms.len(), 1);
    let kind = forms[0].header("content-type");
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("a form of several parts");
    for part in [
        "name=\"address_string\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1 Lake Road \"by the lake\"\r\n",
        "name=\"media\"; filename=\"photo1.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n",
        &format!("\r\n--{boundary}--\r\n"),
    ] {
        assert!(forms[0].sends(part.as_bytes()), "{part}");
    }
    assert!(forms[0].sends(b"\xff\xd8 a picture \xff\xd9") && !forms[0].sends(b"Rosa"));
    assert_ne!(forms[0].header("content-length"), "");
}
