//! The life of a service request at a city's own portal: what its reporter and followers see and do beyond GeoReport,
//! and what clerks do with it.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, File, Power, Scope, Slug},
    id::RequestId,
    page::Page,
    requests::RequestStatus,
    time::Timestamp,
};
use crate::{endpoints, list_query, words};

words! {
    /// Where a request stands, in the words of service request updates.
    pub enum Stage ("update status") {
        /// Received.
        Open = "open",
        /// Closed without a reason told.
        Closed = "closed",
        /// Done.
        Fixed = "fixed",
        /// Being worked on.
        InProgress = "in_progress",
        /// To be done with other work.
        Planned = "planned",
        /// To be done on a set day.
        ActionScheduled = "action_scheduled",
        /// Being looked at.
        Investigating = "investigating",
        /// The same as another one, whose state it shares.
        Duplicate = "duplicate",
        /// Closed: nothing more will be done.
        NoFurtherAction = "no_further_action",
        /// Closed: handed to whom it belongs to.
        InternalReferral = "internal_referral",
        /// Closed at its reporter's wish.
        Cancelled = "cancelled",
        /// Open again.
        Reopen = "reopen",
        /// Waits for somebody to decide whose it is.
        ForTriage = "for_triage",
    }
}

words! {
    /// Why a clerk closes a request.
    pub enum Reason ("closing reason") {
        /// It was done.
        Fixed = "fixed",
        /// Somebody went, and found nothing.
        NothingFound = "nothing_found",
        /// It belongs to somebody else: the county, a utility, an owner.
        NotOurs = "not_ours",
        /// The city decided not to.
        Declined = "declined",
        /// The reporter wished it.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Who reads a note.
    pub enum NoteAudience ("audience of a note") {
        /// Everybody who may read the request.
        Public = "public",
        /// Clerks.
        Internal = "internal",
    }
}

impl Reason {
    /// What the public is told.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Fixed => "The work is done.",
            Self::NothingFound => "A crew went there and found nothing to be done.",
            Self::NotOurs => "This is not the city's to do; it was handed to whom it belongs to.",
            Self::Declined => "The city will not do this.",
            Self::Withdrawn => "It was closed at the reporter's wish.",
        }
    }

    /// Where it leaves a request.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Fixed => Stage::Fixed,
            Self::NothingFound | Self::Declined => Stage::NoFurtherAction,
            Self::NotOurs => Stage::InternalReferral,
            Self::Withdrawn => Stage::Cancelled,
        }
    }
}

impl Stage {
    /// GeoReport's state of it; a duplicate has that of what it duplicates.
    pub const fn is_closing(self) -> bool {
        matches!(self, Self::Closed | Self::Fixed | Self::NoFurtherAction | Self::InternalReferral | Self::Cancelled)
    }
}

/// Something that happened to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// Where it left the request.
    pub status: Stage,
    /// What was said.
    pub note: Option<String>,
    /// Who did it: `reporter`, `resident` or the department; clerks see names.
    pub by: String,
    /// Who reads it; `internal` is shown to clerks only.
    pub audience: NoteAudience,
}

/// An answer to a question of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Answer {
    /// The question's code.
    pub code: String,
    /// What was answered: keys of what was chosen, or one text.
    pub values: Vec<String>,
}

/// A service request: GeoReport v2's names, then the portal's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ServiceRequest {
    /// `REQ-…`.
    pub service_request_id: RequestId,
    /// Open or closed.
    pub status: RequestStatus,
    /// What was last said to the public.
    pub status_notes: Option<String>,
    /// What was asked for, in words.
    pub service_name: String,
    /// What was asked for.
    pub service_code: String,
    /// What the reporter wrote.
    pub description: Option<String>,
    /// The department that does it.
    pub agency_responsible: Option<String>,
    /// What is promised.
    pub service_notice: Option<String>,
    /// When it was filed.
    pub requested_datetime: Timestamp,
    /// When it was last changed.
    pub updated_datetime: Timestamp,
    /// By when it is promised.
    pub expected_datetime: Option<Timestamp>,
    /// Where it is, in words.
    pub address: Option<String>,
    /// Where it is, in the city's register.
    pub address_id: Option<String>,
    /// Its postal code.
    pub zipcode: Option<String>,
    /// Degrees north (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east (WGS 84).
    pub long: Option<f64>,
    /// A picture of it.
    pub media_url: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The request it is the same as.
    pub duplicate_of: Option<RequestId>,
    /// A closed one can be reopened until then.
    pub reopen_until: Option<Timestamp>,
    /// Whether the caller filed it.
    pub mine: bool,
    /// Whether the caller follows it.
    pub following: bool,
    /// What was answered.
    pub answers: Vec<Answer>,
    /// What happened to it, the oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// Who filed a request, as told when filing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Reporter {
    /// The account, where they were signed in.
    pub username: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Where mail goes.
    pub email: Option<String>,
    /// Where they are called.
    pub phone: Option<String>,
}

