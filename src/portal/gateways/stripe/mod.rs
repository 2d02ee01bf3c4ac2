//! Stripe's API: customers, pages on which methods are added, charges of saved methods, and what it tells by itself.
//!
//! - `http`: one request, and what is known of it when it was not answered
//! - `objects`: what is read of Stripe's objects, and nothing else
//! - `charges`, `refunds`: charging and giving back once, whatever is lost on the way
//! - `disputes`: what a bank takes back after it had arrived
//! - `events`: what Stripe has told by itself, asked for
//! - `pages`: a method is added on a page of Stripe's Checkout
//! - `signature`: what Stripe tells is Stripe's word
//! - `declines`: Stripe's codes in words
//!
//! A method's reference here is `CUSTOMER/TYPE/METHOD`: `cus_…/card/pm_…`.

mod charges;
mod declines;
mod disputes;
mod events;
mod http;
mod objects;
mod pages;
mod refunds;
mod signature;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::SignedDuration;

pub(crate) use self::{
    disputes::{TakenBack, Told},
    objects::Event,
    signature::verified,
};
use self::{
    http::{Answer, Call},
    objects::{Customer, Identified, PaymentMethod},
};
use super::{outgoing, processor::Method};
use crate::{
    api::{
        id::{AccountId, PaymentId},
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        city::payments::StripeAccount,
        error::{Error, Result},
    },
};

/// A city's account at Stripe.
#[derive(Debug)]
pub struct Stripe {
    account: StripeAccount,
    client: reqwest::Client,
    /// What was asked for by this process, and when to ask again.
    known: Mutex<HashMap<String, Known>>,
}

/// How long to wait between two looks at what is on its way: days, unless Stripe tells before.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_mins(10);
/// How many charges and refunds a process remembers.
const MOST_KNOWN: usize = 10_000;

/// What this process knows of a charge or refund it asked for.
#[derive(Debug, Clone, Default)]
struct Known {
    /// `pi_…` or `re_…`, once it was told.
    intent: Option<String>,
    /// When to ask again; at once where there is none.
    next: Option<Timestamp>,
}

/// A method's reference, taken apart.
struct Reference<'r> {
    customer: &'r str,
    kind: &'r str,
    method: &'r str,
}

impl<'r> Reference<'r> {
    /// Reads a reference. One another processor gave is none.
    fn read(text: &'r str) -> Option<Self> {
        let mut parts = text.split('/');
        let (customer, kind, method) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(Self { customer, kind, method })
    }
}

impl Stripe {
    /// A city's account. Nobody is asked for it yet.
    ///
    /// # Errors
    /// If no client can be made.
    pub fn new(account: StripeAccount) -> Result<Self> {
        let client = outgoing::client(&account.base_url, account.timeout)?;
        Ok(Self { account, client, known: Mutex::default() })
    }

    /// What Stripe's word is signed with.
    pub(crate) fn account(&self) -> &StripeAccount {
        &self.account
    }

    /// A customer for an account. Asked for twice it is the same one.
    pub(crate) async fn customer(&self, account: AccountId) -> Result<String> {
        let call = Call::post("/v1/customers")
            .field("metadata[account]", account.to_string())
            .key(format!("citytime-customer-{account}"));
        let customer: Identified<Customer> = self.must(call, "a customer").await?;
        Ok(customer.id)
    }

    /// Saves the method behind a token for a customer.
    pub(crate) async fn keep(&self, customer: &str, token: &str) -> Result<Method> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if !token.starts_with("pm_") || token.len() > 100 || !token.bytes().all(plain) {
            return Err(unknown_token());
        }
        let call = Call::post(format!("/v1/payment_methods/{token}/attach")).field("customer", customer);
        match self.ask(call).await {
            Answer::Done(body) => {
                let method: PaymentMethod = serde_json::from_slice(&body).map_err(Error::internal)?;
                method.saved(customer)
            }
            Answer::Refused { status: 402, refusal } => {
                let (code, detail) = declines::told(&refusal);
                Err(Problem::new(code, detail).hint("add another method, or ask its issuer").into())
            }
            Answer::Refused { status: 400 | 404, .. } => Err(unknown_token()),
            other => Err(other.failed("the method")),
        }
    }

    /// What is known of a charge or refund, where it is time to ask about it: whoever takes the turn asks, and nobody else
    /// does for as long as an answer may take. None where another has the turn, or it is too early.
    #[expect(clippy::option_option, reason = "whose turn it is, and what is known then")]
    fn turn(&self, id: &str, now: Timestamp) -> Option<Option<Known>> {
        let mut known = self.known();
        let before = known.get(id).cloned();
        if before.as_ref().and_then(|known| known.next).is_some_and(|next| now < next) {
            return None;
        }
        known.entry(id.to_owned()).or_default().next = Some(now.plus(self.patience()));
        Some(before)
    }

    /// A charge or refund that Stripe has and that takes its time: asked about seldom, unless Stripe tells before.
    fn is_on_its_way(&self, id: &str, intent: String, now: Timestamp) {
        self.known().insert(id.to_owned(), Known { intent: Some(intent), next: Some(now.plus(ON_ITS_WAY)) });
    }

    /// One that has ended, of which nothing need be known any more.
    fn forget(&self, id: &str) {
        self.known().remove(id);
    }

    /// Stripe's id of a charge, where this process knows it.
    fn intent_of(&self, payment: &str) -> Option<String> {
        self.known().get(payment)?.intent.clone()
    }

    /// Has the next round ask about a payment, whatever was asked before.
    pub(crate) fn is_due(&self, payment: PaymentId) {
        self.known().entry(payment.to_string()).or_default().next = None;
    }

    /// The same for what has this id at Stripe.
    pub(crate) fn is_told_of(&self, about: &str) {
        let mut known = self.known();
        let told = known.values_mut().filter(|known| known.intent.as_deref() == Some(about));
        told.for_each(|known| known.next = None);
    }

    /// Forgets what was said to be due and was not open.
    pub(crate) fn drop_idle(&self) {
        self.known().retain(|_, known| known.intent.is_some() || known.next.is_some());
    }

    /// How long an answer may take.
    fn patience(&self) -> SignedDuration {
        SignedDuration::try_from(self.account.timeout).unwrap_or(SignedDuration::from_secs(30))
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_KNOWN {
            // What has ended can be looked up.
            known.retain(|_, known| known.next.is_some());
        }
        known
    }
}

fn unknown_token() -> Error {
    let detail = "the processor knows no such token";
    Problem {
        errors: vec![crate::api::problem::FieldError::new("/token", detail)],
        ..Problem::new(Code::Invalid, detail)
    }
    .hint("add the method on the processor's page: citytime wallet add")
    .into()
}
