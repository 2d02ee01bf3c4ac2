//! Who moves the money. A charge is asked for under its attempt's key: asking again under the same key is the same
//! charge, so that a lost answer is never a second charge.

use super::sandbox;
use crate::{
    api::{
        city::PaymentKind,
        id::{PaymentId, RefundId},
        money::{Currency, Minor},
        payments::PaymentFailure,
        time::Timestamp,
    },
    portal::{city, error::Result},
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

/// A payment processor.
#[derive(Debug, Clone, Copy)]
pub enum Processor {
    /// Plays Stripe's test tokens.
    Sandbox,
}

impl Processor {
    /// The processor a city declared.
    pub fn of(declared: city::Processor) -> Self {
        match declared {
            city::Processor::Sandbox => Self::Sandbox,
        }
    }

    /// Charges, or tells what became of the charge under the same key; `now` is the portal's.
    pub async fn charge(&self, attempt: &Attempt, now: Timestamp) -> Result<Charge> {
        match self {
            Self::Sandbox => Ok(sandbox::charge(attempt, now)),
        }
    }

    /// Gives back, or tells what became of the refund under the same key; `now` is the portal's.
    pub async fn refund(&self, attempt: &RefundAttempt, now: Timestamp) -> Result<Refunded> {
        match self {
            Self::Sandbox => Ok(sandbox::refund(attempt, now)),
        }
    }

    /// Looks at a token a payer got from the processor.
    pub async fn method(&self, token: &str) -> Result<Method> {
        self.known(token)
    }

    /// What is known of a token without asking anybody.
    pub(crate) fn known(&self, token: &str) -> Result<Method> {
        match self {
            Self::Sandbox => sandbox::method(token),
        }
    }
}
