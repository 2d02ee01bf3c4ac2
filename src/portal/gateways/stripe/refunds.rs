//! Giving back once, whatever is lost on the way: a refund stands among those of its charge with its id in its metadata,
//! and is asked for under that id where it does not.

use super::{
    Reference, Stripe,
    charges::Found,
    http::{Answer, Call},
    objects::{List, Refund},
};
use crate::{
    api::{id::RefundId, payments::PaymentFailure, problem::Code, time::Timestamp},
    portal::{
        error::Result,
        gateways::processor::{RefundAttempt, Refunded},
    },
};

impl Stripe {
    /// Gives back, or tells what became of the refund. What is not known is on its way, as far as anybody can tell: the
    /// next round looks it up.
    pub(crate) async fn refund(&self, attempt: &RefundAttempt, now: Timestamp) -> Refunded {
        let Some(reference) = Reference::read(&attempt.reference) else {
            return failed("the payment was made with another processor");
        };
        let id = attempt.refund.to_string();
        let Some(known) = self.turn(&id, now) else { return Refunded::Processing };
        let refund = match known.and_then(|known| known.intent) {
            Some(refund) => self.read(Call::get(format!("/v1/refunds/{refund}"))).await,
            None => self.given_back(&reference, attempt, &id).await,
        };
        let refund: Refund = match refund {
            Ok(refund) => refund,
            Err(Given::Refused(why)) => {
                self.forget(&id);
                return failed(&format!("the processor refused it: {why}"));
            }
            Err(Given::Unknown(why)) => {
                tracing::error!(refund = id, why, "what became of a refund is not known; it is looked up later");
                return Refunded::Processing;
            }
        };
        let came = came(&refund);
        match came {
            Refunded::Processing => self.is_on_its_way(&id, refund.id, now),
            Refunded::Succeeded | Refunded::Failed(_) => self.forget(&id),
        }
        came
    }

    /// What became of a refund that was told of: the portal's, and how it stands. None where it is none of this portal's.
    ///
    /// # Errors
    /// `unavailable`.
    pub(crate) async fn refund_told(&self, reference: &str) -> Result<Option<(RefundId, Refunded)>> {
        let refund: Refund = match self.ask(Call::get(format!("/v1/refunds/{reference}"))).await {
            // It is of another account.
            Answer::Refused { status: 404, .. } => return Ok(None),
            answer => answer.read("a refund")?,
        };
        let id = refund.metadata.get("refund").and_then(|id| id.parse().ok());
        Ok(id.map(|id| (id, came(&refund))))
    }

    /// The refund among those of its charge; made where it is not there.
    async fn given_back(&self, reference: &Reference<'_>, attempt: &RefundAttempt, id: &str) -> Result<Refund, Given> {
        let payment = attempt.payment.to_string();
        let intent = match self.intent_of(&payment) {
            Some(intent) => intent,
            None => match self.look_up(reference, &payment, attempt.paid_at).await {
                Found::Intent(intent) => intent.id,
                Found::Nothing | Found::Declined(_) => {
                    return Err(Given::Refused("there is no such charge".to_owned()));
                }
                Found::Unknown(why) => return Err(Given::Unknown(why)),
            },
        };
        // Of one charge there are few: a page holds them all.
        let call = Call::get("/v1/refunds").field("payment_intent", intent.clone()).field("limit", "100");
        let refunds: List<Refund> = self.read(call).await?;
        if let Some(refund) =
            refunds.data.into_iter().find(|refund| refund.metadata.get("refund").is_some_and(|of| of == id))
        {
            return Ok(refund);
        }
        let call = Call::post("/v1/refunds")
            .field("payment_intent", intent)
            .field("amount", attempt.amount.0.to_string())
            .field("metadata[refund]", id)
            .key(id);
        self.read(call).await
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, call: Call) -> Result<T, Given> {
        match self.ask(call).await {
            Answer::Done(body) => serde_json::from_slice(&body)
                .map_err(|error| Given::Unknown(format!("the answer cannot be read: {error}"))),
            // A key that is not ours to use is the city's to mend, and then it is asked again.
            Answer::Refused { status: status @ (401 | 403), refusal } => {
                Err(Given::Unknown(format!("{status}: {}", refusal.said())))
            }
            Answer::Refused { status, refusal } => Err(Given::Refused(format!("{status}: {}", refusal.said()))),
            Answer::Unknown(why) => Err(Given::Unknown(why)),
        }
    }
}

/// Why there is no refund to look at.
enum Given {
    /// There will be none.
    Refused(String),
    /// There may be one.
    Unknown(String),
}

/// How a refund stands.
fn came(refund: &Refund) -> Refunded {
    match refund.status.as_deref() {
        Some("succeeded") => Refunded::Succeeded,
        Some("failed" | "canceled") => failed(match refund.failure_reason.as_deref() {
            Some("lost_or_stolen_card" | "expired_or_canceled_card") => "the card is not in use any more",
            Some("insufficient_funds") => "the city's account at the processor has not enough funds",
            _ => "the processor cannot give it back to that method",
        }),
        _ => Refunded::Processing,
    }
}

fn failed(detail: &str) -> Refunded {
    Refunded::Failed(PaymentFailure { code: Code::Declined, detail: detail.to_owned() })
}
