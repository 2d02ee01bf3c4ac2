//! SQL of programs. Whoever changes seats locks the program's row first, so that everybody who does waits in one line.

use super::rules::{Seats, Selection};
use crate::{
    api::{
        id::{AccountId, BillId, ProgramId, RegistrationId},
        money::Minor,
        programs::{ProgramLine, RegistrationStatus},
        time::Timestamp,
    },
    portal::{
        error::Result,
        programs::rules,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A page of programs, the next first.
    pub LIST = "SELECT id, number, category, title, description, starts_at, ends_at, venue, capacity, fee, opens_at, closes_at, \
                taken, set_aside, waiting, drawn, cancelled_at, reason, sequence, changed_at FROM programs \
                WHERE ($1 = '' OR category = $1) AND starts_at >= $2 AND starts_at < $3 \
                AND ($4 < 0 OR $4 = CASE WHEN fee = 0 THEN 1 ELSE 0 END) \
                AND ($5 < 0 OR $5 = CASE WHEN cancelled_at IS NULL AND taken + set_aside < capacity \
                AND (opens_at IS NULL OR opens_at <= $6) AND closes_at > $6 THEN 1 ELSE 0 END) \
                AND (starts_at, id) > ($7, $8) ORDER BY starts_at, id LIMIT $9";
    /// A program.
    pub FIND = "SELECT id, number, category, title, description, starts_at, ends_at, venue, capacity, fee, opens_at, closes_at, \
                taken, set_aside, waiting, drawn, cancelled_at, reason, sequence, changed_at FROM programs WHERE id = $1";
    /// A program by the city's own code, locked.
    pub LOCK_NUMBER = "UPDATE programs SET drawn = drawn WHERE number = $1 RETURNING id, number, category, title, description, \
                       starts_at, ends_at, venue, capacity, fee, opens_at, closes_at, taken, set_aside, waiting, drawn, \
                       cancelled_at, reason, sequence, changed_at";
    /// Locks a program and draws a ticket: nobody else changes its seats until the unit ends.
    pub LOCK = "UPDATE programs SET drawn = drawn + 1 WHERE id = $1 RETURNING id, number, category, title, description, \
                starts_at, ends_at, venue, capacity, fee, opens_at, closes_at, taken, set_aside, waiting, drawn, cancelled_at, \
                reason, sequence, changed_at";
    /// Takes or gives up seats, if they are there.
    pub SEATS = "UPDATE programs SET taken = taken + $2, set_aside = $3, waiting = waiting + $4 \
                 WHERE id = $1 AND taken + $2 + $3 <= capacity AND taken + $2 >= 0 AND waiting + $4 >= 0";
    /// A new program.
    pub INSERT = "INSERT INTO programs (id, number, category, title, description, starts_at, ends_at, venue, capacity, fee, \
                  opens_at, closes_at, taken, set_aside, waiting, drawn, sequence, changed_at) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 0, 0, $13)";
    /// Changes a program, unless more seats are taken than it would have.
    pub UPDATE = "UPDATE programs SET category = $2, title = $3, description = $4, starts_at = $5, ends_at = $6, venue = $7, \
                  capacity = $8, fee = $9, opens_at = $10, closes_at = $11, set_aside = $12, sequence = sequence + 1, \
                  changed_at = $13 WHERE id = $1 AND taken + $12 <= $8";
    /// Calls a program off.
    pub CALL_OFF = "UPDATE programs SET cancelled_at = $2, reason = $3, taken = 0, set_aside = 0, waiting = 0, \
                    sequence = sequence + 1, changed_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// Holds end with the beginning of their program at the latest.
    pub CAP_HOLDS = "UPDATE registrations SET hold_ends_at = $2 WHERE program = $1 AND status = 'held' AND hold_ends_at > $2";

    /// A new registration.
    pub REGISTER = "INSERT INTO registrations (id, program, account, participants, seats, status, ticket, bill, hold_ends_at, \
                    sequence, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $10)";
    /// Who of an account's has a place in a program already.
    pub COMING = "SELECT id, participants FROM registrations WHERE account = $1 AND program = $2 \
                  AND status IN ('held', 'registered', 'waitlisted')";
    /// The name of an account's holder.
    pub HOLDER = "SELECT name FROM accounts WHERE id = $1";
    /// A registration with its program.
    pub FIND_REGISTRATION = "SELECT r.id, r.program, p.title, p.starts_at, p.ends_at, p.venue, r.status, CASE WHEN r.status = 'waitlisted' \
                THEN (SELECT COUNT(*) FROM registrations w WHERE w.program = r.program AND w.status = 'waitlisted' \
                AND w.ticket <= r.ticket) ELSE 0 END, r.participants, r.bill, r.hold_ends_at, r.note, r.sequence + p.sequence, \
                r.created_at, CASE WHEN r.changed_at > p.changed_at THEN r.changed_at ELSE p.changed_at END, r.account, r.seats, r.ticket \
                FROM registrations r JOIN programs p ON p.id = r.program WHERE r.id = $1";
    /// A page of an account's registrations, the next program first.
    pub LIST_MINE = "SELECT r.id, r.program, p.title, p.starts_at, p.ends_at, p.venue, r.status, CASE WHEN r.status = 'waitlisted' \
                THEN (SELECT COUNT(*) FROM registrations w WHERE w.program = r.program AND w.status = 'waitlisted' \
                AND w.ticket <= r.ticket) ELSE 0 END, r.participants, r.bill, r.hold_ends_at, r.note, r.sequence + p.sequence, \
                r.created_at, CASE WHEN r.changed_at > p.changed_at THEN r.changed_at ELSE p.changed_at END, r.account, r.seats, r.ticket \
                FROM registrations r JOIN programs p ON p.id = r.program WHERE r.account = $1 AND ($2 = '' OR r.status = $2) \
                AND p.starts_at >= $3 AND p.starts_at < $4 AND (p.starts_at, r.id) > ($5, $6) \
                ORDER BY p.starts_at, r.id LIMIT $7";
    /// An account's registrations for programs that are not over, the next first.
    pub COMING_UP = "SELECT r.id, r.program, p.title, p.starts_at, p.ends_at, p.venue, r.status, CASE WHEN r.status = 'waitlisted' \
                THEN (SELECT COUNT(*) FROM registrations w WHERE w.program = r.program AND w.status = 'waitlisted' \
                AND w.ticket <= r.ticket) ELSE 0 END, r.participants, r.bill, r.hold_ends_at, r.note, r.sequence + p.sequence, \
                r.created_at, CASE WHEN r.changed_at > p.changed_at THEN r.changed_at ELSE p.changed_at END, r.account, r.seats, r.ticket \
                FROM registrations r JOIN programs p ON p.id = r.program WHERE r.account = $1 \
                AND r.status IN ('held', 'registered', 'waitlisted') AND p.ends_at > $2 ORDER BY p.starts_at, r.id LIMIT $3";
    /// A page of a program's registrations, in the order of asking.
    pub ROSTER = "SELECT r.id, r.program, p.title, p.starts_at, p.ends_at, p.venue, r.status, CASE WHEN r.status = 'waitlisted' \
                THEN (SELECT COUNT(*) FROM registrations w WHERE w.program = r.program AND w.status = 'waitlisted' \
                AND w.ticket <= r.ticket) ELSE 0 END, r.participants, r.bill, r.hold_ends_at, r.note, r.sequence + p.sequence, \
                r.created_at, CASE WHEN r.changed_at > p.changed_at THEN r.changed_at ELSE p.changed_at END, r.account, r.seats, r.ticket \
                FROM registrations r JOIN programs p ON p.id = r.program WHERE r.program = $1 AND ($2 = '' OR r.status = $2) \
                AND r.ticket > $3 ORDER BY r.ticket LIMIT $4";
    /// The registrations of a program that have a place or wait for one.
    pub ALIVE = "SELECT id, account, seats, status, bill, created_at FROM registrations WHERE program = $1 \
                 AND status IN ('held', 'registered', 'waitlisted') ORDER BY ticket";
    /// The first of a waiting list.
    pub FIRST = "SELECT id, account, seats, status, bill, created_at FROM registrations WHERE program = $1 AND status = 'waitlisted' \
                 ORDER BY ticket LIMIT 1";
    /// Moves a registration on, if it is still where it was.
    pub MOVE = "UPDATE registrations SET status = $3, bill = COALESCE($4, bill), hold_ends_at = $5, note = $6, \
                sequence = sequence + 1, changed_at = $7 WHERE id = $1 AND status = $2";
    /// The fee of a registration is paid: its seats are taken.
    pub PAID = "UPDATE registrations SET status = 'registered', hold_ends_at = NULL, sequence = sequence + 1, changed_at = $2 \
                WHERE id = $1 AND status = 'held' RETURNING account, created_at";
    /// Holds that have ended.
    pub ENDED = "SELECT id, program FROM registrations WHERE status = 'held' AND hold_ends_at <= $1 \
                 AND (hold_ends_at, id) > ($2, $3) ORDER BY hold_ends_at, id LIMIT $4";
}

row! {
    /// A program as it is kept.
    pub struct ProgramRow {
        pub id: ProgramId,
        pub number: String,
        pub category: String,
        pub title: String,
        pub description: Option<String>,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub venue: String,
        pub capacity: i64,
        pub fee: Minor,
        pub opens_at: Option<Timestamp>,
        pub closes_at: Timestamp,
        pub taken: i64,
        pub set_aside: i64,
        pub waiting: i64,
        pub drawn: i64,
        pub cancelled_at: Option<Timestamp>,
        pub reason: Option<String>,
        pub sequence: i64,
        pub changed_at: Timestamp,
    }
}

impl ProgramRow {
    /// Its seats.
    pub fn seats(&self) -> Seats {
        let Self { capacity, taken, set_aside, waiting, .. } = *self;
        Seats { capacity, taken, set_aside, waiting }
    }
}

row! {
    /// A registration with what is to be known of its program.
    pub struct RegistrationRow {
        pub id: RegistrationId,
        pub program: ProgramId,
        pub title: String,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub venue: String,
        pub status: RegistrationStatus,
        pub position: i64,
        pub participants: String,
        pub bill: Option<BillId>,
        pub hold_ends_at: Option<Timestamp>,
        pub note: Option<String>,
        pub sequence: i64,
        pub created_at: Timestamp,
        pub changed_at: Timestamp,
        pub account: AccountId,
        pub seats: i64,
        pub ticket: i64,
    }
}

row! {
    /// A registration as whoever moves it on needs it.
    pub struct PartyRow {
        pub id: RegistrationId,
        pub account: AccountId,
        pub seats: i64,
        pub status: RegistrationStatus,
        pub bill: Option<BillId>,
        pub created_at: Timestamp,
    }
}

/// Where a registration goes.
#[derive(Debug, Clone, Default)]
pub struct Move {
    /// The bill of its fee, where it gets one.
    pub bill: Option<BillId>,
    /// Until when its seats are held.
    pub hold_ends_at: Option<Timestamp>,
    /// What is to be known of it.
    pub note: Option<String>,
}

/// A page of programs.
pub async fn list(tx: &Tx<'_>, of: &Selection, now: Timestamp, limit: i64) -> Result<Vec<ProgramRow>> {
    let (at, number) = of.behind;
    Ok(tx.rows(&LIST, &params![of.category, of.from, of.to, of.free, of.open, now, at, number, limit]).await?)
}

/// A program.
pub async fn find(tx: &Tx<'_>, id: ProgramId) -> Result<Option<ProgramRow>> {
    Ok(tx.optional(&FIND, &params![id]).await?)
}

/// Locks a program until the unit ends, and draws a ticket.
pub async fn lock(tx: &Tx<'_>, id: ProgramId) -> Result<Option<ProgramRow>> {
    Ok(tx.optional(&LOCK, &params![id]).await?)
}

/// A program by the city's own code, locked until the unit ends.
pub async fn lock_number(tx: &Tx<'_>, number: &str) -> Result<Option<ProgramRow>> {
    Ok(tx.optional(&LOCK_NUMBER, &params![number]).await?)
}

/// Moves a program's seats from one state to another; `false` where there are too few.
pub async fn seats(tx: &Tx<'_>, id: ProgramId, from: Seats, to: Seats) -> Result<bool> {
    let (taken, waiting) = (to.taken - from.taken, to.waiting - from.waiting);
    Ok(tx.execute(&SEATS, &params![id, taken, to.set_aside, waiting]).await? == 1)
}

/// A new program.
pub async fn insert(tx: &Tx<'_>, id: ProgramId, line: &ProgramLine, now: Timestamp) -> Result<()> {
    let (number, title, venue) = (line.number.trim(), line.title.trim(), line.venue.trim());
    let (description, closes_at) = (rules::description(line), rules::closes_at(line));
    let values = params![
        id,
        number,
        line.category,
        title,
        description,
        line.starts_at,
        line.ends_at,
        venue,
        line.capacity,
        line.fee,
        line.opens_at,
        closes_at,
        now
    ];
    tx.execute(&INSERT, &values).await?;
    Ok(())
}

/// Changes a program; `false` where more seats are taken than it would have.
pub async fn update(tx: &Tx<'_>, id: ProgramId, line: &ProgramLine, set_aside: i64, now: Timestamp) -> Result<bool> {
    let (title, venue) = (line.title.trim(), line.venue.trim());
    let (description, closes_at) = (rules::description(line), rules::closes_at(line));
    let values = params![
        id,
        line.category,
        title,
        description,
        line.starts_at,
        line.ends_at,
        venue,
        line.capacity,
        line.fee,
        line.opens_at,
        closes_at,
        set_aside,
        now
    ];
    let changed = tx.execute(&UPDATE, &values).await? == 1;
    tx.execute(&CAP_HOLDS, &params![id, line.starts_at]).await?;
    Ok(changed)
}

/// Calls a program off, where it is not yet.
pub async fn call_off(tx: &Tx<'_>, id: ProgramId, reason: &str, now: Timestamp) -> Result<()> {
    tx.execute(&CALL_OFF, &params![id, now, *reason]).await?;
    Ok(())
}

/// A registration with its program.
pub async fn find_registration(tx: &Tx<'_>, id: RegistrationId) -> Result<Option<RegistrationRow>> {
    Ok(tx.optional(&FIND_REGISTRATION, &params![id]).await?)
}

/// A page of an account's registrations in a state (empty for any), for programs that begin in a span.
pub async fn list_mine(
    tx: &Tx<'_>,
    account: AccountId,
    status: &str,
    (from, to): (Timestamp, Timestamp),
    (at, number): (Timestamp, i64),
    limit: i64,
) -> Result<Vec<RegistrationRow>> {
    Ok(tx.rows(&LIST_MINE, &params![account, *status, from, to, at, number, limit]).await?)
}

/// A page of a program's registrations in a state (empty for any), in the order of asking.
pub async fn roster(
    tx: &Tx<'_>,
    program: ProgramId,
    status: &str,
    behind: i64,
    limit: i64,
) -> Result<Vec<RegistrationRow>> {
    Ok(tx.rows(&ROSTER, &params![program, *status, behind, limit]).await?)
}

/// An account's registrations for programs that are not over, the next first.
pub async fn coming_up(tx: &Tx<'_>, account: AccountId, now: Timestamp, limit: i64) -> Result<Vec<RegistrationRow>> {
    Ok(tx.rows(&COMING_UP, &params![account, now, limit]).await?)
}

/// The registrations of a program that have a place or wait for one.
pub async fn alive(tx: &Tx<'_>, program: ProgramId) -> Result<Vec<PartyRow>> {
    Ok(tx.rows(&ALIVE, &params![program]).await?)
}

/// The first of a waiting list.
pub async fn first(tx: &Tx<'_>, program: ProgramId) -> Result<Option<PartyRow>> {
    Ok(tx.optional(&FIRST, &params![program]).await?)
}

/// Moves a registration on; `false` where it is not where it was.
pub async fn move_on(
    tx: &Tx<'_>,
    id: RegistrationId,
    from: RegistrationStatus,
    to: RegistrationStatus,
    with: &Move,
    now: Timestamp,
) -> Result<bool> {
    let moved = tx.execute(&MOVE, &params![id, from, to, with.bill, with.hold_ends_at, with.note, now]).await?;
    Ok(moved == 1)
}
