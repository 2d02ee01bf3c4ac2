//! Card numbers never enter: typed anywhere, sent by whatever means, they are refused, and neither the database nor the
//! folders of mail and documents nor the log nor a trace has one.

use std::path::Path;

use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::permits::{draft, pdf};
use crate::support::api::client;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::eventually::eventually;
use crate::support::served::{Riverton, Served};
use crate::transfers::statement::ACCOUNT;

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

/// Asserts that a command did what it was told, and neither its answer nor its trace tells a number.
#[track_caller]
fn done(what: &str, output: Output) -> Output {
    tells_none(what, output.stdout.as_bytes());
    tells_none(what, output.stderr.as_bytes());
    output.ok()
}

/// Asserts that what a command sent and was answered tells no number.
#[track_caller]
fn traced_without(output: &Output) {
    let traced: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with(['<', '>'])).collect();
    assert!(!traced.is_empty(), "something was sent\n{output}");
    tells_none("a trace", traced.concat().as_bytes());
}

/// Everything in the files of a folder, and of those in it.
fn all_files(folder: &Path) -> Vec<u8> {
    let mut whole = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        // A name tells too.
        whole.extend(path.to_string_lossy().bytes());
        whole.extend(match path.is_dir() {
            true => all_files(&path),
            false => std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        });
        whole.push(b'\n');
    }
    whole
}

