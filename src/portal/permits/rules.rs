//! What may happen to an application and what happens next: pure decisions.

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::queries::{DocumentRow, PermitRow, StepRow};
use crate::{
    api::{
        money::Currency,
        permits::{Document, NextStep, Party, Permit, PermitStatus, Step},
        problem::{Code, FieldError, Problem},
        time::{Date, Timestamp},
    },
    form::Extent,
    nearest::nearest,
    portal::{
        city::{City, permits::PermitType},
        error::Result,
    },
};

/// How long a draft is kept after its last change, in days.
const DRAFT_DAYS: i64 = 90;
/// In how many days a fee is due.
pub const FEE_DAYS: i32 = 30;
/// How long after that an application still waits for it, in days.
const GRACE_DAYS: i64 = 14;
/// How long an applicant has for an answer, in days.
const ANSWER_DAYS: i64 = 60;

/// What can happen to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The applicant sends it.
    Submit,
    /// Its fee is paid, or there is none.
    BeginReview,
    /// A clerk asks for something.
    Ask,
    /// The applicant answers.
    Answer,
    /// A clerk allows it.
    Approve,
    /// A clerk does not.
    Deny,
    /// A clerk makes the permit out.
    Issue,
    /// The applicant takes it back.
    Withdraw,
    /// Nothing came in time.
    Expire,
}

/// Where an application stands after an event: the one table of all of them.
///
/// # Errors
/// That this cannot happen to it where it stands.
pub fn transition(status: PermitStatus, event: Event) -> Result<PermitStatus, Refused> {
    use PermitStatus::{Approved, Denied, Draft, Expired, InReview, InfoRequested, Issued, Submitted, Withdrawn};
    Ok(match (status, event) {
        (Draft, Event::Submit) => Submitted,
        (Submitted, Event::BeginReview) | (InfoRequested, Event::Answer) => InReview,
        (InReview, Event::Ask) => InfoRequested,
        (InReview, Event::Approve) => Approved,
        (InReview, Event::Deny) => Denied,
        (Approved, Event::Issue) => Issued,
        (Draft | Submitted | InReview | InfoRequested | Approved, Event::Withdraw) => Withdrawn,
        (Draft | Submitted | InfoRequested, Event::Expire) => Expired,
        _ => return Err(Refused { status, event }),
    })
}

/// Something that cannot happen to an application where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands.
    pub status: PermitStatus,
    /// What cannot happen.
    pub event: Event,
}

impl Refused {
    /// The problem for whoever tried.
    pub fn problem(self, id: impl std::fmt::Display) -> Problem {
        let cannot = match self.event {
            Event::Submit => "cannot be submitted",
            Event::BeginReview => "cannot be reviewed",
            Event::Ask => "cannot be asked about",
            Event::Answer => "waits for no answer",
            Event::Approve | Event::Deny => "cannot be decided",
            Event::Issue => "cannot be issued",
            Event::Withdraw => "cannot be withdrawn",
            Event::Expire => "does not expire",
        };
        let when = match self.event {
            Event::Submit => "only a draft can",
            Event::Ask | Event::Approve | Event::Deny => "that happens while it is in review",
            Event::Answer => "only one with status info_requested does",
            Event::Issue => "only an approved one can",
            _ => "look at its timeline",
        };
        let actor = match self.event {
            Event::Ask | Event::Approve | Event::Deny | Event::Issue => Party::City,
            _ => Party::Applicant,
        };
        Problem::new(Code::Conflict, format!("{id} {cannot}: it is {}", self.status))
            .hint(format!("{when}: {} {id}", shown_by(actor)))
            .about(id)
    }
}

/// The command by which they see where an application stands.
pub fn shown_by(party: Party) -> &'static str {
    match party {
        Party::City => "citytime staff permits show",
        Party::Applicant | Party::Portal => "citytime permit status",
    }
}

/// When an application that has come to stand somewhere ends by itself.
pub fn expiry(status: PermitStatus, now: Timestamp) -> Option<Timestamp> {
    let days = match status {
        PermitStatus::Draft => DRAFT_DAYS,
        PermitStatus::Submitted => i64::from(FEE_DAYS) + GRACE_DAYS,
        PermitStatus::InfoRequested => ANSWER_DAYS,
        _ => return None,
    };
    Some(now.plus(SignedDuration::from_hours(24 * days)))
}

