//! The second factor: turned on by a code, asked for at every sign-in, each code used once; recovery codes.

use citytime::portal::store::StoreError;
use insta::assert_snapshot;
use ring::hmac;
use serde_json::json;

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::portal::{PASSWORD, Portal};

const SHORT: &str = "q7#vWx!2";

citytime::queries! {
    /// What is kept of a secret.
    SEALED = "SELECT secret FROM second_factors";
}

/// An authenticator app, by RFC 4226 and RFC 6238.
pub(crate) struct App {
    secret: Vec<u8>,
}

impl App {
    /// With a secret in base 32, as it is typed in.
    pub(crate) fn new(typed: &str) -> Self {
        let mut secret = Vec::new();
        let (mut held, mut bits) = (0_u32, 0);
        for letter in typed.bytes().filter(|letter| *letter != b' ') {
            let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).expect("base 32");
            held = (held << 5) | u32::try_from(value).unwrap();
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                secret.push(u8::try_from((held >> bits) & 0xff).unwrap());
            }
        }
        assert_eq!(secret.len(), 20);
        Self { secret }
    }

    /// The code it shows now, or so many steps from now.
    pub(crate) fn code(&self, portal: &Portal, steps: i64) -> String {
        let counter = portal.now().as_millisecond() / 30_000 + steps;
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let hash = hmac::sign(&key, &counter.to_be_bytes()).as_ref().to_vec();
        let at = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }
}

/// Turns rosa's second factor on, as a script does: the app, and the recovery codes.
pub(crate) async fn enabled(portal: &Portal, rosa: &Shell) -> (App, Vec<String>) {
    let begun = rosa.proven("account mfa enable -o json").await.ok().json();
    let app = App::new(begun["secret"].as_str().unwrap());
    let on = rosa.run(&format!("account mfa enable --code {} -o json", app.code(portal, 0))).await.ok().json();
    portal.sleep_for_seconds(30);
    (app, serde_json::from_value(on["recovery_codes"].clone()).unwrap())
}

async fn login(shell: &Shell, code: &str) -> Output {
    shell
        .command(&format!("login --username rosa --password-stdin --code '{code}' -o json"))
        .stdin(PASSWORD)
        .run()
        .await
}

