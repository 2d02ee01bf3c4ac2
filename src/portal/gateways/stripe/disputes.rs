//! What a bank takes back after it had arrived: Stripe tells of it as a dispute that is lost at once. A card's holder may
//! dispute a charge too; that has another end, which Stripe's dashboard leads to.

use super::{
    Stripe,
    http::{Answer, Call},
    objects::Dispute,
};
use crate::{
    api::{id::PaymentId, payments::PaymentFailure, problem::Code},
    portal::error::Result,
};

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
    /// The payment a dispute took back; none where it is a card's, or no payment of this portal's.
    ///
    /// # Errors
    /// `unavailable`.
    pub(crate) async fn taken_back(&self, dispute: &str) -> Result<Option<TakenBack>> {
        let call = Call::get(format!("/v1/disputes/{dispute}"))
            .field("expand[0]", "payment_intent")
            .field("expand[1]", "charge");
        let dispute: Dispute = match self.ask(call).await {
            // It is of another account.
            Answer::Refused { status: 404, .. } => return Ok(None),
            answer => answer.read("a dispute")?,
        };
        let is_debit = dispute.charge.is_some_and(|charge| charge.is_of_a_bank_account());
        let payment = dispute.payment_intent.and_then(|intent| intent.metadata.get("payment")?.parse().ok());
        let (Some(payment), true) = (payment, is_debit) else { return Ok(None) };
        let (code, kind, why) = match dispute.reason.as_deref() {
            Some("insufficient_funds") => ("R01", Code::InsufficientFunds, "not enough funds"),
            Some("incorrect_account_details") => ("R04", Code::Declined, "the account's number is not valid"),
            Some("debit_not_authorized") => ("R10", Code::Declined, "the holder says it was not authorised"),
            Some("customer_initiated") => ("R08", Code::Declined, "the holder has stopped the payment"),
            _ => ("R16", Code::Declined, "the bank cannot debit the account"),
        };
        let failure = PaymentFailure { code: kind, detail: format!("the bank took it back: {why} ({code})") };
        Ok(Some(TakenBack { payment, code, failure }))
    }
}
