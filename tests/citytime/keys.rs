//! Idempotency keys where no payment is made: what is repeated under one happens once, and nobody's key is in
//! anybody's way.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

fn account(username: &str, password: &str) -> Value {
    json!({
        "username": username, "name": "Vera Lind", "email": "vera@mail.example", "password": password,
        "terms_version": "2026-01",
    })
}

/// The answer to a list of lines sent to an import.
async fn import(api: &Api, path: &str, line: Value, key: &str) -> Value {
    api.ask("POST", path, Some(json!({ "lines": [line] })), Some(key)).await.ok()["lines"][0].clone()
}

async fn water(rosa: &Shell) -> String {
    rosa.run("bills list --status all --jq 'map(select(.number == \"K-1\"))[0].amount'").await.ok().stdout
}

on_both_databases! {
    /// What arrives once more, late, undoes nothing that was done since.
    async fn an_import_repeated_under_its_key_is_not_looked_at_again(portal: Portal) {
        let (nadia, rosa) = (Api::signed_in(&portal, "nadia").await, portal.rosa().await);
        let bill = |amount: i64| json!({
            "line": 2, "number": "K-1", "record": "UT-204177", "category": "utility", "title": "Water",
            "issued_on": "2026-11-23", "due_on": "2026-12-14", "amount": amount,
        });
        let bills = "/v1/staff/bills/import";
        let once = import(&nadia, bills, bill(1250), "monday").await;
        assert_eq!(once["outcome"], "created");
        assert_eq!(import(&nadia, bills, bill(1350), "tuesday").await["outcome"], "updated");
        assert_eq!(import(&nadia, bills, bill(1250), "monday").await, once);
        assert_eq!(water(&rosa).await, "1350\n");
        let other = nadia.ask("POST", bills, Some(json!({ "lines": [bill(1450)] })), Some("monday")).await;
        assert_eq!((other.status, &other.body["code"]), (422, &json!("key_reused")));
        let record = |holder: &str| json!({
            "line": 2, "number": "UT-900001", "kind": "utility", "holder": holder, "service_address": "5 Mill Road",
            "link_code": "VERA-9001",
        });
        let records = "/v1/staff/records/import";
        let once = import(&nadia, records, record("Vera"), "monday-records").await;
        import(&nadia, records, record("Vera Lind"), "tuesday-records").await;
        assert_eq!(import(&nadia, records, record("Vera"), "monday-records").await, once);
        let program = |capacity: i64| json!({
            "line": 2, "number": "K-1", "category": "meeting", "title": "Parking", "starts_at": "2026-12-07T19:00:00-06:00",
            "ends_at": "2026-12-07T21:00:00-06:00", "venue": "City hall", "capacity": capacity, "fee": 0,
        });
        let programs = "/v1/staff/programs/import";
        let once = import(&nadia, programs, program(40), "monday-programs").await;
        import(&nadia, programs, program(50), "tuesday-programs").await;
        assert_eq!(import(&nadia, programs, program(40), "monday-programs").await, once);
        let id = once["id"].as_str().unwrap();
        assert_eq!(nadia.get(&format!("/v1/programs/{id}")).await.ok()["capacity"], 50);
    }

    async fn the_clock_is_moved_once_under_a_key(portal: Portal) {
        let nadia = Api::signed_in(&portal, "nadia").await;
        let advance = async |key: &str| {
            nadia.ask("POST", "/v1/staff/clock/advance", Some(json!({ "by": "7d" })), Some(key)).await.ok()["today"].clone()
        };
        assert_eq!(advance("a").await, "2026-11-30");
        assert_eq!(advance("a").await, "2026-11-30");
        assert_eq!(advance("b").await, "2026-12-07");
    }

    async fn following_repeated_late_does_not_follow_again(portal: Portal) {
        let tomas = Api::signed_in(&portal, "tomas").await;
        let open = tomas.get("/requests.json?status=open").await.ok();
        let path = format!("/v1/requests/{}/follow", open[0]["service_request_id"].as_str().unwrap());
        assert_eq!(tomas.ask("POST", &path, None, Some("f")).await.ok()["following"], true);
        tomas.ask("DELETE", &path, None, None).await.ok();
        assert_eq!(tomas.ask("POST", &path, None, Some("f")).await.ok()["following"], false);
    }

    /// Nobody is told apart from nobody: a key another stranger used neither refuses nor tells anything.
    async fn strangers_do_not_share_their_keys(portal: Portal) {
        let nobody = Api::anonymous(&portal);
        let create = async |username: &str, password: &str| {
            nobody.ask("POST", "/v1/accounts", Some(account(username, password)), Some("k")).await
        };
        let vera = create("vera", "nineteen herons at dusk").await.ok();
        let olga = create("olga", "twenty herons at dawn").await.ok();
        assert_ne!(vera["id"], olga["id"]);
        assert_eq!(create("vera", "nineteen herons at dusk").await.ok(), vera);
        // Whoever repeats it with another password would believe to have set that one.
        let other = create("vera", "nineteen herons at noon").await;
        assert_eq!((other.status, &other.body["code"]), (422, &json!("key_reused")));
        let taken = nobody.ask("POST", "/v1/accounts", Some(account("vera", "nineteen herons at dusk")), None).await;
        assert_eq!((taken.status, &taken.body["code"]), (409, &json!("taken")));
    }
    /// What was done before under a key is answered as it is now, and says so; a refusal and a new thing do not.
    async fn an_answer_tells_that_it_was_done_before(portal: Portal) {
        let rosa = Api::signed_in(&portal, "rosa").await;
        let bill = rosa.get("/v1/bills?category=utility").await.ok()["items"][0]["id"].clone();
        let pay = async |amount: i64, key: &str| {
            let payment = json!({ "bills": [bill], "amount": amount });
            let answer = rosa.ask("POST", "/v1/payments", Some(payment), Some(key)).await;
            (answer.status, answer.header("idempotent-replayed").map(str::to_owned))
        };
        let said = Some("true".to_owned());
        assert_eq!(pay(100, "a").await, (200, None));
        assert_eq!(pay(100, "a").await, (200, said.clone()));
        assert_eq!(pay(200, "a").await, (422, None));
        assert_eq!(pay(100, "b").await, (200, None));
        // Where an answer is kept in place of a thing, too.
        let nadia = Api::signed_in(&portal, "nadia").await;
        let line = json!({
            "line": 2, "number": "K-9", "record": "UT-204177", "category": "utility", "title": "Water",
            "issued_on": "2026-11-23", "due_on": "2026-12-14", "amount": 100,
        });
        for expected in [None, said] {
            let answer = nadia.ask("POST", "/v1/staff/bills/import", Some(json!({ "lines": [line] })), Some("c")).await;
            assert_eq!((answer.status, answer.header("idempotent-replayed").map(str::to_owned)), (200, expected));
        }
        let people = portal.rosa().await;
        let pay = format!("bills pay {} --amount 1 -y --idempotency-key once", bill.as_str().unwrap());
        assert_eq!(people.run(&pay).await.ok().stderr, "");
        assert_eq!(people.run(&pay).await.ok().stderr, "It was made before, under the same key: nothing was paid anew.\n");
    }
}
