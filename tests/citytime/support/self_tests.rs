//! The test house tested: a helper that is wrong makes every test that stands on it worthless.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use tokio_postgres::{Client, NoTls};

use super::both::{Database, Fixture, on_both_databases};
use super::command::{Arguments as _, Output, Shell};
use super::eventually::eventually;
use super::leash;
use super::postgres::{self, Template};
use super::steady::steady;

/// The least that is a fixture: it only remembers where it was started.
struct Empty {
    database: Database,
    path: Option<tempfile::TempDir>,
}

impl Fixture for Empty {
    async fn start(database: Database) -> Self {
        let path = (database == Database::Sqlite).then(leash::folder);
        Self { database, path }
    }
}

on_both_databases! {
    /// Each database gets its own fixture and a runtime to answer in.
    async fn a_body_runs_on_its_database(fixture: Empty) {
        match &fixture.database {
            Database::Sqlite => assert!(fixture.path.is_some()),
            Database::Postgres(url) => assert_eq!(number(&connect(url).await, "SELECT 1::bigint").await, 1),
        }
    }
}

on_both_databases!(threads: 2, async fn a_body_may_have_threads(fixture: Empty) {
    let told = tokio::task::block_in_place(|| format!("{:?}", fixture.database));
    assert!(!told.is_empty());
});

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
    #[expect(clippy::disallowed_methods, reason = "a connection ends with its client, not with a portal")]
    tokio::spawn(connection);
    client
}

async fn number(client: &Client, statement: &str) -> i64 {
    client.query_one(statement, &[]).await.expect("answers").get(0)
}

