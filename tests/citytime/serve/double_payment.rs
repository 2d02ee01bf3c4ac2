//! A bill is paid once, however many processes pay it at the same moment, through however many portals.

use crate::support::both::{Threads, on_both_databases, on_postgres};
use crate::support::command::Shell;
use crate::support::served::{Riverton, Served, text};

/// How many processes pay.
const PROCESSES: usize = 200;

/// Starts as many processes as it is told, lets them all wait at one gate, and opens it when the last is there. Each is
/// told its own number. `$1`: how many; `$2`: what each runs, in a shell of its own.
const AT_ONCE: &str = r#"
set -eu
mkfifo gate ready
exec 9<>gate 7<>ready
number=0
while [ "$number" -lt "$1" ]; do
    number=$((number + 1))
    (
        exec 8<gate 9<&-
        echo >&7
        exec 7<&-
        read -r _ <&8 || true
        exec 8<&-
        export number
        status=0
        sh -c "$2" >"out.$number" 2>"err.$number" || status=$?
        echo "$status" >"exit.$number"
    ) &
done
there=0
while [ "$there" -lt "$1" ]; do
    read -r _ <&7
    there=$((there + 1))
done
exec 9<&-
wait
"#;

/// What one of many processes answered.
struct Answer {
    exit: i32,
    stdout: String,
    stderr: String,
}

async fn at_once(shell: &Shell, script: &str) -> Vec<Answer> {
    let patience = std::time::Duration::from_secs(300);
    let count = PROCESSES.to_string();
    shell.program("/bin/sh", ["-c", AT_ONCE, "at-once", &count, script]).within(patience).run().await.ok();
    let answer = |number: usize| Answer {
        exit: text(shell.home(), &format!("exit.{number}")).trim().parse().unwrap(),
        stdout: text(shell.home(), &format!("out.{number}")),
        stderr: text(shell.home(), &format!("err.{number}")),
    };
    (1..=PROCESSES).map(answer).collect()
}

/// Asserts that one of the answers is a payment and the others are refusals, and returns the payment's id.
fn one_paid(answers: &[Answer]) -> String {
    let (paid, refused): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.exit == 0);
    for Answer { exit, stdout, stderr } in &refused {
        let error: serde_json::Value = serde_json::from_str(stderr).unwrap_or_else(|_| panic!("exit {exit}: {stderr}"));
        assert_eq!((*exit, error["error"]["code"].as_str()), (6, Some("nothing_due")), "{stderr}");
        assert!(stdout.is_empty(), "a refusal has nothing on stdout: {stdout}");
    }
    assert_eq!((paid.len(), refused.len()), (1, PROCESSES - 1), "one of them paid");
    payment_id(paid[0])
}

fn payment_id(answer: &Answer) -> String {
    let payment: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    payment["id"].as_str().unwrap().to_owned()
}

/// Asserts that the books know of this payment alone, and that they balance.
async fn only_payment(city: &Riverton, id: &str) {
    let books = city.books().await;
    let payments = books.payments().await;
    assert_eq!(payments.len(), 1, "one payment: {payments:?}");
    assert_eq!((payments[0].id.to_string().as_str(), payments[0].status.as_str()), (id, "succeeded"));
    books.balance().await;
    books.close().await;
}

/// The bill Rosa is due to pay next.
async fn bill(city: &mut Riverton, served: &Served) -> String {
    let listed = city.rosa_at(served).run("bills list -o ids").await.ok();
    listed.stdout.lines().next().expect("rosa owes something").to_owned()
}

on_both_databases! {
    threads: 2,

    /// Two hundred processes pay one bill at the same moment: one does, the others are told that nothing is due.
    async fn one_bill(city: Riverton) {
        let mut city = city;
        let served = city.serve().await;
        let bill = bill(&mut city, &served).await;
        let answers = at_once(&city.rosa, &format!("citytime -y bills pay {bill} -o json")).await;
        let id = one_paid(&answers);
        served.drain().await;
        only_payment(&city, &id).await;
    }

    /// Two hundred processes repeat one payment under one key: it is made once, and each of them prints it.
    async fn one_key(city: Riverton) {
        let mut city = city;
        let served = city.serve().await;
        let bill = bill(&mut city, &served).await;
        let pay = format!("citytime -y bills pay {bill} --idempotency-key water-of-march -o json");
        let answers = at_once(&city.rosa, &pay).await;
        for Answer { exit, stderr, .. } in &answers {
            assert_eq!(*exit, 0, "{stderr}");
        }
        let mut ids: Vec<String> = answers.iter().map(payment_id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1, "all print one payment: {ids:?}");
        served.drain().await;
        only_payment(&city, &ids[0]).await;
    }
}

/// The same through two portals on one PostgreSQL database, half of the processes to each.
#[test]
fn one_bill_two_portals() {
    on_postgres(Threads::Several(2), async |mut city: Riverton| {
        let (one, other) = (city.serve().await, city.serve().await);
        let bill = bill(&mut city, &one).await;
        let pay = format!(
            r#"case $number in *[02468]) export CITYTIME_CITY={};; *) export CITYTIME_CITY={};; esac
            citytime -y bills pay {bill} -o json"#,
            one.url, other.url
        );
        let answers = at_once(&city.rosa, &pay).await;
        let id = one_paid(&answers);
        one.drain().await;
        other.drain().await;
        only_payment(&city, &id).await;
    });
}
