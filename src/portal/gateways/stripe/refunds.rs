//! Giving back once, whatever is lost on the way. A refund is asked for under its own id, which is its key and stands in
//! its metadata; it is looked for among those of its charge before it is asked for.

use super::{
    Reference, Stripe,
    charges::Found,
    http::{Answer, Call},
    objects::{List, Refund},
};
use crate::{
    api::{payments::PaymentFailure, problem::Code},
    portal::gateways::processor::{Attempt, RefundAttempt, Refunded},
};

impl Stripe {
    /// Gives back, or tells what became of it. What is not known is on its way, as far as anybody can tell: the next
    /// round looks it up.
    pub(crate) async fn refund(&self, attempt: &RefundAttempt) -> Refunded {
        match self.refunded(attempt).await {
            Ok(told) => told,
            Err(why) => {
                let refund = attempt.refund;
                tracing::error!(%refund, why, "what became of a refund is not known; it is looked up later");
                Refunded::Processing
            }
        }
    }

    async fn refunded(&self, attempt: &RefundAttempt) -> Result<Refunded, String> {
        let Some(reference) = Reference::read(&attempt.reference) else {
            return Ok(failed("the payment was made with another processor"));
        };
        let charge = Attempt {
            payment: attempt.payment,
            reference: attempt.reference.clone(),
            amount: attempt.amount,
            currency: attempt.currency,
            created_at: attempt.paid_at,
        };
        let intent = match self.look_up(&reference, &charge).await {
            Found::Intent(intent) => intent.id,
            Found::Nothing | Found::Declined(_) => return Ok(failed("the processor has no such payment")),
            Found::Unknown(why) => return Err(why),
        };
        let id = attempt.refund.to_string();
        let made = self.ask(Call::get("/v1/refunds").field("payment_intent", &intent).field("limit", "100")).await;
        let made: List<Refund> = read(made)??;
        if let Some(refund) = made.data.into_iter().find(|refund| refund.metadata.get("refund") == Some(&id)) {
            return Ok(told(&refund));
        }
        let call = Call::post("/v1/refunds")
            .field("payment_intent", &intent)
            .field("amount", attempt.amount.0.to_string())
            .field("metadata[refund]", &id)
            .key(&id);
        match read::<Refund>(self.ask(call).await)? {
            Ok(refund) => Ok(told(&refund)),
            Err(why) => Ok(failed(&format!("the processor refused it: {why}"))),
        }
    }
}

/// What was answered; inside, why it was refused; outside, why it is not known.
fn read<T: serde::de::DeserializeOwned>(answer: Answer) -> Result<Result<T, String>, String> {
    match answer {
        Answer::Done(body) => {
            serde_json::from_slice(&body).map(Ok).map_err(|error| format!("the answer cannot be read: {error}"))
        }
        // A key that is not ours to use is the city's to mend, and then it is asked again.
        Answer::Refused { status: status @ (401 | 403), refusal } => Err(format!("{status}: {}", refusal.said())),
        Answer::Refused { refusal, .. } => Ok(Err(refusal.said())),
        Answer::Unknown(why) => Err(why),
    }
}

fn told(refund: &Refund) -> Refunded {
    match refund.status.as_deref() {
        Some("succeeded") => Refunded::Succeeded,
        Some("failed" | "canceled") => {
            let why = refund.failure_reason.as_deref().unwrap_or("no reason was given");
            failed(&format!("it did not arrive: {}", why.replace('_', " ")))
        }
        _ => Refunded::Processing,
    }
}

fn failed(detail: &str) -> Refunded {
    Refunded::Failed(PaymentFailure { code: Code::Declined, detail: detail.to_owned() })
}
