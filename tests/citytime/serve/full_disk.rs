//! A disk that is full: payments are refused with 503, nothing that was told is lost, and with room again all goes on,
//! in the portal that met it and in the next one.

use std::collections::BTreeSet;

use citytime::api::id::PaymentId;
use citytime::api::problem::Code;

use crate::support::both::{Threads, on_sqlite};
use crate::support::served::{Riverton, Served, get};

/// Serves with a limit to the size of a file, in blocks of 512 bytes: what exceeds it fails, as on a disk without room.
const LIMITED: &str = r#"trap '' XFSZ; ulimit -S -f "$1"; shift; echo $$ >pid; exec citytime "$@""#;
/// How far SQLite's files may grow beyond what the city takes, in blocks.
const BLOCKS: u64 = 512;

/// Payments that were acknowledged: their keys and ids.
type Told = BTreeSet<(String, PaymentId)>;

/// A portal whose disk has become full, and the payments it acknowledged before.
async fn fill(city: &Riverton) -> (Served, Told) {
    let file = city.database.strip_prefix("sqlite:").unwrap();
    let size = std::fs::metadata(file).unwrap().len();
    let blocks = (size / 512 + BLOCKS).to_string();
    let arguments = city.arguments("--listen 127.0.0.1:0");
    let mut words = vec!["-c", LIMITED, "limited", blocks.as_str()];
    words.extend(arguments.split(' '));
    let served = city.served_by(city.operator.program("/bin/sh", words)).await;

    let payer = &city.crowd[0];
    let mut told = Told::new();
    let refused = loop {
        let key = format!("part-{}", told.len());
        match payer.pay(&served.url, &key, 1, 0).await {
            Ok(payment) => told.insert((key, payment.id)),
            Err(failure) => break failure,
        };
        assert!(told.len() < 1_000, "the limit was never met");
    };
    assert!(!told.is_empty(), "there was room for some");
    assert_eq!((refused.code, refused.status), (Code::Unavailable, Some(503)), "{refused}");
    let listed = get(&served.url, "/v1/bills", Some(&payer.token)).await;
    assert_eq!(listed.status, 200, "reading goes on: {}", listed.body);
    (served, told)
}

/// The payment that was refused is repeated under its key and made, and the books tell what the client was told.
async fn go_on(city: &Riverton, served: Served, mut told: Told) {
    let key = format!("part-{}", told.len());
    let payment = city.crowd[0].pay(&served.url, &key, 1, 0).await.unwrap();
    told.insert((key, payment.id));
    served.drain().await;
    // The next portal settles what the full disk left open.
    city.serve().await.drain().await;
    let books = city.books().await;
    let made: Told = books.payments().await.into_iter().map(|made| (made.key, made.id)).collect();
    assert_eq!(made, told, "what was told is there, and nothing else");
    books.balance().await;
    books.close().await;
}

/// The portal that met the full disk goes on once there is room, without a restart.
#[cfg(target_os = "linux")]
#[test]
fn the_portal_goes_on_when_there_is_room() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        let (served, told) = fill(&city).await;
        let process = crate::support::served::text(city.operator.home(), "pid");
        let lifted = ["--pid", process.trim(), "--fsize=unlimited"];
        city.operator.program("prlimit", lifted).run().await.ok();
        go_on(&city, served, told).await;
    });
}

/// The portal is killed while its disk is full; the next one has room.
#[test]
fn the_next_portal_has_what_was_told() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        let (served, told) = fill(&city).await;
        served.kill().await;
        let served = city.serve().await;
        go_on(&city, served, told).await;
    });
}
