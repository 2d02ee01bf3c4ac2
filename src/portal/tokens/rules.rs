//! What a token may be.

use jiff::{SignedDuration, tz::TimeZone};

use crate::{
    api::{
        endpoint::Scope,
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

/// A token to be kept.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What its owner calls it.
    pub label: String,
    /// In the order of their declaration, each once.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: Timestamp,
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
    if errors.is_empty() { Ok(Checked { label, scopes, expires_at }) } else { Err(Problem::invalid(errors).into()) }
}

/// Scopes as they are kept: separated by blanks.
pub fn spell(scopes: &[Scope]) -> String {
    scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Scopes as they were kept; one this version does not know grants nothing.
pub fn read(scopes: &str) -> Vec<Scope> {
    scopes.split(' ').filter_map(<Scope as crate::api::word::Word>::parse).collect()
}
