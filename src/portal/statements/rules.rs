//! Which days a statement is of, and how what was posted adds up to it.

use std::collections::BTreeMap;

use jiff::{civil, tz::TimeZone};

use super::queries::MovedRow;
use crate::{
    api::{
        ledger::EntryKind,
        money::{Currency, Minor},
        statements::{StatementEntry, StatementLine, StatementQuery},
        time::{Date, Timestamp, When},
    },
    portal::error::{Error, Result},
};

/// The days a statement is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    /// The first.
    pub(super) from: Date,
    /// The last.
    pub(super) to: Date,
}

impl Days {
    /// The days a query asks for.
    pub(super) fn of(query: &StatementQuery, today: Date, zone: &TimeZone) -> Result<Self> {
        let day = |year, month, day| civil::Date::new(year, month, day).map(Date::from);
        let year = query.year.unwrap_or_else(|| today.civil().year());
        let (Ok(first), Ok(last)) = (day(year, 1, 1), day(year, 12, 31)) else {
            return Err(Error::field("/year", format!("{year} is no year of the calendar")));
        };
        if query.year.is_some() && (query.from.is_some() || query.to.is_some()) {
            return Err(Error::field("/year", "say a year, or from and to"));
        }
        if query.year.is_some() {
            return Ok(Self { from: first, to: last });
        }
        let to = query.to.map_or(today, |to| to.date(today, zone));
        let first = civil::Date::new(to.civil().year(), 1, 1).map_or(first, Date::from);
        let from = query.from.map_or(first, |from| from.date(today, zone));
        if to < from {
            return Err(Error::field("/to", format!("it ends on {to}, before it begins on {from}")));
        }
        Ok(Self { from, to })
    }

    /// The first instant, and the first behind the last day.
    pub(super) fn instants(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let start = |day: Date| When::On(day).start(day, zone);
        (start(self.from), start(self.to.plus_days(1)))
    }
}

/// What was owed and how it changed.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) categories: Vec<StatementLine>,
    pub(super) total: StatementLine,
    pub(super) entries: Vec<StatementEntry>,
}

/// Adds up what was posted, in its order: what was before an instant is the opening.
pub(super) fn add_up(moved: Vec<MovedRow>, from: Timestamp, currency: Currency) -> Account {
    let empty = |category: &str| StatementLine {
        category: category.to_owned(),
        opening: Minor::ZERO,
        charges: Minor::ZERO,
        credits: Minor::ZERO,
        payments: Minor::ZERO,
        refunds: Minor::ZERO,
        closing: Minor::ZERO,
        currency,
    };
    let mut categories: BTreeMap<String, StatementLine> = BTreeMap::new();
    let (mut total, mut entries) = (empty("total"), Vec::new());
    for row in moved {
        let line = categories.entry(row.category.clone()).or_insert_with(|| empty(&row.category));
        count(line, &row, from);
        count(&mut total, &row, from);
        if row.at >= from {
            let MovedRow { at, kind, bill, number, title, category, payment, amount } = row;
            let balance = total.closing;
            entries.push(StatementEntry {
                at,
                kind,
                bill,
                number,
                title,
                category,
                payment,
                amount,
                balance,
                currency,
            });
        }
    }
    Account { categories: categories.into_values().collect(), total, entries }
}

fn count(line: &mut StatementLine, row: &MovedRow, from: Timestamp) {
    let amount = row.amount.0;
    line.closing.0 += amount;
    if row.at < from {
        line.opening.0 += amount;
        return;
    }
    match row.kind {
        EntryKind::Charge | EntryKind::Adjustment => line.charges.0 += amount,
        EntryKind::Void | EntryKind::Credit => line.credits.0 -= amount,
        EntryKind::Payment => line.payments.0 -= amount,
        // A chargeback moves nothing that is owed.
        EntryKind::Return | EntryKind::Refund | EntryKind::Reversal | EntryKind::Chargeback => line.refunds.0 += amount,
        // Parked money is of no bill.
        EntryKind::Park | EntryKind::GiveBack => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::id::BillId;

    #[test]
    fn what_was_before_opens_it_and_the_rest_leads_to_its_closing() {
        let row = |at, kind, category: &str, amount| MovedRow {
            at: Timestamp::from_millisecond(at),
            kind,
            bill: BillId::new(1),
            number: "1".to_owned(),
            title: "A bill".to_owned(),
            category: category.to_owned(),
            payment: None,
            amount: Minor(amount),
        };
        let moved = vec![
            row(1, EntryKind::Charge, "tax", 500),
            row(2, EntryKind::Payment, "tax", -200),
            row(3, EntryKind::Refund, "tax", 50),
            row(4, EntryKind::Charge, "utility", 70),
            row(5, EntryKind::Credit, "tax", -30),
            row(6, EntryKind::Void, "utility", -70),
        ];
        let account = add_up(moved, Timestamp::from_millisecond(2), "USD".parse().unwrap());
        let line = |line: &StatementLine| {
            [line.opening.0, line.charges.0, line.credits.0, line.payments.0, line.refunds.0, line.closing.0]
        };
        assert_eq!(line(&account.categories[0]), [500, 0, 30, 200, 50, 320]);
        assert_eq!(line(&account.categories[1]), [0, 70, 70, 0, 0, 0]);
        assert_eq!(line(&account.total), [500, 70, 100, 200, 50, 320]);
        assert_eq!(account.entries.iter().map(|entry| entry.balance.0).collect::<Vec<_>>(), [300, 350, 420, 390, 320]);
    }

    #[test]
    fn a_statement_is_of_a_year_or_of_days() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let today: Date = "2026-11-23".parse().unwrap();
        let days =
            |query: &StatementQuery| Days::of(query, today, &zone).map(|days| format!("{} {}", days.from, days.to));
        let none = StatementQuery::default();
        assert_eq!(days(&none).unwrap(), "2026-01-01 2026-11-23");
        assert_eq!(days(&StatementQuery { year: Some(2025), ..none.clone() }).unwrap(), "2025-01-01 2025-12-31");
        let from = StatementQuery { from: Some(When::InDays(-30)), ..none.clone() };
        assert_eq!(days(&from).unwrap(), "2026-10-24 2026-11-23");
        let both = StatementQuery { year: Some(2025), ..from.clone() };
        assert!(days(&both).is_err());
        assert!(days(&StatementQuery { to: Some(When::InDays(-31)), ..from }).is_err());
    }
}
