//! The way back into an account: whole journeys, read from the mail itself.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::accounts::newcomer;
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::browser::Browser;
use crate::support::command::Shell;
use crate::support::portal::Portal;

pub(crate) const ROSAS_PASSWORD: &str = "lanterns over the old weir";
pub(crate) const OTHER: &str = "seventeen kites above granary lane";
pub(crate) const ROSA: &str = "rosa@mail.riverton.example";

/// Rosa, signed in by her password.
pub(crate) async fn signed_in(portal: &Portal, password: &str) -> Shell {
    let shell = portal.shell();
    shell.command("login --username rosa --password-stdin").stdin(password).run().await.ok();
    shell
}

/// Rosa gets a second address, and confirms it.
async fn second_address(portal: &Portal, rosa: &Shell) {
    rosa.command("account recovery-email rosa@elsewhere.example --password-stdin")
        .stdin(ROSAS_PASSWORD)
        .run()
        .await
        .ok();
    let letter = portal.letter("rosa@elsewhere.example", "Confirm your recovery address").await;
    let account = rosa.run(["account", "verify", letter.code().as_str(), "-o", "json"]).await.ok().json();
    assert_eq!(account["recovery_email_verified"], true);
}

pub(crate) fn finish(code: &str) -> [String; 7] {
    ["account", "recover", "finish", "--code", code, "--password-stdin", "-ojson"].map(str::to_owned)
}

