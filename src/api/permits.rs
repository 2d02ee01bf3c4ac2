//! Permits: what the city allows on application: its types with their forms, applications, and what became of them.

mod casework;

pub use casework::{ASK, ASSIGN, Assignment, CASE, CASE_DOCUMENT, CASES, CaseQuery, DECIDE, ISSUE, Inquiry, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    endpoint::{Empty, File, Scope, Slug},
    id::{BillId, PermitId},
    money::{Currency, Minor},
    page::Page,
    time::{Date, Timestamp},
};
use crate::{endpoints, list_query, words};

/// How large a document may be, in bytes: 50 MB.
pub const MOST_BYTES: u64 = 50_000_000;

words! {
    /// Where an application stands.
    pub enum PermitStatus ("permit status") {
        /// Begun, and the applicant's alone.
        Draft = "draft",
        /// Sent; its fee is still to be paid.
        Submitted = "submitted",
        /// The department looks at it.
        InReview = "in_review",
        /// The department waits for the applicant's answer.
        InfoRequested = "info_requested",
        /// Allowed; the permit is still to be issued.
        Approved = "approved",
        /// The permit is there.
        Issued = "issued",
        /// Not allowed.
        Denied = "denied",
        /// Taken back by the applicant.
        Withdrawn = "withdrawn",
        /// Nothing came in time.
        Expired = "expired",
    }
}

impl PermitStatus {
    /// Whether nothing more happens.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Issued | Self::Denied | Self::Withdrawn | Self::Expired)
    }
}

words! {
    /// Who did something, or is to do it.
    pub enum Party ("party") {
        /// Whoever applies.
        Applicant = "applicant",
        /// The city's staff.
        City = "city",
        /// The portal, by itself.
        Portal = "portal",
    }
}

words! {
    /// What a clerk decides.
    pub enum Decision ("decision") {
        /// It is allowed.
        Approve = "approve",
        /// It is not, for a reason.
        Deny = "deny",
    }
}

/// A document a type of permit asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct DocumentAsked {
    /// The word by which it is attached.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Whether the application is not whole without it.
    pub required: bool,
    /// What it may be: `application/pdf`.
    pub media_types: Vec<String>,
}

/// A type of permit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PermitType {
    /// The word in files and flags.
    pub id: String,
    /// What residents read.
    pub title: String,
    /// What kind of permit: `business`, `construction`, `event`.
    pub category: String,
    /// What applying costs.
    pub fee: Minor,
    /// The fee's currency.
    pub currency: Currency,
    /// The documents asked for.
    pub documents: Vec<DocumentAsked>,
    /// Who decides.
    pub department: String,
    /// How many working days that takes, once the fee is paid.
    pub working_days: u32,
    /// What it is for, and what not.
    pub description: Option<String>,
    /// The form, as JSON Schema 2020-12; null in lists.
    pub form: Option<Value>,
}

/// A document that was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Document {
    /// The word of what was asked for.
    pub id: String,
    /// What its bytes say it is.
    pub media_type: String,
    /// How large it is, in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// When it was attached.
    pub attached_at: Timestamp,
}

/// A step an application has taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Where the application has stood since.
    pub status: PermitStatus,
    /// What was said with it: a question, an answer, a reason.
    pub note: Option<String>,
    /// Who took it.
    pub by: Party,
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NextStep {
    /// What.
    pub what: String,
    /// Who does it.
    pub by: Party,
    /// Until when.
    pub until: Option<Date>,
}

/// An application for a permit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Permit {
    /// `PRM-…`.
    pub id: PermitId,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the type is called.
    pub title: String,
    /// What kind of permit it is.
    pub category: String,
    /// Where it stands.
    pub status: PermitStatus,
    /// Counts its changes: a change names the version it was made on.
    pub version: i64,
    /// Whose it is.
    pub applicant: String,
    /// Which clerk looks after it; told to clerks only.
    pub assignee: Option<String>,
    /// The answers to the form.
    pub answers: Map<String, Value>,
    /// What was attached.
    pub documents: Vec<Document>,
    /// What applying costs.
    pub fee: Minor,
    /// The fee's currency.
    pub currency: Currency,
    /// The bill of the fee, once submitted.
    pub fee_bill: Option<BillId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
    /// When it was approved or denied.
    pub decided_at: Option<Timestamp>,
    /// Until when the department has promised to decide.
    pub expected_on: Option<Date>,
    /// What happens next; null when nothing does.
    pub next: Option<NextStep>,
    /// What happened, the oldest first.
    pub timeline: Vec<Step>,
}

/// An application to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewPermit {
    /// The type applied for.
    #[serde(rename = "type")]
    pub kind: String,
    /// The answers to its form: as many as there are yet, for a draft.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// Whether it is kept as a draft instead of submitted.
    #[serde(default)]
    pub draft: bool,
}

