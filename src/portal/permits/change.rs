//! Every change of an application, each in one unit: where it stands, the step that tells it, the bill of its fee and the
//! entry in the history, or none of it.

use serde_json::{Map, Value};

use super::{
    queries::{self, Also, PermitRow},
    rules::{self, Event, FEE_DAYS, expiry, transition},
    told,
};
use crate::{
    api::{
        endpoint::SignedIn,
        id::{AccountId, BillId, PermitId},
        permits::{Party, PermitStatus},
        problem::{Code, Problem},
        time::Timestamp,
    },
    form::Extent,
    portal::{
        Portal,
        audit::{self, Cause},
        bills,
        city::workdays,
        error::{Error, Result},
        fees::{Fee, FeeOf},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        notices,
        random::with_fresh_ids,
        store::{Tx, params},
        web::context::Context,
    },
};

/// How many applications end in one round.
const AT_ONCE: i64 = 200;
/// How much later an application is looked at again whose fee is on its way, in hours.
const LATER: i64 = 24;

/// An application to be begun.
#[derive(Clone)]
pub(crate) struct Applying {
    pub(crate) portal: Portal,
    pub(crate) account: AccountId,
    pub(crate) kind: String,
    pub(crate) answers: Map<String, Value>,
    pub(crate) now: Timestamp,
    pub(crate) claim: Option<Claim>,
}

/// Begins an application as a draft. With a key that was used, it is the one that was begun then.
pub(crate) async fn begin(tx: &Tx<'_>, new: &Applying, id: PermitId) -> Result<PermitId> {
    let Applying { portal, account, kind, answers, now, claim } = new;
    if let Claimed::Done(before) = Claim::take_if_given(claim.as_ref(), tx, id.number(), *now).await? {
        return Ok(PermitId::new(before));
    }
    tx.about(id);
    let kind = rules::kind(portal.city(), kind)?;
    rules::refuse(rules::mistakes(kind, answers, None, Extent::SoFar))?;
    let text = Value::Object(answers.clone()).to_string();
    let ends = expiry(PermitStatus::Draft, *now);
    let values = params![
        id,
        *account,
        kind.id,
        kind.title,
        kind.category,
        kind.department,
        text,
        kind.fee,
        *now,
        kind.working_days,
        ends,
    ];
    tx.execute(&queries::INSERT, &values).await?;
    note(tx, id, (PermitStatus::Draft, None, Party::Applicant), Some(*account), *now).await?;
    Ok(id)
}

/// Something that happens to an application.
#[derive(Clone)]
pub(crate) struct Change {
    pub(crate) portal: Portal,
    pub(crate) id: PermitId,
    pub(crate) doing: Doing,
    /// Who does it; nobody, where time does.
    pub(crate) actor: Option<AccountId>,
    /// The version that was looked at.
    pub(crate) version: Option<i64>,
    /// What is said with it.
    pub(crate) note: Option<String>,
    pub(crate) now: Timestamp,
    pub(crate) claim: Option<Claim>,
}

/// What happens.
#[derive(Clone)]
pub(crate) enum Doing {
    /// A draft's answers are changed.
    Edit(Option<Map<String, Value>>),
    /// A draft is submitted; the bill of its fee gets this id.
    Submit(BillId),
    /// What was asked is answered, with changed answers of the form or without.
    Answer(Option<Map<String, Value>>),
    /// The applicant takes it back.
    Withdraw,
    /// Somebody looks after it.
    Assign(AccountId),
    /// Only where it stands changes, by a clerk or by the portal.
    Clerk(Event),
    Portal(Event),
}

impl Doing {
    fn party(&self) -> Party {
        match self {
            Self::Edit(_) | Self::Submit(_) | Self::Answer(_) | Self::Withdraw => Party::Applicant,
            Self::Assign(_) | Self::Clerk(_) => Party::City,
            Self::Portal(_) => Party::Portal,
        }
    }

    fn event(&self) -> Option<Event> {
        match self {
            Self::Edit(_) | Self::Assign(_) => None,
            Self::Submit(_) => Some(Event::Submit),
            Self::Answer(_) => Some(Event::Answer),
            Self::Withdraw => Some(Event::Withdraw),
            Self::Clerk(event) | Self::Portal(event) => Some(*event),
        }
    }
}

/// A step that is to be noted: where the application stands since, what was said, and who took it.
type Taken<'a> = (PermitStatus, Option<&'a str>, Party);

