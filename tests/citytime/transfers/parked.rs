//! Parked money: seen, put to bills, sent back.

use serde_json::{Value, json};

use super::statement::{ACCOUNT, comes, table};
use super::{account, asked, clerk, reconciled, right, stands};
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    /// Nobody decides on money of their own, also not by sending a statement.
    async fn what_a_clerk_sends_for_their_own_bills_is_held(portal: Portal) {
        let nadia = portal.nadia().await;
        let line = "number,category,title,starts_at,ends_at,venue,capacity,fee,opens_at,closes_at,description\n\
                    O-1,activity,Rowing,2026-12-06 10:00,2026-12-06 12:00,Ferry Road,3,25.00,,,\n";
        let program = nadia.command("staff programs publish - -o ids --columns id").stdin(line).run().await.ok().stdout;
        let bill = nadia.run(["programs", "register", program.trim(), "--for", "Nadia", "--jq", ".bill"]).await.ok().stdout;
        let reference = nadia.run(["bills", "pay", bill.trim(), "--bank", "--jq", ".reference"]).await.ok().stdout;
        let lines = reconciled(&nadia, &table(ACCOUNT, &[comes(2_500, reference.trim(), "A-1")])).await;
        assert_eq!(json!([lines[0]["outcome"], lines[0]["parked"], lines[0]["payment"]]), json!(["parked", 2_500, null]));
        assert_eq!(stands(&nadia, bill.trim()).await, json!([0, 0, "open"]));
        let entry = lines[0]["entry"].as_str().unwrap();
        let refused = nadia.run(&format!("staff payments apply {entry} {} -o json", bill.trim())).await.error();
        assert_eq!(refused["code"], "forbidden", "{refused}");
        right(&nadia).await;
    }

    async fn parked_money_goes_to_bills(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let reference = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        // Twice, and once by somebody unknown.
        let lines = [comes(4_500, reference, "A-1"), comes(4_500, reference, "A-2"), comes(7_500, "", "A-3")];
        let lines = reconciled(&nadia, &table(ACCOUNT, &lines)).await;
        let [twice, unknown] = [1, 2].map(|place| lines[place]["entry"].as_str().unwrap().to_owned());
        let parked = clerk(&nadia, "staff payments parked").await;
        let told = |entry: &Value| json!([entry["id"], entry["outcome"], entry["left"], entry["payer"], entry["name"]]);
        assert_eq!(parked.as_array().unwrap().iter().map(told).collect::<Vec<_>>(), [
            json!([twice, "duplicate", 4_500, "Rosa Marín", "Rosa"]),
            json!([unknown, "unknown_reference", 7_500, null, "Rosa"]),
        ]);
        let some = clerk(&nadia, "staff payments parked --outcome duplicate").await;
        assert_eq!(some.as_array().unwrap().len(), 1);
        // Part of it, under a key, once.
        let apply = format!("staff payments apply {twice} {tax} --amount 20 --idempotency-key apply-1");
        let made = clerk(&nadia, &apply).await;
        assert_eq!(json!([made["amount"], made["status"], made["method_kind"], made["allocations"]]), json!([2_000, "succeeded", "bank_transfer", [{"bill": tax, "amount": 2_000}]]));
        assert_eq!(clerk(&nadia, &apply).await["id"], made["id"]);
        assert_eq!(stands(&rosa, &tax).await, json!([2_000, 0, "open"]));
        assert_eq!(account(&nadia, "unapplied").await, -(2_500 + 7_500));
        rosa.run(["bills", "receipt", made["id"].as_str().unwrap()]).await.ok();
        // More than is held, more than is payable, nothing payable.
        for (line, code) in [
            (format!("staff payments apply {twice} {tax} --amount 25.01"), "amount_too_large"),
            (format!("staff payments apply {twice} {fine}"), "nothing_due"),
            (format!("staff payments apply {twice} BIL-00000000"), "not_found"),
            (format!("staff payments apply BNK-00000000 {tax}"), "not_found"),
            (format!("staff payments apply {twice} {tax} --who tomas"), "conflict"),
            (format!("staff payments apply {unknown} {tax} --who nobody"), "invalid"),
        ] {
            assert_eq!(nadia.run(&format!("{line} -o json")).await.error()["code"], code, "{line}");
        }
        clerk(&nadia, &format!("staff payments apply {twice} {tax}")).await;
        let spent = nadia.run(&format!("staff payments apply {twice} {tax} -o json")).await;
        assert_eq!(spent.error()["code"], "conflict");
        // Whose it is becomes known; a clerk may settle part of any bill.
        let license = bill_of(&rosa, "license").await;
        clerk(&nadia, &format!("staff payments apply {unknown} {license} --who rosa --amount 50")).await;
        assert_eq!(stands(&rosa, &license).await, json!([5_000, 0, "open"]));
        assert_eq!(clerk(&nadia, "staff payments parked").await[0]["payer"], "Rosa Marín");
        right(&nadia).await;
        // What was put to a bill is given back from the bank, as what came at once.
        let bank = account(&nadia, "bank").await;
        clerk(&nadia, &format!("staff payments refund -y {} --reason billing_error", made["id"].as_str().unwrap())).await;
        assert_eq!(account(&nadia, "bank").await, bank - 2_000);
        right(&nadia).await;
        // The bookkeeping adds up to what the bank has.
        let lines = clerk(&nadia, "staff payments export --from today").await;
        let sum: i64 = lines.as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).sum();
        assert_eq!(sum, account(&nadia, "bank").await, "{lines}");
    }

    async fn parked_money_is_sent_back(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let reference = &asked(&portal, std::slice::from_ref(&fine)).await[0];
        let lines = reconciled(&nadia, &table(ACCOUNT, &[comes(5_000, reference, "A-1")])).await;
        let entry = lines[0]["entry"].as_str().unwrap();
        let empty = nadia.run(&format!("staff payments give-back -y {entry} --reason ' ' -o json")).await;
        assert_eq!(empty.error()["code"], "invalid");
        let back = format!("staff payments give-back -y {entry} --reason 'Nothing is owed' --idempotency-key back-1");
        let told = nadia.run(&back).await.ok();
        assert!(told.stderr.starts_with("Send $5.00 back from the city's bank"), "{}", told.stderr);
        let made = clerk(&nadia, &back).await;
        assert_eq!(json!([made["parked"], made["given_back"], made["left"]]), json!([500, 500, 0]));
        assert_eq!((account(&nadia, "unapplied").await, account(&nadia, "bank").await), (0, 4_500));
        let twice = nadia.run(&format!("staff payments give-back -y {entry} --reason again -o json")).await;
        assert_eq!(twice.error()["code"], "conflict");
        let notices = rosa.run("notifications list -o json").await.ok().json();
        assert!(notices.as_array().unwrap().iter().any(|notice| notice["subject"] == "Money sent back: $5.00"), "{notices}");
        let journal = clerk(&nadia, "staff ledger entries --since today").await;
        let named: Vec<_> = journal.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect();
        assert!(named.contains(&format!("{entry}.park")) && named.contains(&format!("{entry}.give_back")), "{named:?}");
        // The same statement is told as it was.
        nadia.write("statement.csv", &table(ACCOUNT, &[comes(5_000, reference, "A-1")]));
        assert_eq!(clerk(&nadia, "staff payments reconcile statement.csv").await, lines);
        right(&nadia).await;
    }
}
