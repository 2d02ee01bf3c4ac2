//! The audit trail: every change leaves its row, what was refused or asked again leaves none.

use citytime::params;
use citytime::portal::sandbox;
use citytime::portal::store::{Query, StoreError, Value as Column};
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

/// What a hand at the database does to the trail, and what is told of it then.
mod tampered {
    citytime::queries! {
        /// A row says something else.
        pub CHANGE = "UPDATE audit SET operation = 'wallet.add' WHERE id = $1";
        /// Two rows change places.
        pub SWAP = "UPDATE audit SET id = CASE WHEN id = $1 THEN -1 ELSE id END WHERE id = $1";
        pub SWAP_BACK = "UPDATE audit SET id = $2 WHERE id = $1";
        /// A row is gone.
        pub REMOVE = "DELETE FROM audit WHERE id = $1";
        /// A row is put under another seal.
        pub MOVE = "UPDATE audit SET seal = $2 WHERE id = $1";
        /// A row.
        pub ADD = "INSERT INTO audit (at, actor, operation, outcome, things) VALUES ($1, 'portal', 'permits.expire', 'done', '')";
        /// A row claims a seal.
        pub CLAIM = "INSERT INTO audit (at, actor, operation, outcome, things, seal) VALUES (0, 'clerk', 'x.y', 'done', '', $1)";
        /// A seal is gone.
        pub REMOVE_SEAL = "DELETE FROM audit_seals WHERE number = $1";
        /// A seal says something else.
        pub CHANGE_SEAL = "UPDATE audit_seals SET at = at + 1 WHERE number = $1";
        /// The head tells of an earlier seal.
        pub HEAD = "UPDATE audit_head SET number = $1 WHERE place = 1";
        /// The first rows of a seal.
        pub ROWS = "SELECT id FROM audit WHERE seal = $1 ORDER BY id LIMIT 2";
    }
}

