//! Tokens for scripts: they may what their scopes say, and end when they are told to.

#![expect(clippy::disallowed_methods, reason = "a day that was is made at the database")]

use insta::assert_snapshot;
use serde_json::json;

use citytime::api::id::TokenId;
use citytime::portal::store::StoreError;
use futures_util::future::join_all;

use crate::bills::bill_of;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

citytime::queries! {
    /// What the token's own row says of it.
    COUNTED = "SELECT spent, spent_on, used_on FROM tokens WHERE id = $1";
    /// Sets the day it was last used, to see whether that is written again.
    USED = "UPDATE tokens SET used_on = $2 WHERE id = $1";
}

/// The shell of a script with a token of somebody's, and the token's id.
async fn script(portal: &Portal, owner: &Shell, options: &str) -> (Shell, TokenId) {
    let made = owner.proven(&format!("account tokens create --label script {options} -o json")).await.ok().json();
    let shell = portal.shell().with("CITYTIME_TOKEN", made["token"].as_str().unwrap());
    (shell, made["id"].as_str().unwrap().parse().unwrap())
}

/// What a token's row counts, on which day, and when it was last used.
async fn counted(portal: &Portal, id: TokenId) -> (i64, Option<String>, Option<String>) {
    let read =
        portal.store().read(id, |tx, id| Box::pin(async move { tx.one(&COUNTED, &citytime::params![id]).await }));
    read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

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
        id	label	scopes	expires_at	max_per_day	spent_today	last_used_on	created_at
        TOK-00000001	the cron job	bills:read, history:read	2027-02-21T06:00:00Z		0.00	2026-11-23	2026-11-23T15:00:00Z
        ----- stderr
        ");
        let id = made["id"].as_str().unwrap();
        assert_snapshot!(rosa.run(["account", "tokens", "revoke", "-y", id]).await, @r"
        exit: 0
        ----- stdout
        id	label	scopes	expires_at	max_per_day	spent_today	last_used_on	created_at
        TOK-00000001	the cron job	bills:read, history:read	2027-02-21T06:00:00Z		0.00	2026-11-23	2026-11-23T15:00:00Z
        ----- stderr
        ");
        assert_snapshot!(cron.run("bills list -o json").await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
        assert_snapshot!(rosa.run(["account", "tokens", "revoke", "-y", id, "-o", "json"]).await.told(), @r"
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
        hint: say for how long, up to a year, as in expires 90d
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
        invalid value 'everything' for '--scope <SCOPE,…>' [possible values: account:read, account:write, bills:read, bills:pay, wallet:read, wallet:write, history:read, permits:read, permits:write, programs:read, programs:write, requests:read, requests:write, support:read, support:write, staff]
        hint: see `citytime account tokens create --help`
        ");
        let tomas = portal.tomas().await;
        let theirs = tomas.proven("account tokens create --scope bills:read --label t --jq .id").await.ok().stdout;
        assert_eq!(rosa.run(["account", "tokens", "revoke", "-y", theirs.trim(), "-o", "json"]).await.error()["code"], "not_found");
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

on_both_databases! {
    async fn a_token_may_pay_so_much_a_day(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill_of(&rosa, "tax").await;
        let made = rosa.proven("account tokens create --scope bills:read,bills:pay --max-per-day 200 --label rent").await.ok();
        assert_eq!(made.stdout.lines().next().unwrap(), "id\ttoken\tlabel\tscopes\texpires_at\tmax_per_day");
        assert!(made.stdout.trim_end().ends_with("\t200.00"), "{made}");
        let (cron, id) = script(&portal, &rosa, "--scope bills:read,bills:pay --max-per-day 200").await;
        let paid = cron.run(&format!("bills pay {tax} --amount 87.40 -y -o json")).await.ok().json();
        assert_eq!(paid["status"], "succeeded");
        assert_snapshot!(cron.run(&format!("bills pay {tax} --amount 120 -y -o json")).await.told(), @r"
        spending_limit, exit 6
        this token may pay $200.00 a day: $112.60 is left today, and this comes to $120.00
        hint: pay at most $112.60 with it, go on tomorrow, or sign in with your password: citytime login
        ");
        // Looking is told the same.
        assert_snapshot!(cron.run(&format!("bills pay {tax} --amount 120 --dry-run -o json")).await.told(), @r"
        spending_limit, exit 6
        this token may pay $200.00 a day: $112.60 is left today, and this comes to $120.00
        hint: pay at most $112.60 with it, go on tomorrow, or sign in with your password: citytime login
        ");
        cron.run(&format!("bills pay {tax} --amount 112.60 --dry-run")).await.ok();
        cron.run(&format!("bills pay {tax} --amount 112.60 -y")).await.ok();
        let full = cron.run(&format!("bills pay {tax} --amount 0.01 -y -o json")).await;
        assert_snapshot!(full.told(), @r"
        spending_limit, exit 6
        this token may pay $200.00 a day, and has: nothing is left today
        hint: go on tomorrow, or sign in with your password: citytime login
        ");
        assert_eq!((full.error()["status"].as_i64(), full.error()["subject"].as_str()), (Some(409), Some(id.to_string().as_str())));
        let listed = rosa.run("account tokens list -o json").await.ok().json();
        let listed = listed.as_array().unwrap().iter().find(|token| token["id"] == id.to_string()).unwrap().clone();
        assert_eq!(json!([listed["max_per_day"], listed["spent_today"], listed["currency"]]), json!([20_000, 20_000, "USD"]));
        // Another of hers, and she herself, are not held to it.
        let (other, _) = script(&portal, &rosa, "--scope bills:read,bills:pay").await;
        other.run(&format!("bills pay {tax} --amount 300 -y")).await.ok();
        rosa.run(&format!("bills pay {tax} --amount 1 -y")).await.ok();
        // Midnight in the city, six hours behind the clock's UTC.
        portal.nadia().await.run("staff clock advance 2026-11-24T05:59:59Z").await.ok();
        assert_eq!(cron.run(&format!("bills pay {tax} --amount 1 -y -o json")).await.error()["code"], "spending_limit");
        portal.nadia().await.run("staff clock advance 2026-11-24T06:00:00Z").await.ok();
        cron.run(&format!("bills pay {tax} --amount 150 -y")).await.ok();
        assert_eq!(counted(&portal, id).await.0, 15_000);
    }

    async fn what_fails_gives_the_room_back(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill_of(&rosa, "tax").await;
        let method = async |token| rosa.run(["wallet", "add", "--token", token, "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        let (declines, returns) = (method("pm_card_chargeCustomerFail").await, method("pm_usBankAccount_insufficientFunds").await);
        let (cron, id) = script(&portal, &rosa, "--scope bills:read,bills:pay --max-per-day 200").await;
        let refused = cron.run(&format!("bills pay {tax} --amount 200 --method {declines} -y -o json")).await;
        assert_eq!(refused.error()["code"], "declined");
        assert_eq!(counted(&portal, id).await.0, 0);
        // A repetition of a payment is that payment: it counts once.
        for _ in 0..2 {
            cron.run(&format!("bills pay {tax} --amount 150 --idempotency-key rent -y")).await.ok();
        }
        assert_eq!(counted(&portal, id).await, (15_000, Some("2026-11-23".to_owned()), Some("2026-11-23".to_owned())));
        // What is on its way counts; what comes back on another day leaves that day alone.
        cron.run(&format!("bills pay {tax} --amount 50 --method {returns} -y")).await.ok();
        assert_eq!(counted(&portal, id).await.0, 20_000);
        portal.sleep_for_days(3);
        cron.run(&format!("bills pay {tax} --amount 60 -y")).await.ok();
        portal.nadia().await.run("staff clock advance 1d").await.ok();
        assert_eq!(rosa.run("history payments -o json").await.ok().json().as_array().unwrap().iter().filter(|entry| entry["status"] == "returned").count(), 1);
        assert_eq!(counted(&portal, id).await, (6_000, Some("2026-11-26".to_owned()), Some("2026-11-26".to_owned())));
    }

    async fn limits_that_cannot_be(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account tokens create --scope bills:pay --max-per-day 0 --label x -o json").await.told(), @r"
        usage, exit 2
        --max-per-day: an amount is above zero
        hint: write it as in --max-per-day 12.50
        ");
        assert_snapshot!(rosa.run("account tokens create --scope bills:read --max-per-day 20 --label x -o json").await.told(), @r"
        invalid, exit 6
        only a token with the scope bills:pay pays anything
        hint: none
        /max_per_day: only a token with the scope bills:pay pays anything
        ");
        assert_snapshot!(rosa.run("account tokens create --scope bills:pay --max-per-day much --label x -o json").await.told(), @r"
        usage, exit 2
        --max-per-day: `much` is no amount: write it with a point, as in 12.50
        hint: write it as in --max-per-day 12.50
        ");
        assert_snapshot!(rosa.run("account tokens create --scope bills:pay --max-per-day 1.005 --label x -o json").await.told(), @r"
        usage, exit 2
        --max-per-day: `1.005` is no amount: USD has 2 decimals
        hint: write it as in --max-per-day 12.50
        ");
    }

    async fn a_token_that_expired(portal: Portal) {
        let rosa = portal.rosa().await;
        let (cron, _) = script(&portal, &rosa, "--scope bills:read,bills:pay --expires 1d").await;
        cron.run("bills list").await.ok();
        portal.sleep_for_days(1);
        assert_snapshot!(cron.run("bills pay --all -y -o json").await.told(), @r"
        expired, exit 4
        the token ended at 2026-11-24T06:00:00Z
        hint: make another: citytime account tokens create --scope bills:read,bills:pay --label NAME --expires 90d
        ");
        assert_eq!(cron.run("whoami").await.exit, 4);
    }

    async fn a_days_use_is_written_once(portal: Portal) {
        let rosa = portal.rosa().await;
        let (cron, id) = script(&portal, &rosa, "--scope bills:read").await;
        assert_eq!(counted(&portal, id).await.2, None);
        cron.run("bills list").await.ok();
        assert_eq!(counted(&portal, id).await.2.as_deref(), Some("2026-11-23"));
        // Were it written at each use, this day would be gone.
        let set = portal.store().write(id, |tx, id| Box::pin(async move { tx.execute(&USED, &citytime::params![id, "2026-11-24"]).await }));
        assert_eq!(set.await.unwrap_or_else(|error: StoreError| panic!("{error}")), 1);
        cron.run("bills list").await.ok();
        assert_eq!(counted(&portal, id).await.2.as_deref(), Some("2026-11-24"));
        portal.sleep_for_days(2);
        cron.run("bills list").await.ok();
        assert_eq!(counted(&portal, id).await.2.as_deref(), Some("2026-11-25"));
    }
}

on_both_databases! {
    threads: 4,
    async fn fifty_payments_at_once_stay_within_the_limit(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill_of(&rosa, "tax").await;
        let twin = portal.twin().await;
        let made = rosa.proven("account tokens create --label cron --scope bills:read,bills:pay --max-per-day 200 -o json").await.ok().json();
        let id: TokenId = made["id"].as_str().unwrap().parse().unwrap();
        let token = made["token"].as_str().unwrap();
        let callers = [Api::anonymous(&portal).with_token(token), Api::anonymous(&twin).at(&twin).with_token(token)];
        let pays = (0..50_usize).map(|number| {
            let (caller, key) = (&callers[number % 2], format!("rent-{number}"));
            let body = json!({"bills": [tax], "amount": 900});
            async move { caller.ask("post", "/v1/payments", Some(body), Some(&key)).await }
        });
        let answers = join_all(pays).await;
        let paid = answers.iter().filter(|answer| answer.status == 200).count();
        let told: Vec<_> = answers.iter().filter(|answer| answer.status != 200).map(|answer| (answer.status, answer.body["code"].clone())).collect();
        assert_eq!(paid, 22, "22 times 9.00 is within 200.00, 23 times is not: {told:?}");
        assert!(told.iter().all(|told| *told == (409, json!("spending_limit"))), "{told:?}");
        assert_eq!(counted(&portal, id).await.0, 19_800);
        assert_eq!(rosa.run(["bills", "show", &tax, "--jq", ".paid"]).await.ok().stdout.trim(), "19800");
    }
}
