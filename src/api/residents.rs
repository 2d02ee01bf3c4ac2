//! Residents as clerks see them: what it takes to help somebody, and nothing secret.

use serde::{Deserialize, Serialize};

use super::{
    accounts::{AccountStatus, Address, Role},
    dashboard::Due,
    endpoint::{Empty, Power},
    id::{AccountId, RecordId},
    page::Page,
    time::{Date, Timestamp},
};
use crate::{endpoints, list_query};

/// A resident in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ResidentLine {
    /// `ACC-…`.
    pub id: AccountId,
    /// The name they sign in with.
    pub username: String,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// E.164.
    pub phone: Option<String>,
    /// The account's state.
    pub status: AccountStatus,
}

/// A record that is linked to somebody's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ResidentRecord {
    /// The city's own number.
    pub number: String,
    /// `REC-…`.
    pub id: RecordId,
    /// What it is.
    pub kind: String,
    /// Since when it is linked.
    pub linked_at: Timestamp,
}

/// A resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Resident {
    /// `ACC-…`.
    pub id: AccountId,
    /// The name they sign in with.
    pub username: String,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// Whether that address is confirmed.
    pub email_verified: bool,
    /// E.164.
    pub phone: Option<String>,
    /// The postal address.
    pub address: Option<Address>,
    /// The account's state.
    pub status: AccountStatus,
    /// What it is for: clerks are residents too.
    pub role: Role,
    /// The city records linked to it.
    pub records: Vec<ResidentRecord>,
    /// What is payable, of records and account.
    pub due: Due,
    /// The last day they were signed in by password, where it is known.
    pub last_seen_on: Option<Date>,
    /// When the account was made.
    pub created_at: Timestamp,
}

list_query! {
    /// Which residents, by the names they sign in with.
    pub struct ResidentQuery {
        /// Each of these words is the beginning of one of their names or of their address for mail, part of their phone
        /// number, or their id; or all together are the number of a record linked to their account.
        pub sought: String,
        /// Only whoever signs in by this name.
        pub username: String,
    }
}

endpoints! {
    /// Find residents
    SEARCH = Get "/v1/staff/residents" "staff.residents.search", Clerk(Power::Residents), None,
        ((), ResidentQuery) -> Page<ResidentLine>, [Invalid];
    /// A resident
    SHOW = Get "/v1/staff/residents/{id}" "staff.residents.show", Clerk(Power::Residents), None,
        (AccountId, Empty) -> Resident, [NotFound];
}
