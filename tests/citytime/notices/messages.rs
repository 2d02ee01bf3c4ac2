//! Text messages, through a stand-in that speaks what it must of Twilio's API: it notes what it is asked, and answers as
//! it is told to.

use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::bills::bill_of;
use crate::support::both::on_both_databases;
use crate::support::eventually::eventually;
use crate::support::served::Riverton;

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

/// The stand-in.
struct Service {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
    answer: Arc<Mutex<&'static str>>,
}

const CREATED: &str = "201 Created\n{\"sid\":\"SM1\",\"status\":\"queued\"}";
const NO_NUMBER: &str =
    "400 Bad Request\n{\"code\":21211,\"message\":\"The 'To' number is not a valid phone number.\"}";
/// It takes what it is asked, and never answers.
const SILENT: &str = "silent\n";
const DOWN: &str = "503 Service Unavailable\nupstream is away";

impl Service {
    #[expect(clippy::disallowed_methods, reason = "it answers while the test goes on")]
    async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(answer)));
        let (noting, answering) = (Arc::clone(&asked), Arc::clone(&answer));
        tokio::spawn(async move {
            let mut held = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = Vec::new();
                let mut piece = [0; 4096];
                while !is_whole(&request) {
                    match stream.read(&mut piece).await {
                        Ok(length @ 1..) => request.extend_from_slice(&piece[..length]),
                        _ => break,
                    }
                }
                noting.lock().unwrap().push(String::from_utf8(request).unwrap());
                let (status, body) = answering.lock().unwrap().split_once('\n').unwrap();
                if status == "silent" {
                    held.push(stream);
                    continue;
                }
                let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            }
        });
        Self { url, asked, answer }
    }

    fn take_messages_of(&self, city: &mut Riverton) {
        let token = city.operator.write("twilio-token", "a secret of the service\n");
        city.declare(&format!(
            "[sms]\naccount = \"{ACCOUNT}\"\ntoken_file = \"{}\"\nfrom = \"+13125550100\"\nurl = \"{}\"\ntimeout_seconds = 2\n",
            token.display(),
            self.url
        ));
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Whether a request has arrived with its body.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|text| text.parse().ok());
    body.len() >= length.unwrap_or(0_usize)
}

on_both_databases! {
    /// Whoever wants SMS gets it, as Twilio documents it: the account's SID and token, a form, and 201.
    async fn a_message_goes_through_the_services_api(city: Riverton) {
        let mut city = city;
        let service = Service::start(CREATED).await;
        service.take_messages_of(&mut city);
        let served = city.serve().await;
        let rosa = city.rosa_at(&served);
        rosa.run("account notifications set billing=sms").await.ok();
        let bill = bill_of(rosa, "fine").await;
        let paid = rosa.run(["bills", "pay", &bill, "-y", "-o", "json"]).await.ok().json();
        let asked = eventually("a message", async || service.asked().into_iter().next()).await;
        assert!(asked.starts_with(&format!("POST /2010-04-01/Accounts/{ACCOUNT}/Messages.json HTTP/1.1\r\n")), "{asked}");
        // `AC…:a secret of the service`
        assert!(asked.contains("Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjphIHNlY3JldCBvZiB0aGUgc2VydmljZQ=="), "{asked}");
        assert!(asked.contains("content-type: application/x-www-form-urlencoded"), "{asked}");
        let payment = paid["id"].as_str().unwrap();
        let form = asked.split_once("\r\n\r\n").unwrap().1;
        assert_eq!(
            form,
            format!("To=%2B13125550171&From=%2B13125550100&Body=City+of+Riverton%3A+Payment+received%3A+%2445.00+%28{payment}%29")
        );
        let nadia = city.nadia_at(&served);
        eventually("it to be noted", async || {
            let sent = nadia.run("staff notices list --status sent -o json").await.ok().json();
            (sent[0]["channel"] == json!("sms")).then_some(())
        })
        .await;
        assert_eq!(service.asked().len(), 1);
        served.drain().await;
    }

    /// A number that is none is given up at once; a service that is down is asked again.
    async fn what_the_service_refuses_is_given_up(city: Riverton) {
        let mut city = city;
        let service = Service::start(DOWN).await;
        service.take_messages_of(&mut city);
        let served = city.serve().await;
        let rosa = city.rosa_at(&served);
        rosa.run("account notifications set billing=sms").await.ok();
        let bill = bill_of(rosa, "fine").await;
        rosa.run(["bills", "pay", &bill, "-y"]).await.ok();
        let nadia = city.nadia_at(&served);
        let listed = async |status: &str| {
            let listed = nadia.run(&format!("staff notices list --status {status} -o json")).await.ok().json();
            listed.get(0).cloned().filter(|delivery| delivery["answer"].is_string())
        };
        let waiting = eventually("an attempt", async || listed("waiting").await).await;
        assert_eq!(waiting["answer"], "the service answered 503");
        *service.answer.lock().unwrap() = NO_NUMBER;
        let dead = eventually("the message to be given up", async || listed("dead").await).await;
        assert_eq!(dead["answer"], "the service answered 400: The 'To' number is not a valid phone number. (21211)");
        served.drain().await;
    }

    /// A service that was asked and does not answer may have sent it: nobody is charged, or puzzled, twice by itself.
    async fn what_may_have_been_sent_is_not_sent_again(city: Riverton) {
        let mut city = city;
        let service = Service::start(SILENT).await;
        service.take_messages_of(&mut city);
        let served = city.serve().await;
        let rosa = city.rosa_at(&served);
        rosa.run("account notifications set billing=sms").await.ok();
        let bill = bill_of(rosa, "fine").await;
        rosa.run(["bills", "pay", &bill, "-y"]).await.ok();
        let nadia = city.nadia_at(&served);
        let dead = eventually("the message to be given up", async || {
            nadia.run("staff notices list --dead -o json").await.ok().json().get(0).cloned()
        })
        .await;
        assert_eq!(dead["answer"], "no answer within 2 s: it may have been sent, and is not repeated by itself");
        assert_eq!((service.asked().len(), &dead["attempts"]), (1, &json!(1)));
        // A clerk who knows better sends it again.
        *service.answer.lock().unwrap() = CREATED;
        nadia.run(["staff", "notices", "retry", dead["notice"].as_str().unwrap()]).await.ok();
        eventually("it to be sent", async || (service.asked().len() == 2).then_some(())).await;
        served.drain().await;
    }
}
