//! A new letter of the city: whose record it was is told, and no old letter opens anything, however close in time.

use serde_json::{Value, json};

use crate::accounts::ivan;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

/// The city's file of one record, with the code of its letter.
fn file(nadia: &Shell, number: &str, code: &str) -> String {
    let head = "number,kind,holder,service_address,link_code";
    let row = format!("{number},utility,Rosa Marín,\"3 Lock Street, Riverton, IL 60699\",{code}");
    nadia.write("letter.csv", &format!("{head}\n{row}\n")).display().to_string()
}

/// The titles of an account's history, and the notices of it, that tell of an unlinked record.
async fn told(shell: &Shell) -> (usize, Vec<Value>) {
    let history = shell.run("history account -o json").await.ok().json();
    let unlinked = history.as_array().unwrap().iter().filter(|entry| entry["title"] == "Record unlinked: UT-300412");
    let notices = shell.run("notifications list -o json").await.ok().json();
    let notices = notices.as_array().unwrap().iter().filter(|notice| notice["subject"] == "Record unlinked: UT-300412");
    (unlinked.count(), notices.cloned().collect())
}

on_both_databases! {
    async fn those_whose_link_a_new_letter_ends_are_told(portal: Portal) {
        let (rosa, nadia, ivan) = (portal.rosa().await, portal.nadia().await, ivan(&portal).await);
        for shell in [&rosa, &ivan] {
            shell.run("account records link UT-300412 --code K7QM-2X9D").await.ok();
        }
        // The same letter again, and another address with it, end nothing.
        nadia.run(["staff", "records", "import", &file(&nadia, "UT-300412", "K7QM-2X9D")]).await.ok();
        assert_eq!(told(&ivan).await, (0, vec![]));
        nadia.run(["staff", "records", "import", &file(&nadia, "UT-300412", "N3W0-C0D3")]).await.ok();
        for shell in [&rosa, &ivan] {
            let (entries, notices) = told(shell).await;
            assert_eq!((entries, notices.len()), (1, 1), "{notices:?}");
            let text = notices[0].to_string();
            assert!(text.contains("with the code of the new letter"), "{text}");
        }
        assert_eq!(ivan.run("account records list -o json").await.ok().json(), json!([]));
        // Once more the same file: nobody is told twice.
        nadia.run(["staff", "records", "import", &file(&nadia, "UT-300412", "N3W0-C0D3")]).await.ok();
        assert_eq!(told(&rosa).await.0, 1);
        ivan.run("account records link UT-300412 --code N3W0-C0D3").await.ok();
    }
}

on_both_databases! {
    threads: 4,

    /// Whoever links with the old letter while the new one comes in has it no more afterwards: a long file is still being
    /// taken in when the link is asked for.
    async fn an_old_letter_opens_nothing_once_the_new_one_is_in(portal: Portal) {
        let twin = portal.twin().await;
        let (tomas, nadia) = (Api::signed_in(&portal, "tomas").await, Api::signed_in(&portal, "nadia").await.at(&twin));
        let line = |number: String, code: &str| {
            json!({"line": 2, "number": number, "kind": "utility", "holder": "Rosa Marín", "service_address": "Quay", "link_code": code})
        };
        let import = async |lines: Vec<Value>| {
            nadia.ask("post", "/v1/staff/records/import", Some(json!({"lines": lines})), None).await.ok()
        };
        for round in 1..=3 {
            let number = format!("UT-91000{round}");
            import(vec![line(number.clone(), "0LD-C0DE")]).await;
            let others = (0..400).map(|other| line(format!("UT-92{round}{other:03}"), "0THER-C0DE"));
            let lines = [line(number.clone(), "N3W-C0DE")].into_iter().chain(others).collect();
            let old = json!({"number": number, "code": "0LD-C0DE"});
            let (_, linked) = futures_util::join!(import(lines), tomas.ask("post", "/v1/records", Some(old), None));
            let held = tomas.get("/v1/records").await.ok();
            let held = held["items"].as_array().unwrap().iter().any(|record| record["number"] == number.as_str());
            assert!(!held, "{number}: {}", linked.body);
        }
    }

    /// Of two who end one link at once one does.
    async fn a_link_ends_once(portal: Portal) {
        let twin = portal.twin().await;
        let callers = [Api::signed_in(&portal, "tomas").await, Api::signed_in(&portal, "tomas").await.at(&twin)];
        for _ in 0..10 {
            let right = json!({"number": "UT-300412", "code": "K7QM-2X9D"});
            let linked = callers[0].ask("post", "/v1/records", Some(right), None).await.ok();
            let path = format!("/v1/records/{}", linked["id"].as_str().unwrap());
            let ended = (0..8_usize).map(|number| callers[number % 2].ask("delete", &path, None, None));
            let ended = futures_util::future::join_all(ended).await;
            let statuses: Vec<u16> = ended.iter().map(|answer| answer.status).collect();
            assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
            assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 7, "{statuses:?}");
        }
    }
}
