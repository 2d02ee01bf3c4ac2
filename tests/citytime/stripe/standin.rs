//! A stand-in for Stripe on loopback, for what localstripe lacks: keys that make a repetition harmless, pages of
//! Checkout, debits of bank accounts, lists by customer; and for moods no real one has at a wish: it charges and then
//! loses the answer, fails, or stalls.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ring::hmac;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What its events are signed with.
pub(crate) const WEBHOOK_SECRET: &str = "whsec_of_the_stand_in";

/// What becomes of the next charge's answer; the charge itself is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mood {
    #[default]
    Answers,
    LosesTheAnswer,
    Answers500,
    Stalls,
    /// Nothing is made, and nothing answered.
    IsAway,
}

/// The running stand-in; it ends when it is dropped.
pub(crate) struct StandIn {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    mood: Mood,
    /// What was answered under a key, as Stripe keeps it: failures too.
    answered: HashMap<String, (u16, Value)>,
    customers: u32,
    intents: Vec<Value>,
    refunds: Vec<Value>,
    sessions: HashMap<String, Value>,
    /// How disputes of cards stand, by their id, where it is not as they begin.
    disputes: HashMap<String, &'static str>,
    /// What it told by itself, the oldest first; none where it keeps no list of it.
    events: Option<Vec<Value>>,
    asked: Vec<String>,
}

