//! Everything that happens to a request after it was filed: read, decided and kept in one unit, with its timeline, the
//! reporter's history, and the duplicates that share its state.

use super::{
    queries::{self, Event, RequestRow, Side},
    rules::{Act, State},
    told::{self, Happening},
};
use crate::{
    api::{
        casework::{NoteAudience, Reason, Stage},
        id::{AccountId, RequestId},
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::Result,
        history,
        idempotency::{Claim, Claimed},
        store::Tx,
    },
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// A resident; the reporter is told apart by the account.
    Resident(AccountId),
    /// A clerk.
    Clerk(AccountId),
}

/// What somebody does to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Gives it to a clerk, to a department, or both.
    Assign { clerk: Option<AccountId>, department: Option<String> },
    /// Notes something, and perhaps where it stands.
    Note(Option<Stage>),
    /// Closes it.
    Close(Reason),
    /// Opens it again.
    Reopen,
    /// Says something.
    Comment,
    /// Tells that it is the same as another one.
    Duplicate(RequestId),
}

/// A change that is asked for.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is changed.
    pub id: RequestId,
    /// Who changes it.
    pub author: Author,
    /// What is done.
    pub deed: Deed,
    /// What is said.
    pub note: Option<String>,
    /// Who reads that.
    pub audience: NoteAudience,
    /// A picture that goes with it.
    pub media: Option<String>,
    /// When.
    pub now: Timestamp,
    /// So many days a closed request can be reopened.
    pub reopen_days: u32,
    /// The caller's key.
    pub claim: Option<Claim>,
}

/// Makes a change; the request as it is then. The same key twice changes once.
pub async fn change(tx: &Tx<'_>, portal: &Portal, change: &Change) -> Result<RequestRow> {
    let Change { id, author, deed, note, now, .. } = change;
    let unknown = || Problem::not_found("service request", id);
    if let Claimed::Done(_) = Claim::take_if_given(change.claim.as_ref(), tx, id.number(), *now).await? {
        return Ok(queries::find(tx, *id).await?.ok_or_else(unknown)?);
    }
    tx.about(id);
    let mut row = queries::take(tx, *id).await?.ok_or_else(unknown)?;
    let side = match author {
        Author::Clerk(_) => Side::City,
        Author::Resident(account) if row.reporter == Some(*account) => Side::Reporter,
        Author::Resident(account) => {
            if !row.is_readable_by(Some(*account)) {
                return Err(unknown().into());
            }
            Side::Resident
        }
    };
    let (act, mut said) = (act(tx, deed, side, &row).await?, note.clone());
    let before = State::of(&row);
    let after = before.clone().after(act, *id, *now, change.reopen_days)?;
    if let Deed::Assign { clerk, department } = deed {
        row.department = department.clone().unwrap_or(row.department);
        row.assignee = if department.is_some() { *clerk } else { clerk.or(row.assignee) };
    }
    match act {
        Act::Close(reason) => {
            said =
                Some(said.map_or_else(|| reason.sentence().to_owned(), |note| format!("{} {note}", reason.sentence())));
        }
        Act::Duplicate(original) => said = said.or_else(|| Some(format!("This is the same as {original}."))),
        _ => {}
    }
    settle(tx, portal, &mut row, &after, *now, said.as_deref(), Voice { change, side }).await?;
    if let Act::Duplicate(original) = act {
        adopt(tx, portal, &row, original, change).await?;
    } else if before.status != after.status {
        spread(tx, portal, &row, &after, change).await?;
    }
    Ok(row)
}

/// Who speaks in a timeline.
#[derive(Clone, Copy)]
struct Voice<'c> {
    change: &'c Change,
    side: Side,
}

/// The act behind a deed. What is to be a duplicate's original is looked up: its own original, where it has one.
async fn act(tx: &Tx<'_>, deed: &Deed, side: Side, row: &RequestRow) -> Result<Act> {
    Ok(match deed {
        Deed::Assign { .. } => Act::Assign,
        Deed::Note(stage) => Act::Note(*stage),
        Deed::Close(reason) => Act::Close(*reason),
        Deed::Reopen => Act::Reopen,
        Deed::Comment if side == Side::Resident => Act::ResidentComments,
        Deed::Comment if side == Side::Reporter => Act::ReporterComments,
        Deed::Comment => Act::Note(None),
        Deed::Duplicate(of) => {
            let found = queries::take(tx, *of).await?.ok_or_else(|| Problem::not_found("service request", of))?;
            let (id, original) = (row.id, found.duplicate_of.unwrap_or(found.id));
            if found.private != row.private {
                let detail = format!(
                    "one of {id} and {of} is private and the other public: what is said of one would be told of the other"
                );
                let hint = "work on each by itself; an internal note may name the other";
                return Err(Problem::new(Code::Conflict, detail).hint(hint).about(*of).into());
            }
            if original == id {
                let detail = format!("{id} cannot be the same as itself, and {of} is a duplicate of it or {id} itself");
                return Err(Problem::new(Code::Conflict, detail).hint("name another request").into());
            }
            Act::Duplicate(original)
        }
    })
}

