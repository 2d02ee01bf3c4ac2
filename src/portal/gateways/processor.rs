//! Who moves the money. A charge is asked for under its attempt's key: asking again under the same key is the same
//! charge, so that a lost answer is never a second charge.

use std::sync::Arc;

use super::{sandbox, stripe::Stripe};
use crate::{
    api::{
        city::PaymentKind,
        id::{AccountId, PaymentId, RefundId, SetupId},
        money::{Currency, Minor},
        payments::PaymentFailure,
        time::Timestamp,
    },
    portal::{Portal, city::payments, error::Result, wallet::customers},
};

/// What is to be charged.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The payment: its id is the key of the charge.
    pub payment: PaymentId,
    /// The processor's reference of the method.
    pub reference: String,
    /// Fee and all.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charge {
    /// The money is there.
    Succeeded,
    /// It is on its way; ask again later.
    Processing,
    /// Nothing was taken.
    Failed(PaymentFailure),
    /// It was on its way, and the bank took it back.
    Returned(PaymentFailure),
}

/// What is to be given back.
#[derive(Debug, Clone)]
pub struct RefundAttempt {
    /// The refund: its id is the key under which it is asked for.
    pub refund: RefundId,
    /// The payment of which it is given back: the id its charge was asked for under.
    pub payment: PaymentId,
    /// The processor's reference of the method that paid.
    pub reference: String,
    /// So much.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its payment was.
    pub paid_at: Timestamp,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refunded {
    /// The money went back.
    Succeeded,
    /// It is on its way; ask again later.
    Processing,
    /// It cannot be given back that way.
    Failed(PaymentFailure),
}

/// A payment method as the processor knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// What kind it is.
    pub kind: PaymentKind,
    /// Who issued it.
    pub brand: String,
    /// Its last four digits.
    pub last4: String,
    /// When it expires: `2030-12`.
    pub expires: Option<String>,
    /// The reference to charge it by.
    pub reference: String,
}

/// A method is to be added on the processor's page.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The set-up: its id is the key of the session.
    pub setup: SetupId,
    /// What kind of method.
    pub kind: PaymentKind,
    /// Until when the page should wait.
    pub until: Timestamp,
}

/// The processor's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What names it at the processor.
    pub reference: String,
    /// Where it is.
    pub url: String,
    /// Until when it waits.
    pub expires_at: Timestamp,
}

/// How a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It waits.
    Open,
    /// A method was added.
    Completed(Method),
    /// It was called off.
    Cancelled,
    /// It waits no more.
    Expired,
}

/// A payment processor.
#[derive(Debug, Clone)]
pub enum Processor {
    /// Plays Stripe's test tokens.
    Sandbox,
    /// Stripe.
    Stripe(Arc<Stripe>),
}

impl Processor {
    /// The processor a city declared. Nobody is asked for it yet.
    ///
    /// # Errors
    /// If no client can be made.
    pub fn of(declared: &payments::Processor) -> Result<Self> {
        match declared {
            payments::Processor::Sandbox => Ok(Self::Sandbox),
            payments::Processor::Stripe(account) => Ok(Self::Stripe(Arc::new(Stripe::new(account.clone())?))),
        }
    }

    /// Charges, or tells what became of the charge under the same key; `now` is the portal's.
    ///
    /// # Errors
    /// None for a processor that is away: the charge is then on its way, as far as anybody knows.
    pub async fn charge(&self, attempt: &Attempt, now: Timestamp) -> Result<Charge> {
        match self {
            Self::Sandbox => Ok(sandbox::charge(attempt, now)),
            Self::Stripe(stripe) => stripe.charge(attempt, now).await,
        }
    }

    /// Gives back, or tells what became of the refund under the same key; `now` is the portal's.
    ///
    /// # Errors
    /// None for a processor that is away: the money is then on its way back, as far as anybody knows.
    pub async fn refund(&self, attempt: &RefundAttempt, now: Timestamp) -> Result<Refunded> {
        match self {
            Self::Sandbox => Ok(sandbox::refund(attempt, now)),
            Self::Stripe(stripe) => Ok(stripe.refund(attempt, now).await),
        }
    }

    /// Looks at a token a payer got from the processor, and saves what it stands for as theirs.
    ///
    /// # Errors
    /// `declined`, `invalid` for what is no token, `unavailable`.
    pub async fn keep(&self, portal: &Portal, account: AccountId, token: &str, now: Timestamp) -> Result<Method> {
        match self {
            Self::Sandbox => sandbox::method(token),
            Self::Stripe(stripe) => {
                let customer = customers::of(portal, stripe, account, now).await?;
                stripe.keep(&customer, token).await
            }
        }
    }

    /// Makes a page on which a method can be added.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn begin(
        &self,
        portal: &Portal,
        account: AccountId,
        beginning: &Beginning,
        now: Timestamp,
    ) -> Result<Session> {
        match self {
            Self::Sandbox => sandbox::begin(portal, beginning),
            Self::Stripe(stripe) => {
                let customer = customers::of(portal, stripe, account, now).await?;
                let back = format!("{}/wallet/back", portal.base_url());
                stripe.begin(&customer, beginning, portal.city().currency, &back).await
            }
        }
    }

    /// Asks how a page stands. The sandbox's is the portal's own, which tells by itself.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn look(&self, reference: &str) -> Result<Progress> {
        match self {
            Self::Sandbox => Ok(Progress::Open),
            Self::Stripe(stripe) => stripe.look(reference).await,
        }
    }

    /// Has a page wait no longer.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn call_off(&self, reference: &str) -> Result<()> {
        match self {
            Self::Sandbox => Ok(()),
            Self::Stripe(stripe) => stripe.call_off(reference).await,
        }
    }
}
