//! When the telephone is answered: spans for each weekday, and the days the office is closed whatever the weekday.

use std::{fmt, str::FromStr};

use jiff::civil::{DateTime, Weekday};

use crate::api::time::Date;

/// A minute of a day, from `00:00` to `24:00`, the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(u16);

impl Minute {
    const END: u16 = 24 * 60;

    fn of(at: DateTime) -> Self {
        Self(u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs()))
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Minute {
    type Err = InvalidSpan;
    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        let number = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
            digits.then(|| part.parse::<u16>().ok()).flatten()
        };
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            let (hour, minute) = (number(hour)?, number(minute)?);
            let minutes = hour * 60 + minute;
            (minute < 60 && minutes <= Self::END).then_some(Self(minutes))
        };
        read().ok_or(InvalidSpan::Malformed)
    }
}

/// A stretch of opening in one day: from a minute until, not including, a later one. Written `08:00-12:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: Minute,
    until: Minute,
}

impl Span {
    /// A span; it must end after it begins.
    pub fn new(from: Minute, until: Minute) -> Result<Self, InvalidSpan> {
        if from < until { Ok(Self { from, until }) } else { Err(InvalidSpan::Backward { from, until }) }
    }

    /// Whether this may stand after `earlier` in a day.
    pub fn follows(self, earlier: Self) -> Result<(), Clash> {
        if earlier.until < self.from {
            Ok(())
        } else if earlier.until == self.from {
            Err(Clash::Touches { earlier, joined: Self { from: earlier.from, until: self.until } })
        } else if self.until <= earlier.from {
            Err(Clash::OutOfOrder { earlier })
        } else {
            Err(Clash::Overlaps { earlier })
        }
    }

    fn holds(self, minute: Minute) -> bool {
        self.from <= minute && minute < self.until
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.until)
    }
}

impl FromStr for Span {
    type Err = InvalidSpan;
    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        let (from, until) = text.split_once('-').ok_or(InvalidSpan::Malformed)?;
        Self::new(from.parse()?, until.parse()?)
    }
}

/// A text that is no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSpan {
    /// Not two times with a hyphen between.
    #[error("one is two 24-hour times with a hyphen between, as in 08:00-12:00")]
    Malformed,
    /// It ends before it begins, or at once.
    #[error("it must end after {from}, not at {until}")]
    Backward {
        /// Where it begins.
        from: Minute,
        /// Where it ends.
        until: Minute,
    },
}

/// Why a span cannot stand after another of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// It holds minutes the other holds too.
    #[error("it overlaps {earlier}")]
    Overlaps {
        /// The span before it.
        earlier: Span,
    },
    /// It belongs before the other.
    #[error("it comes after {earlier} and is earlier in the day")]
    OutOfOrder {
        /// The span before it.
        earlier: Span,
    },
    /// There is no break between the two.
    #[error("it begins where {earlier} ends, with no break between them")]
    Touches {
        /// The span before it.
        earlier: Span,
        /// Both as one.
        joined: Span,
    },
}

/// A day the office is closed whatever the weekday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The civil date in the city.
    pub date: Date,
    /// What it is called.
    pub name: String,
}

