//! Payments: money on its way to one or more bills.

use serde::{Deserialize, Serialize};

use super::{
    city::PaymentKind,
    endpoint::{Empty, Scope},
    id::{BillId, MethodId, PaymentId},
    money::{Currency, Minor},
    problem::Code,
    time::{Timestamp, When},
};
use crate::{endpoints, words};

words! {
    /// The state of a payment: `pending → processing → succeeded | failed | returned`, and `refunded`.
    pub enum PaymentStatus ("payment status") {
        /// Written down; the processor has not been asked, or its answer is not known.
        Pending = "pending",
        /// The processor has it; it settles later.
        Processing = "processing",
        /// The money arrived.
        Succeeded = "succeeded",
        /// Refused: nothing was taken.
        Failed = "failed",
        /// Taken back by the bank after it was accepted.
        Returned = "returned",
        /// Given back by the city: all that went to the bills.
        Refunded = "refunded",
    }
}

impl PaymentStatus {
    /// Whether the payment can still become something else by itself.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Processing)
    }
}

/// What of a payment goes to which bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Allocation {
    /// The bill.
    pub bill: BillId,
    /// Its part.
    pub amount: Minor,
}

/// Why a payment failed or came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PaymentFailure {
    /// What kind of failure.
    pub code: Code,
    /// In words.
    pub detail: String,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Payment {
    /// `PAY-…`.
    pub id: PaymentId,
    /// Its receipt can be fetched under this id; null while nothing was taken.
    pub receipt: Option<PaymentId>,
    /// What goes to the bills; the fee is on top.
    pub amount: Minor,
    /// The fee of the method.
    pub fee: Minor,
    /// What went back to the payer, fee and all.
    pub refunded: Minor,
    /// The currency.
    pub currency: Currency,
    /// How it was paid.
    pub method: MethodId,
    /// Its state.
    pub status: PaymentStatus,
    /// Whether it was made by itself, by an autopay rule of the payer.
    #[serde(default)]
    pub autopay: bool,
    /// What goes to which bill.
    pub allocations: Vec<Allocation>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it reached its final state.
    pub settled_at: Option<Timestamp>,
    /// Why it failed or came back.
    pub failure: Option<PaymentFailure>,
}

/// A payment to be made, as asked: exactly one of `bills`, `all` and `due_within` says which bills.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewPayment {
    /// These bills, at most 200, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bills: Vec<BillId>,
    /// Every bill with something payable.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// Every bill with something payable, due on or before this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_within: Option<When>,
    /// In all; what is payable where left out. Goes to the bills in order, to each up to what is payable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Minor>,
    /// The default method where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodId>,
    /// Refuse unless the total, fee and all, is exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_total: Option<Minor>,
    /// Refuse if the total, fee and all, is above this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Minor>,
}

/// What a payment would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Quote {
    /// What would go to which bill.
    pub lines: Vec<Allocation>,
    /// The fee of the method.
    pub fee: Minor,
    /// What would be taken, fee and all.
    pub total: Minor,
    /// The currency.
    pub currency: Currency,
    /// The method that would be used.
    pub method: Option<MethodId>,
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ReceiptLine {
    /// The bill.
    pub bill: BillId,
    /// The city's own number of it.
    pub number: String,
    /// What it was for.
    pub title: String,
    /// What was paid of it.
    pub amount: Minor,
}

/// A receipt: what was paid, when, how, by whom and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The payment.
    pub id: PaymentId,
    /// The city paid to.
    pub city: String,
    /// Who paid.
    pub payer: String,
    /// The payment's state.
    pub status: PaymentStatus,
    /// For what.
    pub lines: Vec<ReceiptLine>,
    /// The sum of the lines.
    pub amount: Minor,
    /// The fee of the method.
    pub fee: Minor,
    /// What was taken, fee and all.
    pub total: Minor,
    /// What of it went back to the payer.
    pub refunded: Minor,
    /// The currency.
    pub currency: Currency,
    /// What kind of method it was.
    pub method_kind: PaymentKind,
    /// How it was paid, in words: `Visa ending in 4242`.
    pub method: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it reached its final state.
    pub settled_at: Option<Timestamp>,
}

endpoints! {
    /// What a payment would be; nothing is taken, and what would refuse the payment refuses this
    QUOTE = Post "/v1/payments/quote" "payments.quote", SignedIn(Some(Scope::BillsRead)), None,
        ((), NewPayment) -> Quote, [Invalid, NotFound, NothingDue, AmountTooLarge, TotalRefused, SpendingLimit,
         NoMethod, Unverified];
    /// Pay bills
    PAY = Post "/v1/payments" "payments.pay", SignedIn(Some(Scope::BillsPay)), Required, ((), NewPayment) -> Payment,
        [Invalid, NotFound, NothingDue, AmountTooLarge, TotalRefused, SpendingLimit, NoMethod, Declined,
         InsufficientFunds, AuthenticationRequired];
    /// A payment
    SHOW = Get "/v1/payments/{id}" "payments.show", SignedIn(Some(Scope::BillsRead)), None, (PaymentId, Empty) -> Payment,
        [NotFound];
    /// The receipt of a payment
    RECEIPT = Get "/v1/payments/{id}/receipt" "payments.receipt", SignedIn(Some(Scope::BillsRead)), None,
        (PaymentId, Empty) -> Receipt, [NotFound, Conflict];
}
