//! SQL of support tickets.

use crate::{
    api::{
        id::{AccountId, TicketId},
        support::{Ticket, TicketCase, TicketMessage, TicketSide, TicketStatus, TicketWriter},
        time::Timestamp,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A new ticket.
    pub INSERT = "INSERT INTO tickets (id, account, subject, status, messages, created_at, updated_at) \
                  VALUES ($1, $2, $3, 'open', 0, $4, $4)";
    /// Keeps a ticket's state as it is until the unit ends, and tells it.
    pub HOLD = "UPDATE tickets SET status = status WHERE id = $1 RETURNING status";
    /// Somebody says something, which leads to a state; tells its place and what the ticket is.
    pub TURN = "UPDATE tickets SET status = $2, messages = messages + 1, updated_at = $3 WHERE id = $1 \
                RETURNING status, messages, account, subject, created_at";
    /// A state, with nothing said.
    pub SETTLE = "UPDATE tickets SET status = $2, updated_at = $3 WHERE id = $1 \
                  RETURNING status, messages, account, subject, created_at";
    /// Who has it.
    pub ASSIGN = "UPDATE tickets SET assignee = $2 WHERE id = $1";
    /// Whoever answers first has it.
    pub TAKE = "UPDATE tickets SET assignee = $2 WHERE id = $1 AND assignee IS NULL";
    /// What is said.
    pub SAY = "INSERT INTO ticket_messages (ticket, place, at, side, author, text) VALUES ($1, $2, $3, $4, $5, $6)";
    /// How much somebody has said since an instant, and since when.
    pub SAID = "SELECT COUNT(*), MIN(at) FROM (SELECT at FROM ticket_messages WHERE author = $1 AND at > $2 \
                AND side = 'resident' ORDER BY at DESC LIMIT $3) AS lately";
    /// A ticket of an account.
    pub FIND = "SELECT id, subject, status, created_at, updated_at FROM tickets WHERE id = $1 AND account = $2";
    /// A page of an account's tickets, the newest first.
    pub LIST = "SELECT id, subject, status, created_at, updated_at FROM tickets WHERE account = $1 AND ($2 = '' OR status = $2) \
                AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";
    /// A ticket for clerks.
    pub FIND_CASE = "SELECT t.id, t.subject, t.status, t.account, a.username, a.name, a.email, a.phone, c.username, t.created_at, \
                     t.updated_at FROM tickets t JOIN accounts a ON a.id = t.account LEFT JOIN accounts c ON c.id = t.assignee \
                     WHERE t.id = $1";
    /// A page of what is not closed, the longest untouched first.
    pub WAITING = "SELECT t.id, t.subject, t.status, t.account, a.username, a.name, a.email, a.phone, c.username, t.created_at, \
                   t.updated_at FROM tickets t JOIN accounts a ON a.id = t.account LEFT JOIN accounts c ON c.id = t.assignee \
                   WHERE t.status <> 'closed' AND ($1 = '' OR ($1 = 'none' AND t.assignee IS NULL) OR c.username = $1) \
                   AND ($2 = '' OR a.username = $2) AND (t.updated_at, t.id) > ($3, $4) ORDER BY t.updated_at, t.id LIMIT $5";
    /// A page of those in a state, the longest untouched first.
    pub STANDING = "SELECT t.id, t.subject, t.status, t.account, a.username, a.name, a.email, a.phone, c.username, t.created_at, \
                    t.updated_at FROM tickets t JOIN accounts a ON a.id = t.account LEFT JOIN accounts c ON c.id = t.assignee \
                    WHERE t.status = $6 AND ($1 = '' OR ($1 = 'none' AND t.assignee IS NULL) OR c.username = $1) \
                    AND ($2 = '' OR a.username = $2) AND (t.updated_at, t.id) > ($3, $4) ORDER BY t.updated_at, t.id LIMIT $5";
    /// What was said, the first first.
    pub MESSAGES = "SELECT m.at, m.side, a.username, m.text FROM ticket_messages m JOIN accounts a ON a.id = m.author \
                    WHERE m.ticket = $1 ORDER BY m.place";
    /// Who writes to support.
    pub WRITER = "SELECT username, name, email FROM accounts WHERE id = $1";
}

row! {
    /// A ticket as it is kept.
    pub struct TicketRow {
        pub id: TicketId,
        pub subject: String,
        pub status: TicketStatus,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }
}

row! {
    /// A ticket with who wrote it and who has it.
    pub struct CaseRow {
        pub id: TicketId,
        pub subject: String,
        pub status: TicketStatus,
        pub account: AccountId,
        pub username: String,
        pub name: String,
        pub email: String,
        pub phone: Option<String>,
        pub assignee: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }
}

row! {
    /// Something that was said.
    pub struct MessageRow {
        pub at: Timestamp,
        pub side: TicketSide,
        pub author: String,
        pub text: String,
    }
}

row! {
    /// Who writes to support.
    pub struct WriterRow {
        pub username: String,
        pub name: String,
        pub email: String,
    }
}

row! {
    /// A ticket that has just changed.
    pub struct TurnedRow {
        pub status: TicketStatus,
        pub messages: i64,
        pub account: AccountId,
        pub subject: String,
        pub created_at: Timestamp,
    }
}

impl TicketRow {
    /// The ticket as its writer sees it.
    pub fn seen(self, messages: Option<Vec<MessageRow>>) -> Ticket {
        let Self { id, subject, status, created_at, updated_at } = self;
        let messages = messages.map(|rows| rows.into_iter().map(|row| row.seen(Reader::Writer)).collect());
        Ticket { id, subject, status, created_at, updated_at, messages }
    }
}

impl CaseRow {
    /// The ticket as clerks see it.
    pub fn seen(self, messages: Option<Vec<MessageRow>>) -> TicketCase {
        let Self { id, subject, status, account, username, name, email, phone, assignee, created_at, updated_at } =
            self;
        let writer = TicketWriter { username, account, name, email, phone };
        let messages = messages.map(|rows| rows.into_iter().map(|row| row.seen(Reader::Clerk)).collect());
        TicketCase { id, subject, status, writer, assignee, created_at, updated_at, messages }
    }
}

/// Who reads: which clerk said something is the clerks' own matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Writer,
    Clerk,
}

impl MessageRow {
    fn seen(self, reader: Reader) -> TicketMessage {
        let Self { at, side: by, author, text } = self;
        let clerk = (reader == Reader::Clerk && by == TicketSide::City).then_some(author);
        TicketMessage { at, by, clerk, text }
    }
}

/// A ticket of an account, with everything that was said.
pub async fn find(tx: &Tx<'_>, id: TicketId, account: AccountId) -> Result<Option<Ticket>> {
    let Some(row) = tx.optional::<TicketRow>(&FIND, &params![id, account]).await? else { return Ok(None) };
    Ok(Some(row.seen(Some(messages(tx, id).await?))))
}

/// A ticket for clerks, with everything that was said.
pub async fn find_case(tx: &Tx<'_>, id: TicketId) -> Result<Option<TicketCase>> {
    let Some(row) = tx.optional::<CaseRow>(&FIND_CASE, &params![id]).await? else { return Ok(None) };
    Ok(Some(row.seen(Some(messages(tx, id).await?))))
}

async fn messages(tx: &Tx<'_>, id: TicketId) -> Result<Vec<MessageRow>> {
    Ok(tx.rows(&MESSAGES, &params![id]).await?)
}
