//! `citytime programs calendar`: programs as iCalendar (RFC 5545), for a calendar to import or subscribe to. An event
//! keeps its UID, counts its changes, and stays as CANCELLED, so that a calendar that knew it takes it out.

use std::fmt::Write;

use clap::Args;
use icalendar::{Component, Event, EventLike, EventStatus, Property};
use jiff::tz::{Dst, Offset, TimeZone};

use super::{PROGRAM, REGISTRATION_SHEET};
use crate::{
    api::{
        city::City,
        programs::{
            LIST, Program, ProgramQuery, ProgramStatus, REGISTRATIONS, Registration, RegistrationQuery,
            RegistrationStatus,
        },
        time::{Timestamp, When},
    },
    cli::{Context, ical},
    failure::{Failure, Result},
    settings::Format,
    ui::Outcome,
};

/// How many days back a calendar reaches unless said: what was called off lately must still be told.
const DAYS_BACK: i32 = -30;

/// Programs for a calendar: iCalendar on stdout
///
/// Import the file, or have cron renew it. An event keeps its identity, and one that was called off stays in the file
/// as cancelled, so that calendars take it out. With -o json, jsonl, csv or ids you get the programs themselves.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime programs calendar > riverton.ics
  citytime programs calendar --mine > mine.ics
  citytime programs calendar --category meeting --to 90d > meetings.ics")]
pub(super) struct CalendarArgs {
    /// Only what you are registered for, or wait for
    #[arg(long, conflicts_with = "category")]
    mine: bool,
    /// Only of this category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Beginning on or after this day; thirty days ago unless given
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<When>,
    /// Beginning on or before this day: 2026-12-31, 90d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<When>,
}

pub(super) async fn run(context: &mut Context, args: CalendarArgs) -> Result<Outcome> {
    let from = Some(args.from.unwrap_or(When::InDays(DAYS_BACK)));
    // Where a program reads, it gets what every list gives.
    let as_data = !matches!(context.ui.format(), Format::Table | Format::Tsv);
    let entries: Vec<Entry> = if args.mine {
        let query = RegistrationQuery { from, to: args.to, ..RegistrationQuery::default() };
        let registrations = context.portal().await?.pages(&REGISTRATIONS, query).all().await?;
        if as_data {
            return Outcome::many(&REGISTRATION_SHEET, &registrations);
        }
        registrations.into_iter().map(Entry::from).collect()
    } else {
        let query = ProgramQuery { category: args.category, from, to: args.to, ..ProgramQuery::default() };
        let programs = context.public_portal()?.pages(&LIST, query).all().await?;
        if as_data {
            return Outcome::many(&PROGRAM, &programs);
        }
        programs.into_iter().map(Entry::from).collect()
    };
    Ok(Outcome::Text(calendar(context.city().await?, &entries)?))
}

/// Something for a calendar.
#[derive(Debug, Clone)]
struct Entry {
    id: String,
    title: String,
    description: Option<String>,
    venue: String,
    category: Option<String>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    status: EventStatus,
    sequence: i64,
    changed_at: Timestamp,
}

impl From<Program> for Entry {
    fn from(program: Program) -> Self {
        let status = match program.status {
            ProgramStatus::Cancelled => EventStatus::Cancelled,
            _ => EventStatus::Confirmed,
        };
        let reason = program.reason.map(|reason| format!("Called off: {reason}"));
        Self {
            id: program.id.to_string(),
            title: program.title,
            description: reason.or(program.description),
            venue: program.venue,
            category: Some(program.category),
            starts_at: program.starts_at,
            ends_at: program.ends_at,
            status,
            sequence: program.sequence,
            changed_at: program.changed_at,
        }
    }
}

impl From<Registration> for Entry {
    fn from(registration: Registration) -> Self {
        let status = match registration.status {
            RegistrationStatus::Registered | RegistrationStatus::Attended => EventStatus::Confirmed,
            RegistrationStatus::Held | RegistrationStatus::Waitlisted => EventStatus::Tentative,
            RegistrationStatus::Cancelled => EventStatus::Cancelled,
        };
        let mut description = format!("{} ({})", registration.participants.join(", "), registration.status);
        if let Some(note) = &registration.note {
            // Writing to a `String` cannot fail.
            let _ = write!(description, "\n{note}");
        }
        Self {
            id: registration.id.to_string(),
            title: registration.title,
            description: Some(description),
            venue: registration.venue,
            category: None,
            starts_at: registration.starts_at,
            ends_at: registration.ends_at,
            status,
            sequence: registration.sequence,
            changed_at: registration.changed_at,
        }
    }
}

