//! Who may call what, operation by operation of the API's own description: a clerk without the power, a resident on
//! what is another's, a forged key in another standard's form. What nobody and a narrow token may is in `openapi`, which
//! also looks for the row each change leaves in the audit trail; those of files, pages and other standards are here.

use std::collections::BTreeSet;

use citytime::api::endpoint::Power;
use citytime::api::word::Word;
use citytime::params;
use citytime::portal::store::StoreError;
use reqwest::Method;
use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::openapi::document::{Document, Operation};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

mod queries {
    citytime::queries! {
        /// A clerk has other powers now.
        pub EMPOWER = "UPDATE accounts SET powers = $1 WHERE username = 'nadia'";
    }
}

const ROSA: &str = "rosa@mail.riverton.example";

/// The letters of ids of what everybody may name.
const EVERYBODYS: &[&str] = &["PRG", "REQ"];

#[expect(clippy::disallowed_methods, reason = "powers are taken at the database")]
async fn empower(portal: &Portal, powers: String) {
    let write = portal
        .store()
        .write(powers, |tx, powers| Box::pin(async move { tx.execute(&queries::EMPOWER, &params![powers]).await }));
    let changed: Result<u64, StoreError> = write.await;
    assert_eq!(changed.unwrap(), 1);
}

/// Things of rosa's that are hers alone, by the letters of their ids.
async fn hers(rosa: &Api) -> Value {
    let record = json!({"number": "UT-300412", "code": "K7QM-2X9D"});
    let record = rosa.ask("POST", "/v1/records", Some(record), None).await.ok();
    let token = json!({"label": "hers", "scopes": ["history:read"], "expires": "9d", "proof": {"password": PASSWORD}});
    let token = rosa.ask("POST", "/v1/tokens", Some(token), None).await.ok();
    let method = rosa.ask("POST", "/v1/wallet", Some(json!({"token": "pm_card_visa"})), None).await.ok();
    let setup = rosa.ask("POST", "/v1/wallet/setups", Some(json!({})), None).await.ok();
    let ticket = json!({"subject": "Lost receipt", "text": "Where is it?"});
    let ticket = rosa.ask("POST", "/v1/support/tickets", Some(ticket), None).await.ok();
    let first = async |path: &str| rosa.get(path).await.ok()["items"][0]["id"].clone();
    let bills = rosa.get("/v1/bills?status=all&category=fine").await.ok();
    let transfer = rosa.ask("POST", "/v1/transfers", Some(json!({"all": true})), Some("hers")).await.ok();
    json!({
        "REC": record["id"], "TOK": token["id"], "WAL": method["id"], "SET": setup["id"], "PAY": first("/v1/history?kind=payment").await,
        "BIL": bills["items"][0]["id"], "PRM": first("/v1/permits").await, "REG": first("/v1/registrations").await,
        "SES": first("/v1/sessions").await, "NTC": first("/v1/notices").await,
        "TKT": ticket["id"], "TRF": transfer["id"],
    })
}

/// The path with things of rosa's in it; nothing where what it names is for everybody.
fn path_of_hers(operation: &Operation, hers: &Value) -> Option<String> {
    let parameters = operation.described["parameters"].as_array()?;
    let mut path = operation.path.clone();
    let mut owned = false;
    for parameter in parameters.iter().filter(|parameter| parameter["in"] == "path") {
        let name = format!("{{{}}}", parameter["name"].as_str()?);
        let pattern = parameter["schema"]["pattern"].as_str().unwrap_or_default();
        let thing = match pattern.get(1..4).map(|letters| &hers[letters]) {
            Some(Value::String(id)) => {
                owned = true;
                id.clone()
            }
            _ if pattern.contains("-[0-9A-H") => {
                assert!(EVERYBODYS.contains(&&pattern[1..4]), "{}: whose is a {pattern}?", operation.id());
                return None;
            }
            _ => "site_plan".to_owned(),
        };
        path = path.replace(&name, &thing);
    }
    owned.then_some(path)
}

