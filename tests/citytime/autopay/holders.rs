//! Several holders of a record, each with a rule: one of them pays in a cycle, and where that one's rule or link ends, another
//! pays what is owed then.

use citytime::api::id::BillId;
use serde_json::{Value, json};

use super::{days, issue, of_bill, payments, promised, stands, told, two_rules, weeks};
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::held::HeldUnit;
use crate::support::portal::Portal;

/// Rosa's rule pays a bill, on which more is owed since; then she does something, and her neighbour's rule pays the rest once.
async fn the_rest_is_paid_by_the_other(portal: &Portal, number: &str, gives_up: impl AsyncFn(&Shell, &str)) -> String {
    let (rosa, tomas) = two_rules(portal, "pm_card_visa").await;
    let bill = issue(portal, number, "2026-12-10", "80.00").await;
    weeks(portal, &[&rosa, &tomas], 15).await;
    assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["paid", null]), Value::Null));
    issue(portal, number, "2026-12-10", "95.00").await;
    assert_eq!(promised(&rosa, &bill).await, json!([1_500, "2026-12-11", null]));
    assert_eq!(promised(&tomas, &bill).await, json!([1_500, null, "another_holder"]), "as long as hers has it");
    gives_up(&rosa, &bill).await;
    assert_eq!(promised(&tomas, &bill).await, json!([1_500, "2026-12-11", null]));
    days(portal, 1).await;
    assert_eq!(stands(&tomas, &bill).await, json!(["announced", null]));
    assert_eq!(told(&tomas, &format!("To be paid by itself on 2026-12-12: Water {number}, $15.00")).await.len(), 1);
    days(portal, 2).await;
    assert_eq!(payments(&tomas, &bill).await.len(), 1, "three days after it was announced, and not before");
    days(portal, 1).await;
    assert_eq!(stands(&tomas, &bill).await, json!(["paid", null]));
    days(portal, 4).await;
    let amounts: Vec<_> = payments(&tomas, &bill).await.iter().map(|paid| paid["amount"].clone()).collect();
    assert_eq!(amounts.len(), 2, "each paid once: {amounts:?}");
    assert!(amounts.contains(&json!(8_000)) && amounts.contains(&json!(1_500)), "{amounts:?}");
    assert_eq!(of_bill(&tomas, &bill, "status").await, "paid");
    portal.nadia().await.run("staff ledger check").await.ok();
    bill
}

citytime::queries! {
    /// Leaves a bill out that was announced to somebody else, as `bills autopay skip` of the neighbour does.
    LEAVE_OUT = "INSERT INTO autopay_runs (bill, due_on, account, state, why, total, pay_on, announced_at, changed_at) \
                 SELECT x.bill, x.due_on, a.id, 'skipped', 'left_out', x.total, x.pay_on, x.announced_at, x.changed_at \
                 FROM autopay_runs x JOIN accounts a ON a.username = 'tomas' WHERE x.bill = $1";
}

on_both_databases! {
    threads: 4,

    /// He leaves the bill out in the moment in which what she had announced would give way to him: it does not give way to nobody.
    async fn nothing_gives_way_to_who_leaves_it_out(portal: Portal) {
        let (rosa, tomas) = two_rules(&portal, "pm_card_visa").await;
        let bill = issue(&portal, "H-7", "2026-12-10", "80.00").await;
        weeks(&portal, &[&rosa, &tomas], 12).await;
        let record = of_bill(&rosa, &bill, "record").await;
        rosa.run(["account", "records", "unlink", "-y", record.as_str().unwrap()]).await.ok();
        portal.sleep_for_days(1);
        let leaving = HeldUnit::of(portal.store(), &LEAVE_OUT, Some(bill.parse::<BillId>().unwrap().number())).await;
        tokio::join!(portal.round(), async {
            leaving.is_waited_for().await;
            leaving.let_go().await;
        });
        assert_eq!(stands(&tomas, &bill).await, json!(["skipped", "left_out"]));
        rosa.run("account records link UT-204177 --code 7QMH-2X9D").await.ok();
        assert_eq!(stands(&rosa, &bill).await, json!(["announced", null]));
        days(&portal, 2).await;
        assert_eq!((payments(&rosa, &bill).await.len(), stands(&rosa, &bill).await), (1, json!(["paid", null])));
    }
}

