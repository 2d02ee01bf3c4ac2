//! `citytime api`: any request, under the rules of every other command.

use serde_json::{Value, json};

use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::portal::Portal;

/// Asserts that a command failed with this status, told as one object.
#[track_caller]
fn refused(output: &Output, exit: i32) {
    assert_eq!(output.exit, exit, "{output}");
    output.error();
}

on_both_databases! {
    async fn any_request_is_answered_as_it_is(portal: Portal) {
        let rosa = portal.rosa().await;
        let shown = rosa.run("account show -o json").await.ok().json();
        let raw = rosa.run("api GET /v1/account").await.ok();
        assert_eq!((raw.json(), raw.stderr.as_str()), (shown, ""));
        let page = rosa.run("api get /v1/bills?limit=2 -f status=all").await.ok().json();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
        assert!(page["next"].is_string());
        assert_eq!(rosa.run("api GET /v1/bills -f limit:=1 --jq '.items | length'").await.ok().stdout, "1\n");
        let named = rosa.run("api PATCH /v1/account -f name='Rosa M.'").await.ok().json();
        assert_eq!(named["name"], "Rosa M.");
        let typed = rosa.command("api PATCH /v1/account --input -").stdin("{\"name\": \"Rosa\"}").run().await.ok().json();
        assert_eq!(typed["name"], "Rosa");
        // The usual format gives way; one that was asked for does not.
        assert!(rosa.command("api GET /v1/account").with("CITYTIME_OUTPUT", "csv").run().await.ok().json().is_object());
        assert_eq!(rosa.run("api GET /v1/account -o csv").await.exit, 2);
        let services = rosa.run("api GET /open311/v2/services.xml").await.ok().stdout;
        assert!(services.starts_with("<?xml"), "{services}");
    }

    async fn a_list_is_followed_to_its_end(portal: Portal) {
        let rosa = portal.rosa().await;
        let all = rosa.run("history -o json").await.ok().json();
        let followed = rosa.run("api GET /v1/history?limit=7 --paginate").await.ok().json();
        assert_eq!(followed, all);
        let lines: Vec<Value> = rosa.run("api GET /v1/history -f limit=7 --paginate -o jsonl").await.ok().json_lines();
        assert_eq!(json!(lines), all);
        assert_eq!(rosa.run("api GET /v1/history -f limit=7 --paginate --jq length").await.ok().stdout, format!("{}\n", lines.len()));
        assert_eq!(rosa.run("api GET /v1/bills --paginate -f due_before=1999-01-01").await.ok().stdout, "[]\n");
        let no_list = rosa.run("api GET /v1/account --paginate -o json").await;
        refused(&no_list, 2);
        assert_eq!(no_list.error()["code"], "usage");
        refused(&rosa.run("api DELETE /v1/wallet/PM-1 --paginate -o json").await, 2);
    }

    async fn a_refusal_is_the_portals(portal: Portal) {
        let rosa = portal.rosa().await;
        refused(&rosa.run("api GET /v1/bills/BIL-00000000").await, 3);
        refused(&portal.shell().run("api GET /v1/bills").await, 4);
        refused(&rosa.run("api PATCH /v1/account -f nam=Rosa").await, 6);
        refused(&rosa.run("api GET /nowhere").await, 3);
    }

    async fn a_change_carries_a_key(portal: Portal) {
        let rosa = portal.rosa().await;
        let bill = crate::bills::bill_of(&rosa, "fine").await;
        let quoted = rosa.run(["api", "POST", "/v1/payments/quote", "-f", &format!("bills:=[{{\"id\":\"{bill}\"}}]")]).await;
        let made = rosa.run("api POST /v1/permits -f type=block-party -vv").await;
        assert!(made.stderr.contains("> Idempotency-Key: "), "{made}\n{quoted}");
        assert!(!made.stderr.contains("cts_") && !made.stderr.contains("ctp_"), "{made}");
        let named = rosa.run("api PATCH /v1/account -f name=Rosa --idempotency-key today -vv").await.ok();
        assert!(named.stderr.contains("> Idempotency-Key: today"), "{named}");
        let read = rosa.run("api GET /v1/account -vv").await.ok();
        assert!(!read.stderr.contains("Idempotency-Key"), "{read}");
        let headed = rosa.run("api GET /v1/account --include").await.ok();
        assert!(headed.stderr.starts_with("HTTP/1.1 200 OK\n") && headed.stderr.contains("content-type: application/json"), "{headed}");
        headed.json();
    }
}

#[tokio::test]
async fn no_other_host_is_asked() {
    // Nothing listens there: asking would be exit 7.
    let shell = Shell::new().with("CITYTIME_CITY", "http://127.0.0.1:1");
    for path in ["http://127.0.0.1:2/v1/bills", "v1/bills", "@127.0.0.1:2/", "''"] {
        let refused = shell.run(&format!("api GET {path} --retries 0")).await;
        assert_eq!(refused.exit, 2, "{refused}");
    }
    for path in ["//127.0.0.1:2/", "/@127.0.0.1:2/", "/\\127.0.0.1:2/"] {
        let away = shell.run(["api", "GET", path, "--retries", "0"]).await;
        assert!(away.exit == 7 && away.stderr.contains("127.0.0.1:1"), "{away}");
    }
    let within = Shell::new().with("CITYTIME_CITY", "http://127.0.0.1:1/portal");
    assert_eq!(within.run("api GET /../v1/bills").await.exit, 2);
    let mistyped = shell.command("api POST /v1/payments --input -").stdin("{").run().await;
    assert_eq!(mistyped.exit, 2, "{mistyped}");
    for line in ["api PUT /v1/account", "api GET /v1/a --input -", "api GET /v1/a -f a", "api POST /v1/a -f a:=x"] {
        assert_eq!(shell.run(line).await.exit, 2, "{line}");
    }
}
