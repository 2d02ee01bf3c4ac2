//! Servers that do not do what they should: nothing is filed twice, nothing runs without an end, and what is told is
//! what happened.

use std::sync::Arc;

use serde_json::json as value;

use super::{
    Visit,
    server::{Answer, City, Seen, json, page, refused},
};
use crate::support::{command::Shell, eventually::eventually};

const SERVICES: &str = r#"[{"service_code":"1","service_name":"Lamp","metadata":false,"type":"realtime"}]"#;
const NEW: &str = "request new lamp --address '1 Lake Road'";

/// A city with one service, whose requests are up to `requests`.
fn with_requests(requests: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> impl Fn(&Seen) -> Answer + Send + Sync {
    move |seen| match seen.asks() {
        ("GET", "/v2/services.json") => json(SERVICES),
        (_, "/v2/requests.json") => requests(seen),
        ("GET", path) if path.starts_with("/v2/requests/") => requests(seen),
        _ => refused(404, "[]"),
    }
}

fn rows(ids: std::ops::Range<usize>) -> String {
    let row = |id| {
        format!(
            r#"{{"service_request_id":"{id}","status":"open","service_code":"1","requested_datetime":"2026-11-02T09:00:00Z"}}"#
        )
    };
    format!("[{}]", ids.map(row).collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn a_request_whose_answer_is_lost_is_filed_once() {
    let there = Visit::to(
        "/v2",
        "",
        with_requests(|seen| match seen.method.as_str() {
            "POST" => Answer::Silence,
            _ => json("[]"),
        }),
    )
    .await;
    let error = there.shell.run(&format!("{NEW} --timeout 3s --retries 3 --json")).await.error();
    assert_eq!((&error["code"], &error["exit_code"]), (&value!("outcome_unknown"), &value!(9)));
    assert!(error["hint"].as_str().unwrap().contains("`citytime request list --since today`"), "{error}");
    assert_eq!(there.filed().len(), 1);
}

#[tokio::test]
async fn a_request_that_is_interrupted_on_its_way_is_told_to_be_unknown() {
    let there = Visit::to(
        "/v2",
        "",
        with_requests(|seen| match seen.method.as_str() {
            "POST" => Answer::Silence,
            _ => json("[]"),
        }),
    )
    .await;
    let running = there.shell.command(NEW).start();
    eventually("the request on its way", async || there.filed().pop()).await;
    running.signal("INT");
    let output = running.finish().await;
    assert_eq!((output.exit, there.filed().len()), (9, 1), "{output}");
}

#[tokio::test]
async fn a_gateway_that_lost_it_and_an_answer_nobody_can_read_leave_it_unknown_too() {
    for answer in [refused(502, ""), refused(500, "[]"), page(200), json("{"), json("")] {
        let there = Visit::to("/v2", "", with_requests(move |_| answer.clone())).await;
        let output = there.shell.run(NEW).await;
        assert_eq!((output.exit, there.filed().len()), (9, 1), "{output}");
    }
    for (answer, exit) in [(refused(503, ""), 7), (refused(429, ""), 7), (refused(400, r#"{"error":"no"}"#), 6)] {
        let there = Visit::to("/v2", "", with_requests(move |_| answer.clone())).await;
        let output = there.shell.run(NEW).await;
        assert_eq!((output.exit, there.filed().len()), (exit, 1), "{output}");
    }
}

#[tokio::test]
async fn nothing_is_filed_at_another_address() {
    let elsewhere = Arc::new(City::start(|_| json(r#"[{"service_request_id":"1"}]"#)).await);
    let url = format!("{}/v2/requests.json", elsewhere.url());
    let there = Visit::to(
        "/v2",
        "--api-key-file key",
        with_requests(move |_| Answer::With(307, ("location", url.clone()), String::new())),
    )
    .await;
    let output = there.shell.run(NEW).await;
    assert_eq!((output.exit, there.filed().len()), (1, 1), "{output}");
    assert!(output.stderr.contains("nothing is filed at another address than yours"), "{output}");
    assert_eq!(elsewhere.seen().len(), 0);
    assert_eq!(there.ids("").await, ["1"], "what is read follows");
    assert_eq!(elsewhere.seen().len(), 1);
}

#[tokio::test]
async fn the_last_page_for_ever_ends_the_list() {
    let there = Visit::to(
        "/v2",
        "",
        with_requests(|seen| match seen.query("page") {
            None => json(rows(0..50)),
            Some(_) => json(rows(30..60)),
        }),
    )
    .await;
    assert_eq!(there.ids("").await.len(), 60);
    let asked = there.city.seen().iter().filter(|seen| seen.path == "/v2/requests.json").count();
    assert_eq!(asked, 3);
}

#[tokio::test]
async fn pages_without_an_end_are_told() {
    let there = Visit::to("/v2", "", with_requests(|seen| json(rows(seen.before * 10..seen.before * 10 + 10)))).await;
    assert_eq!(there.ids("--limit 25").await.len(), 25);
    let output = there.shell.run("request list -o ids").await;
    assert_eq!(output.exit, 1);
    assert!(output.stderr.contains("has pages without an end"), "{}", output.stderr);
    assert_eq!(output.stdout.lines().count(), 10_000, "whole lines came before");
}

#[tokio::test]
async fn a_screenful_is_asked_for_on_a_terminal() {
    let there = Visit::to("/v2", "", with_requests(|seen| json(rows(seen.before * 20..seen.before * 20 + 20)))).await;
    let mut terminal = there.shell.command("request list").at_terminal(100, 24);
    terminal.expect("and more than 50 more requests").await;
    assert_eq!(terminal.finish().await.0, 0);
    let asked = there.city.seen().iter().filter(|seen| seen.path == "/v2/requests.json").count();
    assert_eq!(asked, 4);
}

#[tokio::test]
async fn ranges_are_walked_in_windows_of_ninety_days() {
    // A city that knows one request a month, and one more at each boundary of a window.
    let there = Visit::to(
        "/v2",
        "",
        with_requests(|seen| {
            let (from, to) = (seen.query("start_date").unwrap(), seen.query("end_date").unwrap());
            let made = (1..=12)
                .map(|month| format!("2025-{month:02}-15T00:00:00Z"))
                .chain(["2025-10-03T00:00:00Z".to_owned()]);
            let inside = made.enumerate().filter(|(_, at)| from <= at.as_str() && at.as_str() <= to);
            let row =
                |(id, at)| format!(r#"{{"service_request_id":{id},"status":"open","requested_datetime":"{at}"}}"#);
            json(format!("[{}]", inside.map(row).collect::<Vec<_>>().join(",")))
        }),
    )
    .await;
    let mut ids = there.ids("--since 2025-01-01 --until 2025-12-31").await;
    ids.sort_by_key(|id| id.parse::<u8>().unwrap());
    assert_eq!(ids, (0..13).map(|id| id.to_string()).collect::<Vec<_>>());
    let asked = there.city.seen().into_iter().filter(|seen| seen.path == "/v2/requests.json").collect::<Vec<_>>();
    assert_eq!(asked.len(), 5);
    assert_eq!(asked[0].query("end_date"), Some("2026-01-01T00:00:00Z"));
    assert_eq!(asked[0].query("start_date"), Some("2025-10-03T00:00:00Z"));
    assert_eq!(asked[4].query("start_date"), Some("2025-01-01T00:00:00Z"));
}

#[tokio::test]
async fn pages_of_the_web_are_no_endpoint() {
    let city = City::start(|_| page(200)).await;
    let shell = Shell::new();
    let output = shell.run(&format!("city add there {} --json", city.url())).await.error();
    assert_eq!((&output["code"], &output["exit_code"]), (&value!("not_a_portal"), &value!(1)));
    assert!(output["hint"].as_str().unwrap().contains("--jurisdiction-id"), "{output}");
    assert_eq!(shell.run("city list --json").await.ok().json(), value!([]));

    let there = Visit::to("/v2", "", with_requests(|_| page(200))).await;
    let error = there.shell.run("request list --json").await.error();
    assert_eq!(error["code"], "not_a_portal");
    assert!(
        error["message"].as_str().unwrap().contains("answered 200 with a web page: <!DOCTYPE html> <html>"),
        "{error}"
    );
    assert!(error["hint"].as_str().unwrap().contains("jurisdiction"), "{error}");
}

#[tokio::test]
async fn odd_rows_are_survived_and_texts_are_kept_off_the_terminal() {
    let there = Visit::to("/v2", "", with_requests(|_| {
        json(r#"{"service_requests":[{"service_request_id":" 7 ","status":"open","requested_datetime":"2026-11-02T09:00:00Z",
            "updated_datetime":"2026-11-01T09:00:00Z","address":"1 Lake Road  ","description":"a\u001b[2Jb","lat":"x"},
            "nonsense", null, 7, {"service_request_id":8,"status":"open","requested_datetime":"2026-11-02 09:00"}]}"#)
    }))
    .await;
    let table = there.shell.run("request list -o table").await.ok();
    assert!(!table.stdout.contains('\u{1b}') && table.stdout.contains("1 Lake Road"), "{table}");
    assert!(table.stderr.contains("this city tells times without their zone"), "{table}");
    assert_eq!(there.ids("").await, ["7", "8"]);
}
