//! Who gets a seat and who waits; what a program looks like now; what is refused, and with which words.
//!
//! Seats go to whoever asks first and fits. Who does not fit waits. What falls free while somebody waits belongs to the
//! waiting list, strictly in order: the first of it is seated as soon as the whole party fits, and nobody overtakes it.

use jiff::{SignedDuration, tz::TimeZone};

use super::queries::{ProgramRow, RegistrationRow};
use crate::{
    api::{
        id::ProgramKind,
        money::{Currency, Minor},
        problem::{Code, FieldError, Problem},
        programs::{Program, ProgramLine, ProgramQuery, ProgramStatus, Registration, RegistrationStatus},
        time::{Date, Timestamp, When},
    },
    portal::{
        city::City,
        error::{Error, Result},
        unknown,
        web::paging::read_time_cursor,
    },
};

/// The most participants of one registration.
pub const LARGEST_PARTY: usize = 10;
/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// How long seats are held for an unpaid fee, in hours.
const HOLD_HOURS: i64 = 48;
/// The most seats a program can have.
const LARGEST_CAPACITY: i64 = 1_000_000;
/// The largest fee, in minor units: a party's is still within a bill.
const LARGEST_FEE: i64 = 10_000_000_000;

/// A program's seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// How many there are.
    pub capacity: i64,
    /// How many are taken.
    pub taken: i64,
    /// How many free ones the waiting list has a right to.
    pub set_aside: i64,
    /// How many parties wait.
    pub waiting: i64,
}

/// Where a party goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It has seats.
    Seated,
    /// It is the last of the waiting list.
    Waiting,
}

impl Seats {
    /// How many a newcomer can have.
    pub const fn open(self) -> i64 {
        self.capacity - self.taken - self.set_aside
    }

    /// Where a party that asks now goes.
    pub const fn place(self, party: i64) -> Place {
        if party <= self.open() { Place::Seated } else { Place::Waiting }
    }

    /// With a party of newcomers where it goes.
    #[must_use]
    pub const fn with(self, party: i64) -> Self {
        match self.place(party) {
            Place::Seated => Self { taken: self.taken + party, ..self },
            Place::Waiting => Self { waiting: self.waiting + 1, ..self },
        }
    }

    /// Without the seats of a party. Whoever waits has a right to them.
    #[must_use]
    pub const fn without(self, party: i64) -> Self {
        Self { taken: self.taken - party, ..self }.freed()
    }

    /// Without a party that waited.
    #[must_use]
    pub const fn without_waiting(self) -> Self {
        let left = Self { waiting: self.waiting - 1, ..self };
        if left.waiting == 0 { Self { set_aside: 0, ..left } } else { left }
    }

    /// With another number of seats, not below those taken.
    #[must_use]
    pub const fn resized(self, capacity: i64) -> Self {
        let resized = Self { capacity, ..self };
        if capacity > self.capacity || self.set_aside > 0 { resized.freed() } else { resized }
    }

    /// With the first of the waiting list seated, if its whole party fits.
    pub const fn promote(self, party: i64) -> Option<Self> {
        if self.waiting == 0 || self.taken + party > self.capacity {
            return None;
        }
        let seated = Self { taken: self.taken + party, set_aside: 0, waiting: self.waiting - 1, ..self };
        Some(if self.set_aside > 0 { seated.freed() } else { seated })
    }

    /// What is free belongs to whoever waits.
    const fn freed(self) -> Self {
        let set_aside = if self.waiting > 0 { self.capacity - self.taken } else { 0 };
        Self { set_aside, ..self }
    }
}

/// A program as it looks now.
pub fn seen(row: ProgramRow, currency: Currency, now: Timestamp) -> Program {
    let status = status(&row, now);
    let seats = row.seats();
    Program {
        id: row.id,
        number: row.number,
        category: row.category,
        title: row.title,
        description: row.description,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        venue: row.venue,
        capacity: row.capacity,
        seats_left: if status == ProgramStatus::Cancelled { 0 } else { seats.open() },
        waiting: row.waiting,
        fee: row.fee,
        currency,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        status,
        reason: row.reason,
        sequence: row.sequence,
        changed_at: row.changed_at,
    }
}

