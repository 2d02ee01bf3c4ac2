//! An account rests and comes back: whoever was signed in is not, and nothing is lost.

use citytime::portal::sandbox::PASSWORD;
use serde_json::json;

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

async fn signed_in(portal: &Portal) -> Shell {
    let shell = portal.shell();
    shell.command("login --username rosa --password-stdin").stdin(format!("{PASSWORD}\n")).run().await.ok();
    shell
}

on_both_databases! {
    async fn a_resting_account_is_closed_and_comes_back_as_it_was(portal: Portal) {
        let (home, work) = (signed_in(&portal).await, signed_in(&portal).await);
        let password = || format!("{PASSWORD}\n");
        let token = home.command("account tokens create --scope bills:read --label cron --expires 9d --password-stdin -o json");
        let token = token.stdin(password()).run().await.ok().json();
        let cron = portal.shell().with("CITYTIME_TOKEN", token["token"].as_str().unwrap());
        cron.run("bills list").await.ok();
        let all = ["bills list --status all", "wallet list", "programs registrations", "permit list", "request list", "account records list"];
        let mut before = Vec::new();
        for list in all {
            before.push(home.run(&format!("{list} -o json")).await.ok().json());
        }
        // Not without the password, nor without a word of consent.
        let wrong = home.command("account deactivate -y --password-stdin -o json").stdin("some other password\n").run().await;
        assert_eq!((wrong.exit, wrong.error()["code"].clone()), (4, json!("bad_credentials")), "{wrong}");
        let unasked = home.command("account deactivate --password-stdin -o json").stdin(password()).run().await;
        assert_eq!((unasked.exit, unasked.error()["code"].clone()), (2, json!("input_needed")), "{unasked}");
        home.run("whoami").await.ok();
        let resting = home.command("account deactivate -y --password-stdin -o json").stdin(password()).run().await.ok().json();
        assert_eq!(json!([resting["username"], resting["status"], resting["sessions_ended"], resting["tokens_revoked"]]), json!(["rosa", "deactivated", 2, 1]));
        for shell in [&home, &work, &cron] {
            let ended = shell.run("bills list -o json").await;
            assert_eq!((ended.exit, ended.error()["code"].clone()), (4, json!("unauthenticated")), "{ended}");
        }
        let login = home.command("login --username rosa --password-stdin -o json").stdin(password()).run().await;
        assert_eq!(login.exit, 4, "{login}");
        portal.round().await;
        let wrong = home.command("account reactivate --username rosa --password-stdin -o json").stdin("some other password\n").run().await;
        assert_eq!((wrong.exit, wrong.error()["code"].clone()), (4, json!("bad_credentials")), "{wrong}");
        let back = home.command("account reactivate --username rosa --password-stdin -o json").stdin(password()).run().await.ok().json();
        assert_eq!(json!([back["username"], back["role"]]), json!(["rosa", "resident"]));
        for (list, before) in all.into_iter().zip(before) {
            assert_eq!(home.run(&format!("{list} -o json")).await.ok().json(), before, "{list}");
        }
        assert_eq!(home.run("account show --jq .status").await.ok().stdout, "active\n");
        let history = home.run("history account --limit 3 --jq .[].title").await.ok().stdout;
        for title in ["Account deactivated", "Account reactivated"] {
            assert!(history.contains(title), "{history}");
        }
        for shell in [&work, &cron] {
            assert_eq!(shell.run("bills list -o json").await.exit, 4, "what had ended stays ended");
        }
        let again = home.command("account reactivate --username rosa --password-stdin -o json").stdin(password()).run().await;
        assert_eq!((again.exit, again.error()["code"].clone()), (6, json!("conflict")), "{again}");
        let trail = portal.nadia().await.run("staff audit list --operation accounts -o json").await.ok().json();
        let told = trail.as_array().unwrap().iter().map(|row| json!([row["operation"], row["outcome"], row["username"]])).collect::<Vec<_>>();
        assert!(told.contains(&json!(["accounts.deactivate", "done", "rosa"])), "{told:?}");
        assert!(told.contains(&json!(["accounts.reactivate", "done", "rosa"])), "{told:?}");
    }
}