#[expect(clippy::disallowed_methods, reason = "a hand at the database is what is tried")]
async fn by_hand(portal: &Portal, statements: Vec<(&'static Query, Vec<i64>)>) {
    let write = portal.store().write(statements, |tx, statements| {
        Box::pin(async move {
            for (query, values) in statements {
                let values = values.iter().map(|&value| Column::Int(value)).collect::<Vec<_>>();
                assert_eq!(tx.execute(query, &values).await?, 1, "{}", query.name);
            }
            Ok::<_, StoreError>(())
        })
    });
    write.await.unwrap();
}

/// Three seals: five rows in each, which appear at once, so that whoever seals them takes them together.
async fn three_seals(portal: &Portal) -> Vec<i64> {
    for _ in 0..3 {
        by_hand(portal, (0..5).map(|place| (&tampered::ADD, vec![place])).collect()).await;
        portal.round().await;
    }
    let read = portal.store().read((), |tx, ()| Box::pin(async move { tx.rows(&tampered::ROWS, &params![2]).await }));
    let rows: Result<Vec<(i64,)>, StoreError> = read.await;
    rows.unwrap().into_iter().map(|(id,)| id).collect()
}

async fn verify(portal: &Portal) -> String {
    let nadia = portal.nadia().await;
    let output = nadia.run("staff audit verify -o json").await;
    if output.exit == 0 {
        "whole".to_owned()
    } else {
        format!("{}: {}", output.exit, output.error()["message"].as_str().unwrap())
    }
}

on_both_databases! {
    async fn a_whole_trail_is_told_with_its_last_seal(portal: Portal) {
        let nadia = portal.nadia().await;
        let empty = nadia.run("staff audit verify -o json").await.ok().json();
        assert_eq!(empty, json!({"seals": 0, "rows": 0, "unsealed": 0, "last": null, "mark": null, "next": null, "wrong": null}));
        three_seals(&portal).await;
        let found = nadia.run("staff audit verify -o json").await.ok().json();
        assert_eq!(json!([found["seals"], found["rows"], found["unsealed"], found["last"]["number"]]), json!([3, 15, 0, 3]));
        let seal = format!("3={}", found["last"]["digest"].as_str().unwrap());
        nadia.run(["staff", "audit", "verify", "--seal", &seal]).await.ok();
        let other = format!("2={}", found["last"]["digest"].as_str().unwrap());
        let refused = nadia.run(["staff", "audit", "verify", "--seal", &other, "-o", "json"]).await;
        assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("conflict")), "{refused}");
        portal.rosa().await.run("account update --name Rosa").await.ok();
        let found = nadia.run("staff audit verify -o json").await.ok().json();
        assert_eq!(found["rows"].as_i64().unwrap() + found["unsealed"].as_i64().unwrap(), 16);
        // Whoever may not read the trail does not learn whether it is whole.
        assert_eq!(portal.rosa().await.run("staff audit verify -o json").await.error()["code"], "forbidden");
    }

    async fn a_changed_row_is_found(portal: Portal) {
        let rows = three_seals(&portal).await;
        assert_eq!(verify(&portal).await, "whole");
        by_hand(&portal, vec![(&tampered::CHANGE, vec![rows[1]])]).await;
        assert_eq!(verify(&portal).await, format!("6: row {} was changed after it was sealed (seal 2)", rows[1]));
    }

    async fn a_removed_row_is_found(portal: Portal) {
        let rows = three_seals(&portal).await;
        by_hand(&portal, vec![(&tampered::REMOVE, vec![rows[0]])]).await;
        assert_eq!(verify(&portal).await, format!("6: row {} of seal 2 was removed", rows[0]));
    }

    async fn rows_that_changed_places_are_found(portal: Portal) {
        let rows = three_seals(&portal).await;
        let (one, other) = (rows[0], rows[1]);
        by_hand(&portal, vec![(&tampered::SWAP, vec![one]), (&tampered::SWAP_BACK, vec![other, one]), (&tampered::SWAP_BACK, vec![-1, other])]).await;
        assert_eq!(verify(&portal).await, format!("6: row {one} was changed after it was sealed (seal 2)"));
    }

    async fn a_row_under_another_seal_is_found(portal: Portal) {
        let rows = three_seals(&portal).await;
        by_hand(&portal, vec![(&tampered::MOVE, vec![rows[0], 1])]).await;
        assert_eq!(verify(&portal).await, format!("6: row {} stands under seal 1, which was made without it", rows[0]));
        by_hand(&portal, vec![(&tampered::MOVE, vec![rows[0], 3])]).await;
        assert_eq!(verify(&portal).await, format!("6: row {} was moved from seal 2 to seal 3", rows[0]));
        by_hand(&portal, vec![(&tampered::MOVE, vec![rows[0], 2]), (&tampered::CLAIM, vec![7])]).await;
        assert!(verify(&portal).await.ends_with("claims a seal that was never made"));
    }

    async fn changed_and_missing_seals_are_found(portal: Portal) {
        three_seals(&portal).await;
        by_hand(&portal, vec![(&tampered::REMOVE_SEAL, vec![3])]).await;
        assert_eq!(verify(&portal).await, "6: seals 3 to 3 are missing");
        by_hand(&portal, vec![(&tampered::HEAD, vec![2])]).await;
        assert_eq!(verify(&portal).await, "6: seal 2 is the last, and the trail's head tells of another");
        by_hand(&portal, vec![(&tampered::CHANGE_SEAL, vec![2])]).await;
        assert_eq!(verify(&portal).await, "6: seal 2 is not what was sealed: it, or the seal before, was changed");
        by_hand(&portal, vec![(&tampered::REMOVE_SEAL, vec![1])]).await;
        assert_eq!(verify(&portal).await, "6: seal 1 is missing: the next one is 2");
    }

    async fn the_trail_is_narrowed_by_who_what_and_when(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        portal.round().await;
        portal.sleep_for_days(3);
        nadia.write("records.csv", "number,kind,holder,service_address,link_code\nUT-1,utility,A B,1 Lock Street,AAAA-1111\n");
        nadia.run("staff records import records.csv").await.ok();
        let list = async |flags: &str| {
            let rows = nadia.run(&format!("staff audit list {flags} -o json")).await.ok().json();
            rows.as_array().unwrap().iter().map(|row| row["operation"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        let all = "staff.records.import payments.settle payments.pay";
        assert_eq!(list("").await, all);
        assert_eq!(list("--limit 2").await, "staff.records.import payments.settle");
        assert_eq!(list("--who rosa").await, "payments.pay");
        assert_eq!(list("--who NADIA").await, "staff.records.import");
        assert_eq!(list("--operation payments").await, "payments.settle payments.pay");
        assert_eq!(list("--operation payments.pay").await, "payments.pay");
        assert_eq!(list("--operation payment").await, "");
        assert_eq!(list(&format!("--thing {}", fine.to_lowercase())).await, "payments.pay");
        assert_eq!(list(&format!("--thing {fine} --who nadia")).await, "");
        assert_eq!(list("--until 2026-11-24").await, "payments.settle payments.pay");
        assert_eq!(list("--since 2026-11-25").await, "staff.records.import");
        assert_eq!(list("--since 2026-11-27").await, "");
        assert_eq!(list("--outcome refused").await, "");
        portal.round().await;
        assert_eq!(list("--operation staff").await, "staff.records.import");
        assert!(list("").await.ends_with(all), "sealed rows stay where they are");
        assert_eq!(list("--since 2026-11-25 --who nadia").await, "staff.records.import");
        let thing = nadia.run("staff audit list --who nadia --jq .[0].things[0]").await.ok().stdout.trim().to_owned();
        assert_eq!(list(&format!("--thing {thing}")).await, "staff.records.import");
        let nobody = nadia.run("staff audit list --who nobody -o json").await;
        assert_eq!((nobody.exit, nobody.error()["message"].clone()), (6, json!("there is no account `nobody`")));
        assert_eq!(rosa.run("staff audit list -o json").await.error()["code"], "forbidden");
    }
}

on_both_databases! { threads: 4,
    /// Each row is sealed once, by one of several processes, and the chain is whole.
    async fn several_seal_at_once(portal: Portal) {
        let rosa = Api::signed_in(&portal, "rosa").await;
        let write = async {
            for place in 0..60 {
                let name = json!({ "name": format!("Rosa {place}") });
                rosa.ask("PATCH", "/v1/account", Some(name), None).await.ok();
            }
        };
        let twin = portal.twin().await;
        let seal = async |portal: &Portal| for _ in 0..15 { portal.round().await };
        tokio::join!(write, seal(&portal), seal(&twin), seal(&twin));
        portal.round().await;
        let found = portal.nadia().await.run("staff audit verify -o json").await.ok().json();
        assert_eq!(json!([found["rows"], found["unsealed"]]), json!([60, 0]), "{found}");
        assert!(found["seals"].as_i64().unwrap() > 1);
    }
}
