//! A made-up city served by real `citytime portal serve` processes: to be killed, drained and started again. Its database
//! is read while no portal needs it, by queries of the tests' own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use citytime::api::id::{AccountId, BillId, PaymentId};
use citytime::api::money::Minor;
use citytime::api::payments::{NewPayment, PAY, Payment};
use citytime::api::secret::Secret;
use citytime::client::{Connection, Interrupts, Portal};
use citytime::failure::Failure;
use citytime::portal::sandbox;
use citytime::portal::store::{FromRow, Options, Query, Store, StoreError};
use citytime::zone::CityZone;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::both::{Database, Fixture};
use super::command::{Command, Output, Shell};
use super::running::Running;

/// How many people of the crowd can pay.
const CROWD: u32 = 64;
/// The declaration of the city that is served.
const CITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/city.toml");

citytime::queries! {
    /// A bill of each of the crowd, whose category allows to pay it in parts.
    DEBTS = "SELECT a.username, a.id, MIN(b.id) FROM accounts a JOIN record_links l ON l.account = a.id \
             JOIN bills b ON b.record = l.record WHERE b.status = 'open' AND a.username LIKE '%.%' \
             GROUP BY a.username, a.id ORDER BY a.id";
    /// The payments made since the city was made up, with the keys they were asked for under.
    PAYMENTS = "SELECT p.account, p.id, p.amount, p.status, k.key FROM payments p JOIN idempotency_keys k \
                ON k.scope = p.account AND k.thing = p.id WHERE k.key NOT LIKE 'sandbox-%' ORDER BY p.id";
    /// How many payments there are.
    COUNT = "SELECT COUNT(*) FROM payments";
    /// Payments whose postings do not sum up to zero, or that succeeded and were not posted as charged, or were posted
    /// and did not succeed.
    UNBALANCED = "SELECT p.id FROM payments p LEFT JOIN (SELECT e.payment, CAST(SUM(q.amount) AS BIGINT) AS total, \
                  CAST(SUM(CASE WHEN q.ledger_account = 'processor_clearing' THEN q.amount ELSE 0 END) AS BIGINT) AS charged \
                  FROM journal_entries e JOIN postings q ON q.entry = e.id GROUP BY e.payment) s ON s.payment = p.id \
                  WHERE COALESCE(s.total, 0) <> 0 \
                  OR COALESCE(s.charged, 0) <> CASE WHEN p.status = 'succeeded' THEN p.amount + p.fee ELSE 0 END";
    /// What all postings sum up to.
    LEDGER = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM postings";
    /// Bills whose columns are not what the payments of them say.
    MISSTATED = "SELECT b.id FROM bills b LEFT JOIN (SELECT a.bill, \
                 CAST(SUM(CASE WHEN p.status = 'succeeded' THEN a.amount ELSE 0 END) AS BIGINT) AS settled, \
                 CAST(SUM(CASE WHEN p.status IN ('pending', 'processing') THEN a.amount ELSE 0 END) AS BIGINT) AS pending \
                 FROM allocations a JOIN payments p ON p.id = a.payment GROUP BY a.bill) s ON s.bill = b.id \
                 WHERE b.settled <> COALESCE(s.settled, 0) OR b.pending <> COALESCE(s.pending, 0)";
    /// Payments that are not settled, and bills with something set aside.
    UNSETTLED = "SELECT (SELECT COUNT(*) FROM payments WHERE status IN ('pending', 'processing')), \
                 (SELECT COUNT(*) FROM bills WHERE pending <> 0)";
}

citytime::row! {
    /// A payment of the test's own.
    pub(crate) struct Made {
        pub(crate) account: AccountId,
        pub(crate) id: PaymentId,
        pub(crate) amount: Minor,
        pub(crate) status: String,
        pub(crate) key: String,
    }
}

