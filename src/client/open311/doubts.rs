//! What was read but is doubtful: told once for each kind, however often it was met.

use std::collections::BTreeMap;

/// A kind of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// A date without a zone.
    NoZone,
    /// A text where a date should be.
    NoDate,
    /// Coordinates that fit when they change places.
    Swapped,
    /// Coordinates that are none.
    NoCoordinates,
    /// Dates in queries had to go without their zone.
    BareDates,
}

/// The doubts met so far, each with how often and where first.
#[derive(Debug, Clone, Default)]
pub(super) struct Doubts(BTreeMap<Doubt, (usize, String)>);

impl Doubts {
    pub(super) fn add(&mut self, doubt: Doubt, example: impl Into<String>) {
        self.0.entry(doubt).or_insert_with(|| (0, example.into())).0 += 1;
    }

    /// As sentences, and none are left.
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0).into_iter().map(|(doubt, (count, example))| told(doubt, count, &example)).collect()
    }
}

fn told(doubt: Doubt, count: usize, example: &str) -> String {
    let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
    match doubt {
        Doubt::NoZone => {
            format!("this city tells times without their zone; they are shown as they came: {example}{times}")
        }
        Doubt::NoDate => {
            format!("this city has a text where a time should be; it is shown as it came: {example}{times}")
        }
        Doubt::Swapped => format!(
            "the coordinates of {example} are impossible as they are, and would fit with lat and long changed over; \
             they are shown as they came{times}"
        ),
        Doubt::NoCoordinates => format!("the coordinates of {example} are none, and were left out{times}"),
        Doubt::BareDates => {
            "this city refuses times with a zone: the range was asked in UTC without saying so, and may be off by hours"
                .to_owned()
        }
    }
}