/// When the office is open, on the clocks of the city's zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningHours {
    /// Monday first; each day's spans in order, with a break between them.
    week: [Vec<Span>; 7],
    /// By date.
    holidays: Vec<Holiday>,
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl OpeningHours {
    /// The hours of a week, Monday first, and its exceptions. Spans that clash with one before them in their day
    /// are an error.
    pub fn new(week: [Vec<Span>; 7], mut holidays: Vec<Holiday>) -> Result<Self, Clash> {
        for day in &week {
            day.windows(2).try_for_each(|pair| pair[1].follows(pair[0]))?;
        }
        holidays.sort_by_key(|holiday| holiday.date);
        Ok(Self { week, holidays })
    }

    /// The hours as people read them: `Mon–Wed 08:00–12:00, 13:00–17:00` for each run of equal days, closed days
    /// left out, then `closed on 2026-11-26 Thanksgiving Day` for each holiday.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut first = 0;
        for run in self.week.chunk_by(|day, next| day == next) {
            let last = first + run.len() - 1;
            if let Some(day) = run.first().filter(|day| !day.is_empty()) {
                let spans = day.iter().map(|span| format!("{}–{}", span.from, span.until)).collect::<Vec<_>>();
                let to = if first == last { String::new() } else { format!("–{}", DAYS[last]) };
                lines.push(format!("{}{to} {}", DAYS[first], spans.join(", ")));
            }
            first = last + 1;
        }
        lines.extend(self.holidays.iter().map(|Holiday { date, name }| format!("closed on {date} {name}")));
        lines
    }

    /// Whether the office is open at a moment of the city's clocks.
    pub fn open_at(&self, at: DateTime) -> bool {
        let holiday = self.holidays.iter().any(|holiday| holiday.date.civil() == at.date());
        !holiday && self.day(at.weekday()).iter().any(|span| span.holds(Minute::of(at)))
    }

    /// Whether a date is a working day: no holiday, and of a weekday on which the office is open. An office that is
    /// never open works from Monday to Friday.
    pub fn works_on(&self, date: Date) -> bool {
        let weekday = date.civil().weekday();
        let holiday = self.holidays.binary_search_by_key(&date, |holiday| holiday.date).is_ok();
        let worked = match self.week.iter().all(Vec::is_empty) {
            true => !matches!(weekday, Weekday::Saturday | Weekday::Sunday),
            false => !self.day(weekday).is_empty(),
        };
        worked && !holiday
    }

    fn day(&self, weekday: Weekday) -> &[Span] {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.week;
        match weekday {
            Weekday::Monday => monday,
            Weekday::Tuesday => tuesday,
            Weekday::Wednesday => wednesday,
            Weekday::Thursday => thursday,
            Weekday::Friday => friday,
            Weekday::Saturday => saturday,
            Weekday::Sunday => sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn spans(texts: &[&str]) -> Vec<Span> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    /// Any valid day: an even number of different minutes, in order, taken two by two.
    fn day() -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::btree_set(0..=Minute::END, 0..=6).prop_map(|minutes| {
            let minutes = minutes.into_iter().map(Minute).collect::<Vec<_>>();
            minutes.as_chunks().0.iter().map(|&[from, to]| Span::new(from, to).unwrap()).collect()
        })
    }

    /// Weeks of few kinds of days, so that neighbours are often equal.
    fn week() -> impl Strategy<Value = [Vec<Span>; 7]> {
        (day(), day(), proptest::array::uniform7(0..3_u8)).prop_map(|(one, other, picks)| {
            picks.map(|pick| match pick {
                0 => Vec::new(),
                1 => one.clone(),
                _ => other.clone(),
            })
        })
    }

    fn holidays() -> impl Strategy<Value = Vec<Holiday>> {
        let holiday =
            |days: i32| Holiday { date: Date::from(date(2026, 11, 23)).plus_days(days), name: format!("Day {days}") };
        proptest::collection::btree_set(0..14_i32, 0..3).prop_map(move |days| days.into_iter().map(holiday).collect())
    }

    /// Reads lines back into a week, independently of how they were written.
    fn reread(lines: &[String]) -> [Vec<Span>; 7] {
        let mut week = <[Vec<Span>; 7]>::default();
        for line in lines.iter().filter(|line| !line.starts_with("closed")) {
            let (days, spans) = line.split_once(' ').unwrap();
            let place = |day: &str| DAYS.iter().position(|known| *known == day).unwrap();
            let (first, last) = days.split_once('–').unwrap_or((days, days));
            for day in &mut week[place(first)..=place(last)] {
                assert!(day.is_empty(), "a day told twice: {lines:?}");
                *day = spans.split(", ").map(|span| span.replace('–', "-").parse().unwrap()).collect();
            }
        }
        week
    }

    #[test]
    fn hours_as_people_read_them() {
        let desk = spans(&["08:00-12:00", "13:00-17:00"]);
        let week = [desk.clone(), desk.clone(), desk, spans(&["08:00-19:00"]), vec![], spans(&["10:00-24:00"]), vec![]];
        let holiday = |text: &str, name: &str| Holiday { date: text.parse().unwrap(), name: name.to_owned() };
        let holidays = vec![holiday("2026-12-25", "Christmas Day"), holiday("2026-11-26", "Thanksgiving Day")];
        let hours = OpeningHours::new(week, holidays).unwrap();
        assert_eq!(
            hours.lines(),
            [
                "Mon–Wed 08:00–12:00, 13:00–17:00",
                "Thu 08:00–19:00",
                "Sat 10:00–24:00",
                "closed on 2026-11-26 Thanksgiving Day",
                "closed on 2026-12-25 Christmas Day",
            ]
        );
        assert!(hours.open_at(date(2026, 11, 23).at(8, 0, 0, 0)));
        assert!(!hours.open_at(date(2026, 11, 23).at(12, 0, 0, 0)));
        assert!(!hours.open_at(date(2026, 11, 26).at(9, 0, 0, 0)));
        assert!(hours.open_at(date(2026, 11, 28).at(23, 59, 59, 999)));
    }

    #[test]
    fn spans_that_cannot_be() {
        for wrong in
            ["", "08:00", "8:00-12:00", "08:00-12", "08:60-12:00", "08:00-24:01", "+8:00-12:00", "08:00 - 12:00"]
        {
            assert_eq!(wrong.parse::<Span>(), Err(InvalidSpan::Malformed), "{wrong}");
        }
        assert!(matches!("12:00-08:00".parse::<Span>(), Err(InvalidSpan::Backward { .. })));
        assert!(matches!("12:00-12:00".parse::<Span>(), Err(InvalidSpan::Backward { .. })));
        let clash = |texts: &[&str]| spans(texts)[1].follows(spans(texts)[0]).unwrap_err().to_string();
        assert_eq!(clash(&["08:00-12:00", "11:00-13:00"]), "it overlaps 08:00-12:00");
        assert_eq!(clash(&["13:00-14:00", "08:00-12:00"]), "it comes after 13:00-14:00 and is earlier in the day");
        assert!(clash(&["08:00-12:00", "12:00-13:00"]).contains("no break"));
    }

    proptest! {
        #[test]
        fn lines_tell_the_whole_week_and_every_holiday(week in week(), holidays in holidays()) {
            let hours = OpeningHours::new(week.clone(), holidays.clone()).unwrap();
            let lines = hours.lines();
            prop_assert_eq!(reread(&lines), week);
            for Holiday { date, name } in holidays {
                let line = format!("closed on {date} {name}");
                prop_assert!(lines.contains(&line), "{}", line);
            }
        }

        #[test]
        fn open_at_agrees_with_every_minute_counted(week in week(), holidays in holidays()) {
            let hours = OpeningHours::new(week.clone(), holidays.clone()).unwrap();
            // Monday the 23rd and the thirteen days after it.
            for offset in 0..14_usize {
                let day = date(2026, 11, 23).saturating_add(i64::try_from(offset).unwrap().days());
                let closed = holidays.iter().any(|holiday| holiday.date == Date::from(day));
                let mut open = vec![false; usize::from(Minute::END)];
                for span in &week[offset % 7] {
                    open[usize::from(span.from.0)..usize::from(span.until.0)].fill(!closed);
                }
                for (minute, open) in open.into_iter().enumerate() {
                    let (hour, minute) = (i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap());
                    prop_assert_eq!(hours.open_at(day.at(hour, minute, 59, 0)), open);
                }
            }
        }

        #[test]
        fn a_span_reads_back(text in "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]") {
            if let Ok(span) = text.parse::<Span>() {
                prop_assert_eq!(span.to_string(), text);
            }
        }
    }
}
