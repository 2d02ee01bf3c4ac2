//! Programs: workshops, activities and meetings the city offers, and registrations for them.

use serde::{Deserialize, Serialize};

use super::{
    endpoint::{Empty, Power, Scope},
    id::{BillId, ProgramId, RegistrationId},
    money::{Currency, Minor},
    page::Page,
    staff::{Import, Imported},
    time::{Timestamp, When},
};
use crate::{endpoints, list_query, words};

words! {
    /// The state of a program, as it looks to somebody who would register now.
    pub enum ProgramStatus ("program status") {
        /// Registration has not begun.
        Scheduled = "scheduled",
        /// Seats are free.
        Open = "open",
        /// Every seat is taken: who registers joins the waiting list.
        Full = "full",
        /// Registration has ended.
        Closed = "closed",
        /// Called off by the city.
        Cancelled = "cancelled",
    }
}

words! {
    /// The state of a registration: `held → registered → attended`, `waitlisted → held | registered`, and `cancelled`.
    pub enum RegistrationStatus ("registration status") {
        /// The seats are kept until the fee is paid or the hold ends.
        Held = "held",
        /// The seats are taken.
        Registered = "registered",
        /// On the waiting list.
        Waitlisted = "waitlisted",
        /// Given up, by the resident, by the city, or because the fee was not paid.
        Cancelled = "cancelled",
        /// Somebody of the party was there.
        Attended = "attended",
    }
}

impl RegistrationStatus {
    /// Whether seats are taken by it.
    pub const fn has_seats(self) -> bool {
        matches!(self, Self::Held | Self::Registered | Self::Attended)
    }
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Program {
    /// `PRG-…`.
    pub id: ProgramId,
    /// The city's own code.
    pub number: String,
    /// One of the city's categories of programs.
    pub category: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where it is.
    pub venue: String,
    /// How many seats there are.
    pub capacity: i64,
    /// How many seats somebody who registers now can have.
    pub seats_left: i64,
    /// How many registrations are on the waiting list.
    pub waiting: i64,
    /// What each seat costs.
    pub fee: Minor,
    /// The currency.
    pub currency: Currency,
    /// When registration begins; null: it has always been open.
    pub opens_at: Option<Timestamp>,
    /// When registration ends.
    pub closes_at: Timestamp,
    /// Its state now.
    pub status: ProgramStatus,
    /// Why it was called off.
    pub reason: Option<String>,
    /// How often it was changed since it was published.
    pub sequence: i64,
    /// When it was published or last changed.
    pub changed_at: Timestamp,
}

/// Seats in a program, or places on its waiting list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Registration {
    /// `REG-…`.
    pub id: RegistrationId,
    /// The program.
    pub program: ProgramId,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where it is.
    pub venue: String,
    /// The registration's state.
    pub status: RegistrationStatus,
    /// Its place on the waiting list, the first is 1; null where it has seats or had.
    pub position: Option<i64>,
    /// Who comes: each takes a seat.
    pub participants: Vec<String>,
    /// The bill of the fee, where there is one.
    pub bill: Option<BillId>,
    /// Until when the seats are kept without the fee.
    pub hold_ends_at: Option<Timestamp>,
    /// What is to be known of its state, in words.
    pub note: Option<String>,
    /// How often it or its program was changed.
    pub sequence: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it or its program was last changed.
    pub changed_at: Timestamp,
}

/// A registration to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct NewRegistration {
    /// Who comes, at most 10; the account's holder where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<String>,
    /// Refuse, instead of joining the waiting list, when there are too few free seats.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seats_only: bool,
}

list_query! {
    /// Which programs, by when they begin.
    pub struct ProgramQuery {
        /// Of one category.
        pub category: String,
        /// Beginning on or after this day; today unless said.
        pub from: When,
        /// Beginning on or before this day.
        pub to: When,
        /// Only those without a fee (true), or with one (false).
        pub free: bool,
        /// Only those with free seats and open registration (true), or the others (false).
        pub open: bool,
    }
}

list_query! {
    /// Which of one's registrations, by when their programs begin.
    pub struct RegistrationQuery {
        /// In one state.
        pub status: RegistrationStatus,
        /// For programs beginning on or after this day.
        pub from: When,
        /// For programs beginning on or before this day.
        pub to: When,
    }
}

list_query! {
    /// Which registrations of a program.
    pub struct RosterQuery {
        /// The program.
        pub program: ProgramId,
        /// In one state.
        pub status: RegistrationStatus,
    }
}

/// A program as the city keeps it; `line` is where it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct ProgramLine {
    /// The line in the file.
    pub line: u64,
    /// The city's own code of the program.
    pub number: String,
    /// One of the city's categories of programs.
    pub category: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where it is.
    pub venue: String,
    /// How many seats there are.
    pub capacity: i64,
    /// What each seat costs.
    pub fee: Minor,
    /// When registration begins; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// When registration ends; when the program begins where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
}

/// Somebody who was there; `line` is where it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct AttendanceLine {
    /// The line in the file.
    pub line: u64,
    /// The registration.
    pub registration: RegistrationId,
}

/// Why a program is called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "portal", derive(utoipa::ToSchema))]
pub struct Cancellation {
    /// In words, for whoever is registered.
    pub reason: String,
}

endpoints! {
    /// The city's programs, the next first
    LIST = Get "/v1/programs" "programs.list", Anyone(), None, ((), ProgramQuery) -> Page<Program>, [Invalid];
    /// A program
    SHOW = Get "/v1/programs/{id}" "programs.show", Anyone(), None, (ProgramId, Empty) -> Program, [NotFound];
    /// Register for a program, or join its waiting list
    REGISTER = Post "/v1/programs/{id}/register" "programs.register", SignedIn(Some(Scope::ProgramsWrite)), Required,
        (ProgramId, NewRegistration) -> Registration, [Invalid, NotFound, Conflict, Closed, Full, Cancelled];
    /// One's registrations, the next program first
    REGISTRATIONS = Get "/v1/registrations" "registrations.list", SignedIn(Some(Scope::ProgramsRead)), None,
        ((), RegistrationQuery) -> Page<Registration>, [Invalid];
    /// A registration
    REGISTRATION = Get "/v1/registrations/{id}" "registrations.show", SignedIn(Some(Scope::ProgramsRead)), None,
        (RegistrationId, Empty) -> Registration, [NotFound];
    /// Cancel a registration
    CANCEL = Post "/v1/registrations/{id}/cancel" "registrations.cancel", SignedIn(Some(Scope::ProgramsWrite)), Accepted,
        (RegistrationId, Empty) -> Registration, [NotFound, Conflict];

    /// Publish programs, and changes to them
    PUBLISH = Post "/v1/staff/programs/import" "staff.programs.import", Clerk(Power::Programs), Accepted,
        ((), Import<ProgramLine>) -> Imported, [Invalid];
    /// Call a program off
    CALL_OFF = Post "/v1/staff/programs/{id}/cancel" "staff.programs.cancel", Clerk(Power::Programs), Accepted,
        (ProgramId, Cancellation) -> Program, [Invalid, NotFound, Conflict, Cancelled];
    /// Who is registered for a program, in the order of asking
    ROSTER = Get "/v1/staff/registrations" "staff.registrations.list", Clerk(Power::Programs), None,
        ((), RosterQuery) -> Page<Registration>, [Invalid, NotFound];
    /// Note who was there
    ATTENDANCE = Post "/v1/staff/programs/{id}/attendance" "staff.programs.attendance", Clerk(Power::Programs), Accepted,
        (ProgramId, Import<AttendanceLine>) -> Imported, [Invalid, NotFound, Conflict];
}
