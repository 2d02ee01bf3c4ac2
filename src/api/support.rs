//! Reaching the city's support.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power, Scope},
    id::{AccountId, TicketId},
    page::Page,
    time::Timestamp,
};
use crate::{endpoints, list_query, words};

/// How to reach support now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Where mail goes.
    pub email: String,
    /// E.164.
    pub phone: String,
    /// When the telephone is answered, in the city's zone: `Mon–Fri 08:00–17:00`.
    pub hours: Vec<String>,
    /// Whether it is answered now.
    pub open_now: bool,
}

/// A question people ask, and the city's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Faq {
    /// The city's word for it.
    pub id: String,
    /// What people ask.
    pub question: String,
    /// What the city says.
    pub answer: String,
}

words! {
    /// The state of a support ticket: `open → answered → closed`; what its writer says opens it again.
    pub enum TicketStatus ("ticket status") {
        /// The city is to answer.
        Open = "open",
        /// The city has answered.
        Answered = "answered",
        /// It is settled.
        Closed = "closed",
    }
}

words! {
    /// Who said something in a support ticket.
    pub enum TicketSide ("side of a ticket") {
        /// Whoever wrote to support.
        Resident = "resident",
        /// The city.
        City = "city",
    }
}

/// What somebody said in a support ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TicketMessage {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: TicketSide,
    /// The clerk's username, for clerks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk: Option<String>,
    /// In their words.
    pub text: String,
}

/// A support ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Ticket {
    /// `TKT-…`.
    pub id: TicketId,
    /// What it is about, in a line.
    pub subject: String,
    /// Its state.
    pub status: TicketStatus,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When somebody last said or changed something.
    pub updated_at: Timestamp,
    /// Everything that was said, the first first; left out in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<TicketMessage>>,
}

/// Whoever wrote to support, for clerks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TicketWriter {
    /// The name they sign in with.
    pub username: String,
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// Where notices go.
    pub email: String,
    /// E.164.
    pub phone: Option<String>,
}

/// A support ticket as clerks see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct TicketCase {
    /// `TKT-…`.
    pub id: TicketId,
    /// What it is about, in a line.
    pub subject: String,
    /// Its state.
    pub status: TicketStatus,
    /// Who wrote it.
    pub writer: TicketWriter,
    /// The clerk who has it, by username.
    pub assignee: Option<String>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When somebody last said or changed something.
    pub updated_at: Timestamp,
    /// Everything that was said, the first first; left out in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<TicketMessage>>,
}

/// A ticket to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewTicket {
    /// What it is about, in a line of at most 150 characters.
    pub subject: String,
    /// What is to be said, in at most 10 000 characters.
    pub text: String,
}

/// What is said in a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Reply {
    /// At most 10 000 characters.
    pub text: String,
}

/// How a ticket is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct CloseTicket {
    /// What is said with it, in at most 10 000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Who is to have a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AssignTicket {
    /// A clerk with the power `support`, by username; whoever calls where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

list_query! {
    /// Which questions, the best answer first.
    pub struct FaqQuery {
        /// What it is about; every question where left out.
        pub words: String,
    }
}

list_query! {
    /// Which tickets, the newest first.
    pub struct TicketQuery {
        /// Only those in this state.
        pub status: TicketStatus,
    }
}

list_query! {
    /// Which tickets, the one that waits longest first.
    pub struct TicketCaseQuery {
        /// Only those in this state; what is not closed where left out.
        pub status: TicketStatus,
        /// Only those of this clerk, by username: `me` for whoever calls, `none` for those nobody has.
        pub assignee: String,
        /// Only those of whoever signs in by this name.
        pub writer: String,
    }
}

endpoints! {
    /// Questions people ask, the best answer first
    FAQ = Get "/v1/support/faq" "support.faq", Anyone(), None, ((), FaqQuery) -> Page<Faq>, [Invalid];
    /// How to reach support, and whether the telephone is answered now
    CONTACT = Get "/v1/support/contact" "support.contact", Anyone(), None, ((), Empty) -> Contact, [];
    /// Write to support
    OPEN = Post "/v1/support/tickets" "support.open", SignedIn(Some(Scope::SupportWrite)), Accepted,
        ((), NewTicket) -> Ticket, [Invalid, RateLimited];
    /// One's support tickets, the newest first
    LIST = Get "/v1/support/tickets" "support.list", SignedIn(Some(Scope::SupportRead)), None,
        ((), TicketQuery) -> Page<Ticket>, [Invalid];
    /// A support ticket, and everything that was said
    SHOW = Get "/v1/support/tickets/{id}" "support.show", SignedIn(Some(Scope::SupportRead)), None,
        (TicketId, Empty) -> Ticket, [NotFound];
    /// Say more in a support ticket; one that was answered or closed is open again
    REPLY = Post "/v1/support/tickets/{id}/reply" "support.reply", SignedIn(Some(Scope::SupportWrite)), Accepted,
        (TicketId, Reply) -> Ticket, [Invalid, NotFound, RateLimited];
    /// Support tickets, the one that waits longest first
    CASES = Get "/v1/staff/support" "staff.support.list", Clerk(Power::Support), None,
        ((), TicketCaseQuery) -> Page<TicketCase>, [Invalid];
    /// A support ticket, with who wrote it
    CASE = Get "/v1/staff/support/{id}" "staff.support.show", Clerk(Power::Support), None,
        (TicketId, Empty) -> TicketCase, [NotFound];
    /// Answer a support ticket that is not closed
    ANSWER = Post "/v1/staff/support/{id}/reply" "staff.support.reply", Clerk(Power::Support), Accepted,
        (TicketId, Reply) -> TicketCase, [Invalid, NotFound, Conflict];
    /// Close a support ticket
    CLOSE = Post "/v1/staff/support/{id}/close" "staff.support.close", Clerk(Power::Support), Accepted,
        (TicketId, CloseTicket) -> TicketCase, [Invalid, NotFound, Conflict];
    /// Give a support ticket to a clerk
    ASSIGN = Post "/v1/staff/support/{id}/assign" "staff.support.assign", Clerk(Power::Support), Accepted,
        (TicketId, AssignTicket) -> TicketCase, [Invalid, NotFound];
}
