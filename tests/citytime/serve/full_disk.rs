//! A disk that is full: payments are refused with 503, nothing that was told is lost, and with room again all goes on.

use std::collections::BTreeSet;

use citytime::api::problem::Code;

use crate::support::both::{Threads, on_sqlite};
use crate::support::served::{Riverton, get};

/// Serves with a limit to the size of a file, in blocks of 512 bytes: what exceeds it fails, as on a disk without room.
const LIMITED: &str = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec citytime "$@""#;
/// How far SQLite's files may grow beyond what the city takes, in blocks.
const BLOCKS: u64 = 512;

/// SQLite's files cannot grow any more.
#[test]
fn sqlite_without_room() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        let file = city.database.strip_prefix("sqlite:").unwrap();
        let size = std::fs::metadata(file).unwrap().len();
        let blocks = (size / 512 + BLOCKS).to_string();
        let arguments = city.arguments("--listen 127.0.0.1:0");
        let mut words = vec!["-c", LIMITED, "limited", blocks.as_str()];
        words.extend(arguments.split(' '));
        let served = city.served_by(city.operator.program("/bin/sh", words)).await;

        let payer = &city.crowd[0];
        let mut told = BTreeSet::new();
        let refused = loop {
            let key = format!("part-{}", told.len());
            match payer.pay(&served.url, &key, 1, 0).await {
                Ok(payment) => told.insert((key, payment.id)),
                Err(failure) => break failure,
            };
            assert!(told.len() < 1_000, "the limit was never met");
        };
        assert_eq!((refused.code, refused.status), (Code::Unavailable, Some(503)), "{refused}");
        let listed = get(&served.url, "/v1/bills", Some(&payer.token)).await;
        assert_eq!(listed.status, 200, "reading goes on: {}", listed.body);
        served.kill().await;

        let served = city.serve().await;
        let key = format!("part-{}", told.len());
        let payment = payer.pay(&served.url, &key, 1, 0).await.unwrap();
        told.insert((key, payment.id));
        served.drain().await;
        let books = city.books().await;
        let made: BTreeSet<_> = books.payments().await.into_iter().map(|made| (made.key, made.id)).collect();
        assert_eq!(made, told, "what was told is there, and nothing else");
        books.balance().await;
        books.close().await;
    });
}
