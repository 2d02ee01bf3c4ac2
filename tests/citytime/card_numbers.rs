//! Card numbers never enter: typed anywhere, sent by whatever means, they are refused, and neither the database nor the
//! log nor a trace has one.

use serde_json::{Value, json};

use crate::support::api::client;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::served::{Riverton, Served};

/// Numbers that payment processors give out for tests, as people write them, and with marks between that nobody sees.
const NUMBERS: [&str; 4] =
    ["4242424242424242", "5555 5555 5555 4444", "3782-822463-10005", "6011\u{202a}1111\u{202a}1111\u{202a}1117"];

citytime::queries! {
    /// All there is in a database, as XML (PostgreSQL alone).
    WHOLE = "SELECT CAST(schema_to_xml('public', true, false, '') AS TEXT)";
}

fn digits(text: &[u8]) -> String {
    text.iter().copied().filter(u8::is_ascii_digit).map(char::from).collect()
}

/// Asserts that a text tells none of the numbers, however they are written.
#[track_caller]
fn tells_none(what: &str, text: &[u8]) {
    let told = digits(text);
    for number in NUMBERS {
        assert!(
            !told.contains(&digits(number.as_bytes())),
            "{what} tells a card number:\n{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[track_caller]
fn refused(what: &str, output: &Output, exit: i32) {
    assert_eq!(output.exit, exit, "{what}: {output}");
    tells_none(what, output.stdout.as_bytes());
    tells_none(what, output.stderr.as_bytes());
}

/// What a portal answered to a request no client made.
async fn sent(request: reqwest::RequestBuilder) -> (u16, String) {
    let answer = request.send().await.expect("the portal answers");
    (answer.status().as_u16(), answer.text().await.expect("an answer"))
}

/// Types a number wherever something can be typed.
async fn typed_everywhere(rosa: &Shell, nadia: &Shell, request: &str, number: &str) {
    let set = |answer: &str| format!("--set={answer}={number}");
    let answers = json!({"address": number, "height_cm": 150, "material": "wood", "neighbor_agrees": true}).to_string();
    let file = rosa.write("answers.json", &answers).display().to_string();
    let body =
        rosa.write("body.json", &json!({"token": "pm_card_visa", "label": number}).to_string()).display().to_string();
    let label = format!("label={number}");
    let lines: Vec<Vec<&str>> = vec![
        vec!["wallet", "add", "--token", number],
        vec!["wallet", "add", "--token", "pm_card_visa", "--label", number],
        vec!["account", "update", "--name", number],
        vec!["account", "tokens", "create", "--scope", "bills:read", "--label", number],
        vec!["support", "faq", number],
        vec!["bills", "list", "--category", number],
        vec![
            "request",
            "new",
            "pothole",
            "--address",
            "12 Mill Street",
            "--description",
            number,
            "--set",
            "size=large",
        ],
        vec!["request", "new", "pothole", "--address", number, "--set", "size=large"],
        vec!["request", "comment", request, number],
        vec!["permit", "apply", "fence", "--file", &file],
        vec!["permit", "apply", "fence", "--file", &file, "--draft"],
        vec!["api", "POST", "/v1/wallet", "-f", "token=pm_card_visa", "-f", &label],
        vec!["api", "POST", "/v1/wallet", "--input", &body],
        vec!["api", "GET", "/v1/requests/similar", "-f", &label],
        vec!["city", "add", number, "https://portal.riverton.example"],
        vec!["login", "--username", number, "--password-stdin"],
    ];
    for line in lines {
        let what = line.join(" ");
        let traced: Vec<&str> = line.iter().copied().chain(["-vv", "-o", "json"]).collect();
        refused(&what, &rosa.run(traced).await, 6);
    }
    refused("an answer", &rosa.run(["permit", "apply", "fence", &set("address"), "--yes"]).await, 6);
    let typed = rosa.command(["permit", "apply", "fence", "--file", "-", "-vv"]).stdin(answers).run().await;
    refused("a file on stdin", &typed, 6);
    // What is no id or word is none, and is not repeated.
    let typed = rosa.run(["permit", "types", number]).await;
    refused("a word", &typed, if number.bytes().all(|byte| byte.is_ascii_digit()) { 6 } else { 2 });
    refused("an id", &rosa.run(["bills", "show", number]).await, 2);
    // A record's number may be any digits: it is looked for, and not kept.
    let record = rosa.run(["account", "records", "link", number, "--code", "K7QM-2X9D", "-vv"]).await;
    assert_eq!(record.exit, 6, "{record}");
    let traced: Vec<&str> = record.stderr.lines().filter(|line| line.starts_with(['<', '>'])).collect();
    tells_none("a trace", traced.concat().as_bytes());
    refused("a note", &nadia.run(["staff", "requests", "note", request, number, "--public"]).await, 6);
    let bills = format!(
        "number,record,category,title,issued_on,due_on,amount\nW-7,UT-204177,utility,Water {number},2026-11-23,2026-12-14,1\n"
    );
    refused("a file", &nadia.command("staff bills import - -vv").stdin(bills).run().await, 6);
}

/// Sends a number past the command, to each way in.
async fn sent_everywhere(served: &Served, token: &str, number: &str) {
    let client = client();
    let form = |path: &str, field: &str| {
        let body = format!(
            "service_code=pothole&lat=41.6&long=-88.2&attribute%5Bsize%5D=large&{field}={}",
            number.replace(' ', "+")
        );
        let post = client.post(format!("{}{path}", served.url)).bearer_auth(token);
        post.header("content-type", "application/x-www-form-urlencoded").body(body)
    };
    let json = |path: &str, body: String| {
        client
            .post(format!("{}{path}", served.url))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body)
    };
    let get = |path: &str| client.get(format!("{}{path}", served.url)).bearer_auth(token);
    let plain = number.replace(' ', "%20");
    let escaped: String = number.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let parts = format!("--b\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{number}\r\n--b--\r\n");
    let multipart = client.post(format!("{}/open311/v2/requests.json", served.url)).bearer_auth(token);
    let multipart = multipart.header("content-type", "multipart/form-data; boundary=b").body(parts);
    for (what, request, status) in [
        ("JSON", json("/v1/wallet", json!({"token": "pm_card_visa", "label": number}).to_string()), 422),
        ("escapes", json("/v1/wallet", format!("{{\"token\":\"pm_card_visa\",\"label\":\"{escaped}\"}}")), 422),
        ("a name", json("/v1/wallet", json!({ number: 1 }).to_string()), 422),
        (
            "answers",
            json("/v1/permits/check", json!({"type": "fence", "answers": {"number": number}}).to_string()),
            422,
        ),
        ("a form", form("/open311/v2/requests.json", "description"), 400),
        ("an attribute", form("/open311/v2/requests.json", "attribute%5Bdepth%5D"), 400),
        ("a form of parts", multipart, 400),
        ("a page", form("/recover", "username"), 422),
        ("a query", get(&format!("/v1/support/faq?words={plain}")), 422),
        ("a query of Open311", get(&format!("/open311/v2/requests.json?q={plain}")), 400),
        ("a path", get(&format!("/v1/permit-types/{plain}")), 422),
        ("a path that is not there", get(&format!("/v1/nothing/{plain}")), 404),
    ] {
        let (told, text) = sent(request).await;
        assert_eq!(told, status, "{what}: {text}");
        tells_none(what, text.as_bytes());
    }
    let (_, text) = sent(json("/v1/wallet", json!({"token": "pm_card_visa", "label": number}).to_string())).await;
    let problem: Value = serde_json::from_str(&text).expect("a problem");
    assert_eq!(
        (&problem["code"], &problem["errors"][0]["pointer"]),
        (&json!("invalid"), &json!("/label")),
        "{problem}"
    );
    // A key is any ASCII text; what it is kept as is not this one.
    let key = number.replace(|character: char| !character.is_ascii(), "-");
    let keyed = json("/v1/wallet", json!({"token": "pm_card_visa"}).to_string()).header("Idempotency-Key", key);
    assert_eq!(sent(keyed).await.0, 200);
}

on_both_databases! {
    async fn typed_anywhere_they_are_refused_and_nowhere_kept(city: Riverton) {
        let mut city = city;
        let served = city.serve_with("--listen 127.0.0.1:0 -vv").await;
        let (nadia, token) = (city.nadia_at(&served), city.token.clone());
        let rosa = city.rosa_at(&served);
        let filed = ["request", "new", "storm_drain", "--address", "7 Weir Lane", "--jq", ".service_request_id"];
        let request = rosa.run(filed).await.ok().stdout.trim().to_owned();
        for number in NUMBERS {
            typed_everywhere(rosa, &nadia, &request, number).await;
            sent_everywhere(&served, &token, number).await;
        }
        // What is no card number is none: a city's own numbers, dates, telephones, ids.
        rosa.run(["request", "comment", &request, "Since 2026-11-22 2026-12-05: call +49 1512 3456785, BE68539007547034."]).await.ok();
        let output = served.drain().await;
        tells_none("the log", output.stderr.as_bytes());
        assert!(output.stderr.contains("refused"), "the log tells of refusals\n{output}");
        match city.database.strip_prefix("sqlite:") {
            Some(file) => {
                for file in [file.to_owned(), format!("{file}-wal")] {
                    tells_none("the database", &std::fs::read(file).unwrap_or_default());
                }
            }
            None => {
                let books = city.books().await;
                let whole = books.store.read((), |tx, ()| Box::pin(async move { tx.one::<(String,)>(&WHOLE, &[]).await }));
                let (whole,) = whole.await.map_err(|error: citytime::portal::store::StoreError| error).expect("a dump");
                assert!(whole.contains("7 Weir Lane"), "all of it is there");
                tells_none("the database", whole.as_bytes());
                books.close().await;
            }
        }
    }
}
