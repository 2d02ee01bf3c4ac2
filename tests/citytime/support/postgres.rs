//! A private PostgreSQL cluster for the test process: on a socket in a short temporary folder, started on first use,
//! ended with the process whatever ends it.

use std::borrow::Borrow;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::OnceCell;
use tokio_postgres::NoTls;

/// Starts the cluster, says `ready`, and waits for its input to close: that is when the test process has ended, be it
/// by SIGKILL. Signals meant for the tests (Ctrl-C) must not end it before it has cleaned up.
const WATCHDOG: &str = r#"
trap '' HUP INT PIPE TERM
if {
    "$1/initdb" --no-sync --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 -D "$2/data" &&
    cat >>"$2/data/postgresql.conf" <"$2/settings" &&
    "$1/pg_ctl" start -w -t 60 -D "$2/data" -l "$2/server.log"
} >"$2/start.log" 2>&1 </dev/null
then echo ready
else cat "$2/start.log" "$2/server.log" 2>/dev/null
fi
while read -r _; do :; done
"$1/pg_ctl" stop -m immediate -w -D "$2/data" >/dev/null 2>&1
cd /
rm -rf "$2"
"#;

/// Nothing of a test's cluster outlives the tests, so nothing of it needs to reach a disk.
const SETTINGS: &str = "
listen_addresses = ''
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum_naptime = 1h
";

static CLUSTER: LazyLock<Result<Cluster, Absence>> = LazyLock::new(Cluster::start);
static NEXT_DATABASE: AtomicUsize = AtomicUsize::new(1);

/// A running cluster. It ends when the watchdog's input closes: when it is dropped, or with the process.
pub(crate) struct Cluster {
    socket: PathBuf,
    programs: PathBuf,
    /// User and group it runs as, where not the tests' own.
    user: Option<(u32, u32)>,
    _watchdog: Child,
}

/// Why there is no cluster.
enum Absence {
    /// The machine has no PostgreSQL: its tests are skipped.
    NotInstalled,
    /// It has one that does not start: a failure.
    Broken(String),
}

/// The URL of a fresh, empty database; `None` where PostgreSQL is not installed, which is told once on stderr and is
/// a failure when `CITYTIME_TEST_POSTGRES=required`.
pub(crate) async fn database() -> Option<String> {
    Some(cluster()?.create("template0").await)
}

/// A cluster of a test's own, to be stopped and started again; `None` as [`database`].
pub(crate) fn own() -> Option<Cluster> {
    usable(Cluster::start())
}

/// A database that is prepared once in the process and then copied: faster than migrating each.
pub(crate) struct Template {
    name: &'static str,
    prepared: OnceCell<()>,
}

impl Template {
    /// A template of that name, not prepared yet: `static MIGRATED: Template = Template::new("migrated");`
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, prepared: OnceCell::const_new() }
    }

    /// The URL of a fresh copy. The first caller prepares the template with `prepare`, which gets its URL and must
    /// have closed every connection to it when it returns.
    pub(crate) async fn copy(&self, prepare: impl AsyncFnOnce(String)) -> Option<String> {
        let cluster = cluster()?;
        self.prepared
            .get_or_init(|| async {
                // A preparation that was given up (its test failed) left a database behind.
                cluster.execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
                cluster.execute(&format!("CREATE DATABASE {} TEMPLATE template0", self.name)).await;
                prepare(cluster.url(self.name)).await;
            })
            .await;
        Some(cluster.create(self.name).await)
    }
}

/// Whether what a variable is about must be there, as in CI: `CITYTIME_TEST_MAIL=required`. Else its tests are skipped.
pub(crate) fn is_required(variable: &str) -> bool {
    environment(variable).as_deref() == Some("required")
}

/// Says something past the test runner's capture, so that a skip is seen also when everything passes.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "\n{text}");
}

/// The cluster, started on first use. Blocks this test's thread for the second that takes.
fn cluster() -> Option<&'static Cluster> {
    usable(CLUSTER.as_ref())
}

fn usable<C>(started: Result<C, impl Borrow<Absence>>) -> Option<C> {
    match started.as_ref().map_err(Borrow::borrow) {
        Err(Absence::Broken(why)) => panic!("PostgreSQL does not start:\n{why}"),
        _ => started.ok(),
    }
}

impl Cluster {
    fn start() -> Result<Self, Absence> {
        let Some(programs) = programs() else {
            let why = "initdb and pg_ctl are neither on PATH nor in /usr/lib/postgresql/*/bin";
            if is_required("CITYTIME_TEST_POSTGRES") {
                return Err(Absence::Broken(format!("{why}, and CITYTIME_TEST_POSTGRES=required")));
            }
            say(&format!("PostgreSQL tests are SKIPPED: {why}."));
            return Err(Absence::NotInstalled);
        };
        Self::start_with(&programs).map_err(Absence::Broken)
    }

