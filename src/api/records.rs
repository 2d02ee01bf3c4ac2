//! City records: what the city knows of a person (a utility account, a parcel, a licence), and their link to accounts.

use serde::{Deserialize, Serialize};

use super::{
    dashboard::Due,
    endpoint::{Empty, Power, Scope},
    id::{AccountId, RecordId},
    page::Page,
    secret::Secret,
    time::Timestamp,
};
use crate::{endpoints, list_query};

/// A linked city record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Record {
    /// `REC-…`.
    pub id: RecordId,
    /// The city's own number, as printed on bills.
    pub number: String,
    /// What it is: `utility`, `parcel`, `licence`; the city's word.
    pub kind: String,
    /// Whose name it is in.
    pub holder: String,
    /// The address served.
    pub service_address: String,
    /// When it was linked.
    pub linked_at: Timestamp,
}

/// A record to be linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewLink {
    /// The city's own number; case, blanks, dashes and leading zeros do not matter.
    pub number: String,
    /// The link code the city sent.
    pub code: Secret,
    /// Whose name the record is in, as in the city's letter; where the city asks for it. Case, accents and a middle
    /// initial do not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// Whose account a record is, or was, linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecordLink {
    /// The account's name.
    pub username: String,
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// Since when.
    pub linked_at: Timestamp,
    /// Until when: unlinked by its owner, or by a new letter of the city.
    pub unlinked_at: Option<Timestamp>,
}

/// A city record as clerks see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecordCase {
    /// `REC-…`.
    pub id: RecordId,
    /// The city's own number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// Whose name it is in.
    pub holder: String,
    /// The address served.
    pub service_address: String,
    /// What is payable on it.
    pub due: Due,
    /// How many wrong codes were tried at it lately: until none was for a week.
    pub wrong_codes: u32,
    /// Who has it linked, the first first, and then who had, the last first.
    pub links: Vec<RecordLink>,
}

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecordNumber {
    /// The city's own number, however written, or its id (`REC-…`).
    pub number: String,
}

list_query! {
    /// Which records.
    pub struct RecordQuery {}
}

endpoints! {
    /// Link a city record
    LINK = Post "/v1/records" "records.link", SignedIn(Some(Scope::AccountWrite)), Accepted, ((), NewLink) -> Record,
        [Invalid, LinkRefused, RateLimited];
    /// The records linked to the account
    LIST = Get "/v1/records" "records.list", SignedIn(Some(Scope::AccountRead)), None, ((), RecordQuery) -> Page<Record>, [];
    /// A record by its number, and whose account it is linked to
    CASE = Get "/v1/staff/records/by-number" "staff.records.show", Clerk(Power::Residents), None,
        ((), RecordNumber) -> RecordCase, [Invalid, NotFound];
    /// Unlink a record: its bills are seen no more
    UNLINK = Delete "/v1/records/{id}" "records.unlink", SignedIn(Some(Scope::AccountWrite)), None,
        (RecordId, Empty) -> Record, [NotFound];
}