/// The state of a program for somebody who would register now.
pub fn status(row: &ProgramRow, now: Timestamp) -> ProgramStatus {
    if row.cancelled_at.is_some() {
        ProgramStatus::Cancelled
    } else if now >= row.closes_at {
        ProgramStatus::Closed
    } else if row.opens_at.is_some_and(|opens_at| now < opens_at) {
        ProgramStatus::Scheduled
    } else if row.seats().open() <= 0 {
        ProgramStatus::Full
    } else {
        ProgramStatus::Open
    }
}

/// A registration as its account sees it.
pub fn registered(row: RegistrationRow) -> Result<Registration> {
    let participants = serde_json::from_str(&row.participants).map_err(Error::internal)?;
    Ok(Registration {
        id: row.id,
        program: row.program,
        title: row.title,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        venue: row.venue,
        status: row.status,
        position: (row.status == RegistrationStatus::Waitlisted).then_some(row.position),
        participants,
        bill: row.bill,
        hold_ends_at: row.hold_ends_at,
        note: row.note,
        sequence: row.sequence,
        created_at: row.created_at,
        changed_at: row.changed_at,
    })
}

/// Refuses a program nobody can register for now.
pub fn admit(row: &ProgramRow, city: &City, now: Timestamp) -> Result<()> {
    let local = |at: Timestamp| at.in_zone(&city.zone).strftime("%Y-%m-%d %H:%M").to_string();
    let others = "see what is open: citytime programs list --open";
    let problem = match status(row, now) {
        ProgramStatus::Open | ProgramStatus::Full => return Ok(()),
        ProgramStatus::Cancelled => {
            let reason = row.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
            Problem::new(Code::Cancelled, format!("`{}` was called off by the city{reason}", row.title)).hint(others)
        }
        ProgramStatus::Scheduled => {
            let opens = row.opens_at.map(local).unwrap_or_default();
            Problem::new(Code::Closed, format!("registration for `{}` opens {opens}", row.title))
                .hint("register from then on")
        }
        ProgramStatus::Closed => {
            let closed = local(row.closes_at);
            Problem::new(Code::Closed, format!("registration for `{}` closed {closed}", row.title)).hint(others)
        }
    };
    Err(problem.about(row.id).into())
}

/// Who comes: names without needless blanks, each once.
pub fn participants(asked: &[String]) -> Result<Vec<String>> {
    if asked.len() > LARGEST_PARTY {
        let detail = format!("one registration takes at most {LARGEST_PARTY} participants");
        return Err(Error::field("/participants", detail));
    }
    let mut names: Vec<String> = Vec::with_capacity(asked.len());
    for (place, typed) in asked.iter().enumerate() {
        let pointer = format!("/participants/{place}");
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Error::field(&pointer, "a participant's name is empty"));
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Error::field(&pointer, format!("a name is one line of at most {LONGEST_NAME} characters")));
        }
        if names.iter().any(|other| same(other, &name)) {
            return Err(Error::field(&pointer, format!("{name} is named twice")));
        }
        names.push(name);
    }
    Ok(names)
}

/// Whether two names are the same person's, as far as can be told.
pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Until when seats are held for a fee: two days, or until the program begins.
pub fn hold_ends(now: Timestamp, starts_at: Timestamp) -> Timestamp {
    now.plus(SignedDuration::from_hours(HOLD_HOURS)).min(starts_at)
}

/// The fee of a party.
pub fn party_fee(fee: Minor, party: i64) -> Minor {
    Minor(fee.0.saturating_mul(party))
}

/// Which programs to read.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The category asked for; empty for any.
    pub category: String,
    /// Beginning at or after this.
    pub from: Timestamp,
    /// Beginning before this.
    pub to: Timestamp,
    /// 1 without a fee, 0 with one, -1 for any.
    pub free: i64,
    /// 1 open, 0 not, -1 for any.
    pub open: i64,
    /// Behind the program that begins at this instant and has this number.
    pub behind: (Timestamp, i64),
}

