//! What becomes of a ticket, in the unit that changes it: its state, what was said, the history, and the notice of it.

use jiff::SignedDuration;

use super::{
    queries::{self, TurnedRow, WriterRow},
    rules::{Turn, transition},
};
use crate::{
    api::{
        id::{AccountId, TicketId},
        notices::Topic,
        problem::{Code, Problem},
        support::{TicketSide, TicketStatus},
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal,
        error::{Error, Result},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        notices::{self, Notice},
        store::{Tx, params},
    },
};

/// So many times an hour somebody may write to support: each time the city gets a mail.
const HOURLY: i64 = 20;

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// Whoever wrote the ticket, and nobody else.
    Writer(AccountId),
    /// A clerk, who answers.
    Answering(AccountId),
    /// A clerk, who closes.
    Closing(AccountId),
}

impl Speaker {
    fn turn(self) -> Turn {
        match self {
            Self::Writer(_) => Turn::Asks,
            Self::Answering(_) => Turn::Answers,
            Self::Closing(_) => Turn::Closes,
        }
    }

    fn account(self) -> AccountId {
        match self {
            Self::Writer(account) | Self::Answering(account) | Self::Closing(account) => account,
        }
    }

    fn side(self) -> TicketSide {
        match self {
            Self::Writer(_) => TicketSide::Resident,
            Self::Answering(_) | Self::Closing(_) => TicketSide::City,
        }
    }
}

/// Something to be said.
#[derive(Clone)]
pub(crate) struct Said {
    /// The portal asked.
    pub(crate) portal: Portal,
    /// Who says it.
    pub(crate) speaker: Speaker,
    /// What; nothing where a ticket is closed without a word.
    pub(crate) text: Option<String>,
    /// When.
    pub(crate) now: Timestamp,
    /// The key of the request.
    pub(crate) claim: Option<Claim>,
}

/// Opens a ticket under a fresh id; tells the id it has, which is another where the same request came before.
pub(crate) async fn open(tx: &Tx<'_>, said: &Said, subject: &str, fresh: TicketId) -> Result<TicketId> {
    let (account, now) = (said.speaker.account(), said.now);
    if let Claimed::Done(before) = Claim::take_if_given(said.claim.as_ref(), tx, fresh.number(), now).await? {
        return Ok(TicketId::new(before));
    }
    slow_down(tx, account, now).await?;
    tx.about(fresh);
    tx.execute(&queries::INSERT, &params![fresh, account, subject, now]).await?;
    let turned = turn(tx, fresh, said).await?;
    history::record(tx, account, Entry::ticket(now, fresh, subject, TicketStatus::Open.as_str())).await?;
    tell(tx, said, fresh, &turned).await?;
    Ok(fresh)
}

/// Says something in a ticket.
pub(crate) async fn say(tx: &Tx<'_>, said: &Said, id: TicketId) -> Result<()> {
    if Claim::take_if_given(said.claim.as_ref(), tx, id.number(), said.now).await? != Claimed::Fresh {
        return Ok(());
    }
    if let Speaker::Writer(account) = said.speaker {
        // Another person's ticket is not there.
        if queries::find(tx, id, account).await?.is_none() {
            return Err(Problem::not_found("support ticket", id).into());
        }
        slow_down(tx, account, said.now).await?;
    }
    let turned = turn(tx, id, said).await?;
    history::restate(tx, turned.account, turned.created_at, id.number(), turned.status.as_str()).await?;
    if said.speaker.side() == TicketSide::City {
        tx.execute(&queries::TAKE, &params![id, said.speaker.account()]).await?;
    }
    tell(tx, said, id, &turned).await
}

/// The state, and what is said at its place.
async fn turn(tx: &Tx<'_>, id: TicketId, said: &Said) -> Result<TurnedRow> {
    let held: Option<(TicketStatus,)> = tx.optional(&queries::HOLD, &params![id]).await?;
    let (from,) = held.ok_or_else(|| unknown(id))?;
    let status = transition(from, said.speaker.turn()).ok_or_else(|| over(id, from))?;
    let Some(text) = &said.text else {
        return Ok(tx.one(&queries::SETTLE, &params![id, status, said.now]).await?);
    };
    let turned: TurnedRow = tx.one(&queries::TURN, &params![id, status, said.now]).await?;
    let (side, author) = (said.speaker.side(), said.speaker.account());
    tx.execute(&queries::SAY, &params![id, turned.messages, said.now, side, author, text]).await?;
    Ok(turned)
}

/// The refusal of a clerk's word in a ticket that is settled.
fn over(id: TicketId, status: TicketStatus) -> Error {
    let problem = Problem::new(Code::Conflict, format!("{id} is {status} already: only its writer opens it again"));
    problem.hint(format!("see what was said: citytime staff support show {id}")).about(id).into()
}

fn unknown(id: TicketId) -> Error {
    let problem = Problem::not_found("support ticket", id);
    problem.hint("see those there are: citytime staff support list").into()
}

/// Refuses who has written too often within an hour.
async fn slow_down(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<()> {
    let hour = SignedDuration::from_hours(1);
    let since = now.plus(-hour);
    let lately = params![account, since, HOURLY];
    let (count, first): (i64, Option<Timestamp>) = tx.one(&queries::SAID, &lately).await?;
    let Some(first) = first.filter(|_| count >= HOURLY) else { return Ok(()) };
    let left = first.plus(hour).as_millisecond() - now.as_millisecond();
    let seconds = u32::try_from((left + 999).div_euclid(1000)).unwrap_or(u32::MAX);
    let minutes = seconds.div_ceil(60);
    let detail = format!("you wrote to support {HOURLY} times within an hour: write again in {minutes} min");
    let problem = Problem::new(Code::RateLimited, detail).retry_after(seconds);
    Err(problem.hint("is it urgent? call: citytime support contact").into())
}

/// The city is mailed what was asked, the writer told what was answered.
async fn tell(tx: &Tx<'_>, said: &Said, id: TicketId, turned: &TurnedRow) -> Result<()> {
    let (portal, subject) = (&said.portal, &turned.subject);
    let text = said.text.as_deref();
    match said.speaker {
        Speaker::Writer(account) => {
            let writer: WriterRow = tx.one(&queries::WRITER, &params![account]).await?;
            let notice = Notice::new(Topic::Account, format!("[{id}] {subject}"))
                .says_if(text)
                .fact("From", format_args!("{} <{}>", writer.name, writer.email))
                .fact("Account", format_args!("{}, {account}", writer.username))
                .command(format!("citytime staff support reply {id}"))
                .about(id);
            notices::mail_to(tx, portal, None, &portal.city().support_email, &notice, said.now).await
        }
        Speaker::Answering(_) => {
            let notice = Notice::new(Topic::Account, format!("Our answer: {subject} [{id}]"))
                .says_if(text)
                .command(format!("citytime support reply {id}"))
                .about(id);
            notices::tell(tx, portal, turned.account, &notice, said.now).await
        }
        Speaker::Closing(_) => {
            let notice = Notice::new(Topic::Account, format!("Settled: {subject} [{id}]"))
                .says_if(text)
                .says("We take this as settled. If it is not, write again: that opens it anew.")
                .command(format!("citytime support reply {id}"))
                .about(id);
            notices::tell(tx, portal, turned.account, &notice, said.now).await
        }
    }
}
