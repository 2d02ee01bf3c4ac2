//! Where one is signed in, and ending that.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::{PASSWORD, Portal};

/// A terminal of rosa's own, signed in by password.
async fn terminal(portal: &Portal) -> Shell {
    let shell = portal.shell();
    shell.command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
    shell
}

on_both_databases! {
    async fn sessions_are_listed_and_ended(portal: Portal) {
        let first = terminal(&portal).await;
        portal.sleep_for_seconds(60);
        let second = terminal(&portal).await;
        portal.sleep_for_seconds(60);
        let body = json!({"username": "rosa", "password": PASSWORD});
        let third = Api::anonymous(&portal).from("2001:db8:7:7::1").ask("POST", "/v1/sessions", Some(body), None).await.ok();
        assert_snapshot!(first.run("account sessions list").await, @r"
        exit: 0
        ----- stdout
        id	current	created_at	last_used_on	source	expires_at
        SES-00000001	false	2026-11-23T15:02:00Z	2026-11-23	2001:db8:7:7::/64	2026-12-23T15:02:00Z
        SES-00000002	false	2026-11-23T15:01:00Z	2026-11-23	127.0.0.1	2026-12-23T15:01:00Z
        SES-00000003	true	2026-11-23T15:00:00Z	2026-11-23	127.0.0.1	2026-12-23T15:00:00Z
        ----- stderr
        ");
        let ids = first.run("account sessions list -o ids").await.ok().stdout;
        let ids: Vec<&str> = ids.lines().collect();
        assert_eq!(first.run("account sessions list --limit 1 -o ids").await.ok().stdout.trim(), ids[0]);
        // Page by page they are the same.
        let rosa = Api::anonymous(&portal).with_token(third["token"].as_str().unwrap());
        let (mut paged, mut after) = (Vec::new(), String::new());
        loop {
            let page = rosa.get(&format!("/v1/sessions?limit=1{after}")).await.ok();
            paged.push(page["items"][0]["id"].as_str().unwrap().to_owned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(paged, ids);
        assert_eq!(rosa.get("/v1/sessions?after=nonsense").await.status, 422);
        // One is ended, and its terminal is signed out at once.
        second.run("bills list").await.ok();
        let ended = first.run(["account", "sessions", "revoke", ids[1], "-o", "json"]).await.ok().json();
        assert_eq!(json!([ended["id"], ended["current"]]), json!([ids[1], false]));
        assert_snapshot!(second.run("bills list -o json").await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
        assert_snapshot!(first.run(["account", "sessions", "revoke", ids[1], "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no session SES-00000001
        hint: see those there are: `citytime account sessions list`
        ");
        // Nobody ends another's.
        let tomas = portal.tomas().await;
        assert_eq!(tomas.run(["account", "sessions", "revoke", ids[0], "-o", "json"]).await.error()["code"], "not_found");
        // All others.
        let ended = first.run("account sessions revoke --others -o ids").await.ok().stdout;
        assert_eq!(ended.trim(), ids[0]);
        assert_eq!(rosa.get("/v1/bills").await.status, 401);
        first.run("bills list").await.ok();
        let (exit, screen) = first.command("account sessions revoke --others").at_terminal(100, 24).finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert_snapshot!(screen, @"there were no other sessions");
        assert_snapshot!(first.run("history account --limit 2 --columns title,status").await, @r"
        exit: 0
        ----- stdout
        title	status
        Sessions ended: 1	ended
        Session ended	ended
        ----- stderr
        ");
        tomas.run("bills list").await.ok();
    }

    async fn sessions_that_have_ended_by_themselves_are_not_listed(portal: Portal) {
        let old = terminal(&portal).await;
        portal.sleep_for_days(13);
        let young = terminal(&portal).await;
        assert_eq!(young.run("account sessions list --jq length").await.ok().stdout, "2\n");
        portal.sleep_for_days(2);
        assert_eq!(young.run("account sessions list --jq length").await.ok().stdout, "1\n");
        assert_eq!(old.run("bills list").await.exit, 4);
    }

    async fn a_token_for_a_script_looks_and_ends_nothing(portal: Portal) {
        let rosa = portal.rosa().await;
        let token = rosa.proven("account tokens create --scope account:read --label look --jq .token").await.ok().stdout;
        let cron = portal.shell().with("CITYTIME_TOKEN", token.trim());
        let listed = cron.run("account sessions list -o json").await.ok().json();
        assert_eq!(listed[0]["current"], false);
        for forbidden in ["--others", listed[0]["id"].as_str().unwrap()] {
            assert_eq!(cron.run(["account", "sessions", "revoke", forbidden]).await.exit, 5);
        }
    }
}
