//! Everything the portal holds about a person, in one archive: complete, without what is nobody's to read, and streamed.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use citytime::params;
use citytime::portal::store::{Store, StoreError};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;
use crate::support::served::Riverton;

/// How much a busy resident has done.
const MANY: i64 = 10_000;
/// How long what was done is told, in letters: all of it together takes more memory than a portal may for it.
const LONG: usize = 3_000;

mod queries {
    citytime::queries! {
        /// An entry of rosa's.
        pub ENTER = "INSERT INTO history (account, at, number, kind, id, title, status, amount) \
                     SELECT id, $1, $2, 'account', 'TOK-00000000', $3, 'active', NULL FROM accounts WHERE username = 'rosa'";
    }
}

/// Letters that no archive makes much smaller.
fn noise(seed: i64, length: usize) -> String {
    let mut state = u64::try_from(seed).unwrap().wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let letter = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(
            b"abcdefghijklmnopqrstuvwxyz 0123456789-ABCDEFGHIJKLMNOPQRSTUVWXY"[usize::try_from(state % 63).unwrap()],
        )
    };
    std::iter::repeat_with(letter).take(length).collect()
}

async fn do_much(store: &Store, now: i64, length: usize) {
    let write = store.write((now, length), |tx, (now, length)| {
        Box::pin(async move {
            for number in 0..MANY {
                let title = match number {
                    0 => "=HYPERLINK(\"x\")".to_owned(),
                    number => format!("Entry {number}, \"quoted\" {}", noise(number, *length)),
                };
                tx.execute(&queries::ENTER, &params![now - number, number, title]).await?;
            }
            Ok::<_, StoreError>(())
        })
    });
    write.await.unwrap();
}

fn archive(path: &Path) -> ZipArchive<File> {
    ZipArchive::new(File::open(path).unwrap()).unwrap()
}

fn text(archive: &mut ZipArchive<File>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).unwrap();
    text
}

fn bytes(archive: &mut ZipArchive<File>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_end(&mut bytes).unwrap();
    bytes
}