/// Somebody who is signed in and owes something.
#[derive(Debug, Clone)]
pub(crate) struct Payer {
    pub(crate) username: &'static str,
    pub(crate) account: AccountId,
    pub(crate) token: Secret,
    pub(crate) bill: BillId,
}

/// Riverton, its people moved in and signed in, and nobody serving it yet.
pub(crate) struct Riverton {
    /// The operator's shell.
    pub(crate) operator: Shell,
    /// Rosa's shell: signed in, to a portal that is not known yet.
    pub(crate) rosa: Shell,
    /// The crowd: each with a card that works and a bill of 61.50 or more that may be paid in parts.
    pub(crate) crowd: Vec<Payer>,
    /// The clerk's shell: signed in, to a portal that is not known yet.
    clerk: Shell,
    /// The declaration of the city that is served.
    city: String,
    /// As `--database` takes it.
    pub(crate) database: String,
    /// Rosa's session, for requests made by hand.
    pub(crate) token: String,
    /// How many payments were made before anybody served it.
    past: i64,
}

impl Fixture for Riverton {
    async fn start(database: Database) -> Self {
        let operator = Shell::new();
        let url = match database {
            Database::Sqlite => format!("sqlite:{}", operator.home().join("riverton.db").display()),
            Database::Postgres(url) => url,
        };
        Self::at(operator, url).await
    }
}

impl Riverton {
    /// The city in a database that is there and empty.
    pub(crate) async fn at(operator: Shell, database: String) -> Self {
        let store = Store::open(&database.parse().unwrap(), Options::default()).await.unwrap();
        let portal = sandbox::populate(store.clone(), None, CROWD).await.unwrap();
        let token = sandbox::sign_in(&portal, sandbox::RESIDENT).await.unwrap();
        let rosa = Shell::new().with("CITYTIME_TOKEN", token.expose());
        let clerk = sandbox::sign_in(&portal, sandbox::CLERK).await.unwrap();
        let clerk = Shell::new().with("CITYTIME_TOKEN", clerk.expose());
        let debts: Vec<(String, AccountId, BillId)> = rows(&store, &DEBTS).await;
        assert_eq!(debts.len(), CROWD as usize, "everybody of the crowd owes something");
        let past = count(&store).await;
        let mut crowd = Vec::new();
        for (username, account, bill) in debts {
            let username: &str = username.leak();
            let token = sandbox::sign_in(&portal, username).await.unwrap();
            crowd.push(Payer { username, account, token, bill });
        }
        store.close().await.unwrap();
        Self { operator, rosa, clerk, city: CITY.to_owned(), crowd, database, token: token.expose().to_owned(), past }
    }

    /// Serves the city on a free port of loopback.
    pub(crate) async fn serve(&self) -> Served {
        self.serve_with("--listen 127.0.0.1:0").await
    }

    /// Serves the city as these arguments say.
    pub(crate) async fn serve_with(&self, arguments: &str) -> Served {
        self.served_by(self.operator.command(&self.arguments(arguments))).await
    }

    /// Serves the city by a command that comes to `citytime portal serve`.
    pub(crate) async fn served_by(&self, command: Command<'_>) -> Served {
        serve_by(command).await
    }

    /// The arguments of `citytime` that serve the city as these say.
    pub(crate) fn arguments(&self, arguments: &str) -> String {
        self::arguments(&self.city, &self.database, arguments)
    }

    /// Rosa's shell, with the portal she talks to.
    pub(crate) fn rosa_at(&mut self, served: &Served) -> &Shell {
        self.rosa.set("CITYTIME_CITY", served.url.as_str());
        &self.rosa
    }

    /// The clerk's shell, at a portal.
    pub(crate) fn nadia_at(&self, served: &Served) -> Shell {
        self.clerk.again().with("CITYTIME_CITY", served.url.as_str())
    }

    /// Serves from now on a city that declares these lines in place of one.
    pub(crate) fn declare_instead(&mut self, line: &str, lines: &str) {
        let text = std::fs::read_to_string(CITY).unwrap();
        assert!(text.contains(line), "the example declares `{line}`");
        self.city = self.operator.write("city.toml", &text.replacen(line, lines, 1)).display().to_string();
    }

