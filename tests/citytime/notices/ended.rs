//! Letters are ended by the link they hold: at once by a mail program (RFC 8058), or on the page it opens, never by
//! looking.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::portal::Portal;

use super::told::letters;

/// Sends a request as a mail program does, without cookie, origin or sign-in; the answer's status and body.
async fn send(url: &str, method: &str, body: &str) -> (u16, String) {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let request = format!(
        "{method} /{path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

async fn channels(shell: &Shell, topic: &str) -> Value {
    let shown = shell.run("account notifications show -o json").await.ok().json();
    shown.as_array().unwrap().iter().find(|choice| choice["topic"] == topic).unwrap()["channels"].clone()
}

/// The header that ends letters, of the first letter that has this in it.
async fn link(portal: &Portal, text: &str) -> String {
    let letter =
        eventually("the letter", async || letters(portal).into_iter().find(|letter| letter.contains(text))).await;
    let header = letter.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).unwrap();
    header.strip_suffix('>').unwrap().to_owned()
}

on_both_databases! {
    /// One POST of a mail program ends letters of their topic, and nothing else; a GET ends nothing.
    async fn one_click_ends_letters_of_a_topic(portal: Portal) {
        let rosa = portal.rosa().await;
        rosa.run("account notifications set billing=email,sms").await.ok();
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        let link = link(&portal, "Subject: Payment received: $45.00").await;
        assert!(link.starts_with(&format!("{}/unsubscribe?link=ACC-", portal.url())), "{link}");

        let (status, page) = send(&link, "GET", "").await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("No more e-mails about billing?") && page.contains("<button>"), "{page}");
        assert_eq!(channels(&rosa, "billing").await, json!(["email", "sms"]), "looking ends nothing");

        let (status, page) = send(&link, "POST", "List-Unsubscribe=One-Click").await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("citytime account notifications set billing=email"), "{page}");
        assert_eq!(channels(&rosa, "billing").await, json!(["sms"]));
        assert_eq!(channels(&rosa, "permits").await, json!(["email"]));
        // Twice is as once.
        assert_eq!(send(&link, "POST", "List-Unsubscribe=One-Click").await.0, 200);
    }

    /// A link that was made up, cut off or made for something else ends nothing.
    async fn a_foreign_link_ends_nothing(portal: Portal) {
        let rosa = portal.rosa().await;
        let fine = bill_of(&rosa, "fine").await;
        rosa.run(["bills", "pay", &fine, "-y"]).await.ok();
        let link = link(&portal, "Subject: Payment received: $45.00").await;
        for wrong in [link.replace("billing", "permits"), link[..link.len() - 1].to_owned(), link.split('?').next().unwrap().to_owned()] {
            let (status, page) = send(&wrong, "POST", "List-Unsubscribe=One-Click").await;
            assert_eq!(status, 404, "{page}");
        }
        assert_eq!((channels(&rosa, "billing").await, channels(&rosa, "permits").await), (json!(["email"]), json!(["email"])));
    }
}
