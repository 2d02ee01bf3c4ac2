//! The pages in a browser: Debian's Chromium, driven by `browser.py` with selenium, judged by axe. CI has them; where
//! they are missing the tests say so and skip, and `CITYTIME_TEST_BROWSER=required` makes that a failure.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::support::postgres::{is_required, say};

const OTHER: &str = "seventeen kites above granary lane";
const ROSA: &str = "rosa@mail.riverton.example";

/// The Python that has selenium and axe: that of `.ci/run`. None where it, or the browser, is missing.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/venv/bin/python3");
    let packages = "import selenium; from importlib.util import find_spec; assert find_spec('axe_playwright_python')";
    let has_packages =
        std::process::Command::new(&python).args(["-c", packages]).output().is_ok_and(|ran| ran.status.success());
    let missing =
        ["/usr/bin/chromium", "/usr/bin/chromedriver"].into_iter().find(|program| !Path::new(program).exists());
    let told = match missing {
        Some(program) => format!("{program} is missing (apt-get install chromium chromium-driver)"),
        None if has_packages => return Some(python),
        None => format!("selenium or axe is missing for {} (.ci/run installs them)", python.display()),
    };
    let required = is_required("CITYTIME_TEST_BROWSER");
    assert!(!required, "the pages were not looked at: {told}");
    say(&format!("the pages were not looked at in a browser: {told}"));
    None
}

/// Takes these steps in a browser of its own; tells what was seen.
async fn walk(python: &Path, steps: Value) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citytime/pages/browser.py");
    let shell = Shell::new();
    let arguments = [script.display().to_string(), steps.to_string()];
    let told = shell.program(python, arguments).within(Duration::from_secs(240)).run().await.ok();
    serde_json::from_str(&told.stdout).unwrap_or_else(|error| panic!("{error}: {told}"))
}

/// Asserts that every address that was asked for is the portal's page, and that no page told where it was.
fn asked_nobody_else(seen: &Value, portal: &Portal) {
    for asked in seen["asked"].as_array().expect("what was asked") {
        let url = asked["url"].as_str().expect("an address");
        assert!(url.starts_with(portal.url()), "{url}");
        assert_eq!(asked["referer"], Value::Null, "{asked}");
    }
}