    /// Serves from now on a city that also declares this, and where it is reached.
    pub(crate) fn declare(&mut self, sections: &str) {
        let url = "\nurl = \"https://portal.riverton.example\"\n";
        let text = std::fs::read_to_string(CITY).unwrap().replacen("\n[city]\n", &format!("\n[city]{url}"), 1);
        assert!(text.contains(url), "the example has a section [city]");
        self.city = self.operator.write("city.toml", &format!("{text}\n{sections}")).display().to_string();
    }

    /// Holds clerks to a limit of `[payments]`, in the city that was declared.
    pub(crate) fn restrict(&mut self, key: &str, limit: &str) {
        let text = std::fs::read_to_string(&self.city).unwrap();
        let limited = text.replacen("\n[payments]\n", &format!("\n[payments]\n{key} = \"{limit}\"\n"), 1);
        assert_ne!(text, limited, "the example has a section [payments]");
        self.city = self.operator.write("city.toml", &limited).display().to_string();
    }

    /// Serves from now on the city after it put new terms in force.
    pub(crate) fn put_in_force(&mut self, terms: &str) {
        let (old, new) = ("\nversion = \"2026-01\"\n", format!("\nversion = \"{terms}\"\n"));
        let text = std::fs::read_to_string(CITY).unwrap();
        assert_eq!(text.matches(old).count(), 1, "the example has terms of that version");
        self.city = self.operator.write("city.toml", &text.replace(old, &new)).display().to_string();
    }

    /// The folder in which it keeps documents.
    pub(crate) fn documents(&self) -> PathBuf {
        match self.database.strip_prefix("sqlite:") {
            Some(file) => format!("{file}.documents").into(),
            None => self.operator.home().join("citytime-documents"),
        }
    }

    /// The database, to be looked at.
    pub(crate) async fn books(&self) -> Books {
        let store = Store::open(&self.database.parse().unwrap(), Options::default()).await.unwrap();
        Books { store, past: self.past }
    }
}

/// The city of the example served from a database by an operator, on a free port of loopback.
pub(crate) async fn serve(operator: &Shell, database: &str) -> Served {
    serve_city(operator, CITY, database).await
}

/// A city, by the file that declares it, served from a database by an operator, on a free port of loopback.
pub(crate) async fn serve_city(operator: &Shell, city: &str, database: &str) -> Served {
    serve_by(operator.command(&arguments(city, database, "--listen 127.0.0.1:0"))).await
}

async fn serve_by(command: Command<'_>) -> Served {
    let running = command.start();
    let url = running.until("listening on ").await;
    Served { running, url }
}

fn arguments(city: &str, database: &str, more: &str) -> String {
    format!("portal serve --city {city} --database {database} {more}")
}

/// A `citytime portal serve` process that answers.
pub(crate) struct Served {
    pub(crate) running: Running,
    pub(crate) url: String,
}

impl Served {
    /// Where it tells its health: the base of `/livez` and `/readyz`.
    pub(crate) async fn health(&self) -> String {
        let ready = self.running.until("health on ").await;
        ready.strip_suffix("/readyz").expect("the address of /readyz").to_owned()
    }

    /// Asks it to end, and expects that it does so in peace.
    pub(crate) async fn drain(self) -> Output {
        self.running.signal("TERM");
        self.running.finish().await.ok()
    }

    /// A power cut.
    pub(crate) async fn kill(self) {
        let output = self.running.kill().await;
        assert_eq!(output.exit, 128 + 9, "the portal was killed, and had not ended before\n{output}");
    }
}

/// A port that stays the test's own while the portals that listen on it come and go: it is bound, without listening,
/// so that no other program is given it, not even as the port a connection comes from.
pub(crate) struct Port {
    _bound: TcpSocket,
    pub(crate) address: SocketAddr,
}

