//! The states of a request, and what leads from one to another.

use jiff::SignedDuration;

use super::queries::RequestRow;
use crate::{
    api::{
        casework::{Reason, Stage},
        id::RequestId,
        problem::{Code, Problem},
        requests::RequestStatus,
        time::Timestamp,
    },
    portal::{
        city::City,
        error::{Error, Result},
    },
};

/// The longest text anyone writes, in characters; GeoReport's schema has the same for descriptions.
pub const LONGEST_TEXT: usize = 4000;
/// How long the address of a picture may be, in bytes.
const LONGEST_ADDRESS: usize = 2000;

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Open or closed.
    pub status: RequestStatus,
    /// In the words of updates.
    pub stage: Stage,
    /// Why it was closed.
    pub reason: Option<Reason>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What it is the same as.
    pub duplicate_of: Option<RequestId>,
}

/// What may lead to another state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was given to somebody.
    Assign,
    /// Something was noted, perhaps where it stands.
    Note(Option<Stage>),
    /// It was closed.
    Close(Reason),
    /// It was opened again.
    Reopen,
    /// Its reporter said something.
    ReporterComments,
    /// Somebody else did.
    ResidentComments,
    /// It was found to be the same as another one.
    Duplicate(RequestId),
}

impl State {
    /// The state of a request that was just filed.
    pub const FILED: Self =
        Self { status: RequestStatus::Open, stage: Stage::Open, reason: None, closed_at: None, duplicate_of: None };

    /// The state of a row.
    pub fn of(row: &RequestRow) -> Self {
        let RequestRow { status, stage, reason, closed_at, duplicate_of, .. } = row;
        Self { status: *status, stage: *stage, reason: *reason, closed_at: *closed_at, duplicate_of: *duplicate_of }
    }

    /// Until when it can be reopened; `None` while it is open.
    pub fn reopen_until(&self, reopen_days: u32) -> Option<Timestamp> {
        self.closed_at.map(|at| at.plus(SignedDuration::from_hours(24 * i64::from(reopen_days))))
    }

    /// The state after an act.
    pub fn after(self, act: Act, id: RequestId, now: Timestamp, reopen_days: u32) -> Result<Self> {
        let conflict = |detail: String, hint: String| Err(Error::from(Problem::new(Code::Conflict, detail).hint(hint)));
        match (self.status, act) {
            (RequestStatus::Open, Act::ReporterComments | Act::ResidentComments | Act::Note(None))
            | (RequestStatus::Closed, Act::Note(None)) => Ok(self),
            (RequestStatus::Open, Act::Assign | Act::Note(Some(_)) | Act::Close(_) | Act::Reopen)
                if let Some(original) = self.duplicate_of =>
            {
                let detail = format!("{id} is a duplicate of {original} and shares its state");
                conflict(detail, format!("do it with {original}"))
            }
            (RequestStatus::Open, Act::Assign) => Ok(Self { stage: Stage::InProgress, ..self }),
            (RequestStatus::Open, Act::Note(Some(stage))) if can_be_noted(stage) => Ok(Self { stage, ..self }),
            (_, Act::Note(Some(stage))) => {
                let detail = format!("a note cannot make {id} {stage}");
                conflict(detail, "close or reopen it, or tell what it duplicates".to_owned())
            }
            (RequestStatus::Open, Act::Close(reason)) => Ok(Self {
                status: RequestStatus::Closed,
                stage: reason.stage(),
                reason: Some(reason),
                closed_at: Some(now),
                duplicate_of: None,
            }),
            (RequestStatus::Open, Act::Duplicate(original)) => {
                Ok(Self { stage: Stage::Duplicate, duplicate_of: Some(original), ..self })
            }
            (RequestStatus::Open, Act::Reopen) => conflict(format!("{id} is open"), "comment on it instead".to_owned()),
            (RequestStatus::Closed, Act::Reopen | Act::ReporterComments) => match self.reopen_until(reopen_days) {
                Some(until) if until < now => {
                    let detail = format!("{id} was closed; it could be reopened until {until}");
                    conflict(detail, "file a new request, and name this one in it".to_owned())
                }
                _ => Ok(Self { stage: Stage::Reopen, ..Self::FILED }),
            },
            (RequestStatus::Closed, Act::ResidentComments) => {
                conflict(format!("{id} is closed"), "file a new request if it is still so".to_owned())
            }
            (RequestStatus::Closed, Act::Assign | Act::Close(_) | Act::Duplicate(_)) => {
                conflict(format!("{id} is closed"), "reopen it first: citytime staff requests reopen".to_owned())
            }
        }
    }

    /// The state of a duplicate whose original has this one.
    pub fn shared(&self, original: RequestId) -> Self {
        Self { stage: Stage::Duplicate, duplicate_of: Some(original), ..self.clone() }
    }
}

/// What a clerk may note about where an open request stands.
fn can_be_noted(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Open
            | Stage::InProgress
            | Stage::Planned
            | Stage::ActionScheduled
            | Stage::Investigating
            | Stage::ForTriage
    )
}

/// A text that says something, and not too much.
pub fn text(pointer: &str, text: &str) -> Result<String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::field(pointer, "it is empty")),
        count if count > LONGEST_TEXT => {
            Err(Error::field(pointer, format!("it has {count} characters, and at most {LONGEST_TEXT} fit")))
        }
        _ => Ok(text.to_owned()),
    }
}

/// What is promised when a request is filed.
pub fn notice(expected: Option<Timestamp>, city: &City) -> Option<String> {
    let day = expected?.in_zone(&city.zone).strftime("%A, %-d %B %Y").to_string();
    Some(format!("We mean to have this done by {day}."))
}

/// What is wrong with the address of a picture, if anything is.
pub fn picture_mistake(url: &str) -> Option<String> {
    let parsed = reqwest::Url::parse(url).ok();
    let good = parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let mistake = || format!("`{url}` is no address of a picture, as in https://riverton.example/hole.jpg");
    (url.len() > LONGEST_ADDRESS || !good).then(mistake)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn acts() -> impl Strategy<Value = Act> {
        let stages = proptest::sample::select(<Stage as crate::api::word::Word>::ALL);
        prop_oneof![
            Just(Act::Assign),
            proptest::option::of(stages).prop_map(Act::Note),
            proptest::sample::select(<Reason as crate::api::word::Word>::ALL).prop_map(Act::Close),
            Just(Act::Reopen),
            Just(Act::ReporterComments),
            Just(Act::ResidentComments),
            Just(Act::Duplicate(RequestId::new(9))),
        ]
    }

    proptest! {
        #[test]
        fn no_order_of_acts_leaves_a_state_that_cannot_be(acts in proptest::collection::vec((acts(), 0..20_i64), 0..30)) {
            let (mut state, mut now) = (State::FILED, Timestamp::from_millisecond(0));
            for (act, days) in acts {
                now = now.plus(SignedDuration::from_hours(24 * days));
                let before = state.clone();
                if let Ok(after) = state.clone().after(act, RequestId::new(1), now, 14) {
                    let reopened = before.status == RequestStatus::Closed && after.status == RequestStatus::Open;
                    prop_assert!(!reopened || before.reopen_until(14).is_some_and(|until| now <= until));
                    state = after;
                }
                prop_assert_eq!(state.status == RequestStatus::Closed, state.closed_at.is_some());
                prop_assert_eq!(state.status == RequestStatus::Closed, state.reason.is_some());
                prop_assert_eq!(state.stage == Stage::Duplicate, state.duplicate_of.is_some());
                prop_assert!(state.stage.is_closing() == (state.status == RequestStatus::Closed));
            }
        }
    }
}
