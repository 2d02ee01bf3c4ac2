//! The portal under load, on each database: a page of bills and a payment beside `/livez` of the same process; payments
//! beside the same statements without a portal.

use std::{net::SocketAddr, time::Duration};

use tokio_postgres::NoTls;

use crate::{
    Effort,
    host::Host,
    load,
    pgbench::Pgbench,
    postgres, programs,
    programs::text,
    raw::Raw,
    report::{
        Expected::{Least, Nothing},
        Report, Series, Unit,
    },
    said, town,
};

/// How many clients there are at once.
const CLIENTS: [u64; 2] = [16, 64];
/// The tests' cluster is made to be fast; this one is to keep what it acknowledges. Statistics are as they would be.
const DURABLE: [&str; 6] = [
    "ALTER SYSTEM SET fsync = on",
    "ALTER SYSTEM SET full_page_writes = on",
    "ALTER SYSTEM SET synchronous_commit = on",
    "ALTER SYSTEM SET autovacuum_naptime = '1min'",
    "SELECT pg_reload_conf()",
    "CHECKPOINT",
];

/// What payments are measured beside.
enum Peer {
    Raw(Box<Raw>),
    Pgbench(Pgbench),
}

impl Peer {
    fn name(&self) -> &'static str {
        match self {
            Self::Raw(_) => "the same statements, committed in groups, bare SQLite",
            Self::Pgbench(_) => "`pgbench`, the same statements",
        }
    }

    fn pay(&mut self, clients: u64, span: Duration) -> f64 {
        match self {
            Self::Raw(raw) => raw.pay(clients, span),
            Self::Pgbench(pgbench) => pgbench.pay(clients, span),
        }
    }
}

/// SQLite, beside a raw loop.
pub(crate) fn on_sqlite(effort: Effort, report: &mut Report) {
    let folder = programs::folder();
    let (served, bare) = (folder.path().join("city.db"), folder.path().join("raw.db"));
    let runtime = runtime();
    let database = format!("sqlite:{}", text(&served));
    runtime.block_on(async {
        town::settle(&database).await;
        town::settle(&format!("sqlite:{}", text(&bare))).await;
    });
    let mut peer = Peer::Raw(Box::new(Raw::open(&bare)));
    let host = Host::start(&database, None);
    measure(effort, "SQLite", &host, Some((&mut peer, 0.5)), 0.10, report);
}

/// PostgreSQL, beside pgbench.
pub(crate) fn on_postgres(effort: Effort, report: &mut Report) {
    let runtime = runtime();
    let Some(database) = runtime.block_on(postgres::database()) else {
        return report.leave_out("everything on PostgreSQL", "initdb and pg_ctl are not installed");
    };
    let folder = programs::folder();
    runtime.block_on(async {
        execute(&database, &DURABLE).await;
        town::settle(&database).await;
        execute(&database, &["VACUUM ANALYZE", "CHECKPOINT", said::ALL]).await;
    });
    said::compare(&database, |number| payment(1, 0, 0, number));
    runtime.block_on(execute(&database, &[said::NONE]));
    let mut peer =
        programs::find("pgbench").map(|program| Peer::Pgbench(Pgbench::new(program, folder.path(), &database)));
    if peer.is_none() {
        report.leave_out("payments beside pgbench", "it is not installed");
    }
    let host = Host::start(&database, None);
    measure(effort, "PostgreSQL", &host, peer.as_mut().map(|peer| (peer, 0.7)), 0.05, report);
}

fn measure(
    effort: Effort,
    database: &str,
    host: &Host,
    mut peer: Option<(&mut Peer, f64)>,
    least_read: f64,
    report: &mut Report,
) {
    let live = load::get("/livez", None);
    let reads: Vec<Vec<u8>> =
        (1..=town::RESIDENTS).map(|who| load::get("/v1/bills?limit=20", Some(town::token(who).expose()))).collect();
    // Keys of a run before this one must not be met again.
    let mut age = 0;
    for clients in CLIENTS {
        let mut alive = Series::new("`/livez`");
        let mut read = Series::new(format!("`GET /v1/bills`, 20 rows, {database}, {clients} clients"));
        let mut paid = Series::new(format!("`POST /v1/payments`, {database}, {clients} clients"));
        let mut bare = Series::new(peer.as_ref().map_or("", |(peer, _)| peer.name()));
        for _ in 0..effort.rounds {
            age += 1;
            alive.add(same(host.health, clients, effort.span, &live));
            read.add(load::drive(host.address, clients, effort.span, |client, asked, request| {
                let who = usize::try_from(client + asked * clients).unwrap_or(0) % reads.len();
                request.extend_from_slice(&reads[who]);
            }));
            paid.add(load::drive(host.address, clients, effort.span, |client, asked, request| {
                let bill = i64::try_from((client + asked * clients) * 7_919).unwrap_or(0);
                request.extend(payment(bill % (town::RESIDENTS * town::BILLS) + 1, age, client, asked));
            }));
            if let Some((peer, _)) = &mut peer {
                bare.add(peer.pay(clients, effort.span));
            }
        }
        report.compare(Unit::Rate, &read, &alive, Least(least_read));
        report.compare(Unit::Rate, &paid, &alive, Nothing);
        if let Some((_, least)) = peer {
            report.compare(Unit::Rate, &paid, &bare, Least(least));
        }
    }
}

fn same(address: SocketAddr, clients: u64, span: Duration, request: &[u8]) -> f64 {
    load::drive(address, clients, span, |_, _, sent| sent.extend_from_slice(request))
}

/// One cent of a bill, under a key of its own.
fn payment(bill: i64, age: u64, client: u64, asked: u64) -> Vec<u8> {
    let token = town::token(town::owner(bill));
    let headers =
        format!("Authorization: Bearer {}\r\nIdempotency-Key: speed-{age}-{client}-{asked}\r\n", token.expose());
    let id = citytime::api::id::BillId::new(bill);
    load::post("/v1/payments", &headers, &format!(r#"{{"bills":["{id}"],"amount":1}}"#))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts")
}

/// Executes statements, one after the other, on a connection of their own.
pub(crate) async fn execute(database: &str, statements: &[&str]) {
    let (client, connection) = tokio_postgres::connect(database, NoTls).await.expect("connects");
    let work = async {
        for statement in statements {
            client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        }
        // The connection ends when its client is gone.
        drop(client);
    };
    tokio::join!(async { connection.await.expect("the connection ends well") }, work);
}
