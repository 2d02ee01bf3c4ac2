//! History: everything a person did, newest first.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::Scope,
    money::{Currency, Minor},
    page::Page,
    time::{Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// What a history entry is about.
    pub enum HistoryKind ("kind of history entry") {
        /// A payment.
        Payment = "payment",
        /// A service request.
        Request = "request",
        /// A permit application.
        Permit = "permit",
        /// A program registration.
        Program = "program",
        /// The account itself: made, changed, a record linked, a token made.
        Account = "account",
    }
}

/// Something that was done, in its present state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// When it began.
    pub at: Timestamp,
    /// What it is about.
    pub kind: HistoryKind,
    /// The thing: `PAY-…`, `REC-…`.
    pub id: String,
    /// In words.
    pub title: String,
    /// The thing's present state.
    pub status: String,
    /// The money in it.
    pub amount: Option<Minor>,
    /// Its currency.
    pub currency: Option<Currency>,
}

list_query! {
    /// Which entries.
    pub struct HistoryQuery {
        /// About one kind of thing.
        pub kind: HistoryKind,
        /// At or after this.
        pub since: When,
        /// Before the end of this day, or before this instant.
        pub until: When,
        /// In this calendar year of the city.
        pub year: i16,
    }
}

endpoints! {
    /// Everything that was done, newest first
    LIST = Get "/v1/history" "history.list", SignedIn(Some(Scope::HistoryRead)), None,
        ((), HistoryQuery) -> Page<HistoryEntry>, [Invalid];
}