/// The entries as one calendar, in the city's zone.
fn calendar(city: &City, entries: &[Entry]) -> Result<String> {
    let zone = TimeZone::get(&city.zone);
    let zone = zone.map_err(|error| Failure::bug(format!("the city's zone `{}` is not known: {error}", city.zone)))?;
    let mut calendar = ical::begun(city);
    for entry in entries {
        calendar.push(event(entry, city, &zone));
    }
    // The crate gives every component a DTSTAMP and a UID, which a VTIMEZONE must not have (section 3.6.5).
    let text = calendar.to_string();
    let place = text.find("BEGIN:VEVENT").or_else(|| text.rfind("END:VCALENDAR"));
    let (head, tail) = text.split_at(place.unwrap_or(text.len()));
    Ok(format!("{head}{}{tail}", observances(city, &zone, entries)))
}

fn event(entry: &Entry, city: &City, zone: &TimeZone) -> Event {
    let local = |key: &str, at: Timestamp| {
        let text = at.in_zone(zone).strftime("%Y%m%dT%H%M%S").to_string();
        Property::new(key, text).add_parameter("TZID", &city.zone).done()
    };
    let changed_at = entry.changed_at.in_zone(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut event = Event::with_uid(&ical::uid(city, &entry.id));
    event
        .summary(&entry.title)
        .location(&entry.venue)
        .status(entry.status)
        .append_property(Property::new("SEQUENCE", entry.sequence.to_string()))
        .append_property(Property::new("DTSTAMP", &changed_at))
        .append_property(Property::new("LAST-MODIFIED", &changed_at))
        .append_property(local("DTSTART", entry.starts_at))
        .append_property(local("DTEND", entry.ends_at));
    if let Some(description) = &entry.description {
        event.description(description);
    }
    if let Some(category) = &entry.category {
        event.append_property(Property::new("CATEGORIES", category));
    }
    event
}

/// What the zone's clocks do from before the first entry until after the last: each change by its own observance, as
/// rules for ever are not known to anybody.
fn observances(city: &City, zone: &TimeZone, entries: &[Entry]) -> String {
    let instant = |at: Timestamp| jiff::Timestamp::from_millisecond(at.as_millisecond()).unwrap_or_default();
    let first = entries.iter().map(|entry| instant(entry.starts_at)).min().unwrap_or_default();
    let last = entries.iter().map(|entry| instant(entry.ends_at)).max().unwrap_or_default();
    let before = zone.preceding(first).next();
    let changes = before.into_iter().chain(zone.following(first).take_while(|change| change.timestamp() <= last));
    let mut lines = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", city.zone);
    let mut told = false;
    for change in changes {
        told = true;
        let earlier = change.timestamp().checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(change.timestamp());
        let from = zone.to_offset(earlier);
        let kind = if change.dst() == Dst::Yes { "DAYLIGHT" } else { "STANDARD" };
        // The onset is told on the clock that was right until then.
        let onset = from.to_datetime(change.timestamp()).strftime("%Y%m%dT%H%M%S").to_string();
        lines += &observance(kind, &onset, from, change.offset(), change.abbreviation());
    }
    if !told {
        let info = zone.to_offset_info(first);
        lines += &observance("STANDARD", "19700101T000000", info.offset(), info.offset(), info.abbreviation());
    }
    lines + "END:VTIMEZONE\r\n"
}

fn observance(kind: &str, onset: &str, from: Offset, to: Offset, name: &str) -> String {
    let (from, to) = (utc_offset(from), utc_offset(to));
    format!(
        "BEGIN:{kind}\r\nDTSTART:{onset}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nTZNAME:{name}\r\nEND:{kind}\r\n"
    )
}

/// As section 3.3.14 has it: `-0600`, with seconds only where there are some.
fn utc_offset(offset: Offset) -> String {
    let (sign, seconds) = (if offset.is_negative() { '-' } else { '+' }, offset.seconds().unsigned_abs());
    let tail = if seconds % 60 == 0 { String::new() } else { format!("{:02}", seconds % 60) };
    format!("{sign}{:02}{:02}{tail}", seconds / 3600, seconds / 60 % 60)
}