on_both_databases! {
    async fn a_lost_password_is_reset_from_the_link_without_script(portal: Portal) {
        let Some(python) = python() else { return };
        portal.shell().run("account recover start --username rosa").await.ok();
        let letter = portal.letter(ROSA, "A new password").await;
        let steps = json!([
            {"script": false},
            {"open": format!("{}{}", portal.url(), letter.link())},
            {"see": true},
            {"type": {"password": OTHER, "again": "a slip of the finger"}},
            {"press": "Set the password"},
            {"see": true},
            {"type": {"password": OTHER, "again": OTHER}},
            {"press": "Set the password"},
            {"see": true},
        ]);
        let seen = walk(&python, steps).await;
        assert_eq!(seen[0]["heading"], "Set a new password");
        assert_eq!(seen[1]["heading"], "Not yet: set a new password");
        assert_eq!(seen[2]["heading"], "Done", "{}", seen[2]);
        for page in &seen {
            asked_nobody_else(page, &portal);
        }
        // The code is in no address once the form was sent.
        assert!(!seen[2]["address"].as_str().expect("an address").contains("code"), "{}", seen[2]["address"]);
        let login = portal.shell().command("login --username rosa --password-stdin").stdin(OTHER).run().await;
        assert_eq!(login.exit, 0, "{login}");
    }

    async fn everybody_can_use_the_pages(portal: Portal) {
        let Some(python) = python() else { return };
        crate::accounts::newcomer(&portal).await;
        let confirm = portal.letter("ivan@mail.riverton.example", "Confirm").await.link();
        portal.shell().run("account recover start --username rosa").await.ok();
        let reset = portal.letter(ROSA, "A new password").await.link();
        let at = |path: &str| format!("{}{path}", portal.url());
        let mut steps = Vec::new();
        for path in ["/confirm", confirm.as_str(), "/confirm?code=no", "/reset", reset.as_str(), "/recover"] {
            steps.extend([json!({"open": at(path)}), json!({"axe": true}), json!({"tab": true})]);
        }
        // What comes after a button.
        steps.extend([json!({"open": at("/recover")}), json!({"type": {"username": "rosa"}}), json!({"press": "Send a code"}), json!({"axe": true})]);
        steps.extend([json!({"open": at(&confirm)}), json!({"press": "Yes, it is mine"}), json!({"axe": true}), json!({"see": true})]);
        steps.extend([
            json!({"open": at(&reset)}),
            json!({"type": {"password": OTHER, "again": OTHER}}),
            json!({"press": "Set the password"}),
            json!({"axe": true}),
        ]);
        let mut seen = walk(&python, Value::Array(steps)).await.into_iter();
        for page in ["/confirm", "confirm", "/confirm?code=no", "/reset", "reset", "/recover"] {
            assert_eq!(seen.next(), Some(json!([])), "what axe finds wrong with {page}");
            let reached = seen.next().expect("what Tab reaches");
            let reached = reached.as_array().expect("a list");
            assert!(reached.iter().any(|item| item[0] == "button"), "{page}: {reached:?}");
            assert!(reached.iter().all(|item| item[1] == true), "{page}: an outline is not seen: {reached:?}");
        }
        assert_eq!(seen.next(), Some(json!([])), "after a code was asked for");
        assert_eq!(seen.next(), Some(json!([])), "after an address was confirmed");
        assert_eq!(seen.next().expect("a page")["heading"], "Thank you");
        assert_eq!(seen.next(), Some(json!([])), "after a password was set");
    }

    async fn a_card_is_added_on_its_page_while_the_command_waits(portal: Portal) {
        let Some(python) = python() else { return };
        let rosa = portal.rosa().await;
        let running = rosa.command("wallet add --label 'For the city' --columns label,brand,last4 -o tsv").start();
        let page = running.until("to add the method, open ").await;
        let steps = json!([
            {"open": page},
            {"axe": true},
            {"tab": true},
            {"choose": {"choice": "pm_card_chargeDeclined"}},
            {"press": "Add it"},
            {"axe": true},
            {"see": true},
            {"choose": {"choice": "pm_card_mastercard"}},
            {"press": "Add it"},
            {"axe": true},
            {"see": true},
        ]);
        let seen = walk(&python, steps).await;
        assert_eq!((&seen[0], &seen[2], &seen[4]), (&json!([]), &json!([]), &json!([])), "what axe finds wrong");
        let reached = seen[1].as_array().expect("what Tab reaches");
        assert!(reached.iter().any(|item| item[0] == "input choice"), "{reached:?}");
        assert!(reached.iter().all(|item| item[1] == true), "an outline is not seen: {reached:?}");
        assert_eq!(seen[3]["heading"], "Not yet: add a card", "{}", seen[3]);
        assert_eq!(seen[5]["heading"], "Thank you", "{}", seen[5]);
        asked_nobody_else(&seen[5], &portal);
        assert_eq!(running.finish().await.ok().stdout, "label\tbrand\tlast4\nFor the city\tmastercard\t4444\n");
    }

    async fn the_page_works_without_script_and_calls_off(portal: Portal) {
        let Some(python) = python() else { return };
        let rosa = portal.rosa().await;
        let running = rosa.command("wallet add --kind bank -o json").start();
        let told = running.until("{\"open\":\"").await;
        let steps = json!([
            {"script": false},
            {"open": told.trim_end_matches("\"}")},
            {"see": true},
            {"press": "Call it off"},
            {"see": true},
        ]);
        let seen = walk(&python, steps).await;
        assert_eq!((&seen[0]["heading"], &seen[1]["heading"]), (&json!("Add a bank account"), &json!("Called off")));
        let ended = running.finish().await;
        assert_eq!((ended.exit, ended.stdout.as_str()), (6, ""), "{ended}");
    }
}
