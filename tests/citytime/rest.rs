//! An account is put to rest and comes back: whoever was signed in is not, nothing is told, and nothing is lost.

use insta::assert_snapshot;
use serde_json::json;

use crate::bills::bill_of;
use crate::door::mfa::enabled;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::portal::{PASSWORD, Portal};

const ROSA: &str = "rosa@mail.riverton.example";
const TOMAS: &str = "tomas@mail.riverton.example";

async fn signed_in(portal: &Portal) -> Shell {
    let shell = portal.shell();
    shell.command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
    shell
}

async fn reactivate(shell: &Shell, password: &str, more: &str) -> Output {
    let line = format!("account reactivate --username rosa --password-stdin {more} -o json");
    shell.command(&line).stdin(password).run().await
}

fn refused(output: &Output) -> (i32, String) {
    (output.exit, output.error()["code"].as_str().unwrap().to_owned())
}

on_both_databases! {
    async fn a_resting_account_is_closed_and_comes_back_as_it_was(portal: Portal) {
        let (home, work) = (signed_in(&portal).await, signed_in(&portal).await);
        let token = home.proven("account tokens create --scope bills:read --label cron --expires 9d -o json").await.ok().json();
        let cron = portal.shell().with("CITYTIME_TOKEN", token["token"].as_str().unwrap());
        cron.run("bills list").await.ok();
        let all = [
            "bills list --status all", "wallet list", "programs registrations", "permit list", "request list",
            "account records list", "notifications list",
        ];
        let mut before = Vec::new();
        for list in all {
            before.push(home.run(&format!("{list} -o json")).await.ok().json());
        }
        // Not without the password, nor without a word of consent.
        let wrong = home.command("account deactivate -y --password-stdin -o json").stdin("some other password").run().await;
        assert_eq!(refused(&wrong), (4, "bad_credentials".to_owned()));
        let unasked = home.proven("account deactivate -o json").await;
        assert_eq!(refused(&unasked), (2, "input_needed".to_owned()));
        home.run("whoami").await.ok();
        let rests = home.proven("account deactivate -y -o json").await.ok().json();
        assert_eq!(json!([rests["username"], rests["status"], rests["sessions_ended"], rests["tokens_revoked"]]), json!(["rosa", "deactivated", 2, 1]));
        // The next command of every terminal and job is told so.
        for shell in [&home, &work, &cron] {
            assert_eq!(refused(&shell.run("bills list -o json").await), (4, "unauthenticated".to_owned()));
        }
        assert_snapshot!(home.command("login --username rosa --password-stdin -o json").stdin(PASSWORD).run().await.told(), @r"
        bad_credentials, exit 4
        the name or the password is wrong
        hint: try again, or make an account: citytime account create; one that was deactivated comes back: citytime account reactivate
        ");
        portal.work().await;
        assert_eq!(refused(&reactivate(&home, "some other password", "").await), (4, "bad_credentials".to_owned()));
        let back = reactivate(&home, PASSWORD, "").await.ok().json();
        assert_eq!(json!([back["username"], back["role"]]), json!(["rosa", "resident"]));
        for (list, before) in all.into_iter().zip(before) {
            let after = home.run(&format!("{list} -o json")).await.ok().json();
            let after: Vec<_> = after.as_array().unwrap().iter().filter(|item| item["subject"] != "Your account is active again").cloned().collect();
            assert_eq!(json!(after), before, "{list}");
        }
        assert_eq!(home.run("account show --jq .status").await.ok().stdout, "active\n");
        let history = home.run("history account --limit 3 --jq .[].title").await.ok().stdout;
        for title in ["Account deactivated", "Account reactivated"] {
            assert!(history.contains(title), "{history}");
        }
        for shell in [&work, &cron] {
            assert_eq!(shell.run("bills list -o json").await.exit, 4, "what had ended stays ended");
        }
        let bill = bill_of(&home, "fine").await;
        assert_eq!(home.run(["bills", "pay", &bill, "-y", "--jq", ".status"]).await.ok().stdout, "succeeded\n");
        assert_snapshot!(reactivate(&home, PASSWORD, "").await.told(), @r"
        conflict, exit 6
        the account is not deactivated
        hint: sign in: citytime login
        ");
        let trail = portal.nadia().await.run("staff audit list --operation accounts -o json").await.ok().json();
        let told = trail.as_array().unwrap().iter().map(|row| json!([row["operation"], row["outcome"], row["username"]])).collect::<Vec<_>>();
        for operation in ["accounts.deactivate", "accounts.reactivate"] {
            assert!(told.contains(&json!([operation, "done", "rosa"])), "{told:?}");
        }
    }

    /// The way back is the door of every sign-in: one verification, the limiter, and the second factor.
    async fn the_way_back_is_the_same_door(portal: Portal) {
        let rosa = portal.rosa().await;
        let (app, _) = enabled(&portal, &rosa).await;
        let code = app.code(&portal, 0);
        let line = format!("account deactivate -y --code {code} -o json");
        rosa.proven(&line).await.ok();
        portal.sleep_for_seconds(30);
        let shell = portal.shell();
        let begun = portal.verified();
        assert_eq!(refused(&reactivate(&shell, PASSWORD, "").await), (2, "input_needed".to_owned()), "a code is asked for");
        assert_eq!(portal.verified(), begun + 1);
        assert_eq!(refused(&reactivate(&shell, PASSWORD, "--code 000000").await), (4, "bad_code".to_owned()));
        assert_eq!(refused(&reactivate(&shell, PASSWORD, &format!("--code {code}")).await), (4, "bad_code".to_owned()), "it was used");
        assert_eq!(portal.verified(), begun + 3);
        let code = app.code(&portal, 0);
        reactivate(&shell, PASSWORD, &format!("--code {code}")).await.ok();
        assert_eq!(portal.verified(), begun + 4);
        assert_eq!(shell.run("account mfa show --jq .status").await.ok().stdout, "on\n", "it is as it was");
        // Whoever guesses there waits as at the door, and is looked at no more.
        let guesser = portal.shell();
        let mut tried = 0;
        while refused(&reactivate(&guesser, "some other password", "--retries 0").await).1 == "bad_credentials" {
            tried += 1;
            assert!(tried < 20, "nobody was slowed down");
        }
        let verified = portal.verified();
        let waits = reactivate(&guesser, PASSWORD, "--retries 0").await;
        assert_eq!(refused(&waits), (7, "rate_limited".to_owned()));
        let login = guesser.command("login --username rosa --password-stdin --retries 0 -o json").stdin(PASSWORD).run().await;
        assert_eq!(refused(&login), (7, "rate_limited".to_owned()), "guesses there count here");
        assert_eq!(portal.verified(), verified);
    }

    /// The last that is told is that it rests; what happens meanwhile is found in the list afterwards.
    async fn a_resting_account_is_told_nothing(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let request = rosa.run("request list --status open --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        rosa.proven("account deactivate -y").await.ok();
        portal.letter(ROSA, "deactivated").await;
        let close = ["staff", "requests", "close", &request, "--reason", "fixed"];
        nadia.run(close).await.ok();
        portal.work().await;
        // What is written down later leaves later: once it is there, hers would be.
        let tomas = portal.tomas().await;
        tomas.command("account password --password-stdin").stdin(format!("{PASSWORD}\nherons over the second weir\n")).run().await.ok();
        portal.letter(TOMAS, "password was changed").await;
        let hers: Vec<_> = portal.mailbag().into_iter().filter(|letter| letter.contains(&format!("To: {ROSA}"))).collect();
        assert_eq!(hers.len(), 1, "{hers:#?}");
        // A lost password is found again all the same: that letter goes to the address itself.
        portal.shell().run("account recover start --username rosa").await.ok();
        portal.letter(ROSA, "A new password").await;
        let shell = portal.shell();
        reactivate(&shell, PASSWORD, "").await.ok();
        portal.letter(ROSA, "active again").await;
        let told = shell.run("notifications list --limit 5 -o json").await.ok().json();
        assert!(told.as_array().unwrap().iter().any(|notice| notice["about"] == json!(request)), "{told}");
    }
}
