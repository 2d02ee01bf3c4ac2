//! What becomes of a ticket, in the unit that changes it: its state, what was said, the history, and the notice of it.

use jiff::SignedDuration;

use super::queries::{self, TurnedRow, WriterRow};
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
    /// The state what is said leads to.
    fn leads_to(self) -> TicketStatus {
        match self {
            Self::Writer(_) => TicketStatus::Open,
            Self::Answering(_) => TicketStatus::Answered,
            Self::Closing(_) => TicketStatus::Closed,
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
    let status = said.speaker.leads_to();
    history::restate(tx, turned.account, turned.created_at, id.number(), status.as_str()).await?;
    if said.speaker.side() == TicketSide::City {
        tx.execute(&queries::TAKE, &params![id, said.speaker.account()]).await?;
    }
    tell(tx, said, id, &turned).await
}

/// The state, and what is said at its place.
async fn turn(tx: &Tx<'_>, id: TicketId, said: &Said) -> Result<TurnedRow> {
    let (status, now) = (said.speaker.leads_to(), said.now);
    let Some(text) = &said.text else {
        let settled = tx.optional(&queries::SETTLE, &params![id, status, now]).await?;
        return match settled {
            Some(turned) => Ok(turned),
            None if queries::find_case(tx, id).await?.is_none() => Err(unknown(id)),
            None => {
                let problem = Problem::new(Code::Conflict, format!("{id} is {status} already"));
                Err(problem.hint(format!("see what was said: citytime staff support show {id}")).about(id).into())
            }
        };
    };
    let turned: Option<TurnedRow> = tx.optional(&queries::TURN, &params![id, status, now]).await?;
    let turned = turned.ok_or_else(|| unknown(id))?;
    let (side, author) = (said.speaker.side(), said.speaker.account());
    tx.execute(&queries::SAY, &params![id, turned.messages, now, side, author, text]).await?;
    Ok(turned)
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
    let minutes = (first.plus(hour).as_millisecond() - now.as_millisecond() + 59_999).div_euclid(60_000);
    let detail = format!("you wrote to support {HOURLY} times within an hour: write again in {minutes} min");
    Err(Problem::new(Code::RateLimited, detail).hint("is it urgent? call: citytime support contact").into())
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
