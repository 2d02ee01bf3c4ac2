//! A processor that moves no money: it plays Stripe's test tokens. What becomes of a charge depends on nothing but its
//! token, its beginning and the time, so that asking again gives the same answer, after a crash too.

use jiff::SignedDuration;

use super::processor::{Attempt, Charge, Method, RefundAttempt, Refunded};
use crate::{
    api::{
        city::PaymentKind,
        payments::PaymentFailure,
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::error::Result,
};

/// A bank debit settles after so many days.
const SETTLES_DAYS: i64 = 4;
/// A bank debit without funds comes back after so many days.
const RETURNS_DAYS: i64 = 2;

/// What a token stands for.
struct TestMethod {
    token: &'static str,
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

const fn card(token: &'static str, brand: &'static str, last4: &'static str, outcome: Outcome) -> TestMethod {
    TestMethod { token, kind: PaymentKind::Card, brand, last4, outcome }
}

const fn bank(token: &'static str, last4: &'static str, outcome: Outcome) -> TestMethod {
    TestMethod { token, kind: PaymentKind::BankAccount, brand: "Riverton Test Bank", last4, outcome }
}

const METHODS: [TestMethod; 9] = [
    card("pm_card_visa", "visa", "4242", Outcome::Succeeds),
    card("pm_card_mastercard", "mastercard", "4444", Outcome::Succeeds),
    card("pm_card_chargeCustomerFail", "visa", "0341", Outcome::Declined),
    card("pm_card_chargeDeclined", "visa", "0002", Outcome::DeclinedWhenAdded),
    card("pm_card_chargeDeclinedInsufficientFunds", "visa", "9995", Outcome::InsufficientFunds),
    card("pm_card_authenticationRequired", "visa", "3184", Outcome::AuthenticationRequired),
    card("pm_card_refundFail", "visa", "5126", Outcome::SucceedsWithoutRefund),
    bank("pm_usBankAccount_success", "6789", Outcome::Settles),
    bank("pm_usBankAccount_insufficientFunds", "1116", Outcome::Returns),
];

/// The method of a test token.
pub(super) fn method(token: &str) -> Result<Method> {
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
