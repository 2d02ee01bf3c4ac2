//! One value of a thing as text: for people (times on the city's clocks, money with its sign) and for programs (RFC 3339, decimals).

use std::cell::{Cell, OnceCell};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::{
    sanitise,
    sheet::{Column, Kind},
};
use crate::{
    api::{
        bank,
        money::{Currency, Minor},
    },
    formula,
    zone::CityZone,
};

/// On which clocks times are shown: the city's, once it told them, as what is shown happens there; else the terminal's.
#[derive(Debug, Default)]
pub(super) struct Local {
    /// Asked for when first needed.
    terminal: OnceCell<TimeZone>,
    city: CityZone,
    /// Whether a time was shown that the terminal's own clocks would show otherwise.
    pub(super) differs: Cell<bool>,
    /// Whether it was told on which clocks times are.
    told: Cell<bool>,
}

impl Local {
    #[cfg(test)]
    pub(super) fn at(zone: TimeZone) -> Self {
        Self { terminal: OnceCell::from(zone), ..Self::default() }
    }

    #[cfg(test)]
    pub(super) fn is_known(&self) -> bool {
        self.terminal.get().is_some()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the terminal's own clocks, where no city told its: the one place that asks"
    )]
    pub(super) fn terminal(&self) -> &TimeZone {
        self.terminal.get_or_init(TimeZone::system)
    }

    /// What learns by which clocks the city lives.
    pub(super) fn city(&self) -> CityZone {
        self.city.clone()
    }

    pub(super) fn time(&self, text: &str) -> Option<String> {
        let instant = text.parse::<jiff::Timestamp>().ok()?;
        let zone = match self.city.get() {
            Some(city) => {
                if city.to_offset(instant) != self.terminal().to_offset(instant) {
                    self.differs.set(true);
                }
                city
            }
            None => self.terminal(),
        };
        Some(instant.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
    }

    /// The city's zone, where a time was shown on it that the terminal's own clocks would show otherwise, and that was not told
    /// yet.
    pub(super) fn take_foreign(&self) -> Option<&str> {
        self.city.get().filter(|_| self.differs.take() && !self.told.replace(true))?.iana_name()
    }
}

/// The field a dotted path leads to; `None` where there is none, or `null`.
pub(super) fn find<'v>(item: &'v Value, path: &str) -> Option<&'v Value> {
    let found = path.split('.').try_fold(item, |value, key| value.get(key))?;
    (!found.is_null()).then_some(found)
}

/// The thing with these fields alone, nested as they were; a field it does not have is `null`.
pub(super) fn only(item: &Value, columns: &[&Column]) -> Value {
    let mut kept = Map::new();
    for column in columns {
        let value = find(item, column.name).cloned().unwrap_or(Value::Null);
        put(&mut kept, column.name, value);
    }
    Value::Object(kept)
}

fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), value);
        }
        Some((key, rest)) => {
            if let Value::Object(inner) = object.entry(key).or_insert_with(|| Value::Object(Map::new())) {
                put(inner, rest, value);
            }
        }
    }
}

/// The value for a person, safe for a terminal; may have several lines.
pub(super) fn for_people(column: &Column, item: &Value, local: &Local) -> String {
    let Some(value) = find(item, column.name) else { return String::new() };
    let text = match (column.kind, value) {
        (Kind::Money, Value::Number(number)) => match (number.as_i64(), currency(item, column.name)) {
            (Some(amount), Some(currency)) => Minor(amount).display(currency),
            _ => number.to_string(),
        },
        (Kind::YesNo, Value::Bool(true)) => "yes".to_owned(),
        (Kind::YesNo, Value::Bool(false)) => "no".to_owned(),
        (Kind::Time, Value::String(instant)) => local.time(instant).unwrap_or_else(|| instant.clone()),
        (Kind::Status, Value::String(word)) => word.replace('_', " "),
        (Kind::Grouped, Value::String(number)) => bank::grouped(number),
        _ => plain(value),
    };
    sanitise::lines(&text).into_owned()
}

/// The elements of a list, each as one line for a person; `None` where the column is no list.
pub(super) fn items(column: &Column, item: &Value) -> Option<Vec<String>> {
    match (column.kind, find(item, column.name)?) {
        (Kind::List, Value::Array(items)) => {
            Some(items.iter().map(|item| sanitise::line(&element(item)).into_owned()).collect())
        }
        _ => None,
    }
}

