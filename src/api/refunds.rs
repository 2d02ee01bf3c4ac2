//! Payments as clerks see them, and what goes back of them: refunds by the city, returns by a bank.

use serde::{Deserialize, Serialize};

use super::{
    city::PaymentKind,
    endpoint::{Empty, Power},
    id::{AccountId, BankEntryId, BillId, PaymentId, RefundId},
    ledger::{EntryKind, LedgerAccount},
    money::{Currency, Minor},
    page::Page,
    payments::{Allocation, PaymentFailure, PaymentStatus},
    time::{Date, Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// The state of a refund: `pending → processing → succeeded | failed`; one that had gone back may fail all the same.
    pub enum RefundStatus ("refund status") {
        /// Written down; the processor has not been asked, or its answer is not known.
        Pending = "pending",
        /// The processor has it.
        Processing = "processing",
        /// The money went back.
        Succeeded = "succeeded",
        /// It could not be given back that way.
        Failed = "failed",
    }
}

words! {
    /// Why the city gives money back.
    pub enum RefundReason ("reason for a refund") {
        /// The same was paid twice.
        Duplicate = "duplicate",
        /// The bill was wrong.
        BillingError = "billing_error",
        /// What was paid for does not take place.
        Cancelled = "cancelled",
        /// The payer did not make the payment.
        Fraud = "fraud",
        /// The city means well.
        Goodwill = "goodwill",
    }
}

words! {
    /// What becomes of the bills whose payment is given back.
    pub enum RefundedBills ("treatment of refunded bills") {
        /// They are owed again; but fees the portal issued stay paid, and what was withdrawn is owed no more.
        Reopened = "reopened",
        /// They stay paid.
        Kept = "kept",
    }
}

words! {
    /// How a dispute stands: `open → lost | won`.
    pub enum DisputeStatus ("status of a dispute") {
        /// The processor has taken the money back; who is right is being looked at.
        Open = "open",
        /// The card's holder was right.
        Lost = "lost",
        /// The city was right: the money is there again.
        Won = "won",
    }
}

impl DisputeStatus {
    /// Whether the money is gone.
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::Open | Self::Lost)
    }
}

/// A payment that the card's holder disputes. What was paid stays paid; the money is the city's loss until it wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Dispute {
    /// What the processor calls it.
    pub reference: String,
    /// What of the payment is disputed.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// What the holder says, in the processor's word: `fraudulent`.
    pub reason: String,
    /// How it stands.
    pub status: DisputeStatus,
    /// When the portal was told of it.
    pub opened_at: Timestamp,
    /// When it was told how it ended.
    pub settled_at: Option<Timestamp>,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Refund {
    /// `RFD-…`.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// What goes back.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// How it was paid, and goes back: a transfer is sent back at the city's bank by whoever gives it back.
    pub method_kind: PaymentKind,
    /// Why.
    pub reason: RefundReason,
    /// What becomes of the bills.
    pub bills: RefundedBills,
    /// Its state.
    pub status: RefundStatus,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it reached its final state.
    pub settled_at: Option<Timestamp>,
    /// Why it failed.
    pub failure: Option<PaymentFailure>,
}

/// A bill that is owed again, and that a rule of one of those who owe it pays by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PaidAgain {
    /// The bill.
    pub bill: BillId,
    /// What is taken for it, fee and all.
    pub total: Minor,
    /// When; null until the money has gone back: then it is announced, and taken three days later at the earliest.
    pub pay_on: Option<Date>,
}

/// A refund that was asked for, and what comes of its bills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RefundMade {
    /// The refund.
    #[serde(flatten)]
    pub refund: Refund,
    /// Those of its bills that are owed again, or will be once the money has gone back, and that autopay takes, as rules and bills
    /// are now.
    pub paid_again: Vec<PaidAgain>,
}

/// What a refund would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RefundQuote {
    /// Of which payment.
    pub payment: PaymentId,
    /// What would go back.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// What would be owed again, of which bill, behind the refunds that are on their way; nothing of bills that stay paid or are
    /// withdrawn.
    pub owed_again: Vec<Allocation>,
    /// Those of these bills that autopay would take, as rules and bills are now.
    pub paid_again: Vec<PaidAgain>,
}

/// A refund to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewRefund {
    /// So much; all that is left of the payment, fee and all, where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Minor>,
    /// Why.
    pub reason: RefundReason,
    /// What becomes of the bills; they are reopened where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bills: Option<RefundedBills>,
}

