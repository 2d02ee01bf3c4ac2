//! What people are told of their registrations.

use jiff::tz::TimeZone;

use super::queries::{Move, PartyRow, ProgramRow};
use crate::{
    api::{notices::Topic, programs::RegistrationStatus, time::Timestamp},
    portal::{Portal, notices::Notice},
};

/// What is told when a registration has come to stand somewhere; nothing of somebody having been there.
pub(super) fn notice(
    portal: &Portal,
    program: &ProgramRow,
    party: &PartyRow,
    status: RegistrationStatus,
    with: &Move,
) -> Option<Notice> {
    let (id, title) = (party.id, &program.title);
    let waited = party.status == RegistrationStatus::Waitlisted;
    let list = || "citytime programs registrations --from today".to_owned();
    let (subject, told, command) = match status {
        RegistrationStatus::Held => (
            if waited { format!("Your turn: {title}") } else { format!("Seats held: {title}") },
            if waited {
                "Seats have fallen free, and they are held for you until the fee is paid."
            } else {
                "Your seats are held until the fee is paid."
            },
            with.bill.map_or_else(list, |bill| format!("citytime bills pay {bill}")),
        ),
        RegistrationStatus::Registered => (
            format!("Registered: {title}"),
            if waited { "Seats have fallen free: you are registered." } else { "You are registered." },
            "citytime programs calendar".to_owned(),
        ),
        RegistrationStatus::Waitlisted => (
            format!("On the waiting list: {title}"),
            "It is full. You are on the waiting list, and we tell you as soon as there are seats for you.",
            list(),
        ),
        RegistrationStatus::Cancelled => (format!("Cancelled: {title}"), "Your registration is cancelled.", list()),
        RegistrationStatus::Attended => return None,
    };
    let why = with.note.as_ref().map(|note| format!("The reason: {note}."));
    let zone = &portal.city().zone;
    let mut notice = Notice::new(Topic::Programs, subject)
        .says(told)
        .says_if(why)
        .fact("When", local(program.starts_at, zone))
        .fact("Where", &program.venue)
        .fact("Registration", id);
    if let Some(end) = with.hold_ends_at {
        notice = notice.fact("Pay by", local(end, zone));
    }
    Some(notice.command(command).about(id))
}

/// `2026-11-27 18:00`, on the city's clocks.
fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.in_zone(zone).strftime("%a %Y-%m-%d %H:%M").to_string()
}