fn holds(whole: &[u8], text: &str) -> bool {
    whole.windows(text.len()).any(|part| part == text.as_bytes())
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
    let address = format!("Mill Street {number}, Riverton, IL 60400");
    let (permit, ticket) = ("PRM-7K3Q9XM2", "TKT-7K3Q9XM2");
    let lines: Vec<Vec<&str>> = vec![
        vec!["wallet", "add", "--token", number],
        vec!["wallet", "add", "--token", "pm_card_visa", "--label", number],
        vec!["account", "update", "--name", number],
        vec!["account", "update", "--email", number],
        vec!["account", "update", "--phone", number],
        vec!["account", "update", "--address", &address],
        vec!["account", "create", "--username", number],
        vec!["account", "create", "--username", "somebody", "--name", number],
        vec!["account", "create", "--username", "somebody", "--email", number],
        vec!["account", "create", "--username", "somebody", "--phone", number],
        vec!["account", "create", "--username", "somebody", "--address", &address],
        vec!["account", "create", "--username", "somebody", "--recovery-email", number],
        vec!["programs", "register", "PRG-7K3Q9XM2", "--for", number],
        vec!["permit", "answer", permit, "--note", number],
        vec!["permit", "withdraw", permit, "--note", number],
        vec!["support", "email", number, "--body", "Water"],
        vec!["support", "email", "Water", "--body", number],
        vec!["support", "reply", ticket, "--body", number],
        vec!["staff", "permits", "ask", permit, "--note", number],
        vec!["staff", "support", "reply", ticket, "--body", number],
        vec!["staff", "bills", "void", "BIL-7K3Q9XM2", "--reason", number],
        vec!["staff", "bills", "credit", "BIL-7K3Q9XM2", "--amount", "1", "--reason", number],
        vec!["staff", "programs", "cancel", "PRG-7K3Q9XM2", "--reason", number],
        vec!["staff", "payments", "give-back", "BNK-7K3Q9XM2", "--reason", number],
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
    let reason = nadia.run(["staff", "payments", "refund", "PAY-7K3Q9XM2", "--reason", number]).await;
    refused("one of some words", &reason, 2);
    let line =
        json!({"op": "request", "service_code": "storm_drain", "address_string": "7 Weir Lane", "description": number});
    refused("a line", &rosa.command("batch - -vv -o json").stdin(line.to_string()).run().await, 6);
    refused("a note", &nadia.run(["staff", "requests", "note", request, number, "--public"]).await, 6);
    let bills =
        "number,record,category,title,issued_on,due_on,amount\nW-7,UT-204177,utility,TEXT,2026-11-23,2026-12-14,1\n";
    let records = "number,kind,holder,service_address,link_code\nUT-700700,utility,TEXT,7 Weir Lane,K7QM-2X9D\n";
    let programs = "number,category,title,starts_at,ends_at,venue,capacity,fee,opens_at,closes_at,description\n\
                    O-7,activity,Rowing,2026-12-06 10:00,2026-12-06 12:00,Ferry Road,3,25.00,,,TEXT\n";
    for (import, file) in [("bills import", bills), ("records import", records), ("programs publish", programs)] {
        let file = file.replace("TEXT", number);
        refused(import, &nadia.command(&format!("staff {import} - -vv")).stdin(file).run().await, 6);
    }
}

/// Types a number where it is taken: for what may have as many digits, in a program's key, in a file's name, and in what a
/// bank says of a payer.
async fn typed_where_it_is_taken(rosa: &Shell, nadia: &Shell, (reference, permit): (&str, &str), number: &str) {
    // A record's number may be any digits: it is looked for, and not kept.
    let record = rosa.run(["account", "records", "link", number, "--code", "K7QM-2X9D", "-vv"]).await;
    assert_eq!(record.exit, 6, "{record}");
    traced_without(&record);
    let field = format!("number={number}");
    traced_without(&rosa.run(["api", "GET", "/v1/records", "-f", &field, "-vv"]).await);
    // A key is any text without blanks; it is kept as something else.
    let key = |what: &str| format!("{what}-{}", number.replace(|character: char| !character.is_ascii_graphic(), "-"));
    let (of_a_method, of_a_request) = (key("wallet"), key("request"));
    let keyed = ["wallet", "add", "--token", "pm_card_visa", "--idempotency-key", &of_a_method, "-vv", "-o", "json"];
    done("a key", rosa.run(keyed).await);
    let keyed = [
        "request",
        "new",
        "storm_drain",
        "--address",
        "7 Weir Lane",
        "--idempotency-key",
        &of_a_request,
        "-vv",
        "-o",
        "json",
    ];
    done("a key of Open311", rosa.run(keyed).await);
    // A file may be called as it likes: its name stays where it is.
    let plan = format!("sketch={}", pdf(rosa, &format!("{number}.pdf"), 100));
    done("a file's name", rosa.run(["permit", "attach", permit, &plan, "-vv", "-o", "json"]).await);
    // What a bank says of a payer is not refused: the money is there. It is kept without.
    let table = format!(
        "date,amount,currency,reference,id,account,name\n2026-11-23,12.50,USD,{number},T-{number},{ACCOUNT},{number}\n"
    );
    let camt = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id><Ccy>USD</Ccy></Acct>\
         <Ntry><Amt Ccy=\"USD\">45.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt>\
         <AcctSvcrRef>C-{number}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>my card {number}, bill {reference}</Ustrd></RmtInf>\
         <RltdPties><Dbtr><Pty><Nm>Rosa {number}</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>\n"
    );
    for (file, statement) in [("statement.csv", table), ("statement.xml", camt)] {
        nadia.write(file, &statement);
        let told = done(file, nadia.run(["staff", "payments", "reconcile", file, "-vv", "-o", "json"]).await).json();
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        assert!(told[0]["name"].as_str().is_some_and(|name| name.contains("withheld")), "{told}");
    }
    done("what is parked", nadia.run("staff payments parked -o json").await);
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
        let mail = city.operator.home().join("mail");
        let served = city.serve_with(&format!("--listen 127.0.0.1:0 -vv --mail {}", mail.display())).await;
        let (nadia, token) = (city.nadia_at(&served), city.token.clone());
        let rosa = city.rosa_at(&served);
        let filed = ["request", "new", "storm_drain", "--address", "7 Weir Lane", "--jq", ".service_request_id"];
        let request = rosa.run(filed).await.ok().stdout.trim().to_owned();
        let fine = bill_of(rosa, "fine").await;
        let reference = rosa.run(["bills", "pay", &fine, "--bank", "--jq", ".reference"]).await.ok().stdout;
        let permit = draft(rosa).await;
        for number in NUMBERS {
            typed_everywhere(rosa, &nadia, &request, number).await;
            typed_where_it_is_taken(rosa, &nadia, (reference.trim(), &permit), number).await;
            sent_everywhere(&served, &token, number).await;
        }
        // What is no card number is none: a city's own numbers, dates, telephones, ids.
        rosa.run(["request", "comment", &request, "Since 2026-11-22 2026-12-05: call +49 1512 3456785, BE68539007547034."]).await.ok();
        // What came a second time for a bill is held, and its payer is told.
        eventually("a letter", async || {
            let mut letters = std::fs::read_dir(&mail).ok()?;
            letters.any(|letter| letter.is_ok_and(|letter| !letter.file_name().to_string_lossy().starts_with('.'))).then_some(())
        })
        .await;
        let output = served.drain().await;
        tells_none("the log", output.stderr.as_bytes());
        assert!(output.stderr.contains("refused"), "the log tells of refusals\n{output}");
        let letters = all_files(&mail);
        assert!(holds(&letters, "Subject: "), "letters are there");
        tells_none("a letter", &letters);
        let documents = all_files(&city.documents());
        assert!(holds(&documents, "%PDF-1.4"), "the documents are there");
        tells_none("a document", &documents);
        let whole = match city.database.strip_prefix("sqlite:") {
            Some(file) => {
                let mut whole = std::fs::read(file).expect("the database is a file");
                let log = format!("{file}-wal");
                if Path::new(&log).exists() {
                    whole.extend(std::fs::read(log).expect("its log is a file"));
                }
                whole
            }
            None => {
                let books = city.books().await;
                let whole = books.rows::<(String,)>(&WHOLE).await;
                books.close().await;
                whole.into_iter().next().expect("a dump").0.into_bytes()
            }
        };
        assert!(holds(&whole, "7 Weir Lane") && holds(&whole, "withheld"), "all of it is there");
        tells_none("the database", &whole);
    }
}
