//! What Stripe signs, and what it says.

use data_encoding::HEXLOWER;

use super::{
    Reference, declines,
    objects::{Failed, PaymentMethod},
    verified,
};
use crate::{
    api::{city::PaymentKind, problem::Code, secret::Secret, time::Timestamp},
    portal::gateways::processor::Method,
};

const SECRET: &str = "whsec_test";
const EVENT: &str = r#"{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","metadata":{"payment":"PAY-7K3Q9XM2"}}}}"#;

fn sign(secret: &str, at: i64, body: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let tag = ring::hmac::sign(&key, format!("{at}.{body}").as_bytes());
    HEXLOWER.encode(tag.as_ref())
}

/// Whether an event is taken at 1 000 000 s.
fn taken(signature: &str, body: &str) -> bool {
    let now = Timestamp::from_millisecond(1_000_000_000);
    verified(&Secret::new(SECRET), signature, body.as_bytes(), now).is_ok()
}

#[test]
fn what_stripe_signed_a_moment_ago_is_taken() {
    let good = sign(SECRET, 1_000_000, EVENT);
    assert!(taken(&format!("t=1000000,v1={good}"), EVENT));
    // Of several, while a secret is changed, one is enough; other schemes are passed over.
    assert!(taken(&format!("t=1000000,v1=00,v1={good},v0=11"), EVENT));
    let event = verified(
        &Secret::new(SECRET),
        &format!("t=1000000, v1={good}"),
        EVENT.as_bytes(),
        Timestamp::from_millisecond(1_000_000_000),
    )
    .unwrap();
    assert_eq!((event.id.as_str(), event.about(), event.payment()), ("evt_1", Some("pi_1"), Some("PAY-7K3Q9XM2")));
}

#[test]
fn what_is_forged_or_old_is_not() {
    let good = sign(SECRET, 1_000_000, EVENT);
    for signature in [
        String::new(),
        format!("v1={good}"),
        "t=1000000".to_owned(),
        "t=1000000,v1=".to_owned(),
        format!("t=1000000,v0={good}"),
        format!("t=1000001,v1={good}"),
        format!("t=1000000,v1={}", &good[..62]),
        format!("t=1000000,v1={}x", &good[..63]),
        format!("t=1000000,v1={}", sign("whsec_other", 1_000_000, EVENT)),
        format!("t=999699,v1={}", sign(SECRET, 999_699, EVENT)),
        format!("t=1000301,v1={}", sign(SECRET, 1_000_301, EVENT)),
    ] {
        assert!(!taken(&signature, EVENT), "{signature}");
    }
    for at in [999_700, 1_000_300] {
        assert!(taken(&format!("t={at},v1={}", sign(SECRET, at, EVENT)), EVENT), "{at}");
    }
    assert!(!taken(&format!("t=1000000,v1={good}"), &EVENT.replace("pi_1", "pi_2")));
    let nonsense = sign(SECRET, 1_000_000, "{}");
    assert!(!taken(&format!("t=1000000,v1={nonsense}"), "{}"));
}

#[test]
fn methods_are_kept_as_references() {
    let read = |text: &str| serde_json::from_str::<PaymentMethod>(text).unwrap().saved("cus_1");
    let card = r#"{"id":"pm_1","type":"card","card":{"brand":"visa","last4":"4242","exp_month":3,"exp_year":2031},"customer":null}"#;
    let expected = Method {
        kind: PaymentKind::Card,
        brand: "visa".to_owned(),
        last4: "4242".to_owned(),
        expires: Some("2031-03".to_owned()),
        reference: "cus_1/card/pm_1".to_owned(),
    };
    assert_eq!(read(card).unwrap(), expected);
    let debit = r#"{"id":"pm_2","type":"sepa_debit","sepa_debit":{"bank_code":"37040044","last4":"3000"}}"#;
    let debit = read(debit).unwrap();
    assert_eq!((debit.kind, debit.brand.as_str(), debit.expires), (PaymentKind::BankAccount, "37040044", None));
    let reference = Reference::read(&debit.reference).unwrap();
    assert_eq!((reference.customer, reference.kind, reference.method), ("cus_1", "sepa_debit", "pm_2"));
    assert!(read(r#"{"id":"pm_3","type":"klarna"}"#).is_err());
    assert!(Reference::read("pm_card_visa").is_none() && Reference::read("a/b/c/d").is_none());
}

#[test]
fn codes_are_told_in_words_and_secrets_of_issuers_are_not() {
    let told = |text: &str| declines::told(&serde_json::from_str::<Failed>(text).unwrap().error);
    let funds = r#"{"error":{"code":"card_declined","decline_code":"insufficient_funds","message":"Your card has insufficient funds."}}"#;
    assert_eq!(told(funds).0, Code::InsufficientFunds);
    assert_eq!(told(r#"{"error":{"code":"authentication_required"}}"#).0, Code::AuthenticationRequired);
    let (code, stolen) = told(r#"{"error":{"code":"card_declined","decline_code":"stolen_card","message":"Stolen."}}"#);
    assert_eq!((code, stolen.as_str()), (Code::Declined, "the method's issuer declined it"));
    assert_eq!(told("{}").0, Code::Declined);
}
