//! Stripe's codes of refused charges, in words a payer can act on. What an issuer keeps to itself (stolen, suspected)
//! is told as a plain decline, as Stripe asks.

use super::objects::Refusal;
use crate::api::problem::Code;

/// What is told where the issuer wants its holder to confirm. Saving a card on the processor's page confirms it for later.
pub(super) const CONFIRM: &str =
    "the card's issuer wants its holder to confirm it: add the card again, `citytime wallet add`, where that is done";

/// A refusal as the portal's own code, and in words.
pub(super) fn told(refusal: &Refusal) -> (Code, String) {
    told_or(refusal, "the method's issuer declined it")
}

/// The same; in these words where the code is not known.
pub(super) fn told_or(refusal: &Refusal, otherwise: &str) -> (Code, String) {
    let codes = [refusal.decline_code.as_deref(), refusal.code.as_deref()];
    let known = codes.into_iter().flatten().find_map(words);
    let (code, detail) = known.unwrap_or((Code::Declined, otherwise));
    (code, detail.to_owned())
}

fn words(code: &str) -> Option<(Code, &'static str)> {
    let declined = |detail| Some((Code::Declined, detail));
    match code {
        "insufficient_funds" | "withdrawal_count_limit_exceeded" | "card_velocity_exceeded" => {
            Some((Code::InsufficientFunds, "the method has not enough funds, or is at its limit"))
        }
        "authentication_required" | "payment_intent_authentication_failure" | "authentication_not_handled" => {
            Some((Code::AuthenticationRequired, CONFIRM))
        }
        "expired_card" => declined("the card has expired"),
        "incorrect_cvc"
        | "invalid_cvc"
        | "incorrect_number"
        | "invalid_number"
        | "invalid_expiry_month"
        | "invalid_expiry_year" => declined("the card was added with a mistake: add it again"),
        "card_not_supported" | "currency_not_supported" | "invalid_amount" => {
            declined("the card does not take such payments")
        }
        "issuer_not_available" | "processing_error" | "try_again_later" | "reenter_transaction" => {
            declined("the card's issuer could not be asked: try again later")
        }
        "debit_not_authorized" | "revocation_of_authorization" | "stop_payment_order" => {
            declined("the account's holder does not allow the debit")
        }
        "amount_too_small" => declined("the amount is less than the processor takes"),
        "amount_too_large" => declined("the amount is more than the processor takes"),
        "account_closed" | "bank_account_closed" => declined("the account is closed"),
        "no_account" | "bank_account_unusable" | "invalid_account_number" | "bank_account_restricted" => {
            declined("the bank does not take debits of this account")
        }
        _ => None,
    }
}
