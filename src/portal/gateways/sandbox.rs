//! A processor that moves no money: it plays Stripe's test tokens. What becomes of a charge depends on nothing but its
//! token, its beginning and the time, so that asking again gives the same answer, after a crash too.

use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;

use super::processor::{Attempt, Beginning, Charge, Method, RefundAttempt, Refunded, Session};
use crate::{
    api::{
        city::PaymentKind,
        payments::PaymentFailure,
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{Portal, error::Result},
};

/// A bank debit settles after so many days.
const SETTLES_DAYS: i64 = 4;
/// A bank debit without funds comes back after so many days.
const RETURNS_DAYS: i64 = 2;

/// What a token stands for.
struct TestMethod {
    token: &'static str,
    /// What it does, for a person who chooses.
    meaning: &'static str,
    kind: PaymentKind,
    brand: &'static str,
    last4: &'static str,
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Succeeds,
    SucceedsWithoutRefund,
    DeclinedWhenAdded,
    Declined,
    InsufficientFunds,
    AuthenticationRequired,
    Settles,
    Returns,
}

/// A card: its token and last four digits, what it does in words, and as an outcome.
const fn card(
    (token, last4): (&'static str, &'static str),
    brand: &'static str,
    meaning: &'static str,
    outcome: Outcome,
) -> TestMethod {
    TestMethod { token, meaning, kind: PaymentKind::Card, brand, last4, outcome }
}

/// A bank account, as a card.
const fn bank((token, last4): (&'static str, &'static str), meaning: &'static str, outcome: Outcome) -> TestMethod {
    TestMethod { token, meaning, kind: PaymentKind::BankAccount, brand: "Riverton Test Bank", last4, outcome }
}

const METHODS: [TestMethod; 9] = [
    card(("pm_card_visa", "4242"), "visa", "A card that works", Outcome::Succeeds),
    card(("pm_card_mastercard", "4444"), "mastercard", "Another card that works", Outcome::Succeeds),
    card(("pm_card_chargeCustomerFail", "0341"), "visa", "A card that is declined when it pays", Outcome::Declined),
    card(("pm_card_chargeDeclined", "0002"), "visa", "A card that is declined at once", Outcome::DeclinedWhenAdded),
    card(
        ("pm_card_chargeDeclinedInsufficientFunds", "9995"),
        "visa",
        "A card without enough funds",
        Outcome::InsufficientFunds,
    ),
    card(
        ("pm_card_authenticationRequired", "3184"),
        "visa",
        "A card whose issuer asks for confirmation",
        Outcome::AuthenticationRequired,
    ),
    card(
        ("pm_card_refundFail", "5126"),
        "visa",
        "A card that works, and takes nothing back",
        Outcome::SucceedsWithoutRefund,
    ),
    bank(("pm_usBankAccount_success", "6789"), "An account that pays within days", Outcome::Settles),
    bank(("pm_usBankAccount_insufficientFunds", "1116"), "An account without enough funds", Outcome::Returns),
];

/// A test method, as the page offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Its token.
    pub(crate) token: &'static str,
    /// What it does.
    pub(crate) meaning: &'static str,
    /// Who issued it.
    pub(crate) brand: &'static str,
    /// Its last four digits.
    pub(crate) last4: &'static str,
}

/// The test methods of a kind.
pub(crate) fn offers(kind: PaymentKind) -> impl Iterator<Item = Offer> {
    METHODS.iter().filter(move |method| method.kind == kind).map(|method| {
        let TestMethod { token, meaning, brand, last4, .. } = *method;
        Offer { token, meaning, brand, last4 }
    })
}

/// The portal's own page in place of a processor's. Whoever knows its address may use it, so that nobody can guess it.
pub(super) fn begin(portal: &Portal, beginning: &Beginning) -> Result<Session> {
    let reference = BASE64URL_NOPAD.encode(&portal.random().bytes()?);
    let url = format!("{}/wallet/setup?session={reference}", portal.base_url());
    Ok(Session { reference, url, expires_at: beginning.until })
}

/// The method of a test token.
pub(crate) fn method(token: &str) -> Result<Method> {
    let Some(found) = METHODS.iter().find(|method| method.token == token) else {
        let tokens: Vec<_> = METHODS.iter().map(|method| method.token).collect();
        let problem = Problem::new(Code::Invalid, format!("the processor knows no token `{token}`"))
            .hint(format!("the sandbox's are {}", tokens.join(", ")));
        return Err(problem.into());
    };
    if found.outcome == Outcome::DeclinedWhenAdded {
        let problem = Problem::new(Code::Declined, "the card's issuer declined to have it saved")
            .hint("add another card, or ask the issuer");
        return Err(problem.into());
    }
    let expires = matches!(found.kind, PaymentKind::Card).then(|| "2034-12".to_owned());
    Ok(Method {
        kind: found.kind,
        brand: found.brand.to_owned(),
        last4: found.last4.to_owned(),
        expires,
        reference: token.to_owned(),
    })
}

/// What has become of a charge by now.
pub(super) fn charge(attempt: &Attempt, now: Timestamp) -> Charge {
    let outcome = METHODS.iter().find(|method| method.token == attempt.reference).map(|method| method.outcome);
    let failure = |code, detail: &str| PaymentFailure { code, detail: detail.to_owned() };
    let days = |days| attempt.created_at.plus(SignedDuration::from_hours(24 * days));
    match outcome {
        Some(Outcome::Succeeds | Outcome::SucceedsWithoutRefund) => Charge::Succeeded,
        Some(Outcome::Settles) if now >= days(SETTLES_DAYS) => Charge::Succeeded,
        Some(Outcome::Returns) if now >= days(RETURNS_DAYS) => {
            Charge::Returned(failure(Code::InsufficientFunds, "the bank returned it: not enough funds (R01)"))
        }
        Some(Outcome::Settles | Outcome::Returns) => Charge::Processing,
        Some(Outcome::InsufficientFunds) => {
            Charge::Failed(failure(Code::InsufficientFunds, "the card has not enough funds"))
        }
        Some(Outcome::AuthenticationRequired) => Charge::Failed(failure(
            Code::AuthenticationRequired,
            "the card's issuer wants its holder to confirm the payment",
        )),
        Some(Outcome::Declined | Outcome::DeclinedWhenAdded) | None => {
            Charge::Failed(failure(Code::Declined, "the card's issuer declined the payment"))
        }
    }
}

/// What has become of a refund by now: a card has it at once, a bank's account after some days, and one card not at all.
pub(super) fn refund(attempt: &RefundAttempt, now: Timestamp) -> Refunded {
    let method = METHODS.iter().find(|method| method.token == attempt.reference);
    let arrives = attempt.created_at.plus(SignedDuration::from_hours(24 * SETTLES_DAYS));
    match method {
        Some(method) if method.outcome == Outcome::SucceedsWithoutRefund => Refunded::Failed(PaymentFailure {
            code: Code::Declined,
            detail: "the card's issuer does not take it back: the account is closed".to_owned(),
        }),
        Some(method) if method.kind == PaymentKind::BankAccount && now < arrives => Refunded::Processing,
        _ => Refunded::Succeeded,
    }
}
