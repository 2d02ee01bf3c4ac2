//! The portal is killed at every commit of a payment, one after the other, as by a power cut: what was acknowledged is in
//! the ledger, once, and what was not is made once when it is repeated.

use citytime::api::payments::PaymentStatus;
use citytime::api::problem::Code;

use crate::support::both::{Threads, on_sqlite};
use crate::support::served::Riverton;
use crate::support::tools::has_strace;

/// The most commits that are looked at.
const MOST: u32 = 60;
/// After so many payments in a row that met no kill there is no commit of a payment left.
const UNHARMED: u32 = 3;
/// Kills at the n-th time that something is made durable, before it is.
pub(super) const KILLING: &str = r#"nth=$1; shift
exec strace -f -qq -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:signal=SIGKILL:when="$nth" citytime "$@""#;

#[test]
fn a_payment_survives_a_kill_at_every_commit() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        if !has_strace(&city.operator).await {
            return;
        }
        let payer = &city.crowd[0];
        let (mut struck, mut unharmed, mut keys) = (0, 0, Vec::new());
        for nth in 1..=MOST {
            let (key, number) = (format!("part-{nth}"), nth.to_string());
            let arguments = city.arguments("--listen 127.0.0.1:0");
            let mut words = vec!["-c", KILLING, "killing", number.as_str()];
            words.extend(arguments.split(' '));
            let running = city.operator.program("sh", words).start();
            let first = match running.until_or_end("listening on ").await {
                Some(url) => Some(payer.pay(&url, &key, 1, 0).await),
                // It was killed before it listened.
                None => None,
            };
            running.signal("KILL");
            running.finish().await;
            let told = match first {
                Some(Ok(payment)) => {
                    unharmed += 1;
                    Some(payment.id)
                }
                Some(Err(failure)) => {
                    let passing = [Code::Network, Code::OutcomeUnknown, Code::TimedOut];
                    assert!(passing.contains(&failure.code), "commit {nth}: {:?}: {failure}", failure.code);
                    (struck, unharmed) = (struck + 1, 0);
                    None
                }
                None => {
                    unharmed = 0;
                    None
                }
            };
            let next = city.serve().await;
            let again =
                payer.pay(&next.url, &key, 1, 2).await.unwrap_or_else(|failure| panic!("commit {nth}: {failure}"));
            assert_eq!(again.status, PaymentStatus::Succeeded, "commit {nth}");
            assert!(told.is_none_or(|told| told == again.id), "commit {nth}: what was acknowledged is there");
            city.nadia_at(&next).run("staff ledger check").await.ok();
            next.drain().await;
            keys.push((key, again.id));
            let books = city.books().await;
            books.balance().await;
            let mut made: Vec<_> = books.payments().await.into_iter().map(|made| (made.key, made.id)).collect();
            books.close().await;
            made.sort();
            let mut known = keys.clone();
            known.sort();
            assert_eq!(made, known, "commit {nth}: each key made one payment");
            if unharmed == UNHARMED {
                break;
            }
        }
        assert_eq!(unharmed, UNHARMED, "there are more commits than {MOST}");
        assert!(struck >= 2, "a payment has an intent and a result, each with a commit: {struck}");
    });
}