/// An application to be looked over before it is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PermitCheck {
    /// The type applied for.
    #[serde(rename = "type")]
    pub kind: String,
    /// The answers to its form.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// The documents that would be attached.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Whether it would be kept as a draft.
    #[serde(default)]
    pub draft: bool,
}

/// What an application would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Checked {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the type is called.
    pub title: String,
    /// Who decides.
    pub department: String,
    /// What applying costs.
    pub fee: Minor,
    /// The fee's currency.
    pub currency: Currency,
    /// Until when the department would decide, were the fee paid today.
    pub expected_on: Date,
}

/// New answers of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PermitEdit {
    /// The version the answers were changed on; the present one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// All answers, the unchanged ones too; none are changed where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Map<String, Value>>,
}

/// A draft to be submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Submission {
    /// The version that is meant; the present one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

/// What a clerk asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct PermitAnswer {
    /// The version that is answered; the present one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// What is said.
    #[serde(default)]
    pub note: String,
    /// All answers of the form, where some are changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Map<String, Value>>,
}

/// Words that go with a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Remark {
    /// What is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

list_query! {
    /// Which types.
    pub struct PermitTypeQuery {
        /// Of one kind: `business`.
        pub category: String,
    }
}

list_query! {
    /// Which applications.
    pub struct PermitQuery {
        /// Those that stand here.
        pub status: PermitStatus,
        /// Of one type.
        #[serde(rename = "type")]
        pub kind: String,
    }
}

endpoints! {
    /// The types of permits
    TYPES = Get "/v1/permit-types" "permits.types", Anyone(), None, ((), PermitTypeQuery) -> Page<PermitType>, [Invalid];
    /// A type of permit with its form
    TYPE = Get "/v1/permit-types/{id}" "permits.type", Anyone(), None, (Slug, Empty) -> PermitType, [NotFound];
    /// Look an application over without making it
    CHECK = Post "/v1/permits/check" "permits.check", SignedIn(Some(Scope::PermitsRead)), None, ((), PermitCheck) -> Checked,
        [NotFound];
    /// Apply for a permit, or keep a draft
    APPLY = Post "/v1/permits" "permits.apply", SignedIn(Some(Scope::PermitsWrite)), Required, ((), NewPermit) -> Permit,
        [NotFound];
    /// One's applications, the newest first
    LIST = Get "/v1/permits" "permits.list", SignedIn(Some(Scope::PermitsRead)), None, ((), PermitQuery) -> Page<Permit>,
        [Invalid];
    /// An application with what happened and what happens next
    SHOW = Get "/v1/permits/{id}" "permits.show", SignedIn(Some(Scope::PermitsRead)), None, (PermitId, Empty) -> Permit,
        [NotFound];
    /// Change the answers of a draft
    EDIT = Patch "/v1/permits/{id}" "permits.edit", SignedIn(Some(Scope::PermitsWrite)), Accepted,
        (PermitId, PermitEdit) -> Permit, [NotFound, Conflict];
    /// Submit a draft
    SUBMIT = Post "/v1/permits/{id}/submit" "permits.submit", SignedIn(Some(Scope::PermitsWrite)), Accepted,
        (PermitId, Submission) -> Permit, [NotFound, Conflict];
    /// Answer what a clerk asked
    ANSWER = Post "/v1/permits/{id}/answer" "permits.answer", SignedIn(Some(Scope::PermitsWrite)), Accepted,
        (PermitId, PermitAnswer) -> Permit, [NotFound, Conflict];
    /// Take an application back
    WITHDRAW = Post "/v1/permits/{id}/withdraw" "permits.withdraw", SignedIn(Some(Scope::PermitsWrite)), Accepted,
        (PermitId, Remark) -> Permit, [NotFound, Conflict];
    /// Attach a document; the same one twice is attached once
    ATTACH = Post "/v1/permits/{id}/documents/{document}" "permits.attach", SignedIn(Some(Scope::PermitsWrite)), None,
        ((PermitId, Slug), File) -> Permit, [NotFound, Conflict, TooLarge, WrongMediaType];
    /// A document that was attached
    DOCUMENT = Get "/v1/permits/{id}/documents/{document}" "permits.document", SignedIn(Some(Scope::PermitsRead)), None,
        ((PermitId, Slug), Empty) -> File, [NotFound];
    /// The permit itself, once issued
    DOWNLOAD = Get "/v1/permits/{id}/permit" "permits.download", SignedIn(Some(Scope::PermitsRead)), None,
        (PermitId, Empty) -> File, [NotFound, Conflict];
}
