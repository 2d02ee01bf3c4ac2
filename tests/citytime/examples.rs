//! The scripts of `examples/`, each run as a reader would: what people take is known to work.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use citytime::portal::store::{Options, Store, StoreError};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::command::{Command, Output, Shell};
use super::support::postgres;

citytime::queries! {
    /// How many payments of the newcomer of `first-day.sh` succeeded.
    PAID = "SELECT COUNT(*) FROM payments p JOIN accounts a ON a.id = p.account WHERE a.username LIKE 'ada-%' \
            AND p.status = 'succeeded'";
}

/// A script's path.
fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// A script's run in a sandbox that is the same every time.
fn in_sandbox<'s>(shell: &'s Shell, commands: &str) -> Command<'s> {
    in_sandbox_with(shell, &[], commands)
}

/// The same, of a sandbox that is started with more flags.
fn in_sandbox_with<'s>(shell: &'s Shell, flags: &[&str], commands: &str) -> Command<'s> {
    let examples = example("").display().to_string();
    let (sandbox, runs) = (["sandbox", "--seed", "7", "--residents", "0"], ["--", "sh", "-c", commands, &examples]);
    shell.program(env!("CARGO_BIN_EXE_citytime"), [&sandbox, flags, &runs].concat())
}

/// The last line of what was printed.
fn farewell(output: &Output) -> &str {
    output.stdout.trim_end().lines().last().unwrap_or_default()
}

#[tokio::test]
async fn a_resident_has_a_first_day_in_the_sandbox() {
    let shell = Shell::new();
    let day = in_sandbox(&shell, r#"sh "$0/first-day.sh""#).run().await.ok();
    assert!(farewell(&day).ends_with("Welcome to the city."), "{day}");
    assert!(!shell.home().join("config").exists(), "the person's own settings are not touched");
}

#[tokio::test]
async fn a_resident_has_a_first_day_in_the_sandbox_on_postgres() {
    let Some(url) = postgres::database().await else { return };
    let shell = Shell::new();
    let day = in_sandbox_with(&shell, &["--database", &url], r#"sh "$0/first-day.sh""#).run().await.ok();
    assert!(farewell(&day).ends_with("Welcome to the city."), "{day}");
    // It was lived there, and is kept.
    let store = Store::open(&url.parse().expect("a URL"), Options::default()).await.expect("the database opens");
    let paid = store.read((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&PAID, &[]).await }));
    let (paid,) = paid.await.map_err(|error: StoreError| error).expect("it is read");
    assert_eq!(paid, 2, "a bill and the fee of a permit");
    store.close().await.expect("the database closes");
}

