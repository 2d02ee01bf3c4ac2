//! What clerks do: publish programs and changes to them, call one off, note who was there.

use super::{
    booking,
    queries::{self, Move, PartyRow},
    rules,
};
use crate::{
    api::{
        id::{ProgramId, RegistrationId},
        problem::{Code, Problem},
        programs::{ProgramLine, RegistrationStatus},
        staff::LineOutcome,
        time::Timestamp,
    },
    portal::{
        Portal, bills,
        error::{Error, Result},
        store::Tx,
    },
};

/// Publishes a line: new, changed, the same, or refused with the reason. A change that brings seats promotes whoever
/// waits.
pub(crate) async fn publish(
    tx: &Tx<'_>,
    portal: &Portal,
    fresh: ProgramId,
    line: &ProgramLine,
    now: Timestamp,
) -> Result<Result<(ProgramId, LineOutcome), String>> {
    if let Some(detail) = rules::refusal(line, portal.city()) {
        return Ok(Err(detail));
    }
    let Some(known) = queries::lock_number(tx, line.number.trim()).await? else {
        queries::insert(tx, fresh, line, now).await?;
        return Ok(Ok((fresh, LineOutcome::Created)));
    };
    if rules::is_same(&known, line) {
        return Ok(Ok((known.id, LineOutcome::Unchanged)));
    }
    if known.cancelled_at.is_some() {
        return Ok(Err(format!("{} was called off; publish it under another number", known.id)));
    }
    if line.capacity < known.taken {
        let detail = format!("{} seats of {} are taken: capacity cannot be {}", known.taken, known.id, line.capacity);
        return Ok(Err(detail));
    }
    let seats = known.seats().resized(line.capacity);
    if !queries::update(tx, known.id, line, seats.set_aside, now).await? {
        return Err(Error::internal(format!("{} changed while it was locked", known.id)));
    }
    let changed = queries::find(tx, known.id).await?;
    let changed = changed.ok_or_else(|| Error::internal(format!("{} is gone", known.id)))?;
    booking::promote(tx, portal, &changed, seats, now).await?;
    Ok(Ok((known.id, LineOutcome::Updated)))
}

/// Calls a program off: whoever has a place in it loses it, bills of unpaid fees are withdrawn.
pub(crate) async fn call_off(tx: &Tx<'_>, portal: &Portal, id: ProgramId, reason: &str, now: Timestamp) -> Result<()> {
    let locked = queries::lock(tx, id).await?;
    let program = locked.ok_or_else(|| Error::from(Problem::not_found("program", id)))?;
    if program.cancelled_at.is_some() {
        let problem = Problem::new(Code::Cancelled, format!("{id} was called off already"));
        return Err(problem.hint(format!("see it: citytime programs show {id}")).about(id).into());
    }
    if now >= program.ends_at {
        let problem = Problem::new(Code::Conflict, format!("{id} is over: it cannot be called off any more"));
        return Err(problem.about(id).into());
    }
    // A payment takes its bills in this order, and a registration behind them: what was paid meanwhile is read after.
    let fees = queries::alive(tx, id).await?.into_iter().filter_map(|party| party.bill);
    for bill in bills::queries::in_lock_order(fees, |&bill| bill) {
        bills::queries::take(tx, bill).await?;
    }
    for party in queries::alive(tx, id).await? {
        let called_off = format!("called off by the city: {reason}");
        let note = match party.bill {
            Some(bill) => match booking::to_give_back(tx, portal, bill).await? {
                Some(back) => format!("{called_off}; {back}"),
                // It was not paid yet, or what was paid came back.
                None => {
                    bills::queries::withdraw(tx, bill, &called_off, now).await?;
                    called_off
                }
            },
            None => called_off,
        };
        let with = Move { note: Some(note), ..Move::default() };
        booking::restate(tx, &party, RegistrationStatus::Cancelled, &with, now).await?;
        booking::tell(tx, portal, &program, &party, RegistrationStatus::Cancelled, &with, now).await?;
    }
    queries::call_off(tx, id, reason, now).await
}

/// Notes that somebody of a registration was there, or tells why not.
pub(crate) async fn attend(
    tx: &Tx<'_>,
    program: ProgramId,
    id: RegistrationId,
    now: Timestamp,
) -> Result<Result<(RegistrationId, LineOutcome), String>> {
    let row = queries::find_registration(tx, id).await?.filter(|row| row.program == program);
    let Some(row) = row else {
        return Ok(Err(format!("{program} has no registration {id}")));
    };
    match row.status {
        RegistrationStatus::Attended => Ok(Ok((id, LineOutcome::Unchanged))),
        RegistrationStatus::Registered => {
            let (account, seats, created_at) = (row.account, row.seats, row.created_at);
            let party = PartyRow { id, account, seats, status: row.status, bill: row.bill, created_at };
            booking::restate(tx, &party, RegistrationStatus::Attended, &Move::default(), now).await?;
            Ok(Ok((id, LineOutcome::Updated)))
        }
        other => Ok(Err(format!("{id} is {other}: only who was registered can have been there"))),
    }
}
