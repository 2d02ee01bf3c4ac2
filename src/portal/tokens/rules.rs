//! What a token may be.

use jiff::{SignedDuration, tz::TimeZone};

use crate::{
    api::{
        endpoint::Scope,
        money::Minor,
        problem::{FieldError, Problem},
        time::{Date, Timestamp},
        tokens::NewToken,
    },
    portal::error::Result,
};

/// The longest life of a token.
const LONGEST_DAYS: i64 = 366;
/// The longest label, in characters.
const LONGEST_LABEL: usize = 60;

/// The largest limit of a day, in minor units: what counts against it still fits.
const LARGEST: Minor = Minor(1_000_000_000_000_000);

/// A token to be kept.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What its owner calls it.
    pub label: String,
    /// In the order of their declaration, each once.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What it may pay on a day.
    pub max_per_day: Option<Minor>,
}

/// Checks a new token; all mistakes are told at once.
pub fn checked(new: NewToken, now: Timestamp, today: Date, zone: &TimeZone) -> Result<Checked> {
    let mut errors = Vec::new();
    let label = new.label.trim().to_owned();
    if label.is_empty() || label.chars().count() > LONGEST_LABEL {
        errors.push(FieldError::new("/label", format!("a label has 1 to {LONGEST_LABEL} characters")));
    }
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        errors.push(FieldError::new("/scopes", "a token needs at least one scope"));
    }
    let expires_at = new.expires.start(today, zone);
    if expires_at <= now {
        errors.push(FieldError::new("/expires", "the token would have expired already"));
    } else if expires_at > now.plus(SignedDuration::from_hours(24 * LONGEST_DAYS)) {
        errors.push(FieldError::new("/expires", "a token lives a year at most"));
    }
    if let Some(most) = new.max_per_day {
        if most <= Minor::ZERO || most > LARGEST {
            errors.push(FieldError::new("/max_per_day", "what it may pay a day is above zero, and not absurdly large"));
        } else if !scopes.contains(&Scope::BillsPay) {
            errors.push(FieldError::new("/max_per_day", "only a token with the scope bills:pay pays anything"));
        }
    }
    let max_per_day = new.max_per_day;
    match errors.as_slice() {
        [] => Ok(Checked { label, scopes, expires_at, max_per_day }),
        [one] if one.pointer == "/expires" => {
            Err(Problem::invalid(errors).hint("say for how long, up to a year, as in expires 90d").into())
        }
        _ => Err(Problem::invalid(errors).into()),
    }
}

/// Scopes as they are kept: separated by blanks.
pub fn spell(scopes: &[Scope]) -> String {
    scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Scopes as they were kept; one this version does not know grants nothing.
pub fn read(scopes: &str) -> Vec<Scope> {
    scopes.split(' ').filter_map(<Scope as crate::api::word::Word>::parse).collect()
}
