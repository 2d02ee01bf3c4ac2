//! What payers are told of their payments.

use super::{
    queries::{OpenRefundRow, ReturnableRow, UndoneRow},
    settle::{AskedBy, Intent},
};
use crate::{
    api::{
        id::{PaymentId, RefundId},
        money::{Currency, Minor},
        notices::Topic,
        payments::{Allocation, PaymentFailure, PaymentStatus},
        refunds::RefundedBills,
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
            Some(
                "It was paid by itself, by your autopay rule, and is not tried again: pay it with another method, and look at the rule.",
            ),
            format!("citytime bills pay {}", part.bill),
        ),
        (AskedBy::Autopay, ..) => (Some("It was paid by itself, by your autopay rule."), command),
    };
    let fee = intent.attempt.amount.0 - intent.amount.0;
    let notice =
        Notice::new(Topic::Billing, subject).says(said).says_if(by_itself).says_if(why).fact("For", &intent.title);
    let notice = match fee {
        0 => notice.fact("Amount", &total),
        fee => notice.fact("Amount", format!("{total}, of which {} fee", Minor(fee).display(currency))),
    };
    Some(notice.fact("Payment", id).command(command).about(id))
}

/// What is told when money went back, and what became of what it was for.
pub(super) fn refund(refund: &OpenRefundRow, bills: RefundedBills, currency: Currency) -> Notice {
    let amount = refund.amount.display(currency);
    let owed = match bills {
        RefundedBills::Reopened => Some("What it was for is owed again, unless the city withdraws it."),
        RefundedBills::Kept => None,
    };
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
pub(super) fn returned(
    id: PaymentId,
    total: Minor,
    row: &ReturnableRow,
    failure: &PaymentFailure,
    currency: Currency,
) -> Notice {
    let had = row.refunded != Minor::ZERO;
    let had = had.then(|| format!("The city had given {} of it back to you already.", row.refunded.display(currency)));
    let total = total.display(currency);
    Notice::new(Topic::Billing, format!("Payment returned: {total}"))
        .says("Your bank took the payment back. What it was for is to be paid again.")
        .says_if(had)
        .says(format!("The reason given: {}.", failure.detail))
        .fact("For", &row.title)
        .fact("Amount", &total)
        .fact("Payment", id)
        .command("citytime bills list")
        .about(id)
}

/// What is told when money that had gone back did not arrive.
pub(super) fn undone(id: RefundId, refund: &UndoneRow, failure: &PaymentFailure, currency: Currency) -> Notice {
    let amount = refund.amount.display(currency);
    Notice::new(Topic::Billing, format!("Refund did not arrive: {amount}"))
        .says("You were told that the city had given this back to you. It did not arrive, and is with the city again.")
        .says("What it was for counts as paid again, unless you have paid it otherwise. Ask the city to give it back another way.")
        .says(format!("The reason given: {}.", failure.detail))
        .fact("For", &refund.title)
        .fact("Amount", &amount)
        .fact("Payment", refund.payment)
        .fact("Refund", id)
        .command("citytime support contact")
        .about(refund.payment)
}

fn receipt(id: PaymentId) -> String {
    format!("citytime bills receipt {id}")
}
