//! What goes wrong before and between: nobody signed in, no portal, broken files, a stream nobody reads. Each has its
//! code, its message and its hint.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::portal::Portal;
use crate::support::tools::has_strace;

/// A web page where a portal should be, and what it was asked.
pub(crate) struct WebPage {
    pub(crate) url: String,
    asked: Arc<Mutex<String>>,
}

impl WebPage {
    #[expect(clippy::disallowed_methods, reason = "the page is served beside the test and ends with it")]
    pub(crate) async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let length = client.read(&mut request).await.unwrap_or(0);
                heard.lock().unwrap().push_str(&String::from_utf8_lossy(&request[..length]));
                let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\nConnection: close\r\n\r\n\
                            <h1>Riverton Gazette\n";
                let _ = client.write_all(page.as_bytes()).await;
            }
        });
        Self { url, asked }
    }

    /// Everything it was asked so far, in lower case.
    pub(crate) fn asked(&self) -> String {
        self.asked.lock().unwrap().to_lowercase()
    }
}

#[tokio::test]
async fn a_portal_that_is_not_there() {
    let shell = Shell::new();
    assert_snapshot!(shell.run("support contact -c http://127.0.0.1:1 --retries 0 -o json").await.told(), @r"
    network, exit 7
    cannot reach http://127.0.0.1:[PORT]: connection refused
    hint: check the address (`citytime city list` shows those you keep), and that the portal is running
    ");
    assert_snapshot!(shell.run("support contact -c http://127.0.0.1:1 --retries 1").await, @r"
    exit: 7
    ----- stdout
    ----- stderr
    error: cannot reach http://127.0.0.1:[PORT]: connection refused (tried 2 times)
    hint: check the address (`citytime city list` shows those you keep), and that the portal is running
    ");
    assert_snapshot!(shell.run("support contact -o json").await.told(), @r"
    usage, exit 2
    no city was chosen
    hint: add yours: citytime city add NAME URL; or try the made-up one: citytime sandbox
    ");
    assert_snapshot!(shell.run("support contact -c riverton -o json").await.told(), @r"
    usage, exit 2
    there is no city `riverton` in your settings
    hint: add it: citytime city add riverton URL
    ");
    assert_snapshot!(shell.run("support contact -c http://riverton.example/x?y -o json").await.told(), @r"
    usage, exit 2
    `http://riverton.example/x?y` is no address of a portal: leave what follows ? or # out
    hint: write it as in https://portal.city.example; cities you have added go by name: `citytime city list`
    ");
    assert_snapshot!(shell.run("city add riverton ftp://riverton.example -o json").await.told(), @r"
    usage, exit 2
    `ftp://riverton.example` is no address of a portal: only https:// and http:// are spoken
    hint: write it as in https://portal.city.example; cities you have added go by name: `citytime city list`
    ");
    assert_snapshot!(shell.run("city add lakeside http://127.0.0.1:1 --retries 0 -o json").await.told(), @r"
    network, exit 7
    cannot reach http://127.0.0.1:[PORT]: connection refused
    hint: check that the city's address is `http://127.0.0.1:[PORT]`, and the network; `citytime city search` knows many cities
    ");
    let formatted = shell.with("CITYTIME_OUTPUT", "abc");
    assert_snapshot!(formatted.run("city list").await, @r"
    exit: 2
    ----- stdout
    ----- stderr
    error: CITYTIME_OUTPUT: `abc` is no output format; one of table, json, jsonl, csv, tsv, ids is
    hint: correct the variable, or take it away: unset CITYTIME_OUTPUT
    ");
}

#[tokio::test]
async fn an_address_that_is_no_portal() {
    let (shell, page) = (Shell::new(), WebPage::open().await);
    assert_snapshot!(shell.run(["city", "add", "gazette", &page.url, "-o", "json"]).await.told(), @r"
    not_a_portal, exit 1
    http://127.0.0.1:[PORT] is no city portal: it answered 200 with a web page: <h1>Riverton Gazette
    hint: a portal answers at /.well-known/citytime; an endpoint answers at its services.json or services.xml; if it serves several cities, say which with --jurisdiction-id ID; `citytime city search` knows many
    ");
    assert_snapshot!(shell.run(["support", "contact", "-c", &page.url, "-o", "json"]).await.told(), @r"
    not_a_portal, exit 1
    http://127.0.0.1:[PORT] is no city portal: it answered 200 with a web page: <h1>Riverton Gazette
    hint: check the address (`citytime city list` shows those you keep); a portal answers at /.well-known/citytime
    ");
    assert_eq!(shell.run("city list -o json").await.ok().json(), serde_json::json!([]));
}

on_both_databases! {
    async fn whoever_is_not_signed_in_is_told_how(portal: Portal) {
        let shell = portal.shell();
        assert_snapshot!(shell.run("bills list -o json").await.told(), @r"
        unauthenticated, exit 4
        not signed in to http://127.0.0.1:[PORT]
        hint: sign in with `citytime login`
        ");
        let malformed = shell.command("bills list -o json").with("CITYTIME_TOKEN", "cts_abc");
        assert_snapshot!(malformed.run().await.told(), @r"
        unauthenticated, exit 4
        the token from CITYTIME_TOKEN is malformed
        hint: give a whole token there (it begins with ctp_ or cts_), or unset it and run `citytime login`
        ");
        let file = shell.write("token", "not a token\n");
        assert_snapshot!(shell.command("bills list -o json").with("CITYTIME_TOKEN_FILE", file).run().await.told(), @r"
        unauthenticated, exit 4
        the token from CITYTIME_TOKEN_FILE ([DIR]/token) is malformed
        hint: give a whole token there (it begins with ctp_ or cts_), or unset it and run `citytime login`
        ");
        // Well-formed, but nobody's.
        let another = Portal::another().await;
        let foreign = another.token("nadia").await;
        assert_snapshot!(shell.command("bills list -o json").with("CITYTIME_TOKEN", foreign).run().await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
    }

    async fn a_sign_in_ends(portal: Portal) {
        let rosa = portal.rosa().await;
        let made = rosa.proven("account tokens create --scope bills:read --label cron --expires 20d --jq .token").await.ok();
        let cron = portal.shell().with("CITYTIME_TOKEN", made.stdout.trim());
        cron.run("bills list").await.ok();
        portal.sleep_for_days(10);
        rosa.run("bills list").await.ok();
        portal.sleep_for_days(11);
        assert_snapshot!(cron.run("bills list -o json").await.told(), @r"
        expired, exit 4
        the token ended at 2026-12-13T06:00:00Z
        hint: make another: citytime account tokens create --scope bills:read --label NAME --expires 90d
        ");
        rosa.run("bills list").await.ok();
        portal.sleep_for_days(10);
        // In use all the time, and ended after 30 days.
        assert_snapshot!(rosa.run("bills list -o json").await.told(), @r"
        expired, exit 4
        the sign-in ended at 2026-12-23T15:00:00Z
        hint: sign in again: citytime login
        ");
        let idle = portal.rosa().await;
        portal.sleep_for_days(15);
        assert_snapshot!(idle.run("whoami -o json").await.told(), @r"
        unauthenticated, exit 4
        the token is unknown or was ended
        hint: sign in: citytime login
        ");
    }

    async fn a_wrong_password_tells_nothing(portal: Portal) {
        let shell = portal.shell();
        let wrong = shell.command("login --username rosa --password-stdin -o json").stdin("lanterns over the new weir\n");
        assert_snapshot!(wrong.run().await.told(), @r"
        bad_credentials, exit 4
        the name or the password is wrong
        hint: try again, or make an account: citytime account create; one that was deactivated comes back: citytime account reactivate
        ");
        let nobody = shell.command("login --username nobody --password-stdin -o json").stdin("lanterns over the old weir\n");
        assert_snapshot!(nobody.run().await.told(), @r"
        bad_credentials, exit 4
        the name or the password is wrong
        hint: try again, or make an account: citytime account create; one that was deactivated comes back: citytime account reactivate
        ");
        assert_snapshot!(shell.run("login -o json").await.told(), @r"
        input_needed, exit 2
        an answer is needed (Username at 127.0.0.1), but there is no terminal to ask on
        hint: give it with --username
        ");
        assert_snapshot!(shell.command("login --token-stdin -o json").stdin("rosa\n").run().await.told(), @r"
        unauthenticated, exit 4
        this is no token, or a part of it is missing; one begins with cts_ or ctp_ and has 53 characters
        hint: make one with `citytime account tokens create`, or sign in with `citytime login`
        ");
        assert_snapshot!(shell.run("login --username rosa --password-stdin -o json").await.told(), @r"
        input_needed, exit 2
        --password-stdin was given, but nothing came on stdin
        hint: its first line is read, as in: citytime … --password-stdin < file
        ");
        assert!(!shell.home().join("config").exists(), "nothing was kept");
    }

    async fn broken_files_are_repaired_by_login(portal: Portal) {
        let shell = portal.shell();
        let login = "login --username rosa --password-stdin --columns username,token_source";
        let password = "lanterns over the old weir\n";
        shell.command(login).stdin(password).run().await.ok();
        shell.write("config/config.toml", "output = 'table'\n[cities.riverton\n");
        shell.write("config/credentials.toml", "[\"http://127.0.0.1\"]\ntoken = cts_secret\n");
        assert_snapshot!(shell.run("bills list").await, @r"
        exit: 1
        ----- stdout
        ----- stderr
        error: [DIR]/config/config.toml is broken: line 2: unclosed table, expected `]`
        hint: correct it in [DIR]/config/config.toml, or run `citytime login`, which sets the file aside and begins a new one
        ");
        std::fs::remove_file(shell.home().join("config/config.toml")).unwrap();
        assert_snapshot!(shell.run("bills list -o json").await.told(), @r"
        config_invalid, exit 1
        [DIR]/config/credentials.toml is broken: line 2 cannot be read
        hint: run `citytime login` to write it anew
        ");
        shell.write("config/config.toml", "output = 'table'\n[cities.riverton\n");
        // Both at once.
        assert_snapshot!(shell.command(login).stdin(password).run().await, @r"
        exit: 0
        ----- stdout
        username	token_source
        rosa	citytime login ([DIR]/config/credentials.toml)
        ----- stderr
        warning: the broken settings file was moved to [DIR]/config/config.toml.broken
        warning: [DIR]/config/credentials.toml is broken: line 2 cannot be read; it was set aside and begun anew
        ");
        shell.run("bills list").await.ok();
        assert!(shell.home().join("config/config.toml.broken").exists());
        assert!(shell.home().join("config/credentials.toml.broken").exists());
    }

    async fn sign_ins_others_can_read_are_refused(portal: Portal) {
        let shell = portal.shell();
        let login = "login --username rosa --password-stdin";
        shell.command(login).stdin("lanterns over the old weir\n").run().await.ok();
        let file = shell.home().join("config/credentials.toml");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_snapshot!(shell.run("bills list -o json").await.told(), @r"
        config_invalid, exit 1
        others can read [DIR]/config/credentials.toml
        hint: run `chmod 600 [DIR]/config/credentials.toml`
        ");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        shell.run("bills list").await.ok();
    }

    async fn a_stream_nobody_reads(portal: Portal) {
        let rosa = portal.rosa().await;
        let early = rosa.program("bash", ["-c", "set -o pipefail; citytime history | head -1"]).run().await.ok();
        assert_eq!((early.stdout.lines().count(), early.stderr.as_str()), (1, ""));
        let gone = rosa.program("bash", ["-c", "set -o pipefail; citytime bills list -o json | true"]).run().await.ok();
        assert_eq!(gone.stderr, "");
        for format in ["tsv", "json", "jsonl", "csv"] {
            let full = rosa.program("sh", ["-c", &format!("citytime history -o {format} > /dev/full")]).run().await;
            assert_eq!(full.exit, 1, "{full}");
            assert!(full.stderr.contains("No space left"), "{full}");
        }
        assert_snapshot!(rosa.program("sh", ["-c", "citytime bills list > /dev/full"]).run().await, @r"
        exit: 1
        ----- stdout
        ----- stderr
        error: cannot write to standard output: No space left on device (os error 28)
        hint: what was asked for was done; only its result could not be written
        ");
    }
}

#[tokio::test]
async fn a_mistyped_database_is_not_made() {
    let shell = Shell::new();
    let city = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/city.toml");
    for verb in [&["list"][..], &["remove", "nadia"]] {
        let line = [&["portal", "clerk"], verb, &["--city", city, "--database", "sqlite:rivertn.db"]].concat();
        let refused = shell.run(line).await;
        assert_eq!(refused.exit, 1, "{refused}");
        assert!(refused.stderr.contains("rivertn.db"), "{refused}");
        assert!(!shell.home().join("rivertn.db").exists());
    }
}

/// What a command opens, looks at or connects to, each by its line of strace.
async fn touched(shell: &Shell, command: &str) -> Vec<String> {
    let script = ["-c", "exec strace -f -qq -o trace -e trace=%network,%file citytime $0", command];
    shell.program("sh", script).run().await;
    let trace = std::fs::read_to_string(shell.home().join("trace")).unwrap();
    trace.lines().map(str::to_owned).collect()
}

/// It answers whatever the settings are like: it looks at none, and at nothing else but what every program is loaded from.
#[tokio::test]
async fn the_version_needs_nothing() {
    let shell = Shell::new();
    if !has_strace(&shell).await {
        return;
    }
    let config = shell.home().join("config");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("config.toml"), "city = [").unwrap();
    let version = shell.run("--version").await;
    let told = format!("citytime {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((version.exit, version.stdout, version.stderr), (0, told, String::new()));
    // What is loaded, and what the program finds its own stack by.
    let is_loading = |path: &str| {
        let is_library = ["/lib", "/usr/lib"].iter().any(|folder| path.starts_with(folder)) && path.contains(".so");
        is_library || path.is_empty() || path.starts_with("/etc/ld.so.") || path == "/proc/self/maps"
    };
    let touched_by_version = touched(&shell, "--version").await;
    let (began, rest) = touched_by_version.split_first().expect("it was begun");
    assert!(began.contains("execve(") && began.contains("--version"), "{began}");
    for line in rest {
        let path = line.split('"').nth(1).unwrap_or_else(|| panic!("it is no file: {line}"));
        assert!(is_loading(path), "{line}");
    }
    // What does read its settings would be seen.
    let touched_by_list = touched(&shell, "config list").await;
    assert!(touched_by_list.iter().any(|line| line.contains("config.toml")), "{touched_by_list:?}");
}