/// Makes a change, unless somebody changed the application since its actor looked at it. The application is taken first:
/// two changes at once happen one behind the other, and a payment that arrives is not refused for a clerk's haste.
pub(crate) async fn move_on(tx: &Tx<'_>, change: &Change) -> Result<()> {
    let Change { portal, id, doing, actor, version, note: said, now, claim } = change;
    let (id, now) = (*id, *now);
    if let Claimed::Done(_) = Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
        return Ok(());
    }
    tx.about(id);
    let party = doing.party();
    let visible = |row: &PermitRow| match party {
        Party::Applicant => Some(row.account) == *actor,
        // A draft is its owner's alone.
        Party::City => row.submitted_at.is_some(),
        Party::Portal => true,
    };
    let also = match doing {
        Doing::Withdraw | Doing::Portal(Event::Expire) => Also::Bill,
        _ => Also::Nothing,
    };
    let found = queries::take(tx, id, also).await?.filter(visible);
    let mut row = found.ok_or_else(|| Problem::not_found("permit", id))?;
    let had = version.unwrap_or(row.version);
    if had != row.version {
        return Err(moved_on(&row, had, party).into());
    }
    let mut steps: Vec<Taken<'_>> = Vec::new();
    if let Some(event) = doing.event() {
        row.status = transition(row.status, event).map_err(|refused| refused.problem(id))?;
        row.expires_at = expiry(row.status, now);
        steps.push((row.status, said.as_deref(), party));
    }
    apply(tx, portal, &mut row, doing, now, &mut steps).await?;
    row.changed_at = now;
    if !queries::save(tx, &row).await? {
        return Err(Error::internal(format!("{id} moved on while it was taken")));
    }
    for step in steps {
        note(tx, id, step, *actor, now).await?;
    }
    if let Some(event) = doing.event() {
        notices::tell(tx, portal, row.account, &told::notice(portal, &row, event, said.as_deref()), now).await?;
    }
    if let (Some(at), Some(_)) = (row.submitted_at, doing.event()) {
        if matches!(doing, Doing::Submit(_)) {
            let entry = Entry::permit(at, id, row.title.clone(), row.status);
            history::record(tx, row.account, entry).await?;
        } else {
            history::restate(tx, row.account, at, id.number(), &row.status.to_string()).await?;
        }
    }
    Ok(())
}

/// What a change does beside moving the application on.
async fn apply(
    tx: &Tx<'_>,
    portal: &Portal,
    row: &mut PermitRow,
    doing: &Doing,
    now: Timestamp,
    steps: &mut Vec<Taken<'_>>,
) -> Result<()> {
    match doing {
        Doing::Edit(answers) => {
            if row.status != PermitStatus::Draft {
                let problem =
                    Problem::new(Code::Conflict, format!("{} is {} already: its answers stay", row.id, row.status));
                return Err(problem.hint(format!("see where it stands: citytime permit status {}", row.id)).into());
            }
            if let Some(answers) = answers {
                let kind = rules::kind(portal.city(), &row.kind)?;
                rules::refuse(rules::mistakes(kind, answers, None, Extent::SoFar))?;
                row.answers = Value::Object(answers.clone()).to_string();
            }
            row.expires_at = expiry(row.status, now);
        }
        Doing::Submit(bill) => {
            let kind = rules::kind(portal.city(), &row.kind)?;
            let answers = serde_json::from_str(&row.answers).unwrap_or_default();
            let (documents, _) = queries::details(tx, row.id).await?;
            let attached = documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>();
            rules::refuse(rules::mistakes(kind, &answers, Some(&attached), Extent::Whole))?;
            row.submitted_at = Some(now);
            // What it costs and how long it takes is what the city says today, not when the draft was begun.
            (row.fee, row.days_left) = (kind.fee, kind.working_days);
            if row.fee.0 > 0 {
                row.bill = Some(*bill);
                issue_bill(tx, portal, row, *bill, now).await?;
            } else {
                row.status = transition(row.status, Event::BeginReview).map_err(|refused| refused.problem(row.id))?;
                begin_review(portal, row, now);
                steps.push((row.status, None, Party::Portal));
            }
        }
        Doing::Answer(answers) => {
            if let Some(answers) = answers {
                let kind = rules::kind(portal.city(), &row.kind)?;
                rules::refuse(rules::mistakes(kind, answers, None, Extent::Whole))?;
                row.answers = Value::Object(answers.clone()).to_string();
            }
            begin_review(portal, row, now);
        }
        Doing::Withdraw | Doing::Portal(Event::Expire) => {
            row.expected_on = None;
            if let Some(bill) = row.bill {
                void_fee(tx, row, bill, now).await?;
            }
        }
        Doing::Assign(clerk) => row.assignee = Some(*clerk),
        Doing::Clerk(Event::Ask) => {
            let today = portal.today(now);
            let works = |day| portal.city().hours.works_on(day);
            row.days_left =
                row.expected_on.map_or(row.days_left, |until| workdays::between(today, until, works)).max(1);
            row.expected_on = None;
        }
        Doing::Clerk(Event::Approve | Event::Deny) => {
            row.decided_at = Some(now);
            row.expected_on = None;
        }
        Doing::Portal(Event::BeginReview) => begin_review(portal, row, now),
        Doing::Clerk(_) | Doing::Portal(_) => {}
    }
    Ok(())
}

/// From now on the department's working days count.
fn begin_review(portal: &Portal, row: &mut PermitRow, now: Timestamp) {
    row.expected_on = Some(portal.city().working_days_after(portal.today(now), row.days_left));
    row.expires_at = expiry(row.status, now);
}

