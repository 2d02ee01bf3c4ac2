//! The units that take and give up seats. Each locks the program's row first, then a bill's, then a registration's, so
//! that no two wait for each other; whatever frees seats promotes the waiting list in the same unit.

use super::{
    queries::{self, Move, PartyRow, ProgramRow},
    rules::{self, Place, Seats},
    told,
};
use crate::{
    api::{
        id::{AccountId, BillId, ProgramId, RegistrationId},
        money::Minor,
        problem::{Code, Problem},
        programs::{NewRegistration, Registration, RegistrationStatus},
        time::Timestamp,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        bills::{self, queries::Issue},
        error::{Error, Result},
        fees::{Fee, FeeOf},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        notices,
        random::with_fresh_ids,
        store::{Tx, params},
    },
};

/// The category of bills that fees of programs are.
pub(super) const CATEGORY: &str = "program";
/// How many ended holds are read at once.
const PAGE: i64 = 200;

/// Who asks for seats, in what, and when.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The portal asked.
    pub(crate) portal: Portal,
    /// Who asks.
    pub(crate) account: AccountId,
    /// For which program.
    pub(crate) program: ProgramId,
    /// For whom.
    pub(crate) new: NewRegistration,
    /// When.
    pub(crate) now: Timestamp,
}

/// Registers, or puts on the waiting list; the same request again is the same registration.
pub(crate) async fn register(tx: &Tx<'_>, asked: &Asked, claim: &Claim, id: RegistrationId) -> Result<RegistrationId> {
    let Asked { portal, account, program, new, now } = asked;
    let (account, now) = (*account, *now);
    if let Claimed::Done(before) = claim.take(tx, id.number(), now).await? {
        return Ok(RegistrationId::new(before));
    }
    tx.about(id);
    let participants = rules::participants(&new.participants)?;
    let locked = queries::lock(tx, *program).await?;
    let program = locked.ok_or_else(|| Error::from(Problem::not_found("program", program)))?;
    rules::admit(&program, portal.city(), now)?;
    let participants = match participants.is_empty() {
        true => vec![tx.one::<(String,)>(&queries::HOLDER, &params![account]).await?.0],
        false => participants,
    };
    nobody_twice(tx, account, &program, &participants).await?;
    let party = i64::try_from(participants.len()).map_err(Error::internal)?;
    if party > program.capacity {
        let detail = format!("`{}` has {} seats, and the party needs {party}", program.title, program.capacity);
        return Err(Problem::new(Code::Full, detail).hint("register fewer people together").about(program.id).into());
    }
    let seats = program.seats();
    let place = seats.place(party);
    if place == Place::Waiting && new.seats_only {
        let detail = match seats.open() {
            0 => format!("`{}` is full", program.title),
            left => format!("`{}` has only {left} of {party} seats left", program.title),
        };
        let hint = "leave --seats-only out to join the waiting list";
        return Err(Problem::new(Code::Full, detail).hint(hint).about(program.id).into());
    }
    take(tx, program.id, seats, seats.with(party)).await?;
    let names = serde_json::to_string(&participants).map_err(Error::internal)?;
    let made =
        PartyRow { id, account, seats: party, status: RegistrationStatus::Waitlisted, bill: None, created_at: now };
    let (status, with) = match place {
        Place::Seated => seat(tx, portal, &program, &made, now).await?,
        Place::Waiting => (RegistrationStatus::Waitlisted, Move::default()),
    };
    let values =
        params![id, program.id, account, names, party, status, program.drawn, with.bill, with.hold_ends_at, now];
    tx.execute(&queries::REGISTER, &values).await?;
    let fee = (program.fee != Minor::ZERO).then(|| rules::party_fee(program.fee, party));
    tell(tx, portal, &program, &PartyRow { status, ..made }, status, &with, now).await?;
    history::record(tx, account, Entry::registration(now, id, program.title, status, fee)).await?;
    Ok(id)
}

