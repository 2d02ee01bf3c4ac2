//! Bills: what is owed, on a city record or by an account.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    id::{BillId, PaymentId, RecordId},
    money::{Currency, Minor},
    page::Page,
    payments::PaymentStatus,
    time::{Date, Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// The state of a bill.
    pub enum BillStatus ("bill status") {
        /// Something is still owed.
        Open = "open",
        /// Nothing is owed any more.
        Paid = "paid",
        /// Withdrawn by the city.
        Void = "void",
    }
}

words! {
    /// Which bills to list.
    pub enum BillFilter ("bill filter") {
        /// Owed, due or not.
        Open = "open",
        /// Owed, and past the due date.
        Overdue = "overdue",
        /// Paid in full.
        Paid = "paid",
        /// All of them.
        All = "all",
    }
}

/// A bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Bill {
    /// `BIL-…`.
    pub id: BillId,
    /// The city's own number.
    pub number: String,
    /// What it is for: one of the city's categories.
    pub category: String,
    /// What it is for, in words.
    pub title: String,
    /// The record it belongs to; null for a bill of the account itself: a fee.
    pub record: Option<RecordId>,
    /// The period it covers, in the city's words.
    pub period: Option<String>,
    /// When it was issued.
    pub issued_on: Date,
    /// When it is due.
    pub due_on: Date,
    /// What was charged.
    pub amount: Minor,
    /// What has been paid.
    pub paid: Minor,
    /// What is on its way.
    pub pending: Minor,
    /// What is owed: amount − paid. Payable is balance − pending.
    pub balance: Minor,
    /// The currency.
    pub currency: Currency,
    /// Its state.
    pub status: BillStatus,
    /// Owed, and past the due date.
    pub overdue: bool,
    /// Its payments, the first first; told where one bill is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payments: Option<Vec<BillPayment>>,
}

words! {
    /// Who made a payment, as somebody sees it who shares the bill.
    pub enum Payer ("payer") {
        /// Whoever looks.
        You = "you",
        /// Another holder of the record; how they paid is their own matter.
        AnotherHolder = "another_holder",
    }
}

/// A payment of a bill, as anyone sees it who may see the bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct BillPayment {
    /// Who made it.
    pub by: Payer,
    /// When.
    pub at: Timestamp,
    /// What of it went to this bill.
    pub amount: Minor,
    /// Its state. What failed or came back is told to whoever paid alone.
    pub status: PaymentStatus,
    /// Its id, where it is one's own: its receipt is found under it.
    pub payment: Option<PaymentId>,
}

impl Bill {
    /// What can be paid now: the balance less what is on its way.
    pub fn payable(&self) -> Minor {
        Minor(self.balance.0.saturating_sub(self.pending.0))
    }
}

list_query! {
    /// Which bills, by due date.
    pub struct BillQuery {
        /// Open ones unless said.
        pub status: BillFilter,
        /// Of one category.
        pub category: String,
        /// Due before this date.
        pub due_before: When,
        /// Due on or before this date: `7d` is within a week.
        pub due_within: When,
    }
}

endpoints! {
    /// The bills of the linked records and of the account, the next due first
    LIST = Get "/v1/bills" "bills.list", SignedIn(Some(Scope::BillsRead)), None, ((), BillQuery) -> Page<Bill>, [Invalid];
    /// A bill
    SHOW = Get "/v1/bills/{id}" "bills.show", SignedIn(Some(Scope::BillsRead)), None, (BillId, Empty) -> Bill, [NotFound];
}