    fn start_with(programs: &Path) -> Result<Self, String> {
        let describe = |doing: &str, error: std::io::Error| format!("{doing}: {error}");
        // A socket's path may have about a hundred bytes, which TMPDIR can exceed.
        let folder = tempfile::Builder::new()
            .prefix("citytime-")
            .tempdir_in("/tmp")
            .map_err(|error| describe("making a folder in /tmp", error))?;
        let socket = folder.path().to_owned();
        let settings = format!("{SETTINGS}unix_socket_directories = '{}'\n", socket.display());
        fs::write(socket.join("settings"), settings).map_err(|error| describe("writing the settings", error))?;

        let mut watchdog = Command::new("/bin/sh");
        watchdog.args(["-c", WATCHDOG, "watchdog"]).arg(programs).arg(&socket);
        watchdog.current_dir(&socket).process_group(0);
        watchdog.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        watchdog.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let owner = fs::metadata(&socket).map_err(|error| describe("reading the folder", error))?.uid();
        // PostgreSQL refuses to run as root.
        let user = (owner == 0).then(unprivileged);
        if let Some((user, group)) = user {
            chown(&socket, Some(user), Some(group)).map_err(|error| describe("giving the folder away", error))?;
            watchdog.uid(user).gid(group);
        }
        let mut watchdog = watchdog.spawn().map_err(|error| describe("starting the watchdog", error))?;
        // From here the watchdog removes the folder.
        let _ = folder.keep();

        let mut said = BufReader::new(watchdog.stdout.take().ok_or("the watchdog has no output")?);
        let mut first = String::new();
        said.read_line(&mut first).map_err(|error| describe("starting the cluster", error))?;
        if first == "ready\n" {
            return Ok(Self { socket, programs: programs.to_owned(), user, _watchdog: watchdog });
        }
        drop(watchdog.stdin.take());
        let mut rest = String::new();
        let _ = said.read_to_string(&mut rest);
        Err(first + &rest)
    }

    /// The URL of a fresh, empty database of it.
    pub(crate) async fn database(&self) -> String {
        self.create("template0").await
    }

    /// Stops it as an operator would: whoever is connected is cut off.
    pub(crate) fn stop(&self) {
        self.control(&["stop", "-m", "fast", "-w"]);
    }

    /// Starts it again, and waits until it takes connections.
    pub(crate) fn start_again(&self) {
        self.control(&["start", "-w", "-t", "60", "-l", "server.log"]);
    }

    fn control(&self, arguments: &[&str]) {
        let data = self.socket.join("data");
        let mut control = Command::new(self.programs.join("pg_ctl"));
        control.args(arguments).arg("-D").arg(&data).current_dir(&self.socket).process_group(0);
        control.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        control.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = self.user {
            control.uid(user).gid(group);
        }
        let status = control.status().expect("pg_ctl runs");
        assert!(status.success(), "pg_ctl {arguments:?}: {status}");
    }

    fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?user=postgres&host={}", self.socket.display())
    }

    async fn create(&self, template: &str) -> String {
        let name = format!("test_{}", NEXT_DATABASE.fetch_add(1, Ordering::Relaxed));
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        self.url(&name)
    }

    /// Runs one statement in the cluster's own database.
    async fn execute(&self, statement: &str) {
        let (client, connection) = tokio_postgres::connect(&self.url("postgres"), NoTls).await.expect("connects");
        let work = async {
            client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
            // The connection ends when its client is gone.
            drop(client);
        };
        tokio::join!(async { connection.await.expect("the connection ends well") }, work);
    }
}

/// The folder of PostgreSQL's programs: from PATH, else Debian's newest version.
fn programs() -> Option<PathBuf> {
    let path = environment("PATH").unwrap_or_default();
    let named = path.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<_> = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_unstable_by(|one, other| other.cmp(one));
    named
        .chain(versions.into_iter().map(|(_, folder)| folder))
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// User and group to run PostgreSQL as when the tests run as root: its own, else nobody's.
fn unprivileged() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let is_named = fields.next() == Some(name);
            let (user, group) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
            is_named.then_some((user, group))
        })
    };
    find("postgres").or_else(|| find("nobody")).unwrap_or((65534, 65534))
}

#[expect(clippy::disallowed_methods, reason = "where the programs are and whether a skip is allowed is the machine's")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
