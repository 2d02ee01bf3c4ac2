//! The portal is killed at every commit of a payment, one after the other, and at everything it says of one to the
//! database, the processor and the payer, as by a power cut: what was acknowledged is in the ledger and at the processor,
//! once, and what was not is made once when it is repeated.

use citytime::api::id::PaymentId;
use citytime::api::payments::PaymentStatus;
use citytime::api::problem::Code;

use crate::stripe::{pays_patiently, standin::StandIn};
use crate::support::both::{Threads, on_both_databases, on_sqlite};
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::running::Running;
use crate::support::served::{Payer, Riverton};
use crate::support::tools::has_strace;

/// The most kills there are.
const MOST: usize = 150;
/// After so many payments in a row that met no kill there is no point of a payment left.
const UNHARMED: u32 = 3;
/// Kills at the n-th time that something is made durable, before it is.
pub(super) const KILLING: &str = r#"nth=$1; shift
exec strace -f -qq -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:signal=SIGKILL:when="$nth" citytime "$@""#;
/// Kills at the n-th time that something is said, before it is, counted from when a file is there: not what is said to
/// begin with. One thread says all of it, as strace counts for each by itself.
const KILLING_AT_A_WORD: &str = r#"nth=$1 begin=$2; shift 2
TOKIO_WORKER_THREADS=1 citytime "$@" & portal=$!
until [ -e "$begin" ]; do sleep 0.02; done
exec strace -f -o /dev/null -e trace=sendto,write,writev -e inject=sendto,write,writev:signal=SIGKILL:when="$nth" -p $portal"#;

/// A city that takes its money by a processor that remembers every charge, and somebody who pays there.
struct Trial {
    city: Riverton,
    stripe: StandIn,
    payer: Payer,
    /// Each key that was paid under, and the payment it made.
    known: Vec<(String, PaymentId)>,
    /// How many payments met a kill before they were charged, and how many after.
    struck: [u32; 2],
    /// How many payments in a row met none.
    unharmed: u32,
    /// Where the last kill was meant to be.
    nth: u32,
}

impl Trial {
    async fn of(city: Riverton) -> Self {
        let (mut city, stripe) = (city, StandIn::start().await);
        pays_patiently(&mut city, &stripe.url, "sk_test_stand_in", 10);
        let payer = city.crowd[0].clone();
        let served = city.serve().await;
        let shell = Shell::new().with("CITYTIME_CITY", &served.url).with("CITYTIME_TOKEN", payer.token.expose());
        let card = shell.run("wallet add --token pm_card_visa --jq .id").await.ok().stdout;
        shell.run(["wallet", "default", card.trim()]).await.ok();
        served.drain().await;
        Self { city, stripe, payer, known: Vec::new(), struck: [0; 2], unharmed: 0, nth: 0 }
    }

    /// Whether there is another point to kill at: one after the other until payments meet no kill any more. What the worker
    /// makes durable meanwhile counts too, and is not the same each time: they are gone through again until a kill has met
    /// both a payment that was not charged and one that was.
    fn goes_on(&mut self) -> bool {
        if self.unharmed == UNHARMED {
            if self.struck.iter().all(|struck| *struck > 0) {
                return false;
            }
            (self.nth, self.unharmed) = (0, 0);
        }
        assert!(
            self.known.len() < MOST,
            "not yet at the end: {:?} struck, the last at point {}",
            self.struck,
            self.nth
        );
        self.nth += 1;
        true
    }

    /// Starts a portal by a script that is told which point to kill at, and further words.
    fn start(&self, script: &str, words: &[&str]) -> Running {
        let (nth, arguments) = (self.nth.to_string(), self.city.arguments("--listen 127.0.0.1:0"));
        let mut all = vec!["-c", script, "killing", nth.as_str()];
        all.extend(words);
        all.extend(arguments.split(' '));
        self.city.operator.program("sh", all).start()
    }

    /// Pays at a portal that may die of it, and again at the next one; then looks at the books, and at the processor's.
    /// A portal without an address was dead before it listened.
    async fn pay_twice(&mut self, running: Running, url: Option<String>) {
        let (nth, key) = (self.nth, format!("part-{}", self.known.len()));
        let first = match url {
            Some(url) => Some(self.payer.pay(&url, &key, 1, 0).await),
            None => None,
        };
        running.signal("KILL");
        running.finish().await;
        let (charged, _) = self.stripe.charged();
        let told = match first {
            Some(Ok(payment)) => {
                self.unharmed += 1;
                Some(payment.id)
            }
            Some(Err(failure)) => {
                let passing = [Code::Network, Code::OutcomeUnknown, Code::TimedOut];
                assert!(passing.contains(&failure.code), "point {nth}: {:?}: {failure}", failure.code);
                self.struck[charged - self.known.len()] += 1;
                self.unharmed = 0;
                None
            }
            None => {
                self.unharmed = 0;
                None
            }
        };
        let next = self.city.serve().await;
        let again = eventually("the payment to settle", async || {
            let again = self.payer.pay(&next.url, &key, 1, 2).await;
            let again = again.unwrap_or_else(|failure| panic!("point {nth}: {failure}"));
            let is_open = [PaymentStatus::Pending, PaymentStatus::Processing].contains(&again.status);
            (!is_open).then_some(again)
        })
        .await;
        assert_eq!(again.status, PaymentStatus::Succeeded, "point {nth}");
        assert!(told.is_none_or(|told| told == again.id), "point {nth}: what was acknowledged is there");
        self.known.push((key, again.id));
        self.city.nadia_at(&next).run("staff ledger check").await.ok();
        next.drain().await;
        for (key, id) in &self.known {
            assert_eq!(self.stripe.charges_of(&id.to_string()).len(), 1, "point {nth}: {key} was charged once");
        }
        let charged = self.stripe.charged();
        assert_eq!(charged, (self.known.len(), self.known.len()), "point {nth}: nothing else was charged");
        let books = self.city.books().await;
        books.balance().await;
        let mut made: Vec<_> = books.payments().await.into_iter().map(|made| (made.key, made.id)).collect();
        books.close().await;
        made.sort();
        let mut known = self.known.clone();
        known.sort();
        assert_eq!(made, known, "point {nth}: each key made one payment");
    }
}

#[test]
fn a_payment_survives_a_kill_at_every_commit() {
    on_sqlite(Threads::Several(2), async |city: Riverton| {
        if !has_strace(&city.operator).await {
            return;
        }
        let mut trial = Trial::of(city).await;
        while trial.goes_on() {
            let running = trial.start(KILLING, &[]);
            let url = running.until_or_end("listening on ").await;
            trial.pay_twice(running, url).await;
        }
    });
}

on_both_databases! {
    threads: 2,

    /// What PostgreSQL makes durable is not the portal's to do: here it dies with a commit asked for or not, a charge sent
    /// or not, and the last commit done but the payer not told.
    async fn a_payment_survives_a_kill_at_every_word(city: Riverton) {
        if !has_strace(&city.operator).await {
            return;
        }
        let mut trial = Trial::of(city).await;
        while trial.goes_on() {
            let begin = trial.city.operator.home().join(format!("begin-{}", trial.known.len()));
            let running = trial.start(KILLING_AT_A_WORD, &[&begin.to_string_lossy()]);
            let url = running.until("listening on ").await;
            std::fs::write(&begin, "").unwrap();
            running.until(" attached").await;
            trial.pay_twice(running, Some(url)).await;
        }
    }
}
