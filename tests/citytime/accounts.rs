//! Accounts: made with flags, from a file or at prompts; signing in and out; what a password must be.

use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;
use serde_json::json;

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

pub(crate) const PASSWORD: &str = "nineteen herons at dusk";

/// Makes ivan's account, signed in; his address is not confirmed.
pub(crate) async fn newcomer(portal: &Portal) -> Shell {
    let shell = portal.shell();
    let create = "account create --username ivan --name 'Ivan Petrov' --email ivan@mail.riverton.example --accept-terms --password-stdin";
    shell.command(create).stdin(PASSWORD).run().await.ok();
    shell.command("login --username ivan --password-stdin").stdin(PASSWORD).run().await.ok();
    shell
}

/// Ivan, who has nothing but a confirmed address.
pub(crate) async fn ivan(portal: &Portal) -> Shell {
    let shell = newcomer(portal).await;
    let code = portal.letter("ivan@mail.riverton.example", "Confirm your e-mail address").await.code();
    shell.run(["account", "verify", code.as_str()]).await.ok();
    shell
}

on_both_databases! {
    async fn an_account_is_made_with_flags(portal: Portal) {
        let shell = portal.shell();
        let create = "account create --username Ivan --name 'Ivan Petrov' --email Ivan@Mail.Riverton.example --phone '(312) 555-0199' \
            --address '4 Mill Road, Flat 2, Riverton, IL 60699' --recovery-email ivan@elsewhere.example --accept-terms --password-stdin";
        assert_snapshot!(shell.command(create).stdin(PASSWORD).run().await, @r"
        exit: 0
        ----- stdout
        id	username	name	email	email_verified	phone	phone_verified	address.line1	address.line2	address.city	address.region	address.postal_code	address.country	recovery_email	recovery_email_verified	status	terms.version	terms.accepted_at	records	created_at
        ACC-00000001	ivan	Ivan Petrov	Ivan@mail.riverton.example	false	+13125550199	false	4 Mill Road	Flat 2	Riverton	IL	60699	US	ivan@elsewhere.example	false	unverified	2026-01	2026-11-23T15:00:00Z		2026-11-23T15:00:00Z
        ----- stderr
        Your account is made. A code was mailed to Ivan@mail.riverton.example. Sign in, confirm the address with it, then link what the city's letter is about: `citytime login`, `citytime account verify CODE`, `citytime account records link NUMBER --code CODE`.
        ");
        assert_snapshot!(shell.command("login --username IVAN --password-stdin").stdin(PASSWORD).run().await, @r"
        exit: 0
        ----- stdout
        city	portal	username	role	scopes	token_source	expires_at	account
        127.0.0.1	http://127.0.0.1:[PORT]	ivan	resident	account:read, account:write, bills:read, bills:pay, wallet:read, wallet:write, history:read, permits:read, permits:write, programs:read, programs:write, requests:read, requests:write, support:read, support:write	citytime login ([DIR]/config/credentials.toml)	2026-12-23T15:00:00Z	ACC-00000001
        ----- stderr
        ");
        assert_snapshot!(shell.run("account show -o json").await, @r#"
        exit: 0
        ----- stdout
        {"id":"ACC-00000001","username":"ivan","name":"Ivan Petrov","email":"Ivan@mail.riverton.example","email_verified":false,"phone":"+13125550199","phone_verified":false,"address":{"line1":"4 Mill Road","line2":"Flat 2","city":"Riverton","region":"IL","postal_code":"60699","country":"US"},"recovery_email":"ivan@elsewhere.example","recovery_email_verified":false,"status":"unverified","terms":{"version":"2026-01","accepted_at":"2026-11-23T15:00:00Z"},"records":[],"created_at":"2026-11-23T15:00:00Z"}
        ----- stderr
        "#);
        assert_snapshot!(shell.run("whoami").await, @r"
        exit: 0
        ----- stdout
        city	portal	username	role	scopes	token_source	expires_at	account
        127.0.0.1	http://127.0.0.1:[PORT]	ivan	resident	account:read, account:write, bills:read, bills:pay, wallet:read, wallet:write, history:read, permits:read, permits:write, programs:read, programs:write, requests:read, requests:write, support:read, support:write	citytime login ([DIR]/config/credentials.toml)	2026-12-23T15:00:00Z	ACC-00000001
        ----- stderr
        ");
        // The name is taken, however it is written.
        let taken = "account create --username iVaN --name Other --email other@mail.example --accept-terms --password-stdin -o json";
        assert_snapshot!(shell.command(taken).stdin(PASSWORD).run().await.told(), @r"
        taken, exit 6
        the user name `ivan` is taken
        hint: take another one with --username
        ");
        let update = shell.command("account update --phone 312-555-0123 --name 'Ivan P.' --columns name,phone,email --password-stdin");
        assert_snapshot!(update.stdin(PASSWORD).run().await, @r"
        exit: 0
        ----- stdout
        name	phone	email
        Ivan P.	+13125550123	Ivan@mail.riverton.example
        ----- stderr
        ");
        assert_snapshot!(shell.run("account update --phone 12 --email nowhere -o json").await.told(), @r"
        invalid, exit 6
        2 fields are wrong
        hint: nothing was changed: correct it, and send it again
        /email: `nowhere` is no e-mail address; one looks like rosa@riverton.example
        /phone: `12` is no telephone number; one looks like +1 312 555 0142
        ");
        assert_snapshot!(shell.run("account update -o json").await.told(), @r"
        usage, exit 2
        nothing was said that should change
        hint: say it with --name, --email, --phone, --address or --file
        ");
    }

    async fn an_account_is_made_from_a_file(portal: Portal) {
        let shell = portal.shell();
        let file = json!({"username": "ivan", "password": PASSWORD, "name": "Ivan Petrov", "email": "ivan@mail.example", "terms_version": "2026-01"});
        shell.write("ivan.json", &file.to_string());
        // A flag has the last word.
        let made = shell.run("account create --file ivan.json --email ivan@riverton.example -o json").await.ok().json();
        assert_eq!(made["email"], "ivan@riverton.example");
        let other = file.to_string().replace("ivan", "vera");
        assert_eq!(shell.command("account create --file - -o json").stdin(other).run().await.ok().json()["username"], "vera");
        shell.write("wrong.json", r#"{"username": "olga", "address": {"line": "1"}}"#);
        assert_snapshot!(shell.run("account create --file wrong.json --accept-terms -o json").await.told(), @r"
        invalid, exit 6
        wrong.json is no file of account details: at address.line: unknown field `line`, expected one of `line1`, `line2`, `city`, `region`, `postal_code`, `country` at line 1 column 39
        hint: it is JSON with username, name, email, phone, address {line1, city, region, postal_code}, recovery_email
        ");
        assert_snapshot!(shell.run("account create --file absent.json -o json").await.told(), @r"
        file, exit 1
        cannot read absent.json: there is no such file or folder
        hint: check the path (--file names it)
        ");
        shell.write("old.json", &file.to_string().replace("2026-01", "2025-01").replace("\"ivan\"", "\"olga\""));
        assert_snapshot!(shell.run("account create --file old.json -o json").await.told(), @r"
        terms_not_accepted, exit 5
        the terms of use, version 2026-01, must be accepted
        hint: read them with `citytime city show`, then accept them
        ");
    }

    async fn what_is_missing_is_told_at_once(portal: Portal) {
        let shell = portal.shell();
        assert_snapshot!(shell.run("account create -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Do you accept the city's terms), but there is no terminal to ask on
        hint: give it with --accept-terms
        ");
        assert_snapshot!(shell.run("account create --accept-terms -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Username at 127.0.0.1), but there is no terminal to ask on
        hint: give it with --username
        ");
        let wrong = "account create --username x! --name '' --email nowhere --phone 12 --accept-terms --password-stdin -o json";
        assert_snapshot!(shell.command(wrong).stdin(PASSWORD).run().await.told(), @r"
        invalid, exit 6
        4 fields are wrong
        hint: none
        /username: a user name has 3 to 32 of a–z, 0–9, `.`, `_` and `-`, and begins with a letter
        /name: the name is empty
        /email: `nowhere` is no e-mail address; one looks like rosa@riverton.example
        /phone: `12` is no telephone number; one looks like +1 312 555 0142
        ");
    }

    async fn a_password_is_long_and_not_common(portal: Portal) {
        let shell = portal.shell();
        let create = "account create --username ivan --name 'Ivan Petrov' --email ivan@mail.example --accept-terms --password-stdin -o json";
        for password in ["short", "aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "ivan petrov riverton", "qwertyuiopasdfghjkl"] {
            let refused = shell.command(create).stdin(password).run().await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("weak_password")), "{password}: {refused}");
        }
        assert_snapshot!(shell.command(create).stdin("fourteen chars").run().await.told(), @r"
        weak_password, exit 6
        the password has 14 characters; it needs at least 15
        hint: a sentence of your own is long and easy to keep in mind
        ");
        // Blanks, any script, any length: what is typed is what counts.
        let long = "ein Reiher über dem Wehr — ".repeat(12);
        shell.command(create).stdin(format!("{long}\n")).run().await.ok();
        shell.command("login --username ivan --password-stdin").stdin(format!("{long}\n")).run().await.ok();
        let cut: String = long.chars().take(72).collect();
        assert_eq!(shell.command("login --username ivan --password-stdin").stdin(cut).run().await.exit, 4);
    }

    async fn an_account_is_made_at_prompts(portal: Portal) {
        let shell = portal.shell();
        let mut terminal = shell.command("account create").at_terminal(100, 60);
        let answers = [
            ("Username at", "ivan"),
            ("Your name", "Ivan Petrov"),
            ("E-mail", "nowhere"),
            ("an e-mail address looks like", "ivan@mail.riverton.example"),
            ("Phone", ""),
            ("Postal address", "4 Mill Road, Riverton, IL 60699"),
            ("Second e-mail", ""),
        ];
        for (prompt, answer) in answers {
            terminal.expect(prompt).await;
            terminal.expect(": ").await;
            terminal.send_line(answer).await;
        }
        let secrets = [
            ("Password (at least 15 characters): ", "short"),
            ("Password (at least 15 characters): ", PASSWORD),
            ("again: ", "something else entirely"),
            ("Password (at least 15 characters): ", PASSWORD),
            ("again: ", PASSWORD),
        ];
        for (prompt, answer) in secrets {
            terminal.expect_hidden(prompt).await;
            terminal.send_line(answer).await;
        }
        terminal.expect("when they are lost. A payment is made when its receipt says").await;
        terminal.expect("Do you accept the terms of City of Riverton, version 2026-01?").await;
        terminal.send_line("y").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert!(!screen.contains(PASSWORD), "{screen}");
        assert_snapshot!(screen, @r#"
        Username at 127.0.0.1: ivan
        Your name: Ivan Petrov
        E-mail: nowhere
          an e-mail address looks like rosa@example.org
        E-mail: ivan@mail.riverton.example
        Phone (or nothing):
        Postal address, as in "12 Mill Lane, Riverton, IL 62701" (or nothing): 4 Mill Road, Riverton, IL 606
        99
        Second e-mail, for recovery (or nothing):
        Password (at least 15 characters):
          a password has at least 15 characters; a few words that do not belong together are good
        Password (at least 15 characters):
        Password (at least 15 characters), again:
          they differ; once more
        Password (at least 15 characters):
        Password (at least 15 characters), again:

        The City of Riverton runs this portal so that you can look up and pay bills, apply for permits and
        register for programs. What you send is used for that and kept as long as the law asks. Keep your
        password and tokens to yourself; tell us when they are lost. A payment is made when its receipt says
        so.

        Do you accept the terms of City of Riverton, version 2026-01? [y/N]: y
        Your account is made. A code was mailed to ivan@mail.riverton.example. Sign in, confirm the address
        with it, then link what the city's letter is about: `citytime login`,
        `citytime account verify CODE`, `citytime account records link NUMBER --code CODE`.
        id                       ACC-00000001
        username                 ivan
        name                     Ivan Petrov
        email                    ivan@mail.riverton.example
        email verified           no
        phone verified           no
        address                  4 Mill Road
        town                     Riverton
        region                   IL
        postal code              60699
        country                  US
        recovery email verified  no
        status                   unverified
        terms                    2026-01
        terms accepted           2026-11-23 09:00
        created at               2026-11-23 09:00
        Times are on the city's clocks: America/Chicago
        "#);

        let mut terminal = shell.command("login").at_terminal(100, 24);
        terminal.expect("Username at").await;
        terminal.expect(": ").await;
        terminal.send_line("ivan").await;
        terminal.expect_hidden("Password: ").await;
        terminal.send_line(PASSWORD).await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 0, "{screen}");
        assert_snapshot!(screen, @r"
        city          127.0.0.1
        portal        http://127.0.0.1:[PORT]
        username      ivan
        role          resident
        scopes        account:read
                      account:write
                      bills:read
                      bills:pay
                      wallet:read
                      wallet:write
                      history:read
                      permits:read
                      permits:write
                      programs:read
                      programs:write
                      requests:read
                      requests:write
                      support:read
                      support:write
        token source  citytime login ([DIR]/config/credentials.toml)
        expires at    2026-12-23 09:00
        account       ACC-00000001
        Times are on the city's clocks: America/Chicago
        ");
        shell.run("bills list").await.ok();
    }

    async fn terms_that_are_not_accepted_make_no_account(portal: Portal) {
        let shell = portal.shell();
        let flags = "account create --username ivan --name Ivan --email ivan@mail.example --phone 312-555-0123 --recovery-email i@elsewhere.example \
            --address '4 Mill Road, Riverton, IL 60699' --file password.json";
        shell.write("password.json", &json!({"password": PASSWORD}).to_string());
        let mut terminal = shell.command(flags).at_terminal(100, 40);
        terminal.expect("Do you accept").await;
        terminal.send_line("n").await;
        let (exit, screen) = terminal.finish().await;
        assert_eq!(exit, 5, "{screen}");
        assert_eq!(shell.command("login --username ivan --password-stdin").stdin(PASSWORD).run().await.exit, 4);
    }

    async fn signing_out_ends_the_session(portal: Portal) {
        let shell = portal.shell();
        shell.command("login --username rosa --password-stdin").stdin("lanterns over the old weir\n").run().await.ok();
        let file = shell.home().join("config/credentials.toml");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(file.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        let text = std::fs::read_to_string(&file).unwrap();
        let token = text.split('"').find(|word| word.starts_with("cts_")).unwrap().to_owned();
        let thief = portal.shell().with("CITYTIME_TOKEN", &token);
        thief.run("bills list").await.ok();
        assert_snapshot!(shell.run("logout").await, @r"
        exit: 0
        ----- stdout
        city	portal	username	ended
        127.0.0.1	http://127.0.0.1:[PORT]	rosa	true
        ----- stderr
        ");
        assert_eq!(thief.run("bills list -o json").await.error()["code"], "unauthenticated");
        assert_snapshot!(shell.run("logout -o json").await.told(), @r"
        unauthenticated, exit 4
        nobody is signed in to 127.0.0.1 here
        hint: sign in with `citytime login`
        ");
        assert_snapshot!(thief.run("logout -o json").await.told(), @r"
        unauthenticated, exit 4
        nobody is signed in to 127.0.0.1 here
        hint: the token comes from CITYTIME_TOKEN: take it away there
        ");
        assert!(!std::fs::read_to_string(&file).unwrap().contains(&token));
    }

    async fn a_sign_in_that_will_not_be_used_is_told(portal: Portal) {
        let rosa = portal.rosa().await;
        let login = rosa.command("login --username rosa --password-stdin --columns username").stdin("lanterns over the old weir\n");
        assert_snapshot!(login.run().await, @r"
        exit: 0
        ----- stdout
        username
        rosa
        ----- stderr
        warning: commands will not use this sign-in while CITYTIME_TOKEN gives another token
        ");
        let token = portal.token("nadia").await;
        let login = portal.shell();
        assert_snapshot!(login.command("login --token-stdin --columns username,role,token_source").stdin(token).run().await, @r"
        exit: 0
        ----- stdout
        username	role	token_source
        nadia	clerk	citytime login ([DIR]/config/credentials.toml)
        ----- stderr
        ");
    }
}