on_both_databases! {
    /// She ends her rule: what she had paid stays, and what is owed since is not hers.
    async fn a_rule_that_ended_gives_way(portal: Portal) {
        let off = async |rosa: &Shell, _: &str| drop(rosa.run("bills autopay off").await.ok());
        let bill = the_rest_is_paid_by_the_other(&portal, "H-1", off).await;
        let rosa = portal.rosa().await;
        assert_eq!(stands(&rosa, &bill).await, json!(["skipped", "rule_off"]));
        // She sets it again, and more is owed: the cycle is her neighbour's now.
        rosa.run("bills autopay set --category utility").await.ok();
        issue(&portal, "H-1", "2026-12-10", "99.00").await;
        assert_eq!(promised(&rosa, &bill).await, json!([400, null, "another_holder"]));
        days(&portal, 6).await;
        assert_eq!((payments(&rosa, &bill).await.len(), stands(&rosa, &bill).await), (3, Value::Null));
    }

    /// The meter is not hers any more, though her rule stays.
    async fn a_link_that_ended_gives_way(portal: Portal) {
        let unlink = async |rosa: &Shell, bill: &str| {
            let record = of_bill(rosa, bill, "record").await;
            rosa.run(["account", "records", "unlink", "-y", record.as_str().unwrap()]).await.ok();
        };
        the_rest_is_paid_by_the_other(&portal, "H-2", unlink).await;
    }

    /// What was announced to her, and not paid when the meter ceased to be hers.
    async fn what_was_announced_to_who_unlinks_gives_way(portal: Portal) {
        let (rosa, tomas) = two_rules(&portal, "pm_card_visa").await;
        let bill = issue(&portal, "H-3", "2026-12-10", "80.00").await;
        weeks(&portal, &[&rosa, &tomas], 12).await;
        assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["announced", null]), Value::Null));
        let record = of_bill(&rosa, &bill, "record").await;
        rosa.run(["account", "records", "unlink", "-y", record.as_str().unwrap()]).await.ok();
        days(&portal, 1).await;
        assert_eq!(stands(&tomas, &bill).await, json!(["announced", null]));
        // The trail tells who gave way to whom.
        let trail = portal.nadia().await.run("staff audit list --operation autopay.announce --limit 1 -o json").await.ok().json();
        for shell in [&rosa, &tomas] {
            let account = json!(shell.run("account show --jq .id").await.ok().stdout.trim());
            assert!(trail[0]["things"].as_array().unwrap().contains(&account), "{account} is not in {trail}");
        }
        days(&portal, 2).await;
        assert_eq!(payments(&tomas, &bill).await.len(), 0, "three days after it was announced to him");
        days(&portal, 4).await;
        assert_eq!((payments(&tomas, &bill).await.len(), stands(&tomas, &bill).await), (1, json!(["paid", null])));
    }

    /// She links the meter again while what was hers is announced to him: where he lets go as well, her rule has it.
    async fn who_links_again_has_her_bills_paid_again(portal: Portal) {
        let (rosa, tomas) = two_rules(&portal, "pm_card_visa").await;
        let bill = issue(&portal, "H-5", "2026-12-10", "80.00").await;
        weeks(&portal, &[&rosa, &tomas], 12).await;
        let record = of_bill(&rosa, &bill, "record").await;
        let unlink = ["account", "records", "unlink", "-y", record.as_str().unwrap()];
        let link = "account records link UT-204177 --code 7QMH-2X9D";
        rosa.run(unlink).await.ok();
        days(&portal, 1).await;
        assert_eq!(stands(&tomas, &bill).await, json!(["announced", null]));
        rosa.run(link).await.ok();
        // What came of hers is told until it is announced anew; it keeps her from nothing.
        assert_eq!(stands(&rosa, &bill).await, json!(["skipped", "unlinked"]));
        assert_eq!(promised(&rosa, &bill).await, json!([8_000, null, "another_holder"]));
        tomas.run("bills autopay off").await.ok();
        days(&portal, 1).await;
        assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["announced", null]), json!(["skipped", "rule_off"])));
        days(&portal, 3).await;
        assert_eq!((payments(&rosa, &bill).await.len(), stands(&rosa, &bill).await), (1, json!(["paid", null])));
        // What is due soon on a meter that is linked is announced in the next round, not after a while.
        let next = issue(&portal, "H-6", "2026-12-12", "81.00").await;
        rosa.run(unlink).await.ok();
        portal.sleep_for_days(1);
        portal.round().await;
        rosa.run(link).await.ok();
        portal.round().await;
        assert_eq!(stands(&rosa, &next).await, json!(["announced", null]));
        portal.nadia().await.run("staff ledger check").await.ok();
    }

    /// A payment that failed keeps the other from trying as long as her rule is there; what is tried twice is not tried by her.
    async fn what_failed_gives_way_once_the_rule_ended(portal: Portal) {
        let (rosa, tomas) = two_rules(&portal, "pm_card_chargeCustomerFail").await;
        let bill = issue(&portal, "H-4", "2026-12-10", "80.00").await;
        weeks(&portal, &[&rosa, &tomas], 17).await;
        assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["failed", null]), Value::Null));
        assert_eq!(promised(&tomas, &bill).await, json!([8_000, null, "another_holder"]));
        rosa.run("bills autopay off").await.ok();
        days(&portal, 1).await;
        assert_eq!((stands(&rosa, &bill).await, stands(&tomas, &bill).await), (json!(["skipped", "failed"]), json!(["announced", null])));
        days(&portal, 1).await;
        // He lets go as well, and she sets hers again: what failed in this cycle is not tried again.
        tomas.run("bills autopay off").await.ok();
        rosa.run("bills autopay set --category utility").await.ok();
        days(&portal, 5).await;
        assert_eq!((payments(&rosa, &bill).await.len(), stands(&rosa, &bill).await), (1, json!(["skipped", "failed"])));
        tomas.run("bills autopay set --category utility").await.ok();
        days(&portal, 5).await;
        // What failed of hers he is not shown.
        assert_eq!((payments(&tomas, &bill).await.len(), stands(&tomas, &bill).await), (1, json!(["paid", null])));
        portal.nadia().await.run("staff ledger check").await.ok();
    }
}
