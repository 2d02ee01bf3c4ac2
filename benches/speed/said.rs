//! What a payment really says to a database, by PostgreSQL's own log: the statements that are measured beside the portal must
//! be those, or the portal is compared with less or more than it does.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    time::Duration,
};

use tokio_postgres::config::{Config, Host as Where};

use crate::{host::Host, statements};

/// More payments than a portal has connections, by twice: one of these has said all of it before.
const PAYMENTS: u64 = 65;
/// How long a payment may take here.
const PATIENCE: Duration = Duration::from_secs(60);

/// Has every statement of new connections to a database written into the server's log, behind the process that served it.
pub(crate) const ALL: &str =
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET log_statement = ''all''', current_database()); END $$";
/// No longer.
pub(crate) const NONE: &str =
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET log_statement', current_database()); END $$";

/// Pays at a portal whose statements are logged, each time in other words, and compares both units with what is measured: as
/// they are said where a connection has prepared them, which is what happens under load.
pub(crate) fn compare(database: &str, payment: impl Fn(u64) -> Vec<u8>) {
    let log = log(database);
    let before = std::fs::metadata(&log).expect("the server's log").len();
    let host = Host::start(database, None);
    for number in 0..PAYMENTS {
        let answer = asked(host.address, &payment(number));
        assert!(answer.starts_with("HTTP/1.1 200 "), "the payment is made: {answer}");
    }
    drop(host);
    let whole = std::fs::read(&log).expect("the server's log");
    let since = usize::try_from(before).ok().and_then(|before| whole.get(before..)).expect("the log has grown");
    let since = String::from_utf8_lossy(since);
    let units = units(&since);
    for (what, measured) in [("intent", statements::intent()), ("result", statements::result())] {
        let measured: Vec<&str> = measured.iter().map(|statement| statement.query.sql).collect();
        // The statement by which each is known: what makes the payment, and what settles it.
        let by = if what == "intent" { "INSERT INTO payments " } else { "UPDATE payments SET " };
        let mut prepared = BTreeSet::new();
        let said = units.iter().filter(|(_, unit)| unit.iter().any(|said| said.starts_with(by)));
        let said: Vec<_> = said.filter(|(process, _)| !prepared.insert(process)).collect();
        assert!(!said.is_empty(), "a connection says the {what} of a payment again");
        for (_, said) in said {
            assert_eq!(*said, measured, "the {what} of a payment is measured as it is said (statements.rs)");
        }
    }
}

/// The server's log lies beside its socket.
fn log(database: &str) -> PathBuf {
    let config: Config = database.parse().expect("the cluster's own URL");
    match config.get_hosts() {
        [Where::Unix(socket)] => socket.join("server.log"),
        other => panic!("the tests' cluster is on a socket: {other:?}"),
    }
}

/// What one request on a connection of its own is answered, whole.
fn asked(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("the portal is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit is set");
    stream.write_all(request).expect("it listens");
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    // The connection stays open: the head and a body that ends as JSON does are all there is.
    while !answer.ends_with(b"}") {
        match stream.read(&mut buffer).expect("it answers") {
            0 => break,
            length => answer.extend_from_slice(&buffer[..length]),
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The statements of each transaction that was committed, in the order they came, with the process that served them.
fn units(log: &str) -> Vec<(&str, Vec<String>)> {
    let (mut open, mut done) = (BTreeMap::<&str, Vec<String>>::new(), Vec::new());
    for line in log.lines() {
        // `2026-11-26 12:00:00.000 UTC [4711] LOG:  execute s3: SELECT …`, or `statement: BEGIN …` where none is prepared.
        let Some((head, said)) = line.split_once("] LOG:  ") else { continue };
        let (process, sql) =
            (head.rsplit('[').next().unwrap_or(head), said.split_once(": ").map_or("", |(_, sql)| sql));
        match sql.split([' ', ';']).next() {
            Some("BEGIN") => drop(open.insert(process, Vec::new())),
            Some("COMMIT") => done.extend(open.remove(process).map(|said| (process, said))),
            _ if said.starts_with("execute ") => open.entry(process).or_default().push(sql.to_owned()),
            _ => {}
        }
    }
    done
}