/// A type of permit by its word.
///
/// # Errors
/// That there is none, with the nearest word.
pub fn kind<'c>(city: &'c City, id: &str) -> Result<&'c PermitType> {
    city.permits.find(id).ok_or_else(|| {
        let known = city.permits.types.iter().map(|kind| kind.id.as_str());
        let hint = match nearest(id, known) {
            Some(near) => format!("did you mean {near}? for all of them: citytime permit types"),
            None => "for all of them: citytime permit types".to_owned(),
        };
        Problem::not_found("type of permit", id).hint(hint).into()
    })
}

/// Everything that is wrong with an application.
pub fn mistakes(
    kind: &PermitType,
    answers: &Map<String, Value>,
    documents: Option<&[&str]>,
    extent: Extent,
) -> Vec<FieldError> {
    let wrong = kind.form.mistakes(answers, extent);
    let mut errors = wrong
        .iter()
        .map(|mistake| FieldError::new(format!("/answers{}", mistake.pointer), mistake.to_string()))
        .collect::<Vec<_>>();
    let Some(documents) = documents else { return errors };
    for asked in kind.documents.iter().filter(|asked| asked.required && extent == Extent::Whole) {
        if !documents.contains(&asked.id.as_str()) {
            let detail = format!("{}: it is not attached (--attach {}=FILE)", asked.title, asked.id);
            errors.push(FieldError::new(format!("/documents/{}", asked.id), detail));
        }
    }
    for given in documents.iter().filter(|given| !kind.documents.iter().any(|asked| asked.id == ***given)) {
        errors.push(FieldError::new(format!("/documents/{given}"), no_such_document(kind, given)));
    }
    errors
}

/// What is said of a document nobody asks for.
pub fn no_such_document(kind: &PermitType, given: &str) -> String {
    let known = kind.documents.iter().map(|asked| asked.id.as_str()).collect::<Vec<_>>();
    match nearest(given, known.iter().copied()) {
        Some(near) => format!("`{given}` is not asked for; did you mean {near}?"),
        None if known.is_empty() => format!("`{given}` is not asked for: this permit takes no documents"),
        None => format!("`{given}` is not asked for; this permit takes {}", known.join(", ")),
    }
}

/// Refuses mistakes, all at once.
pub fn refuse(errors: Vec<FieldError>) -> Result<()> {
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors).into()) }
}

/// Who looks at an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Whose it is.
    Applicant,
    /// A clerk.
    Clerk,
}

/// An application as somebody sees it.
pub fn seen(row: PermitRow, documents: Vec<DocumentRow>, steps: Vec<StepRow>, city: &City, viewer: Viewer) -> Permit {
    let zone = &city.zone;
    let next = next(&row, row.expires_at.map(|at| at.date_in(zone)));
    let PermitRow { id, applicant, kind, title, category, status, version, answers, fee, .. } = row;
    let currency: Currency = city.currency;
    Permit {
        id,
        kind,
        title,
        category,
        status,
        version,
        applicant,
        assignee: row.assignee_name.filter(|_| viewer == Viewer::Clerk),
        answers: serde_json::from_str(&answers).unwrap_or_default(),
        documents: documents.into_iter().map(Document::from).collect(),
        fee,
        currency,
        fee_bill: row.bill,
        created_at: row.created_at,
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        expected_on: row.expected_on,
        next,
        timeline: steps.into_iter().map(Step::from).collect(),
    }
}

/// What happens next with an application.
fn next(row: &PermitRow, ends_on: Option<Date>) -> Option<NextStep> {
    let step = |what: String, by, until| Some(NextStep { what, by, until });
    match row.status {
        PermitStatus::Draft => step(format!("submit it: citytime permit apply {}", row.id), Party::Applicant, ends_on),
        PermitStatus::Submitted => {
            let bill = row.bill.map(|bill| format!(": citytime bills pay {bill}")).unwrap_or_default();
            step(format!("pay the fee{bill}"), Party::Applicant, ends_on)
        }
        PermitStatus::InReview => step(format!("{} decides", row.department), Party::City, row.expected_on),
        PermitStatus::InfoRequested => {
            let what = format!("answer what was asked: citytime permit answer {}", row.id);
            step(what, Party::Applicant, ends_on)
        }
        PermitStatus::Approved => step(format!("{} issues the permit", row.department), Party::City, None),
        PermitStatus::Issued | PermitStatus::Denied | PermitStatus::Withdrawn | PermitStatus::Expired => None,
    }
}

