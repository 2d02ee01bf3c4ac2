//! City records: linked with the code of the city's letter, by several people where they share one.

use insta::assert_snapshot;
use serde_json::json;

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn a_record_is_linked_and_brings_its_bills(portal: Portal) {
        let rosa = portal.rosa().await;
        let before = rosa.run("bills list -o ids").await.ok().stdout.lines().count();
        assert_snapshot!(rosa.run("account records link UT-300412 --code K7QM-2X9D").await, @r"
        exit: 0
        ----- stdout
        id	number	kind	holder	service_address	linked_at
        REC-00000001	UT-300412	utility	Rosa Marín	3 Lock Street, Riverton, IL 60699	2026-11-23T15:00:00Z
        ----- stderr
        Its bills are shown to you from now on: `citytime bills list`.
        ");
        assert_eq!(rosa.run("bills list -o ids").await.ok().stdout.lines().count(), before + 1);
        let records = rosa.run("account records list -o json").await.ok().json();
        let record = records.as_array().unwrap().iter().find(|record| record["number"] == "UT-300412").unwrap().clone();
        // Again, as it is written on another letter: the same link.
        let again = rosa.run("account record link 'ut 300412' --code k7qm2x9d -o json").await.ok().json();
        assert_eq!(again, record);
        let id = record["id"].as_str().unwrap();
        assert_eq!(rosa.run(["account", "records", "unlink", id, "-o", "json"]).await.ok().json(), record);
        assert_eq!(rosa.run("bills list -o ids").await.ok().stdout.lines().count(), before);
        assert_snapshot!(rosa.run(["account", "records", "unlink", id, "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no linked record REC-00000001
        hint: see those you have: citytime account records list
        ");
        let history = rosa.run("history account -o json --limit 2").await.ok().json();
        let mut titles: Vec<_> = history.as_array().unwrap().iter().map(|entry| entry["title"].clone()).collect();
        titles.sort_by_key(ToString::to_string);
        assert_eq!(titles, [json!("Record linked: UT-300412"), json!("Record unlinked: UT-300412")]);
    }

    async fn a_number_and_a_code_that_do_not_belong_together(portal: Portal) {
        let ivan = ivan(&portal).await;
        let wrong = ivan.run("account records link UT-204177 --code K7QM-2X9D -o json").await;
        assert_snapshot!(wrong.told(), @r"
        link_refused, exit 6
        number UT-204177 and that code do not belong together
        hint: both are in the letter that came with the first bill
        ");
        // An unknown number is answered alike.
        let unknown = ivan.run("account records link UT-999999 --code K7QM-2X9D -o json").await;
        assert_eq!(unknown.told().replace("999999", "204177"), wrong.told());
        assert_snapshot!(ivan.run("account records link UT-204177 -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Link code), but there is no terminal to ask on
        hint: give it with --code
        ");
        assert_eq!(ivan.run("account records list -o json").await.ok().json(), json!([]));
        assert_eq!(ivan.run("bills list --status all -o json").await.ok().json(), json!([]));
    }

    async fn a_meter_two_people_share(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let water = crate::bills::bill_of(&rosa, "utility").await;
        rosa.run(["bills", "pay", &water, "-y"]).await.ok();
        let seen = tomas.run(["bills", "show", &water, "-o", "json"]).await.ok().json();
        assert_eq!(seen["status"], "paid");
        let refused = tomas.run(["bills", "pay", &water, "-y", "-o", "json"]).await;
        assert_eq!(refused.error()["code"], "nothing_due");
        // Who paid is rosa's matter.
        assert_eq!(tomas.run("history payments -o json").await.ok().json(), json!([]));
    }
}
