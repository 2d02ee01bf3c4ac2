//! What was acknowledged is there after SIGKILL, and nothing is there by half.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::LazyLock,
};

use citytime::portal::store::{DatabaseUrl, Options, Store, StoreError, migrations};

use crate::support::{leash, postgres};

citytime::queries! {
    /// Ids of all rows.
    LIST_WRITTEN = "SELECT id FROM written ORDER BY id";
}

/// What cargo tells a test's process of its package. Build scripts that look at it would take this for another build, and
/// be built anew each time.
const TOLD_BY_CARGO: [&str; 6] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// The worker, built of the same code as these tests: `cargo test --test citytime` alone would leave an old one there.
pub(super) fn worker() -> PathBuf {
    static WORKER: LazyLock<PathBuf> = LazyLock::new(|| {
        let tests = std::env::current_exe().unwrap();
        let built = tests.parent().and_then(Path::parent).unwrap();
        let profile = match built.file_name().unwrap().to_str().unwrap() {
            "debug" => "dev",
            other => other,
        };
        let mut cargo = Command::new(env!("CARGO"));
        for name in TOLD_BY_CARGO {
            cargo.env_remove(name);
        }
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--example", "store-worker"]);
        cargo.args(["--profile", profile, "--target-dir"]).arg(built.parent().unwrap());
        assert!(cargo.status().unwrap().success(), "the example store-worker does not build");
        built.join("examples/store-worker")
    });
    WORKER.clone()
}

/// What a worker said of its units, line by line, until `enough`; then it is killed, and the rest is heard.
pub(super) fn kill_after(mut command: Command, mut enough: impl FnMut(&str) -> bool) -> Vec<(i64, String)> {
    let mut child = Killed(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        // Units that fail as they never should are heard by the test, not waited for.
        let is_enough = enough(&line) || line.contains(" failed: ") || heard.len() > 100_000;
        heard.push(line);
        if is_enough {
            break;
        }
    }
    child.0.kill().unwrap();
    heard.extend(lines.map_while(Result::ok));
    let told = |line: String| line.split_once(' ').map(|(id, outcome)| (id.parse().unwrap(), outcome.to_owned()));
    heard.into_iter().filter_map(told).collect()
}

/// A process that is killed when it is dropped.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Every unit that was acknowledged is there, and none by half.
pub(super) async fn check(url: &str, done: &BTreeSet<i64>) {
    let url: DatabaseUrl = url.parse().unwrap();
    // As far as the worker migrated it.
    let options = Options { migrations: &migrations::ALL[..1], ..Options::default() };
    let store = Store::open(&url, options).await.unwrap();
    let rows = store.read((), |tx, ()| Box::pin(async move { tx.rows::<(i64,)>(&LIST_WRITTEN, &[]).await }));
    let rows: BTreeSet<i64> =
        rows.await.unwrap_or_else(|error: StoreError| panic!("{error}")).into_iter().map(|(id,)| id).collect();
    for row in &rows {
        assert!(rows.contains(&(row ^ 1)), "unit {} is there by half", row / 2);
    }
    let lost: Vec<_> = done.iter().filter(|id| !rows.contains(&(2 * **id))).collect();
    assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    store.close().await.unwrap();
}

async fn survive(url: &str) {
    let mut done = BTreeSet::new();
    for round in 1..=6 {
        let mut command = Command::new(worker());
        command.args([url, "32"]);
        let mut left = 150 * round + 37;
        let told = kill_after(command, |_| {
            left -= 1;
            left == 0
        });
        for (id, outcome) in told {
            assert_eq!(outcome, "done", "unit {id}");
            assert!(done.insert(id), "unit {id} was written twice");
        }
        check(url, &done).await;
    }
    assert!(done.len() > 3_000, "{} units", done.len());
}

#[tokio::test]
async fn sqlite_keeps_what_it_acknowledged() {
    let folder = leash::folder();
    survive(&format!("sqlite:{}", folder.path().join("killed.db").display())).await;
}

#[tokio::test]
async fn postgres_keeps_what_it_acknowledged() {
    let Some(url) = postgres::database().await else { return };
    survive(&url).await;
}
