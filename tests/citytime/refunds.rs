//! Money that goes back: refunds by clerks, returns by a bank, bills withdrawn and credited; and the books after each.

use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::lossy::Lossy;
use crate::support::portal::Portal;

/// Pays a bill with the method of a token; tells the payment's id.
async fn pay_with(shell: &Shell, bill: &str, token: &str) -> String {
    let method = shell.run(["wallet", "add", "--token", token, "--jq", ".id"]).await.ok();
    let pay = ["bills", "pay", bill, "--method", method.stdout.trim(), "-y", "--jq", ".id"];
    shell.run(pay).await.ok().stdout.trim().to_owned()
}

/// Amount, paid, credited, balance and state of a bill.
async fn stands(shell: &Shell, id: &str) -> Value {
    let bill = shell.run(["bills", "show", id, "-o", "json"]).await.ok().json();
    json!([bill["amount"], bill["paid"], bill["credited"], bill["balance"], bill["status"]])
}

/// What a clerk's line says, as JSON.
async fn clerk(nadia: &Shell, line: &str) -> Value {
    nadia.run(&format!("{line} -o json")).await.ok().json()
}

/// Nothing is wrong with the books.
async fn right(nadia: &Shell) {
    let found = clerk(nadia, "staff ledger check").await;
    assert_eq!(found["faults"], json!([]));
    let accounts = clerk(nadia, "staff ledger accounts").await;
    let sum: i64 = accounts.as_array().unwrap().iter().map(|account| account["balance"].as_i64().unwrap()).sum();
    assert_eq!(sum, 0, "{accounts}");
}

async fn told(shell: &Shell, subject: &str) -> usize {
    let notices = shell.run("notifications list -o json").await.ok().json();
    let told = |notice: &&Value| notice["subject"].as_str().unwrap().starts_with(subject);
    notices.as_array().unwrap().iter().filter(told).count()
}

/// What an account of the ledger stands at.
async fn account(nadia: &Shell, name: &str) -> i64 {
    let accounts = clerk(nadia, "staff ledger accounts").await;
    let found = accounts.as_array().unwrap().iter().find(|account| account["account"] == name);
    found.unwrap()["balance"].as_i64().unwrap()
}