impl StandIn {
    #[expect(clippy::disallowed_methods, reason = "it runs beside the test and ends with it")]
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move { serve(client, &shared).await });
            }
        });
        Self { url, state, task }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The mood the next charge meets.
    pub(crate) fn mood(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// The charges made for a payment, whatever became of them.
    pub(crate) fn charges_of(&self, payment: &str) -> Vec<Value> {
        let state = self.state();
        state.intents.iter().filter(|intent| intent["metadata"]["payment"] == payment).cloned().collect()
    }

    /// What was given back of a payment's charge, whatever became of it.
    pub(crate) fn refunds_of(&self, payment: &str) -> Vec<Value> {
        let charge = self.charges_of(payment)[0]["id"].clone();
        self.state().refunds.iter().filter(|refund| refund["payment_intent"] == charge).cloned().collect()
    }

    /// How many charges there were, and of how many payments.
    pub(crate) fn charged(&self) -> (usize, usize) {
        let state = self.state();
        let payments = state.intents.iter().map(|intent| intent["metadata"]["payment"].as_str());
        (state.intents.len(), payments.collect::<std::collections::HashSet<_>>().len())
    }

    /// How a dispute of a card stands now.
    pub(crate) fn settle_dispute(&self, id: &str, status: &'static str) {
        self.state().disputes.insert(id.to_owned(), status);
    }

    /// Something came about, and nobody is told: it is in the list of events alone.
    pub(crate) fn keeps_to_itself(&self, event: &Value, created: i64) {
        let mut event = event.clone();
        event["created"] = json!(created);
        self.state().events.get_or_insert_default().push(event);
    }

    /// What came of a refund on its way.
    pub(crate) fn settle_refund(&self, id: &Value, status: &str, reason: Option<&str>) {
        let mut state = self.state();
        let refund = state.refunds.iter_mut().find(|refund| refund["id"] == *id).expect("the refund is there");
        refund["status"] = json!(status);
        refund["failure_reason"] = json!(reason);
    }

    /// What came of a debit on its way.
    pub(crate) fn settle(&self, payment: &str, status: &str, decline_code: Option<&str>) {
        let mut state = self.state();
        let intent = state.intents.iter_mut().find(|intent| intent["metadata"]["payment"] == payment);
        let intent = intent.expect("the charge is there");
        intent["status"] = json!(status);
        intent["last_payment_error"] = decline_code.map_or(Value::Null, |code| json!({ "decline_code": code }));
    }

    /// Whoever opened the page has added a method of this kind.
    pub(crate) fn complete(&self, url: &str, method: &Value) {
        let mut state = self.state();
        let session = state.sessions.values_mut().find(|session| session["url"] == url).expect("the page is there");
        session["status"] = json!("complete");
        session["setup_intent"] = json!({ "id": "seti_1", "payment_method": method });
    }

    /// The page's session.
    pub(crate) fn session(&self, url: &str) -> Value {
        self.state().sessions.values().find(|session| session["url"] == url).expect("the page is there").clone()
    }

    /// What was asked, a line for each request: method and path.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An event as Stripe signs it at an instant: its body and the header.
pub(crate) fn signed(event: &Value, at: i64, secret: &str) -> (String, String) {
    let body = event.to_string();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{at}.{body}").as_bytes());
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    (body, format!("t={at},v1={hex},v0=00"))
}

/// Answers one request; every connection is for one.
async fn serve(client: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut client = BufReader::new(client);
    let (mut first, mut key, mut length, mut version) = (String::new(), None, 0, None);
    client.read_line(&mut first).await.ok()?;
    loop {
        let mut line = String::new();
        client.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "idempotency-key" => key = Some(value.to_owned()),
            "stripe-version" => version = Some(value.to_owned()),
            "authorization" => assert_eq!(value, "Bearer sk_test_stand_in"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    client.read_exact(&mut body).await.ok()?;
    assert_eq!(version.as_deref(), Some("2024-06-20"));
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let form = if method == "GET" { fields(query.as_bytes()) } else { fields(&body) };
    let is_charge = method == "POST" && ["/v1/payment_intents", "/v1/refunds"].contains(&path);
    let (status, answer, mood) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.asked.push(format!("{method} {path}"));
        let mood = if is_charge { std::mem::take(&mut state.mood) } else { Mood::Answers };
        if mood == Mood::IsAway {
            return None;
        }
        let known = key.as_ref().and_then(|key| state.answered.get(key).cloned());
        let (status, answer) = known.unwrap_or_else(|| {
            let made = state.answer(&method, path, &form);
            let made = if mood == Mood::Answers500 { (500, json!({ "error": { "type": "api_error" } })) } else { made };
            if let Some(key) = key {
                state.answered.insert(key, made.clone());
            }
            made
        });
        (status, answer, mood)
    };
    match mood {
        Mood::LosesTheAnswer => return None,
        Mood::Stalls => tokio::time::sleep(Duration::from_secs(20)).await,
        _ => {}
    }
    let body = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    client.write_all(head.as_bytes()).await.ok()?;
    client.write_all(body.as_bytes()).await.ok()
}

fn fields(text: &[u8]) -> HashMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://h/?{}", String::from_utf8_lossy(text))).expect("a form");
    url.query_pairs().into_owned().collect()
}

/// A saved method as Stripe tells it.
pub(crate) fn saved(id: &str) -> Value {
    match id.contains("usBankAccount") {
        true => {
            json!({ "id": id, "type": "us_bank_account", "us_bank_account": { "bank_name": "STRIPE TEST BANK", "last4": "6789" } })
        }
        false => {
            json!({ "id": id, "type": "card", "card": { "brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2031 } })
        }
    }
}

impl State {
    fn answer(&mut self, method: &str, path: &str, form: &HashMap<String, String>) -> (u16, Value) {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let field = |name: &str| form.get(name).cloned().unwrap_or_default();
        match (method, parts.as_slice()) {
            ("POST", ["customers"]) => {
                self.customers += 1;
                (200, json!({ "id": format!("cus_{}", self.customers) }))
            }
            ("POST", ["payment_methods", id, "attach"]) => match *id {
                "pm_card_chargeDeclined" => refused("card_declined", "generic_decline"),
                id => (200, saved(id)),
            },
            ("POST", ["payment_intents"]) => self.charge(form),
            ("GET", ["payment_intents"]) => {
                let mine = self.intents.iter().filter(|intent| intent["customer"] == field("customer"));
                let newest: Vec<Value> = mine.rev().cloned().collect();
                let behind =
                    newest.iter().position(|intent| intent["id"] == field("starting_after")).map_or(0, |at| at + 1);
                // Pages of one, so that whoever looks has to turn them.
                let page: Vec<Value> = newest.iter().skip(behind).take(1).cloned().collect();
                (200, json!({ "data": page, "has_more": newest.len() > behind + 1 }))
            }
            ("GET", ["payment_intents", id]) => found(self.intents.iter().find(|intent| intent["id"] == *id)),
            ("POST", ["payment_intents", id, "cancel"]) => {
                let intent = self.intents.iter_mut().find(|intent| intent["id"] == *id);
                intent.map_or((404, json!({})), |intent| {
                    intent["status"] = json!("canceled");
                    (200, intent.clone())
                })
            }
            ("POST", ["checkout", "sessions"]) => {
                let id = format!("cs_test_{}", self.sessions.len() + 1);
                let session = json!({
                    "id": id, "url": format!("https://checkout.stripe.example/{id}"), "status": "open",
                    "customer": field("customer"), "expires_at": field("expires_at").parse::<i64>().ok(),
                    "mode": field("mode"), "types": field("payment_method_types[]"), "setup_intent": "seti_1",
                });
                self.sessions.insert(id, session.clone());
                (200, session)
            }
            ("POST", ["refunds"]) => {
                let id = format!("re_{}", self.refunds.len() + 1);
                let intent = self.intents.iter().find(|intent| intent["id"] == field("payment_intent"));
                let bank = intent.is_some_and(|intent| intent["bank"] == true);
                let refund = json!({
                    "id": id, "payment_intent": field("payment_intent"), "amount": field("amount"),
                    "status": if bank { "pending" } else { "succeeded" },
                    "metadata": { "refund": field("metadata[refund]") },
                });
                self.refunds.push(refund.clone());
                (200, refund)
            }
            ("GET", ["refunds"]) => {
                let mine = self.refunds.iter().filter(|refund| refund["payment_intent"] == field("payment_intent"));
                (200, json!({ "data": mine.collect::<Vec<_>>(), "has_more": false }))
            }
            ("GET", ["disputes", id]) => {
                // The stand-in's disputes are named by the charge: `dp_pi_1`.
                let intent = self.intents.iter().find(|intent| id.strip_prefix("dp_") == intent["id"].as_str());
                let Some(intent) = intent else { return found(None) };
                let (kind, reason) = match intent["bank"] == true {
                    true => ("us_bank_account", "debit_not_authorized"),
                    false => ("card", "fraudulent"),
                };
                let status = self.disputes.get(*id).copied().unwrap_or("needs_response");
                (
                    200,
                    json!({
                        "id": id, "reason": reason, "status": status, "payment_intent": intent,
                        "amount": intent["amount"].as_str().and_then(|amount| amount.parse::<i64>().ok()),
                        "charge": { "id": "ch_1", "payment_method_details": { "type": kind } },
                    }),
                )
            }
            ("GET", ["events"]) if self.events.is_some() => {
                let (group, since) = (field("type"), field("created[gte]").parse::<i64>().expect("an instant"));
                let begins = group.strip_suffix('*').expect("a group");
                let events = self.events.iter().flatten().rev();
                let told = events.filter(|event| event["type"].as_str().is_some_and(|kind| kind.starts_with(begins)));
                let told: Vec<&Value> = told.filter(|event| event["created"].as_i64() >= Some(since)).collect();
                let behind =
                    told.iter().position(|event| event["id"] == field("starting_after")).map_or(0, |at| at + 1);
                // Pages of one, as above.
                let page: Vec<&Value> = told.iter().skip(behind).take(1).copied().collect();
                (200, json!({ "data": page, "has_more": told.len() > behind + 1 }))
            }
            ("GET", ["refunds", id]) => found(self.refunds.iter().find(|refund| refund["id"] == *id)),
            ("GET", ["checkout", "sessions", id]) => found(self.sessions.get(*id)),
            ("POST", ["checkout", "sessions", id, "expire"]) => match self.sessions.get_mut(*id) {
                Some(session) => {
                    session["status"] = json!("expired");
                    (200, session.clone())
                }
                None => (404, json!({})),
            },
            _ => (404, json!({ "error": { "message": format!("there is no {method} {path}") } })),
        }
    }

    fn charge(&mut self, form: &HashMap<String, String>) -> (u16, Value) {
        let field = |name: &str| form.get(name).cloned().unwrap_or_default();
        assert_eq!((field("confirm").as_str(), field("off_session").as_str()), ("true", "true"));
        let method = field("payment_method");
        let bank = method.contains("usBankAccount");
        assert_eq!(field("payment_method_types[]"), if bank { "us_bank_account" } else { "card" });
        let status = match method.as_str() {
            "pm_card_chargeCustomerFail" => "requires_payment_method",
            "pm_card_authenticationRequired" => "requires_action",
            _ if bank => "processing",
            _ => "succeeded",
        };
        let intent = json!({
            "id": format!("pi_{}", self.intents.len() + 1), "status": status, "amount": field("amount"),
            "currency": field("currency"), "customer": field("customer"),
            "metadata": { "payment": field("metadata[payment]") }, "last_payment_error": null, "bank": bank,
        });
        self.intents.push(intent.clone());
        match status {
            "requires_payment_method" => refused("card_declined", "insufficient_funds"),
            _ => (200, intent),
        }
    }
}

fn found(object: Option<&Value>) -> (u16, Value) {
    object.map_or((404, json!({ "error": { "code": "resource_missing" } })), |object| (200, object.clone()))
}

fn refused(code: &str, decline_code: &str) -> (u16, Value) {
    (
        402,
        json!({ "error": { "type": "card_error", "code": code, "decline_code": decline_code, "message": "Declined." } }),
    )
}
