//! Permits: from the draft to the permit that is issued, every kind of mistake, documents, and what an upload costs.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::portal::Portal;
use crate::support::served::Riverton;

const DISPLAY: [&str; 8] =
    ["--set", "shop=Lanterns", "--set", "address=3 Lock Street", "--set", "width_cm=100", "--set", "depth_cm=60"];

/// The permit a command printed.
async fn permit(shell: &Shell, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["-o", "json"]].concat();
    shell.run(arguments).await.ok().json()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no text {field} in {value}"))
}

/// A PDF of so many bytes.
pub(crate) fn pdf(shell: &Shell, name: &str, size: usize) -> String {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    bytes.resize(size, b'x');
    let path = shell.home().join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

/// A draft of a sidewalk display by rosa.
pub(crate) async fn draft(rosa: &Shell) -> String {
    let draft = permit(rosa, &[&["permit", "apply", "sidewalk_display", "--draft"], &DISPLAY[..]].concat()).await;
    assert_eq!(text(&draft, "status"), "draft");
    text(&draft, "id").to_owned()
}

on_both_databases! {
    /// Documents, a paid fee, a question and its answer; another terminal waits for the end.
    async fn a_draft_becomes_a_permit(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let id = draft(&rosa).await;
        let waiter = rosa.command(["permit", "status", &id, "--wait=issued", "--wait-for", "60s", "-o", "json"]).start();
        let late = rosa.run(["permit", "status", &id, "--wait=issued", "--wait-for", "1s"]).await;
        assert_eq!(late.exit, 8, "{}", late.stderr);

        let missing = rosa.run(["permit", "apply", &id, "--set", "width_cm=110", "-o", "json"]).await;
        assert_eq!(missing.exit, 6);
        assert_eq!(missing.error()["errors"][0]["pointer"], "/documents/sketch");
        let attached = permit(&rosa, &["permit", "attach", &id, &format!("sketch={}", pdf(&rosa, "a.pdf", 4_000))]).await;
        assert_eq!(attached["documents"][0]["media_type"], "application/pdf");
        let submitted = permit(&rosa, &["permit", "apply", &id, "--set", "width_cm=110"]).await;
        assert_eq!(text(&submitted, "status"), "submitted");
        assert_eq!(submitted["answers"]["width_cm"], 110);
        let bill = text(&submitted, "fee_bill").to_owned();

        rosa.run(["bills", "pay", &bill, "--yes"]).await.ok();
        let reviewed = permit(&rosa, &["permit", "status", &id, "--wait=in_review"]).await;
        // Five working days from Monday the 23rd; Thursday is Thanksgiving.
        assert_eq!(text(&reviewed, "expected_on"), "2026-12-01");
        permit(&nadia, &["staff", "permits", "assign", &id]).await;
        let mine = permit(&nadia, &["staff", "permits", "list", "--assignee", "me"]).await;
        assert_eq!(mine[0]["id"], json!(id));
        let asked = permit(&nadia, &["staff", "permits", "ask", &id, "--note", "How deep?"]).await;
        assert_eq!(text(&asked, "status"), "info_requested");
        let answered = permit(&rosa, &["permit", "answer", &id, "--note", "40 cm", "--set", "depth_cm=40"]).await;
        assert_eq!(text(&answered, "status"), "in_review");
        assert_eq!(answered["assignee"], Value::Null, "who looks after it is told to clerks");
        permit(&nadia, &["staff", "permits", "decide", "-y", &id, "approve"]).await;
        permit(&nadia, &["staff", "permits", "issue", "-y", &id, "--note", "120 cm stay free"]).await;

        let issued = waiter.finish().await.ok().json();
        let steps = issued["timeline"].as_array().expect("a timeline");
        let told = steps.iter().map(|step| format!("{} {}", text(step, "status"), text(step, "by"))).collect::<Vec<_>>();
        assert_eq!(told, [
            "draft applicant", "submitted applicant", "in_review portal", "info_requested city", "in_review applicant",
            "approved city", "issued city",
        ]);
        let paper = rosa.run(["permit", "download", &id, "--out", "-"]).await.ok().stdout;
        assert!(paper.contains("SIDEWALK DISPLAY PERMIT") && paper.contains("120 cm stay free"), "{paper}");
        let history = permit(&rosa, &["history", "permits", "--limit", "1"]).await;
        assert_eq!((&history[0]["id"], &history[0]["status"]), (&json!(id), &json!("issued")));
        let denied = rosa.run(["permit", "status", &id, "--wait=denied", "--wait-for", "30s"]).await;
        assert_eq!(denied.exit, 6, "what is over is not waited for");
    }

    /// Clerks take applications over at the very moment their fees arrive: neither is refused, and nothing is left for
    /// the reconciler.
    async fn a_fee_arrives_whatever_clerks_do_meanwhile(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, Api::signed_in(&portal, "nadia").await);
        let payer = Api::signed_in(&portal, "rosa").await;
        for round in 0..4 {
            let id = draft(&rosa).await;
            permit(&rosa, &["permit", "attach", &id, &format!("sketch={}", pdf(&rosa, "a.pdf", 100))]).await;
            let submitted = permit(&rosa, &["permit", "apply", &id]).await;
            let bills = json!({ "bills": [submitted["fee_bill"]] });
            let path = format!("/v1/staff/permits/{id}/assign");
            let assign = (0..24).map(|_| nadia.ask("POST", &path, Some(json!({})), None));
            let key = format!("fee-{round}");
            let pay = payer.ask("POST", "/v1/payments", Some(bills), Some(&key));
            let (paid, assigned) = tokio::join!(pay, futures_util::future::join_all(assign));
            assert_eq!(paid.ok()["status"], "succeeded");
            assert!(assigned.iter().all(|answer| answer.status == 200), "{assigned:?}");
            let seen = nadia.get(&format!("/v1/staff/permits/{id}")).await.ok();
            assert_eq!((&seen["status"], &seen["assignee"]), (&json!("in_review"), &json!("nadia")));
        }
    }

    /// Withdrawn while the fee is being paid: one of the two is first, and neither waits for the other.
    async fn a_fee_paid_while_the_application_is_withdrawn(portal: Portal) {
        let rosa = portal.rosa().await;
        let api = Api::signed_in(&portal, "rosa").await;
        for round in 0..4 {
            let id = draft(&rosa).await;
            permit(&rosa, &["permit", "attach", &id, &format!("sketch={}", pdf(&rosa, "a.pdf", 100))]).await;
            let submitted = permit(&rosa, &["permit", "apply", &id]).await;
            let bill = text(&submitted, "fee_bill").to_owned();
            let bills = json!({ "bills": [bill] });
            let (key, path) = (format!("fee-{round}"), format!("/v1/permits/{id}/withdraw"));
            let pay = api.ask("POST", "/v1/payments", Some(bills), Some(&key));
            let (paid, withdrawn) = tokio::join!(pay, api.ask("POST", &path, Some(json!({})), None));
            let told = (paid.status, withdrawn.status);
            assert!(matches!(told, (200, 200 | 409) | (409, 200)), "{told:?}: {} {}", paid.body, withdrawn.body);
            let bill = api.get(&format!("/v1/bills/{bill}")).await.ok();
            let settled = if paid.status == 200 { "paid" } else { "void" };
            assert_eq!(bill["status"], settled);
        }
    }

    async fn every_mistake_of_a_form_is_told_at_once(portal: Portal) {
        let rosa = portal.rosa().await;
        let answers = json!({
            "street": "x", "on": "22.11.2026", "starts": "2pm", "guests": 8.5, "music": "loud", "alcohol": true, "gests": 3,
        });
        let file = rosa.write("answers.json", &answers.to_string());
        let file = file.display().to_string();
        let refused = rosa.run(["permit", "apply", "block_party", "--file", &file, "-o", "json"]).await;
        assert_eq!(refused.exit, 6);
        let errors = refused.error()["errors"].as_array().expect("errors").clone();
        let told = errors.iter().map(|error| format!("{} {}", text(error, "pointer"), text(error, "detail"))).collect::<Vec<_>>();
        assert_eq!(told, [
            "/answers/street Street to be closed: it needs at least 5 characters",
            "/answers/on Day: `22.11.2026` is not a date; write it as in 2026-11-22",
            "/answers/starts From: `2pm` is not written as in 14:00",
            "/answers/ends Until: it is missing",
            "/answers/guests Expected guests: it must be a whole number, not a number with decimals",
            "/answers/music Amplified music: `loud` is not one of none, until_20, until_22",
            "/answers/liquor_license Number of the liquor license: it is missing",
            "/answers/gests there is no field `gests`; did you mean guests?",
        ]);
        let unknown = rosa.run("permit apply block_party --set musik=none").await;
        assert_eq!(unknown.exit, 6);
        assert!(unknown.stderr.contains("did you mean music?"), "{}", unknown.stderr);
        let none = rosa.run("permit apply blok_party --dry-run").await;
        assert!(none.exit == 3 && none.stderr.contains("did you mean block_party?"), "{}", none.stderr);
    }

    async fn only_documents_that_are_asked_for_are_taken(portal: Portal) {
        let rosa = portal.rosa().await;
        let id = draft(&rosa).await;
        let note = rosa.write("note.pdf", "this is no PDF\n");
        let wrong = rosa.run(["permit", "attach", &id, &format!("sketch={}", note.display()), "-o", "json"]).await;
        assert_eq!((wrong.exit, text(&wrong.error(), "code")), (6, "wrong_media_type"));
        let plan = pdf(&rosa, "a.pdf", 100);
        let other = rosa.run(["permit", "attach", &id, &format!("skech={plan}"), "-o", "json"]).await;
        assert!(text(&other.error(), "message").contains("did you mean sketch?"), "{}", other.stderr);
        let large = pdf(&rosa, "large.pdf", 50_000_001);
        let large = rosa.run(["permit", "attach", &id, &format!("sketch={large}"), "-o", "json"]).await;
        assert_eq!(text(&large.error(), "code"), "too_large");
        let tomas = portal.tomas().await.run(["permit", "attach", &id, &format!("sketch={plan}")]).await;
        assert_eq!(tomas.exit, 3, "another person's is not there");
        let after = permit(&rosa, &["permit", "status", &id]).await;
        assert_eq!(after["documents"], json!([]));
    }

    /// The resident looked at it before the clerk decided: nothing is overwritten, and nothing typed is lost.
    async fn what_was_decided_meanwhile_is_not_edited(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let asked = permit(&rosa, &["permit", "list", "--status", "info_requested"]).await;
        let id = text(&asked[0], "id").to_owned();
        let api = Api::signed_in(&portal, "rosa").await;
        let before = asked[0]["version"].as_i64().expect("a version");
        permit(&rosa, &["permit", "answer", &id, "--note", "Number 14"]).await;
        permit(&nadia, &["staff", "permits", "decide", "-y", &id, "deny", "--reason", "The street is a bus route"]).await;
        let answer = json!({ "version": before, "note": "Number 16", "answers": asked[0]["answers"] });
        let stale = api.ask("POST", &format!("/v1/permits/{id}/answer"), Some(answer), Some("a-late-answer")).await;
        assert_eq!((stale.status, text(&stale.body, "code")), (409, "conflict"));
        let after = permit(&rosa, &["permit", "status", &id]).await;
        assert_eq!(text(&after, "status"), "denied");
        let notes = after["timeline"].as_array().expect("a timeline").iter().filter_map(|step| step["note"].as_str());
        assert!(!notes.into_iter().any(|note| note == "Number 16"));

        // What was not typed need not be kept.
        let late = rosa.run(["permit", "answer", &id, "--note", "Number 16", "-o", "json"]).await.error();
        assert_eq!(late["exit_code"], 6, "{late}");
        assert!(!rosa.home().join(format!("{id}.answers.json")).exists(), "{late}");

        // A draft that is edited in two terminals.
        let draft = draft(&rosa).await;
        let edit = |version: i64, width: i64| json!({ "version": version, "answers": { "width_cm": width } });
        let path = format!("/v1/permits/{draft}");
        api.ask("PATCH", &path, Some(edit(1, 50)), None).await.ok();
        assert_eq!(api.ask("PATCH", &path, Some(edit(1, 60)), None).await.status, 409);
        assert_eq!(api.get(&path).await.ok()["answers"]["width_cm"], 50);
    }

    /// The same key is the same application, also where it was submitted with a fee.
    async fn applying_again_under_the_same_key_is_applying_once(portal: Portal) {
        let api = Api::signed_in(&portal, "rosa").await;
        let new = json!({ "type": "fence", "answers": {
            "address": "3 Lock Street", "height_cm": 150, "material": "wood", "neighbor_agrees": true } });
        let first = api.ask("POST", "/v1/permits", Some(new.clone()), Some("fence-1")).await.ok();
        let again = api.ask("POST", "/v1/permits", Some(new), Some("fence-1")).await.ok();
        assert_eq!(first, again);
        assert_eq!(text(&first, "status"), "in_review");
    }
}

