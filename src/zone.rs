//! By which clocks a city lives, as far as its answers told: what the client hears, and the ui shows times on.

use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

/// The longest name of a zone that is believed, in bytes.
const LONGEST: usize = 100;

/// The zone of the city a command talks to. Clones share what is learned.
#[derive(Debug, Clone, Default)]
pub struct CityZone {
    name: Arc<OnceLock<String>>,
    zone: Arc<OnceLock<Option<TimeZone>>>,
}

impl CityZone {
    /// Hears the IANA name a city's answer told; the first is believed.
    pub fn learn(&self, name: &str) {
        if name.len() <= LONGEST {
            let _ = self.name.set(name.to_owned());
        }
    }

    /// The zone, where one was told that is known here. It is looked up when it is first asked for.
    pub fn get(&self) -> Option<&TimeZone> {
        let name = self.name.get()?;
        self.zone.get_or_init(|| TimeZone::get(name).ok()).as_ref()
    }
}