/// A payment the bank took back after it had arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewReturn {
    /// The bank's code of the return: `R01`.
    pub code: String,
}

/// A payment as clerks see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PaymentCase {
    /// `PAY-…`.
    pub id: PaymentId,
    /// Whose account paid.
    pub account: AccountId,
    /// The payer's name.
    pub payer: String,
    /// What went to the bills; the fee is on top.
    pub amount: Minor,
    /// The fee of the method.
    pub fee: Minor,
    /// What went back to the payer, fee and all.
    pub refunded: Minor,
    /// The currency.
    pub currency: Currency,
    /// What kind of method it was.
    pub method_kind: PaymentKind,
    /// How it was paid, in words.
    pub method: String,
    /// Its state.
    pub status: PaymentStatus,
    /// What went to which bill.
    pub allocations: Vec<Allocation>,
    /// What goes back or went back, the first first.
    pub refunds: Vec<Refund>,
    /// What its payer disputes, the first first.
    pub disputes: Vec<Dispute>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it reached its final state.
    pub settled_at: Option<Timestamp>,
    /// Why it failed or came back.
    pub failure: Option<PaymentFailure>,
}

list_query! {
    /// Which payments.
    pub struct PaymentQuery {
        /// In this state.
        pub status: PaymentStatus,
        /// By this account: its id or its name.
        pub who: String,
        /// Of this bill.
        pub bill: BillId,
        /// Asked for at or after this.
        pub since: When,
        /// Asked for before the end of this day, or before this instant.
        pub until: When,
    }
}

/// A line for the city's bookkeeping: what a payment, refund or return moved, a line for each bill, fee and loss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct BookkeepingLine {
    /// The payment; null for money that was parked, or sent back from there.
    pub payment: Option<PaymentId>,
    /// The entry of a bank statement, where the line is about parked money itself.
    pub bank_entry: Option<BankEntryId>,
    /// When it was posted.
    pub at: Timestamp,
    /// A payment, a refund or a return; money that was parked, or sent back from there.
    pub kind: EntryKind,
    /// Which account of the ledger it moved.
    pub account: LedgerAccount,
    /// The bill, where it is about one.
    pub bill: Option<BillId>,
    /// The city's own number of the bill.
    pub number: Option<String>,
    /// The bill's category.
    pub category: Option<String>,
    /// What came in; below zero what went out.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// What kind of method it was.
    pub method_kind: PaymentKind,
    /// The payer's name; of money that is nobody's yet, what the bank tells.
    pub payer: Option<String>,
    /// The reason of a refund, the bank's code of a return.
    pub cause: Option<String>,
}

list_query! {
    /// Of which days.
    pub struct BookkeepingQuery {
        /// The first day or instant.
        pub from: When,
        /// The last day, or the instant before which.
        pub to: When,
    }
}

endpoints! {
    /// Payments, newest first
    LIST = Get "/v1/staff/payments" "staff.payments.list", Clerk(Power::Payments), None,
        ((), PaymentQuery) -> Page<PaymentCase>, [Invalid];
    /// A payment, with what went back of it
    SHOW = Get "/v1/staff/payments/{id}" "staff.payments.show", Clerk(Power::Payments), None,
        (PaymentId, Empty) -> PaymentCase, [NotFound];
    /// What a refund would do; nothing is given back, and what would refuse the refund refuses this
    QUOTE = Post "/v1/staff/payments/{id}/refunds/quote" "staff.payments.quote", Clerk(Power::Payments), None,
        (PaymentId, NewRefund) -> RefundQuote, [Invalid, NotFound, Conflict, AmountTooLarge];
    /// Give a payment back, or part of it
    REFUND = Post "/v1/staff/payments/{id}/refunds" "staff.payments.refund", Clerk(Power::Payments), Required,
        (PaymentId, NewRefund) -> RefundMade, [Invalid, NotFound, Conflict, AmountTooLarge];
    /// Note that the bank took a payment back that had arrived
    RETURN = Post "/v1/staff/payments/{id}/return" "staff.payments.return", Clerk(Power::Payments), Accepted,
        (PaymentId, NewReturn) -> PaymentCase, [Invalid, NotFound, Conflict];
    /// What payments, refunds and returns moved, for the city's bookkeeping; the oldest first
    EXPORT = Get "/v1/staff/bookkeeping" "staff.payments.export", Clerk(Power::Payments), None,
        ((), BookkeepingQuery) -> Page<BookkeepingLine>, [Invalid];
}
