//! Service requests: the clerks' side from the command line, and what residents see of it.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// Rosa files a hole at the lock; its id.
async fn filed(portal: &Portal, lat: f64) -> String {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let form = format!("service_code=pothole&lat={lat}&long=-88.2&attribute[size]=large&description=A+hole");
    let request = client.post(format!("{}/requests.json", portal.url())).bearer_auth(portal.token("rosa").await);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    answer[0]["service_request_id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

on_both_databases! {
    async fn a_request_from_filing_to_its_end(portal: Portal) {
        let (rosa, nadia) = (Api::signed_in(&portal, "rosa").await, portal.nadia().await);
        let id = filed(&portal, 41.6).await;
        let assigned = nadia.run(["staff", "requests", "assign", &id, "--to", "nadia", "-o", "json"]).await.ok().json();
        assert_eq!((&assigned["assignee"], &assigned["stage"]), (&json!("nadia"), &json!("in_progress")));
        assert_eq!(assigned["reporter"]["username"], "rosa");
        nadia.run(["staff", "requests", "note", &id, "Gas main below.", "--internal"]).await.ok();
        nadia.run(["staff", "requests", "note", &id, "A crew comes on Friday.", "--public", "--status", "action_scheduled"]).await.ok();
        let closed = nadia.run(["staff", "requests", "close", &id, "--reason", "fixed", "--note", "Patched.", "-o", "json"]).await.ok().json();
        assert_eq!(closed["status_notes"], "The work is done. Patched.");
        let seen = rosa.get(&format!("/v1/requests/{id}")).await.ok();
        let told: Vec<String> = seen["timeline"].as_array().unwrap().iter().map(|event| {
            format!("{} {} {}", event["status"].as_str().unwrap(), event["by"].as_str().unwrap(), event["note"].as_str().unwrap_or("-"))
        }).collect();
        assert_eq!(told, [
            "open reporter -",
            "action_scheduled Street Department A crew comes on Friday.",
            "fixed Street Department The work is done. Patched.",
        ]);
        let history = rosa.get("/v1/history?kind=request&limit=1").await.ok();
        assert_eq!((&history["items"][0]["id"], &history["items"][0]["status"]), (&json!(id), &json!("fixed")));
        let refused = nadia.run(["staff", "requests", "close", &id, "--reason", "fixed"]).await;
        assert_eq!(refused.exit, 6);
    }

    async fn a_refusal_is_the_portals_own_at_requests_too(portal: Portal) {
        let rosa = portal.rosa().await;
        let make = "account tokens create --scope bills:read --label cron -o json";
        let made = rosa.proven(make).await.ok().json();
        let cron = portal.shell().with("CITYTIME_TOKEN", made["token"].as_str().expect("a token"));
        let narrow = cron.run("request list -o json").await.error();
        assert_eq!((&narrow["code"], &narrow["exit_code"]), (&json!("forbidden"), &json!(5)), "{narrow}");
        rosa.run(["account", "tokens", "revoke", "-y", made["id"].as_str().expect("an id")]).await.ok();
        let (bills, requests) = (cron.run("bills list -o json").await.error(), cron.run("request list -o json").await.error());
        for field in ["code", "message", "hint", "exit_code"] {
            assert_eq!(bills[field], requests[field], "{requests}");
        }
        assert!(requests["exit_code"] == 4 && requests["request_id"].is_string(), "{requests}");
    }

    async fn days_are_those_of_the_city(portal: Portal) {
        let rosa = portal.rosa().await;
        let all = rosa.run("request list --status all -o json").await.ok().json();
        let made = all.as_array().expect("a list").iter().filter_map(|request| request["requested_datetime"].as_str());
        let days: std::collections::BTreeSet<_> = made.map(|at| at[..10].to_owned()).collect();
        assert!(days.len() > 1, "{all}");
        let far = ["Pacific/Kiritimati", "Pacific/Pago_Pago"].map(|zone| rosa.again().with("TZ", zone));
        for day in days {
            let list = format!("request list --status all --since {day} --until {day} -o ids");
            let (east, west) = (far[0].run(&list).await.ok().stdout, far[1].run(&list).await.ok().stdout);
            assert_eq!(east, west, "{day}");
        }
    }

    async fn a_comment_reopens_within_the_window_and_not_after(portal: Portal) {
        let (rosa, tomas, nadia) = (Api::signed_in(&portal, "rosa").await, Api::signed_in(&portal, "tomas").await, portal.nadia().await);
        let id = filed(&portal, 41.7).await;
        let comment = async |api: &Api, key: &str| {
            let path = format!("/v1/requests/{id}/comments");
            api.ask("POST", &path, Some(json!({ "text": "It is still there." })), Some(key)).await
        };
        comment(&tomas, "a").await.ok();
        nadia.run(["staff", "requests", "close", &id, "--reason", "nothing_found"]).await.ok();
        assert_eq!(comment(&tomas, "b").await.status, 409);
        nadia.run("staff clock advance 13d").await.ok();
        let reopened = comment(&rosa, "c").await.ok();
        assert_eq!((&reopened["status"], &reopened["stage"]), (&json!("open"), &json!("reopen")));
        let again = comment(&rosa, "c").await.ok();
        assert_eq!(reopened["timeline"], again["timeline"]);
        nadia.run(["staff", "requests", "close", &id, "--reason", "declined"]).await.ok();
        nadia.run("staff clock advance 15d").await.ok();
        // Who was away for so long signs in again.
        let (rosa, nadia) = (Api::signed_in(&portal, "rosa").await, portal.nadia().await);
        assert_eq!(comment(&rosa, "d").await.status, 409);
        let refused = nadia.run(["staff", "requests", "reopen", &id, "-o", "json"]).await;
        assert_eq!(refused.exit, 6);
    }

    async fn what_is_near_is_told_and_duplicates_follow(portal: Portal) {
        let (rosa, nadia) = (Api::signed_in(&portal, "rosa").await, portal.nadia().await);
        let (first, second, far) = (filed(&portal, 41.8).await, filed(&portal, 41.800_5).await, filed(&portal, 41.801).await);
        let near = rosa.get("/v1/requests/similar?service_code=pothole&lat=41.8001&long=-88.2").await.ok();
        let ids: Vec<&str> = near["items"].as_array().unwrap().iter().map(|item| item["service_request_id"].as_str().unwrap()).collect();
        assert_eq!((ids, &near["items"][0]["distance_m"], &near["radius_m"]), (vec![first.as_str(), second.as_str()], &json!(11), &json!(75)));
        let other = rosa.get("/v1/requests/similar?service_code=tree&lat=41.8001&long=-88.2").await.ok();
        assert_eq!(other["items"], json!([]));
        nadia.run(["staff", "requests", "duplicate", &far, &second, "-y"]).await.ok();
        let child = nadia.run(["staff", "requests", "duplicate", &second, &first, "-o", "json", "-y"]).await.ok().json();
        assert_eq!((&child["stage"], &child["duplicate_of"]), (&json!("duplicate"), &json!(first)));
        // The duplicate's own duplicate points to the original too.
        let grandchild = rosa.get(&format!("/v1/requests/{far}")).await.ok();
        assert_eq!(grandchild["duplicate_of"], json!(first));
        assert_eq!(nadia.run(["staff", "requests", "duplicate", &first, &far, "-y"]).await.exit, 6);
        nadia.run(["staff", "requests", "close", &first, "--reason", "fixed"]).await.ok();
        for id in [&second, &far] {
            let seen = rosa.get(&format!("/v1/requests/{id}")).await.ok();
            assert_eq!((&seen["status"], &seen["stage"]), (&json!("closed"), &json!("duplicate")), "{id}");
        }
        nadia.run(["staff", "requests", "reopen", &first]).await.ok();
        let seen = rosa.get(&format!("/v1/requests/{second}")).await.ok();
        assert_eq!(seen["status"], "open");
    }

    /// What is said of a public request would be told of the private one, and its number to whoever reads that.
    async fn a_private_request_is_no_duplicate_of_a_public_one(portal: Portal) {
        let nadia = portal.nadia().await;
        let public = filed(&portal, 41.85).await;
        let private = nadia.run("staff requests list --service wellbeing --status open -o ids").await.ok().stdout;
        let private = private.lines().next().expect("one is open").to_owned();
        for (one, other) in [(&private, &public), (&public, &private)] {
            let refused = nadia.run(["staff", "requests", "duplicate", one, other, "-o", "json", "-y"]).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("conflict")), "{refused}");
        }
        let seen = nadia.run(["staff", "requests", "show", &private, "-o", "json"]).await.ok().json();
        assert_eq!((&seen["duplicate_of"], &seen["status"]), (&Value::Null, &json!("open")));
    }

    async fn following_and_the_dashboard(portal: Portal) {
        let (rosa, tomas) = (Api::signed_in(&portal, "rosa").await, Api::signed_in(&portal, "tomas").await);
        let id = filed(&portal, 41.9).await;
        let path = format!("/v1/requests/{id}/follow");
        assert_eq!(tomas.ask("POST", &path, None, None).await.ok()["following"], true);
        assert_eq!(tomas.ask("POST", &path, None, None).await.ok()["following"], true);
        let case = portal.nadia().await.run(["staff", "requests", "show", &id, "-o", "json"]).await.ok().json();
        assert_eq!(case["followers"], 2);
        assert_eq!(tomas.ask("DELETE", &path, None, None).await.ok()["following"], false);
        let dashboard = rosa.get("/v1/dashboard").await.ok();
        assert_eq!(dashboard["requests"][0]["service_request_id"], json!(id));
        let mine = rosa.get("/v1/requests?status=open&limit=2").await.ok();
        assert_eq!(mine["items"][0]["service_request_id"], json!(id));
        let next = mine["next"].as_str().unwrap();
        assert_eq!(rosa.get(&format!("/v1/requests?status=open&limit=2&after={next}")).await.ok()["items"][0]["mine"], true);
        let refused = rosa.get("/v1/staff/requests").await;
        assert_eq!(refused.status, 403);
    }

    async fn clerks_narrow_their_list_down(portal: Portal) {
        let nadia = portal.nadia().await;
        let count = async |query: &str| nadia.run(format!("staff requests list --json {query}").as_str()).await.ok().json().as_array().unwrap().clone();
        let all = count("").await;
        assert!(all.len() >= 60);
        assert!(count("--assignee none").await.iter().all(|case| case["assignee"].is_null()));
        assert!(count("--assignee nadia").await.iter().all(|case| case["assignee"] == "nadia"));
        let late = count("--overdue").await;
        assert!(!late.is_empty() && late.len() < all.len() && late.iter().all(|case| case["status"] == "open"));
        assert!(count("--department water").await.iter().all(|case| case["department"] == "water"));
        assert_eq!(nadia.run("staff requests list --department moon -o json").await.exit, 6);
    }
}
