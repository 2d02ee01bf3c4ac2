//! What it costs to pay: told before, held to the limits, taken, on the receipt, and in the books.

use serde_json::json;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::served::Riverton;

on_both_databases! {
    async fn a_fee_is_told_taken_and_posted(city: Riverton) {
        let mut city = city;
        city.declare("[payments.fees.card]\nfixed = \"0.30\"\npercent = 2.9\nminimum = \"1.00\"\n");
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let (fine, permit) = (bill_of(rosa, "fine").await, bill_of(rosa, "permit").await);
        let quote = rosa.run(["bills", "pay", &fine, "--dry-run", "-o", "json"]).await.ok().json();
        // 2.9 % of 45.00 is 1.305: half a cent is rounded up.
        assert_eq!(json!([quote["fee"], quote["total"]]), json!([161, 4661]));
        for limit in ["--max", "--expect-total"] {
            let refused = rosa.run(["bills", "pay", &fine, limit, "45", "-y", "-o", "json"]).await;
            assert_eq!(refused.error()["code"], "total_refused");
        }
        let paid = rosa.run(["bills", "pay", &fine, "--max", "46.61", "--expect-total", "46.61", "-y", "-o", "json"]).await.ok().json();
        assert_eq!(json!([paid["amount"], paid["fee"], paid["status"]]), json!([4500, 161, "succeeded"]));
        let payment = paid["id"].as_str().unwrap();
        let receipt = rosa.run(["bills", "receipt", payment, "-o", "json"]).await.ok().json();
        assert_eq!(json!([receipt["amount"], receipt["fee"], receipt["total"]]), json!([4500, 161, 4661]));
        let fees = async || {
            let accounts = nadia.run("staff ledger accounts -o json").await.ok().json();
            let found = accounts.as_array().unwrap().iter().find(|account| account["account"] == "fees").cloned();
            found.unwrap()["balance"].clone()
        };
        assert_eq!(fees().await, -161);
        // The least of a fee, and a way to pay that has none.
        let quote = rosa.run(["bills", "pay", &permit, "--dry-run", "--jq", ".fee"]).await.ok();
        assert_eq!(quote.stdout, "248\n");
        let bank = rosa.run("wallet add --token pm_usBankAccount_success --jq .id").await.ok();
        let free = rosa.run(["bills", "pay", &permit, "--method", bank.stdout.trim(), "--dry-run", "--jq", ".fee"]).await.ok();
        assert_eq!(free.stdout, "0\n");
        // The bills' part goes back first, then the fee.
        let whole = nadia.run(["staff", "payments", "refund", "-y", payment, "--reason", "duplicate", "--jq", ".amount"]).await.ok();
        assert_eq!((whole.stdout.as_str(), fees().await), ("4661\n", json!(0)));
        nadia.run("staff ledger check").await.ok();
        served.drain().await;
    }

    async fn a_clerk_gives_back_and_takes_off_so_much_at_most(city: Riverton) {
        let mut city = city;
        // A key of a section that was begun before stands in it.
        city.declare("[payments.fees.bank_account]\nfixed = \"0.25\"\n");
        city.restrict("refund_limit", "20.00");
        city.restrict("credit_limit", "30.00");
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let fine = bill_of(rosa, "fine").await;
        let payment = rosa.run(["bills", "pay", &fine, "-y", "--jq", ".id"]).await.ok().stdout.trim().to_owned();
        let refund = async |amount: &str| {
            nadia.run(["staff", "payments", "refund", "-y", &payment, "--amount", amount, "--reason", "goodwill", "-o", "json"]).await
        };
        refund("15").await.ok();
        // The limit is of the payment, not of a refund.
        assert_eq!(refund("5.01").await.error()["code"], "forbidden");
        refund("5").await.ok();
        // So is that of a bill.
        let tax = bill_of(rosa, "tax").await;
        let credit_tax = ["staff", "bills", "credit", "-y", &tax, "--reason", "Goodwill", "-o", "json", "--amount"];
        let credit_tax = async |amount: &str| nadia.run(credit_tax.into_iter().chain([amount]).collect::<Vec<_>>()).await;
        credit_tax("20").await.ok();
        let refused = credit_tax("10.01").await.error();
        assert_eq!((&refused["code"], &refused["message"]), (&json!("forbidden"), &json!("$30.01 off one bill is above the $30.00 a clerk may take off")));
        credit_tax("10").await.ok();
        served.drain().await;
    }
}
