//! The client against a portal of a few lines that answers what each test scripts.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

use super::{Connection, Interrupts, Portal, Trace};
use crate::{
    api::{self, endpoint::Empty, problem::Code, secret::Secret},
    failure::Failure,
    zone::CityZone,
};

/// A portal that answers each request with the next text of a script, and remembers what it was asked.
struct Scripted {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    fn new(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (remember, answers) = (Arc::clone(&asked), answers.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&stream);
                remember.lock().unwrap().push(request);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn connection(&self) -> Connection {
        Connection {
            url: self.url.parse().unwrap(),
            token: Some(Secret::new("ctp_secret")),
            cacert: None,
            timeout: Duration::from_secs(5),
            retries: 3,
            idempotency_key: None,
            zone: CityZone::default(),
            trace: None,
            interrupts: Interrupts::default(),
        }
    }

    fn portal(&self) -> Portal {
        Portal::new(self.connection())
    }
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        request.push_str(&line);
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8(body).unwrap()
}

fn answer(status: &str, kind: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn done(body: &str) -> String {
    answer("200 OK", "application/json", "", body)
}

fn busy(headers: &str) -> String {
    let body = r#"{"title":"t","status":503,"code":"unavailable","detail":"the database is away"}"#;
    answer("503 Service Unavailable", "application/problem+json", headers, body)
}

const CONTACT: &str = r#"{"email":"help@riverton.example","phone":"+15550100","hours":[],"open_now":false}"#;
const METHOD: &str =
    r#"{"id":"WAL-00000001","kind":"card","label":"l","brand":"visa","last4":"4242","expires":null,"default":true}"#;

fn new_method() -> api::wallet::NewMethod {
    api::wallet::NewMethod { token: "pm_card_visa".to_owned(), label: None }
}

async fn contact(portal: &Portal) -> Result<api::support::Contact, Failure> {
    portal.call(&api::support::CONTACT, (), &Empty {}).await
}

#[tokio::test]
async fn a_busy_portal_is_asked_again_when_it_says() {
    let scripted = Scripted::new(&[&busy("retry-after: 0\r\n"), &busy("retry-after: 0\r\n"), &done(CONTACT)]);
    let contact = contact(&scripted.portal()).await.unwrap();
    assert_eq!(contact.email, "help@riverton.example");
    assert_eq!(scripted.asked().len(), 3);
}

#[tokio::test]
async fn a_portal_that_asks_for_more_patience_than_there_is_is_not_waited_for() {
    let scripted = Scripted::new(&[&busy("retry-after: 3600\r\n")]);
    let failure = contact(&scripted.portal()).await.unwrap_err();
    assert_eq!((failure.code, failure.status), (Code::Unavailable, Some(503)));
    assert!(failure.hint.unwrap().contains("3600 s"));
}

#[tokio::test]
async fn a_request_says_who_asks_and_asks_for_nothing_compressed() {
    let scripted = Scripted::new(&[&done(r#"{"items":[],"next":null}"#)]);
    let query = api::bills::BillQuery { due_within: Some("7d".parse().unwrap()), ..Default::default() };
    let bills = scripted.portal().pages(&api::bills::LIST, query).all().await.unwrap();
    assert!(bills.is_empty());
    let asked = scripted.asked().remove(0).to_ascii_lowercase();
    assert!(asked.starts_with("get /v1/bills?due_within=7d&limit=500 http/1.1"), "{asked}");
    assert!(asked.contains("authorization: bearer ctp_secret") && asked.contains("user-agent: citytime/"), "{asked}");
    assert!(!asked.contains("accept-encoding") && !asked.contains("idempotency-key"), "{asked}");
}

#[tokio::test]
async fn a_token_is_not_shown_to_who_need_not_see_it() {
    let scripted = Scripted::new(&[&done(CONTACT)]);
    contact(&scripted.portal()).await.unwrap();
    assert!(!scripted.asked()[0].to_ascii_lowercase().contains("authorization"));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let scripted = Scripted::new(&[]);
    let portal = Portal::new(Connection { token: None, ..scripted.connection() });
    let failure = portal.call(&api::accounts::SHOW, (), &Empty {}).await.unwrap_err();
    assert_eq!(failure.code, Code::Unauthenticated);
    assert!(failure.hint.unwrap().contains("citytime login"));
}

#[tokio::test]
async fn a_post_without_a_key_is_not_repeated() {
    let scripted = Scripted::new(&["", ""]);
    let input = api::sessions::SignIn { username: "rosa".to_owned(), password: Secret::new("p"), code: None };
    let failure = scripted.portal().call(&api::sessions::CREATE, (), &input).await.unwrap_err();
    assert_eq!(failure.code, Code::Network);
    assert_eq!(scripted.asked().len(), 1);
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_repeated_under_one_key() {
    let scripted = Scripted::new(&["", "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"id\"", &done(METHOD)]);
    let method = scripted.portal().call(&api::wallet::ADD, (), &new_method()).await.unwrap();
    assert_eq!(method.last4, "4242");
    let key = |request: &String| {
        let line = request.lines().find(|line| line.to_ascii_lowercase().starts_with("idempotency-key:"));
        line.unwrap().to_owned()
    };
    let asked = scripted.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|request| key(request) == key(&asked[0])));
}

#[tokio::test]
async fn when_every_answer_is_lost_the_outcome_is_unknown_and_the_key_is_told() {
    let scripted = Scripted::new(&["", ""]);
    let key = Some("rent-2026-11".to_owned());
    let portal = Portal::new(Connection { retries: 1, idempotency_key: key, ..scripted.connection() });
    let failure = portal.call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
    assert_eq!((failure.code, failure.code.exit()), (Code::OutcomeUnknown, 9));
    assert!(
        failure.message.contains("`Add a payment method by its token` took effect")
            && failure.message.contains("tried 2 times"),
        "{failure}"
    );
    assert!(failure.hint.unwrap().contains("--idempotency-key rent-2026-11"));
}

fn problem(status: &str, code: &str) -> String {
    let body = format!(r#"{{"title":"t","status":500,"code":"{code}","detail":"what happened","request_id":"r"}}"#);
    answer(status, "application/problem+json", "", &body)
}

#[tokio::test]
async fn a_portal_that_fails_over_a_change_leaves_it_unknown_and_the_key_is_told() {
    let scripted = Scripted::new(&[&problem("500 Internal Server Error", "internal")]);
    let failure = scripted.portal().call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
    assert_eq!((failure.code, failure.status), (Code::OutcomeUnknown, Some(500)));
    assert!(failure.message.ends_with("took effect is not known: what happened"), "{failure}");
    assert!(failure.hint.unwrap().contains("--idempotency-key"));
    assert_eq!(scripted.asked().len(), 1);
    // What only reads has changed nothing.
    let scripted = Scripted::new(&[&problem("500 Internal Server Error", "internal")]);
    assert_eq!(contact(&scripted.portal()).await.unwrap_err().code, Code::Internal);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_not_forgotten_when_a_later_one_refuses() {
    for (status, code) in [
        ("401 Unauthorized", "unauthenticated"),
        ("403 Forbidden", "forbidden"),
        ("404 Not Found", "not_found"),
        ("500 Internal Server Error", "internal"),
    ] {
        let scripted = Scripted::new(&["", &problem(status, code)]);
        let failure = scripted.portal().call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
        assert_eq!(failure.code, Code::OutcomeUnknown, "{status}");
        assert!(failure.hint.unwrap().contains("--idempotency-key"), "{status}");
    }
    // It looked the key up, found nothing done under it, and refused: nothing was done.
    let scripted = Scripted::new(&["", &problem("409 Conflict", "nothing_due")]);
    let failure = scripted.portal().call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
    assert_eq!((failure.code, failure.code.exit()), (Code::NothingDue, 6));
}

#[tokio::test]
async fn a_change_answered_by_a_web_page_is_unknown() {
    let scripted = Scripted::new(&[&answer("200 OK", "text/html", "", "<h1>Accept our terms</h1>")]);
    let failure = scripted.portal().call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
    assert_eq!(failure.code, Code::OutcomeUnknown);
    assert!(failure.message.contains("Accept our terms"), "{failure}");
}

#[tokio::test]
async fn a_silent_portal_runs_out_of_time() {
    let (_listener, scripted) = silent();
    let timeout = Duration::from_millis(50);
    let portal = Portal::new(Connection { timeout, retries: 0, ..scripted.connection() });
    let failure = contact(&portal).await.unwrap_err();
    assert_eq!((failure.code, failure.code.exit()), (Code::TimedOut, 7));
    assert!(failure.message.contains("within 0.05 s"), "{failure}");
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_told_with_what_was_tried() {
    let url = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let scripted = Scripted { url: url.clone(), asked: Arc::default() };
    let portal = Portal::new(Connection { retries: 1, ..scripted.connection() });
    let failure = portal.call(&api::wallet::ADD, (), &new_method()).await.unwrap_err();
    assert_eq!((failure.code, failure.code.exit()), (Code::Network, 7));
    assert_eq!(failure.message, format!("cannot reach {url}: connection refused (tried 2 times)"));
}

#[tokio::test]
async fn a_web_page_is_no_portal() {
    let scripted = Scripted::new(&[&answer("200 OK", "text/html", "", "<h1>Welcome to nginx</h1>")]);
    let failure = contact(&scripted.portal()).await.unwrap_err();
    assert_eq!(failure.code, Code::NotAPortal);
    assert!(failure.message.contains("Welcome to nginx"), "{failure}");
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let other = Scripted::new(&[&done("{}")]);
    let location = format!("location: {}\r\n", other.url);
    let scripted = Scripted::new(&[&answer("307 Temporary Redirect", "text/plain", &location, "")]);
    let failure = scripted.portal().call(&api::accounts::SHOW, (), &Empty {}).await.unwrap_err();
    assert_eq!(failure.code, Code::NotAPortal);
    assert!(failure.message.contains(&other.url), "{failure}");
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn a_token_is_not_sent_in_the_clear() {
    let scripted = Scripted::new(&[]);
    let url = "http://portal.riverton.example".parse().unwrap();
    let portal = Portal::new(Connection { url, ..scripted.connection() });
    let failure = portal.call(&api::accounts::SHOW, (), &Empty {}).await.unwrap_err();
    assert!(failure.message.contains("not encrypted"), "{failure}");
}

fn chunked(chunks: &[&str]) -> String {
    let body = chunks.iter().map(|chunk| format!("{:x}\r\n{chunk}\r\n", chunk.len())).collect::<String>();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n{body}")
}

async fn streamed(scripted: &Scripted) -> (String, Result<(), Failure>) {
    let portal = scripted.portal();
    let mut lines = portal.lines(&api::history::LIST, &api::history::HistoryQuery::default()).await.unwrap();
    let mut text = String::new();
    loop {
        match lines.next().await {
            Ok(Some(whole)) => {
                assert!(whole.ends_with(b"\n"));
                text.push_str(std::str::from_utf8(whole).unwrap());
            }
            Ok(None) => return (text, Ok(())),
            Err(failure) => return (text, Err(failure)),
        }
    }
}

#[tokio::test]
async fn a_stream_arrives_in_whole_lines() {
    let scripted = Scripted::new(&[&(chunked(&["{\"a\":1}\n{\"a\"", ":2}", "\n{\"a\":3}\n"]) + "0\r\n\r\n")]);
    let (text, end) = streamed(&scripted).await;
    assert_eq!(text, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    end.unwrap();
    assert!(scripted.asked()[0].contains("application/x-ndjson"));
}

#[tokio::test]
async fn a_stream_that_breaks_ends_in_a_failure_after_whole_lines() {
    let scripted = Scripted::new(&[&chunked(&["{\"a\":1}\n{\"a\"", ":2"])]);
    let (text, end) = streamed(&scripted).await;
    assert_eq!(text, "{\"a\":1}\n");
    let failure = end.unwrap_err();
    assert_eq!(failure.code, Code::Network);
    assert!(failure.message.contains("not complete"), "{failure}");
}

#[tokio::test]
async fn the_trace_holds_no_secret() {
    let scripted = Scripted::new(&[&done(METHOD)]);
    let told = Arc::new(Mutex::new(String::new()));
    let keep = Arc::clone(&told);
    let trace = Trace::new(move |line| *keep.lock().unwrap() += line);
    let portal = Portal::new(Connection { trace: Some(trace), ..scripted.connection() });
    portal.call(&api::wallet::ADD, (), &new_method()).await.unwrap();
    let told = told.lock().unwrap();
    assert!(told.contains("POST http://") && told.contains("Idempotency-Key") && told.contains("4242"), "{told}");
    assert!(!told.contains("ctp_secret") && !told.contains("pm_card_visa"), "{told}");
}

/// A listener that takes connections and never says a word.
fn silent() -> (TcpListener, Scripted) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, Scripted { url, asked: Arc::default() })
}

#[tokio::test]
async fn an_interrupted_change_tells_its_key() {
    let (_listener, scripted) = silent();
    let portal = scripted.portal();
    assert_eq!(portal.interrupted().code, Code::Interrupted);
    let method = new_method();
    let add = tokio::time::timeout(Duration::from_millis(50), portal.call(&api::wallet::ADD, (), &method)).await;
    assert!(add.is_err());
    let failure = portal.interrupted();
    assert_eq!(failure.code, Code::OutcomeUnknown);
    assert!(failure.hint.unwrap().contains("--idempotency-key"));
}

/// A portal over TLS with a certificate of its own making, that answers every connection alike.
fn encrypted(answer: String) -> (String, tempfile::NamedTempFile) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let mut pem = tempfile::NamedTempFile::new().unwrap();
    pem.write_all(made.cert.pem().as_bytes()).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut tls =
                rustls::StreamOwned::new(rustls::ServerConnection::new(Arc::clone(&config)).unwrap(), stream.unwrap());
            let mut asked = [0; 4096];
            // A client that does not trust the certificate leaves here.
            if tls.read(&mut asked).is_ok() && tls.write_all(answer.as_bytes()).is_ok() {
                tls.conn.send_close_notify();
                let _ = tls.flush();
            }
        }
    });
    (url, pem)
}

#[tokio::test]
async fn a_certificate_is_trusted_when_it_is_the_given_one() {
    let (url, pem) = encrypted(done(CONTACT));
    let (_listener, scripted) = silent();
    let connection = Connection { url: url.parse().unwrap(), ..scripted.connection() };
    let failure = contact(&Portal::new(connection.clone())).await.unwrap_err();
    assert_eq!(failure.code, Code::Network);
    assert!(failure.message.contains("certificate is not trusted"), "{failure}");
    assert!(failure.hint.unwrap().contains("--cacert"));
    let portal = Portal::new(Connection { cacert: Some(pem.path().to_owned()), ..connection });
    assert_eq!(contact(&portal).await.unwrap().phone, "+15550100");
}
