//! What every calendar shares: iCalendar (RFC 5545) of a city's things.

use icalendar::{Calendar, Property};

use crate::api::city::City;

/// A calendar of a city, with nothing in it.
pub(super) fn begun(city: &City) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", concat!("-//citytime//", env!("CARGO_PKG_VERSION"), "//EN")))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&city.name);
    calendar
}

/// The UID of a thing's event: the same whenever and wherever the calendar is made (section 3.8.4.7).
pub(super) fn uid(city: &City, id: &str) -> String {
    format!("{id}@{}.citytime", slug(&city.name))
}

/// A name as a part of an identifier: `City of Riverton` is `city-of-riverton`.
fn slug(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
