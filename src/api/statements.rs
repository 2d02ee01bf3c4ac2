//! Statements: what was owed at the beginning, what changed it, and what is owed at the end, from the ledger's postings.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, File, Scope},
    id::{BillId, PaymentId},
    ledger::EntryKind,
    money::{Currency, Minor},
    time::{Date, Timestamp, When},
};
use crate::endpoints;

/// Of which days: a year, or from one day to another; the present year where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct StatementQuery {
    /// A year of the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// The last day; today where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<When>,
}

/// What a category of bills came to: `closing = opening + charges - credits - payments + refunds`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct StatementLine {
    /// The category; `total` for all of them.
    pub category: String,
    /// What was owed before.
    pub opening: Minor,
    /// What was charged, corrections counted.
    pub charges: Minor,
    /// What the city took off, bills it withdrew counted.
    pub credits: Minor,
    /// What was paid.
    pub payments: Minor,
    /// What went back of payments, by the city or a bank.
    pub refunds: Minor,
    /// What is owed at the end.
    pub closing: Minor,
    /// The currency.
    pub currency: Currency,
}

/// Something that changed what is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct StatementEntry {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: EntryKind,
    /// Of which bill.
    pub bill: BillId,
    /// The city's own number of it.
    pub number: String,
    /// What the bill is for.
    pub title: String,
    /// The bill's category.
    pub category: String,
    /// By which payment, where by one.
    pub payment: Option<PaymentId>,
    /// By how much what is owed changed: below zero it became less.
    pub amount: Minor,
    /// What was owed on all bills after it.
    pub balance: Minor,
    /// The currency.
    pub currency: Currency,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Statement {
    /// The city.
    pub city: String,
    /// Whose it is.
    pub name: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Each category of the bills, by its word.
    pub categories: Vec<StatementLine>,
    /// All of them.
    pub total: StatementLine,
    /// What happened, in its order.
    pub entries: Vec<StatementEntry>,
}

endpoints! {
    /// What was owed, charged, paid and credited in a time
    SHOW = Get "/v1/statement" "statements.show", SignedIn(Some(Scope::BillsRead)), None,
        ((), StatementQuery) -> Statement, [Invalid];
    /// The same as a PDF
    PDF = Get "/v1/statement/pdf" "statements.pdf", SignedIn(Some(Scope::BillsRead)), None,
        ((), StatementQuery) -> File, [Invalid];
    /// The receipt of a payment as a PDF
    RECEIPT_PDF = Get "/v1/payments/{id}/receipt/pdf" "payments.receipt.pdf", SignedIn(Some(Scope::BillsRead)), None,
        (PaymentId, Empty) -> File, [NotFound, Conflict];
}
