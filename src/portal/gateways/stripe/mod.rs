//! Stripe's API: customers, pages on which methods are added, charges of saved methods, and what it tells by itself.
//!
//! - `http`: one request, and what is known of it when it was not answered
//! - `objects`: what is read of Stripe's objects, and nothing else
//! - `charges`: charging once, whatever is lost on the way
//! - `refunds`: giving back once
//! - `pages`: a method is added on a page of Stripe's Checkout
//! - `signature`: what Stripe tells is Stripe's word
//! - `declines`: Stripe's codes in words
//!
//! A method's reference here is `CUSTOMER/TYPE/METHOD`: `cus_…/card/pm_…`.

mod charges;
mod declines;
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

pub(crate) use self::signature::verified;
use self::{
    charges::Known,
    http::{Answer, Call},
    objects::{Customer, Identified, PaymentMethod},
};
use super::{outgoing, processor::Method};
use crate::{
    api::{
        id::{AccountId, PaymentId},
        problem::{Code, Problem},
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
    known: Mutex<HashMap<PaymentId, Known>>,
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

    fn known(&self) -> MutexGuard<'_, HashMap<PaymentId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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
