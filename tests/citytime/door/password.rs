//! The password changed, and asked for again before what only the owner may do.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::both::on_both_databases;
use crate::support::portal::{PASSWORD, Portal};

const NEW: &str = "herons over the second weir";

on_both_databases! {
    async fn a_new_password_ends_every_other_session(portal: Portal) {
        let (first, second) = (portal.shell(), portal.shell());
        for shell in [&first, &second] {
            shell.command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
        }
        let token = first.proven("account tokens create --scope bills:read --label cron --jq .token").await.ok().stdout;
        let cron = portal.shell().with("CITYTIME_TOKEN", token.trim());
        portal.sleep_for_seconds(1);
        let change = first.command("account password --password-stdin").stdin(format!("{PASSWORD}\n{NEW}\n"));
        assert_snapshot!(change.run().await, @r"
        exit: 0
        ----- stdout
        username	changed_at	sessions_ended	tokens_revoked
        rosa	2026-11-23T15:00:01Z	1	0
        ----- stderr
        ");
        assert_snapshot!(second.run("bills list -o json").await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
        first.run("bills list").await.ok();
        cron.run("bills list").await.ok();
        assert_eq!(second.command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.exit, 4);
        second.command("login --username rosa --password-stdin").stdin(NEW).run().await.ok();
        assert_eq!(first.run("history account --limit 1 --jq '.[0].title'").await.ok().stdout, "Password changed\n");
        // Whoever fears the worst ends the tokens too.
        let change = "account password --revoke-tokens --password-stdin -o json";
        let changed = first.command(change).stdin(format!("{NEW}\n{PASSWORD}\n")).run().await.ok().json();
        assert_eq!(json!([changed["sessions_ended"], changed["tokens_revoked"]]), json!([1, 1]));
        assert_eq!(cron.run("bills list").await.exit, 4);
    }

    async fn a_password_that_cannot_be(portal: Portal) {
        let rosa = portal.rosa().await;
        let change = async |lines: &str| {
            rosa.command("account password --password-stdin -o json").stdin(lines).run().await.told()
        };
        assert_snapshot!(change(&format!("wrong\n{NEW}\n")).await, @r"
        bad_credentials, exit 4
        the password is wrong
        hint: it is the one you sign in with; nothing was changed
        ");
        assert_snapshot!(change(&format!("{PASSWORD}\nshort\n")).await, @r"
        weak_password, exit 6
        the password has 5 characters; it needs at least 15
        hint: a sentence of your own is long and easy to keep in mind
        ");
        assert_snapshot!(change(&format!("{PASSWORD}\n{PASSWORD}\n")).await, @r"
        invalid, exit 6
        the new password is the present one
        hint: none
        /password: the new password is the present one
        ");
        assert_snapshot!(change(&format!("{PASSWORD}\n")).await, @r"
        input_needed, exit 2
        the new password is missing: stdin has one line alone
        hint: the present password is its first line, the new one its second
        ");
        assert_snapshot!(rosa.run("account password -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Your present password), but there is no terminal to ask on
        hint: give it with --password-stdin
        ");
        let cron = rosa.proven("account tokens create --scope account:write --label cron --jq .token").await.ok().stdout;
        let cron = portal.shell().with("CITYTIME_TOKEN", cron.trim());
        let lines = format!("{PASSWORD}\n{NEW}\n");
        assert_eq!(cron.command("account password --password-stdin").stdin(lines).run().await.exit, 5);
        portal.shell().command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
    }

    async fn a_password_is_changed_at_prompts(portal: Portal) {
        let rosa = portal.rosa().await;
        let mut terminal = rosa.command("account password").at_terminal(100, 24);
        let secrets = [
            ("Your present password: ", PASSWORD),
            ("New password (at least 15 characters): ", "short"),
            ("New password (at least 15 characters): ", NEW),
            ("again: ", NEW),
        ];
        for (prompt, answer) in secrets {
            terminal.expect_hidden(prompt).await;
            terminal.send_line(answer).await;
        }
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert!(!screen.contains(NEW) && !screen.contains(PASSWORD), "{screen}");
        portal.shell().command("login --username rosa --password-stdin").stdin(NEW).run().await.ok();
    }

    async fn the_password_is_asked_for_again(portal: Portal) {
        let rosa = portal.rosa().await;
        for line in ["account tokens create --scope bills:read --label cron", "account update --email rosa@elsewhere.example", "account update --phone 312-555-0177"] {
            let needed = rosa.run(&format!("{line} -o json")).await;
            assert_eq!((needed.exit, needed.error()["code"].as_str()), (2, Some("input_needed")), "{line}: {needed}");
            let wrong = rosa.command(&format!("{line} --password-stdin -o json")).stdin("wrong").run().await;
            assert_eq!((wrong.exit, wrong.error()["code"].as_str()), (4, Some("bad_credentials")), "{line}: {wrong}");
        }
        assert_snapshot!(rosa.run("account update --email rosa@elsewhere.example -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Your password), but there is no terminal to ask on
        hint: give it with --password-stdin
        ");
        let untouched = rosa.run("account show -o json").await.ok().json();
        assert_eq!(rosa.run("account tokens list --jq length").await.ok().stdout, "0\n");
        // What reaches nobody else is changed without it, and so is what stays the same.
        rosa.run("account update --name 'Rosa M.'").await.ok();
        rosa.run(["account", "update", "--email", untouched["email"].as_str().unwrap()]).await.ok();
        let mut terminal = rosa.command("account update --email rosa@elsewhere.example --columns email").at_terminal(100, 24);
        terminal.expect_hidden("Your password: ").await;
        terminal.send_line(PASSWORD).await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert_snapshot!(screen, @r"
        Your password:
        A code was mailed to the new address. Confirm it: `citytime account verify CODE`.
        email  rosa@elsewhere.example
        ");
        // A stolen session guesses no better than anybody else.
        for _ in 0..5 {
            rosa.command("account update --phone 312-555-0178 --password-stdin").stdin("wrong").run().await;
        }
        let waits = rosa.command("account update --phone 312-555-0178 --password-stdin -o json").stdin(PASSWORD).run().await;
        assert_eq!((waits.exit, waits.error()["code"].as_str()), (7, Some("rate_limited")), "{waits}");
    }
}
