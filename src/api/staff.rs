//! What clerks do: imports, and moving the sandbox's clock. Imports can be repeated: the city's own number decides.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::Power,
    id::AccountId,
    money::Minor,
    secret::Secret,
    time::{Date, Timestamp, When},
};
use crate::{endpoints, words};

/// A city record as the city keeps it; `line` is where it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct RecordLine {
    /// The line in the file.
    pub line: u64,
    /// The city's own number.
    pub number: String,
    /// What it is: `utility`, `parcel`, `licence`.
    pub kind: String,
    /// Whose name it is in.
    pub holder: String,
    /// The address served.
    pub service_address: String,
    /// The code that proves a resident got the city's letter.
    pub link_code: Secret,
}

/// A bill as the city keeps it; `line` is where it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct BillLine {
    /// The line in the file.
    pub line: u64,
    /// The city's own number of the bill.
    pub number: String,
    /// The number of the record it belongs to.
    pub record: String,
    /// One of the city's categories.
    pub category: String,
    /// What it is for, in words.
    pub title: String,
    /// The period it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// When it was issued.
    pub issued_on: Date,
    /// When it is due.
    pub due_on: Date,
    /// What is charged.
    pub amount: Minor,
}

/// Lines of a file, at most 500 at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import<T> {
    /// The lines.
    pub lines: Vec<T>,
}

/// Written out, as each kind of line has a schema of its own: derived, all imports would share one name.
#[cfg(feature = "portal")]
mod schema {
    use std::borrow::Cow;

    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            Ref, RefOr,
            schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Schema},
        },
    };

    use super::Import;

    impl<T: ToSchema> PartialSchema for Import<T> {
        fn schema() -> RefOr<Schema> {
            let lines = ArrayBuilder::new().items(Ref::from_schema_name(T::name())).max_items(Some(500));
            ObjectBuilder::new()
                .description(Some("Lines of a file, at most 500 at once."))
                .property("lines", lines)
                .required("lines")
                .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
                .into()
        }
    }
    impl<T: ToSchema> ToSchema for Import<T> {
        fn name() -> Cow<'static, str> {
            format!("{}s", T::name()).into()
        }
        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            schemas.push((T::name().into_owned(), T::schema()));
            T::schemas(schemas);
        }
    }
}

words! {
    /// What became of a line.
    pub enum LineOutcome ("line outcome") {
        /// New to the portal.
        Created = "created",
        /// Known, and changed by it.
        Updated = "updated",
        /// Known, and the same.
        Unchanged = "unchanged",
        /// Not taken.
        Refused = "refused",
    }
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ImportedLine {
    /// The line in the file.
    pub line: u64,
    /// The city's own number that stood there.
    pub number: String,
    /// What became of it.
    pub outcome: LineOutcome,
    /// Our id of the thing, where there is one.
    pub id: Option<String>,
    /// Why it was refused.
    pub detail: Option<String>,
}

/// What became of each line, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Imported {
    /// A line for each line.
    pub lines: Vec<ImportedLine>,
}

/// A clerk's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ClerkAccount {
    /// `ACC-…`.
    pub id: AccountId,
    /// The name to sign in with.
    pub username: String,
    /// The person's name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// What the clerk may do.
    pub powers: Vec<Power>,
}

/// How far to move the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Advance {
    /// To this day at the same time of day, or to this instant; never back.
    pub by: When,
}

/// What the portal's clock shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ClockReading {
    /// The portal's now.
    pub now: Timestamp,
    /// The city's today.
    pub today: Date,
}

endpoints! {
    /// Import city records
    IMPORT_RECORDS = Post "/v1/staff/records/import" "staff.records.import", Clerk(Power::Residents), Accepted,
        ((), Import<RecordLine>) -> Imported, [Invalid];
    /// Import bills
    IMPORT_BILLS = Post "/v1/staff/bills/import" "staff.bills.import", Clerk(Power::Bills), Accepted,
        ((), Import<BillLine>) -> Imported, [Invalid];
    /// Move the sandbox's clock forward
    ADVANCE_CLOCK = Post "/v1/staff/clock/advance" "staff.clock.advance", Clerk(Power::Clock), Accepted,
        ((), Advance) -> ClockReading, [Invalid, Conflict];
}