/// The same person of a household cannot have two places.
async fn nobody_twice(tx: &Tx<'_>, account: AccountId, program: &ProgramRow, names: &[String]) -> Result<()> {
    let coming: Vec<(RegistrationId, String)> = tx.rows(&queries::COMING, &params![account, program.id]).await?;
    for (other, participants) in coming {
        let known: Vec<String> = serde_json::from_str(&participants).map_err(Error::internal)?;
        if let Some(name) = names.iter().find(|name| known.iter().any(|known| rules::same(known, name))) {
            let problem =
                Problem::new(Code::Conflict, format!("{name} has a place in `{}` already: {other}", program.title))
                    .hint("name somebody else with --for NAME, or cancel that registration first")
                    .about(other);
            return Err(problem.into());
        }
    }
    Ok(())
}

/// Takes or gives up seats of a program that is locked.
async fn take(tx: &Tx<'_>, program: ProgramId, from: Seats, to: Seats) -> Result<()> {
    if queries::seats(tx, program, from, to).await? {
        return Ok(());
    }
    Err(Error::internal(format!("{program} has no seats for a change from {from:?} to {to:?}")))
}

/// What a party that gets seats becomes: registered, or held with a bill where there is a fee.
async fn seat(
    tx: &Tx<'_>,
    portal: &Portal,
    program: &ProgramRow,
    party: &PartyRow,
    now: Timestamp,
) -> Result<(RegistrationStatus, Move)> {
    if program.fee == Minor::ZERO {
        return Ok((RegistrationStatus::Registered, Move::default()));
    }
    let bill: BillId = portal.random().id()?;
    let hold_ends_at = rules::hold_ends(now, program.starts_at);
    let issue = Issue {
        id: bill,
        number: &party.id.to_string(),
        account: party.account,
        category: CATEGORY,
        title: &program.title,
        issued_on: portal.today(now),
        due_on: portal.today(hold_ends_at),
        amount: rules::party_fee(program.fee, party.seats),
        fee: Fee { of: FeeOf::Registration, number: party.id.number() },
    };
    bills::queries::issue(tx, &issue, now).await?;
    Ok((RegistrationStatus::Held, Move { bill: Some(bill), hold_ends_at: Some(hold_ends_at), note: None }))
}

/// Seats the waiting list of a program that is locked, strictly in order, for as long as the first party of it fits.
pub(super) async fn promote(
    tx: &Tx<'_>,
    portal: &Portal,
    program: &ProgramRow,
    mut seats: Seats,
    now: Timestamp,
) -> Result<()> {
    if program.cancelled_at.is_some() || now >= program.starts_at {
        return Ok(());
    }
    while seats.waiting > 0 && seats.taken < seats.capacity {
        let Some(first) = queries::first(tx, program.id).await? else { return Ok(()) };
        let Some(seated) = seats.promote(first.seats) else { return Ok(()) };
        take(tx, program.id, seats, seated).await?;
        let (status, with) = seat(tx, portal, program, &first, now).await?;
        restate(tx, &first, status, &with, now).await?;
        tell(tx, portal, program, &first, status, &with, now).await?;
        seats = seated;
    }
    Ok(())
}

/// Moves a registration on, and its entry in the history.
pub(super) async fn restate(
    tx: &Tx<'_>,
    party: &PartyRow,
    status: RegistrationStatus,
    with: &Move,
    now: Timestamp,
) -> Result<()> {
    if !queries::move_on(tx, party.id, party.status, status, with, now).await? {
        return Err(Error::internal(format!("{} moved on while its program was locked", party.id)));
    }
    history::restate(tx, party.account, party.created_at, party.id.number(), &status.to_string()).await
}

/// Tells a party where it stands now.
pub(super) async fn tell(
    tx: &Tx<'_>,
    portal: &Portal,
    program: &ProgramRow,
    party: &PartyRow,
    status: RegistrationStatus,
    with: &Move,
    now: Timestamp,
) -> Result<()> {
    match told::notice(portal, program, party, status, with) {
        Some(notice) => notices::tell(tx, portal, party.account, &notice, now).await,
        None => Ok(()),
    }
}