/// Keeps a state and tells it.
async fn settle(
    tx: &Tx<'_>,
    portal: &Portal,
    row: &mut RequestRow,
    state: &State,
    now: Timestamp,
    said: Option<&str>,
    voice: Voice<'_>,
) -> Result<()> {
    let Voice { change, side } = voice;
    let moved = State::of(row) != *state;
    row.status = state.status;
    row.stage = state.stage;
    row.reason = state.reason;
    row.closed_at = state.closed_at;
    row.duplicate_of = state.duplicate_of;
    let public = change.audience == NoteAudience::Public;
    if public || moved {
        row.updated_at = now;
    }
    // What was said of a state is not said of the next one.
    if moved || (public && side == Side::City && said.is_some()) {
        row.notes = said.filter(|_| public && side == Side::City).map(str::to_owned);
    }
    queries::keep(tx, row).await?;
    let account = match change.author {
        Author::Resident(account) | Author::Clerk(account) => account,
    };
    let event = Event {
        place: row.events,
        at: now,
        status: row.stage,
        note: said,
        audience: change.audience,
        side,
        author: Some(account),
        department: Some(&row.department),
        media: change.media.as_deref(),
    };
    queries::tell(tx, row.id, &event).await?;
    let heard = said.filter(|_| public);
    let happening = match heard {
        heard if moved => Some(Happening::Moved(heard)),
        Some(said) => Some(Happening::Said(said, side)),
        None => None,
    };
    if let Some(happening) = happening {
        told::tell(tx, portal, row, happening, Some(account), now).await?;
    }
    if let (Some(reporter), true) = (row.reporter, moved) {
        history::restate(tx, reporter, row.requested_at, row.id.number(), &row.stage.to_string()).await?;
    }
    Ok(())
}

/// A request becomes a duplicate: so do its own duplicates, and whoever follows it follows the original.
async fn adopt(tx: &Tx<'_>, portal: &Portal, child: &RequestRow, original: RequestId, change: &Change) -> Result<()> {
    let unknown = || Problem::not_found("service request", original);
    let parent = queries::find(tx, original).await?.ok_or_else(unknown)?;
    let shared = State::of(&parent).shared(original);
    let voice = Voice { change, side: Side::City };
    if parent.status != child.status {
        let mut child = child.clone();
        child.events = next_event(tx, child.id).await?;
        let said = format!("It shares the state of {original}: {}.", parent.stage);
        settle(tx, portal, &mut child, &shared, change.now, Some(&said), voice).await?;
    }
    for id in queries::duplicates(tx, child.id).await? {
        let mut row = queries::take(tx, id).await?.ok_or_else(unknown)?;
        let said = format!("This is the same as {original}.");
        settle(tx, portal, &mut row, &shared, change.now, Some(&said), voice).await?;
    }
    Ok(())
}

async fn next_event(tx: &Tx<'_>, id: RequestId) -> Result<i64> {
    let row = queries::take(tx, id).await?.ok_or_else(|| Problem::not_found("service request", id))?;
    Ok(row.events)
}

/// The duplicates of a request follow it when it is closed or opened again.
async fn spread(tx: &Tx<'_>, portal: &Portal, original: &RequestRow, state: &State, change: &Change) -> Result<()> {
    let shared = state.shared(original.id);
    for id in queries::duplicates(tx, original.id).await? {
        let unknown = || Problem::not_found("service request", id);
        let mut row = queries::take(tx, id).await?.ok_or_else(unknown)?;
        let said = original.notes.clone().unwrap_or_else(|| format!("It shares the state of {}.", original.id));
        let public = Change { audience: NoteAudience::Public, media: None, ..change.clone() };
        settle(tx, portal, &mut row, &shared, change.now, Some(&said), Voice { change: &public, side: Side::City })
            .await?;
    }
    Ok(())
}