on_both_databases! {
    async fn it_counts_once_a_code_was_shown(portal: Portal) {
        let (rosa, other) = (portal.rosa().await, portal.rosa().await);
        assert_eq!(rosa.run("account mfa show -o json").await.ok().json(), json!({"status": "off", "enabled_at": null, "recovery_codes_left": 0}));
        assert_eq!(rosa.run("account mfa enable -o json").await.error()["code"], "input_needed");
        let begun = rosa.proven("account mfa enable -o json").await.ok().json();
        let secret = begun["secret"].as_str().unwrap();
        assert_eq!(begun["uri"], format!("otpauth://totp/City%20of%20Riverton:rosa?secret={secret}&issuer=City%20of%20Riverton"));
        assert_eq!(json!([begun["status"], begun["expires_at"]]), json!(["pending", "2026-11-23T15:15:00Z"]));
        // Nobody needs a code yet.
        portal.shell().command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
        let app = App::new(secret);
        assert_snapshot!(rosa.run("account mfa enable --code 000000 -o json").await.told(), @r"
        bad_code, exit 4
        the code is wrong, or was used already
        hint: take the app's next code; without the app, one of your recovery codes
        ");
        assert_eq!(rosa.run("account mfa show --jq .status").await.ok().stdout, "pending\n");
        other.run("bills list").await.ok();
        let on = rosa.run(&format!("account mfa enable --code {} -o json", app.code(&portal, 0))).await.ok().json();
        let codes: Vec<String> = serde_json::from_value(on["recovery_codes"].clone()).unwrap();
        assert_eq!(codes.len(), 10);
        assert!(codes.iter().all(|code| code.len() == 29 && code.split('-').all(|group| group.len() == 4)), "{codes:?}");
        assert_eq!(rosa.run("account mfa show -o json").await.ok().json(), json!({"status": "on", "enabled_at": "2026-11-23T15:00:00Z", "recovery_codes_left": 10}));
        // Who signed in without it is signed out.
        assert_eq!(other.run("bills list -o json").await.error()["exit_code"], 4);
        assert_snapshot!(rosa.proven("account mfa enable -o json").await.told(), @r"
        conflict, exit 6
        the second factor is on already
        hint: to take another app, turn it off first: citytime account mfa disable
        ");
        // What lies in the database opens nothing.
        let (sealed,): (Vec<u8>,) = portal.store()
            .read((), |tx, ()| Box::pin(async move { tx.one(&SEALED, &[]).await }))
            .await.map_err(|error: StoreError| error).unwrap();
        assert!(!sealed.windows(20).any(|part| part == app.secret), "the secret is sealed");
    }

    async fn a_secret_waits_a_quarter_of_an_hour(portal: Portal) {
        let rosa = portal.rosa().await;
        let first = App::new(rosa.proven("account mfa enable -o json").await.ok().json()["secret"].as_str().unwrap());
        let second = App::new(rosa.proven("account mfa enable -o json").await.ok().json()["secret"].as_str().unwrap());
        assert_ne!(first.secret, second.secret);
        let enable = async |app: &App| rosa.run(&format!("account mfa enable --code {} -o json", app.code(&portal, 0))).await;
        assert_eq!(enable(&first).await.error()["code"], "bad_code", "the later secret is the one");
        portal.sleep_for_seconds(15 * 60);
        assert_snapshot!(enable(&second).await.told(), @r"
        conflict, exit 6
        there is no secret that waits for its first code, or it waited too long
        hint: begin again: citytime account mfa enable
        ");
        assert_eq!(rosa.run("account mfa show --jq .status").await.ok().stdout, "off\n");
    }

    async fn every_sign_in_needs_a_code_and_each_is_used_once(portal: Portal) {
        let (app, _) = enabled(&portal, &portal.rosa().await).await;
        let shell = portal.shell();
        let without = "login --username rosa --password-stdin -o json";
        assert_snapshot!(shell.command(without).stdin(PASSWORD).run().await.told(), @r"
        input_needed, exit 2
        an answer is needed (Code of your app, or a recovery code), but there is no terminal to ask on
        hint: give it with --code
        ");
        // A wrong password says nothing of the second factor.
        assert_eq!(shell.command(without).stdin("wrong").run().await.error()["code"], "bad_credentials");
        let wrong = shell.command("login --username rosa --password-stdin --code 000000 -o json").stdin("wrong").run().await;
        assert_eq!(wrong.error()["code"], "bad_credentials");
        let code = app.code(&portal, 0);
        login(&shell, &code).await.ok();
        assert_eq!(login(&shell, &code).await.error()["code"], "bad_code", "a code is used once");
        // An app's clock may be a step ahead or behind; what is older than a used code is used too.
        assert_eq!(login(&shell, &app.code(&portal, 2)).await.error()["code"], "bad_code");
        login(&shell, &app.code(&portal, 1)).await.ok();
        assert_eq!(login(&shell, &app.code(&portal, 0)).await.error()["code"], "bad_code");
        portal.sleep_for_seconds(120);
        login(&shell, &format!("{} {}", &app.code(&portal, -1)[..3], &app.code(&portal, -1)[3..])).await.ok();
        assert_eq!(login(&shell, &app.code(&portal, -2)).await.error()["code"], "bad_code");
        login(&shell, &app.code(&portal, 0)).await.ok();
    }

    async fn codes_are_guarded_as_passwords_are(portal: Portal) {
        let (app, codes) = enabled(&portal, &portal.rosa().await).await;
        let sign_in = async |source: &str, code: Option<&str>| {
            let body = json!({"username": "rosa", "password": PASSWORD, "code": code});
            Api::anonymous(&portal).from(source).ask("POST", "/v1/sessions", Some(body), None).await
        };
        // The password alone is no guess: it is asked for the code as often as it likes, at the cost of one verification.
        for _ in 0..8 {
            let checked = portal.verified();
            let needed = sign_in("203.0.113.7", None).await;
            assert_eq!((needed.status, needed.body["code"].as_str()), (401, Some("code_needed")));
            assert_eq!(portal.verified(), checked + 1);
        }
        for guess in ["000000", "111111", "nonsense", "", "0000-0000-0000-0000-0000-0000"] {
            let checked = portal.verified();
            let wrong = sign_in("203.0.113.7", Some(guess)).await;
            assert_eq!((wrong.status, wrong.body["code"].as_str()), (401, Some("bad_code")), "{guess}");
            assert_eq!(portal.verified(), checked + 1);
        }
        let waits = sign_in("203.0.113.7", Some(&app.code(&portal, 0))).await;
        assert_eq!((waits.status, waits.body["retry_after"].as_i64()), (429, Some(1)), "{}", waits.body);
        assert_eq!(sign_in("203.0.113.8", Some(&codes[0])).await.status, 200, "the owner, from elsewhere");
        portal.sleep_for_seconds(1);
        assert_eq!(sign_in("203.0.113.7", Some(&app.code(&portal, 0))).await.status, 200);
    }

    async fn a_recovery_code_opens_once(portal: Portal) {
        let (app, codes) = enabled(&portal, &portal.rosa().await).await;
        let shell = portal.shell();
        login(&shell, &codes[3].to_lowercase().replace('-', " ")).await.ok();
        assert_eq!(login(&shell, &codes[3]).await.error()["code"], "bad_code");
        assert_eq!(shell.run("account mfa show --jq .recovery_codes_left").await.ok().stdout, "9\n");
        let fresh = shell.proven(&format!("account mfa codes --code {} -o json", app.code(&portal, 0))).await.ok().json();
        let fresh: Vec<String> = serde_json::from_value(fresh["recovery_codes"].clone()).unwrap();
        assert_eq!(login(&shell, &codes[4]).await.error()["code"], "bad_code", "the earlier ones are over");
        login(&shell, &fresh[0]).await.ok();
    }

    async fn what_the_owner_alone_may_do_needs_a_code_too(portal: Portal) {
        let rosa = portal.rosa().await;
        let (app, codes) = enabled(&portal, &rosa).await;
        let create = "account tokens create --scope bills:read --label cron -o json";
        assert_snapshot!(rosa.proven(create).await.told(), @r"
        input_needed, exit 2
        an answer is needed (Code of your app, or a recovery code), but there is no terminal to ask on
        hint: give it with --code
        ");
        portal.sleep_for_seconds(1);
        rosa.proven(&format!("{create} --code {}", app.code(&portal, 0))).await.ok();
        // A token for a script was made with both; it needs neither.
        portal.sleep_for_seconds(30);
        // Beside a second factor a shorter password will do, but not alone.
        let change = format!("account password --password-stdin --code {}", app.code(&portal, 0));
        rosa.command(&change).stdin(format!("{PASSWORD}\n{SHORT}\n")).run().await.ok();
        let disable = async |code: &str| {
            rosa.command(&format!("account mfa disable --password-stdin --code {code} -o json")).stdin(SHORT).run().await
        };
        assert_snapshot!(disable(&codes[0]).await.told(), @r"
        weak_password, exit 6
        the password is too short to open the account alone
        hint: take a longer one first: citytime account password
        ");
        assert_eq!(disable("000000").await.error()["code"], "bad_code");
        portal.sleep_for_seconds(1);
        let change = format!("account password --password-stdin --code {}", codes[1]);
        rosa.command(&change).stdin(format!("{SHORT}\n{PASSWORD}\n")).run().await.ok();
        let other = portal.rosa().await;
        portal.sleep_for_seconds(1);
        let off = rosa.proven(&format!("account mfa disable --code {} -o json", codes[2])).await.ok().json();
        assert_eq!(off, json!({"status": "off", "enabled_at": null, "recovery_codes_left": 0}));
        assert_eq!(other.run("bills list").await.exit, 4);
        portal.shell().command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
        assert_snapshot!(rosa.proven("account mfa disable -o json").await.told(), @r"
        conflict, exit 6
        the account has no second factor
        hint: turn it on with: citytime account mfa enable
        ");
        assert_eq!(
            rosa.run("history account --limit 5 --jq 'map(.title)'").await.ok().json(),
            json!(["Second factor turned off", "Password changed", "Password changed", "Token made: cron", "Second factor turned on"]),
        );
    }

    async fn it_is_turned_on_at_prompts(portal: Portal) {
        let rosa = portal.rosa().await;
        let mut terminal = rosa.command("account mfa enable").at_terminal(120, 80);
        terminal.expect_hidden("Your password: ").await;
        terminal.send_line(PASSWORD).await;
        terminal.expect("Scan this with an authenticator app").await;
        terminal.expect("otpauth://totp/City%20of%20Riverton:rosa?secret=").await;
        terminal.expect("Code of the app: ").await;
        let screen = terminal.screen();
        let (_, secret) = screen.split_once("?secret=").expect("the secret as text");
        let app = App::new(secret.split('&').next().unwrap());
        // A square of half blocks, light around it.
        let drawn: Vec<&str> = screen.lines().filter(|line| line.starts_with("████")).collect();
        assert!(drawn.len() > 15, "{screen}");
        assert!(drawn.iter().all(|line| line.chars().all(|module| " ▀▄█".contains(module))), "{screen}");
        terminal.send_line("000000").await;
        terminal.expect("the code is wrong: type the six digits the app shows now").await;
        terminal.expect("Code of the app: ").await;
        terminal.send_line(&app.code(&portal, 0)).await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        let told = screen.split("recovery codes").last().unwrap_or_default();
        assert_eq!(told.lines().filter(|line| line.trim().len() == 29 && line.matches('-').count() == 5).count(), 10, "{screen}");
        // And at the next sign-in the code is asked for.
        portal.sleep_for_seconds(30);
        let shell = portal.shell();
        let mut terminal = shell.command("login --username rosa --columns username").at_terminal(100, 24);
        terminal.expect_hidden("Password: ").await;
        terminal.send_line(PASSWORD).await;
        terminal.expect("Code of your app, or a recovery code: ").await;
        terminal.send_line(&app.code(&portal, 0)).await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        shell.run("bills list").await.ok();
    }
}