fn items(archive: &mut ZipArchive<File>, name: &str) -> Vec<Value> {
    serde_json::from_str(&text(archive, &format!("{name}.json"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One field of each item.
fn each<'v>(items: &'v [Value], field: &str) -> Vec<&'v str> {
    items.iter().map(|item| item[field].as_str().unwrap_or_default()).collect()
}

on_both_databases! {
    async fn an_export_is_complete(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let payment = rosa.run(["bills", "pay", &fine, "-y", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        rosa.run("bills autopay set --category tax --days-before 14").await.ok();
        portal.round().await;
        let token = rosa.proven("account tokens create --scope bills:read --label cron --expires 9d -o json").await.ok().json();
        let method = rosa.run("wallet add --token pm_card_visa --jq .id").await.ok().stdout.trim().to_owned();
        rosa.run(["wallet", "remove", &method, "-y"]).await.ok();
        rosa.proven("account recovery-email rosa@second.example").await.ok();
        let code = portal.letter("rosa@second.example", "Confirm").await.code();
        let request = rosa.run("request list --status open --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        rosa.run(["request", "comment", &request, "Still there."]).await.ok();
        nadia.run(["staff", "requests", "note", &request, "Seen.", "--public"]).await.ok();
        let ticket = rosa.run(["support", "email", "Lost receipt", "--body", "Where is it?", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        let record = rosa.run("account records list --jq .[0].id").await.ok().stdout.trim().to_owned();
        rosa.run(["account", "records", "unlink", "-y", &record]).await.ok();
        let picture = crate::pictures::jpeg(7);
        std::fs::write(rosa.home().join("drain.jpg"), &picture).unwrap();
        let pictured = rosa.run("request new storm_drain --address '7 Weir Lane' --photo drain.jpg --jq .service_request_id").await.ok().stdout.trim().to_owned();
        let draft = crate::permits::draft(&rosa).await;
        let sketch = format!("sketch={}", crate::permits::pdf(&rosa, "sketch.pdf", 40_000));
        rosa.run(["permit", "attach", &draft, &sketch]).await.ok();
        do_much(portal.store(), portal.now().as_millisecond(), 20).await;
        let saved = rosa.run("account export --out me.zip -o json").await.ok().json();
        assert_eq!(saved["media_type"], "application/zip");
        let mut whole = archive(&rosa.home().join("me.zip"));
        let about: Value = serde_json::from_str(&text(&mut whole, "about.json")).unwrap();
        assert_eq!(json!([about["username"], about["city"], about["exported_at"]]), json!(["rosa", "City of Riverton", "2026-11-23T15:00:00Z"]));
        let parts: Vec<_> = about["items"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(each(&items(&mut whole, "autopay-rules"), "covers"), ["tax"]);
        assert_eq!(each(&items(&mut whole, "autopay"), "state"), ["announced"]);
        // What the lists of the command show is what is in it, item by item, and field by field.
        for (part, list) in [
            ("account", "account show"), ("records", "account records list"), ("bills", "bills list --status all"),
            ("payment-methods", "wallet list"), ("permits", "permit list"), ("requests", "request list"),
            ("registrations", "programs registrations"), ("history", "history"), ("tokens", "account tokens list"),
            ("sessions", "account sessions list"), ("notices", "notifications list"),
            ("notification-choices", "account notifications show"), ("payments", "history payments"),
        ] {
            let shown = rosa.run(&format!("{list} -o json")).await.ok().json();
            let shown = if part == "account" { vec![shown] } else { shown.as_array().unwrap().clone() };
            let kept = items(&mut whole, part);
            assert!(!kept.is_empty(), "{part} is empty");
            match part {
                // These tell more than their lists: what is removed or revoked, and what was posted.
                "payment-methods" | "tokens" | "payments" => {
                    let ids = each(&kept, "id");
                    assert!(each(&shown, "id").iter().all(|id| ids.contains(id)), "{part}: {kept:?} {shown:?}");
                }
                "requests" => assert_eq!(each(&kept, "service_request_id"), each(&shown, "service_request_id")),
                _ => assert_eq!(kept, shown, "{part}"),
            }
        }
        // And of each part the table holds what the document does.
        for part in &parts {
            let kept = items(&mut whole, part);
            assert_eq!(about["items"][part], kept.len(), "{part}");
            let csv = text(&mut whole, &format!("{part}.csv"));
            let mut rows = csv::Reader::from_reader(csv.as_bytes());
            let columns: Vec<_> = rows.headers().unwrap().iter().map(str::to_owned).collect();
            for item in &kept {
                assert!(item.as_object().unwrap().keys().all(|name| columns.contains(name)), "{part}: {columns:?} {item}");
            }
            let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), kept.len(), "{part}");
            for field in rows.iter().flat_map(csv::StringRecord::iter) {
                assert!(!field.starts_with(['=', '@', '\t', '\r']), "{part}: {field}");
            }
        }
        assert!(items(&mut whole, "history").len() > usize::try_from(MANY).unwrap());
        let paid = items(&mut whole, "payments");
        let paid = paid.iter().find(|paid| paid["id"] == json!(payment)).unwrap();
        assert_eq!(paid["allocations"][0]["bill"], json!(fine));
        let posted: i64 = paid["postings"].as_array().unwrap().iter().map(|posting| posting["amount"].as_i64().unwrap()).sum();
        assert!(posted == 0 && paid["postings"].as_array().unwrap().len() >= 2, "{paid}");
        let methods = items(&mut whole, "payment-methods");
        assert!(methods.iter().any(|kept| kept["id"] == json!(method) && kept["removed_at"].is_string()), "{methods:?}");
        let permits = items(&mut whole, "permits");
        assert!(permits.iter().any(|permit| !permit["documents"].as_array().unwrap().is_empty() && !permit["timeline"].as_array().unwrap().is_empty()));
        assert!(each(&items(&mut whole, "requests-comments"), "text").contains(&"Still there."));
        assert_eq!(each(&items(&mut whole, "codes-sent"), "address"), ["rosa@second.example"]);
        assert!(each(&items(&mut whole, "letters"), "address").contains(&"rosa@second.example"));
        let tickets = items(&mut whole, "tickets");
        let ticket = tickets.iter().find(|kept| kept["id"] == json!(ticket)).unwrap();
        assert_eq!(ticket["messages"][0]["text"], "Where is it?");
        assert!(each(&items(&mut whole, "records-unlinked"), "record").contains(&record.as_str()));
        let own = items(&mut whole, "audit-own");
        let own = each(&own, "operation");
        assert_eq!(own, ["permits.attach", "permits.apply", "open311.requests.create", "records.unlink", "support.open", "requests.comment", "accounts.recovery_email", "wallet.remove", "wallet.add", "tokens.create", "autopay.set", "payments.pay"]);
        let others = items(&mut whole, "audit-others");
        let told = others.iter().map(|row| json!([row["actor"], row["operation"], row["thing"]])).collect::<Vec<_>>();
        assert!(told.contains(&json!(["clerk", "staff.requests.note", request])), "{told:?}");
        assert!(told.contains(&json!(["portal", "payments.settle", payment])), "{told:?}");
        // What was sent in is in it, byte by byte, and nobody else's. The papers of the made-up past came with no portal:
        // they are told as missing, and keep nobody from the rest.
        let sent_in: BTreeSet<String> = whole.file_names().map(|name| name.unwrap().into_owned()).filter(|name| name.contains('/')).collect();
        let (document, photo) = (format!("documents/{draft}/sketch.pdf"), format!("pictures/{pictured}/1.jpg"));
        assert_eq!(sent_in, BTreeSet::from([document.clone(), photo.clone()]));
        assert_eq!(bytes(&mut whole, &document), std::fs::read(rosa.home().join("sketch.pdf")).unwrap());
        let kept = bytes(&mut whole, &photo);
        assert!(kept.starts_with(&picture[..2]) && kept.ends_with(&picture[picture.len() - 500..]));
        let papers: usize = permits.iter().map(|permit| permit["documents"].as_array().unwrap().len()).sum();
        let missing = about["sent_in"]["missing"].as_array().unwrap();
        assert_eq!((&about["sent_in"]["files"], missing.len()), (&json!(2), papers - 1), "{missing:?}");
        assert!(missing.iter().all(|name| name.as_str().unwrap().starts_with("documents/PRM-")), "{missing:?}");
        // Neither the token's text nor a code, nor what another is, is in it.
        let all = (0..whole.len()).map(|at| {
            let mut text = Vec::new();
            whole.by_index(at).unwrap().read_to_end(&mut text).unwrap();
            String::from_utf8_lossy(&text).into_owned()
        }).collect::<String>();
        for secret in [token["token"].as_str().unwrap(), &code, "pm_card", "argon2", "nadia@"] {
            assert!(!all.contains(secret), "{secret} is in the export");
        }
        // A number nobody has and one that somebody has are told alike where a wrong code was tried at them.
        for number in ["UT-300412", "UT-999999"] {
            let tried = rosa.run(["account", "records", "link", number, "--code", "WRONG-CODE", "-o", "json"]).await;
            assert_eq!(tried.error()["code"], "link_refused", "{number}");
        }
        rosa.run("account export --out later.zip").await.ok();
        let own = items(&mut archive(&rosa.home().join("later.zip")), "audit-own");
        let tried: Vec<_> = own.iter().filter(|row| row["operation"] == "records.link" && row["outcome"] == "refused").collect();
        assert_eq!(tried.iter().map(|row| &row["things"]).collect::<Vec<_>>(), [&json!([]), &json!([])], "{tried:?}");
        let trail = nadia.run("staff audit list --operation records.link -o json").await.ok().json();
        assert!(trail.as_array().unwrap().iter().any(|row| row["things"][0].as_str().is_some_and(|thing| thing.starts_with("REC-"))), "{trail}");
        // A token for scripts does not get it.
        let cron = portal.shell().with("CITYTIME_TOKEN", token["token"].as_str().unwrap());
        assert_eq!(cron.run("account export --out me.zip -o json").await.error()["code"], "forbidden");
    }
}

on_both_databases! {
    threads: 2,

    /// Ten thousand entries of thirty megabytes, which are written twice: the command grows by no more than twelve, and the
    /// portal by no more than 24, of which most is what SQLite's connections keep of their pages.
    async fn a_busy_residents_export_streams(city: Riverton) {
        let mut city = city;
        let served = city.serve().await;
        // What both need for the least archive is not this one's.
        let token = city.crowd[0].token.expose().to_owned();
        let least = city.operator.again().with("CITYTIME_CITY", served.url.as_str()).with("CITYTIME_TOKEN", token);
        let (done, client_before) = least.command("account export --out least.zip").start().watched().await;
        done.ok();
        served.drain().await;
        let books = city.books().await;
        do_much(&books.store, 1_790_000_000_000, LONG).await;
        books.close().await;

        let served = city.serve().await;
        let least = city.operator.again().with("CITYTIME_CITY", served.url.as_str()).with("CITYTIME_TOKEN", city.crowd[0].token.expose());
        least.run("account export --out least.zip").await.ok();
        let portal_before = served.running.own_memory().expect("it is running");
        let rosa = city.rosa_at(&served);
        let running = rosa.command("account export --out me.zip -o json").start();
        let (mut client_after, mut portal_after) = (0, 0);
        while let Some(now) = running.most_memory() {
            client_after = client_after.max(now);
            // What SQLite maps of its file is the system's to keep or drop, and not the portal's.
            portal_after = portal_after.max(served.running.own_memory().expect("it is running"));
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let saved = running.finish().await.ok().json();
        assert!(saved["size"].as_u64().unwrap() > 20_000_000, "{saved}");
        let grown = |before: u64, after: u64| after.saturating_sub(before) / 1_000_000;
        let (client, portal) = (grown(client_before, client_after), grown(portal_before, portal_after));
        assert!(client <= 12 && portal <= 24, "the client grew by {client} MB, the portal by {portal} MB");
        let kept = items(&mut archive(&rosa.home().join("me.zip")), "history").len();
        let listed = rosa.run("history -o ids").await.ok().stdout.lines().count();
        assert_eq!(kept, listed);
        assert!(kept > usize::try_from(MANY).unwrap());
        served.drain().await;
    }
}
