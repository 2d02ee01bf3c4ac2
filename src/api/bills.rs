//! Bills: what is owed, on a city record or by an account.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power, Scope},
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
    /// What was charged, less what was credited.
    pub amount: Minor,
    /// What the city took off the charge.
    pub credited: Minor,
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
    /// When it is paid by itself, by an autopay rule of whoever looks; null where it is not.
    #[serde(default)]
    pub autopay_on: Option<Date>,
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

list_query! {
    /// Which of the city's bills, by due date.
    pub struct BillCaseQuery {
        /// Open ones unless said.
        pub status: BillFilter,
        /// Of one category.
        pub category: String,
        /// Of this city record: its number, however written, or its id (`REC-…`).
        pub record: String,
        /// Due before this date.
        pub due_before: When,
        /// Due on or before this date: `7d` is within a week.
        pub due_within: When,
    }
}

/// A bill to be withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Withdrawal {
    /// Why: the residents who owe it are told.
    pub reason: String,
}

/// What is to be taken off a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Credit {
    /// So much: at most what is still payable.
    pub amount: Minor,
    /// Why: the residents who owe it are told.
    pub reason: String,
}

/// What is owed of a category, by how long it is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AgedCategory {
    /// The category.
    pub category: String,
    /// How many bills are open.
    pub bills: i64,
    /// What is not due yet.
    pub not_due: Minor,
    /// What is due or overdue for up to 30 days.
    pub days_0_30: Minor,
    /// What is overdue for 31 to 60 days.
    pub days_31_60: Minor,
    /// What is overdue for 61 to 90 days.
    pub days_61_90: Minor,
    /// What is overdue for longer.
    pub days_over_90: Minor,
    /// All of it.
    pub total: Minor,
    /// The currency.
    pub currency: Currency,
}

/// What is owed to the city, by category and age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Aging {
    /// On which day.
    pub on: Date,
    /// Each category of which something is owed.
    pub categories: Vec<AgedCategory>,
}

endpoints! {
    /// The bills of the linked records and of the account, the next due first
    LIST = Get "/v1/bills" "bills.list", SignedIn(Some(Scope::BillsRead)), None, ((), BillQuery) -> Page<Bill>, [Invalid];
    /// A bill
    SHOW = Get "/v1/bills/{id}" "bills.show", SignedIn(Some(Scope::BillsRead)), None, (BillId, Empty) -> Bill, [NotFound];
    /// The city's bills, the next due first
    CASES = Get "/v1/staff/bills" "staff.bills.list", Clerk(Power::Bills), None, ((), BillCaseQuery) -> Page<Bill>,
        [Invalid, NotFound];
    /// A bill, whosever it is
    CASE = Get "/v1/staff/bills/{id}" "staff.bills.show", Clerk(Power::Bills), None, (BillId, Empty) -> Bill, [NotFound];
    /// Withdraw a bill of which nothing was paid
    VOID = Post "/v1/staff/bills/{id}/void" "staff.bills.void", Clerk(Power::Bills), Accepted,
        (BillId, Withdrawal) -> Bill, [Invalid, NotFound, Conflict];
    /// Take something off a bill
    CREDIT = Post "/v1/staff/bills/{id}/credit" "staff.bills.credit", Clerk(Power::Bills), Required,
        (BillId, Credit) -> Bill, [Invalid, NotFound, Conflict, AmountTooLarge, NothingDue];
    /// What is owed to the city, by category and by how long it is overdue
    AGING = Get "/v1/staff/bills/aging" "staff.bills.aging", Clerk(Power::Bills), None, ((), Empty) -> Aging, [];
}
