//! Who moves the money. A charge is asked for under its attempt's key: asking again under the same key is the same
//! charge, so that a lost answer is never a second charge.

use super::sandbox;
use crate::{
    api::{
        city::PaymentKind,
        id::{PaymentId, SetupId},
        money::{Currency, Minor},
        payments::PaymentFailure,
        time::Timestamp,
    },
    portal::{Portal, city, error::Result},
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

    /// Looks at a token a payer got from the processor.
    pub async fn method(&self, token: &str) -> Result<Method> {
        self.known(token)
    }

    /// Makes a page on which a method can be added.
    pub async fn begin(&self, portal: &Portal, beginning: &Beginning) -> Result<Session> {
        match self {
            Self::Sandbox => sandbox::begin(portal, beginning),
        }
    }

    /// Asks how a page stands. The sandbox's is the portal's own, which tells by itself.
    pub async fn look(&self, _reference: &str) -> Result<Progress> {
        match self {
            Self::Sandbox => Ok(Progress::Open),
        }
    }

    /// Has a page wait no longer.
    pub async fn call_off(&self, _reference: &str) -> Result<()> {
        match self {
            Self::Sandbox => Ok(()),
        }
    }

    /// What is known of a token without asking anybody.
    pub(crate) fn known(&self, token: &str) -> Result<Method> {
        match self {
            Self::Sandbox => sandbox::method(token),
        }
    }
}