async fn issue_bill(tx: &Tx<'_>, portal: &Portal, row: &PermitRow, bill: BillId, now: Timestamp) -> Result<()> {
    let (number, title) = (row.id.to_string(), format!("Permit fee: {}", row.title));
    let today = portal.today(now);
    let issue = bills::queries::Issue {
        id: bill,
        number: &number,
        account: row.account,
        category: &portal.city().permits.fee_category,
        title: &title,
        issued_on: today,
        due_on: today.plus_days(FEE_DAYS),
        amount: row.fee,
        fee: Fee { of: FeeOf::Permit, number: row.id.number() },
    };
    tx.about(bill);
    bills::queries::issue(tx, &issue, now).await
}

/// Withdraws the bill of a fee that was not paid; one that was stays paid.
async fn void_fee(tx: &Tx<'_>, row: &PermitRow, bill: BillId, now: Timestamp) -> Result<()> {
    let owed = bills::queries::find(tx, row.account, bill).await?;
    let open = owed.is_some_and(|bill| bill.status == crate::api::bills::BillStatus::Open);
    if open && !bills::queries::void(tx, bill, "application ended", now).await? {
        let problem = Problem::new(Code::Conflict, format!("a payment of the fee of {} is on its way", row.id));
        return Err(problem
            .hint(format!("try again once it has arrived: citytime bills show {bill}"))
            .about(bill)
            .into());
    }
    Ok(())
}

fn moved_on(row: &PermitRow, had: i64, party: Party) -> Problem {
    let detail = format!("{} changed meanwhile: you looked at version {had} of it", row.id);
    Problem::new(Code::Conflict, detail)
        .hint(format!("nothing was changed; see where it stands now: {} {}", rules::shown_by(party), row.id))
        .about(row.id)
}

async fn note(tx: &Tx<'_>, id: PermitId, taken: Taken<'_>, actor: Option<AccountId>, now: Timestamp) -> Result<()> {
    let (status, said, party) = taken;
    tx.execute(&queries::STEP, &params![id, now, status, said, party, actor]).await?;
    Ok(())
}

/// Submits a draft.
pub(crate) async fn submit(change: impl Fn(BillId) -> Change, context: &Context<SignedIn>) -> Result<()> {
    with_fresh_ids(|| async {
        let change = change(context.portal.random().id()?);
        context.write(change, |tx, change| Box::pin(move_on(tx, change))).await
    })
    .await
}

/// The fee of an application is paid: its review begins, in the unit that settles the payment.
pub(crate) async fn paid(tx: &Tx<'_>, portal: &Portal, id: PermitId, now: Timestamp) -> Result<()> {
    let Some(row) = queries::take(tx, id, Also::Nothing).await? else { return Ok(()) };
    if row.status != PermitStatus::Submitted {
        // Whatever became of it: the money has arrived, and what is done with it is not for this unit to decide.
        return Ok(());
    }
    let doing = Doing::Portal(Event::BeginReview);
    let note = Some("the fee is paid".to_owned());
    let change = Change { portal: portal.clone(), id, doing, actor: None, version: None, note, now, claim: None };
    move_on(tx, &change).await
}

/// Ends what nobody went on with in time.
pub(crate) async fn expire(portal: &Portal) -> Result<u64> {
    let now = portal.clock().now();
    let over: Vec<(PermitId,)> = portal
        .store()
        .read((), move |tx, ()| {
            Box::pin(async move { Ok::<_, Error>(tx.rows(&queries::OVER, &params![now, AT_ONCE]).await?) })
        })
        .await?;
    let mut ended = 0;
    for (id,) in over {
        let doing = Doing::Portal(Event::Expire);
        let change =
            Change { portal: portal.clone(), id, doing, actor: None, version: None, note: None, now, claim: None };
        let cause = Cause::portal("permits.expire");
        let write = audit::write(portal.store(), cause, now, change, |tx, change| Box::pin(move_on(tx, change)));
        match write.await {
            Ok(()) => ended += 1,
            // Its fee is on its way, or somebody was quicker.
            Err(error) if error.problem.code == Code::Conflict => put_off(portal, id, now).await?,
            Err(error) if error.problem.code == Code::Unavailable => return Err(error),
            // One application that cannot end keeps no other from ending.
            Err(error) => {
                tracing::error!(permit = %id, %error, "not ended; it is tried again tomorrow");
                put_off(portal, id, now).await?;
            }
        }
    }
    Ok(ended)
}

async fn put_off(portal: &Portal, id: PermitId, now: Timestamp) -> Result<()> {
    let later = now.plus(jiff::SignedDuration::from_hours(LATER));
    let cause = Cause::portal("permits.put_off").about(id);
    let write = audit::write(portal.store(), cause, now, (), move |tx, ()| {
        Box::pin(async move {
            tx.execute(&queries::PUT_OFF, &params![id, now, later]).await?;
            Ok::<_, Error>(())
        })
    });
    write.await
}
