//! Cities side by side, each with a sign-in of its own.

use insta::assert_snapshot;
use serde_json::json;

use crate::errors::WebPage;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;

const PASSWORD: &str = "lanterns over the old weir\n";

on_both_databases! {
    async fn several_cities_side_by_side(portal: Portal) {
        let (shell, lakeside) = (Shell::new(), Portal::another().await);
        assert_eq!(shell.run("city list -o json").await.ok().json(), json!([]));
        assert_snapshot!(shell.run(["city", "add", "riverton", portal.url()]).await, @r"
        exit: 0
        ----- stdout
        name	city	url	current	zone	currency	payment_kinds	languages	version	terms_version	email	phone	hours	kind	services	jurisdiction_id	format	key_service	contact
        riverton	City of Riverton	http://127.0.0.1:[PORT]	true	America/Chicago	USD	card, bank_account, bank_transfer	en-US, es-US	0.1.0	2026-01	help@riverton.example	+13125550142	Mon–Wed 08:00–12:00, 13:00–17:00, Thu 08:00–12:00, 13:00–19:00, Fri 08:00–15:00, closed on 2026-11-26 Thanksgiving Day, closed on 2026-12-25 Christmas Day, closed on 2027-01-01 New Year's Day	citytime					
        ----- stderr
        ");
        shell.run(["city", "add", "lakeside", lakeside.url()]).await.ok();
        let login = "login --username rosa --password-stdin --columns city,username,token_source";
        assert_snapshot!(shell.command(login).stdin(PASSWORD).run().await, @r"
        exit: 0
        ----- stdout
        city	username	token_source
        riverton	rosa	citytime login ([DIR]/config/credentials.toml)
        ----- stderr
        ");
        assert_snapshot!(shell.run("bills list -c lakeside -o json").await.told(), @r"
        unauthenticated, exit 4
        not signed in to http://127.0.0.1:[PORT]
        hint: sign in with `citytime login`
        ");
        let tomas = login.replace("rosa", "tomas") + " -c lakeside";
        shell.command(&tomas).stdin(PASSWORD).run().await.ok();
        assert_snapshot!(shell.run("city list").await, @r"
        exit: 0
        ----- stdout
        name	url	current	kind	username
        riverton	http://127.0.0.1:[PORT]	true	citytime	rosa
        lakeside	http://127.0.0.1:[PORT]	false	citytime	tomas
        ----- stderr
        ");
        assert_eq!(shell.run("whoami --jq .username").await.ok().stdout, "rosa\n");
        assert_snapshot!(shell.run("city use lakeside -o json").await, @r#"
        exit: 0
        ----- stdout
        {"name":"lakeside","url":"http://127.0.0.1:[PORT]","current":true,"kind":"citytime","username":"tomas"}
        ----- stderr
        "#);
        assert_eq!(shell.run("whoami --jq .username").await.ok().stdout, "tomas\n");
        assert_eq!(shell.run("whoami -c riverton --jq .username").await.ok().stdout, "rosa\n");
        shell.run("logout -c riverton").await.ok();
        assert_eq!(shell.run("whoami -c riverton").await.exit, 4);
        shell.run("whoami -c lakeside").await.ok();
        assert_snapshot!(shell.run("city remove lakeside").await, @r"
        exit: 0
        ----- stdout
        name	url	current	kind	username
        lakeside	http://127.0.0.1:[PORT]	false	citytime	tomas
        ----- stderr
        ");
        let kept = std::fs::read_to_string(shell.home().join("config/credentials.toml")).unwrap();
        assert!(!kept.contains("cts_"), "{kept}");
        assert_snapshot!(shell.run("whoami -o json").await.told(), @r"
        unauthenticated, exit 4
        not signed in to http://127.0.0.1:[PORT]
        hint: sign in with `citytime login`
        ");
        assert_snapshot!(shell.run("city use lakside -o json").await.told(), @r"
        usage, exit 2
        there is no city `lakside` in your settings
        hint: add it: citytime city add lakside URL
        ");
        assert_snapshot!(shell.run("city remove lakeside -o json").await.told(), @r"
        usage, exit 2
        there is no city `lakeside` in your settings
        hint: add it: citytime city add lakeside URL
        ");
        assert_snapshot!(shell.run(["city", "add", "riverton", portal.url(), "-o", "json"]).await.told(), @r"
        taken, exit 6
        there is a city `riverton` already
        hint: remove it first: citytime city remove riverton
        ");
        assert_snapshot!(shell.run(["city", "add", "my city", portal.url(), "-o", "json"]).await.told(), @r"
        usage, exit 2
        `my city` is no name for a city: use letters, digits, `-`, `_` and `.`
        hint: it is a short name of your own, as in: citytime city add riverton https://ADDRESS
        ");
    }

    async fn what_a_city_says_of_itself(portal: Portal) {
        let shell = portal.shell();
        assert_snapshot!(shell.run("city show").await, @r"
        exit: 0
        ----- stdout
        name	city	url	current	zone	currency	payment_kinds	languages	version	terms_version	email	phone	hours	kind	services	jurisdiction_id	format	key_service	contact
        	City of Riverton	http://127.0.0.1:[PORT]	false	America/Chicago	USD	card, bank_account, bank_transfer	en-US, es-US	0.1.0	2026-01	help@riverton.example	+13125550142	Mon–Wed 08:00–12:00, 13:00–17:00, Thu 08:00–12:00, 13:00–19:00, Fri 08:00–15:00, closed on 2026-11-26 Thanksgiving Day, closed on 2026-12-25 Christmas Day, closed on 2027-01-01 New Year's Day	citytime					
        ----- stderr
        ");
        assert_snapshot!(shell.run("support contact").await, @r"
        exit: 0
        ----- stdout
        email	phone	hours	open_now
        help@riverton.example	+13125550142	Mon–Wed 08:00–12:00, 13:00–17:00, Thu 08:00–12:00, 13:00–19:00, Fri 08:00–15:00, closed on 2026-11-26 Thanksgiving Day, closed on 2026-12-25 Christmas Day, closed on 2027-01-01 New Year's Day	true
        ----- stderr
        ");
        assert_eq!(shell.run("support contact --jq .open_now").await.ok().stdout, "true\n");
        portal.sleep_for_days(5);
        assert_eq!(shell.run("support contact --jq .open_now").await.ok().stdout, "false\n");
    }

    async fn a_sign_in_goes_nowhere_else(portal: Portal) {
        let (shell, page) = (portal.shell(), WebPage::open().await);
        shell.command("login --username rosa --password-stdin").stdin(PASSWORD).run().await.ok();
        // Nobody is signed in there: nothing is asked.
        assert_eq!(shell.run(["bills", "list", "-c", &page.url]).await.exit, 4);
        assert_eq!(page.asked(), "");
        // What anyone may ask is asked without saying who asks.
        let rosa = portal.rosa().await;
        for line in [["support", "contact", "-c", &page.url], ["city", "show", "-c", &page.url]] {
            assert_eq!(rosa.run(line).await.exit, 1);
        }
        assert!(page.asked().contains("get /.well-known/citytime") && !page.asked().contains("authorization"));
    }
}