/// The programs a query asks for.
pub fn selection(query: ProgramQuery, today: Date, city: &City) -> Result<Selection> {
    let category = query.category.unwrap_or_default();
    if !category.is_empty() {
        check_category(&category, city).map_err(|detail| {
            let otherwise = "see programs of every category: citytime programs list";
            let known = city.program_categories.iter().map(|category| category.id.as_str());
            Error::from(match city.program_categories.is_empty() {
                true => Problem::invalid(vec![FieldError::new("/category", detail)]).hint(otherwise),
                false => unknown::category(&category, known, otherwise),
            })
        })?;
    }
    let either = |asked: Option<bool>| asked.map_or(-1, i64::from);
    let (from, to) = span(Some(query.from.unwrap_or(When::Today)), query.to, today, &city.zone);
    if query.to.is_some() && to <= from {
        let field = FieldError::new("/to", "it ends before it begins");
        return Err(Problem::invalid(vec![field])
            .hint("give a later to, or an earlier from, which is today unless said")
            .into());
    }
    let behind = query.after.as_deref().map_or_else(|| Ok((from, -1)), read_time_cursor::<ProgramKind>)?;
    Ok(Selection { category, from, to, free: either(query.free), open: either(query.open), behind })
}

/// From the beginning of one day to the end of another, or the instants themselves.
pub fn span(from: Option<When>, to: Option<When>, today: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let from = from.map_or(Timestamp::from_millisecond(i64::MIN), |from| from.start(today, zone));
    let to = match to {
        None => Timestamp::from_millisecond(i64::MAX),
        Some(When::At(instant)) => instant,
        Some(day) => When::On(day.date(today, zone).plus_days(1)).start(today, zone),
    };
    (from, to)
}

fn check_category(category: &str, city: &City) -> Result<(), String> {
    if city.program_category(category).is_some() {
        return Ok(());
    }
    let known: Vec<_> = city.program_categories.iter().map(|category| category.id.as_str()).collect();
    Err(match known.is_empty() {
        true => "this city declares no categories of programs; its operator adds [[programs.categories]]".to_owned(),
        false => format!("there is no category `{category}`; one of {} is", known.join(", ")),
    })
}

/// What is wrong with a line to be published, if anything is.
pub fn refusal(line: &ProgramLine, city: &City) -> Option<String> {
    for (field, value) in [("number", &line.number), ("title", &line.title), ("venue", &line.venue)] {
        if value.trim().is_empty() {
            return Some(format!("{field} is empty"));
        }
        if value.chars().count() > 200 || value.chars().any(char::is_control) {
            return Some(format!("{field} must be one line of at most 200 characters"));
        }
    }
    if line.description.as_ref().is_some_and(|text| text.chars().count() > 4_000) {
        return Some("description has more than 4000 characters".to_owned());
    }
    if let Err(detail) = check_category(&line.category, city) {
        return Some(detail);
    }
    if line.ends_at <= line.starts_at {
        return Some(format!("ends_at {} is not after starts_at {}", line.ends_at, line.starts_at));
    }
    if line.closes_at.is_some_and(|closes_at| closes_at > line.starts_at) {
        return Some(format!("closes_at is after starts_at {}", line.starts_at));
    }
    if line.opens_at.is_some_and(|opens_at| opens_at >= line.closes_at.unwrap_or(line.starts_at)) {
        return Some("opens_at is not before registration closes".to_owned());
    }
    if !(1..=LARGEST_CAPACITY).contains(&line.capacity) {
        return Some(format!("capacity must be 1 to {LARGEST_CAPACITY}"));
    }
    if !(0..=LARGEST_FEE).contains(&line.fee.0) {
        return Some("fee must not be below zero, nor absurdly large".to_owned());
    }
    None
}

/// Whether a line says what is published already.
pub fn is_same(row: &ProgramRow, line: &ProgramLine) -> bool {
    row.category == line.category
        && row.title == line.title.trim()
        && row.description.as_deref() == description(line)
        && row.starts_at == line.starts_at
        && row.ends_at == line.ends_at
        && row.venue == line.venue.trim()
        && row.capacity == line.capacity
        && row.fee == line.fee
        && row.opens_at == line.opens_at
        && row.closes_at == closes_at(line)
}

/// What a line says the program is about.
pub fn description(line: &ProgramLine) -> Option<&str> {
    line.description.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// When registration ends.
pub fn closes_at(line: &ProgramLine) -> Timestamp {
    line.closes_at.unwrap_or(line.starts_at)
}
