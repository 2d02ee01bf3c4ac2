//! Many operations from a file: in order, each once, however often the file is run.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{both::on_both_databases, command::Shell, lossy::Lossy, portal::Portal};

/// What the results say, a line each.
fn results(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// How much was paid of a bill.
async fn paid(rosa: &Shell, bill: &str) -> i64 {
    rosa.run(&format!("bills show {bill} --jq .paid")).await.ok().stdout.trim().parse().unwrap()
}

/// The bill of a category, the next due.
async fn bill(rosa: &Shell, category: &str) -> String {
    rosa.run(&format!("bills list --category {category} -o ids --limit 1")).await.ok().stdout.trim().to_owned()
}

on_both_databases! {
    async fn a_file_run_again_completes_and_repeats_nothing(portal: Portal) {
        let rosa = portal.rosa().await;
        let (water, program) = (bill(&rosa, "utility").await, rosa.run("programs list --open --free -o ids --limit 1").await.ok().stdout);
        let file = [
            json!({"op": "pay", "bills": [water], "amount": 1000}),
            json!({"op": "pay", "bills": [water], "amount": 1000}),
            json!({"op": "register", "program": program.trim(), "participants": ["Ana Marín"]}),
            json!({"op": "apply", "type": "fence", "draft": true, "answers": {"height_cm": 150}}),
            json!({"op": "request", "service_code": "streetlight", "address_string": "1 Quay", "attributes": {"fault": "out"}}),
        ];
        let file = file.map(|line| format!("{line}\n")).concat();
        let first = results(&rosa.command("batch - --jobs 3 -o jsonl").stdin(&file).run().await.ok().stdout);
        let told = first.iter().map(|row| (row["line"].as_u64().unwrap(), row["outcome"].as_str().unwrap())).collect::<Vec<_>>();
        assert_eq!(told, [(1, "done"), (2, "done"), (3, "done"), (4, "done"), (5, "done")]);
        let kinds = first.iter().map(|row| row["id"].as_str().unwrap()[..3].to_owned()).collect::<Vec<_>>();
        assert_eq!(kinds, ["PAY", "PAY", "REG", "PRM", "REQ"]);
        assert_ne!(first[0]["id"], first[1]["id"], "what is said twice is meant twice");
        assert_eq!(paid(&rosa, &water).await, 2000);
        let entries = rosa.run("history --jq length").await.ok().stdout;
        let again = results(&rosa.command("batch - -o jsonl").stdin(&file).run().await.ok().stdout);
        let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(&again), ids(&first));
        let before = |rows: &[Value]| rows.iter().filter(|row| row["replayed"] == true).count();
        assert_eq!((before(&first), before(&again)), (0, 5), "what was done before is told apart");
        assert_eq!((paid(&rosa, &water).await, rosa.run("history --jq length").await.ok().stdout), (2000, entries));
        // To people the last word is how many; of a longer file the rest is new.
        let more = format!("{file}{}\n", json!({"op": "pay", "bills": [water], "amount": 1}));
        assert_eq!(rosa.command("batch -").stdin(&more).run().await.ok().stderr, "6 lines: 1 done, 5 done before\n");
        // A run with a name is another one.
        rosa.command("batch - --idempotency-key december").stdin(file.lines().next().unwrap()).run().await.ok();
        assert_eq!(paid(&rosa, &water).await, 3001);
    }

    async fn what_cannot_be_understood_is_told_before_anything_is_sent(portal: Portal) {
        let rosa = portal.rosa().await;
        let water = bill(&rosa, "utility").await;
        let pay = json!({"op": "pay", "bills": [water], "amount": 100});
        let file = format!("{pay}\n{{\"op\": \"payy\"}}\n\n{{\"op\": \"pay\", \"bill\": \"{water}\"}}\n");
        assert_snapshot!(rosa.command("batch - -o json").stdin(&file).run().await.told(), @r"
        invalid, exit 6
        2 lines cannot be understood; nothing was sent
        hint: correct them, or do the others with --keep-going; see: citytime batch --help
        /lines/2: there is no operation `payy`: did you mean `pay`? one of pay, request, apply, register
        /lines/4: bill: unknown field `bill`, expected one of `bills`, `all`, `due_within`, `amount`, `method`, `expect_total`, `max`
        ");
        assert_eq!(paid(&rosa, &water).await, 0);
        let some = rosa.command("batch - --keep-going -o jsonl").stdin(&file).run().await;
        assert_eq!(some.exit, 6, "{some}");
        let told = results(&some.stdout).iter().map(|row| row["outcome"].clone()).collect::<Vec<_>>();
        assert_eq!(told, ["done", "failed", "failed"]);
        assert_eq!(paid(&rosa, &water).await, 100);
    }

    async fn the_first_failure_ends_it_and_keep_going_does_not(portal: Portal) {
        let rosa = portal.rosa().await;
        let water = bill(&rosa, "utility").await;
        let line = |amount: i64| format!("{}\n", json!({"op": "pay", "bills": [water], "amount": amount}));
        let file = [line(100), line(900_000), line(200), line(300)].concat();
        let stopped = rosa.command("batch - --jobs 1 -o json").stdin(&file).run().await;
        assert_eq!(stopped.exit, 6, "{stopped}");
        let rows: Vec<Value> = serde_json::from_str(&stopped.stdout).expect("one whole document");
        let told = rows.iter().map(|row| (row["outcome"].clone(), row["error"]["code"].clone())).collect::<Vec<_>>();
        assert_eq!(told, [(json!("done"), Value::Null), (json!("failed"), json!("amount_too_large"))]);
        let told: Value = serde_json::from_str(&stopped.stderr).expect("one object");
        assert_snapshot!(told["error"]["message"].as_str().unwrap(), @"line 2 failed; of 4 lines 1 are done, 2 were not begun");
        assert_eq!(paid(&rosa, &water).await, 100);
        let gone_on = rosa.command("batch - --keep-going").stdin(&file).run().await;
        assert_eq!(gone_on.exit, 6, "{gone_on}");
        assert_eq!(paid(&rosa, &water).await, 600);
        // Whoever reads no further has the lines done all the same.
        let more = [line(10), line(20), line(30)].concat();
        let early = "set -o pipefail; citytime batch - -o jsonl | head -1";
        assert_eq!(rosa.program("bash", ["-c", early]).stdin(&more).run().await.ok().stdout.lines().count(), 1);
        assert_eq!(paid(&rosa, &water).await, 660);
    }

    async fn one_killed_in_the_middle_is_completed_by_the_next(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill(&rosa, "utility").await;
        let file = format!("{}\n", json!({"op": "pay", "bills": [tax], "amount": 1})).repeat(300);
        for _ in 0..3 {
            let running = rosa.command("batch - --jobs 8 -o jsonl").stdin(&file).start();
            running.until("\"line\":30,").await;
            running.kill().await;
        }
        let whole = results(&rosa.command("batch - --jobs 8 -o jsonl").stdin(&file).run().await.ok().stdout);
        assert_eq!((whole.len(), paid(&rosa, &tax).await), (300, 300));
        let mut ids = whole.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 300, "each line is a payment of its own");
    }
    /// An answer that was lost is asked for again within the run: that is no earlier run.
    async fn what_was_asked_for_twice_by_one_run_was_not_done_before(portal: Portal) {
        let water = bill(&portal.rosa().await, "utility").await;
        let proxy = Lossy::before(&portal, "POST /v1/payments", 1).await;
        let rosa = portal.rosa().await.with("CITYTIME_CITY", proxy.url());
        let file = format!("{}\n", json!({"op": "pay", "bills": [water], "amount": 100}));
        for expected in [false, true] {
            let rows = results(&rosa.command("batch - -o jsonl").stdin(&file).run().await.ok().stdout);
            assert_eq!((rows[0]["outcome"].clone(), rows[0]["replayed"].clone()), (json!("done"), json!(expected)));
        }
        assert_eq!((proxy.left(), paid(&rosa, &water).await), (0, 100));
        // One that is declined stays so under its key, and is told apart as well.
        let card = rosa.run("wallet add --token pm_card_chargeCustomerFail --jq .id").await.ok().stdout;
        let file = format!("{}\n", json!({"op": "pay", "bills": [water], "amount": 100, "method": card.trim()}));
        for expected in [false, true] {
            let rows = results(&rosa.command("batch - -o jsonl").stdin(&file).run().await.stdout);
            assert_eq!((rows[0]["error"]["code"].clone(), rows[0]["replayed"].clone()), (json!("declined"), json!(expected)));
            assert!(rows[0]["error"]["hint"].as_str().unwrap().contains("a `key` of its own"), "{}", rows[0]);
        }
    }
}