on_both_databases! {
    async fn a_refund_reopens_the_bill_and_tells_the_payer(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let payment = pay_with(&rosa, &fine, "pm_card_visa").await;
        let refund = format!("staff payments refund -y {payment} --amount 12.50 --reason duplicate --idempotency-key case-1");
        let made = clerk(&nadia, &refund).await;
        assert_eq!(json!([made["amount"], made["status"], made["bills"]]), json!([1250, "succeeded", "reopened"]));
        // The same key is the same refund.
        assert_eq!(clerk(&nadia, &refund).await["id"], made["id"]);
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 3250, 0, 1250, "open"]));
        assert_eq!(told(&rosa, "Refund: $12.50").await, 1);
        let case = clerk(&nadia, &format!("staff payments show {payment}")).await;
        assert_eq!(json!([case["refunded"], case["status"], case["refunds"][0]["id"]]), json!([1250, "succeeded", made["id"]]));
        // More than is left does not go back.
        let much = nadia.run(&format!("staff payments refund -y {payment} --amount 32.51 --reason goodwill -o json")).await;
        assert_eq!(much.error()["code"], "amount_too_large");
        right(&nadia).await;
        // What is owed again is paid again; then all of the first payment goes back.
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        clerk(&nadia, &format!("staff payments refund -y {payment} --reason billing_error")).await;
        let case = clerk(&nadia, &format!("staff payments show {payment}")).await;
        assert_eq!(json!([case["refunded"], case["status"]]), json!([4500, "refunded"]));
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 1250, 0, 3250, "open"]));
        let receipt = rosa.run(["bills", "receipt", &payment, "-o", "json"]).await.ok().json();
        assert_eq!(json!([receipt["status"], receipt["refunded"]]), json!(["refunded", 4500]));
        let paper = rosa.run(["bills", "receipt", &payment]).await.ok();
        assert_eq!(paper.stderr, "$45.00 of it was given back.\n");
        let again = nadia.run(&format!("staff payments refund -y {payment} --reason goodwill -o json")).await;
        assert_eq!(again.error()["code"], "conflict");
        right(&nadia).await;
        let refunds = rosa.run("history payments -o json").await.ok().json();
        assert_eq!(refunds.as_array().unwrap().iter().filter(|entry| entry["id"].as_str().unwrap().starts_with("RFD-")).count(), 2);
    }

    async fn a_refund_may_leave_the_bill_paid(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let payment = pay_with(&rosa, &fine, "pm_card_visa").await;
        let before = account(&nadia, "processor_clearing").await;
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 5 --reason goodwill --keep-settled")).await;
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 4500, 0, 0, "paid"]));
        assert_eq!(account(&nadia, "refunds").await, 500);
        assert_eq!(account(&nadia, "processor_clearing").await, before - 500);
        right(&nadia).await;
    }

    /// What was agreed to at a terminal is what goes back: all that was left then, not all that is left by now.
    async fn what_was_agreed_to_goes_back(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let payment = pay_with(&rosa, &fine, "pm_card_visa").await;
        let mut terminal = nadia.command(&format!("staff payments refund {payment} --reason cancelled")).at_terminal(120, 24);
        terminal.expect(&format!("Give $45.00 of {payment} back? [y/N]: ")).await;
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 20 --reason goodwill")).await;
        terminal.send_line("y").await;
        let (exit, screen) = terminal.finish().await;
        assert!(exit == 6 && screen.contains("$45.00 is more than the $25.00"), "{exit}: {screen}");
        assert_eq!(clerk(&nadia, &format!("staff payments show {payment}")).await["refunded"], 2_000);
        // A repetition is told with the amount, and is the same refund.
        let payment = pay_with(&rosa, &tax, "pm_card_visa").await;
        let proxy = Lossy::before(&portal, &format!("POST /v1/staff/payments/{payment}/refunds HTTP"), 1).await;
        let away = portal.nadia().await.with("CITYTIME_CITY", proxy.url());
        let refund = format!("staff payments refund {payment} --reason cancelled");
        let mut terminal = away.command(&format!("{refund} --retries 0")).at_terminal(160, 24);
        terminal.expect("back? [y/N]: ").await;
        terminal.send_line("y").await;
        let (exit, screen) = terminal.finish_whole().await;
        let told = screen.split("`--idempotency-key ").nth(1).unwrap_or_else(|| panic!("{exit}: {screen}")).split('`').next().unwrap();
        assert!(exit == 9 && told.ends_with(" --amount 1182.50"), "{exit}: {screen}");
        let made = clerk(&nadia, &format!("{refund} -y --idempotency-key {told}")).await;
        let case = clerk(&nadia, &format!("staff payments show {payment}")).await;
        assert_eq!(json!([case["refunded"], case["refunds"][0]["id"], case["refunds"][1]]), json!([118_250, made["id"], null]));
        right(&nadia).await;
    }

    async fn a_refund_that_takes_days_and_one_that_fails(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, permit) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "permit").await);
        let debit = pay_with(&rosa, &fine, "pm_usBankAccount_success").await;
        let early = nadia.run(&format!("staff payments refund -y {debit} --reason cancelled -o json")).await;
        assert_eq!(early.error()["code"], "conflict");
        nadia.run("staff clock advance 4d").await.ok();
        let refund = clerk(&nadia, &format!("staff payments refund -y {debit} --reason cancelled")).await;
        assert_eq!(refund["status"], "processing");
        // Until it has gone back the bill stays paid, and no more can be promised.
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 4500, 0, 0, "paid"]));
        for line in [format!("staff payments refund -y {debit} --amount 0.01 --reason cancelled"), format!("staff payments return -y {debit} --code R01")] {
            assert_eq!(nadia.run(&format!("{line} -o json")).await.error()["code"], "conflict", "{line}");
        }
        right(&nadia).await;
        nadia.run("staff clock advance 4d").await.ok();
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 0, 0, 4500, "open"]));
        let fails = pay_with(&rosa, &permit, "pm_card_refundFail").await;
        let failed = nadia.run(&format!("staff payments refund -y {fails} --reason fraud -o json")).await;
        assert_eq!((failed.error()["code"].clone(), failed.exit), (json!("declined"), 6));
        assert_eq!(stands(&rosa, &permit).await, json!([7500, 7500, 0, 0, "paid"]));
        let case = clerk(&nadia, &format!("staff payments show {fails}")).await;
        assert_eq!(json!([case["refunded"], case["refunds"][0]["status"]]), json!([0, "failed"]));
        right(&nadia).await;
    }

    /// A quote counts what is on its way back already as gone: the parts behind it are told.
    async fn what_is_on_its_way_back_is_not_quoted_again(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let bank = rosa.run("wallet add --token pm_usBankAccount_success -o ids").await.ok().stdout;
        let pay = ["bills", "pay", &fine, &tax, "--method", bank.trim(), "-y", "--jq", ".id"];
        let payment = rosa.run(pay).await.ok().stdout.trim().to_owned();
        nadia.run("staff clock advance 4d").await.ok();
        let quote = format!("/v1/staff/payments/{payment}/refunds/quote");
        let owed = async |amount: i64| {
            let asked = Some(json!({"amount": amount, "reason": "cancelled"}));
            Api::signed_in(&portal, "nadia").await.ask("post", &quote, asked, None).await.ok()["owed_again"].clone()
        };
        assert_eq!(owed(100_000).await, json!([{"bill": tax, "amount": 100_000}]));
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 1000 --reason cancelled")).await;
        assert_eq!(owed(20_250).await, json!([{"bill": tax, "amount": 18_250}, {"bill": fine, "amount": 2_000}]));
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 202.50 --reason cancelled")).await;
        nadia.run("staff clock advance 4d").await.ok();
        assert_eq!((stands(&rosa, &tax).await[3].clone(), stands(&rosa, &fine).await[3].clone()), (json!(118_250), json!(2_000)));
        right(&nadia).await;
    }

    async fn a_return_reopens_the_bill_and_tells_the_payer(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await);
        let payment = pay_with(&rosa, &fine, "pm_usBankAccount_success").await;
        nadia.run("staff clock advance 4d").await.ok();
        let unknown = nadia.run(&format!("staff payments return -y {payment} --code R99 -o json")).await;
        assert_eq!(unknown.error()["code"], "invalid");
        let case = clerk(&nadia, &format!("staff payments return -y {payment} --code r01")).await;
        assert_eq!(json!([case["status"], case["failure"]["code"]]), json!(["returned", "insufficient_funds"]));
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 0, 0, 4500, "open"]));
        assert_eq!(told(&rosa, "Payment returned: $45.00").await, 1);
        let twice = nadia.run(&format!("staff payments return -y {payment} --code R02 -o json")).await;
        assert_eq!(twice.error()["code"], "conflict");
        right(&nadia).await;
        // What the city had given back before the bank took all of it is lost.
        let payment = pay_with(&rosa, &tax, "pm_usBankAccount_success").await;
        nadia.run("staff clock advance 4d").await.ok();
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 100 --reason billing_error")).await;
        nadia.run("staff clock advance 4d").await.ok();
        clerk(&nadia, &format!("staff payments return -y {payment} --code R10")).await;
        assert_eq!(stands(&rosa, &tax).await, json!([118_250, 0, 0, 118_250, "open"]));
        assert_eq!(account(&nadia, "write_offs").await, 10_000);
        right(&nadia).await;
    }

    async fn bills_are_withdrawn_and_credited(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let (fine, tax, license) = (bill_of(&rosa, "fine").await, bill_of(&rosa, "tax").await, bill_of(&rosa, "license").await);
        let credit = format!("staff bills credit -y {tax} --amount 182.50 --reason 'Measured wrong' --idempotency-key credit-1");
        clerk(&nadia, &credit).await;
        // The same key takes it off once.
        clerk(&nadia, &credit).await;
        assert_eq!(stands(&rosa, &tax).await, json!([100_000, 0, 18_250, 100_000, "open"]));
        assert_eq!(told(&rosa, "Credit on a bill").await, 1);
        let shown = rosa.run(["bills", "show", &tax]).await.ok();
        assert_eq!(shown.stderr, "The city took $182.50 off this bill; amount is what is left of it.\n");
        let much = nadia.run(&format!("staff bills credit -y {tax} --amount 1000.01 --reason x -o json")).await;
        assert_eq!(much.error()["code"], "amount_too_large");
        // A bill of which nothing is left to pay is paid.
        rosa.run(["bills", "pay", &tax, "--amount", "400", "-y"]).await.ok();
        clerk(&nadia, &format!("staff bills credit -y {tax} --amount 600 --reason 'Hardship'")).await;
        assert_eq!(stands(&rosa, &tax).await, json!([40_000, 40_000, 78_250, 0, "paid"]));
        right(&nadia).await;
        // Withdrawn is what nothing was paid of.
        let refused = nadia.run(&format!("staff bills void -y {tax} --reason x -o json")).await.error();
        assert_eq!((&refused["code"], refused["hint"].as_str().unwrap().contains("staff payments list --bill")), (&json!("conflict"), true));
        pay_with(&rosa, &license, "pm_usBankAccount_success").await;
        for line in [format!("staff bills void -y {license} --reason x"), format!("staff bills credit -y {license} --amount 1 --reason x")] {
            assert_eq!(nadia.run(&format!("{line} -o json")).await.exit, 6, "{line}: its payment is on its way");
        }
        let empty = nadia.run(&format!("staff bills void -y {fine} --reason ' ' -o json")).await;
        assert_eq!(empty.error()["code"], "invalid");
        clerk(&nadia, &format!("staff bills void -y {fine} --reason 'Issued twice'")).await;
        let seen = rosa.run(["bills", "show", &fine, "-o", "json"]).await.ok().json();
        assert_eq!((&seen["status"], &seen["balance"]), (&json!("void"), &json!(0)), "nothing is owed of it: {seen}");
        assert_eq!(told(&rosa, "Bill withdrawn").await, 1);
        assert_eq!(rosa.run(["bills", "pay", &fine, "-y", "-o", "json"]).await.error()["code"], "nothing_due");
        assert_eq!(nadia.run(&format!("staff bills void -y {fine} --reason x -o json")).await.error()["code"], "conflict");
        let entries = clerk(&nadia, &format!("staff ledger entries --bill {fine}")).await;
        assert_eq!(json!([entries[0]["id"], entries[0]["cause"]]), json!([format!("{fine}.void"), "Issued twice"]));
        right(&nadia).await;
    }

    async fn what_is_owed_is_told_by_age(portal: Portal) {
        let nadia = portal.nadia().await;
        let sum = |aging: &Value, field: &str| -> i64 { aging.as_array().unwrap().iter().map(|row| row[field].as_i64().unwrap()).sum() };
        let aging = clerk(&nadia, "staff bills aging").await;
        let receivable = account(&nadia, "receivable").await;
        assert_eq!(sum(&aging, "total"), receivable, "what is owed is what the ledger says is owed");
        assert!(sum(&aging, "not_due") > 0 && sum(&aging, "days_over_90") == 0, "{aging}");
        nadia.run("staff clock advance 200d").await.ok();
        let nadia = portal.nadia().await;
        let later = clerk(&nadia, "staff bills aging").await;
        assert_eq!(sum(&later, "not_due"), 0);
        assert_eq!(sum(&later, "days_over_90"), sum(&later, "total"));
    }

    async fn the_bookkeeping_adds_up(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let payment = pay_with(&rosa, &fine, "pm_card_visa").await;
        clerk(&nadia, &format!("staff payments refund -y {payment} --amount 5 --reason duplicate")).await;
        let lines = nadia.run("staff payments export -o json").await.ok().json();
        let sum: i64 = lines.as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).sum();
        assert_eq!(sum, account(&nadia, "processor_clearing").await);
        let csv = nadia.run("staff payments export --from today").await.ok().stdout;
        let rows: Vec<&str> = csv.lines().collect();
        assert!(rows[0].starts_with("payment,at,kind,account,bill,number,category,amount,currency"), "{csv}");
        assert_eq!(rows.len(), 3, "{csv}");
        assert!(rows[1].contains(",payment,receivable,") && rows[1].contains(",45.00,USD,"), "{csv}");
        assert!(rows[2].contains(",refund,receivable,") && rows[2].contains(",-5.00,USD,") && rows[2].ends_with(",duplicate"), "{csv}");
        let backwards = nadia.run("staff payments export --from today --to -1d -o json").await;
        assert_eq!(backwards.error()["code"], "invalid");
    }
    /// Nobody decides on money of their own; and nothing is taken off without a key, which a repetition could be known by.
    async fn a_clerk_decides_on_nothing_of_their_own(portal: Portal) {
        let nadia = portal.nadia().await;
        let line = "number,category,title,starts_at,ends_at,venue,capacity,fee,opens_at,closes_at,description\n\
                    O-1,activity,Rowing,2026-12-06 10:00,2026-12-06 12:00,Ferry Road,3,25.00,,,\n";
        let program = nadia.command("staff programs publish - -o ids --columns id").stdin(line).run().await.ok().stdout;
        let register = async |name: &str| {
            let words = ["programs", "register", program.trim(), "--for", name, "--jq", ".bill"];
            nadia.run(words).await.ok().stdout.trim().to_owned()
        };
        let (paid, owed) = (register("Nadia").await, register("Efua").await);
        let payment = pay_with(&nadia, &paid, "pm_card_visa").await;
        for line in [
            format!("staff payments refund -y {payment} --reason goodwill"),
            format!("staff bills credit -y {owed} --amount 1 --reason Goodwill"),
            format!("staff bills void -y {owed} --reason Goodwill"),
        ] {
            let refused = nadia.run(&format!("{line} -o json")).await.error();
            let told = (&refused["code"], refused["message"].as_str().unwrap().contains("is your own"));
            assert_eq!(told, (&json!("forbidden"), true), "{line}: {refused}");
        }
        assert_eq!(stands(&nadia, &owed).await, json!([2500, 0, 0, 2500, "open"]));
        let (rosa, api) = (portal.rosa().await, Api::signed_in(&portal, "nadia").await);
        let tax = bill_of(&rosa, "tax").await;
        let credit = json!({ "amount": 100, "reason": "Measured wrong" });
        let unkeyed = api.ask("POST", &format!("/v1/staff/bills/{tax}/credit"), Some(credit), None).await;
        assert_eq!((unkeyed.status, &unkeyed.body["code"]), (422, &json!("key_missing")));
        assert_eq!(stands(&rosa, &tax).await[2], 0);
    }
}
