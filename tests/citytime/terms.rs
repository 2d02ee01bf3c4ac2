//! The city's terms: a new version is asked for, and until it is accepted all can be read, the account secured, and
//! nothing else changed.

use insta::assert_snapshot;
use serde_json::json;

use crate::openapi::document::Document;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::support::served::Riverton;

on_both_databases! {
    async fn new_terms_are_asked_for(portal: Portal) {
        let portal = portal.declaring(|city| "2027-01".clone_into(&mut city.terms.version)).await;
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account terms show --columns version,accepted,accepted_version -q").await, @r"
        exit: 0
        ----- stdout
        version	accepted	accepted_version
        2027-01	false	2026-01
        ----- stderr
        ");
        let login = portal.shell().command("login --username rosa --password-stdin").stdin(crate::support::portal::PASSWORD).run().await.ok();
        assert!(login.stderr.contains("citytime account terms accept"), "{login}");
        // Everything can be read, and tried out.
        for read in ["bills list", "history", "dashboard", "whoami", "account show", "wallet list", "bills pay --all --dry-run"] {
            rosa.run(&format!("{read} -o json")).await.ok();
        }
        assert_snapshot!(rosa.run("bills pay --all -y -o json").await.told(), @r"
        terms_not_accepted, exit 5
        the city has new terms, version 2027-01: they must be accepted first
        hint: read them: citytime account terms show; then: citytime account terms accept; until then everything can still be read
        ");
        for change in ["account update --name Rosa", "wallet add --token pm_card_visa", "account tokens create --scope bills:read --label x --expires 9d"] {
            let refused = rosa.run(&format!("{change} -o json")).await;
            assert_eq!((refused.exit, refused.error()["code"].clone()), (5, json!("terms_not_accepted")), "{change}");
        }
        let method = rosa.run("wallet list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        rosa.run(["wallet", "remove", &method, "-y"]).await.ok();
        rosa.run("support email Terms --body 'What is new in them?'").await.ok();
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

    /// Operation by operation: what the document says waits for the terms does, and what secures an account does not.
    async fn what_waits_is_what_the_document_says(portal: Portal) {
        let portal = portal.declaring(|city| "2027-01".clone_into(&mut city.terms.version)).await;
        let document = Document::of(&portal).await;
        let waits = |operation: &crate::openapi::document::Operation| {
            let refusals = &operation.described["responses"]["403"]["content"]["application/problem+json"]["examples"];
            refusals["terms_not_accepted"].is_object()
        };
        let of_residents = document.operations.iter().filter(|operation| operation.mutates() && ["signed_in", "session"].contains(&operation.who()));
        let (waiting, free): (Vec<_>, Vec<_>) = of_residents.partition(|operation| waits(operation));
        let rosa = Api::signed_in(&portal, "rosa").await;
        for operation in &waiting {
            let answer = operation.call(&rosa, &operation.path_of_nothing()).await;
            assert_eq!((answer.status, &answer.body["code"]), (403, &json!("terms_not_accepted")), "{}", operation.id());
        }
        for operation in &free {
            let answer = operation.call(&Api::signed_in(&portal, "rosa").await, &operation.path_of_nothing()).await;
            assert_ne!(answer.body["code"], "terms_not_accepted", "{}", operation.id());
        }
        let free: Vec<_> = free.iter().map(|operation| operation.id()).collect();
        for secures in [
            "accounts.accept_terms", "accounts.deactivate", "accounts.password", "accounts.recovery_email", "accounts.verify",
            "mfa.begin", "mfa.codes", "mfa.confirm", "mfa.disable", "recovery.stop", "sessions.end", "sessions.revoke",
            "sessions.revoke_others", "tokens.revoke",
        ] {
            assert!(free.contains(&secures), "{secures} waits for terms");
        }
        // Nobody is kept in what they want to leave, and everybody may ask what the terms mean.
        for leaves in [
            "autopay.off", "autopay.skip", "permits.withdraw", "records.unlink", "registrations.cancel", "requests.unfollow", "support.open", "support.reply",
            "wallet.cancel", "wallet.remove",
        ] {
            assert!(free.contains(&leaves), "{leaves} waits for terms");
        }
        assert!(waiting.iter().any(|operation| operation.id() == "payments.pay") && waiting.len() > 15);
        // In another standard's form it is that standard's refusal.
        let browser = crate::support::browser::Browser::at(&portal);
        let key = portal.token("rosa").await;
        let form = [("api_key", key.as_str()), ("service_code", "storm_drain"), ("address_string", "7 Weir Lane")];
        let refused = browser.send(reqwest::Method::POST, "/open311/v2/requests.json", &[], Some(&form)).await;
        assert_eq!(refused.status, 403);
        assert!(refused.html.contains("citytime account terms accept"), "{}", refused.html);
    }

    /// An operator raises the version in `city.toml` and starts the portal again.
    async fn an_operator_puts_new_terms_in_force(city: Riverton) {
        let mut city = city;
        let served = city.serve().await;
        city.rosa_at(&served).run("account update --name 'Rosa M.'").await.ok();
        served.drain().await;
        city.put_in_force("2027-01");
        let served = city.serve().await;
        let rosa = city.rosa_at(&served);
        assert_eq!(rosa.run("account update --name Rosa -o json").await.error()["code"], "terms_not_accepted");
        rosa.run("account terms accept -y").await.ok();
        rosa.run("account update --name Rosa").await.ok();
        served.drain().await;
    }
}

#[tokio::test]
async fn a_sandbox_shows_it() {
    let shell = Shell::new();
    let script = "citytime bills pay --all -y || echo $?; citytime account terms accept -y --jq .version; citytime bills pay --all -y --jq .status";
    let told = shell
        .program("citytime", ["sandbox", "--residents", "0", "--terms", "2027-01", "--", "sh", "-c", script])
        .run()
        .await;
    assert_eq!(told.stdout, "5\n2027-01\nsucceeded\n", "{told}");
}
