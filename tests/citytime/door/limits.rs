//! Guesses are slowed down, the owner never is; every way to sign in costs one verification, and answers alike.

#![expect(clippy::disallowed_methods, reason = "an account is put to rest behind the portal's back")]

use citytime::portal::store::StoreError;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::api::{Answer, Api};
use crate::support::both::on_both_databases;
use crate::support::portal::{PASSWORD, Portal};

citytime::queries! {
    /// Puts an account to rest.
    DEACTIVATE = "UPDATE accounts SET status = 'deactivated' WHERE username = $1";
    /// One of the crowd, who has no password.
    SOMEBODY = "SELECT MIN(username) FROM accounts WHERE username LIKE '%.%'";
    /// How many tallies of guesses are kept.
    TALLIES = "SELECT COUNT(*) FROM guesses";
}

/// Signs in, from a network.
async fn sign_in(portal: &Portal, source: &str, username: &str, password: &str) -> Answer {
    let body = json!({"username": username, "password": password});
    Api::anonymous(portal).from(source).ask("POST", "/v1/sessions", Some(body), None).await
}

/// The code of a refusal, and how long to wait.
fn refusal(answer: &Answer) -> (&str, Option<i64>) {
    (answer.body["code"].as_str().unwrap_or_default(), answer.body["retry_after"].as_i64())
}

