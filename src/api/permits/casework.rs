//! What clerks do with applications: their queue, questions, decisions, and the permit issued.

use serde::{Deserialize, Serialize};

use super::{Decision, Permit, PermitStatus, Remark};
use crate::{
    api::{
        endpoint::{Empty, File, Power, Slug},
        id::PermitId,
        page::Page,
    },
    endpoints, list_query,
};

/// What a clerk asks an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Inquiry {
    /// The question.
    pub note: String,
}

/// Who is to look after an application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Assignment {
    /// A clerk's name; whoever asks, where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// A clerk's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// What is decided.
    pub decision: Decision,
    /// Why; a denial needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The version that was looked at; the present one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

list_query! {
    /// Which applications of a clerk's queue.
    pub struct CaseQuery {
        /// Those that stand here; those a clerk has something to do for, where left out.
        pub status: PermitStatus,
        /// Of one type.
        #[serde(rename = "type")]
        pub kind: String,
        /// Looked after by this clerk; `me` is whoever asks.
        pub assignee: String,
    }
}

endpoints! {
    /// The applications clerks have something to do for, the longest submitted first
    CASES = Get "/v1/staff/permits" "staff.permits.list", Clerk(Power::Permits), None, ((), CaseQuery) -> Page<Permit>,
        [Invalid];
    /// An application as clerks see it
    CASE = Get "/v1/staff/permits/{id}" "staff.permits.show", Clerk(Power::Permits), None, (PermitId, Empty) -> Permit,
        [NotFound];
    /// Say who looks after an application
    ASSIGN = Post "/v1/staff/permits/{id}/assign" "staff.permits.assign", Clerk(Power::Permits), Accepted,
        (PermitId, Assignment) -> Permit, [NotFound, Conflict];
    /// Ask the applicant for something
    ASK = Post "/v1/staff/permits/{id}/ask" "staff.permits.ask", Clerk(Power::Permits), Accepted,
        (PermitId, Inquiry) -> Permit, [NotFound, Conflict];
    /// Approve or deny an application
    DECIDE = Post "/v1/staff/permits/{id}/decide" "staff.permits.decide", Clerk(Power::Permits), Accepted,
        (PermitId, Verdict) -> Permit, [NotFound, Conflict];
    /// Issue an approved permit
    ISSUE = Post "/v1/staff/permits/{id}/issue" "staff.permits.issue", Clerk(Power::Permits), Accepted,
        (PermitId, Remark) -> Permit, [NotFound, Conflict];
    /// A document of an application, for clerks
    CASE_DOCUMENT = Get "/v1/staff/permits/{id}/documents/{document}" "staff.permits.document", Clerk(Power::Permits), None,
        ((PermitId, Slug), Empty) -> File, [NotFound];
}
