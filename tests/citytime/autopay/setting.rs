//! Rules by which bills are paid by themselves: what is refused, and which bill each covers.

use citytime::api::id::MethodId;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::of_bill;
use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::held::HeldUnit;
use crate::support::portal::{PASSWORD, Portal};

citytime::queries! {
    /// Removes a method, as `wallet remove` begins to.
    REMOVE = "UPDATE methods SET removed_at = 1, preferred = 0 WHERE id = $1";
}

on_both_databases! {
    threads: 4,

    /// A method is being removed: a rule that is set meanwhile waits, and does not come to name it.
    async fn a_method_that_is_being_removed_pays_no_rule(portal: Portal) {
        let rosa = portal.rosa().await;
        let card = rosa.run("wallet add --token pm_card_mastercard -o ids").await.ok().stdout;
        let number = card.trim().parse::<MethodId>().unwrap().number();
        let removing = HeldUnit::of(portal.store(), &REMOVE, Some(number)).await;
        let setting = rosa.command(["bills", "autopay", "set", "--category", "tax", "--method", card.trim(), "-o", "json"]).start();
        removing.is_waited_for().await;
        removing.let_go().await;
        let refused = setting.finish().await;
        assert_eq!((refused.exit, &refused.error()["code"]), (3, &json!("not_found")), "{refused}");
        let shown = rosa.run("bills autopay show -o json").await.ok().json();
        assert_eq!(shown["rules"], json!([]));
    }
}

on_both_databases! {
    /// What is refused, and what is said to it.
    async fn what_cannot_be_set_is_refused(portal: Portal) {
        let rosa = portal.rosa().await;
        let limited = rosa.command("account tokens create --scope bills:read,bills:pay --max-per-day 20 --label small --password-stdin --jq .token")
            .stdin(format!("{PASSWORD}\n")).run().await.ok().stdout;
        let limited = portal.shell().with("CITYTIME_TOKEN", limited.trim());
        assert_snapshot!(limited.run("bills autopay set -o json").await.told(), @r"
        forbidden, exit 5
        this token has a spending limit, and may not do that: what is paid by itself would not count
        hint: sign in with your password: citytime login
        ");
        let reads = rosa.command("account tokens create --scope bills:read --label reads --password-stdin --jq .token")
            .stdin(format!("{PASSWORD}\n")).run().await.ok().stdout;
        let reads = portal.shell().with("CITYTIME_TOKEN", reads.trim());
        assert_eq!(reads.run("bills autopay set").await.exit, 5);
        reads.run("bills autopay show").await.ok();
        assert_snapshot!(rosa.run("bills autopay set --category magic -o json").await.told(), @r"
        invalid, exit 6
        there is no category `magic`; one of utility, tax, license, fine, permit, program is
        hint: none
        /category: there is no category `magic`; one of utility, tax, license, fine, permit, program is
        ");
        assert_snapshot!(rosa.run("bills autopay set --max 0 -o json").await.told(), @r"
        usage, exit 2
        --max: an amount is above zero
        hint: write it as in --max 12.50
        ");
        assert_eq!(rosa.run("bills autopay set --days-before 29").await.exit, 2);
        assert_snapshot!(rosa.run("bills autopay off --category tax -o json").await.told(), @r"
        not_found, exit 3
        there is no such autopay rule
        hint: see those there are: citytime bills autopay show
        ");
        assert_eq!(rosa.run("bills autopay off -o json").await.ok().json(), json!([]));
        let fine = bill_of(&rosa, "fine").await;
        assert_snapshot!(rosa.run(["bills", "autopay", "skip", &fine, "-o", "json"]).await.told(), @r"
        conflict, exit 6
        no autopay rule covers BIL-00000001: it is not paid by itself
        hint: see the rules: citytime bills autopay show
        ");
        assert_eq!(rosa.run("bills autopay skip BIL-00000000").await.exit, 3);
        let ivan = crate::accounts::ivan(&portal).await;
        assert_eq!(ivan.run("bills autopay set -o json").await.error()["code"], "no_method");
        // A fee is for whoever wants what it is for: no rule covers it.
        let fee = bill_of(&rosa, "program").await;
        rosa.run("bills autopay set").await.ok();
        assert_eq!(rosa.run(["bills", "autopay", "skip", &fee]).await.exit, 6);
        assert_eq!(of_bill(&rosa, &fee, "autopay_on").await, Value::Null);
    }

    /// The rule of a category comes before that for all others, which covers what has none; each is ended by itself.
    async fn a_category_of_its_own_and_all_others(portal: Portal) {
        let rosa = portal.rosa().await;
        rosa.run("bills autopay set --category tax --max 1 --days-before 0").await.ok();
        let others = rosa.run("bills autopay set --days-before 1 -o json").await.ok().json();
        assert_eq!((&others["category"], &others["covers"]), (&Value::Null, &json!("all others")));
        let tax = bill_of(&rosa, "tax").await;
        let covered: Vec<_> = others["bills"].as_array().unwrap().iter().map(|bill| bill["bill"].clone()).collect();
        assert_eq!((covered.len(), covered.contains(&json!(tax))), (5, false), "{others}");
        let shown = rosa.run("bills autopay show -o json").await.ok().json();
        assert_eq!(shown["rules"][0]["bills"], json!([{"bill": tax, "title": "Property tax, second half of 2026", "due_on": "2026-12-09",
            "total": 118_250, "currency": "USD", "pay_on": null, "announced": false, "why": "above_max"}]));
        assert_snapshot!(rosa.run("bills autopay off --category tax").await, @r"
        exit: 0
        ----- stdout
        covers	method_label	max	days_before	bills	set_at
        tax	Visa ending in 4242	1.00	0		2026-11-23T15:00:00Z
        ----- stderr
        ");
        assert_eq!(of_bill(&rosa, &tax, "autopay_on").await, "2026-12-08", "the rule for all others covers it now");
        rosa.run("bills autopay off --others").await.ok();
        assert_eq!(of_bill(&rosa, &tax, "autopay_on").await, Value::Null);
        assert_eq!(rosa.run("bills autopay off --others").await.exit, 3);
    }
}
