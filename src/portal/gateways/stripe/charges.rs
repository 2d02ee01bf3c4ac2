//! Charging once, whatever is lost on the way. A charge is asked for under its payment's id, which is its key for good
//! and stands in its metadata; one that was not answered is looked up among the customer's before it is asked for again.

use jiff::SignedDuration;

use super::{
    Known, Reference, Stripe, declines,
    http::{Answer, Call},
    objects::{List, PaymentIntent},
};
use crate::{
    api::{payments::PaymentFailure, problem::Code, time::Timestamp},
    portal::{
        error::Result,
        gateways::processor::{Attempt, Charge},
    },
};

/// How many of a customer's charges are read at once.
const PAGE: &str = "100";
/// A charge may be dated so much before it was asked for: clocks differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(10);

impl Stripe {
    /// Charges, or tells what became of the charge. What is not known is on its way, as far as anybody can tell: the
    /// next round looks it up.
    pub(crate) async fn charge(&self, attempt: &Attempt, now: Timestamp) -> Result<Charge> {
        let Some(reference) = Reference::read(&attempt.reference) else {
            let detail = "the method was saved with another processor: add it again";
            return Ok(Charge::Failed(PaymentFailure { code: Code::Declined, detail: detail.to_owned() }));
        };
        let payment = attempt.payment.to_string();
        let Some(known) = self.turn(&payment, now) else { return Ok(Charge::Processing) };
        // What another process asked for a moment ago is asked for again under the same key: that is the same charge.
        let is_first = known.is_none() && now < attempt.created_at.plus(self.patience());
        let found = match (is_first, known.and_then(|known| known.intent)) {
            (true, _) => Found::Nothing,
            (false, Some(intent)) => self.retrieve(&intent).await,
            (false, None) => self.look_up(&reference, &payment, attempt.created_at).await,
        };
        let found = match found {
            Found::Nothing => self.create(&reference, attempt).await,
            found => found,
        };
        self.told(&reference, attempt, found, now).await
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
                let otherwise = "the processor does not take this method any more: add it again";
                Found::Declined(declines::told_or(&refusal, otherwise))
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
    pub(super) async fn look_up(&self, reference: &Reference<'_>, payment: &str, asked_at: Timestamp) -> Found {
        let since = asked_at.plus(-CLOCKS).as_millisecond().div_euclid(1000);
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
            let is_ours = |intent: &PaymentIntent| intent.metadata.get("payment").is_some_and(|of| of == payment);
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
        let payment = attempt.payment.to_string();
        let intent = match found {
            Found::Intent(intent) => intent,
            Found::Declined((code, detail)) => {
                self.forget(&payment);
                return Ok(Charge::Failed(PaymentFailure { code, detail }));
            }
            Found::Nothing => return Ok(unknown(attempt, "nobody knows of it")),
            Found::Unknown(why) => return Ok(unknown(attempt, &why)),
        };
        let failed = || {
            let refusal = intent.last_payment_error.clone().unwrap_or_default();
            let (code, detail) = declines::told(&refusal);
            PaymentFailure { code, detail }
        };
        let charge = match intent.status.as_str() {
            "succeeded" => {
                // A refund of it need not look for it.
                self.known().insert(payment, Known { intent: Some(intent.id), next: None });
                return Ok(Charge::Succeeded);
            }
            // A debit that was accepted, and came back.
            "requires_payment_method" if reference.kind != "card" => Charge::Returned(failed()),
            "requires_payment_method" | "canceled" => Charge::Failed(failed()),
            "requires_action" => return Ok(self.given_up(attempt, &intent).await),
            _ => {
                self.is_on_its_way(&payment, intent.id, now);
                return Ok(Charge::Processing);
            }
        };
        self.forget(&payment);
        Ok(charge)
    }

    /// The issuer wants its holder to confirm, and there is nobody: the charge is called off before the bill is free
    /// again, so that a late confirmation takes nothing.
    async fn given_up(&self, attempt: &Attempt, intent: &PaymentIntent) -> Charge {
        let call = Call::post(format!("/v1/payment_intents/{}/cancel", intent.id));
        match self.ask(call).await {
            Answer::Done(_) => {
                self.forget(&attempt.payment.to_string());
                let code = Code::AuthenticationRequired;
                Charge::Failed(PaymentFailure { code, detail: declines::CONFIRM.to_owned() })
            }
            Answer::Refused { status, refusal } => unknown(attempt, &format!("{status}: {}", refusal.said())),
            Answer::Unknown(why) => unknown(attempt, &why),
        }
    }
}

/// It is asked about again when the turn that was taken is over.
fn unknown(attempt: &Attempt, why: &str) -> Charge {
    tracing::error!(payment = %attempt.payment, why, "what became of a charge is not known; it is looked up later");
    Charge::Processing
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
