//! Addresses confirmed, from their mail and messages; what is sent to those that nobody has confirmed: few codes, and
//! nothing else; and what guesses at codes use up.

use insta::assert_snapshot;
use serde_json::json;

use crate::accounts::{PASSWORD as IVANS, newcomer};
use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::browser::Browser;
use crate::support::command::Shell;
use crate::support::portal::{PASSWORD, Portal};

const IVAN: &str = "ivan@mail.riverton.example";
const TOMAS: &str = "tomas@mail.riverton.example";

/// The subjects of what came to an address.
fn subjects(portal: &Portal, to: &str) -> Vec<String> {
    let hers = portal.mailbag().into_iter().filter(|letter| letter.contains(&format!("To: {to}\n")));
    let subject =
        |letter: String| letter.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default().to_owned();
    hers.map(subject).collect()
}

/// Another password, which every confirmed address is told.
async fn change_password(shell: &Shell, present: &str, new: &str) {
    shell.command("account password --password-stdin").stdin(format!("{present}\n{new}\n")).run().await.ok();
}

on_both_databases! {
    async fn an_address_is_confirmed_from_its_mail(portal: Portal) {
        let ivan = newcomer(&portal).await;
        let account = ivan.run("account show -o json").await.ok().json();
        assert_eq!((&account["status"], &account["email_verified"]), (&json!("unverified"), &json!(false)));
        // Looking is open; what changes something is not.
        ivan.run("bills list").await.ok();
        ivan.run("programs list").await.ok();
        assert_snapshot!(ivan.run("permit apply fence --draft -o json").await.told(), @r"
        unverified, exit 5
        the account's e-mail address is not confirmed yet
        hint: type the code that was mailed: citytime account verify CODE (--resend sends another one)
        ");
        for line in [
            "programs register {} -o json".replace("{}", ivan.run("programs list --open -o ids --limit 1").await.ok().stdout.trim()),
            "bills pay BIL-00000001 --yes -o json".to_owned(),
        ] {
            let refused = ivan.run(&line).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (5, Some("unverified")), "{line}: {refused}");
        }
        // Nobody is asked at a terminal what would be refused all the same.
        ivan.run("account records link UT-300412 --code K7QM-2X9D").await.ok();
        let (exit, screen) = ivan.command("bills pay --all").at_terminal(100, 20).finish().await;
        assert!(exit == 5 && screen.starts_with("error: the account's e-mail address is not confirmed yet\n"), "{screen}");
        // Open311 has no word for it.
        let request = ivan.run("request new streetlight --address '1 Quay' --set fault=out --no-input -o json").await;
        assert!(request.exit == 5 && request.stderr.contains("is not confirmed yet"), "{request}");
        let letter = portal.letter("ivan@mail.riverton.example", "Confirm your e-mail address").await;
        assert!(letter.text.contains("This address was given for the account ivan."), "{}", letter.text);
        assert_snapshot!(ivan.run("account verify 77777-77777-77777 -o json").await.told(), @r"
        code_unknown, exit 6
        there is no such code
        hint: type it as the mail has it; after 5 wrong tries it holds no more, and a new one is needed
        ");
        assert_snapshot!(ivan.run("account verify 7777 -o json").await.told(), @r"
        code_unknown, exit 6
        that is no code, or not a whole one
        hint: a code has fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A
        ");
        // However it is typed.
        let typed = letter.code().to_lowercase().replace('-', " ");
        let account = ivan.run(["account", "verify", typed.as_str(), "-o", "json"]).await.ok().json();
        assert_eq!((&account["status"], &account["email_verified"]), (&json!("active"), &json!(true)));
        ivan.run("permit apply fence --draft --set address=Towpath").await.ok();
        let again = ivan.run(["account", "verify", letter.code().as_str(), "-o", "json"]).await;
        assert_snapshot!(again.told(), @r"
        code_used, exit 6
        this code was used already
        hint: `citytime account show` tells whether the address is confirmed
        ");
        assert_snapshot!(ivan.run("account verify --resend -o json").await.told(), @r"
        conflict, exit 6
        ivan@mail.riverton.example is confirmed already
        hint: there is nothing to do
        ");
    }

    async fn a_link_confirms_when_its_button_is_pressed(portal: Portal) {
        let ivan = newcomer(&portal).await;
        let letter = portal.letter("ivan@mail.riverton.example", "Confirm your e-mail address").await;
        let (browser, link) = (Browser::at(&portal), letter.link());
        // Whatever scans the mail opens it too.
        for _ in 0..3 {
            let page = browser.open(&link).await;
            assert_eq!(page.status, 200);
            assert_snapshot!(page.words(), @r"
            Is this e-mail address yours?
            It was given as the e-mail address of an account here: ivan@mail.riverton.example
            Yes, it is mine
            If it was not you who gave it, close this page: nothing happens then.
            ");
        }
        assert_eq!(ivan.run("account show -o json").await.ok().json()["email_verified"], false);
        let code = letter.code();
        let done = browser.submit("/confirm", &[("code", code.as_str())]).await;
        assert_snapshot!(done.words(), @r"
        Thank you
        ivan@mail.riverton.example is confirmed.
        Everything the portal offers is open to the account now. Go on in your terminal:
        citytime account show
        You can close this page.
        ");
        assert_eq!(ivan.run("account show -o json").await.ok().json()["status"], "active");
        let again = browser.submit("/confirm", &[("code", code.as_str())]).await;
        assert_eq!(again.status, 422);
        assert!(again.words().contains("This code was used already."), "{}", again.words());
    }

    async fn whoever_tries_codes_at_the_page_waits(portal: Portal) {
        let browser = Browser::at(&portal);
        let mut words = String::new();
        for _ in 0..6 {
            words = browser.open("/confirm?code=77777-77777-77777").await.words();
        }
        assert!(words.contains("Too many wrong guesses"), "{words}");
        let sent = browser.submit("/confirm", &[("code", "77777-77777-77777")]).await;
        assert_eq!(sent.status, 429, "{}", sent.words());
    }

    async fn a_phone_is_confirmed_by_a_message(portal: Portal) {
        let ivan = newcomer(&portal).await;
        ivan.command("account update --phone 312-555-0199 --password-stdin").stdin(IVANS).run().await.ok();
        let sent = ivan.run("account verify --resend phone -o json").await.ok().json();
        assert_eq!((&sent["to"], &sent["address"]), (&json!("+13125550199"), &json!("phone")));
        let code = portal.letter("+13125550199", "").await.code();
        portal.sleep_for_seconds(11 * 60);
        let late = ivan.run(["account", "verify", code.as_str(), "-o", "json"]).await;
        assert_snapshot!(late.told(), @r"
        code_expired, exit 6
        this code has expired: it holds for 10 minutes
        hint: get another one: citytime account verify --resend phone
        ");
        ivan.run("account verify --resend phone").await.ok();
        let messages = portal.letters("+13125550199", "", 2).await;
        let newer = messages.iter().map(|message| message.code()).find(|newer| *newer != code).expect("a newer code");
        let account = ivan.run(["account", "verify", newer.as_str(), "-o", "json"]).await.ok().json();
        assert_eq!(account["phone_verified"], true);
    }

    async fn an_address_nobody_confirmed_gets_its_code_and_nothing_else(portal: Portal) {
        let ivan = newcomer(&portal).await;
        let code = portal.letter(IVAN, "Confirm").await.code();
        change_password(&ivan, IVANS, "herons over the second weir").await;
        // What is written down later leaves later: once tomas has his, ivan would have his.
        change_password(&portal.tomas().await, PASSWORD, "herons over the second weir").await;
        portal.letter(TOMAS, "password was changed").await;
        assert_eq!(subjects(&portal, IVAN).len(), 1, "{:?}", subjects(&portal, IVAN));
        let listed = ivan.run("notifications list --jq .[].subject").await.ok().stdout;
        assert!(listed.contains("password was changed"), "it is found in the list all the same: {listed}");
        ivan.run(["account", "verify", code.as_str()]).await.ok();
        change_password(&ivan, "herons over the second weir", "lanterns under the bridge").await;
        portal.letter(IVAN, "password was changed").await;
        // A new address that is not confirmed yet takes no notices from the one that is.
        let moved = "account update --email ivan@elsewhere.example --password-stdin";
        ivan.command(moved).stdin("lanterns under the bridge").run().await.ok();
        portal.letter("ivan@elsewhere.example", "Confirm").await;
        portal.letter(IVAN, "e-mail address").await;
        change_password(&ivan, "lanterns under the bridge", "nineteen herons at dawn").await;
        portal.letters(IVAN, "password was changed", 2).await;
        assert_eq!(subjects(&portal, "ivan@elsewhere.example").len(), 1);
    }

    async fn nobody_fills_anothers_mailbox(portal: Portal) {
        let rosa = portal.rosa().await;
        for number in 0..5 {
            rosa.proven(&format!("account recovery-email rosa@{number}.example")).await.ok();
        }
        let sixth = rosa.proven("account recovery-email rosa@6.example -o json").await;
        assert_eq!((sixth.exit, sixth.error()["code"].clone()), (7, json!("rate_limited")), "{sixth}");
        assert_eq!(rosa.run("account show --jq .recovery_email").await.ok().stdout, "rosa@4.example\n", "nothing was changed");
        for number in 0..5 {
            rosa.proven(&format!("account update --email rosa@{number}.other.example")).await.ok();
        }
        let sixth = rosa.proven("account update --email rosa@6.other.example -o json").await;
        assert_eq!((sixth.exit, sixth.error()["code"].clone()), (7, json!("rate_limited")), "{sixth}");
        // An address gets no more than that, whoever gives it for theirs, and nobody is kept from an account.
        for number in 0..6 {
            let create = format!(
                "account create --username victim{number} --name V --email victim@mail.example --accept-terms --password-stdin"
            );
            portal.shell().command(&create).stdin(IVANS).run().await.ok();
        }
        portal.letters("victim@mail.example", "Confirm", 5).await;
        portal.sleep_for_seconds(3601);
        rosa.proven("account recovery-email rosa@7.example").await.ok();
        portal.letter("rosa@7.example", "Confirm").await;
        assert_eq!(subjects(&portal, "victim@mail.example").len(), 5);
    }

    async fn wrong_codes_at_an_address_use_up_no_way_back(portal: Portal) {
        let rosa = portal.rosa().await;
        portal.shell().run("account recover start --username rosa").await.ok();
        let code = portal.letter("rosa@mail.riverton.example", "A new password").await.code();
        let mut wrong = 0;
        while rosa.run("account verify 77777-77777-77777 --retries 0 -o json").await.error()["code"] == "code_unknown" {
            wrong += 1;
            if wrong == 5 {
                break;
            }
        }
        assert_eq!(wrong, 5, "as many as end a code");
        let finish = format!("account recover finish --code {code} --password-stdin");
        portal.shell().command(&finish).stdin("herons over the second weir").run().await.ok();
    }

    /// A sign-up is limited as guesses are, and what is repeated under its key is held against the password as at the door.
    async fn signing_up_is_limited_before_anything_is_hashed(portal: Portal) {
        let create = |username: &str, password: &str| json!({
            "username": username, "password": password, "name": "Vera", "email": "vera@mail.example", "terms_version": "2026-01",
        });
        let here = Api::anonymous(&portal).from("203.0.113.7");
        for _ in 0..5 {
            let taken = here.ask("POST", "/v1/accounts", Some(create("rosa", IVANS)), None).await;
            assert_eq!((taken.status, &taken.body["code"]), (409, &json!("taken")));
        }
        let sixth = here.ask("POST", "/v1/accounts", Some(create("rosa", IVANS)), None).await;
        assert_eq!((sixth.status, &sixth.body["code"]), (429, &json!("rate_limited")));
        let elsewhere = Api::anonymous(&portal).from("198.51.100.7");
        elsewhere.ask("POST", "/v1/accounts", Some(create("vera", IVANS)), Some("once")).await.ok();
        let begun = portal.verified();
        for _ in 0..3 {
            let other = elsewhere.ask("POST", "/v1/accounts", Some(create("vera", "another password of hers")), Some("once")).await;
            assert_eq!((other.status, &other.body["code"]), (422, &json!("key_reused")));
        }
        elsewhere.ask("POST", "/v1/accounts", Some(create("vera", IVANS)), Some("once")).await.ok();
        assert_eq!(portal.verified(), begun + 4);
        // Those were guesses at her password: the door knows of them.
        let knock = |password: &str| json!({"username": "vera", "password": password});
        for _ in 0..2 {
            assert_eq!(elsewhere.ask("POST", "/v1/sessions", Some(knock("wrong")), None).await.status, 401);
        }
        assert_eq!(elsewhere.ask("POST", "/v1/sessions", Some(knock(IVANS)), None).await.status, 429);
    }
}
