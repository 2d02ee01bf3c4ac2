//! SIGTERM: what was asked is answered first.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use citytime::api::money::Minor;
use citytime::api::payments::NewPayment;
use citytime::api::problem::Code;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::support::both::on_both_databases;
use crate::support::eventually::eventually;
use crate::support::served::{Payer, Riverton};

/// How many clients pay.
const CLIENTS: usize = 32;

/// Pays until the portal is gone, without ever trying again, and returns the keys that were answered.
async fn pay_until_gone(payer: Payer, url: String, answered: Arc<AtomicUsize>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    loop {
        let key = format!("{}-part-{}", payer.account, keys.len());
        match payer.pay(&url, &key, 1, 0).await {
            Ok(_) => {
                keys.insert(key);
                answered.fetch_add(1, Ordering::Relaxed);
            }
            // Not taken any more: refused, or closed before it was read. Whether it was is what the books tell.
            Err(failure) if [Code::Network, Code::OutcomeUnknown].contains(&failure.code) => return keys,
            Err(failure) => panic!("{:?}: {failure}", failure.code),
        }
    }
}

on_both_databases! {
    threads: 2,

    /// Under the load of 32 clients no payment is made that its client was not told of, and the portal ends well.
    async fn no_request_is_lost(city: Riverton) {
        let served = city.serve().await;
        let answered = Arc::new(AtomicUsize::new(0));
        let mut clients = JoinSet::new();
        for payer in city.crowd.iter().take(CLIENTS).cloned() {
            clients.spawn(pay_until_gone(payer, served.url.clone(), Arc::clone(&answered)));
        }
        eventually("payments of all clients", async || {
            (answered.load(Ordering::Relaxed) >= 4 * CLIENTS).then_some(())
        })
        .await;
        served.drain().await;
        let told: BTreeSet<String> = clients.join_all().await.into_iter().flatten().collect();
        let books = city.books().await;
        let made: BTreeSet<String> = books.payments().await.into_iter().map(|made| made.key).collect();
        assert_eq!(made, told, "every payment that was made was told");
        books.balance().await;
        books.close().await;
    }

    /// A request whose body is still on its way when the portal is told to end is read and answered.
    async fn a_request_underway_is_answered(city: Riverton) {
        let served = city.serve().await;
        let payer = &city.crowd[0];
        let address = served.url.strip_prefix("http://").unwrap();
        let new = NewPayment { bills: vec![payer.bill], amount: Some(Minor(100)), ..NewPayment::default() };
        let body = serde_json::to_string(&new).unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /v1/payments HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\nidempotency-key: late\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            payer.token.expose(),
            body.len(),
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // The portal asks for the body once it has begun to answer the request.
        let mut asked = [0; 25];
        stream.read_exact(&mut asked).await.unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        served.running.signal("TERM");
        served.running.until("draining").await;
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        served.running.finish().await.ok();
        let books = city.books().await;
        assert_eq!(books.payments().await.len(), 1);
        books.balance().await;
        books.close().await;
    }
}
