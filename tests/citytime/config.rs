//! `citytime config`: what is settled, by whom, and settling it.

use crate::support::command::Shell;

/// A shell whose settings file says this.
fn settled(text: &str) -> Shell {
    let shell = Shell::new();
    std::fs::create_dir(shell.home().join("config")).unwrap();
    shell.write("config/config.toml", text);
    shell
}

fn file(shell: &Shell) -> String {
    std::fs::read_to_string(shell.home().join("config/config.toml")).unwrap()
}

#[tokio::test]
async fn every_setting_tells_where_it_comes_from() {
    let shell = settled("output = 'csv'\nretries = 0\n").with("CITYTIME_TIMEOUT", "1500ms");
    let list = shell.run("config list --color never -o tsv").await.ok().stdout;
    // A cell that a spreadsheet would take for a formula is quoted.
    for row in ["color\tnever\t'--color", "timeout\t1500ms\tCITYTIME_TIMEOUT", "no-input\tfalse\tdefault"] {
        assert!(list.contains(row), "{list}");
    }
    assert_eq!(shell.run("config get retries").await.ok().stdout, "0\n");
    assert_eq!(shell.run("config get city").await.ok().stdout, "");
    assert_eq!(shell.run("config get timeout -o json").await.ok().json()["origin"], "CITYTIME_TIMEOUT");
    let path = shell.run("config path").await.ok().stdout;
    assert_eq!(path.trim_end(), shell.home().join("config/config.toml").display().to_string());
}

#[tokio::test]
async fn what_is_set_stays_and_the_rest_too() {
    let shell = settled("# of Rosa\n[cities.riverton] # home\nurl = 'https://portal.riverton.example'\n");
    shell.run("config set timeout 60s").await.ok();
    for line in [
        "config set retries 5",
        "config set no-input true",
        "config set city riverton",
        "config set cacert /etc/ssl/city.pem",
    ] {
        shell.run(line).await.ok();
    }
    let text = file(&shell);
    assert!(
        text.contains("# of Rosa")
            && text.contains("# home")
            && text.contains("timeout = \"60s\"\nretries = 5\nno-input = true"),
        "{text}"
    );
    let behind = shell.command("config set timeout 9s").with("CITYTIME_TIMEOUT", "2s").run().await.ok();
    assert!(behind.stderr.contains("CITYTIME_TIMEOUT goes before it"), "{behind}");
    shell.run("config unset timeout").await.ok();
    assert_eq!(shell.run("config get timeout").await.ok().stdout, "30s\n");
    // From nothing: the folder and the file are made.
    let fresh = Shell::new();
    fresh.run("config unset city").await.ok();
    fresh.run("config set output jsonl").await.ok();
    assert_eq!(file(&fresh), "output = \"jsonl\"\n");
}

#[tokio::test]
async fn what_cannot_be_set_changes_nothing() {
    let shell = settled("output = 'json'\n[cities.riverton]\nurl = 'https://portal.riverton.example'\n");
    let before = file(&shell);
    for (line, flag) in [
        ("config set timeout soon", "--timeout=soon city list"),
        ("config set output yaml", "--output=yaml city list"),
        ("config set retries 99", "--retries=99 city list"),
        ("config set retries -- -1", "--retries=-1 city list"),
        ("config set color blue", "--color=blue city list"),
        ("config set city rivertn", "--city=rivertn whoami"),
    ] {
        let (set, flag) = (shell.run(line).await.error(), shell.run(format!("{flag} --json").as_str()).await.error());
        assert_eq!((&set["message"], &set["code"]), (&flag["message"], &flag["code"]), "{line}");
        assert!(set["hint"].is_string(), "{line}");
    }
    assert_eq!(shell.run("config set no-input maybe").await.exit, 2);
    let near = shell.run("config get tiemout -o json").await.error();
    assert!(near["hint"].as_str().is_some_and(|hint| hint.contains("'timeout'")), "{near}");
    assert_eq!(shell.run("config set city https://").await.exit, 2);
    assert_eq!(file(&shell), before);
}

#[tokio::test]
async fn a_broken_setting_is_mended() {
    let shell = settled("output = 'yaml'\n");
    assert_ne!(shell.run("config list").await.exit, 0);
    shell.run("config path").await.ok();
    shell.run("config set output json").await.ok();
    assert_eq!(file(&shell), "output = \"json\"\n");
}

#[tokio::test]
async fn a_mistake_is_told_in_the_format_that_is_settled() {
    let shell = settled("output = 'json'\n");
    for line in ["bils list", "bills", "bills list --limit none"] {
        assert_eq!(shell.run(line).await.error()["code"], "usage", "{line}");
    }
    // A flag goes before it, and a file that is broken is no hindrance to saying what is wrong.
    assert!(shell.run("bils list -o table").await.stderr.starts_with("error: "));
    assert!(settled("output = \n").run("bils list").await.stderr.starts_with("error: "));
}