on_both_databases! {
    /// Field by field, each held against the form as it is typed; documents behind them. Nothing that was typed is lost.
    async fn a_form_is_asked_on_a_terminal(portal: Portal) {
        let rosa = portal.rosa().await;
        let plan = pdf(&rosa, "plan.pdf", 1_000);
        let typed = async |lines: &[(&str, &str)]| {
            let mut terminal = rosa.command("permit apply building").at_terminal(110, 60);
            for (prompt, answer) in lines {
                terminal.expect(prompt).await;
                terminal.send_line(answer).await;
            }
            terminal.finish().await
        };
        let form = [
            ("Address of the site: ", "x"),
            ("it needs at least 5 characters", "3 Lock Street"),
            ("Number: ", "bogus"),
            ("type a number from 1 to 4", "demolition"),
            ("Estimated cost in dollars: ", "-4"),
            ("must be more than 0", "12000.50"),
            ("Contractor's name: ", "Ann Hood"),
            ("Contractor's telephone: ", "555"),
            ("is not written as in", "+13125550142"),
            ("asbestos survey (as in 2026-11-22): ", "22.11.2026"),
            ("is not a date", "2026-12-01"),
        ];
        // Without the plan it is kept.
        let none = [("Site plan (PDF file; Enter attaches it later): ", ""), ("Structural calculation (PDF file; Enter leaves it out): ", "")];
        let (exit, screen) = typed(&[&form[..], &none].concat()).await;
        assert_eq!(exit, 0, "{screen}");
        assert!(screen.contains("Building permit: the fee is $250.00") && screen.contains("it is kept as a draft"), "{screen}");
        let drafts = permit(&rosa, &["permit", "list", "--status", "draft", "--type", "building"]).await;
        let answers = &drafts[0]["answers"];
        assert_eq!((&answers["survey_on"], &answers["cost"], &answers["floors"]), (&json!("2026-12-01"), &json!(12000.5), &Value::Null));
        // Thought over: the fee is not agreed to, and then it is.
        let documents = [("Site plan", "absent.pdf"), ("no such file", plan.as_str()), ("Structural", "")];
        let thought = [("The fee is $250.00, as a bill. [y/N]: ", "n"), ("Keep it as a draft, to go on with later? [y/N]: ", "y")];
        let (exit, screen) = typed(&[&form[..], &documents, &thought].concat()).await;
        assert!(exit == 0 && screen.contains("draft"), "{screen}");
        let (exit, screen) = typed(&[&form[..], &documents, &[("The fee is $250.00, as a bill. [y/N]: ", "y")]].concat()).await;
        assert!(exit == 0 && screen.contains("submitted"), "{screen}");
    }
}