/// A request as clerks see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Case {
    /// The request, with internal notes in its timeline.
    #[serde(flatten)]
    pub request: ServiceRequest,
    /// The id of the department that does it.
    pub department: String,
    /// The clerk who does it.
    pub assignee: Option<String>,
    /// Whether only the reporter and clerks read it.
    pub private: bool,
    /// Why it was closed.
    pub reason: Option<Reason>,
    /// How many people follow it.
    pub followers: i64,
    /// Who filed it.
    pub reporter: Reporter,
}

/// Where to look for requests that may be the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Nearby {
    /// What is to be asked for.
    pub service_code: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub long: f64,
}

/// A request close by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Neighbour {
    /// The request.
    #[serde(flatten)]
    pub request: ServiceRequest,
    /// How far away it is, in whole metres.
    pub distance_m: u32,
}

/// Open requests close by, the nearest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Similar {
    /// How close counts, in metres.
    pub radius_m: u32,
    /// The requests.
    pub items: Vec<Neighbour>,
}

/// Something said about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Comment {
    /// What is said, 1 to 4000 characters.
    pub text: String,
}

list_query! {
    /// Which of one's own requests.
    pub struct RequestQuery {
        /// In this state.
        pub status: RequestStatus,
    }
}

list_query! {
    /// Which requests.
    pub struct CaseQuery {
        /// In this state.
        pub status: RequestStatus,
        /// For this service.
        pub service_code: String,
        /// Of this department.
        pub department: String,
        /// Assigned to this clerk; `none` for those nobody has.
        pub assignee: String,
        /// Past what was promised, and open.
        pub overdue: bool,
    }
}

/// To whom a request goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Assign {
    /// A clerk, by username.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// A department, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
}

/// A clerk's note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Note {
    /// What is said, 1 to 4000 characters.
    pub text: String,
    /// Who reads it.
    pub audience: NoteAudience,
    /// Where the request stands now: open, in_progress, planned, action_scheduled, investigating or for_triage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Stage>,
}

/// The end of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Close {
    /// Why.
    pub reason: Reason,
    /// What the public reads beside the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a request is open again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Reopen {
    /// What the public reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a request is the same as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct DuplicateOf {
    /// The request whose state it shares from now on.
    pub of: RequestId,
}

endpoints! {
    /// The requests the caller filed, newest first
    LIST = Get "/v1/requests" "requests.list", SignedIn(Some(Scope::RequestsRead)), None,
        ((), RequestQuery) -> Page<ServiceRequest>, [Invalid];
    /// A request with its timeline
    SHOW = Get "/v1/requests/{id}" "requests.show", SignedIn(Some(Scope::RequestsRead)), None,
        (RequestId, Empty) -> ServiceRequest, [];
    /// A picture that came with a request
    PICTURE = Get "/v1/requests/{id}/pictures/{place}" "requests.picture", Visitor(), None,
        ((RequestId, Slug), Empty) -> File, [];
    /// Open requests for the same service close by
    SIMILAR = Get "/v1/requests/similar" "requests.similar", Anyone(), None, ((), Nearby) -> Similar, [NotFound];
    /// Comment on a request; the reporter's comment reopens one that was closed a short time ago
    COMMENT = Post "/v1/requests/{id}/comments" "requests.comment", SignedIn(Some(Scope::RequestsWrite)), Accepted,
        (RequestId, Comment) -> ServiceRequest, [Conflict];
    /// Follow a request
    FOLLOW = Post "/v1/requests/{id}/follow" "requests.follow", SignedIn(Some(Scope::RequestsWrite)), Accepted,
        (RequestId, Empty) -> ServiceRequest, [];
    /// Stop following a request
    UNFOLLOW = Delete "/v1/requests/{id}/follow" "requests.unfollow", SignedIn(Some(Scope::RequestsWrite)), None,
        (RequestId, Empty) -> ServiceRequest, [];
    /// Requests, the newest first
    STAFF_LIST = Get "/v1/staff/requests" "staff.requests.list", Clerk(Power::Requests), None,
        ((), CaseQuery) -> Page<Case>, [Invalid];
    /// A request with who filed it and every note
    STAFF_SHOW = Get "/v1/staff/requests/{id}" "staff.requests.show", Clerk(Power::Requests), None,
        (RequestId, Empty) -> Case, [];
    /// Assign a request to a clerk or department
    ASSIGN = Post "/v1/staff/requests/{id}/assign" "staff.requests.assign", Clerk(Power::Requests), Accepted,
        (RequestId, Assign) -> Case, [Conflict];
    /// Note something on a request
    NOTE = Post "/v1/staff/requests/{id}/notes" "staff.requests.note", Clerk(Power::Requests), Accepted,
        (RequestId, Note) -> Case, [Conflict];
    /// Close a request
    CLOSE = Post "/v1/staff/requests/{id}/close" "staff.requests.close", Clerk(Power::Requests), Accepted,
        (RequestId, Close) -> Case, [Conflict];
    /// Reopen a request
    REOPEN = Post "/v1/staff/requests/{id}/reopen" "staff.requests.reopen", Clerk(Power::Requests), Accepted,
        (RequestId, Reopen) -> Case, [Conflict];
    /// Tell that a request is the same as another one
    DUPLICATE = Post "/v1/staff/requests/{id}/duplicate" "staff.requests.duplicate", Clerk(Power::Requests), Accepted,
        (RequestId, DuplicateOf) -> Case, [Conflict];
}