impl Port {
    /// A free one, of loopback.
    pub(crate) fn reserve() -> Self {
        let bound = TcpSocket::new_v4().unwrap();
        bound.set_reuseaddr(true).unwrap();
        bound.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        Self { address: bound.local_addr().unwrap(), _bound: bound }
    }
}

impl Payer {
    /// Pays so much of the bill under a key.
    pub(crate) async fn pay(&self, url: &str, key: &str, amount: i64, retries: u32) -> Result<Payment, Failure> {
        let connection = Connection {
            url: url.parse().unwrap(),
            token: Some(self.token.clone()),
            cacert: None,
            timeout: Duration::from_secs(30),
            retries,
            idempotency_key: Some(key.to_owned()),
            zone: CityZone::default(),
            trace: None,
            interrupts: Interrupts::default(),
        };
        let new = NewPayment { bills: vec![self.bill], amount: Some(Minor(amount)), ..NewPayment::default() };
        Portal::new(connection).call(&PAY, (), &new).await
    }
}

/// The database, between two portals.
pub(crate) struct Books {
    pub(crate) store: Store,
    past: i64,
}

async fn rows<T: FromRow + 'static>(store: &Store, query: &'static Query) -> Vec<T> {
    let read = store.read((), move |tx, ()| Box::pin(async move { tx.rows(query, &[]).await }));
    read.await.map_err(|error: StoreError| error).unwrap()
}

async fn count(store: &Store) -> i64 {
    let counts: Vec<(i64,)> = rows(store, &COUNT).await;
    counts[0].0
}

impl Books {
    /// The payments made since the city was made up.
    pub(crate) async fn payments(&self) -> Vec<Made> {
        rows(&self.store, &PAYMENTS).await
    }

    /// What a query of a test's own finds.
    pub(crate) async fn rows<T: FromRow + 'static>(&self, query: &'static Query) -> Vec<T> {
        rows(&self.store, query).await
    }

    /// Asserts that every payment was asked for under a key of its own, is settled and posted once, that each bill's
    /// columns are what its payments say, and that the ledger sums up to zero.
    pub(crate) async fn balance(&self) {
        let ledger: Vec<(i64,)> = rows(&self.store, &LEDGER).await;
        assert_eq!(ledger, [(0,)], "the postings sum up to zero");
        let unbalanced: Vec<(PaymentId,)> = rows(&self.store, &UNBALANCED).await;
        assert!(unbalanced.is_empty(), "posted otherwise than charged: {unbalanced:?}");
        let misstated: Vec<(BillId,)> = rows(&self.store, &MISSTATED).await;
        assert!(misstated.is_empty(), "these bills do not say what was paid of them: {misstated:?}");
        let unsettled: Vec<(i64, i64)> = rows(&self.store, &UNSETTLED).await;
        assert_eq!(unsettled, [(0, 0)], "nothing is left unsettled");
        let made = i64::try_from(self.payments().await.len()).unwrap();
        assert_eq!(count(&self.store).await, self.past + made, "there is no payment without a key, and none is lost");
    }

    /// Closes the database, so that a portal can have it for itself.
    pub(crate) async fn close(self) {
        self.store.close().await.unwrap();
    }
}

/// What a GET was answered.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) body: String,
    head: String,
}

impl Got {
    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(known, _)| *known == name).map(|(_, value)| value))
    }
}

/// Asks over a plain connection, so that nothing stands between a test and what was answered.
pub(crate) async fn get(url: &str, path: &str, token: Option<&Secret>) -> Got {
    let address = url.strip_prefix("http://").expect("a plain address");
    let authorization = token.map(|token| format!("authorization: Bearer {}\r\n", token.expose())).unwrap_or_default();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}connection: close\r\n\r\n");
    let mut stream = TcpStream::connect(address).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Got { status, body: body.to_owned(), head: head.to_owned() }
}

/// A file in a folder, read whole.
pub(crate) fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
