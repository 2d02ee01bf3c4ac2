//! A file of many payments, whose run is killed in the middle: run again it pays each exactly once.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::stripe::{pays_patiently, standin::StandIn};
use crate::support::both::on_both_databases;
use crate::support::served::Riverton;

/// How many payments the file has.
const MANY: usize = 10_000;
/// How many lines are at work at once.
const JOBS: usize = 16;
/// How many lines are waited for at once.
const STEP: usize = 250;
/// What a run may take, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(600);

citytime::queries! {
    /// Of the bills of the file: how many there are, how many are paid as they should be, and what of them was paid in all.
    BILLS = "SELECT COUNT(*), CAST(SUM(CASE WHEN status = 'paid' AND settled = amount AND pending = 0 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(settled) AS BIGINT) FROM bills WHERE number LIKE 'MANY-%'";
    /// Of the payments of them: how many parts they have, how many they are, of how many bills, and what they came to.
    PAYMENTS = "SELECT COUNT(*), COUNT(DISTINCT a.payment), COUNT(DISTINCT a.bill), CAST(SUM(a.amount) AS BIGINT) \
                FROM allocations a JOIN payments p ON p.id = a.payment JOIN bills b ON b.id = a.bill \
                WHERE b.number LIKE 'MANY-%' AND p.status = 'succeeded'";
}

/// The results, a line each.
fn results(text: &str) -> Vec<Value> {
    // The last line of a run that was killed may be cut.
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

on_both_databases! {
    async fn each_is_paid_once_though_the_run_is_killed(city: Riverton) {
        let (mut city, stripe) = (city, StandIn::start().await);
        pays_patiently(&mut city, &stripe.url, "sk_test_stand_in", 60);
        let served = city.serve().await;
        let nadia = city.nadia_at(&served);
        let rosa = city.rosa_at(&served);
        let mut bills = "number,record,category,title,issued_on,due_on,amount\n".to_owned();
        for number in 0..MANY {
            writeln!(bills, "MANY-{number:05},UT-204177,utility,Water,2026-11-01,2027-06-30,{}.25", 1 + number % 7).unwrap();
        }
        let imported = nadia.command("staff bills import - -o ids --columns id").stdin(bills).within(PATIENCE).run().await.ok().stdout;
        let card = rosa.run("wallet add --token pm_card_visa --jq .id").await.ok().stdout;
        let pay = |bill: &str| format!("{}\n", json!({ "op": "pay", "bills": [bill], "method": card.trim() }));
        let file: String = imported.lines().map(pay).collect();
        assert_eq!(file.lines().count(), MANY);
        let batch = || rosa.command(&format!("batch - --jobs {JOBS} -o jsonl")).stdin(&file).within(PATIENCE);
        let mut seen = HashSet::new();
        for part in [MANY / 4, MANY / 2] {
            let running = batch().start();
            // Step by step: no step takes as long as is waited for anything.
            for line in (STEP..=part).step_by(STEP) {
                running.until(&format!("\"line\":{line},")).await;
            }
            let cut = running.kill().await;
            assert_eq!(cut.exit, 128 + 9, "it was killed, and had not ended before");
            let done = results(&cut.stdout);
            assert!(done.len() < MANY, "{}", done.len());
            seen.extend(done.into_iter().map(|row| row["id"].as_str().expect("an id").to_owned()));
        }
        let whole = results(&batch().run().await.ok().stdout);
        let ids: HashSet<_> = whole.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
        assert_eq!((whole.len(), ids.len()), (MANY, MANY), "each line is a payment of its own");
        assert!(seen.is_subset(&ids), "what a run had told before it was killed is told again");
        assert!(whole.iter().all(|row| row["outcome"] == "done"));
        // What was at work when a run was killed may still be on its way as the next one asks for it.
        let on_their_way = whole.iter().filter(|row| row["result"]["status"] != "succeeded").count();
        assert!(on_their_way <= 2 * JOBS, "{on_their_way}");
        let replayed = whole.iter().filter(|row| row["replayed"] == true).count();
        assert!((seen.len()..MANY).contains(&replayed), "{replayed} of {MANY} were done before, {} were told", seen.len());
        nadia.command("staff ledger check").within(PATIENCE).run().await.ok();
        let (charges, payments) = stripe.charged();
        assert_eq!((charges, payments), (MANY, MANY), "each was charged once");
        served.drain().await;
        let books = city.books().await;
        let asked: i64 = (0..MANY).map(|number| 100 * (1 + i64::try_from(number % 7).unwrap()) + 25).sum();
        let many = i64::try_from(MANY).unwrap();
        assert_eq!(books.rows::<(i64, i64, i64)>(&BILLS).await, [(many, many, asked)]);
        assert_eq!(books.rows::<(i64, i64, i64, i64)>(&PAYMENTS).await, [(many, many, many, asked)]);
        books.balance().await;
        books.close().await;
    }
}
