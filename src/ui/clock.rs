//! What time it is where the person sits: what `today` and `-7d` mean where no portal is asked; and on which clocks times
//! are shown.

use jiff::{civil, tz::TimeZone};

use super::Ui;
use crate::{
    api::time::{Date, Timestamp, When},
    zone::CityZone,
};

/// A moment, and the zone of the terminal.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The moment.
    pub now: Timestamp,
    /// The zone.
    pub zone: TimeZone,
}

impl Ui {
    /// The clock of the person at the terminal, now.
    #[expect(clippy::disallowed_methods, reason = "where no portal is asked, a person's own clock is the only one")]
    pub fn clock(&self) -> Clock {
        Clock { now: jiff::Timestamp::now().into(), zone: self.local.terminal().clone() }
    }

    /// What learns by which clocks the city lives.
    pub fn city_zone(&self) -> CityZone {
        self.local.city()
    }

    /// An instant as a person reads it: on the city's clocks, or the terminal's own where no city told its.
    pub fn local_time(&self, at: Timestamp) -> String {
        let text = at.to_string();
        self.local.time(&text).unwrap_or(text)
    }

    /// Says on which clocks the times were that were shown, where those of the terminal show others.
    pub fn tell_zone(&mut self) {
        if let Some(zone) = self.local.take_foreign().map(str::to_owned) {
            self.note(format!("Times are on the city's clocks: {zone}"));
        }
    }
}

impl Clock {
    /// The day it shows.
    pub fn today(&self) -> Date {
        self.now.date_in(&self.zone)
    }

    /// The first instant meant.
    pub fn start(&self, when: When) -> Timestamp {
        when.start(self.today(), &self.zone)
    }

    /// The end of what is meant: of the whole day, where a day is named.
    pub fn end(&self, when: When) -> Timestamp {
        match when {
            When::At(instant) => instant,
            day => self.start(When::On(day.date(self.today(), &self.zone).plus_days(1))),
        }
    }

    /// The instant somebody typed: `2026-11-22 09:30`, a day, `7d`, or RFC 3339; without a zone, on this clock.
    pub fn read(&self, text: &str) -> Option<Timestamp> {
        if let Ok(when) = text.parse::<When>() {
            return Some(self.start(when));
        }
        let civil = text.trim().parse::<civil::DateTime>().ok()?;
        self.zone.to_ambiguous_zoned(civil).compatible().ok().map(|zoned| zoned.timestamp().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_on_the_persons_own_clock() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let clock = Clock { now: "2026-11-22T03:00:00Z".parse().unwrap(), zone };
        assert_eq!(clock.start(When::Today).to_string(), "2026-11-21T06:00:00Z");
        assert_eq!(clock.end(When::Today).to_string(), "2026-11-22T06:00:00Z");
        let read = |text: &str| clock.read(text).map(|instant| instant.to_string());
        assert_eq!(read("2026-07-01 09:30").as_deref(), Some("2026-07-01T14:30:00Z"));
        assert_eq!(read("2026-07-01T09:30:00Z").as_deref(), Some("2026-07-01T09:30:00Z"));
        assert_eq!(read("soon"), None);
    }
}