on_both_databases! {
    async fn a_code_is_for_one_account_and_one_thing(portal: Portal) {
        let (ivan, tomas) = (newcomer(&portal).await, portal.tomas().await);
        let code = portal.letter("ivan@mail.riverton.example", "Confirm").await.code();
        let foreign = tomas.run(["account", "verify", code.as_str(), "-o", "json"]).await;
        assert_snapshot!(foreign.told(), @r"
        code_foreign, exit 6
        this code was sent for another account than the one signed in
        hint: sign in to the account it was sent for: citytime login; `citytime whoami` tells who is signed in
        ");
        let elsewhere = ivan.command(finish(&code)).stdin(OTHER).run().await;
        assert_snapshot!(elsewhere.told(), @r"
        code_foreign, exit 6
        this code is not for that
        hint: that code confirms an address: citytime account verify CODE
        ");
        ivan.run("account recover start --username ivan").await.ok();
        let way_back = portal.letter("ivan@mail.riverton.example", "A new password").await.code();
        let elsewhere = ivan.run(["account", "verify", way_back.as_str(), "-o", "json"]).await;
        assert_snapshot!(elsewhere.told(), @r"
        code_foreign, exit 6
        this code is not for that
        hint: that code is for a new password: citytime account recover finish --code CODE --password-stdin
        ");
        // None of it used either of them up; time does.
        portal.sleep_for_seconds(31 * 60);
        let late = ivan.run(["account", "verify", code.as_str(), "-o", "json"]).await;
        assert_snapshot!(late.told(), @r"
        code_expired, exit 6
        this code has expired: it holds for 30 minutes
        hint: get another one: citytime account verify --resend
        ");
        let late = ivan.command(finish(&way_back)).stdin(OTHER).run().await;
        assert_snapshot!(late.told(), @r"
        code_expired, exit 6
        this code has expired: it holds for 30 minutes
        hint: get another one: citytime account recover start --username NAME
        ");
        ivan.run("account verify --resend").await.ok();
        let newer = portal.letters("ivan@mail.riverton.example", "Confirm", 2).await;
        let codes: Vec<String> = newer.iter().map(|letter| letter.code()).filter(|newer| *newer != code).collect();
        ivan.run(["account", "verify", codes[0].as_str()]).await.ok();
    }

    async fn a_newer_code_ends_the_older_and_few_are_sent(portal: Portal) {
        let ivan = newcomer(&portal).await;
        let first = portal.letter("ivan@mail.riverton.example", "Confirm").await.code();
        for _ in 0..4 {
            ivan.run("account verify --resend").await.ok();
        }
        let late = ivan.run(["account", "verify", first.as_str(), "-o", "json"]).await;
        assert_snapshot!(late.told(), @r"
        code_expired, exit 6
        this code holds no more: a newer one was sent, or another one used
        hint: get another one: citytime account verify --resend
        ");
        let refused = ivan.run("account verify --resend -o json --retries 0").await;
        assert_snapshot!(refused.told(), @r"
        rate_limited, exit 7
        5 codes were sent within the hour
        hint: look for the newest one, also among what was taken for spam; or wait a while
        ");
        let none = ivan.run("account verify --resend phone -o json").await;
        assert_snapshot!(none.told(), @r"
        conflict, exit 6
        the account has no such address
        hint: give one: citytime account update --phone NUMBER
        ");
    }

    async fn no_way_back_outlives_the_password_or_the_address_it_was_sent_to(portal: Portal) {
        let rosa = signed_in(&portal, ROSAS_PASSWORD).await;
        second_address(&portal, &rosa).await;
        rosa.run("account recover start --username rosa").await.ok();
        let code = portal.letter("rosa@elsewhere.example", "A new password").await.code();
        // The mailbox is not hers alone any more: it leads nowhere from now on.
        rosa.command("account recovery-email --none --password-stdin").stdin(ROSAS_PASSWORD).run().await.ok();
        assert_eq!(rosa.command(finish(&code)).stdin(OTHER).run().await.error()["code"], "code_expired");
        portal.sleep_for_seconds(10 * 60);
        rosa.run("account recover start --username rosa").await.ok();
        let letters = portal.letters(ROSA, "A new password", 2).await;
        let both = format!("{ROSAS_PASSWORD}\n{OTHER}\n");
        rosa.command("account password --password-stdin").stdin(both).run().await.ok();
        for letter in letters {
            let refused = rosa.command(finish(&letter.code())).stdin("a lamp over the lock gate\n").run().await;
            assert_eq!(refused.error()["code"], "code_expired");
        }
    }

    async fn wrong_codes_end_the_right_one(portal: Portal) {
        let ivan = newcomer(&portal).await;
        let code = portal.letter("ivan@mail.riverton.example", "Confirm").await.code();
        // Another secret behind the same handle: somebody guesses at this very code.
        let browser = Browser::at(&portal);
        let guess = format!("{}-00000-00000", &code[..5]);
        for _ in 0..5 {
            let wrong = browser.submit("/confirm", &[("code", guess.as_str())]).await;
            assert!(wrong.words().contains("There is no such code."), "{}", wrong.words());
        }
        let ended = ivan.run(["account", "verify", code.as_str(), "-o", "json"]).await;
        assert_snapshot!(ended.told(), @r"
        code_expired, exit 6
        this code holds no more: wrong ones were tried 5 times in its place
        hint: get another one: citytime account verify --resend
        ");
    }

    async fn another_address_is_told_to_the_old_one(portal: Portal) {
        let rosa = signed_in(&portal, ROSAS_PASSWORD).await;
        let update = rosa.command("account update --email rosa@new.example --password-stdin -o json").stdin(ROSAS_PASSWORD);
        let account = update.run().await.ok().json();
        assert_eq!((&account["email"], &account["status"]), (&json!("rosa@new.example"), &json!("unverified")));
        let refused = rosa.run("bills pay --all --yes -o json").await;
        assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("unverified")), "{refused}");
        let told = portal.letter(ROSA, "Your e-mail address").await;
        assert!(told.text.contains("r…@new.example") && !told.text.contains("rosa@new.example"), "{}", told.text);
        // Until the new one is confirmed the way back leads to the old one: a slip of the pen locks nobody out.
        rosa.run("account recover start --username rosa").await.ok();
        portal.letter(ROSA, "A new password").await;
        let code = portal.letter("rosa@new.example", "Confirm").await.code();
        let account = rosa.run(["account", "verify", code.as_str(), "-o", "json"]).await.ok().json();
        assert_eq!((&account["email_verified"], &account["status"]), (&json!(true), &json!("active")));
        portal.sleep_for_seconds(6 * 60);
        rosa.run("account recover start --username rosa").await.ok();
        portal.letter("rosa@new.example", "A new password").await;
    }

    async fn a_lost_password_is_replaced_from_the_mail(portal: Portal) {
        let (rosa, elsewhere) = (signed_in(&portal, ROSAS_PASSWORD).await, signed_in(&portal, ROSAS_PASSWORD).await);
        second_address(&portal, &rosa).await;
        let token = rosa.command("account tokens create --scope bills:read --label cron --password-stdin --jq .token").stdin(ROSAS_PASSWORD);
        let script = portal.shell().with("CITYTIME_TOKEN", token.run().await.ok().stdout.trim());
        let stranger = portal.shell();
        assert_snapshot!(stranger.run("account recover start --username ROSA").await, @r"
        exit: 0
        ----- stdout
        detail	code_minutes
        If there is such an account, a code for a new password is on its way to the addresses it has confirmed.	30
        ----- stderr
        With the code that comes: `citytime account recover finish`, or open the link of the mail.
        ");
        let first = portal.letter(ROSA, "A new password").await.code();
        let second = portal.letter("rosa@elsewhere.example", "A new password").await.code();
        assert_ne!(first, second);
        // Nothing has happened yet.
        rosa.run("bills list").await.ok();
        // A password that will not do is told, and the code is still good.
        assert_snapshot!(stranger.command(finish(&second)).stdin("rosa rosa rosa rosa").run().await.told(), @r"
        weak_password, exit 6
        the password is made of your name or the city's
        hint: take words that nobody knows of you
        ");
        let piped = stranger.command("account recover finish --code - --password-stdin").stdin(format!("{second}\n{OTHER}\n"));
        assert_snapshot!(piped.run().await, @r"
        exit: 0
        ----- stdout
        account	username	sessions_ended	tokens_left
        ACC-00000001	rosa	2	1
        ----- stderr
        Every session has ended. Sign in with the new password: `citytime login`.
        Tokens for scripts go on working: `citytime account tokens list` shows them.
        ");
        for shell in [&rosa, &elsewhere] {
            assert_eq!(shell.run("bills list").await.exit, 4, "every session has ended");
        }
        script.run("bills list").await.ok();
        let old = stranger.command("login --username rosa --password-stdin").stdin(ROSAS_PASSWORD).run().await;
        assert_eq!(old.exit, 4, "{old}");
        signed_in(&portal, OTHER).await.run("whoami").await.ok();
        for address in [ROSA, "rosa@elsewhere.example"] {
            let told = portal.letter(address, "was reset").await;
            assert!(told.text.contains("r…@elsewhere.example"), "{}", told.text);
        }
        assert_snapshot!(stranger.command(finish(&second)).stdin(OTHER).run().await.told(), @r"
        code_used, exit 6
        this code was used already
        hint: get another one: citytime account recover start --username NAME
        ");
        assert_snapshot!(stranger.command(finish(&first)).stdin(OTHER).run().await.told(), @r"
        code_expired, exit 6
        this code holds no more: a newer one was sent, or another one used
        hint: get another one: citytime account recover start --username NAME
        ");
    }

    async fn asking_never_tells_whether_there_is_an_account(portal: Portal) {
        let nobody = Api::anonymous(&portal);
        let ask = async |username: &str| {
            let mut answer = nobody.ask("POST", "/v1/recoveries", Some(json!({ "username": username })), None).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.body.as_object_mut().map(|body| body.remove("request_id"));
            answer.body
        };
        let known = ask("rosa").await;
        assert_eq!(known, ask("nobody.there").await);
        assert_eq!(known, json!({
            "detail": "If there is such an account, a code for a new password is on its way to the addresses it has confirmed.",
            "code_minutes": 30,
        }));
        // Again at once: the same answer, and no second letter.
        assert_eq!(known, ask("Rosa").await);
        let browser = Browser::at(&portal);
        let pages = [browser.submit("/recover", &[("username", "rosa")]).await, browser.submit("/recover", &[("username", "nobody.there")]).await];
        assert_eq!(pages[0].html.split("<footer>").next(), pages[1].html.split("<footer>").next());
        assert_snapshot!(pages[0].words(), @r"
        Look into your mail
        If there is such an account, a code for a new password is on its way to the addresses it has confirmed.
        The code holds for 30 minutes. Nothing has come? Look where unwanted mail goes, or ask again in five minutes.
        I have a code
        ");
        portal.letter(ROSA, "A new password").await;
        portal.work().await;
        assert_eq!(portal.letters_so_far(ROSA, "A new password").await.len(), 1);
        let long = nobody.ask("POST", "/v1/recoveries", Some(json!({ "username": "x".repeat(5000) })), None).await;
        assert_eq!((long.status, &long.body["code"]), (422, &json!("invalid")));
        // One source does not ask for everybody.
        let mut last = Value::Null;
        for number in 0..40 {
            last = nobody.ask("POST", "/v1/recoveries", Some(json!({ "username": format!("name{number}") })), None).await.body;
        }
        assert_eq!(last["code"], "rate_limited");
    }

    async fn a_password_is_reset_on_its_page(portal: Portal) {
        let rosa = signed_in(&portal, ROSAS_PASSWORD).await;
        let browser = Browser::at(&portal);
        browser.submit("/recover", &[("username", "rosa")]).await;
        let letter = portal.letter(ROSA, "A new password").await;
        let (code, link) = (letter.code(), letter.link());
        for _ in 0..3 {
            assert_eq!(browser.open(&link).await.status, 200);
        }
        assert_snapshot!(browser.open(&link).await.words(), @r"
        Set a new password
        For the account rosa. Once it is set, everybody who is signed in is signed out.
        New password
        At least 15 characters: a sentence of your own is long and easy to keep in mind
        The same again
        So that a slip of the finger does not lock you out
        Set the password
        ");
        let differ = browser.submit("/reset", &[("code", &code), ("password", OTHER), ("again", "something else")]).await;
        assert_eq!(differ.status, 422);
        assert!(differ.words().contains("The two passwords are not the same."), "{}", differ.words());
        let weak = browser.submit("/reset", &[("code", &code), ("password", "short"), ("again", "short")]).await;
        assert!(weak.words().contains("The password has 5 characters; it needs at least 15."), "{}", weak.words());
        assert!(!weak.html.contains("short\""), "what was typed is not sent back");
        rosa.run("bills list").await.ok();
        let done = browser.submit("/reset", &[("code", &code), ("password", OTHER), ("again", OTHER)]).await;
        assert_snapshot!(done.words(), @r"
        Done
        The account rosa has a new password.
        Every session has ended. Sign in with the new password:
        citytime login --username rosa
        You can close this page.
        ");
        assert_eq!(rosa.run("bills list").await.exit, 4);
        signed_in(&portal, OTHER).await.run("whoami").await.ok();
        let again = browser.open(&link).await;
        assert!(again.words().contains("This code was used already."), "{}", again.words());
    }
}