/// Gives up the place of a party in a program that is locked, and lets those behind it move up.
async fn leave(
    tx: &Tx<'_>,
    portal: &Portal,
    program: &ProgramRow,
    party: &PartyRow,
    note: Option<String>,
    now: Timestamp,
) -> Result<()> {
    let seats = program.seats();
    let left = match party.status.has_seats() {
        true => seats.without(party.seats),
        false => seats.without_waiting(),
    };
    take(tx, program.id, seats, left).await?;
    let with = Move { note, ..Move::default() };
    restate(tx, party, RegistrationStatus::Cancelled, &with, now).await?;
    tell(tx, portal, program, party, RegistrationStatus::Cancelled, &with, now).await?;
    promote(tx, portal, program, left, now).await
}

/// What a resident gives up: the seats, or the place on the waiting list.
pub(super) async fn cancel(
    tx: &Tx<'_>,
    portal: &Portal,
    account: AccountId,
    id: RegistrationId,
    now: Timestamp,
) -> Result<()> {
    let program = queries::find_registration(tx, id).await?.filter(|row| row.account == account);
    let program = program.ok_or_else(|| Error::from(Problem::not_found("registration", id)))?.program;
    let locked = queries::lock(tx, program).await?;
    let program = locked.ok_or_else(|| Error::from(Problem::not_found("program", program)))?;
    // Read again: only now nobody else moves it.
    let row = queries::find_registration(tx, id).await?;
    let row = row.ok_or_else(|| Error::from(Problem::not_found("registration", id)))?;
    let conflict = |detail: String| Problem::new(Code::Conflict, detail).about(id);
    let seated = row.status.has_seats();
    if row.status == RegistrationStatus::Cancelled {
        let why = row.note.map(|note| format!(": {note}")).unwrap_or_default();
        let problem = conflict(format!("{id} is cancelled already{why}"));
        return Err(problem.hint("see those you have: citytime programs registrations --from today").into());
    }
    if seated && now >= program.starts_at {
        let problem = conflict(format!("`{}` has begun: {id} cannot be cancelled any more", program.title));
        return Err(problem.hint("write to the city: citytime support contact").into());
    }
    let fee = match row.bill {
        Some(bill) => {
            bills::queries::take(tx, bill).await?;
            Some((bill, to_give_back(tx, portal, bill).await?))
        }
        None => None,
    };
    let note = match fee {
        // Nothing is had of it: it was not paid yet, or what was paid came back.
        Some((bill, None)) if bills::queries::is_owed(tx, bill).await? => {
            if !bills::queries::void(tx, bill, "registration cancelled", now).await? {
                let problem = conflict(format!("a payment of {bill}, the fee of {id}, is on its way"));
                return Err(problem.hint("cancel when it is settled; the city then gives the fee back").into());
            }
            None
        }
        fee => fee.and_then(|(_, note)| note),
    };
    let party =
        PartyRow { id, account, seats: row.seats, status: row.status, bill: row.bill, created_at: row.created_at };
    leave(tx, portal, &program, &party, note, now).await
}

/// What is said of a fee where something was paid of it and is the city's: whoever paid may have it back.
pub(super) async fn to_give_back(tx: &Tx<'_>, portal: &Portal, bill: BillId) -> Result<Option<String>> {
    let had = bills::queries::had(tx, bill).await?;
    let email = &portal.city().support_email;
    Ok((had != Minor::ZERO).then(|| format!("the fee was paid ({bill}): ask the city for a refund, {email}")))
}

