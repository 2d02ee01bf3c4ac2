//! The audit trail: every change leaves its row, what was refused or asked again leaves none.

use citytime::params;
use citytime::portal::sandbox;
use citytime::portal::store::StoreError;
use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

mod queries {
    citytime::queries! {
        /// The trail.
        pub TRAIL = "SELECT actor, COALESCE(account, 0), COALESCE(credential, ''), operation, outcome, things, \
                     COALESCE(request, ''), COALESCE(source, '') FROM audit ORDER BY id";
    }
}

type Row = (String, i64, String, String, String, String, String, String);

async fn trail(portal: &Portal) -> Vec<Row> {
    let read = portal.store().read((), |tx, ()| Box::pin(async move { tx.rows(&queries::TRAIL, &params![]).await }));
    let rows: Result<Vec<Row>, StoreError> = read.await;
    rows.unwrap()
}

/// Operations and what they were about, but for those before.
async fn since(portal: &Portal, before: usize) -> Value {
    let rows = trail(portal).await;
    rows.into_iter()
        .skip(before)
        .map(|(actor, _, _, operation, outcome, things, ..)| json!([actor, operation, outcome, things]))
        .collect()
}

on_both_databases! {
    async fn a_payment_leaves_its_rows(portal: Portal) {
        assert_eq!(trail(&portal).await, []);
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "--dry-run"]).await.ok();
        assert_eq!(trail(&portal).await, [], "to read and to ask what it would cost changes nothing");
        let pay = ["bills", "pay", &fine, "-y", "--idempotency-key", "once", "--jq", ".id"];
        let payment = rosa.run(pay).await.ok().stdout.trim().to_owned();
        let about = format!("{payment} {fine}");
        let expected = json!([["resident", "payments.pay", "done", about], ["portal", "payments.settle", "done", payment]]);
        assert_eq!(since(&portal, 0).await, expected);
        let rows = trail(&portal).await;
        let (_, account, credential, .., request, source) = &rows[0];
        assert_ne!(*account, 0);
        assert!(credential.starts_with("SES-") && credential.len() == 12, "{credential}");
        assert!(request.starts_with("req-"), "{request}");
        assert_eq!(source, "127.0.0.1");
        assert_eq!((&rows[1].6, rows[1].1), (request, 0), "what the portal did in the course of it tells the same request");
        // Asked again, or refused: nothing changed, and there is no row.
        rosa.run(pay).await.ok();
        rosa.run(["bills", "pay", &fine, "-y", "-o", "json"]).await.error();
        assert_eq!(since(&portal, 2).await, json!([]));
    }

    async fn who_it_was_is_told(portal: Portal) {
        let rosa = portal.rosa().await;
        let token = rosa.proven("account tokens create --scope wallet:write --label cron --expires 90d -o json").await.ok().json();
        let cron = portal.shell().with("CITYTIME_TOKEN", token["token"].as_str().unwrap());
        let method = cron.run("wallet add --token pm_card_visa --jq .id").await.ok().stdout.trim().to_owned();
        cron.run(["wallet", "remove", &method, "-y"]).await.ok();
        let nadia = portal.nadia().await;
        nadia.write("records.csv", "number,kind,holder,service_address,link_code\nUT-1,utility,A B,1 Lock Street,AAAA-1111\nUT-2,,A B,x,y\n");
        nadia.run("staff records import records.csv").await;
        let rows = trail(&portal).await;
        let told = rows.iter().map(|row| json!([row.0, row.3])).collect::<Value>();
        assert_eq!(told, json!([["resident", "tokens.create"], ["resident", "wallet.add"], ["resident", "wallet.remove"], ["clerk", "staff.records.import"]]));
        assert_eq!(json!(rows[1].2), token["id"], "the token it was done with");
        assert_eq!((&rows[0].5, &rows[1].5, &rows[2].5), (&token["id"].as_str().unwrap().to_owned(), &method, &method));
        assert_eq!(rows[3].5.split(' ').count(), 1, "the line that was taken, not the one that was not: {}", rows[3].5);
        assert_eq!(rows[3].5[..4], *"REC-");
    }

    async fn signing_in_and_out_are_in_it(portal: Portal) {
        let nobody = Api::anonymous(&portal);
        let wrong = json!({ "username": "rosa", "password": "not the right one at all" });
        assert_eq!(nobody.ask("POST", "/v1/sessions", Some(wrong), None).await.status, 401);
        // It tells that rosa's password was guessed at, and nothing of a name that nobody has.
        let unknown = json!({ "username": "nobody", "password": "not the right one at all" });
        assert_eq!(nobody.ask("POST", "/v1/sessions", Some(unknown), None).await.status, 401);
        let account = Api::signed_in(&portal, "rosa").await.get("/v1/account").await.ok()["id"].clone();
        let tried = |things: &Value| json!(["visitor", "sessions.create", "refused", things]);
        assert_eq!(since(&portal, 0).await, json!([tried(&account), tried(&json!(""))]));
        let right = json!({ "username": "rosa", "password": sandbox::PASSWORD });
        let session = nobody.ask("POST", "/v1/sessions", Some(right), None).await.ok();
        let rosa = nobody.with_token(session["token"].as_str().unwrap());
        rosa.ask("DELETE", "/v1/sessions/current", None, None).await.ok();
        let rows = trail(&portal).await.split_off(2);
        let told = rows.iter().map(|row| (row.0.as_str(), row.3.as_str(), row.4.as_str())).collect::<Vec<_>>();
        assert_eq!(told, [("resident", "sessions.create", "done"), ("resident", "sessions.end", "done")]);
        assert_eq!(rows[0].5, rows[1].2, "the session that was made is the one it was ended with");
        let said = format!("{rows:?}");
        for secret in [sandbox::PASSWORD, session["token"].as_str().unwrap()] {
            assert!(!said.contains(secret));
        }
    }
}