impl From<DocumentRow> for Document {
    fn from(row: DocumentRow) -> Self {
        let DocumentRow { id, media_type, size, digest, attached_at } = row;
        Self { id, media_type, size, sha256: HEXLOWER.encode(&digest), attached_at }
    }
}

impl From<StepRow> for Step {
    fn from(row: StepRow) -> Self {
        let StepRow { at, status, note, by } = row;
        Self { at, status, note, by }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::api::word::Word;

    const EVENTS: [Event; 9] = [
        Event::Submit,
        Event::BeginReview,
        Event::Ask,
        Event::Answer,
        Event::Approve,
        Event::Deny,
        Event::Issue,
        Event::Withdraw,
        Event::Expire,
    ];

    /// What an application has been through, told without states.
    #[derive(Debug, Default, Clone)]
    struct Model {
        submitted: bool,
        paid: bool,
        question: bool,
        verdict: Option<bool>,
        issued: bool,
        left: Option<PermitStatus>,
    }

    impl Model {
        fn take(&mut self, event: Event) -> bool {
            let alive = self.left.is_none() && !self.issued && self.verdict != Some(false);
            let reviewed = alive && self.paid && !self.question && self.verdict.is_none();
            let allowed = match event {
                Event::Submit => alive && !self.submitted,
                Event::BeginReview => alive && self.submitted && !self.paid,
                Event::Ask | Event::Approve | Event::Deny => reviewed,
                Event::Answer => alive && self.question,
                Event::Issue => alive && self.verdict == Some(true),
                Event::Withdraw => alive,
                // Only the applicant can be late.
                Event::Expire => alive && (!self.paid || self.question),
            };
            if allowed {
                match event {
                    Event::Submit => self.submitted = true,
                    Event::BeginReview => self.paid = true,
                    Event::Ask => self.question = true,
                    Event::Answer => self.question = false,
                    Event::Approve => self.verdict = Some(true),
                    Event::Deny => self.verdict = Some(false),
                    Event::Issue => self.issued = true,
                    Event::Withdraw => self.left = Some(PermitStatus::Withdrawn),
                    Event::Expire => self.left = Some(PermitStatus::Expired),
                }
            }
            allowed
        }

        fn status(&self) -> PermitStatus {
            match self {
                Self { left: Some(left), .. } => *left,
                Self { issued: true, .. } => PermitStatus::Issued,
                Self { verdict: Some(true), .. } => PermitStatus::Approved,
                Self { verdict: Some(false), .. } => PermitStatus::Denied,
                Self { question: true, .. } => PermitStatus::InfoRequested,
                Self { paid: true, .. } => PermitStatus::InReview,
                Self { submitted: true, .. } => PermitStatus::Submitted,
                _ => PermitStatus::Draft,
            }
        }
    }

    proptest! {
        #[test]
        fn the_table_agrees_with_a_model(events in proptest::collection::vec(0..EVENTS.len(), 0..40)) {
            let (mut status, mut model) = (PermitStatus::Draft, Model::default());
            for event in events.into_iter().map(|place| EVENTS[place]) {
                let moved = transition(status, event);
                prop_assert_eq!(moved.is_ok(), model.take(event), "{:?} of {:?}", event, status);
                status = moved.unwrap_or(status);
                prop_assert_eq!(status, model.status());
            }
        }
    }

    #[test]
    fn nothing_happens_to_what_is_over_and_something_can_to_the_rest() {
        for &status in PermitStatus::ALL {
            let possible = EVENTS.iter().filter(|&&event| transition(status, event).is_ok()).count();
            assert_eq!(possible == 0, status.is_final(), "{status}");
        }
    }
}
