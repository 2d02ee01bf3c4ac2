//! Every change tells; what was told is listed, read and streamed; an account chooses how.

use std::collections::BTreeSet;

use citytime::portal::worker;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::portal::Portal;

citytime::queries! {
    /// How often each account was reminded of each bill, and in which words.
    REMINDERS = "SELECT n.account, n.about, n.subject FROM notices n WHERE n.subject LIKE 'Due %' ORDER BY n.about, n.account";
}

/// What was told of a topic, the newest first, by subject.
async fn told(shell: &Shell, topic: &str) -> Vec<String> {
    let listed = shell.run(&format!("notifications list --topic {topic} -o json")).await.ok().json();
    listed.as_array().unwrap().iter().map(|notice| notice["subject"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn has(told: &[String], subject: &str) {
    assert!(told.iter().any(|known| known == subject), "no `{subject}` in {told:#?}");
}

async fn id_of(shell: &Shell, arguments: &str) -> String {
    shell.run(arguments).await.ok().stdout.lines().next().expect("there is one").to_owned()
}

/// The letters in the portal's folder, the oldest first.
pub(super) fn letters(portal: &Portal) -> Vec<String> {
    portal.mailbag()
}

on_both_databases! {
    /// A payment, a permit, a request and a registration each tell where they stand, in the letter as in the list.
    async fn every_change_tells(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        has(&told(&rosa, "billing").await, "Payment received: $45.00");

        let tomas = portal.tomas().await;
        let debt = bill_of(&tomas, "fine").await;
        assert_eq!(tomas.run(["bills", "pay", &debt, "-y"]).await.exit, 6);
        has(&told(&tomas, "billing").await, "Payment failed: $60.00");

        let review = id_of(&nadia, "staff permits list --status in_review -o ids").await;
        let before = told(&rosa, "permits").await.len() + told(&tomas, "permits").await.len();
        nadia.run(["staff", "permits", "ask", &review, "--note", "Which door do you mean?"]).await.ok();
        let now = [told(&rosa, "permits").await, told(&tomas, "permits").await].concat();
        assert_eq!(now.len(), before + 1);
        assert!(now.iter().any(|subject| subject.starts_with("A question about your application: ")), "{now:?}");

        let letter = eventually("the letter of the payment", async || {
            letters(&portal).into_iter().find(|letter| letter.contains("Subject: Payment received: $45.00"))
        })
        .await;
        assert!(letter.contains("citytime bills receipt PAY-"), "{letter}");
    }

    /// Whoever follows a request hears what the city does with it, and not who filed it; whoever unfollows it does not.
    async fn followers_are_told_and_nobody_is_named(portal: Portal) {
        let (rosa, tomas, nadia) = (portal.rosa().await, portal.tomas().await, portal.nadia().await);
        let new = "request new pothole --description 'A deep one' --address '3 Lock Street' --set size=large -o json";
        let filed = rosa.run(new).await.ok();
        let id = filed.json()["service_request_id"].as_str().unwrap().to_owned();
        has(&told(&rosa, "requests").await, "Request received: Pothole");
        tomas.run(["request", "follow", &id]).await.ok();
        let heard = async |shell: &Shell| {
            let listed = shell.run("notifications list --topic requests -o json").await.ok().json();
            listed.as_array().unwrap().iter().filter(|notice| notice["about"] == id.as_str()).cloned().collect::<Vec<Value>>()
        };
        assert_eq!(heard(&tomas).await.len(), 0);
        nadia.run(["staff", "requests", "note", &id, "Do we own this street?", "--internal"]).await.ok();
        assert_eq!((heard(&rosa).await.len(), heard(&tomas).await.len()), (1, 0));
        rosa.run(["request", "comment", &id, "It grew."]).await.ok();
        assert_eq!((heard(&rosa).await.len(), heard(&tomas).await.len()), (1, 1), "nobody is told what they say");
        nadia.run(["staff", "requests", "close", &id, "--reason", "fixed", "--note", "Filled today."]).await.ok();
        let (to_rosa, to_tomas) = (heard(&rosa).await, heard(&tomas).await);
        assert_eq!((to_rosa.len(), to_tomas.len()), (2, 2));
        assert_eq!(to_tomas[0]["subject"], "Request closed: Pothole");
        assert!(to_tomas[0]["text"].as_str().unwrap().contains("Filled today."), "{}", to_tomas[0]);
        for notice in &to_tomas {
            let text = notice.to_string().to_lowercase();
            assert!(!text.contains("rosa") && !text.contains("marín"), "{text}");
        }
        tomas.run(["request", "unfollow", &id]).await.ok();
        rosa.run(["request", "comment", &id, "Thank you."]).await.ok();
        assert_eq!(heard(&tomas).await.len(), 2);
    }

    /// A bill that is due soon is reminded of once in each cycle, however many portals look, and never once it is paid.
    async fn a_bill_is_reminded_of_once_in_a_cycle(portal: Portal) {
        let reminders = async || {
            let read = portal.store().read((), |tx, ()| Box::pin(async move { tx.rows(&REMINDERS, &[]).await }));
            let rows: Vec<(i64, String, String)> = read.await.map_err(|error: citytime::portal::store::StoreError| error).unwrap();
            rows
        };
        let before = reminders().await.len();
        let beside = portal.twin().await;
        // The bills of the next weeks come within a week and a day of being due.
        for _ in 0..4 {
            portal.sleep_for_days(5);
            beside.sleep_for_days(5);
            let (one, two) = tokio::join!(worker::run_once(portal.inner()), worker::run_once(beside.inner()));
            one.unwrap();
            two.unwrap();
            worker::run_once(portal.inner()).await.unwrap();
        }
        let given = reminders().await;
        assert!(given.len() > before, "something is due within three weeks");
        let once: BTreeSet<_> = given.iter().collect();
        assert_eq!(once.len(), given.len(), "{given:#?}");
        let rosa = portal.rosa().await;
        let paid = rosa.run("bills list --status paid -o ids").await.ok().stdout;
        assert!(given.iter().all(|(_, bill, _)| !paid.contains(bill.as_str())), "{given:#?}");
    }

    /// How one is told is chosen for each topic; what was not sent is in the list all the same.
    async fn an_account_chooses_how_it_is_told(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account notifications show").await, @r"
        exit: 0
        ----- stdout
        topic	channels	always
        billing	email	
        permits	email	
        requests	email	
        programs	email	
        account	email	email
        ----- stderr
        ");
        assert_snapshot!(rosa.run("account notifications set billing=email,sms requests=email permits=none").await, @r"
        exit: 0
        ----- stdout
        topic	channels	always
        billing	email, sms	
        permits		
        requests	email	
        programs	email	
        account	email	email
        ----- stderr
        ");
        rosa.run("account notifications set billing=none").await.ok();
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        rosa.run("account notifications set billing=sms").await.ok();
        let license = bill_of(&rosa, "license").await;
        rosa.run(["bills", "pay", &license, "-y"]).await.ok();
        let message = eventually("the message of the second payment", async || {
            letters(&portal).into_iter().find(|letter| letter.starts_with("To: +13125550171\n"))
        })
        .await;
        assert!(message.contains("City of Riverton: Payment received: $185.00 (PAY-"), "{message}");
        assert!(letters(&portal).iter().all(|letter| !letter.contains("Payment received: $45.00")), "it was not to be sent");
        let listed = told(&rosa, "billing").await;
        has(&listed, "Payment received: $185.00");
        has(&listed, "Payment received: $45.00");
    }

    /// What cannot be chosen is refused, with what can be.
    async fn what_cannot_be_chosen_is_refused(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("account notifications set account=none -o json").await.told(), @r"
        invalid, exit 6
        account always comes by e-mail: it tells you when somebody gets at your account
        hint: see what is chosen: citytime account notifications show
        /choices/0: account always comes by e-mail: it tells you when somebody gets at your account
        ");
        assert_snapshot!(rosa.run("account notifications set biling=email -o json").await.told(), @r"
        usage, exit 2
        invalid value 'biling=email' for '<TOPIC=CHANNELS>...': `biling` is no topic of notices; one of billing, permits, requests, programs, account is; did you mean billing?
        hint: see `citytime account notifications set --help`
        ");
        assert_snapshot!(rosa.run("account notifications set billing -o json").await.told(), @r"
        usage, exit 2
        invalid value 'billing' for '<TOPIC=CHANNELS>...': `billing` names no channels; one looks like billing=email,sms or permits=none
        hint: see `citytime account notifications set --help`
        ");
        let ivan = "account create --username ivan --name Ivan --email ivan@mail.riverton.example --accept-terms --password-stdin";
        let shell = portal.shell();
        shell.command(ivan).stdin("a lamp over the lock gate\n").run().await.ok();
        shell.command("login --username ivan --password-stdin").stdin("a lamp over the lock gate\n").run().await.ok();
        assert_snapshot!(shell.run("account notifications set billing=sms -o json").await.told(), @r"
        invalid, exit 6
        the account has no phone for SMS; add one: citytime account update --phone NUMBER
        hint: see what is chosen: citytime account notifications show
        /choices/0: the account has no phone for SMS; add one: citytime account update --phone NUMBER
        ");
    }

    /// What was told is shown in full, and is read from then on; nobody reads what others were told.
    async fn notifications_are_read(portal: Portal) {
        let (rosa, tomas) = (portal.rosa().await, portal.tomas().await);
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        let listed = rosa.run("notifications list --unread --topic billing -o json").await.ok().json();
        let paid = listed.as_array().unwrap().iter().find(|notice| notice["subject"] == "Payment received: $45.00");
        let id = paid.unwrap()["id"].as_str().unwrap().to_owned();
        assert_snapshot!(rosa.run(["notifications", "read", &id]).await, @r"
        exit: 0
        ----- stdout
        id	at	topic	subject	text	about	read_at
        NTC-00000001	2026-11-23T15:00:00Z	billing	Payment received: $45.00	Thank you. Your payment has arrived. For: Parking citation, Bridge Street Amount: $45.00 Payment: PAY-00000002	PAY-00000002	2026-11-23T15:00:00Z
        ----- stderr
        ");
        let unread = rosa.run("notifications list --unread --topic billing -o ids").await.ok().stdout;
        assert!(!unread.contains(&id), "{unread}");
        assert_snapshot!(tomas.run(["notifications", "read", &id, "-o", "json"]).await.told(), @r"
        not_found, exit 3
        there is no notice NTC-00000001
        hint: see those there are: `citytime notifications list`
        ");
        assert_snapshot!(rosa.run("notifications read BIL-7K3Q9XM2 -o json").await.told(), @r"
        usage, exit 2
        invalid value 'BIL-00000001' for '<ID>...': `BIL-00000001` is no notice id; one looks like NTC-00000001
        hint: BIL-00000001 is the id of a bill: `citytime bills show BIL-00000001` shows it
        ");
    }

    /// What is told comes as it is told, a line each, and the stream ends as it should.
    async fn notifications_stream_as_they_come(portal: Portal) {
        let rosa = portal.rosa().await;
        let stream = rosa.command("notifications stream --limit 2").start();
        stream.until("waiting for what comes").await;
        for category in ["fine", "license"] {
            let bill = bill_of(&rosa, category).await;
            rosa.run(["bills", "pay", &bill, "-y"]).await.ok();
            stream.until("\"subject\":\"Payment received: ").await;
        }
        let lines = stream.finish().await.ok().json_lines();
        let subjects: Vec<_> = lines.iter().map(|line| line["subject"].as_str().unwrap()).collect();
        assert_eq!(subjects, ["Payment received: $45.00", "Payment received: $185.00"]);

        let stream = rosa.command("notifications stream").start();
        stream.until("waiting for what comes").await;
        stream.signal("INT");
        let ended = stream.finish().await;
        assert_eq!((ended.exit, ended.stdout.as_str()), (130, ""), "{ended}");

        let script = "citytime notifications stream | head -n 1";
        let stream = rosa.program("sh", ["-c", script]).start();
        stream.until("waiting for what comes").await;
        let bill = bill_of(&rosa, "utility").await;
        rosa.run(["bills", "pay", &bill, "-y"]).await.ok();
        // Nothing else is told: that nobody reads any more ends it.
        let ended = stream.finish().await.ok();
        assert_eq!(ended.json_lines().len(), 1, "{ended}");
        assert!(!ended.stderr.contains("error"), "{ended}");
    }

    /// Clerks see what became of notices and not what they say; residents see none of it.
    async fn clerks_see_what_became_of_notices(portal: Portal) {
        let (rosa, nadia) = (portal.rosa().await, portal.nadia().await);
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        let sent = eventually("the letter to be noted", async || {
            let listed = nadia.run("staff notices list --status sent -o json").await.ok().json();
            listed.as_array().unwrap().iter().find(|sent| sent["subject"] == "Payment received: $45.00").cloned()
        })
        .await;
        assert_eq!((&sent["channel"], &sent["attempts"]), (&json!("email"), &json!(1)));
        assert!(sent.get("text").is_none(), "{sent}");
        assert_snapshot!(nadia.run("staff notices list --dead").await, @r"
        exit: 0
        ----- stdout
        notice	channel	address	status	subject	attempts	answer	at	due_at	topic
        ----- stderr
        ");
        assert_eq!(rosa.run("staff notices list").await.exit, 5);
    }
}
