//! Who may call what, operation by operation of the API's own description: a clerk without the power, a resident on
//! what is another's, a forged key in another standard's form. What nobody and a narrow token may is in `openapi`; that
//! every change leaves its row in the audit trail is held against what is called there.

use citytime::api::endpoint::Power;
use citytime::api::word::Word;
use citytime::params;
use citytime::portal::store::StoreError;
use serde_json::{Value, json};

use crate::openapi::{Document, Operation};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::{PASSWORD, Portal};

mod queries {
    citytime::queries! {
        /// A clerk has other powers now.
        pub EMPOWER = "UPDATE accounts SET powers = $1 WHERE username = 'nadia'";
    }
}

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
    let first = async |path: &str| rosa.get(path).await.ok()["items"][0]["id"].clone();
    let payments = rosa.get("/v1/history?kind=payment&limit=1").await.ok();
    let bills = rosa.get("/v1/bills?status=all&category=fine").await.ok();
    json!({
        "REC": record["id"], "TOK": token["id"], "WAL": method["id"], "PAY": payments["items"][0]["id"],
        "BIL": bills["items"][0]["id"], "PRM": first("/v1/permits").await, "REG": first("/v1/registrations").await,
        "SES": first("/v1/sessions").await, "NOT": first("/v1/notices").await, "TKT": first("/v1/tickets").await,
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
            _ if pattern.contains("-[0-9A-H") => return None,
            _ => "site_plan".to_owned(),
        };
        path = path.replace(&name, &thing);
    }
    owned.then_some(path)
}

on_both_databases! {
    async fn a_clerk_needs_the_power(portal: Portal) {
        let document = Document::of(&portal).await;
        let nadia = Api::signed_in(&portal, "nadia").await;
        let mut asked = 0;
        for &power in Power::ALL {
            let others = Power::ALL.iter().filter(|&&other| other != power).map(|other| other.as_str());
            empower(&portal, others.collect::<Vec<_>>().join(" ")).await;
            let guarded = |operation: &&Operation| operation.who() == "clerk" && operation.described["x-access"]["power"] == power.as_str();
            for operation in document.operations.iter().filter(guarded) {
                let answer = operation.call(&nadia, &operation.path_of_nothing()).await;
                assert_eq!((answer.status, &answer.body["code"]), (403, &json!("forbidden")), "{} with every other power", operation.id());
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
        let mut asked = std::collections::BTreeSet::new();
        for operation in document.operations.iter().filter(|operation| matches!(operation.who(), "signed_in" | "session")) {
            let Some(path) = path_of_hers(operation, &hers) else { continue };
            let answer = operation.call(&tomas, &path).await;
            assert_eq!((answer.status, &answer.body["code"]), (404, &json!("not_found")), "{} {path}", operation.id());
            asked.insert(operation.id());
        }
        for operation in ["bills.show", "payments.show", "payments.receipt", "records.unlink", "wallet.remove", "tokens.revoke", "permits.withdraw", "permits.document", "registrations.cancel"] {
            assert!(asked.contains(operation), "{operation} was not asked: {asked:?}");
        }
        // Nothing of hers was touched.
        for (path, letters) in [("/v1/wallet", "WAL"), ("/v1/tokens", "TOK"), ("/v1/records", "REC")] {
            let left = rosa.get(path).await.ok();
            assert!(left["items"].as_array().unwrap().iter().any(|item| item["id"] == hers[letters]), "{path}: {left}");
        }
    }

    async fn a_forged_key_opens_nothing(portal: Portal) {
        let document = Document::of(&portal).await;
        let forged = Api::anonymous(&portal).with_token("cts_forged");
        let mut asked = 0;
        for (_, methods) in document.whole["paths"].as_object().unwrap() {
            for (method, described) in methods.as_object().unwrap() {
                if described["x-access"]["who"] != "visitor" {
                    continue;
                }
                for path in described["x-paths"].as_array().unwrap() {
                    let path = path.as_str().unwrap().replace("{file}", "nothing.json");
                    let status = forged.status(method, &path).await;
                    assert_eq!(status, 401, "{method} {path}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 20, "{asked}");
    }
}
