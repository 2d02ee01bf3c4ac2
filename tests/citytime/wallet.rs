//! The wallet: references of payment methods, never their numbers.

use insta::assert_snapshot;
use serde_json::json;

use crate::accounts::ivan;
use crate::support::both::on_both_databases;
use crate::support::browser::Browser;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::portal::Portal;
use crate::support::running::Running;
use crate::support::served::Riverton;

citytime::queries! {
    /// The page of the set-up that is open.
    NEWEST = "SELECT url FROM setups WHERE status = 'open'";
}

/// Begins to add a method, and waits for the address of its page: the path with its query.
async fn adding(portal: &Portal, shell: &Shell, arguments: &str) -> (Running, String) {
    let running = shell.command(&format!("wallet add {arguments}")).start();
    let url = running.until("to add the method, open ").await;
    (running, url.strip_prefix(portal.url()).expect("an address of the portal").to_owned())
}

/// What a command ended with, its page's secret the same in every run.
async fn told(running: Running, page: &str) -> String {
    running.finish().await.to_string().replace(session(page), "[SESSION]")
}

/// What is sent with a page's form.
fn session(page: &str) -> &str {
    page.split_once("session=").expect("a session").1
}

on_both_databases! {
    async fn the_first_method_is_the_default(portal: Portal) {
        let ivan = ivan(&portal).await;
        assert_eq!(ivan.run("wallet list -o json").await.ok().json(), json!([]));
        let visa = ivan.run("wallet add --token pm_card_visa --label 'My Visa' -o json").await.ok().json();
        let bank = ivan.run("wallet add --token pm_usBankAccount_success -o json").await.ok().json();
        assert_eq!((&visa["default"], &bank["default"]), (&json!(true), &json!(false)));
        assert_snapshot!(ivan.run(["wallet", "default", bank["id"].as_str().unwrap()]).await, @r"
        exit: 0
        ----- stdout
        id	label	kind	brand	last4	expires	default
        WAL-00000001	Riverton Test Bank ending in 6789	bank_account	Riverton Test Bank	6789		true
        ----- stderr
        ");
        let methods = ivan.run("wallet list -o json").await.ok().json();
        let defaults: Vec<_> = methods.as_array().unwrap().iter().filter(|method| method["default"] == true).collect();
        assert_eq!((defaults.len(), &defaults[0]["id"]), (1, &bank["id"]));
        // The default goes: the other becomes it.
        assert_snapshot!(ivan.run(["wallet", "remove", "-y", bank["id"].as_str().unwrap(), "-o", "json"]).await, @r#"
        exit: 0
        ----- stdout
        {"id":"WAL-00000001","kind":"bank_account","label":"Riverton Test Bank ending in 6789","brand":"Riverton Test Bank","last4":"6789","expires":null,"default":false}
        ----- stderr
        "#);
        assert_snapshot!(ivan.run("wallet list").await, @r"
        exit: 0
        ----- stdout
        id	label	kind	brand	last4	expires	default
        WAL-00000001	My Visa	card	visa	4242	2034-12	true
        ----- stderr
        ");
        assert_snapshot!(ivan.run(["wallet", "remove", "-y", bank["id"].as_str().unwrap(), "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no payment method WAL-00000001
        hint: see those there are: `citytime wallet list`
        ");
        // Somebody else's is none.
        let rosas = portal.rosa().await.run("wallet list -o ids --limit 1").await.ok().stdout;
        assert_eq!(ivan.run(["wallet", "default", rosas.trim(), "-o", "json"]).await.error()["code"], "not_found");
        assert_eq!(ivan.run(["wallet", "remove", "-y", rosas.trim(), "-o", "json"]).await.error()["code"], "not_found");
    }

    async fn what_is_no_method_is_refused(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("wallet add --token pm_card_chargeDeclined -o json").await.told(), @r"
        declined, exit 6
        the card's issuer declined to have it saved
        hint: add another card, or ask the issuer
        ");
        assert_snapshot!(rosa.run("wallet add --token pm_nothing -o json").await.told(), @r"
        invalid, exit 6
        the processor knows no token `pm_nothing`
        hint: the sandbox's are pm_card_visa, pm_card_mastercard, pm_card_chargeCustomerFail, pm_card_chargeDeclined, pm_card_chargeDeclinedInsufficientFunds, pm_card_authenticationRequired, pm_card_refundFail, pm_usBankAccount_success, pm_usBankAccount_insufficientFunds
        ");
        for number in ["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242"] {
            let refused = rosa.run(["wallet", "add", "--token", number, "-o", "json"]).await;
            assert_eq!((refused.exit, refused.error()["code"].as_str()), (6, Some("invalid")));
            assert!(!refused.stderr.contains("4242"), "{refused}");
        }
        assert_snapshot!(rosa.run("wallet add --token pm_card_visa --label 4242424242424242 -o json").await.told(), @r"
        invalid, exit 6
        what was given with --label looks like a card number: it was not sent or kept
        hint: add a card with `citytime wallet add`; if this is no card's number, write words between its digits
        ");
    }

    async fn adding_again_with_the_same_key_adds_nothing(portal: Portal) {
        let ivan = ivan(&portal).await;
        let add = "wallet add --token pm_card_visa --idempotency-key visa -o json";
        assert_eq!(ivan.run(add).await.ok().json(), ivan.run(add).await.ok().json());
        assert_eq!(ivan.run("wallet list -o ids").await.ok().stdout.lines().count(), 1);
        let other = ivan.run("wallet add --token pm_card_mastercard --idempotency-key visa -o json").await;
        assert_eq!(other.error()["code"], "key_reused");
    }

    async fn a_method_is_added_on_its_page(portal: Portal) {
        let (ivan, browser) = (ivan(&portal).await, Browser::at(&portal));
        let (running, page) = adding(&portal, &ivan, "--kind bank --label Savings --no-browser").await;
        assert_snapshot!(browser.open(&page).await.words(), @r"
        Add a bank account
        This city is made up and takes no money. In place of a number, choose what your bank account will do.
        Your bank accountAn account that pays within days (Riverton Test Bank ending in 6789)
        An account without enough funds (Riverton Test Bank ending in 1116)
        Add it
        Call it off
        ");
        // What is chosen must be one of those offered.
        let form = |choice: &'static str| [("session", session(&page).to_owned()), ("choice", choice.to_owned())];
        let submit = async |choice: &'static str| {
            let form = form(choice);
            browser.submit("/wallet/setup", &form.each_ref().map(|(name, value)| (*name, value.as_str()))).await
        };
        assert_eq!(submit("").await.status, 422);
        assert_eq!(submit("pm_card_visa").await.status, 422);
        assert_eq!(submit("pm_nothing").await.status, 422);
        let added = submit("pm_usBankAccount_success").await;
        assert_eq!((added.status, added.words().contains("Savings is in your wallet")), (200, true), "{}", added.words());
        assert_snapshot!(running.finish().await, @r"
        exit: 0
        ----- stdout
        id	label	kind	brand	last4	expires	default
        WAL-00000001	Savings	bank_account	Riverton Test Bank	6789		true
        ----- stderr
        to add the method, open http://127.0.0.1:[PORT]/wallet/setup?session=LqAPcS_O6oCOEsCJV4Ng3O79WESFnlI3rkXLjnmJ_iU
        ");
        // Once: the page adds no second one.
        let again = submit("pm_usBankAccount_success").await;
        assert_eq!((again.status, again.words().contains("added already")), (409, true), "{}", again.words());
        assert_eq!(ivan.run("wallet list -o ids").await.ok().stdout.lines().count(), 1);
        assert_snapshot!(ivan.run("history account --limit 1 --columns title,status").await, @r"
        exit: 0
        ----- stdout
        title	status
        Account created	active
        ----- stderr
        ");
    }

    async fn a_card_that_is_declined_at_once_may_be_another(portal: Portal) {
        let (ivan, browser) = (ivan(&portal).await, Browser::at(&portal));
        let (running, page) = adding(&portal, &ivan, "-o tsv --columns brand,last4").await;
        let declined = browser.submit("/wallet/setup", &[("session", session(&page)), ("choice", "pm_card_chargeDeclined")]).await;
        assert_eq!((declined.status, declined.words().contains("declined to have it saved")), (402, true), "{}", declined.words());
        browser.submit("/wallet/setup", &[("session", session(&page)), ("choice", "pm_card_mastercard")]).await;
        assert_eq!(running.finish().await.ok().stdout, "brand\tlast4\nmastercard\t4444\n");
    }

    async fn who_does_not_wait_looks_later(portal: Portal) {
        let (ivan, browser) = (ivan(&portal).await, Browser::at(&portal));
        let begun = ivan.run("wallet add --no-wait --idempotency-key one -o json").await.ok().json();
        let id = begun["id"].as_str().expect("an id");
        assert_eq!((&begun["status"], &begun["method"], &begun["kind"]), (&json!("open"), &json!(null), &json!("card")));
        assert_eq!(ivan.run("wallet add --no-wait --idempotency-key one -o json").await.ok().json(), begun);
        assert_eq!(ivan.run(["wallet", "setup", id, "-o", "json"]).await.ok().json(), begun);
        // Nobody else's.
        assert_eq!(portal.rosa().await.run(["wallet", "setup", id, "-o", "json"]).await.error()["code"], "not_found");
        let url = begun["url"].as_str().expect("an address");
        browser.submit("/wallet/setup", &[("session", session(url)), ("choice", "pm_card_visa")]).await;
        let seen = ivan.run(["wallet", "setup", id, "-o", "json"]).await.ok().json();
        let listed = ivan.run("wallet list -o json").await.ok().json();
        assert_eq!((&seen["status"], &seen["method"]), (&json!("completed"), &listed[0]["id"]));
        assert_snapshot!(ivan.run(["wallet", "setup", id, "--cancel", "-o", "json"]).await.told(), @r"
        conflict, exit 6
        SET-00000001 is completed already
        hint: see the saved methods: citytime wallet list
        ");
        let other = ivan.run("wallet add --no-wait -o json").await.ok().json();
        let cancel = ["wallet", "setup", other["id"].as_str().expect("an id"), "--cancel", "-o", "json"];
        assert_eq!(ivan.run(cancel).await.ok().json()["status"], "cancelled");
        let called_off = browser.open(other["url"].as_str().expect("an address").strip_prefix(portal.url()).expect("its own")).await;
        assert_eq!((called_off.status, called_off.words().contains("called off")), (409, true), "{}", called_off.words());
        assert_eq!(ivan.run("wallet add --kind bank --no-wait --jq .kind").await.ok().stdout, "bank_account\n");
        assert_eq!(browser.open("/wallet/setup?session=nothing").await.status, 404);
    }

    async fn a_page_nobody_completes_ends(portal: Portal) {
        let ivan = ivan(&portal).await;
        let (running, page) = adding(&portal, &ivan, "").await;
        portal.sleep_for_seconds(61 * 60);
        assert_snapshot!(told(running, &page).await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        to add the method, open http://127.0.0.1:[PORT]/wallet/setup?session=[SESSION]
        error: SET-00000001 was not completed in time: no method was added
        hint: begin again: `citytime wallet add`
        ");
        assert_eq!(Browser::at(&portal).open(&page).await.status, 409);
        // The worker ends what nobody asks about.
        let begun = ivan.run("wallet add --no-wait -o json").await.ok().json();
        portal.sleep_for_seconds(61 * 60);
        portal.work().await;
        let seen = ivan.run(["wallet", "setup", begun["id"].as_str().expect("an id"), "-o", "json"]).await.ok().json();
        assert_eq!(seen["status"], "expired");
    }

    async fn what_is_called_off_ends_the_command(portal: Portal) {
        let (ivan, browser) = (ivan(&portal).await, Browser::at(&portal));
        let (running, page) = adding(&portal, &ivan, "").await;
        browser.submit("/wallet/setup", &[("session", session(&page)), ("choice", "call-off")]).await;
        assert_snapshot!(told(running, &page).await, @r"
        exit: 6
        ----- stdout
        ----- stderr
        to add the method, open http://127.0.0.1:[PORT]/wallet/setup?session=[SESSION]
        error: SET-00000001 was called off: no method was added
        hint: begin again: `citytime wallet add`
        ");
        let (running, page) = adding(&portal, &ivan, "").await;
        running.signal("INT");
        assert_snapshot!(told(running, &page).await, @r"
        exit: 130
        ----- stdout
        ----- stderr
        to add the method, open http://127.0.0.1:[PORT]/wallet/setup?session=[SESSION]
        error: interrupted: SET-00000001 is called off
        hint: begin again: `citytime wallet add`
        ");
        let ended = eventually("the page's end", async || Some(browser.open(&page).await).filter(|page| page.status == 409)).await;
        assert!(ended.words().contains("called off"), "{}", ended.words());
        assert_eq!(ivan.run("wallet list -o json").await.ok().json(), json!([]));
    }

    async fn waiting_for_a_page_has_an_end(portal: Portal) {
        let ivan = ivan(&portal).await;
        let waited = ivan.run("wallet add --wait-for 1s -o json").await;
        let lines: Vec<serde_json::Value> =
            waited.stderr.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}: {waited}"))).collect();
        let [opens, failed] = lines.as_slice() else { panic!("two objects, each in a line: {waited}") };
        let url = opens["open"].as_str().unwrap_or_else(|| panic!("no address: {waited}"));
        assert!(url.starts_with(portal.url()) && opens.as_object().is_some_and(|opens| opens.len() == 1), "{opens}");
        let error = &failed["error"];
        assert_eq!((waited.exit, waited.stdout.as_str(), &error["code"]), (8, "", &json!("still_pending")), "{error}");
        assert_eq!(error["exit_code"], 8, "{error}");
        let id = error["subject"].as_str().expect("the set-up it is about");
        assert_eq!(ivan.run(["wallet", "setup", id, "--jq", ".status"]).await.ok().stdout, "open\n");
    }

    /// The portal goes away while somebody is on the page: the waiting ends, and the set-up stands.
    async fn waiting_for_a_portal_that_went_away_has_an_end(city: Riverton) {
        let mut city = city;
        let served = city.serve().await;
        let running = city.rosa_at(&served).command("wallet add --no-browser --wait-for 6s --retries 0 -o json").start();
        running.until("{\"open\":").await;
        served.kill().await;
        let ended = running.finish().await;
        let error = ended.stderr.lines().last().and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let error = error.unwrap_or_else(|| panic!("no error: {ended}"))["error"].clone();
        assert_eq!((ended.exit, &error["code"], ended.stdout.as_str()), (7, &json!("network"), ""), "{error}");
        let id = error["subject"].as_str().expect("the set-up it is about").to_owned();
        assert!(error["hint"].as_str().expect("a hint").contains(&format!("citytime wallet setup {id}")), "{error}");
        let served = city.serve().await;
        assert_eq!(city.rosa_at(&served).run(["wallet", "setup", &id, "--jq", ".status"]).await.ok().stdout, "open\n");
        served.drain().await;
    }

    async fn a_browser_is_opened_before_whoever_sits_at_a_display(portal: Portal) {
        let (ivan, browser) = (ivan(&portal).await, Browser::at(&portal));
        // In place of the desktop's own: it notes what it was to open.
        let opener = ivan.write("xdg-open", "#!/bin/sh\necho \"$1\" >>opened\n");
        std::fs::set_permissions(&opener, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it can be run");
        let path = format!("{}:/usr/bin:/bin", ivan.home().display());
        let opened = || std::fs::read_to_string(ivan.home().join("opened")).unwrap_or_default();
        for (display, flags, opens) in [(":7", "", true), (":7", "--no-browser", false), ("", "", false)] {
            let before = opened();
            let command = ivan.command(&format!("wallet add {flags}")).with("PATH", path.as_str()).with("DISPLAY", display);
            let mut terminal = command.at_terminal(160, 24);
            terminal.expect("to add the method, open ").await;
            let seen = portal.inner().store().read((), |tx, ()| {
                Box::pin(async move { tx.one::<(String,)>(&NEWEST, &[]).await })
            });
            let (url,) = seen.await.map_err(|error: citytime::portal::store::StoreError| error).expect("a set-up");
            let page = url.strip_prefix(portal.url()).expect("an address of the portal");
            if opens {
                eventually("the browser", async || opened().contains(&url).then_some(())).await;
            }
            browser.submit("/wallet/setup", &[("session", session(page)), ("choice", "pm_card_visa")]).await;
            assert_eq!(terminal.finish().await.0, 0);
            assert_eq!(opened() != before, opens, "{display} {flags}");
        }
    }
}