#[tokio::test]
async fn a_template_is_prepared_once_and_its_copies_are_apart() {
    static TEMPLATE: Template = Template::new("counted");
    static PREPARED: AtomicUsize = AtomicUsize::new(0);
    let prepare = async |url: String| {
        PREPARED.fetch_add(1, Ordering::Relaxed);
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.expect("connects");
        let work = async move {
            client.batch_execute("CREATE TABLE bill (id BIGINT)").await.expect("makes a table");
        };
        let (ended, ()) = tokio::join!(connection, work);
        ended.expect("the connection ends well");
    };
    let (one, other) = tokio::join!(TEMPLATE.copy(prepare), TEMPLATE.copy(prepare));
    let (Some(one), Some(other)) = (one, other) else { return };
    let (one, other) = (connect(&one).await, connect(&other).await);
    one.batch_execute("INSERT INTO bill VALUES (7)").await.expect("inserts");
    assert_eq!(number(&one, "SELECT count(*) FROM bill").await, 1);
    assert_eq!(number(&other, "SELECT count(*) FROM bill").await, 0);
    assert_eq!(PREPARED.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_hundred_connections_at_once_are_served() {
    let Some(url) = postgres::database().await else { return };
    let mut clients = Vec::new();
    for _ in 0..100 {
        clients.push(connect(&url).await);
    }
    for client in &clients {
        assert_eq!(number(client, "SELECT 1::bigint").await, 1);
    }
}

#[tokio::test]
async fn a_command_sees_only_its_own_environment_and_input() {
    let shell = Shell::new().with("CITYTIME_CITY", "riverton");
    let script =
        shell.write("script.sh", "cat; env | grep -v ^PATH= | grep -v ^PWD= | LC_ALL=C sort; echo in $PWD >&2; exit 6");
    let output = shell.program("sh", [script]).stdin("typed\n").with("NO_COLOR", "1").run().await;
    assert_snapshot!(output, @r"
    exit: 6
    ----- stdout
    typed
    CITYTIME_CITY=riverton
    CITYTIME_CONFIG_DIR=[DIR]/config
    HOME=[DIR]
    LC_ALL=C.UTF-8
    NO_COLOR=1
    TERM=xterm-256color
    TZ=UTC
    ----- stderr
    in [DIR]
    ");
}

#[tokio::test]
async fn the_built_command_runs() {
    shell_words();
    let output = Shell::new().run("--version").await;
    assert_eq!(output.ok().stderr, "");
    assert!(Shell::new().program("sh", "-c 'command -v citytime'").run().await.ok().stdout.ends_with("/citytime\n"));
}

fn shell_words() {
    assert_eq!("bills pay  --label 'Water, May' ''".words(), ["bills", "pay", "--label", "Water, May", ""]);
    assert_eq!((&"--all".to_owned()).words(), vec!["--all"].words());
}

#[tokio::test]
#[should_panic(expected = "did not end in 0.2 seconds")]
async fn a_command_that_hangs_is_killed_and_shown() {
    let shell = Shell::new();
    shell.program("sh", "-c 'echo begun; sleep 1000'").within(Duration::from_millis(200)).run().await;
}

#[tokio::test]
async fn a_program_runs_beside_the_test_and_is_signalled() {
    let shell = Shell::new();
    let script = "trap 'echo draining; exit 0' TERM; echo 'listening on port 7' >&2; while :; do sleep 0.01; done";
    let running = shell.program("sh", ["-c", script]).start();
    assert_eq!(running.until("listening on ").await, "port 7");
    running.signal("TERM");
    assert_eq!(running.finish().await.ok().stdout, "draining\n");

    let running = shell.program("sh", ["-c", script]).start();
    running.until("listening").await;
    assert_eq!(running.kill().await.exit, 128 + 9);
}

#[tokio::test]
async fn a_program_that_is_dropped_is_killed_with_what_it_started() {
    let shell = Shell::new();
    let running = shell.program("sh", ["-c", "sleep 1000 & echo the other is $!; wait"]).start();
    let other = running.until("the other is ").await;
    drop(running);
    eventually("the end of the other", async || {
        let alive =
            shell.program("sh", ["-c", "kill -0 $0 2>/dev/null && ! grep -q '^State:.Z' /proc/$0/status", &other]);
        (alive.run().await.exit != 0).then_some(())
    })
    .await;
}

fn answered(exit: i32, stdout: &str, stderr: &str) -> Output {
    Output { exit, stdout: stdout.to_owned(), stderr: stderr.to_owned(), folder: "/tmp/home".to_owned() }
}

#[test]
fn documents_are_read_whole() {
    assert_eq!(answered(0, "[]\n", "").json(), json!([]));
    assert_eq!(answered(0, "{\"a\":1}\n2\n", "").json_lines(), [json!({"a": 1}), json!(2)]);
    assert_eq!(answered(3, "", r#"{"error":{"code":"not_found","exit_code":3}}"#).error()["code"], "not_found");
}

#[test]
#[should_panic(expected = "stdout is no JSON document")]
fn two_documents_are_not_one() {
    answered(0, "{}\n{}\n", "").json();
}

#[test]
#[should_panic(expected = "exit_code is not the exit status")]
fn an_error_tells_the_status_it_ends_with() {
    answered(1, "", r#"{"error":{"exit_code":3}}"#).error();
}

#[test]
#[should_panic(expected = "nothing on stdout")]
fn an_error_leaves_stdout_empty() {
    answered(3, "[", r#"{"error":{"exit_code":3}}"#).error();
}

#[test]
fn what_differs_from_run_to_run_is_made_the_same() {
    let text =
        "BIL-7K3Q9XM2 http://127.0.0.1:40123/v1 PAY-0000000A /tmp/x/a BIL-7K3Q9XM2, UTF-8 ABIL-7K3Q9XM2 --due-within";
    assert_snapshot!(
        steady(text, "/tmp/x"),
        @"BIL-00000001 http://127.0.0.1:[PORT]/v1 PAY-00000002 [DIR]/a BIL-00000001, UTF-8 ABIL-7K3Q9XM2 --due-within"
    );
}

#[tokio::test]
async fn a_terminal_prompts_and_shows_what_a_person_sees() {
    let shell = Shell::new();
    let script = shell.write(
        "ask.sh",
        r#"test -t 0 && test -t 2 || exit 9
printf 'Name: '; read -r name; stty -echo; printf 'Password: '; read -r secret; stty echo; echo
printf 'working\r\033[K\033[1mHello, %s (%s)\033[0m\n' "$name" "${#secret}"; stty size; exit 5"#,
    );
    let mut terminal = shell.program("sh", [script]).at_terminal(40, 10);
    terminal.expect("Name: ").await;
    terminal.send_line("rosa").await;
    terminal.expect("Password: ").await;
    terminal.send_line("a password").await;
    let (exit, screen) = terminal.finish().await;
    assert_eq!(exit, 5);
    assert_snapshot!(screen, @r"
    Name: rosa
    Password:
    Hello, rosa (10)
    10 40
    ");
}

#[tokio::test]
async fn a_terminal_interrupts() {
    let shell = Shell::new();
    let mut terminal = shell.program("sh", "-c 'echo ready; exec sleep 1000'").at_terminal(80, 24);
    terminal.expect("ready").await;
    terminal.send("\x03").await;
    assert_eq!(terminal.finish().await.0, 130);
}

#[tokio::test]
async fn what_happens_elsewhere_is_waited_for() {
    let mut asked = 0;
    let found = eventually("the third time", async || {
        asked += 1;
        (asked == 3).then_some("found")
    })
    .await;
    assert_eq!(found, "found");
}