on_both_databases! {
    async fn every_way_in_costs_one_verification(portal: Portal) {
        let (somebody,): (String,) = portal.store()
            .read((), |tx, ()| Box::pin(async move { tx.one(&SOMEBODY, &[]).await }))
            .await.map_err(|error: StoreError| error).unwrap();
        portal.store()
            .write((), |tx, ()| Box::pin(async move { tx.execute(&DEACTIVATE, &citytime::params!["tomas"]).await }))
            .await.map_err(|error: StoreError| error).unwrap();
        let begun = portal.verified();
        let mut refused = Vec::new();
        let long = "x".repeat(5000);
        let ways = [
            ("rosa", PASSWORD, 200),
            (" ROSA ", PASSWORD, 200),
            ("rosa", "wrong", 401),
            ("nobody", "wrong", 401),
            ("nobody", PASSWORD, 401),
            ("tomas", PASSWORD, 401),
            (&somebody, "wrong", 401),
            (&long, "wrong", 401),
            ("nadia", "", 401),
            ("nadia", &"long ".repeat(10_000), 401),
        ];
        for (before, (username, password, status)) in (begun..).zip(ways) {
            let answer = sign_in(&portal, "203.0.113.7", username, password).await;
            assert_eq!(answer.status, status, "{username:.20}: {}", answer.body);
            assert_eq!(portal.verified(), before + 1, "{username:.20} {password:.20}");
            if status != 200 {
                refused.push(answer.without_request());
            }
        }
        assert!(refused.iter().all(|answer| *answer == refused[0]), "{refused:#?}");
        assert_snapshot!(refused[0], @r#"
        401
        cache-control: no-store
        citytime-zone: America/Chicago
        content-length: [LENGTH]
        content-type: application/problem+json
        {"type":"about:blank","title":"Wrong name or password","status":401,"code":"bad_credentials","detail":"the name or the password is wrong","hint":"try again, or make an account: citytime account create; one that was deactivated comes back: citytime account reactivate"}
        "#);
    }

    async fn whoever_guesses_waits_and_is_told_how_long(portal: Portal) {
        let waits = async |username: &'static str| {
            let mut told = Vec::new();
            for _ in 0..5 {
                assert_eq!(sign_in(&portal, "203.0.113.7", username, "wrong").await.status, 401);
            }
            let checked = portal.verified();
            for wait in [1, 2, 4, 8, 16, 32, 64] {
                let refused = sign_in(&portal, "203.0.113.7", username, "wrong").await;
                assert_eq!((refused.status, refusal(&refused)), (429, ("rate_limited", Some(wait))), "{username}");
                assert_eq!(refused.header("retry-after"), Some(wait.to_string().as_str()));
                told.push(refused.without_request());
                portal.sleep_for_seconds(wait - 1);
                assert_eq!(sign_in(&portal, "203.0.113.7", username, "wrong").await.status, 429, "not a second earlier");
                portal.sleep_for_seconds(1);
                assert_eq!(sign_in(&portal, "203.0.113.7", username, "wrong").await.status, 401);
            }
            assert_eq!(portal.verified(), checked + 7, "who must wait costs nothing");
            told
        };
        // Names that nobody has are guarded in the same words.
        let (known, unknown) = (waits("rosa").await, waits("nobody").await);
        assert_eq!(known, unknown);
        // The owner is let in from elsewhere, and not from where the guesses come from.
        assert_eq!(sign_in(&portal, "203.0.113.7", "rosa", PASSWORD).await.status, 429);
        assert_eq!(sign_in(&portal, "203.0.113.8", "rosa", PASSWORD).await.status, 200);
        assert_eq!(sign_in(&portal, "2001:db8::1", "rosa", PASSWORD).await.status, 200);
        portal.sleep_for_seconds(128);
        assert_eq!(sign_in(&portal, "203.0.113.7", "rosa", PASSWORD).await.status, 200);
        // Being right ends it: a few guesses are free again.
        for _ in 0..5 {
            assert_eq!(sign_in(&portal, "203.0.113.7", "rosa", "wrong").await.status, 401);
        }
    }

    async fn a_household_of_ipv6_counts_as_one(portal: Portal) {
        for host in 1..=5 {
            assert_eq!(sign_in(&portal, &format!("2001:db8:7:7::{host}"), "rosa", "wrong").await.status, 401);
        }
        assert_eq!(sign_in(&portal, "2001:db8:7:7:ffff::9", "rosa", PASSWORD).await.status, 429);
        assert_eq!(sign_in(&portal, "2001:db8:7:8::1", "rosa", PASSWORD).await.status, 200);
    }

    async fn strangers_from_everywhere_do_not_keep_the_owner_out(portal: Portal) {
        // The owner was at home once.
        assert_eq!(sign_in(&portal, "198.51.100.7", "rosa", PASSWORD).await.status, 200);
        for failures in 0..100 {
            let source = format!("10.9.0.{}", failures + 1);
            let mut answer = sign_in(&portal, &source, "rosa", "wrong").await;
            if let ("rate_limited", Some(wait)) = refusal(&answer) {
                assert!(failures >= 50 && wait <= 512, "{failures} failures: {wait} s");
                portal.sleep_for_seconds(wait);
                answer = sign_in(&portal, &source, "rosa", "wrong").await;
            }
            assert_eq!(answer.status, 401);
        }
        let stranger = sign_in(&portal, "10.10.0.1", "rosa", PASSWORD).await;
        assert_eq!(refusal(&stranger), ("rate_limited", Some(86_400)), "a hundred failures are the most: {}", stranger.body);
        assert_eq!(stranger.body["detail"], "too many wrong guesses: the next one is taken in 24 h");
        // At home she gets in as ever, and that ends the siege.
        assert_eq!(sign_in(&portal, "198.51.100.7", "rosa", PASSWORD).await.status, 200);
        assert_eq!(sign_in(&portal, "10.10.0.1", "rosa", PASSWORD).await.status, 200);
    }

    async fn a_command_that_must_wait_ends_with_7(portal: Portal) {
        let shell = portal.shell();
        let login = async |password: &'static str| {
            shell.command("login --username rosa --password-stdin -o json").stdin(password).run().await
        };
        for _ in 0..5 {
            assert_eq!(login("wrong").await.exit, 4);
        }
        assert_snapshot!(login("wrong").await.told(), @r"
        rate_limited, exit 7
        too many wrong guesses: the next one is taken in 1 s
        hint: wait that long before you try again; sign-ins you have go on working
        ");
        portal.sleep_for_seconds(1);
        login(PASSWORD).await.ok();
    }

    async fn what_was_tried_long_ago_is_forgotten(portal: Portal) {
        let tallies = async || {
            let read = portal.store().read((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&TALLIES, &[]).await }));
            read.await.map_err(|error: StoreError| error).unwrap().0
        };
        sign_in(&portal, "203.0.113.7", "rosa", "wrong").await;
        sign_in(&portal, "203.0.113.8", "rosa", PASSWORD).await;
        assert_eq!(tallies().await, 5, "each source, each source at rosa's, and everywhere");
        portal.sleep_for_days(31);
        portal.work().await;
        assert_eq!(tallies().await, 1, "only where the owner was");
        portal.sleep_for_days(60);
        portal.work().await;
        assert_eq!(tallies().await, 0);
    }
}
