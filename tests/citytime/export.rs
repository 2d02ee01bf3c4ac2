//! Everything the portal holds about a person, in one archive.

use std::fs::File;
use std::io::Read as _;

use citytime::params;
use citytime::portal::store::StoreError;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::portal::{PASSWORD, Portal};

/// How much a busy resident has done.
const MANY: i64 = 10_000;

mod queries {
    citytime::queries! {
        /// An entry of rosa's.
        pub ENTER = "INSERT INTO history (account, at, number, kind, id, title, status, amount) \
                     SELECT id, $1, $2, 'account', 'TOK-00000000', $3, 'active', NULL FROM accounts WHERE username = 'rosa'";
    }
}

#[expect(clippy::disallowed_methods, reason = "a past is made at the database")]
async fn do_much(portal: &Portal) {
    let write = portal.store().write(portal.now().as_millisecond(), |tx, now| {
        Box::pin(async move {
            for number in 0..MANY {
                let title =
                    if number == 0 { "=HYPERLINK(\"x\")".to_owned() } else { format!("Entry {number}, \"quoted\"") };
                tx.execute(&queries::ENTER, &params![now - number, number, title]).await?;
            }
            Ok::<_, StoreError>(())
        })
    });
    write.await.unwrap();
}

fn text(archive: &mut ZipArchive<File>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).unwrap();
    text
}

fn items(archive: &mut ZipArchive<File>, name: &str) -> Vec<Value> {
    serde_json::from_str(&text(archive, &format!("{name}.json"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

on_both_databases! {
    async fn an_export_is_complete(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        let token = rosa.command("account tokens create --scope bills:read --label cron --expires 9d --password-stdin -o json").stdin(format!("{PASSWORD}\n")).run().await.ok().json();
        let request = rosa.run("request list --limit 1 --jq .[0].service_request_id").await.ok().stdout.trim().to_owned();
        nadia.run(["staff", "requests", "note", &request, "Seen.", "--public"]).await.ok();
        do_much(&portal).await;
        let saved = rosa.run("account export --out me.zip -o json").await.ok().json();
        assert_eq!(saved["media_type"], "application/zip");
        let mut archive = ZipArchive::new(File::open(rosa.write("beside", "").with_file_name("me.zip")).unwrap()).unwrap();
        let about: Value = serde_json::from_str(&text(&mut archive, "about.json")).unwrap();
        assert_eq!(json!([about["username"], about["city"], about["exported_at"]]), json!(["rosa", "City of Riverton", "2026-11-23T15:00:00Z"]));
        // What the lists of the command show is what is in it, item by item.
        for (part, list) in [
            ("account", "account show"), ("records", "account records list"), ("bills", "bills list --status all"),
            ("payment-methods", "wallet list"), ("permits", "permit list"), ("requests", "request list"),
            ("registrations", "programs registrations"), ("history", "history"), ("tokens", "account tokens list"),
        ] {
            let shown = rosa.run(&format!("{list} -o json")).await.ok().json();
            let shown = if part == "account" { vec![shown] } else { shown.as_array().unwrap().clone() };
            let kept = items(&mut archive, part);
            assert!(!kept.is_empty(), "{part} is empty");
            assert_eq!(kept.len(), shown.len(), "{part}");
            assert_eq!(kept, shown, "{part}");
            assert_eq!(about["items"][part], kept.len(), "{part}");
            let csv = text(&mut archive, &format!("{part}.csv"));
            let mut rows = csv::Reader::from_reader(csv.as_bytes());
            let columns = rows.headers().unwrap().iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(columns, kept[0].as_object().unwrap().keys().cloned().collect::<Vec<_>>(), "{part}");
            assert_eq!(rows.records().map(Result::unwrap).count(), kept.len(), "{part}");
            for field in csv::Reader::from_reader(csv.as_bytes()).records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                assert!(!field.starts_with(['=', '@', '\t', '\r']), "{part}: {field}");
            }
        }
        assert!(items(&mut archive, "history").len() > usize::try_from(MANY).unwrap());
        let payments = items(&mut archive, "payments");
        let paid = rosa.run("history payments -o json").await.ok().json();
        assert_eq!(payments.len(), paid.as_array().unwrap().len());
        let receipts = items(&mut archive, "receipts");
        assert_eq!(receipts.len(), payments.iter().filter(|payment| !payment["receipt"].is_null()).count());
        let own = items(&mut archive, "audit-own");
        assert_eq!(own.iter().map(|row| row["operation"].clone()).collect::<Vec<_>>(), ["tokens.create", "payments.pay"]);
        let others = items(&mut archive, "audit-others");
        let told = others.iter().map(|row| json!([row["actor"], row["operation"], row["thing"]])).collect::<Vec<_>>();
        assert!(told.contains(&json!(["clerk", "staff.requests.note", request])), "{told:?}");
        assert!(told.iter().any(|row| row[1] == "payments.settle"), "{told:?}");
        // Neither the token's text nor what another does is in it.
        let all = (0..archive.len()).map(|at| {
            let mut text = String::new();
            archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
            text
        }).collect::<String>();
        for secret in [token["token"].as_str().unwrap(), "pm_card", "argon2", "nadia@"] {
            assert!(!all.contains(secret), "{secret} is in the export");
        }
        // A token for scripts does not get it.
        let cron = portal.shell().with("CITYTIME_TOKEN", token["token"].as_str().unwrap());
        assert_eq!(cron.run("account export --out me.zip -o json").await.error()["code"], "forbidden");
    }
}
