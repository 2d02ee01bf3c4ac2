//! Reconciling the city's bank statements: what came in by transfer, which bills it went to, and what is parked.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{File, Power},
    id::{AccountId, BankEntryId, BillId, PaymentId, TransferId},
    money::{Currency, Minor},
    page::Page,
    payments::Allocation,
    refunds::PaymentCase,
    time::{Date, Timestamp},
};
use crate::{endpoints, list_query, words};

/// The largest statement that is read, in bytes.
pub const MOST_BYTES: u64 = 32_000_000;

words! {
    /// What became of an entry of a bank statement.
    pub enum BankEntryOutcome ("outcome of a bank entry") {
        /// With it all of its transfer has arrived.
        Settled = "settled",
        /// Part of its transfer has arrived; the rest is still to come.
        Partial = "partial",
        /// More than its transfer was for: the rest is parked.
        Over = "over",
        /// All of its transfer had arrived before: it is parked.
        Duplicate = "duplicate",
        /// The bills of its transfer took nothing of it: it is parked.
        Parked = "parked",
        /// No transfer has its reference, or it has none: it is parked.
        UnknownReference = "unknown_reference",
        /// It is in another currency than the city's bills: it is noted, and not booked.
        WrongCurrency = "wrong_currency",
        /// The bank took back what it had booked: its payments came back, and nothing is held of it any more.
        Returned = "returned",
        /// The bank took back something it had booked, and what that was is not known: so much is held below zero.
        UnknownReversal = "unknown_reversal",
        /// Money that went out: it is noted, and not booked.
        Ignored = "ignored",
    }
}

/// What became of an entry of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ReconciledEntry {
    /// Where it stands in the file: the line of a table, the number of an entry of camt.053.
    pub place: u64,
    /// `BNK-…`; null where it was only looked at.
    pub entry: Option<BankEntryId>,
    /// The day the bank booked it.
    pub booked_on: Date,
    /// What came in; below zero what went out.
    pub amount: Minor,
    /// Its currency.
    pub currency: Currency,
    /// Under which reference it came.
    pub reference: Option<String>,
    /// Who sent it, as the bank tells.
    pub name: Option<String>,
    /// What became of it.
    pub outcome: BankEntryOutcome,
    /// The transfer it belongs to.
    pub transfer: Option<TransferId>,
    /// The payment it became; null where none was made, or it was only looked at.
    pub payment: Option<PaymentId>,
    /// What of it went to which bill.
    pub allocations: Vec<Allocation>,
    /// What of it was parked; below zero what the bank took back of something that is not known.
    pub parked: Minor,
    /// Why, in words.
    pub detail: Option<String>,
}

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Reconciliation {
    /// The city's account, as the statement calls it.
    pub account: String,
    /// How many of its entries were not known before.
    pub new: u64,
    /// What became of each entry, in the order of the file: also of those that were known before.
    pub entries: Vec<ReconciledEntry>,
}

/// Money that arrived at the bank, and what is parked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct BankEntry {
    /// `BNK-…`.
    pub id: BankEntryId,
    /// The day the bank booked it.
    pub booked_on: Date,
    /// What came in; below zero what the bank took back.
    pub amount: Minor,
    /// The currency.
    pub currency: Currency,
    /// Under which reference it came.
    pub reference: Option<String>,
    /// Who sent it, as the bank tells.
    pub name: Option<String>,
    /// What became of it.
    pub outcome: BankEntryOutcome,
    /// Why, in words.
    pub detail: Option<String>,
    /// Whose it is, where that is known.
    pub account: Option<AccountId>,
    /// Their name.
    pub payer: Option<String>,
    /// The transfer it belongs to.
    pub transfer: Option<TransferId>,
    /// What of it was parked.
    pub parked: Minor,
    /// What of that went to bills since.
    pub applied: Minor,
    /// What of that was sent back.
    pub given_back: Minor,
    /// What of that is still held.
    pub left: Minor,
    /// When it was reconciled.
    pub created_at: Timestamp,
}

/// What parked money is to be put to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewApplication {
    /// These bills, at most 200, in this order; to each up to what is payable.
    pub bills: Vec<BillId>,
    /// So much; as much of what is held as the bills take where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Minor>,
    /// Whose the money is, where that is not known: an account's id or name. Left out, it is whoever alone owes the bills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

/// Parked money that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct SentBack {
    /// Why.
    pub reason: String,
}

list_query! {
    /// Which parked money: that of which something is still held, the oldest first.
    pub struct ParkedQuery {
        /// What became of the entry.
        pub outcome: BankEntryOutcome,
    }
}

endpoints! {
    /// Reconcile a bank statement: camt.053 or CSV. The same entry is booked once, however often and in how many files it comes
    RECONCILE = Post "/v1/staff/bank-statements" "staff.payments.reconcile", Clerk(Power::Payments), None,
        ((), File) -> Reconciliation, [Invalid, NoMethod, Conflict, TooLarge];
    /// What reconciling a bank statement would do; nothing is booked
    LOOK_AT = Post "/v1/staff/bank-statements/look" "staff.payments.look_at_statement", Clerk(Power::Payments), None,
        ((), File) -> Reconciliation, [Invalid, NoMethod, Conflict, TooLarge];
    /// Money that arrived at the bank and is parked, the oldest first
    PARKED = Get "/v1/staff/bank-entries" "staff.payments.parked", Clerk(Power::Payments), None,
        ((), ParkedQuery) -> Page<BankEntry>, [Invalid];
    /// Put parked money to bills
    APPLY = Post "/v1/staff/bank-entries/{id}/apply" "staff.payments.apply", Clerk(Power::Payments), Required,
        (BankEntryId, NewApplication) -> PaymentCase, [Invalid, NotFound, Conflict, AmountTooLarge, NothingDue];
    /// Note that parked money was sent back
    GIVE_BACK = Post "/v1/staff/bank-entries/{id}/give-back" "staff.payments.give_back", Clerk(Power::Payments), Required,
        (BankEntryId, SentBack) -> BankEntry, [Invalid, NotFound, Conflict];
}
