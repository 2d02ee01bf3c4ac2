//! What is read of Stripe's objects; whatever else they hold is passed over.

use std::{collections::HashMap, marker::PhantomData};

use serde::Deserialize;

use crate::{
    api::{city::PaymentKind, time::Timestamp},
    portal::{
        error::{Error, Result},
        gateways::processor::Method,
    },
};

/// A customer.
#[derive(Debug)]
pub(super) enum Customer {}

/// An object of which its id alone is read.
#[derive(Debug, Deserialize)]
#[serde(bound = "")]
pub(super) struct Identified<T> {
    pub(super) id: String,
    #[serde(skip)]
    _of: PhantomData<fn() -> T>,
}

/// A list.
#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// A charge, from its beginning to its end.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PaymentIntent {
    pub(super) id: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) metadata: HashMap<String, String>,
    #[serde(default)]
    pub(super) last_payment_error: Option<Refusal>,
}

/// Money on its way back.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) failure_reason: Option<String>,
    #[serde(default)]
    pub(super) metadata: HashMap<String, String>,
}

/// A charge that was disputed, with it and its intent whole.
#[derive(Debug, Deserialize)]
pub(super) struct Dispute {
    /// In minor units.
    pub(super) amount: i64,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) payment_intent: Option<PaymentIntent>,
    #[serde(default)]
    pub(super) charge: Option<Charged>,
}

/// What was charged, and how.
#[derive(Debug, Deserialize)]
pub(super) struct Charged {
    #[serde(default)]
    payment_method_details: Option<MethodDetails>,
}

#[derive(Debug, Deserialize)]
struct MethodDetails {
    #[serde(rename = "type")]
    kind: String,
}

impl Charged {
    /// Whether a bank account was debited.
    pub(super) fn is_of_a_bank_account(&self) -> bool {
        self.payment_method_details.as_ref().is_some_and(|details| details.kind != "card")
    }
}

/// A saved method.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PaymentMethod {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    card: Option<Card>,
    #[serde(default)]
    us_bank_account: Option<Bank>,
    #[serde(default)]
    sepa_debit: Option<Bank>,
}

#[derive(Debug, Clone, Deserialize)]
struct Card {
    brand: String,
    last4: String,
    exp_month: u8,
    exp_year: u16,
}

#[derive(Debug, Clone, Deserialize)]
struct Bank {
    #[serde(default)]
    bank_name: Option<String>,
    #[serde(default)]
    bank_code: Option<String>,
    last4: String,
}

impl PaymentMethod {
    /// The method as the wallet keeps it.
    pub(super) fn saved(self, customer: &str) -> Result<Method> {
        let reference = format!("{customer}/{}/{}", self.kind, self.id);
        if let Some(Card { brand, last4, exp_month, exp_year }) = self.card {
            let expires = Some(format!("{exp_year:04}-{exp_month:02}"));
            return Ok(Method { kind: PaymentKind::Card, brand, last4, expires, reference });
        }
        let Some(Bank { bank_name, bank_code, last4 }) = self.us_bank_account.or(self.sepa_debit) else {
            return Err(Error::field("/token", format!("methods of the kind {} are not taken here", self.kind)));
        };
        let brand = bank_name.or(bank_code).unwrap_or_else(|| "bank account".to_owned());
        Ok(Method { kind: PaymentKind::BankAccount, brand, last4, expires: None, reference })
    }
}

/// A page of Checkout.
#[derive(Debug, Deserialize)]
pub(super) struct CheckoutSession {
    pub(super) id: String,
    #[serde(default)]
    pub(super) url: Option<String>,
    pub(super) status: String,
    #[serde(default)]
    pub(super) expires_at: Option<i64>,
    #[serde(default)]
    pub(super) customer: Option<String>,
    /// Whole where it was asked for whole.
    #[serde(default)]
    pub(super) setup_intent: Option<serde_json::Value>,
}

/// A set-up with its method, both whole.
#[derive(Debug, Deserialize)]
pub(super) struct SetupIntent {
    #[serde(default)]
    pub(super) payment_method: Option<PaymentMethod>,
}

/// What Stripe answers where it refuses.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Failed {
    #[serde(default)]
    pub(super) error: Refusal,
}

/// Why it refuses.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Refusal {
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    pub(super) code: Option<String>,
    #[serde(default)]
    pub(super) decline_code: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Refusal {
    /// Whether it is the idempotency key that is refused, not what was asked for.
    pub(super) fn is_of_the_key(&self) -> bool {
        self.kind.as_deref() == Some("idempotency_error")
    }

    /// For the operators' log: the code and the message, which names objects and no person.
    pub(super) fn said(&self) -> String {
        let code = self.decline_code.as_deref().or(self.code.as_deref()).unwrap_or("no code");
        format!("{code}: {}", self.message.as_deref().unwrap_or("no message"))
    }
}

/// What Stripe tells by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    /// `evt_…`: it may be told more than once.
    pub(crate) id: String,
    /// `payment_intent.succeeded`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// In seconds since 1970.
    #[serde(default)]
    created: i64,
    data: EventData,
}

#[derive(Debug, Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Debug, Deserialize)]
struct EventObject {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    metadata: Option<HashMap<String, String>>,
}

impl Event {
    /// When it came about, by Stripe's clock.
    pub(crate) fn at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.created.saturating_mul(1000))
    }

    /// The object it is about. Nothing else of it is believed: it may be old by now.
    pub(crate) fn about(&self) -> Option<&str> {
        self.data.object.id.as_deref()
    }

    /// The payment it is about, where that is one of ours.
    pub(crate) fn payment(&self) -> Option<&str> {
        self.data.object.metadata.as_ref()?.get("payment").map(String::as_str)
    }
}
