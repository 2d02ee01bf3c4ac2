//! Letters through a real mail server: what is in them, and that each arrives once, whatever happens on the way.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::mailserver::MailServer;
use crate::support::served::{Port, Riverton};

const ROSA: &str = "rosa@mail.riverton.example";
/// How long a letter may take in these tests, in seconds.
const LIMIT: u32 = 3;

/// Pays the bill of a category, which is told by letter.
async fn pay(rosa: &Shell, category: &str) {
    let bill = bill_of(rosa, category).await;
    rosa.run(["bills", "pay", &bill, "-y"]).await.ok();
}

/// What became of notices that stand so.
async fn deliveries(clerk: &Shell, status: &str) -> Vec<Value> {
    let listed = clerk.run(&format!("staff notices list --status {status} -o json")).await.ok().json();
    listed.as_array().unwrap().clone()
}

/// Waits until the portal has noted so many notices as sent, and no other is on its way.
async fn all_sent(clerk: &Shell, count: usize) {
    eventually(&format!("{count} notices noted as sent"), async || {
        let waiting = deliveries(clerk, "waiting").await;
        (waiting.is_empty() && deliveries(clerk, "sent").await.len() == count).then_some(())
    })
    .await;
}

on_both_databases! {
    /// The letter of a payment: who it is from, what it says, how it is ended, and that nothing in it watches its reader.
    async fn a_letter_says_what_happened(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        let served = city.serve().await;
        let rosa = city.rosa_at(&served);
        pay(rosa, "fine").await;
        let letter = server.letters(1).await.remove(0);
        let header = |name: &str| letter["headers"][name].as_str().unwrap_or("none").to_owned();
        assert_eq!((&letter["tls"], &letter["user"], &letter["defects"]), (&json!(true), &json!("portal"), &json!([])));
        assert_eq!((&letter["from"], &letter["to"]), (&json!("portal@riverton.example"), &json!([ROSA])));
        assert_eq!(header("From"), "City of Riverton <portal@riverton.example>");
        assert_eq!(header("Reply-To"), "help@riverton.example");
        assert_eq!(header("Subject"), "Payment received: $45.00");
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let ends = header("List-Unsubscribe");
        assert!(ends.starts_with("<https://portal.riverton.example/unsubscribe?link=ACC-"), "{ends}");
        let id = header("Message-ID");
        assert!(id.starts_with("<NTC-") && id.ends_with("@riverton.example>"), "{id}");

        let (text, page) = (letter["text"].as_str().unwrap(), letter["html"].as_str().unwrap());
        let payment = text.lines().find_map(|line| line.trim().strip_prefix("Payment  ")).unwrap().trim();
        for told in ["Hello Rosa Marín,", "Parking citation, Bridge Street", &format!("citytime bills receipt {payment}")] {
            assert!(text.contains(told) && page.contains(told), "no `{told}`\n{text}\n{page}");
        }
        assert!(text.contains(ends.trim_matches(['<', '>'])), "{text}");
        assert!(!page.contains("<img") && !page.contains("url(") && !page.contains("<script"), "{page}");
        // The list has the same.
        let listed = rosa.run("notifications list --topic billing -o json").await.ok().json();
        let told = listed.as_array().unwrap().iter().find(|told| told["about"] == payment).unwrap();
        assert_eq!(told["subject"], "Payment received: $45.00");
        assert_eq!(id, format!("<{}@riverton.example>", told["id"].as_str().unwrap()));
        all_sent(&city.nadia_at(&served), 1).await;
        assert_eq!(server.inbox().len(), 1);
        served.drain().await;
    }

    /// A server that has no time now gets the letter later, and once.
    async fn a_deferred_letter_arrives_once(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        server.treat(ROSA, "defer-once");
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        server.letters(1).await;
        all_sent(&city.nadia_at(&served), 1).await;
        assert_eq!((server.asked(ROSA), server.inbox().len()), (2, 1));
        served.drain().await;
    }

    /// A server that stalls at one letter holds up no other for longer than the time-out, and gets that one again.
    async fn a_stalled_letter_holds_up_no_other(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, 1);
        server.treat(ROSA, "stall");
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        eventually("the server to be asked", async || (server.asked(ROSA) == 1).then_some(())).await;
        // It never answers: had the portal no time-out, nothing else would leave.
        city.crowd[0].pay(&served.url, "another", 100, 0).await.unwrap();
        let letter = server.letters(1).await.remove(0);
        assert_ne!(letter["to"], json!([ROSA]));
        server.treat(ROSA, "accept");
        assert_eq!(server.letters(2).await[1]["to"], json!([ROSA]));
        all_sent(&city.nadia_at(&served), 2).await;
        assert_eq!(server.inbox().len(), 2);
        served.drain().await;
    }

    /// What somebody waits for leaves in the first wave, though it was written down behind more letters than a wave has.
    async fn a_code_does_not_wait_behind_receipts(city: Riverton) {
        const WAVE: usize = 16;
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, 60);
        let stalled = format!("{}@mail.riverton.example", city.crowd[0].username);
        server.treat(&stalled, "stall");
        let served = city.serve().await;
        city.crowd[0].pay(&served.url, "first", 100, 0).await.unwrap();
        eventually("the server to be asked", async || (server.asked(&stalled) == 1).then_some(())).await;
        // The wave of that one letter has no end, so these wait.
        for payer in &city.crowd[1..WAVE + 3] {
            payer.pay(&served.url, "behind it", 100, 0).await.unwrap();
        }
        city.rosa_at(&served).run("account recover start --username rosa").await.ok();
        let nadia = city.nadia_at(&served);
        eventually("the code to wait for a wave", async || {
            deliveries(&nadia, "waiting").await.into_iter().find(|delivery| delivery["address"] == ROSA)
        })
        .await;
        served.kill().await;
        let served = city.serve().await;
        let letters = server.letters(WAVE + 3).await;
        let place = letters.iter().position(|letter| letter["to"] == json!([ROSA])).unwrap();
        assert!(place < WAVE, "{place} letters were before it");
        served.drain().await;
    }

    /// A power cut after the server took a letter and before that was noted: it comes once more, as the same letter.
    async fn a_power_cut_repeats_a_letter_at_most_once(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        server.treat(ROSA, "hold");
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        server.letters(1).await;
        served.kill().await;
        server.treat(ROSA, "accept");
        let served = city.serve().await;
        let letters = server.letters(2).await;
        all_sent(&city.nadia_at(&served), 1).await;
        assert_eq!(server.inbox().len(), 2);
        let id = |letter: &Value| letter["headers"]["Message-ID"].as_str().unwrap().to_owned();
        assert_eq!(id(&letters[0]), id(&letters[1]));
        served.drain().await;
    }

    /// A letter that is on its way when the portal is told to end is waited for, and never sent again.
    async fn a_drain_waits_for_letters(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        server.treat(ROSA, "slow");
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        server.letters(1).await;
        served.drain().await;
        let served = city.serve().await;
        all_sent(&city.nadia_at(&served), 1).await;
        assert_eq!(server.inbox().len(), 1);
        served.drain().await;
    }

    /// A letter nobody takes is given up, shown to clerks with what the server said, and sent when one of them says so.
    async fn a_refused_letter_waits_for_a_clerk(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        server.treat(ROSA, "refuse");
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        let nadia = city.nadia_at(&served);
        let dead = eventually("a notice that was given up", async || {
            let listed = nadia.run("staff notices list --dead -o json").await.ok().json();
            listed.get(0).cloned()
        })
        .await;
        assert_eq!((&dead["address"], &dead["attempts"], &dead["channel"]), (&json!(ROSA), &json!(1), &json!("email")));
        assert!(dead["answer"].as_str().unwrap().contains("550"), "{dead}");
        server.treat(ROSA, "accept");
        let id = dead["notice"].as_str().unwrap();
        let again = nadia.run(["staff", "notices", "retry", id, "-o", "json"]).await.ok().json();
        assert_eq!((&again[0]["status"], &again[0]["attempts"]), (&json!("waiting"), &json!(0)));
        let trail = nadia.run("staff audit list --operation staff.notices.retry -o json").await.ok().json();
        assert_eq!((trail.as_array().unwrap().len(), &trail[0]["outcome"]), (1, &json!("done")), "{trail}");
        server.letters(1).await;
        all_sent(&nadia, 1).await;
        let refused = nadia.run(["staff", "notices", "retry", id, "-o", "json"]).await;
        insta::assert_snapshot!(refused.told(), @r"
        conflict, exit 6
        NTC-00000001 was not given up: it is sent
        hint: see those that were: citytime staff notices list --dead
        ");
        served.drain().await;
    }

    /// While there is no server letters wait, and clerks see why.
    async fn letters_wait_for_a_server_that_is_away(city: Riverton) {
        let mut city = city;
        let port = Port::reserve();
        city.declare(&format!(
            "[mail]\nfrom = \"portal@riverton.example\"\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\n",
            port.address.port()
        ));
        let served = city.serve().await;
        pay(city.rosa_at(&served), "fine").await;
        let nadia = city.nadia_at(&served);
        let waiting = eventually("an attempt", async || {
            deliveries(&nadia, "waiting").await.into_iter().find(|delivery| delivery["answer"].is_string())
        })
        .await;
        assert!(waiting["answer"].as_str().unwrap().to_lowercase().contains("refused"), "{waiting}");
        assert!(waiting["due_at"].is_string(), "{waiting}");
        served.drain().await;
    }

    /// Two portals of one database send each letter once.
    async fn two_portals_send_each_letter_once(city: Riverton) {
        let mut city = city;
        let Some(server) = MailServer::start(&city.operator).await else { return };
        server.take_mail_of(&mut city, LIMIT);
        let (one, two) = (city.serve().await, city.serve().await);
        for (place, payer) in city.crowd.iter().enumerate() {
            let url = if place % 2 == 0 { &one.url } else { &two.url };
            payer.pay(url, "mine", 100, 3).await.unwrap();
        }
        let count = city.crowd.len();
        all_sent(&city.nadia_at(&one), count).await;
        let inbox = server.inbox();
        let ids: BTreeSet<&str> = inbox.iter().map(|letter| letter["headers"]["Message-ID"].as_str().unwrap()).collect();
        let readers: BTreeSet<&str> = inbox.iter().map(|letter| letter["to"][0].as_str().unwrap()).collect();
        assert_eq!((inbox.len(), ids.len(), readers.len()), (count, count, count));
        one.drain().await;
        two.drain().await;
    }
}
