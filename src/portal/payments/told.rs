//! What payers are told of their payments.

use super::{
    queries::OpenRefundRow,
    settle::{AskedBy, Intent},
};
use crate::{
    api::{
        id::PaymentId,
        money::{Currency, Minor},
        notices::Topic,
        payments::{Allocation, PaymentFailure, PaymentStatus},
    },
    portal::notices::Notice,
};

/// What is told when a payment has come to stand somewhere; nothing while it is on its way.
pub(super) fn notice(
    intent: &Intent,
    allocations: &[Allocation],
    status: PaymentStatus,
    failure: Option<&PaymentFailure>,
) -> Option<Notice> {
    let (id, currency) = (intent.attempt.payment, intent.attempt.currency);
    let total = intent.attempt.amount.display(currency);
    let why = failure.map(|failure| format!("The reason given: {}.", failure.detail));
    let (subject, said, command) = match status {
        PaymentStatus::Succeeded => {
            (format!("Payment received: {total}"), "Thank you. Your payment has arrived.", receipt(id))
        }
        PaymentStatus::Failed => (
            format!("Payment failed: {total}"),
            "Your payment did not go through, and nothing was taken. What it was for is still to be paid.",
            "citytime bills list".to_owned(),
        ),
        PaymentStatus::Returned => (
            format!("Payment returned: {total}"),
            "Your bank took the payment back. What it was for is to be paid again.",
            "citytime bills list".to_owned(),
        ),
        PaymentStatus::Refunded => {
            (format!("Payment refunded: {total}"), "The money goes back to where it came from.", receipt(id))
        }
        PaymentStatus::Pending | PaymentStatus::Processing => return None,
    };
    // What is paid by itself is not tried by itself again: the bill is named, to be paid by hand.
    let (by_itself, command) = match (intent.asked_by, status, allocations) {
        (AskedBy::Resident, ..) => (None, command),
        (AskedBy::Autopay, PaymentStatus::Failed | PaymentStatus::Returned, [part, ..]) => (
            Some("It was paid by itself, by your autopay rule, and is not tried again: pay it with another method, and look at the rule."),
            format!("citytime bills pay {}", part.bill),
        ),
        (AskedBy::Autopay, ..) => (Some("It was paid by itself, by your autopay rule."), command),
    };
    let fee = intent.attempt.amount.0 - intent.amount.0;
    let notice = Notice::new(Topic::Billing, subject).says(said).says_if(by_itself).says_if(why).fact("For", &intent.title);
    let notice = match fee {
        0 => notice.fact("Amount", &total),
        fee => notice.fact("Amount", format!("{total}, of which {} fee", Minor(fee).display(currency))),
    };
    Some(notice.fact("Payment", id).command(command).about(id))
}

/// What is told when money went back; whether what it was for is owed again.
pub(super) fn refund(refund: &OpenRefundRow, owed_again: bool, currency: Currency) -> Notice {
    let amount = refund.amount.display(currency);
    let owed = owed_again.then_some("What it was for is owed again, unless the city withdraws it.");
    Notice::new(Topic::Billing, format!("Refund: {amount}"))
        .says("The city has given this back to you. It goes where it came from; banks take some days.")
        .says_if(owed)
        .fact("For", &refund.title)
        .fact("Amount", &amount)
        .fact("Payment", refund.payment)
        .fact("Refund", refund.id)
        .command(receipt(refund.payment))
        .about(refund.payment)
}

/// What is told when the bank took back a payment that had arrived.
pub(super) fn returned(id: PaymentId, total: Minor, title: &str, failure: &PaymentFailure, currency: Currency) -> Notice {
    let total = total.display(currency);
    Notice::new(Topic::Billing, format!("Payment returned: {total}"))
        .says("Your bank took the payment back. What it was for is to be paid again.")
        .says(format!("The reason given: {}.", failure.detail))
        .fact("For", title)
        .fact("Amount", &total)
        .fact("Payment", id)
        .command("citytime bills list")
        .about(id)
}

fn receipt(id: PaymentId) -> String {
    format!("citytime bills receipt {id}")
}
