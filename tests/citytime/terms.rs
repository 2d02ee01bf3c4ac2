//! The city's terms: a new version is asked for, and until it is accepted nothing can be changed, and all be read.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn new_terms_are_asked_for(portal: Portal) {
        let portal = portal.with_terms("2027-01").await;
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account terms show --columns version,accepted,accepted_version -q").await, @r"
        exit: 0
        ----- stdout
        version	accepted	accepted_version
        2027-01	no	2026-01
        ----- stderr
        ");
        // Everything can be read, and tried out.
        for read in ["bills list", "history", "dashboard", "whoami", "account show", "wallet list", "bills pay --all --dry-run"] {
            rosa.run(&format!("{read} -o json")).await.ok();
        }
        assert_snapshot!(rosa.run("bills pay --all -y -o json").await.told(), @r"
        terms_not_accepted, exit 5
        the city has new terms, version 2027-01: they must be accepted first
        hint: read and accept them: citytime account terms accept; until then everything can still be read
        ");
        for change in ["account update --name Rosa", "wallet add --token pm_card_visa", "account tokens create --scope bills:read --label x --expires 9d"] {
            let refused = rosa.run(&format!("{change} -o json")).await;
            assert_eq!((refused.exit, refused.error()["code"].clone()), (5, json!("terms_not_accepted")), "{change}");
        }
        // A clerk's work goes on.
        portal.nadia().await.run("staff requests list --limit 1").await.ok();
        assert_eq!(rosa.run("account terms accept -o json").await.exit, 2, "nobody is there to ask");
        assert_snapshot!(rosa.run("account terms accept --version 2026-01 -y -o json").await.told(), @r"
        conflict, exit 6
        version 2026-01 is not in force: 2027-01 is
        hint: read it first: citytime account terms show
        ");
        let accepted = rosa.run("account terms accept --version 2027-01 -y -o json").await.ok().json();
        assert_eq!(json!([accepted["accepted"], accepted["accepted_version"], accepted["accepted_at"]]), json!([true, "2027-01", "2026-11-23T15:00:00Z"]));
        rosa.run("account update --name Rosa").await.ok();
        // Once more changes nothing, and history and trail tell of the one time.
        rosa.run("account terms accept -y").await.ok();
        let history = rosa.run("history account --limit 9 --jq '.[].title'").await.ok().stdout;
        assert_eq!(history.matches("Terms accepted: version 2027-01").count(), 1, "{history}");
        let trail = portal.nadia().await.run("staff audit list --operation accounts.accept_terms -o json").await.ok().json();
        assert_eq!(trail.as_array().unwrap().len(), 1, "{trail}");
    }
}
