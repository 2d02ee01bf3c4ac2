//! What a bank takes back after it had arrived: Stripe tells of it as a dispute that is lost at once. A card's holder may
//! dispute a charge too: the money goes at once, and who is right is settled in Stripe's dashboard.

use super::{
    Stripe,
    http::{Answer, Call},
    objects::Dispute,
};
use crate::{
    api::{id::PaymentId, money::Minor, payments::PaymentFailure, problem::Code, refunds::DisputeStatus},
    portal::{error::Result, payments::disputes::Disputed},
};

/// What a dispute tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// A bank took a debit back.
    TakenBack(TakenBack),
    /// A card's holder disputes a charge.
    Disputed(Disputed),
}

/// A payment that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TakenBack {
    /// Which.
    pub(crate) payment: PaymentId,
    /// The bank's code, as ACH has them.
    pub(crate) code: &'static str,
    /// Why, in words.
    pub(crate) failure: PaymentFailure,
}

impl Stripe {
    /// What a dispute tells; nothing where it is of no payment of this portal's, or only asks and takes no money.
    ///
    /// # Errors
    /// `unavailable`.
    pub(crate) async fn dispute(&self, reference: &str) -> Result<Option<Told>> {
        let call = Call::get(format!("/v1/disputes/{reference}"))
            .field("expand[0]", "payment_intent")
            .field("expand[1]", "charge");
        let dispute: Dispute = match self.ask(call).await {
            // It is of another account.
            Answer::Refused { status: 404, .. } => return Ok(None),
            answer => answer.read("a dispute")?,
        };
        let is_debit = dispute.charge.is_some_and(|charge| charge.is_of_a_bank_account());
        let payment = dispute.payment_intent.and_then(|intent| intent.metadata.get("payment")?.parse().ok());
        let Some(payment) = payment else { return Ok(None) };
        if !is_debit {
            let status = match dispute.status.as_deref() {
                Some("needs_response" | "under_review") => DisputeStatus::Open,
                Some("lost") => DisputeStatus::Lost,
                Some("won") => DisputeStatus::Won,
                _ => return Ok(None),
            };
            let (reference, amount) = (reference.to_owned(), Minor(dispute.amount));
            let reason = dispute.reason.unwrap_or_else(|| "general".to_owned());
            return Ok(Some(Told::Disputed(Disputed { reference, payment, amount, reason, status })));
        }
        let (code, kind, why) = match dispute.reason.as_deref() {
            Some("insufficient_funds") => ("R01", Code::InsufficientFunds, "not enough funds"),
            Some("incorrect_account_details") => ("R04", Code::Declined, "the account's number is not valid"),
            Some("debit_not_authorized") => ("R10", Code::Declined, "the holder says it was not authorised"),
            Some("customer_initiated") => ("R08", Code::Declined, "the holder has stopped the payment"),
            _ => ("R16", Code::Declined, "the bank cannot debit the account"),
        };
        let failure = PaymentFailure { code: kind, detail: format!("the bank took it back: {why} ({code})") };
        Ok(Some(Told::TakenBack(TakenBack { payment, code, failure })))
    }
}
