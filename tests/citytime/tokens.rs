//! Tokens for scripts: they may what their scopes say, and end when they are told to.

use insta::assert_snapshot;
use serde_json::json;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn a_token_may_what_its_scopes_say(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_eq!(rosa.run("account tokens list -o json").await.ok().json(), json!([]));
        let made = rosa.proven("account tokens create --scope bills:read,history:read --label 'the cron job' --expires 90d -o json").await.ok();
        assert_eq!(made.stderr, "");
        let made = made.json();
        assert_eq!(json!([made["label"], made["scopes"], made["expires_at"]]), json!(["the cron job", ["bills:read", "history:read"], "2027-02-21T06:00:00Z"]));
        let token = made["token"].as_str().unwrap();
        let cron = portal.shell().with("CITYTIME_TOKEN", token);
        let fine = bill_of(&cron, "fine").await;
        cron.run("history --limit 1").await.ok();
        cron.run("dashboard").await.ok();
        cron.run(["bills", "pay", &fine, "--dry-run"]).await.ok();
        assert_snapshot!(cron.run(["bills", "pay", &fine, "-y", "-o", "json"]).await.told(), @r"
        forbidden, exit 5
        this token has no scope bills:pay
        hint: make one that has it: citytime account tokens create --scope bills:pay --label NAME --expires 90d
        ");
        for forbidden in ["wallet list", "account show", "account tokens list", "account records link UT-300412 --code K7QM-2X9D",
            "wallet add --token pm_card_visa", "account update --name X", "staff clock advance 1d",
            "account tokens create --scope bills:read --label more"] {
            let refused = cron.run(&format!("{forbidden} -o json")).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("forbidden")), "{forbidden}: {refused}");
        }
        assert_snapshot!(cron.run("account tokens create --scope bills:pay --label more -o json").await.told(), @r"
        forbidden, exit 5
        a personal access token may not do this
        hint: sign in with your password first: citytime login
        ");
        assert_snapshot!(cron.run("whoami").await, @r"
        exit: 0
        ----- stdout
        city	portal	username	role	scopes	token_source	expires_at	account
        127.0.0.1	http://127.0.0.1:[PORT]	rosa	resident	bills:read, history:read	CITYTIME_TOKEN	2027-02-21T06:00:00Z	ACC-00000001
        ----- stderr
        ");
        assert_snapshot!(rosa.run("account tokens list").await, @r"
        exit: 0
        ----- stdout
        id	label	scopes	expires_at	last_used_on	created_at
        TOK-00000001	the cron job	bills:read, history:read	2027-02-21T06:00:00Z	2026-11-23	2026-11-23T15:00:00Z
        ----- stderr
        ");
        let id = made["id"].as_str().unwrap();
        assert_snapshot!(rosa.run(["account", "tokens", "revoke", id]).await, @r"
        exit: 0
        ----- stdout
        id	label	scopes	expires_at	last_used_on	created_at
        TOK-00000001	the cron job	bills:read, history:read	2027-02-21T06:00:00Z	2026-11-23	2026-11-23T15:00:00Z
        ----- stderr
        ");
        assert_snapshot!(cron.run("bills list -o json").await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
        assert_snapshot!(rosa.run(["account", "tokens", "revoke", id, "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no token TOK-00000001
        hint: see those there are: `citytime account tokens list`
        ");
        assert_eq!(rosa.run("account tokens list -o json").await.ok().json(), json!([]));
    }

    async fn tokens_that_cannot_be(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account tokens create --scope bills:read --label cron --expires -1d -o json").await.exit, @"2");
        assert_snapshot!(rosa.run("account tokens create --scope bills:read --label cron --expires 2026-11-23 -o json").await.told(), @r"
        invalid, exit 6
        the token would have expired already
        hint: none
        /expires: the token would have expired already
        ");
        assert_snapshot!(rosa.run("account tokens create --scope bills:read --label '' --expires 400d -o json").await.told(), @r"
        invalid, exit 6
        2 fields are wrong
        hint: none
        /label: a label has 1 to 60 characters
        /expires: a token lives a year at most
        ");
        assert_snapshot!(rosa.run("account tokens create --scope everything --label cron -o json").await.told(), @r"
        usage, exit 2
        invalid value 'everything' for '--scope <SCOPE,…>' [possible values: account:read, account:write, bills:read, bills:pay, wallet:read, wallet:write, history:read, permits:read, permits:write, programs:read, programs:write, requests:read, requests:write, staff]
        hint: see `citytime --help`
        ");
        let tomas = portal.tomas().await;
        let theirs = tomas.proven("account tokens create --scope bills:read --label t --jq .id").await.ok().stdout;
        assert_eq!(rosa.run(["account", "tokens", "revoke", theirs.trim(), "-o", "json"]).await.error()["code"], "not_found");
    }

    async fn a_clerks_token_needs_the_scope_too(portal: Portal) {
        let nadia = portal.nadia().await;
        let narrow = nadia.proven("account tokens create --scope bills:read --label narrow --jq .token").await.ok().stdout;
        let narrow = portal.shell().with("CITYTIME_TOKEN", narrow.trim());
        assert_snapshot!(narrow.run("staff clock advance 1d -o json").await.told(), @r"
        forbidden, exit 5
        this token has no scope staff
        hint: make one that has it: citytime account tokens create --scope staff --label NAME --expires 90d
        ");
        let staff = nadia.proven("account tokens create --scope staff --label staff --jq .token").await.ok().stdout;
        portal.shell().with("CITYTIME_TOKEN", staff.trim()).run("staff clock advance 1d").await.ok();
    }
}
