//! History: everything that was done, newest first, however much it is.

#![expect(clippy::disallowed_methods, reason = "a past is made at the database")]

use citytime::api::time::Timestamp;
use citytime::params;
use citytime::portal::store::StoreError;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

/// More than two pages of the portal's stream.
const MANY: i64 = 4_500;

mod queries {
    citytime::queries! {
        /// An entry of rosa's.
        pub ENTER = "INSERT INTO history (account, at, number, kind, id, title, status, amount) \
                     SELECT id, $1, $2, 'account', 'TOK-00000000', $3, 'active', NULL FROM accounts WHERE username = 'rosa'";
    }
}

async fn enter_many(portal: &Portal) {
    let now = portal.now().as_millisecond();
    let write = portal.store().write(now, |tx, now| {
        Box::pin(async move {
            for number in 0..MANY {
                // Several at the same instant.
                let title = format!("Entry {number}");
                tx.execute(&queries::ENTER, &params![now + number / 7, number, title]).await?;
            }
            Ok::<(), StoreError>(())
        })
    });
    write.await.unwrap();
}

on_both_databases! {
    async fn history_is_filtered_by_kind_and_time(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("history --limit 4 --columns at,kind,title,status,amount").await, @r"
        exit: 0
        ----- stdout
        at	kind	title	status	amount
        2026-11-23T10:00:00Z	program	Pottery workshop, winter term	held	96.00
        2026-11-22T12:00:00Z	program	Swimming for beginners	waitlisted	90.00
        2026-11-21T13:00:00Z	request	Pothole, 3 Lock Street, Riverton	open	
        2026-11-21T11:00:00Z	account	Support: Reference for a bank transfer	answered	
        ----- stderr
        ");
        assert_snapshot!(rosa.run("history payments --since 2026-09-01 --until 2026-09-30 -o csv --columns at,title,amount").await, @r#"
        exit: 0
        ----- stdout
        at,title,amount
        2026-09-20T18:00:00Z,"Water, sewer and refuse, 2026-09",73.17
        2026-09-15T15:00:00Z,Permit fee: Sidewalk display permit,40.00
        ----- stderr
        "#);
        let year = rosa.run("history --year 2025 -o json").await.ok().json();
        assert!(year.as_array().unwrap().iter().all(|entry| entry["at"].as_str().unwrap() < "2026-01-01T06"));
        assert_eq!(rosa.run("history permits --until 2026-01-01 -o json").await.ok().json(), json!([]));
        let ivans = ivan(&portal).await.run("history --jq 'map(.title) | sort | join(\", \")'").await.ok();
        assert_eq!(ivans.stdout, "Account created, E-mail address confirmed\n");
        assert_snapshot!(rosa.run("history bills -o json").await.told(), @r"
        usage, exit 2
        invalid value 'bills' for '[KIND]': `bill` is no kind of history entry; one of payment, request, permit, program, account is
        hint: see `citytime history --help`
        ");
        assert_snapshot!(rosa.run("history --since soon -o json").await.told(), @r"
        usage, exit 2
        invalid value 'soon' for '--since <DATE>': `soon` is no date; try 2026-11-22, today, 7d or 2026-11-22T09:00:00Z
        hint: see `citytime history --help`
        ");
        assert_snapshot!(rosa.run("history --limit 0 -o json").await.exit, @"2");
        assert_snapshot!(rosa.run("history --since 2026-12-01 --until 2026-11-01 -o json").await.told(), @r"
        invalid, exit 6
        it ends before it begins
        hint: give an earlier since, or a later until
        /until: it ends before it begins
        ");
    }

    async fn a_long_history_streams_whole_and_in_order(portal: Portal) {
        let rosa = portal.rosa().await;
        let before = rosa.run("history -o jsonl").await.ok().stdout.lines().count();
        enter_many(&portal).await;
        let lines = rosa.run("history -o jsonl").await.ok().json_lines();
        assert_eq!(lines.len(), before + usize::try_from(MANY).unwrap());
        let titles = lines.iter().map(|entry| entry["title"].as_str().unwrap().to_owned());
        let expected = (0..MANY).rev().map(|number| format!("Entry {number}"));
        assert!(titles.zip(expected).all(|(found, expected)| found == expected));
        let at = |entry: &Value| entry["at"].as_str().unwrap().parse::<Timestamp>().unwrap();
        assert!(lines.is_sorted_by(|one, other| at(one) >= at(other)));
        let document = rosa.run("history -o json").await.ok().json();
        assert_eq!(document.as_array().unwrap(), &lines);
        for limit in [1, 500, 1_999, 2_000, 2_001, 4_001] {
            let cut = rosa.run(&format!("history -o jsonl --limit {limit}")).await.ok().json_lines();
            assert_eq!(cut, lines[..limit], "{limit}");
        }
        assert_eq!(rosa.run("history -o csv --no-header").await.ok().stdout.lines().count(), lines.len());
    }

    async fn a_page_goes_on_where_the_last_ended(portal: Portal) {
        use crate::support::api::Api;
        enter_many(&portal).await;
        let api = Api::signed_in(&portal, "rosa").await;
        let (mut after, mut seen) = (String::new(), 0);
        loop {
            let page = api.get(&format!("/v1/history?kind=account&limit=400{after}")).await.ok();
            seen += page["items"].as_array().unwrap().len();
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        let every = portal.rosa().await.run("history account --jq length").await.ok();
        assert_eq!(every.stdout.trim(), seen.to_string());
        for wrong in ["after=x", "limit=0", "limit=501", "limit=-1", "kind=bills", "since=soon"] {
            let refused = api.get(&format!("/v1/history?{wrong}")).await;
            assert_eq!((refused.status, &refused.body["code"]), (422, &json!("invalid")), "{wrong}: {}", refused.body);
            assert_eq!(refused.body["errors"][0]["pointer"], format!("/{}", wrong.split('=').next().unwrap()), "{}", refused.body);
        }
    }
}