/// Whether a folder holds files, at any depth.
fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |path: &Path| if path.is_dir() { files(path) } else { 1 };
    entries.filter_map(Result::ok).map(|entry| count(&entry.path())).sum()
}

on_both_databases! {
    threads: 2,

    /// Neither process grows by more than 20 MB; one that is cut off leaves nothing.
    async fn fifty_megabytes_pass_through_little_memory(riverton: Riverton) {
        let mut riverton = riverton;
        let served = riverton.serve().await;
        let rosa = riverton.rosa_at(&served);
        let id = draft(rosa).await;
        let small = format!("sketch={}", pdf(rosa, "small.pdf", 1_000));
        let large = format!("sketch={}", pdf(rosa, "large.pdf", 50_000_000));
        // What both need for the least document is not the document's.
        let (done, client_before) = rosa.command(["permit", "attach", &id, &small]).start().watched().await;
        done.ok();
        // What it holds now, and not the most it has held: the hash it makes when it starts would hide what grows.
        let portal_before = served.running.own_memory().expect("it is running");
        let running = rosa.command(["permit", "attach", &id, &large, "-o", "json"]).start();
        let (mut client_after, mut portal_after, mut looks) = (0, portal_before, 0);
        while let Some(now) = running.most_memory() {
            client_after = client_after.max(now);
            portal_after = portal_after.max(served.running.own_memory().expect("it is running"));
            looks += 1;
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let attached = running.finish().await.ok().json();
        assert!(looks >= 5, "it was looked at {looks} times while the document went through");
        assert_eq!(attached["documents"][0]["size"], 50_000_000);
        let grown = |before: u64, after: u64| after.saturating_sub(before) / 1_000_000;
        let (client, portal) = (grown(client_before, client_after), grown(portal_before, portal_after));
        assert!(client < 20 && portal < 20, "the client grew by {client} MB, the portal by {portal} MB");

        // The same, cut off in the middle.
        let folder = riverton.documents();
        let kept = files(&folder);
        assert_eq!(kept, 2, "both documents are kept by their content");
        let address = served.url.strip_prefix("http://").expect("a URL");
        let mut stream = TcpStream::connect(address).await.expect("the portal listens");
        let head = format!(
            "POST /v1/permits/{id}/documents/sketch HTTP/1.1\r\nHost: city\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/octet-stream\r\nContent-Length: 20000000\r\n\r\n%PDF-1.4\n",
            riverton.token,
        );
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        stream.write_all(&vec![b'y'; 8_000_000]).await.expect("it is sent");
        eventually("something of it has arrived", async || (files(&folder) > kept).then_some(())).await;
        stream.shutdown().await.expect("it is cut off");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        eventually("nothing of it is left", async || (files(&folder) == kept).then_some(())).await;
        let after = permit(riverton.rosa_at(&served), &["permit", "status", &id]).await;
        assert_eq!(after["documents"][0]["size"], 50_000_000, "the one before is still the one");
    }
}
