//! Payments: what becomes of each way to pay, what is refused, keys that make a repetition harmless, receipts.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::{Output, Shell};
use crate::support::lossy::Lossy;
use crate::support::portal::Portal;

/// Adds a method and returns its id.
async fn method(shell: &Shell, token: &str) -> String {
    shell.run(["wallet", "add", "--token", token, "--jq", ".id"]).await.ok().stdout.trim().to_owned()
}

async fn bill(shell: &Shell, id: &str) -> Value {
    shell.run(["bills", "show", id, "-o", "json"]).await.ok().json()
}

/// Paid, pending and balance of a bill, and its state.
async fn stands(shell: &Shell, id: &str) -> Value {
    let bill = bill(shell, id).await;
    json!([bill["paid"], bill["pending"], bill["balance"], bill["status"]])
}

async fn pay(shell: &Shell, arguments: &str) -> Output {
    shell.run(&format!("bills pay {arguments} -y -o json")).await
}

async fn payments(shell: &Shell) -> usize {
    shell.run("history payments -o json").await.ok().json().as_array().unwrap().len()
}

on_both_databases! {
    async fn a_bill_is_paid_and_has_its_receipt(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        assert_snapshot!(rosa.run(["bills", "pay", &fine, "--dry-run"]).await, @r"
        exit: 0
        ----- stdout
        lines	fee	total	method
        BIL-00000001	0.00	45.00	WAL-00000002
        ----- stderr
        ");
        let paid = rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        assert_snapshot!(paid, @r"
        exit: 0
        ----- stdout
        id	amount	fee	status	method	allocations	receipt	created_at	settled_at	failure.detail
        PAY-00000001	45.00	0.00	succeeded	WAL-00000002	BIL-00000003	PAY-00000001	2026-11-23T15:00:00Z	2026-11-23T15:00:00Z	
        ----- stderr
        ");
        let payment = paid.stdout.lines().nth(1).unwrap().split('\t').next().unwrap().to_owned();
        assert_snapshot!(rosa.run(["bills", "receipt", &payment]).await, @r"
        exit: 0
        ----- stdout
        id	city	payer	status	lines	amount	fee	total	method	method_kind	created_at	settled_at
        PAY-00000001	City of Riverton	Rosa Marín	succeeded	BIL-00000002	45.00	0.00	45.00	Visa ending in 4242	card	2026-11-23T15:00:00Z	2026-11-23T15:00:00Z
        ----- stderr
        ");
        assert_snapshot!(rosa.run(["bills", "receipt", &payment, "-o", "json"]).await, @r#"
        exit: 0
        ----- stdout
        {"id":"PAY-00000001","city":"City of Riverton","payer":"Rosa Marín","status":"succeeded","lines":[{"bill":"BIL-00000002","number":"2026-000024","title":"Parking citation, Bridge Street","amount":4500}],"amount":4500,"fee":0,"total":4500,"refunded":0,"currency":"USD","method_kind":"card","method":"Visa ending in 4242","created_at":"2026-11-23T15:00:00Z","settled_at":"2026-11-23T15:00:00Z"}
        ----- stderr
        "#);
        assert_eq!(stands(&rosa, &fine).await, json!([4500, 0, 0, "paid"]));
        assert_snapshot!(pay(&rosa, &fine).await.told(), @r"
        nothing_due, exit 6
        BIL-00000001 is paid already
        hint: see its payment: citytime history payments
        ");
        assert_snapshot!(rosa.run("history payments --limit 1 -o json").await, @r#"
        exit: 0
        ----- stdout
        [{"at":"2026-11-23T15:00:00Z","kind":"payment","id":"PAY-00000001","title":"Parking citation, Bridge Street","status":"succeeded","amount":4500,"currency":"USD"}]
        ----- stderr
        "#);
        // Somebody else's receipt is no receipt.
        assert_eq!(portal.tomas().await.run(["bills", "receipt", &payment, "-o", "json"]).await.error()["code"], "not_found");
    }

    async fn amounts_that_cannot_be_paid(portal: Portal) {
        let rosa = portal.rosa().await;
        let tax = bill_of(&rosa, "tax").await;
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount 5000")).await.told(), @r"
        amount_too_large, exit 6
        $5,000.00 is more than the $1,182.50 that can be paid
        hint: pay at most --amount 1182.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount -5")).await.told(), @r"
        usage, exit 2
        --amount: `-5` is no amount: leave the sign out, as in 12.50
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount 12.345")).await.told(), @r"
        usage, exit 2
        --amount: `12.345` is no amount: USD has 2 decimals
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount 0")).await.told(), @r"
        usage, exit 2
        --amount: an amount is above zero
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount twelve")).await.told(), @r"
        usage, exit 2
        --amount: `twelve` is no amount: write it with a point, as in 12.50
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount 1,50")).await.told(), @r"
        usage, exit 2
        --amount: `1,50` is no amount: write it with a point, as in 12.50
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --amount 99999999999999999999")).await.told(), @r"
        usage, exit 2
        --amount: `99999999999999999999` is no amount: it is larger than can be kept
        hint: write it as in --amount 12.50
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --max 1000")).await.told(), @r"
        total_refused, exit 6
        the total is $1,182.50, above $1,000.00
        hint: look at it first: citytime bills pay … --dry-run
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --expect-total 1182.49")).await.told(), @r"
        total_refused, exit 6
        the total is $1,182.50, not $1,182.49
        hint: look at it first: citytime bills pay … --dry-run
        ");
        assert_snapshot!(pay(&rosa, "").await.told(), @r"
        usage, exit 2
        it was not said which bills to pay
        hint: name them (BIL-…), or say --all or --due-within 7d
        ");
        assert_snapshot!(pay(&rosa, "--due-within -60d").await.exit, @"6");
        assert_snapshot!(rosa.run(["bills", "pay", &tax, "-o", "json"]).await.told(), @r"
        input_needed, exit 2
        an answer is needed (Pay these bills), but there is no terminal to ask on
        hint: give it with --yes: citytime bills pay BIL-00000001 -o json --yes
        ");
        assert_snapshot!(pay(&rosa, &format!("{tax} --method WAL-00000000")).await.told(), @r"
        not_found, exit 3
        there is no payment method WAL-00000001
        hint: see those there are: `citytime wallet list`
        ");
        assert_eq!(stands(&rosa, &tax).await, json!([0, 0, 118_250, "open"]));
        assert_eq!(pay(&rosa, &format!("{tax} --max 1182.50 --expect-total 1182.5")).await.ok().json()["status"], "succeeded");
    }

    async fn part_of_a_bill_where_its_category_lets(portal: Portal) {
        let rosa = portal.rosa().await;
        let (tax, permit) = (bill_of(&rosa, "tax").await, bill_of(&rosa, "permit").await);
        assert_eq!(pay(&rosa, &format!("{tax} --amount 500")).await.ok().json()["amount"], 50_000);
        assert_eq!(stands(&rosa, &tax).await, json!([50_000, 0, 68_250, "open"]));
        assert_snapshot!(pay(&rosa, &format!("{permit} --amount 10")).await.told(), @r"
        conflict, exit 6
        BIL-00000001 must be paid in full: $75.00, not $10.00
        hint: leave --amount out
        ");
        // In their order: what is left of the tax, then the fee, which must be whole.
        let both = pay(&rosa, &format!("{tax} {permit} --amount 757.50")).await.ok().json();
        assert_eq!(both["allocations"], json!([{"bill": tax, "amount": 68_250}, {"bill": permit, "amount": 7_500}]));
        assert_eq!(stands(&rosa, &tax).await, json!([118_250, 0, 0, "paid"]));
    }

    async fn several_bills_are_one_payment(portal: Portal) {
        let rosa = portal.rosa().await;
        let (tax, fine) = (bill_of(&rosa, "tax").await, bill_of(&rosa, "fine").await);
        // From stdin, one of them twice.
        let typed = rosa.command("bills pay - -y -o json").stdin(format!("{tax}\n{fine}\n{tax}\n"));
        let paid = typed.run().await.ok().json();
        assert_eq!(paid["allocations"], json!([{"bill": tax, "amount": 118_250}, {"bill": fine, "amount": 4_500}]));
        // One that is paid already spoils the whole: nothing is taken.
        let permit = bill_of(&rosa, "permit").await;
        assert_eq!(pay(&rosa, &format!("{permit} {fine}")).await.error()["subject"], fine);
        assert_eq!(stands(&rosa, &permit).await, json!([0, 0, 7_500, "open"]));
        let rest = pay(&rosa, "--all").await.ok().json();
        assert_eq!(rest["allocations"].as_array().unwrap().len(), 5);
        assert_eq!(rosa.run("bills list -o json").await.ok().json(), json!([]));
        assert_snapshot!(pay(&rosa, "--all").await.told(), @r"
        nothing_due, exit 6
        there is nothing to pay
        hint: see all bills: citytime bills list --status all
        ");
        assert_snapshot!(rosa.command("bills pay - -y -o json").stdin("\n").run().await.told(), @r"
        usage, exit 2
        no bill came on stdin
        hint: name them (BIL-…), or say --all or --due-within 7d
        ");
    }

    async fn cards_that_are_refused(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        let before = payments(&rosa).await;
        let declines = method(&rosa, "pm_card_chargeCustomerFail").await;
        assert_snapshot!(pay(&rosa, &format!("{fine} --method {declines}")).await.told(), @r"
        declined, exit 6
        the card's issuer declined the payment
        hint: nothing was taken; pay with another method: citytime wallet list
        ");
        let empty = method(&rosa, "pm_card_chargeDeclinedInsufficientFunds").await;
        assert_snapshot!(pay(&rosa, &format!("{fine} --method {empty}")).await.told(), @r"
        insufficient_funds, exit 6
        the card has not enough funds
        hint: nothing was taken; pay with another method: citytime wallet list
        ");
        let asks = method(&rosa, "pm_card_authenticationRequired").await;
        let asked = pay(&rosa, &format!("{fine} --method {asks}")).await;
        assert_snapshot!(asked.told(), @r"
        authentication_required, exit 6
        the card's issuer wants its holder to confirm the payment
        hint: nothing was taken; pay with another method: citytime wallet list
        ");
        assert_eq!(stands(&rosa, &fine).await, json!([0, 0, 4_500, "open"]));
        // Each attempt is in the history, without a receipt.
        assert_eq!(payments(&rosa).await, before + 3);
        let failed = asked.error()["subject"].as_str().unwrap().to_owned();
        assert_snapshot!(rosa.run(["bills", "receipt", &failed, "-o", "json"]).await.told(), @r"
        conflict, exit 6
        PAY-00000001 is failed: nothing was taken, so there is no receipt
        hint: see what was paid: citytime history payments
        ");
        let mastercard = method(&rosa, "pm_card_mastercard").await;
        assert_eq!(pay(&rosa, &format!("{fine} --method {mastercard}")).await.ok().json()["status"], "succeeded");
    }

    async fn a_bank_debit_settles_later(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let tax = bill_of(&rosa, "tax").await;
        let bank = rosa.run("wallet list -o json").await.ok().json();
        let bank = bank.as_array().unwrap().iter().find(|method| method["kind"] == "bank_account").unwrap();
        let bank = bank["id"].as_str().unwrap();
        let paid = rosa.run(["bills", "pay", &tax, "--method", bank, "-y"]).await;
        assert_snapshot!(paid, @r"
        exit: 0
        ----- stdout
        id	amount	fee	status	method	allocations	receipt	created_at	settled_at	failure.detail
        PAY-00000001	1182.50	0.00	processing	WAL-00000002	BIL-00000003	PAY-00000001	2026-11-23T15:00:00Z		
        ----- stderr
        The payment is on its way and settles later: `citytime bills receipt PAY-00000001` shows how it stands.
        ");
        assert_eq!(stands(&rosa, &tax).await, json!([0, 118_250, 118_250, "open"]));
        assert_snapshot!(pay(&rosa, &tax).await.told(), @r"
        nothing_due, exit 6
        a payment of all of BIL-00000001 is on its way already
        hint: see it: citytime history payments
        ");
        let payment = paid.stdout.lines().nth(1).unwrap().split('\t').next().unwrap();
        // It waits in vain: the clock stands still.
        let fine = bill_of(&rosa, "fine").await;
        let waits = pay(&rosa, &format!("{fine} --method {bank} --wait-for 1s")).await;
        assert_snapshot!(waits.told(), @r"
        still_pending, exit 8
        PAY-00000001 is not settled yet
        hint: it was made, and goes on by itself; look again: `citytime bills receipt PAY-00000001`
        ");
        assert_snapshot!(nadia.run("staff clock advance 4d").await, @r"
        exit: 0
        ----- stdout
        now	today
        2026-11-27T15:00:00Z	2026-11-27
        ----- stderr
        ");
        assert_eq!(stands(&rosa, &tax).await, json!([118_250, 0, 0, "paid"]));
        let receipt = rosa.run(["bills", "receipt", payment, "-o", "json"]).await.ok().json();
        assert_eq!(json!([receipt["status"], receipt["settled_at"]]), json!(["succeeded", "2026-11-27T15:00:00Z"]));
    }

    async fn a_bank_debit_that_comes_back_reopens_the_bill(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let tax = bill_of(&rosa, "tax").await;
        let bank = method(&rosa, "pm_usBankAccount_insufficientFunds").await;
        let key = format!("{tax} --method {bank} --amount 100 --idempotency-key rent");
        let paid = pay(&rosa, &key).await.ok().json();
        assert_eq!(paid["status"], "processing");
        nadia.run("staff clock advance 1d").await.ok();
        assert_eq!(stands(&rosa, &tax).await, json!([0, 10_000, 118_250, "open"]));
        nadia.run("staff clock advance 1d").await.ok();
        assert_eq!(stands(&rosa, &tax).await, json!([0, 0, 118_250, "open"]));
        // The same request again is the same payment, in its present state.
        assert_snapshot!(pay(&rosa, &key).await.told(), @r"
        insufficient_funds, exit 6
        PAY-00000001 was not paid: the bank returned it: not enough funds (R01)
        hint: pay with another method: `citytime wallet list` shows those you have
        ");
        assert_snapshot!(rosa.run("history payments --limit 1 --columns status,amount").await, @r"
        exit: 0
        ----- stdout
        status	amount
        returned	100.00
        ----- stderr
        ");
        assert_eq!(pay(&rosa, &tax).await.ok().json()["amount"], 118_250);
    }

    async fn without_a_method_nothing_is_paid(portal: Portal) {
        let tomas = portal.tomas().await;
        let fine = bill_of(&tomas, "fine").await;
        let only = tomas.run("wallet list -o ids").await.ok().stdout.trim().to_owned();
        tomas.run(["wallet", "remove", "-y", &only]).await.ok();
        assert_snapshot!(pay(&tomas, &fine).await.told(), @r"
        no_method, exit 6
        there is no payment method to pay with
        hint: add one: citytime wallet add
        ");
    }

    async fn the_same_key_is_the_same_payment(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        let before = payments(&rosa).await;
        let once = pay(&rosa, &format!("{fine} --amount 10 --idempotency-key fine-1")).await.ok();
        let twice = pay(&rosa, &format!("{fine} --amount 10 --idempotency-key fine-1")).await.ok();
        assert_eq!(once.json(), twice.json());
        assert_eq!(stands(&rosa, &fine).await, json!([1_000, 0, 3_500, "open"]));
        assert_snapshot!(pay(&rosa, &format!("{fine} --amount 11 --idempotency-key fine-1")).await.told(), @r"
        key_reused, exit 6
        this idempotency key was used for another request already
        hint: repeat a request exactly as it was, or take another key
        ");
        assert_snapshot!(pay(&rosa, "--all --idempotency-key fine-1").await.exit, @"6");
        // Everything, named by a rule: new bills that arrived since are not part of it.
        let all = pay(&rosa, "--all --idempotency-key november").await.ok().json();
        let file = nadia.write("bills.csv", "number,record,category,title,issued_on,due_on,amount\nN-1,UT-204177,utility,Water,2026-11-23,2026-12-23,12.50\n");
        nadia.run(["staff", "bills", "import", file.to_str().unwrap()]).await.ok();
        assert_eq!(pay(&rosa, "--all --idempotency-key november").await.ok().json(), all);
        assert_eq!(payments(&rosa).await, before + 2);
        assert_eq!(pay(&rosa, "--all --idempotency-key december").await.ok().json()["amount"], 1_250);
        // A key is its account's own.
        let tomas = portal.tomas().await;
        assert_eq!(pay(&tomas, "--all --idempotency-key november").await.error()["code"], "declined");
    }

    async fn a_refusal_repeated_is_the_same_refusal(portal: Portal) {
        let tomas = portal.tomas().await;
        let fine = bill_of(&tomas, "fine").await;
        let declined = || pay(&tomas, "--all --idempotency-key try");
        let (once, twice) = (declined().await, declined().await);
        assert_eq!((once.exit, once.told()), (6, twice.told()));
        assert_eq!(once.error()["subject"], twice.error()["subject"]);
        assert_eq!(payments(&tomas).await, 1);
        // Also when another method could pay by now: the key stands for what was asked then.
        tomas.run("wallet add --token pm_card_visa").await.ok();
        assert_eq!(declined().await.error()["subject"], once.error()["subject"]);
        // What was refused before anything was written leaves its key free.
        let other = method(&tomas, "pm_card_visa").await;
        let late = format!("{fine} --method {other} --idempotency-key later");
        assert_eq!(pay(&tomas, &format!("{late} --max 1")).await.error()["code"], "total_refused");
        assert_eq!(pay(&tomas, &late).await.ok().json()["status"], "succeeded");
    }

    async fn an_answer_that_is_lost(portal: Portal) {
        let rosa = portal.rosa().await;
        let (fine, before) = (bill_of(&rosa, "fine").await, payments(&rosa).await);
        let proxy = Lossy::before(&portal, "POST /v1/payments", 1).await;
        let away = portal.rosa().await.with("CITYTIME_CITY", proxy.url());
        let lost = away.run(["bills", "pay", &fine, "-y", "--retries", "0", "-o", "json"]).await;
        assert_eq!((lost.exit, lost.error()["code"].as_str(), proxy.left()), (9, Some("outcome_unknown"), 0));
        let hint = lost.error()["hint"].as_str().unwrap().to_owned();
        let key = hint.split("--idempotency-key ").nth(1).unwrap().split('`').next().unwrap().to_owned();
        assert_snapshot!(lost.told().replace(&key, "KEY"), @r"
        outcome_unknown, exit 9
        whether `Pay bills` took effect is not known: the answer of http://127.0.0.1:[PORT] was lost: connection closed before message completed
        hint: repeat the same command with `--idempotency-key KEY`: it takes effect once, however often it is sent
        ");
        assert_eq!(stands(&rosa, &fine).await, json!([4_500, 0, 0, "paid"]));
        let again = pay(&away, &format!("{fine} --idempotency-key {key}")).await.ok().json();
        assert_eq!((again["amount"].as_i64(), again["status"].as_str()), (Some(4_500), Some("succeeded")));
        assert_eq!(payments(&rosa).await, before + 1);
    }

    async fn an_answer_that_is_lost_is_asked_for_again(portal: Portal) {
        let rosa = portal.rosa().await;
        let before = payments(&rosa).await;
        let proxy = Lossy::before(&portal, "POST /v1/payments", 2).await;
        let away = portal.rosa().await.with("CITYTIME_CITY", proxy.url());
        let paid = pay(&away, "--all").await.ok();
        assert_eq!((paid.json()["status"].as_str(), paid.stderr.as_str(), proxy.left()), (Some("succeeded"), "", 0));
        assert_eq!(payments(&rosa).await, before + 1);
    }
}