/// The fee of a registration is paid: its seats are taken for good.
pub(crate) async fn paid(tx: &Tx<'_>, portal: &Portal, id: RegistrationId, now: Timestamp) -> Result<()> {
    let moved: Option<(AccountId, Timestamp)> = tx.optional(&queries::PAID, &params![id, now]).await?;
    if let Some((account, created_at)) = moved {
        let status = RegistrationStatus::Registered.to_string();
        history::restate(tx, account, created_at, id.number(), &status).await?;
        let row = queries::find_registration(tx, id).await?;
        let row = row.ok_or_else(|| Error::internal(format!("{id} is gone")))?;
        let program = queries::find(tx, row.program).await?;
        let program = program.ok_or_else(|| Error::internal(format!("{} is gone", row.program)))?;
        let party = PartyRow { id, account, seats: row.seats, status: row.status, bill: row.bill, created_at };
        tell(tx, portal, &program, &party, row.status, &Move::default(), now).await?;
    }
    Ok(())
}

/// Ends every hold whose time is up, each in a unit of its own: its bill is withdrawn, its seats go to whoever waits.
/// A payment on its way keeps the seats until it is settled.
pub(crate) async fn end_holds(portal: &Portal) -> Result<u64> {
    let now = portal.clock().now();
    let mut behind = (Timestamp::from_millisecond(0), RegistrationId::new(0));
    let mut ended = 0;
    loop {
        let page = portal.store().read(behind, move |tx, (at, id)| {
            Box::pin(async move {
                let rows: Vec<(RegistrationId, ProgramId)> =
                    tx.rows(&queries::ENDED, &params![now, at, id, PAGE]).await?;
                let last = match rows.last() {
                    Some((last, _)) => queries::find_registration(tx, *last).await?.and_then(|row| row.hold_ends_at),
                    None => None,
                };
                Ok::<_, Error>((rows, last))
            })
        });
        let (page, last) = page.await?;
        let Some((&(id, _), at)) = page.last().zip(last) else {
            return Ok(ended);
        };
        behind = (at, id);
        for hold in page {
            let unit = (portal.clone(), hold);
            let write = with_fresh_ids(|| async {
                let cause = Cause::portal("programs.end_hold").about(hold.0);
                audit::write(portal.store(), cause, now, unit.clone(), move |tx, (portal, hold)| {
                    Box::pin(end_hold(tx, portal, *hold, now))
                })
                .await
            });
            match write.await {
                Ok(over) => ended += u64::from(over),
                Err(error) if error.problem.code == Code::Unavailable => return Err(error),
                // One hold that cannot end keeps no other from ending.
                Err(error) => {
                    tracing::error!(registration = %hold.0, %error, "the hold did not end; the next round tries again");
                }
            }
        }
    }
}

async fn end_hold(
    tx: &Tx<'_>,
    portal: &Portal,
    (id, program): (RegistrationId, ProgramId),
    now: Timestamp,
) -> Result<bool> {
    let Some(program) = queries::lock(tx, program).await? else { return Ok(false) };
    let Some(row) = queries::find_registration(tx, id).await? else { return Ok(false) };
    let over = row.status == RegistrationStatus::Held && row.hold_ends_at.is_some_and(|end| end <= now);
    let Some(bill) = row.bill.filter(|_| over) else { return Ok(false) };
    if !bills::queries::void(tx, bill, "not paid in time", now).await? {
        return Ok(false);
    }
    let party = PartyRow {
        id,
        account: row.account,
        seats: row.seats,
        status: row.status,
        bill: row.bill,
        created_at: row.created_at,
    };
    let note = "the fee was not paid in time, so the seats were given to others".to_owned();
    leave(tx, portal, &program, &party, Some(note), now).await?;
    Ok(true)
}

/// A registration of an account, or of anybody for a clerk.
pub(crate) async fn shown(tx: &Tx<'_>, account: Option<AccountId>, id: RegistrationId) -> Result<Registration> {
    let row = queries::find_registration(tx, id).await?;
    let row = row.filter(|row| account.is_none_or(|account| row.account == account));
    rules::registered(row.ok_or_else(|| Error::from(Problem::not_found("registration", id)))?)
}

/// What an account has a place in or waits for, the next first.
pub(crate) async fn coming_up(
    tx: &Tx<'_>,
    account: AccountId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Registration>> {
    let rows = queries::coming_up(tx, account, now, limit).await?;
    rows.into_iter().map(rules::registered).collect()
}
