//! `citytime bills calendar`: due dates as iCalendar (RFC 5545), for a calendar to import or subscribe to. A bill that is
//! paid stays for a while as CANCELLED, so that a calendar that knew it takes it out.

use clap::Args;
use icalendar::{Component, Event, EventStatus, Property};
use jiff::tz::TimeZone;

use super::BILL;
use crate::{
    api::{
        bills::{Bill, BillFilter, BillQuery, BillStatus, LIST},
        city::City,
        time::{Date, Timestamp, When},
    },
    cli::{Context, ical},
    failure::Result,
    settings::Format,
    ui::Outcome,
};

/// How many days back a calendar reaches: what was paid lately must still be told.
const DAYS_BACK: i32 = -30;

/// Due dates for a calendar: iCalendar on stdout
///
/// Import the file, or have cron renew it. Each bill is an event of the day it is due, with what is still to be paid; one
/// that is paid or withdrawn stays for thirty days as cancelled, so that calendars take it out. With -o json, jsonl, csv
/// or ids you get the bills themselves.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime bills calendar > due.ics
  citytime bills calendar --category tax --due-within 365d > taxes.ics")]
pub(super) struct CalendarArgs {
    /// Only of this category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Only those due on or before this day: 2026-12-31, 90d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    due_within: Option<When>,
}

pub(super) async fn run(context: &mut Context, args: CalendarArgs) -> Result<Outcome> {
    let query = BillQuery {
        status: Some(BillFilter::All),
        category: args.category,
        due_within: args.due_within,
        ..BillQuery::default()
    };
    let clock = context.city_clock().await?;
    let since = clock.today().plus_days(DAYS_BACK);
    let mut bills = context.portal().await?.pages(&LIST, query).all().await?;
    // What is owed is told however long it has been.
    bills.retain(|bill| bill.status == BillStatus::Open || bill.due_on >= since);
    if !matches!(context.ui.format(), Format::Table | Format::Tsv) {
        return Outcome::many(&BILL, &bills);
    }
    let city = context.city().await?;
    let mut calendar = ical::begun(city);
    for bill in &bills {
        calendar.push(event(city, bill, clock.now));
    }
    Ok(Outcome::Text(calendar.to_string()))
}

/// A bill on the day it is due: all day, and nobody is busy.
fn event(city: &City, bill: &Bill, now: Timestamp) -> Event {
    let day = |key: &str, day: Date| {
        let text = day.civil().strftime("%Y%m%d").to_string();
        Property::new(key, text).add_parameter("VALUE", "DATE").done()
    };
    let balance = bill.balance.display(bill.currency);
    let (status, summary) = match bill.status {
        BillStatus::Open => (EventStatus::Confirmed, format!("{balance} due: {}", bill.title)),
        BillStatus::Paid => (EventStatus::Cancelled, format!("Paid: {}", bill.title)),
        BillStatus::Void => (EventStatus::Cancelled, format!("Withdrawn: {}", bill.title)),
    };
    let pay = match (bill.status, bill.autopay_on) {
        (BillStatus::Open, Some(day)) => format!("\nIt is paid by itself on {day}"),
        (BillStatus::Open, None) => format!("\nPay it: citytime bills pay {}", bill.id),
        (BillStatus::Paid | BillStatus::Void, _) => String::new(),
    };
    let mut event = Event::with_uid(&ical::uid(city, &bill.id.to_string()));
    event
        .summary(&summary)
        .description(&format!("{} ({}){pay}", bill.number, bill.category))
        .status(status)
        // A bill that was paid may be owed again: of two versions the later one counts (RFC 5546, section 2.1.5).
        .append_property(Property::new("DTSTAMP", now.in_zone(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()))
        .append_property(Property::new("CATEGORIES", &bill.category))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(day("DTSTART", bill.due_on))
        .append_property(day("DTEND", bill.due_on.plus_days(1)));
    event
}