#[tokio::test]
async fn a_first_day_that_goes_wrong_says_where() {
    let shell = Shell::new();
    // The letter was answered and paid by somebody else.
    let day = in_sandbox(&shell, r#"sh "$0/first-day.sh" >/dev/null && sh "$0/first-day.sh" >/dev/null"#).run().await;
    assert_eq!(day.exit, 1, "{day}");
    assert!(day.stderr.contains("first-day.sh: UT-300412 has no bill that is to be paid"), "{day}");
    let nowhere = shell.program("sh", [example("first-day.sh")]).run().await;
    assert_ne!(nowhere.exit, 0, "{nowhere}");
    assert!(nowhere.stderr.contains("CITYTIME_CITY: says which city"), "{nowhere}");
}

#[tokio::test]
async fn an_operator_has_a_first_day() {
    first_day(&[]).await;
}

#[tokio::test]
async fn an_operator_has_a_first_day_on_postgres() {
    if let Some(url) = postgres::database().await {
        first_day(&[url]).await;
    }
}

async fn first_day(database: &[String]) {
    let shell = Shell::new();
    let words: Vec<OsString> =
        std::iter::once(example("portal-first-day.sh").into()).chain(database.iter().map(OsString::from)).collect();
    let day = shell.program("sh", words).run().await.ok();
    assert!(day.stdout.contains("Welcome to the city."), "{day}");
    assert!(day.stdout.contains("draining: what was asked is answered first"), "{day}");
    assert!(farewell(&day).starts_with("The portal ran its first day."), "{day}");
}

#[tokio::test]
async fn what_is_due_is_paid_once_a_day() {
    let shell = Shell::new();
    let paid = in_sandbox(&shell, r#"for _ in 1 2; do sh "$0/pay-due-bills.sh" 300 2026-11-23; done"#).run().await.ok();
    let [first, again]: [Value; 2] = paid.json_lines().try_into().expect("two payments");
    assert_eq!(first["status"], "succeeded");
    assert_eq!(first["id"], again["id"], "the same day, the same payment");
    let quiet = in_sandbox(&shell, r#"sh "$0/pay-due-bills.sh" >/dev/null && sh "$0/pay-due-bills.sh" 300 2026-11-24"#);
    assert_snapshot!(quiet.run().await, @r"
    exit: 0
    ----- stdout
    ----- stderr
    ");
}

/// A home in which the scripts lie where a unit or a crontab looks for them.
fn home_with_scripts(folder: &str) -> Shell {
    let shell = Shell::new();
    let scripts = shell.home().join(folder);
    std::fs::create_dir_all(&scripts).expect("a folder");
    for script in ["pay-due-bills.sh", "due-report.sh"] {
        std::fs::copy(example(script), scripts.join(script)).expect("the script is copied");
    }
    shell
}

#[tokio::test]
async fn the_units_are_sound() {
    let shell = Shell::new();
    let missing = |program: &str| {
        !std::env::split_paths("/usr/local/bin:/usr/bin:/bin").any(|folder| folder.join(program).exists())
    };
    if missing("systemd-analyze") {
        let told =
            "the units of examples/systemd were not verified: systemd-analyze is missing (apt-get install systemd)";
        assert!(!postgres::is_required("CITYTIME_TEST_SYSTEMD"), "{told}");
        postgres::say(told);
        return;
    }
    let units = ["citytime-pay.service", "citytime-pay.timer"];
    for unit in units {
        std::fs::copy(example("systemd").join(unit), shell.home().join(unit)).expect("the unit is copied");
    }
    let verify = |unit: &str| {
        let verify = shell.program("systemd-analyze", ["verify", "--user", "--man=no", unit]);
        verify.with("XDG_RUNTIME_DIR", shell.home())
    };
    for unit in units {
        let told = verify(unit).run().await.ok();
        assert_eq!(told.stderr, "", "{unit}");
    }
    // What verifies tells a mistake.
    shell.write("wrong.timer", "[Timer]\nOnCalendar=whenever\n");
    let told = verify("wrong.timer").run().await;
    assert!(told.stderr.contains("calendar"), "{told}");
}

#[tokio::test]
async fn what_the_unit_starts_pays() {
    let unit = std::fs::read_to_string(example("systemd/citytime-pay.service")).expect("the unit");
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).expect("what it starts");
    let shell = home_with_scripts(".local/share/citytime");
    let paid = in_sandbox(&shell, &start.replace("%h", "\"$HOME\"")).run().await.ok();
    assert_eq!(paid.json()["status"], "succeeded");
}

#[tokio::test]
async fn every_job_of_the_crontab_runs() {
    let crontab = std::fs::read_to_string(example("crontab")).expect("the crontab");
    let jobs = crontab.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit() || first == '*'));
    let commands = jobs.map(|job| job.splitn(6, ' ').last().expect("a command").trim()).collect::<Vec<_>>();
    assert_eq!(commands.len(), 3);
    let shell = home_with_scripts("citytime");
    let ran = in_sandbox(&shell, &format!("set -e; {}", commands.join("; "))).run().await.ok();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""), "cron would mail it");
    for (made, begins) in [("paid.jsonl", "{"), ("due.csv", "category,"), ("programs.ics", "BEGIN:VCALENDAR")] {
        let text = std::fs::read_to_string(shell.home().join("citytime").join(made)).expect(made);
        assert!(text.starts_with(begins), "{made}: {text}");
    }
}

#[tokio::test]
async fn more_than_the_limit_is_not_paid() {
    let shell = Shell::new();
    let refused = in_sandbox(&shell, r#"sh "$0/pay-due-bills.sh" 10"#).run().await;
    assert_eq!(refused.error()["code"], json!("total_refused"));
}

#[tokio::test]
async fn what_is_due_is_reported_by_category() {
    let shell = Shell::new();
    assert_snapshot!(in_sandbox(&shell, r#"sh "$0/due-report.sh" 30d; sh "$0/due-report.sh" 2025-01-01"#).run().await, @r"
    exit: 0
    ----- stdout
    category,bills,balance
    fine,1,45.00
    license,1,185.00
    permit,1,75.00
    program,1,96.00
    tax,1,1182.50
    utility,2,159.98
    total,7,1743.48
    category,bills,balance
    total,0,0.00
    ----- stderr
    ");
    let unreachable =
        in_sandbox(&shell, r#"CITYTIME_RETRIES=0 CITYTIME_CITY=http://127.0.0.1:1 sh "$0/due-report.sh""#);
    let unreachable = unreachable.run().await;
    assert_eq!((unreachable.exit, unreachable.stdout.as_str()), (7, ""), "{unreachable}");
}
