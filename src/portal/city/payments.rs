//! How a city is paid: `[payments]`.

use std::time::Duration;

use toml::de::DeValue;

use super::{
    bank::{self, BankAccount},
    charges::{self, Charges},
    post, shapes,
    table::{Fault, Table},
};
use crate::{
    api::{city::PaymentKind, money::Currency, secret::Secret, word::Word},
    words,
};

/// Stripe's own address.
const STRIPE: &str = "https://api.stripe.com";
/// The version of Stripe's API this portal was written against.
const VERSION: &str = "2024-06-20";
/// How long an answer may take, unless said, in seconds.
const TIMEOUT: u32 = 30;

words! {
    /// Who moves the money.
    pub enum ProcessorName ("payment processor") {
        /// Nobody: Stripe's test tokens, played in-process.
        Sandbox = "sandbox",
        /// Stripe.
        Stripe = "stripe",
    }
}

/// Who moves the money, and how they are reached.
#[derive(Debug, Clone)]
pub enum Processor {
    /// Nobody: Stripe's test tokens, played in-process.
    Sandbox,
    /// Stripe, or what speaks its API.
    Stripe(StripeAccount),
}

/// A city's account at Stripe.
#[derive(Debug, Clone)]
pub struct StripeAccount {
    /// Where its API is, without a slash at its end.
    pub base_url: String,
    /// Sent as `Stripe-Version`.
    pub version: String,
    /// What requests are signed in with: `sk_…` or `rk_…`.
    pub secret_key: Secret,
    /// What Stripe signs events with: `whsec_…`.
    pub webhook_secret: Secret,
    /// How long an answer may take.
    pub timeout: Duration,
}

/// What `[payments]` says.
pub(super) struct Payments {
    pub(super) kinds: Vec<PaymentKind>,
    pub(super) processor: Processor,
    pub(super) charges: Charges,
    pub(super) bank: Option<BankAccount>,
}

/// Keys that belong to Stripe.
const STRIPE_KEYS: [&str; 5] = ["secret_key_file", "webhook_secret_file", "base_url", "version", "timeout_seconds"];

/// Reads `[payments]`.
pub(super) fn payments(payments: &mut Table<'_>, currency: Option<Currency>) -> Option<Payments> {
    let name = payments.required("processor", shapes::word::<ProcessorName>);
    let kinds = payments.some("kinds", |value, before| kind(value, before, name, currency));
    let charges = charges::charges(payments, &kinds, currency);
    let has_bank = payments.has("bank");
    let bank = payments.optional_section("bank", bank::bank);
    let processor = match name {
        Some(ProcessorName::Stripe) => stripe(payments).map(Processor::Stripe),
        Some(ProcessorName::Sandbox) => {
            let hint = "take processor = \"stripe\", or leave it out";
            let refuse = |_: &DeValue<'_>| {
                Err::<(), _>(Fault::new("the sandbox moves no money, and has no such key").hint(hint))
            };
            for key in STRIPE_KEYS {
                payments.optional(key, refuse);
            }
            Some(Processor::Sandbox)
        }
        // What was meant is not known, and so not judged.
        None => {
            for key in STRIPE_KEYS {
                payments.optional(key, |_| Ok(()));
            }
            None
        }
    };
    // One with a mistake is told, and not taken for none.
    (bank.is_some() == has_bank).then_some(Payments { kinds, processor: processor?, charges, bank })
}

fn stripe(payments: &mut Table<'_>) -> Option<StripeAccount> {
    let secret_key = payments.required("secret_key_file", |value| {
        starting_with(value, &["sk_", "rk_"], "Stripe's dashboard shows it under Developers, API keys")
    });
    let webhook_secret = payments.required("webhook_secret_file", |value| {
        let hint = "Stripe's dashboard shows it beside the webhook endpoint, which is this portal's /webhooks/stripe";
        starting_with(value, &["whsec_"], hint)
    });
    let base_url = match payments.has("base_url") {
        true => payments.required("base_url", post::service_url),
        false => Some(STRIPE.to_owned()),
    };
    let version = match payments.has("version") {
        true => payments.required("version", version),
        false => Some(VERSION.to_owned()),
    };
    let seconds = match payments.has("timeout_seconds") {
        true => payments.required("timeout_seconds", |value| shapes::whole(value, 1..=120)),
        false => Some(TIMEOUT),
    };
    Some(StripeAccount {
        base_url: base_url?,
        version: version?,
        secret_key: secret_key?,
        webhook_secret: webhook_secret?,
        timeout: Duration::from_secs(u64::from(seconds?)),
    })
}

/// The secret in a file, if it begins as its kind does. It is not told.
fn starting_with(value: &DeValue<'_>, prefixes: &[&str], hint: &str) -> Result<Secret, Fault> {
    let secret = post::secret(value)?;
    let text = secret.expose();
    if prefixes.iter().any(|prefix| text.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty())) {
        return Ok(secret);
    }
    let kinds = prefixes.join("… or ");
    Err(Fault::new(format!("the first line of the file is no such secret: one begins with {kinds}…")).hint(hint))
}

/// A version of Stripe's API: a date, and the name newer ones have.
fn version(value: &DeValue<'_>) -> Result<String, Fault> {
    let text = shapes::line(value)?;
    let (date, name) = text.split_once('.').map_or((text.as_str(), None), |(date, name)| (date, Some(name)));
    let is_date = date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok();
    let is_name = name.is_none_or(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()));
    match is_date && is_name {
        true => Ok(text),
        false => Err(Fault::new(format!("`{text}` is no version of Stripe's API; one looks like {VERSION}"))),
    }
}

fn kind(
    value: &DeValue<'_>,
    before: &[PaymentKind],
    processor: Option<ProcessorName>,
    currency: Option<Currency>,
) -> Result<PaymentKind, Fault> {
    let kind = shapes::word::<PaymentKind>(value)?;
    if before.contains(&kind) {
        return Err(Fault::new(format!("`{kind}` is named twice")).hint("leave one out"));
    }
    if let Some(processor) = processor
        && !carries(processor, kind, currency)
    {
        let allowed = PaymentKind::ALL.iter().filter(|&&kind| carries(processor, kind, currency));
        let allowed = allowed.map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        let money = currency.map(|currency| format!(" in {currency}")).filter(|_| processor == ProcessorName::Stripe);
        let money = money.unwrap_or_default();
        return Err(Fault::new(format!("the processor {processor} carries no {kind}{money}; it carries {allowed}")));
    }
    Ok(kind)
}

/// Whether a processor can take a payment of a kind.
fn carries(processor: ProcessorName, kind: PaymentKind, currency: Option<Currency>) -> bool {
    match (processor, kind) {
        (_, PaymentKind::Card) | (ProcessorName::Sandbox, PaymentKind::BankAccount) => true,
        (ProcessorName::Stripe, PaymentKind::BankAccount) => currency.is_none_or(|currency| debit(currency).is_some()),
        // The payer moves the money at their bank: no processor takes part.
        (_, PaymentKind::BankTransfer) => false,
    }
}

/// What Stripe calls a debit of a bank account in a currency; it has others in some, each with papers of its own.
pub(crate) fn debit(currency: Currency) -> Option<&'static str> {
    match currency.to_string().as_str() {
        "USD" => Some("us_bank_account"),
        "EUR" => Some("sepa_debit"),
        _ => None,
    }
}
