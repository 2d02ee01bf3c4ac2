//! What an entry says, how a list of them is cut out and where it goes on.

use jiff::{civil, tz::TimeZone};
use sha2::{Digest, Sha256};

use crate::{
    api::{
        history::{HistoryKind, HistoryQuery},
        id::{PaymentId, PermitId, RefundId, RegistrationId, RequestId, TicketId},
        money::Minor,
        payments::PaymentStatus,
        permits::PermitStatus,
        problem::{FieldError, Problem},
        programs::RegistrationStatus,
        refunds::RefundStatus,
        time::{Date, Timestamp, When},
    },
    portal::{
        error::{Error, Result},
        web::paging::foreign,
    },
};

/// An entry to be kept.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When it began.
    pub at: Timestamp,
    /// Tells entries of one instant apart.
    pub number: i64,
    /// What it is about.
    pub kind: HistoryKind,
    /// The thing's id.
    pub id: String,
    /// In words.
    pub title: String,
    /// The thing's state.
    pub status: String,
    /// The money in it.
    pub amount: Option<Minor>,
}

impl Entry {
    /// Something that was done to the account: the thing is a record, a token, a method or the account itself.
    pub fn account(at: Timestamp, id: impl std::fmt::Display, title: impl Into<String>, status: &str) -> Self {
        let (id, title) = (id.to_string(), title.into());
        let number = fingerprint(&id, &title);
        Self { at, number, kind: HistoryKind::Account, id, title, status: status.to_owned(), amount: None }
    }

    /// A support ticket; its number is the ticket's own, under which [`super::restate`] finds it again.
    pub fn ticket(at: Timestamp, id: TicketId, subject: &str, status: &str) -> Self {
        let (number, title) = (id.number(), format!("Support: {subject}"));
        Self {
            at,
            number,
            kind: HistoryKind::Account,
            id: id.to_string(),
            title,
            status: status.to_owned(),
            amount: None,
        }
    }

    /// A payment; its number is the payment's own, under which [`super::restate`] finds it again.
    pub fn payment(at: Timestamp, id: PaymentId, title: String, status: PaymentStatus, amount: Minor) -> Self {
        let (number, status) = (id.number(), status.to_string());
        Self { at, number, kind: HistoryKind::Payment, id: id.to_string(), title, status, amount: Some(amount) }
    }

    /// Money that went back of a payment; its number is the refund's own.
    pub fn refund(at: Timestamp, id: RefundId, title: String, status: RefundStatus, amount: Minor) -> Self {
        let (number, status) = (id.number(), status.to_string());
        Self { at, number, kind: HistoryKind::Payment, id: id.to_string(), title, status, amount: Some(amount) }
    }

    /// An application for a permit; its number is the application's own.
    pub fn permit(at: Timestamp, id: PermitId, title: String, status: PermitStatus) -> Self {
        let (number, status) = (id.number(), status.to_string());
        Self { at, number, kind: HistoryKind::Permit, id: id.to_string(), title, status, amount: None }
    }

    /// A registration for a program; its number is the registration's own.
    pub fn registration(
        at: Timestamp,
        id: RegistrationId,
        title: String,
        status: RegistrationStatus,
        fee: Option<Minor>,
    ) -> Self {
        let (number, status) = (id.number(), status.to_string());
        Self { at, number, kind: HistoryKind::Program, id: id.to_string(), title, status, amount: fee }
    }
}

impl Entry {
    /// A service request; its number is the request's own, under which [`super::restate`] finds it again.
    pub fn request(at: Timestamp, id: RequestId, title: String, status: &str) -> Self {
        let (number, status) = (id.number(), status.to_owned());
        Self { at, number, kind: HistoryKind::Request, id: id.to_string(), title, status, amount: None }
    }
}

/// The same doing at the same instant is the same entry.
fn fingerprint(id: &str, title: &str) -> i64 {
    let digest = Sha256::new().chain_update(id).chain_update([0]).chain_update(title).finalize();
    digest.iter().take(8).fold(0_i64, |number, &byte| number << 8 | i64::from(byte)) & i64::MAX
}

/// Which entries a list is of: `from <= at < to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after.
    pub to: Timestamp,
}

/// The span a query asks for, in the city's zone.
pub fn span(query: &HistoryQuery, today: Date, zone: &TimeZone) -> Result<Span> {
    let start_of = |year: i16| civil::Date::new(year, 1, 1).map(|date| When::On(date.into()).start(today, zone));
    let mut span = Span { from: Timestamp::from_millisecond(i64::MIN), to: Timestamp::from_millisecond(i64::MAX) };
    if let Some(year) = query.year {
        let bounds = (start_of(year), start_of(year.saturating_add(1)));
        let (Ok(from), Ok(to)) = bounds else {
            return Err(Error::field("/year", format!("{year} is no year of the calendar")));
        };
        span = Span { from, to };
    }
    if let Some(since) = query.since {
        span.from = span.from.max(since.start(today, zone));
    }
    if let Some(until) = query.until {
        let end = match until {
            When::At(instant) => instant,
            day => When::On(day.date(today, zone).plus_days(1)).start(today, zone),
        };
        span.to = span.to.min(end);
    }
    if query.since.is_some() && query.until.is_some() && span.to <= span.from {
        let field = FieldError::new("/until", "it ends before it begins");
        return Err(Problem::invalid(vec![field]).hint("give an earlier since, or a later until").into());
    }
    Ok(span)
}

/// Where a page ends: the next begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The last entry's instant.
    pub at: Timestamp,
    /// The last entry's number.
    pub number: i64,
}

impl Cursor {
    /// As it travels.
    pub fn text(self) -> String {
        format!("{}.{}", self.at.as_millisecond(), self.number)
    }

    /// Where a list begins: behind nothing, at the newest.
    pub fn start(span: Span) -> Self {
        Self { at: span.to, number: -1 }
    }

    /// Reads what travelled.
    pub fn read(text: &str) -> Result<Self> {
        let parts = text.split_once('.').and_then(|(at, number)| Some((at.parse().ok()?, number.parse().ok()?)));
        let (at, number) = parts.ok_or_else(foreign)?;
        Ok(Self { at: Timestamp::from_millisecond(at), number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_the_citys() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let today = "2026-11-22".parse().unwrap();
        let query = HistoryQuery { year: Some(2026), ..HistoryQuery::default() };
        let year = span(&query, today, &zone).unwrap();
        assert_eq!(year.from.to_string(), "2026-01-01T06:00:00Z");
        assert_eq!(year.to.to_string(), "2027-01-01T06:00:00Z");
        let query = HistoryQuery { since: Some(When::InDays(-1)), until: Some(When::Today), ..query };
        let days = span(&query, today, &zone).unwrap();
        assert_eq!(days.from.to_string(), "2026-11-21T06:00:00Z");
        assert_eq!(days.to.to_string(), "2026-11-23T06:00:00Z");
    }

    #[test]
    fn a_cursor_is_read_back() {
        let cursor = Cursor { at: Timestamp::from_millisecond(1_795_000_000_123), number: 42 };
        assert_eq!(Cursor::read(&cursor.text()).unwrap(), cursor);
        for wrong in ["", ".", "1", "1.x", "a.1"] {
            assert!(Cursor::read(wrong).is_err(), "{wrong}");
        }
    }
}
