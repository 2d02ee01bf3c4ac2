//! A resident's first day as a person types it, at a terminal, against a portal that is served: every prompt is answered,
//! and what is shown is what was done.

use citytime::api::id::BillId;
use citytime::api::money::Minor;

use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::mail;
use crate::support::served::Riverton;

const PASSWORD: &str = "nineteen herons at dusk";
const EMAIL: &str = "ada@mail.riverton.example";

citytime::queries! {
    /// What the city knows of the bills of the newcomer's record.
    BILLS = "SELECT b.id, b.status, b.amount, b.settled FROM bills b JOIN record_links l ON l.record = b.record \
             JOIN accounts a ON a.id = l.account WHERE a.username = 'ada' ORDER BY b.id";
}

/// What is typed where something was asked.
enum Typed {
    /// After a prompt that shows it.
    Seen(&'static str, &'static str),
    /// After a prompt that hides it.
    Hidden(&'static str, &'static str),
}

/// Types a command and what it asks for; returns the screen it leaves.
async fn type_in(shell: &Shell, line: &str, answers: &[Typed]) -> String {
    let mut terminal = shell.command(line).at_terminal(160, 60);
    for answer in answers {
        match answer {
            Typed::Seen(prompt, text) => {
                terminal.expect(prompt).await;
                terminal.expect(": ").await;
                terminal.send_line(text).await;
            }
            Typed::Hidden(prompt, text) => {
                terminal.expect_hidden(prompt).await;
                terminal.send_line(text).await;
            }
        }
    }
    let (exit, screen) = terminal.finish_whole().await;
    assert_eq!(exit, 0, "{line}\n{screen}");
    assert!(!screen.contains(PASSWORD), "the password is on the screen: {screen}");
    screen
}

/// Asserts that a screen shows these words in one line.
#[track_caller]
fn shows(screen: &str, words: &[&str]) {
    let found = screen.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(found, "no line with {words:?} in\n{screen}");
}

/// The first id of a kind on a screen.
#[track_caller]
fn id(screen: &str, kind: &str) -> String {
    let found = screen.split_whitespace().find(|word| word.starts_with(kind));
    found.unwrap_or_else(|| panic!("no {kind}… in\n{screen}")).to_owned()
}

on_both_databases! {
    threads: 2,

    async fn a_first_day_is_typed_at_a_terminal(city: Riverton) {
        use Typed::{Hidden, Seen};
        let mail = city.operator.home().join("mail");
        let served = city.serve_with(&format!("--listen 127.0.0.1:0 --mail {}", mail.display())).await;
        let ada = Shell::new().with("CITYTIME_CITY", served.url.as_str());

        let made = type_in(&ada, "account create", &[
            Seen("Username at", "ada"),
            Seen("Your name", "Ada Holm"),
            Seen("E-mail", EMAIL),
            Seen("Phone", "312-555-0142"),
            Seen("Postal address", "4 Mill Road, Riverton, IL 60699"),
            Seen("Second e-mail", ""),
            Hidden("Password (at least 15 characters): ", PASSWORD),
            Hidden("again: ", PASSWORD),
            Seen("Do you accept the terms of City of Riverton", "y"),
        ]).await;
        shows(&made, &["status", "unverified"]);
        shows(&made, &["phone", "+13125550142"]);
        let signed_in = type_in(&ada, "login", &[Seen("Username at", "ada"), Hidden("Password: ", PASSWORD)]).await;
        shows(&signed_in, &["username", "ada"]);
        let code = mail::letter_in(&mail, EMAIL, "Confirm your e-mail address").await.code();
        let verified = type_in(&ada, &format!("account verify {code}"), &[]).await;
        shows(&verified, &["status", "active"]);

        let linked = type_in(&ada, "account records link UT-300412 --code K7QM-2X9D", &[]).await;
        shows(&linked, &["UT-300412"]);
        let due = type_in(&ada, "bills list", &[]).await;
        let bill = id(&due, "BIL-");
        let books = city.books().await;
        let known: Vec<(BillId, String, Minor, Minor)> = books.rows(&BILLS).await;
        books.close().await;
        let (_, status, amount, _) = known.iter().find(|(id, ..)| id.to_string() == bill).expect("the bill is ada's");
        assert_eq!(status, "open");
        let amount = format!("${}.{:02}", amount.0 / 100, amount.0 % 100);
        shows(&due, &[&bill, &amount, "open"]);

        let method = type_in(&ada, "wallet add --token pm_card_visa --label 'Everyday card'", &[]).await;
        shows(&method, &["4242"]);
        let paid = type_in(&ada, &format!("bills pay {bill}"), &[Seen("Pay $", "y")]).await;
        shows(&paid, &["total", &amount]);
        shows(&paid, &["status", "succeeded"]);
        let payment = id(&paid, "PAY-");
        let receipt = type_in(&ada, &format!("bills receipt {payment}"), &[]).await;
        shows(&receipt, &[&payment]);
        shows(&receipt, &["bills", &bill]);
        shows(&receipt, &["total", &amount]);
        let history = type_in(&ada, "history", &[]).await;
        shows(&history, &[&payment, "payment", "succeeded", &amount]);
        let ended = type_in(&ada, "logout", &[]).await;
        shows(&ended, &["username", "ada"]);
        let gone = ada.run("whoami -o json").await;
        assert_eq!((gone.exit, &gone.error()["code"]), (4, &"unauthenticated".into()));

        served.drain().await;
        let books = city.books().await;
        let known: Vec<(BillId, String, Minor, Minor)> = books.rows(&BILLS).await;
        let (_, status, owed, settled) = known.iter().find(|(id, ..)| id.to_string() == bill).expect("the bill is there");
        assert_eq!((status.as_str(), owed), ("paid", settled));
        let made: Vec<_> = books.payments().await.into_iter().map(|made| (made.id.to_string(), made.status)).collect();
        assert_eq!(made, [(payment, "succeeded".to_owned())]);
        books.balance().await;
        books.close().await;
    }
}
