//! City records: what the city knows of a person (a utility account, a parcel, a licence), and their link to accounts.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Scope},
    id::RecordId,
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
    /// The city's own number; case, blanks and dashes do not matter.
    pub number: String,
    /// The link code the city sent.
    pub code: Secret,
}

list_query! {
    /// Which records.
    pub struct RecordQuery {}
}

endpoints! {
    /// Link a city record
    LINK = Post "/v1/records" "records.link", SignedIn(Some(Scope::AccountWrite)), Accepted, ((), NewLink) -> Record,
        [Invalid, LinkRefused];
    /// The records linked to the account
    LIST = Get "/v1/records" "records.list", SignedIn(Some(Scope::AccountRead)), None, ((), RecordQuery) -> Page<Record>, [];
    /// Unlink a record: its bills are seen no more
    UNLINK = Delete "/v1/records/{id}" "records.unlink", SignedIn(Some(Scope::AccountWrite)), None,
        (RecordId, Empty) -> Record, [NotFound];
}