/// The value for a program: money as a decimal, times as they came.
pub(super) fn for_programs(column: &Column, item: &Value) -> String {
    let Some(value) = find(item, column.name) else { return String::new() };
    match (column.kind, value) {
        (Kind::Money, Value::Number(number)) => match (number.as_i64(), currency(item, column.name)) {
            (Some(amount), Some(currency)) => Minor(amount).decimal(currency),
            _ => number.to_string(),
        },
        (_, Value::Number(_) | Value::Bool(_)) => plain(value),
        _ => formula::defused(plain(value)),
    }
}

fn currency(item: &Value, path: &str) -> Option<Currency> {
    let beside = path.rsplit_once('.').and_then(|(parent, _)| find(item, parent)?.get("currency"));
    beside.or_else(|| item.get("currency"))?.as_str()?.parse().ok()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(element).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// An element of a list: a thing is told by its first field (its id, as everywhere on the wire).
fn element(value: &Value) -> String {
    match value {
        Value::Object(fields) => fields.values().next().map(plain).unwrap_or_default(),
        other => plain(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_for_people_and_for_programs() {
        let item = json!({
            "amount": -12345, "currency": "USD", "paid_at": "2026-11-22T23:30:00Z", "void": false, "note": null,
            "fee": {"amount": 5, "currency": "JPY"}, "records": [{"id": "REC-1", "number": 7}, {"id": "REC-2"}],
            "title": "a\nb\u{1b}[2J", "address": {"city": "Riverton"}, "status": "in_review",
        });
        let local = Local::at(TimeZone::get("America/Chicago").unwrap());
        let both = |column: Column| (for_people(&column, &item, &local), for_programs(&column, &item));
        let pair = |people: &str, programs: &str| (people.to_owned(), programs.to_owned());
        assert_eq!(both(Column::money("amount")), pair("-$123.45", "-123.45"));
        assert_eq!(both(Column::money("fee.amount")), pair("¥5", "5"));
        assert_eq!(both(Column::time("paid_at")), pair("2026-11-22 17:30", "2026-11-22T23:30:00Z"));
        assert_eq!(both(Column::yes_no("void")), pair("no", "false"));
        assert_eq!(both(Column::text("note")), pair("", ""));
        assert_eq!(both(Column::list("records")), pair("REC-1, REC-2", "REC-1, REC-2"));
        assert_eq!(both(Column::text("address.city")), pair("Riverton", "Riverton"));
        assert_eq!(both(Column::status("status")), pair("in review", "in_review"));
        assert_eq!(both(Column::text("title")).0, "a\nb�[2J");
    }

    #[test]
    fn times_are_on_the_citys_clocks_once_they_are_told() {
        let local = Local::at(TimeZone::get("Europe/Berlin").unwrap());
        let shown = || (local.time("2026-11-22T23:30:00Z").unwrap(), local.take_foreign().map(str::to_owned));
        assert_eq!(shown(), ("2026-11-23 00:30".to_owned(), None));
        local.city().learn("America/Chicago");
        assert_eq!(shown(), ("2026-11-22 17:30".to_owned(), Some("America/Chicago".to_owned())));
        let same = Local::at(TimeZone::get("Europe/Berlin").unwrap());
        same.city().learn("Europe/Paris");
        same.time("2026-11-22T23:30:00Z").unwrap();
        assert_eq!(same.take_foreign(), None, "the terminal shows the same");
        let nowhere = Local::at(TimeZone::UTC);
        nowhere.city().learn("Moon/Tycho");
        assert_eq!(nowhere.time("2026-11-22T23:30:00Z").unwrap(), "2026-11-22 23:30");
    }

    #[test]
    fn cells_never_become_formulas() {
        let cell = |text: &str| for_programs(&Column::text("t"), &json!({ "t": text }));
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "+"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        for harmless in ["+15550100", "-5.00", "a=b", "", "Ünal"] {
            assert_eq!(cell(harmless), harmless);
        }
        assert_eq!(for_programs(&Column::number("n"), &json!({"n": -4})), "-4");
    }

    #[test]
    fn fields_are_kept_nested() {
        let item = json!({"id": 1, "address": {"city": "Riverton", "line1": "x"}, "a": 2});
        let columns = [Column::text("address.city"), Column::id("id"), Column::text("gone")];
        let kept = only(&item, &columns.iter().collect::<Vec<_>>());
        assert_eq!(kept.to_string(), r#"{"address":{"city":"Riverton"},"id":1,"gone":null}"#);
    }
}
