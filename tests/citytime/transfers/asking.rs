//! `bills pay --bank`: who, where, how much, under which reference; the same question has the same answer.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::statement::{ACCOUNT, comes, table};
use crate::bills::bill_of;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn what_to_send_is_told(portal: Portal) {
        let rosa = portal.rosa().await;
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let made = rosa.run(["bills", "pay", &fine, "--bank", "-o", "json"]).await.ok().json();
        let reference = made["reference"].as_str().unwrap();
        assert!(reference.starts_with("RF") && reference.len() == 12 && reference[4..] == made["id"].as_str().unwrap()[4..], "{made}");
        assert_eq!(
            json!([made["status"], made["holder"], made["iban"], made["routing_number"], made["account_number"], made["amount"], made["received"], made["bills"]]),
            json!(["open", "City of Riverton", null, "123456780", "004821900171", 4500, 0, [fine]])
        );
        // People read the reference in groups of four, beside what to do.
        let id = made["id"].as_str().unwrap();
        let grouped = format!("{} {} {}", &reference[..4], &reference[4..8], &reference[8..]);
        let (exit, screen) = rosa.command(["bills", "transfer", id]).at_terminal(120, 20).finish().await;
        assert!(exit == 0 && screen.contains(&grouped) && screen.contains("$45.00"), "{screen}");
        let told = rosa.run(["bills", "pay", &fine, "--bank", "-o", "table"]).await.ok();
        assert_eq!(told.stderr, format!(
            "Send $45.00 from your own bank to City of Riverton:\n  routing    123456780\n  account    004821900171\n  bank       Millrace Bank\n  \
             reference  {grouped}\nWrite the reference beside it: by that it is known as yours. The bills stay open until it has arrived.\n\
             See what has arrived: `citytime bills transfer {id}`\n"
        ));
        assert!(told.stdout.contains(&grouped), "{}", told.stdout);
        // Nothing is set aside: the bill can be paid another way.
        let bill = rosa.run(["bills", "show", &fine, "-o", "json"]).await.ok().json();
        assert_eq!(json!([bill["pending"], bill["status"]]), json!([0, "open"]));
        let part = rosa.run(["bills", "pay", &tax, &fine, "--bank", "--amount", "1200", "-o", "json"]).await.ok().json();
        assert_eq!(json!([part["amount"], part["bills"]]), json!([120_000, [tax, fine]]));
        let quote = rosa.run(["bills", "pay", &tax, "--bank", "--dry-run", "-o", "json"]).await.ok().json();
        assert_eq!(json!([quote["total"], quote["fee"], quote["method"]]), json!([118_250, 0, null]));
        let known = rosa.run(["city", "show", "-o", "json"]).await.ok().json();
        assert_eq!(known["payment_kinds"], json!(["card", "bank_account", "bank_transfer"]));
    }

    /// Whoever closed the terminal finds again what is to be sent.
    async fn what_is_still_to_arrive_is_listed(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let listed = async |flags: &str| rosa.run(&format!("bills transfer {flags} -o ids")).await.ok().stdout;
        let none = listed("--all").await;
        let asked = async |bill: &str| rosa.run(["bills", "pay", bill, "--bank", "--jq", ".id"]).await.ok().stdout;
        let (first, second) = (asked(&fine).await, asked(&tax).await);
        let both: std::collections::BTreeSet<_> = [first.trim(), second.trim()].map(str::to_owned).into();
        let open = listed("").await;
        assert_eq!(open.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>(), both, "and none of before: {none}");
        assert_eq!(listed("--limit 1").await.lines().count(), 1);
        let items = rosa.run("bills transfer -o json").await.ok().json();
        let item = items.as_array().unwrap().iter().find(|item| item["id"] == first.trim()).unwrap().clone();
        assert_eq!(item, rosa.run(["bills", "transfer", first.trim(), "-o", "json"]).await.ok().json());
        assert!(!tomas.run("bills transfer -o ids").await.ok().stdout.contains(first.trim()));
        // A look at a statement parks nothing, and says so.
        let nadia = portal.nadia().await;
        nadia.write("statement.csv", &table(ACCOUNT, &[comes(700, "", "O-2")]));
        let looked = nadia.run("staff payments reconcile statement.csv --dry-run").await.ok().stderr;
        assert!(looked.contains("$7.00 of them would find no bill, and be parked") && !looked.contains("payments parked"), "{looked}");
        // What has arrived is among all, and not among what is awaited.
        let paid = table(ACCOUNT, &[comes(4500, item["reference"].as_str().unwrap(), "O-1")]);
        Api::signed_in(&portal, "nadia").await.send("/v1/staff/bank-statements", paid).await.ok();
        assert_eq!(listed("").await, second);
        assert_eq!(listed("--all").await.lines().count(), open.lines().count() + none.lines().count());
    }

    async fn the_same_is_asked_for_once(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        let ask = async |more: &str| -> Value { rosa.run(&format!("bills pay {fine} --bank {more} -o json")).await.ok().json()["id"].clone() };
        let first = ask("").await;
        assert_eq!(ask("").await, first, "a second question is no second reference");
        assert_eq!(ask("--idempotency-key bank-1").await, first);
        assert_eq!(ask("--idempotency-key bank-1").await, first);
        assert_ne!(ask("--amount 40").await, first);
        let other = rosa.run(&format!("bills pay {fine} --bank --amount 40 --idempotency-key bank-1 -o json")).await;
        assert_eq!(other.error()["code"], "key_reused");
        // A key tells the same transfer also where nothing could be asked for any more.
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        assert_eq!(ask("--idempotency-key bank-1").await, first);
        let nothing = rosa.run(["bills", "pay", &fine, "--bank", "-o", "json"]).await;
        assert_eq!((nothing.exit, &nothing.error()["code"]), (6, &json!("nothing_due")));
        // Asked for twice at once it is one.
        let tax = bill_of(&rosa, "tax").await;
        let line = ["bills", "pay", tax.as_str(), "--bank", "--jq", ".id"];
        let (one, other) = tokio::join!(rosa.run(line), rosa.run(line));
        assert_eq!(one.ok().stdout, other.ok().stdout);
    }

    async fn what_cannot_be_asked_for(portal: Portal) {
        let rosa = portal.rosa().await;
        let license = bill_of(&rosa, "license").await;
        assert_snapshot!(rosa.run(["bills", "pay", &license, "--bank", "--amount", "5", "-o", "json"]).await.told(), @r"
        conflict, exit 6
        BIL-00000001 must be paid in full: $185.00, not $5.00
        hint: leave --amount out
        ");
        assert_eq!(rosa.run(["bills", "pay", &license, "--bank", "--method", "WAL-00000000", "-o", "json"]).await.exit, 2);
        assert_eq!(rosa.run("bills pay --all --bank --wait -o json").await.exit, 2);
        let unknown = rosa.run("bills transfer TRF-00000000 -o json").await;
        assert_eq!((unknown.exit, &unknown.error()["code"]), (3, &json!("not_found")));
        // A city without an account says so.
        let other = portal.declaring(|city| city.bank = None).await;
        let rosa = other.shell().with("CITYTIME_TOKEN", portal.token("rosa").await);
        assert_snapshot!(rosa.run(["bills", "pay", &license, "--bank", "-o", "json"]).await.told(), @r"
        no_method, exit 6
        this city takes no bank transfers
        hint: pay with a saved method: citytime wallet list
        ");
        let known = rosa.run(["city", "show", "-o", "json"]).await.ok().json();
        assert_eq!(known["payment_kinds"], json!(["card", "bank_account"]));
    }
}
