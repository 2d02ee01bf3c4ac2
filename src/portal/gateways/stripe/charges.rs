//! Charging once, whatever is lost on the way. A charge is asked for under its payment's id, which is its key for good
//! and stands in its metadata; one that was not answered is looked up among the customer's before it is asked for again.

use jiff::SignedDuration;

use super::{
    Reference, Stripe, declines,
    http::{Answer, Call},
    objects::{List, PaymentIntent},
};
use crate::{
    api::{id::PaymentId, payments::PaymentFailure, problem::Code, time::Timestamp},
    portal::{
        error::Result,
        gateways::processor::{Attempt, Charge},
    },
};

/// How long to wait between two looks at a charge that is on its way: days, unless Stripe tells before.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_mins(10);
/// How many of a customer's charges are read at once.
const PAGE: &str = "100";
/// A charge may be dated so much before it was asked for: clocks differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(10);

/// What this process knows of a charge it asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// `pi_…`, once it was told.
    intent: Option<String>,
    /// When to ask again; at once where there is none.
    next: Option<Timestamp>,
}

impl Stripe {
    /// Charges, or tells what became of the charge. What is not known is on its way, as far as anybody can tell: the
    /// next round looks it up.
    pub(crate) async fn charge(&self, attempt: &Attempt, now: Timestamp) -> Result<Charge> {
        let Some(reference) = Reference::read(&attempt.reference) else {
            let detail = "the method was saved with another processor: add it again";
            return Ok(Charge::Failed(PaymentFailure { code: Code::Declined, detail: detail.to_owned() }));
        };
        let known = self.known().get(&attempt.payment).cloned();
        if known.as_ref().and_then(|known| known.next).is_some_and(|next| now < next) {
            return Ok(Charge::Processing);
        }
        // What another process asked for a moment ago may be on its way there: it has the first word.
        let patience = SignedDuration::try_from(self.account().timeout).unwrap_or(SignedDuration::from_secs(30));
        let is_first = known.is_none() && now < attempt.created_at.plus(patience);
        let found = match (is_first, known.and_then(|known| known.intent)) {
            (true, _) => Found::Nothing,
            (false, Some(intent)) => self.retrieve(&intent).await,
            (false, None) => self.look_up(&reference, attempt).await,
        };
        let found = match found {
            Found::Nothing => self.create(&reference, attempt).await,
            found => found,
        };
        self.told(&reference, attempt, found, now).await
    }

    /// Has the next round ask about a payment, whatever was asked before.
    pub(crate) fn is_due(&self, payment: PaymentId) {
        self.known().entry(payment).or_default().next = None;
    }

    async fn create(&self, reference: &Reference<'_>, attempt: &Attempt) -> Found {
        let call = Call::post("/v1/payment_intents")
            .field("amount", attempt.amount.0.to_string())
            .field("currency", attempt.currency.to_string().to_ascii_lowercase())
            .field("customer", reference.customer)
            .field("payment_method", reference.method)
            .field("payment_method_types[]", reference.kind)
            .field("confirm", "true")
            .field("off_session", "true")
            .field("metadata[payment]", attempt.payment.to_string())
            .key(attempt.payment.to_string());
        match self.ask(call).await {
            Answer::Done(body) => read(&body),
            Answer::Refused { status: 402, refusal } => Found::Declined(declines::told(&refusal)),
            // No charge was made; a key that is not ours to use is the city's to mend, and then it is asked again.
            Answer::Refused { status, refusal } if matches!(status, 401 | 403) => {
                Found::Unknown(format!("{status}: {}", refusal.said()))
            }
            Answer::Refused { status, refusal } => {
                tracing::error!(payment = %attempt.payment, status, said = refusal.said(), "the processor refused a charge");
                Found::Declined((
                    Code::Declined,
                    "the processor does not take this method any more: add it again".to_owned(),
                ))
            }
            Answer::Unknown(why) => Found::Unknown(why),
        }
    }

    async fn retrieve(&self, intent: &str) -> Found {
        match self.ask(Call::get(format!("/v1/payment_intents/{intent}"))).await {
            Answer::Done(body) => read(&body),
            Answer::Refused { status, refusal } => Found::Unknown(format!("{status}: {}", refusal.said())),
            Answer::Unknown(why) => Found::Unknown(why),
        }
    }