/// The changes that have no JSON to ask for them with: a file that is sent, a standard's form, a page's.
fn of_other_forms(document: &Document) -> BTreeSet<String> {
    let files = document.operations.iter().filter(|operation| operation.mutates() && operation.streams());
    let mut found: BTreeSet<_> = files.map(|operation| operation.id().to_owned()).collect();
    for methods in document.whole["paths"].as_object().unwrap().values() {
        for (method, described) in methods.as_object().unwrap() {
            if described["x-paths"].is_array() && method != "get" {
                found.insert(described["operationId"].as_str().unwrap().to_owned());
            }
        }
    }
    found
}

on_both_databases! {
    /// No operation is left out: each tells who may call it, in one of five words.
    async fn every_operation_says_who_may_call_it(portal: Portal) {
        let document = Document::of(&portal).await;
        for methods in document.whole["paths"].as_object().unwrap().values() {
            for described in methods.as_object().unwrap().values() {
                let who = described["x-access"]["who"].as_str().unwrap_or_else(|| panic!("{}", described["operationId"]));
                assert!(["anyone", "visitor", "signed_in", "session", "clerk"].contains(&who), "{who}");
            }
        }
    }

    async fn a_clerk_needs_the_power(portal: Portal) {
        let document = Document::of(&portal).await;
        let nadia = Api::signed_in(&portal, "nadia").await;
        let mut asked = 0;
        for &power in Power::ALL {
            let others = Power::ALL.iter().filter(|&&other| other != power).map(|other| other.as_str());
            empower(&portal, others.collect::<Vec<_>>().join(" ")).await;
            let guarded = |operation: &&Operation| {
                operation.who() == "clerk" && operation.described["x-access"]["power"] == power.as_str()
            };
            for operation in document.operations.iter().filter(guarded) {
                let answer = operation.call(&nadia, &operation.path_of_nothing()).await;
                let told = (answer.status, &answer.body["code"]);
                assert_eq!(told, (403, &json!("forbidden")), "{} with every other power", operation.id());
                asked += 1;
            }
        }
        let all = document.operations.iter().filter(|operation| operation.who() == "clerk").count();
        assert_eq!(asked, all, "every clerks' operation names its power");
        assert!(asked > 15);
    }

    async fn what_is_anothers_is_not_there(portal: Portal) {
        let document = Document::of(&portal).await;
        let (rosa, tomas) = (Api::signed_in(&portal, "rosa").await, Api::signed_in(&portal, "tomas").await);
        let hers = hers(&rosa).await;
        assert!(hers.as_object().unwrap().values().all(Value::is_string), "{hers}");
        let mut asked = BTreeSet::new();
        for operation in document.operations.iter().filter(|operation| ["signed_in", "session"].contains(&operation.who())) {
            let Some(path) = path_of_hers(operation, &hers) else { continue };
            let answer = operation.call(&tomas, &path).await;
            assert_eq!((answer.status, &answer.body["code"]), (404, &json!("not_found")), "{} {path}", operation.id());
            asked.insert(operation.id());
        }
        for operation in [
            "bills.show", "transfers.show", "payments.show", "payments.receipt", "records.unlink", "wallet.remove", "wallet.setup", "wallet.cancel", "tokens.revoke",
            "sessions.revoke", "permits.withdraw", "permits.attach", "permits.document", "registrations.cancel",
            "support.show",
        ] {
            assert!(asked.contains(operation), "{operation} was not asked: {asked:?}");
        }
        // Nothing of hers was touched.
        for (path, letters) in [("/v1/wallet", "WAL"), ("/v1/tokens", "TOK"), ("/v1/records", "REC"), ("/v1/sessions", "SES")] {
            let left = rosa.get(path).await.ok();
            assert!(left["items"].as_array().unwrap().iter().any(|item| item["id"] == hers[letters]), "{path}: {left}");
        }
    }

    async fn a_forged_key_opens_nothing(portal: Portal) {
        let document = Document::of(&portal).await;
        let forged = Api::anonymous(&portal).with_token("cts_forged");
        let mut asked = 0;
        for methods in document.whole["paths"].as_object().unwrap().values() {
            for (method, described) in methods.as_object().unwrap() {
                if described["x-access"]["who"] != "visitor" || !described["x-paths"].is_array() {
                    continue;
                }
                for path in described["x-paths"].as_array().unwrap() {
                    let path = path.as_str().unwrap().replace("{file}", "nothing.json");
                    let status = forged.status(method, &path).await;
                    assert_eq!(status, 403, "{method} {path}: the standard has no 401");
                    asked += 1;
                }
            }
        }
        assert!(asked > 20, "{asked}");
    }

    /// What has another form than JSON leaves its row in the audit trail too.
    async fn every_other_change_leaves_its_row(portal: Portal) {
        let document = Document::of(&portal).await;
        let (rosa, browser) = (portal.rosa().await, Browser::at(&portal));
        let asked = rosa.run("permit list --status info_requested -o ids").await.ok().stdout.trim().to_owned();
        let plan = rosa.write("plan.pdf", "%PDF-1.4\n").display().to_string();
        rosa.run(["permit", "attach", &asked, &format!("signatures={plan}")]).await.ok();
        let key = portal.token("rosa").await;
        let open311 = async |path: &str, fields: &[(&str, &str)]| {
            let form = [&[("api_key", key.as_str())], fields].concat();
            let answer = browser.send(Method::POST, path, &[], Some(&form)).await;
            assert_eq!(answer.status, 201, "{path}: {}", answer.html);
            serde_json::from_str::<Value>(&answer.html).unwrap()
        };
        let filed = [("service_code", "storm_drain"), ("address_string", "7 Weir Lane")];
        let filed = open311("/open311/v2/requests.json", &filed).await;
        let request = filed[0]["service_request_id"].as_str().unwrap();
        let update = [("service_request_id", request), ("description", "Still blocked.")];
        open311("/open311/v2/servicerequestupdates.json", &update).await;
        // The pages, by the codes and links that letters brought.
        let submit = async |path: &str, fields: &[(&str, &str)]| {
            let answer = browser.submit(path, fields).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.words());
        };
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        portal.letter(ROSA, "Payment received").await;
        let letter = portal.mailbag().into_iter().find(|letter| letter.contains("Payment received")).unwrap();
        let header = letter.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).unwrap();
        let link = header.trim_end_matches('>').strip_prefix(portal.url()).unwrap().to_owned();
        submit(&link, &[("List-Unsubscribe", "One-Click")]).await;
        let setup = rosa.run("wallet add --no-wait --jq .url").await.ok().stdout;
        let session = setup.trim().split_once("session=").unwrap().1;
        submit("/wallet/setup", &[("session", session), ("choice", "pm_card_visa")]).await;
        rosa.proven("account recovery-email rosa@second.example").await.ok();
        let code = portal.letter("rosa@second.example", "Confirm").await.code();
        submit("/confirm", &[("code", &code)]).await;
        submit("/recover", &[("username", "rosa")]).await;
        let code = portal.letter(ROSA, "A new password").await.code();
        let password = "herons over the second weir";
        submit("/reset", &[("code", &code), ("password", password), ("again", password)]).await;

        let trail = portal.nadia().await.run("staff audit list --outcome done -o json").await.ok().json();
        let rows = trail.as_array().unwrap();
        let seen: BTreeSet<_> = rows.iter().map(|row| row["operation"].as_str().unwrap().to_owned()).collect();
        let expected = of_other_forms(&document);
        assert!(expected.len() >= 7, "{expected:?}");
        let silent: Vec<_> = expected.difference(&seen).collect();
        assert!(silent.is_empty(), "changes that left no row in the audit trail: {silent:?}");
        // Each tells who it was, and about what.
        for (operation, actor, thing) in [
            ("permits.attach", "resident", asked.as_str()),
            ("open311.requests.create", "resident", request),
            ("open311.updates.create", "resident", request),
        ] {
            let row = rows.iter().find(|row| row["operation"] == operation).unwrap();
            assert_eq!((&row["actor"], &row["username"]), (&json!(actor), &json!("rosa")), "{row}");
            assert!(row["things"].as_array().unwrap().contains(&json!(thing)), "{row}");
        }
    }
}