    /// Looks a charge up among the customer's, by the payment in its metadata. Lists, unlike Stripe's search, tell what
    /// was made a moment ago.
    pub(super) async fn look_up(&self, reference: &Reference<'_>, attempt: &Attempt) -> Found {
        let since = attempt.created_at.plus(-CLOCKS).as_millisecond().div_euclid(1000);
        let payment = attempt.payment.to_string();
        let mut behind: Option<String> = None;
        loop {
            let mut call = Call::get("/v1/payment_intents")
                .field("customer", reference.customer)
                .field("created[gte]", since.to_string())
                .field("limit", PAGE);
            if let Some(behind) = &behind {
                call = call.field("starting_after", behind.clone());
            }
            let page: List<PaymentIntent> = match self.ask(call).await {
                Answer::Done(body) => match serde_json::from_slice(&body) {
                    Ok(page) => page,
                    Err(error) => return Found::Unknown(format!("the list cannot be read: {error}")),
                },
                Answer::Refused { status, refusal } => return Found::Unknown(format!("{status}: {}", refusal.said())),
                Answer::Unknown(why) => return Found::Unknown(why),
            };
            let last = page.data.last().map(|intent| intent.id.clone());
            let is_ours = |intent: &PaymentIntent| intent.metadata.get("payment") == Some(&payment);
            if let Some(intent) = page.data.into_iter().find(is_ours) {
                return Found::Intent(intent);
            }
            match last.filter(|_| page.has_more) {
                Some(last) => behind = Some(last),
                None => return Found::Nothing,
            }
        }
    }

    async fn told(&self, reference: &Reference<'_>, attempt: &Attempt, found: Found, now: Timestamp) -> Result<Charge> {
        let patience = SignedDuration::try_from(self.account().timeout).unwrap_or(SignedDuration::from_secs(30));
        let intent = match found {
            Found::Intent(intent) => intent,
            Found::Declined((code, detail)) => {
                self.known().remove(&attempt.payment);
                return Ok(Charge::Failed(PaymentFailure { code, detail }));
            }
            Found::Nothing => return self.unknown(attempt, "nobody knows of it", now.plus(patience)),
            Found::Unknown(why) => return self.unknown(attempt, &why, now.plus(patience)),
        };
        let failed = || {
            let refusal = intent.last_payment_error.clone().unwrap_or_default();
            let (code, detail) = declines::told(&refusal);
            PaymentFailure { code, detail }
        };
        let charge = match intent.status.as_str() {
            "succeeded" => Charge::Succeeded,
            // A debit that was accepted, and came back.
            "requires_payment_method" if reference.kind != "card" => Charge::Returned(failed()),
            "requires_payment_method" | "canceled" => Charge::Failed(failed()),
            "requires_action" => return self.given_up(attempt, &intent, now.plus(patience)).await,
            _ => {
                let known = Known { intent: Some(intent.id), next: Some(now.plus(ON_ITS_WAY)) };
                self.known().insert(attempt.payment, known);
                return Ok(Charge::Processing);
            }
        };
        self.known().remove(&attempt.payment);
        Ok(charge)
    }

    /// The issuer wants its holder to confirm, and there is nobody: the charge is called off before the bill is free
    /// again, so that a late confirmation takes nothing.
    async fn given_up(&self, attempt: &Attempt, intent: &PaymentIntent, next: Timestamp) -> Result<Charge> {
        let call = Call::post(format!("/v1/payment_intents/{}/cancel", intent.id));
        match self.ask(call).await {
            Answer::Done(_) => {
                self.known().remove(&attempt.payment);
                let detail = "the card's issuer wants its holder to confirm the payment";
                let code = Code::AuthenticationRequired;
                Ok(Charge::Failed(PaymentFailure { code, detail: detail.to_owned() }))
            }
            Answer::Refused { status, refusal } => {
                self.unknown(attempt, &format!("{status}: {}", refusal.said()), next)
            }
            Answer::Unknown(why) => self.unknown(attempt, &why, next),
        }
    }

    fn unknown(&self, attempt: &Attempt, why: &str, next: Timestamp) -> Result<Charge> {
        tracing::error!(payment = %attempt.payment, why, "what became of a charge is not known; it is looked up later");
        let mut known = self.known();
        let entry = known.entry(attempt.payment).or_default();
        entry.next = Some(next);
        Ok(Charge::Processing)
    }
}

/// What was found out about a charge.
pub(super) enum Found {
    /// It is there.
    Intent(PaymentIntent),
    /// It was refused: nothing was taken.
    Declined((Code, String)),
    /// It was never made.
    Nothing,
    /// Nobody knows.
    Unknown(String),
}

fn read(body: &[u8]) -> Found {
    match serde_json::from_slice(body) {
        Ok(intent) => Found::Intent(intent),
        Err(error) => Found::Unknown(format!("the answer cannot be read: {error}")),
    }
}
