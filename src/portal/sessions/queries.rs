//! SQL of sessions.

use crate::{
    api::{
        accounts::{AccountStatus, Role},
        id::AccountId,
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A session and its account, by the digest of the token.
    pub FIND = "SELECT s.account, a.username, a.role, a.powers, a.terms_version, s.expires_at, s.used_on \
                FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.digest = $1 AND a.status <> 'deactivated'";
    /// Who signs in under a name.
    pub FIND_ACCOUNT = "SELECT id, username, password, role, status FROM accounts WHERE username = $1";
    /// A new session.
    pub INSERT = "INSERT INTO sessions (digest, account, created_at, expires_at, used_on) VALUES ($1, $2, $3, $4, $5)";
    /// Notes that a session was used on a day.
    pub TOUCH = "UPDATE sessions SET used_on = $2 WHERE digest = $1 AND used_on < $2";
    /// Ends a session.
    pub END = "DELETE FROM sessions WHERE digest = $1";
    /// Forgets sessions that have ended by themselves.
    pub FORGET = "DELETE FROM sessions WHERE expires_at < $1 OR used_on < $2";
}

row! {
    /// A session with its account.
    pub struct SessionRow {
        pub account: AccountId,
        pub username: String,
        pub role: Role,
        pub powers: String,
        pub terms_version: String,
        pub expires_at: Timestamp,
        pub used_on: Date,
    }
}

row! {
    /// An account at the door.
    pub struct DoorRow {
        pub id: AccountId,
        pub username: String,
        pub password: String,
        pub role: Role,
        pub status: AccountStatus,
    }
}

/// The session of a token.
pub async fn find(tx: &Tx<'_>, digest: &[u8; 32]) -> Result<Option<SessionRow>> {
    Ok(tx.optional(&FIND, &params![digest]).await?)
}

/// The account of a name, in lower case.
pub async fn find_account(tx: &Tx<'_>, username: &str) -> Result<Option<DoorRow>> {
    Ok(tx.optional(&FIND_ACCOUNT, &params![username]).await?)
}

/// Keeps a new session.
pub async fn insert(
    tx: &Tx<'_>,
    digest: &[u8; 32],
    account: AccountId,
    now: Timestamp,
    expires_at: Timestamp,
    today: Date,
) -> Result<()> {
    tx.execute(&INSERT, &params![digest, account, now, expires_at, today]).await?;
    Ok(())
}

/// Notes that a session was used on a day.
pub async fn touch(tx: &Tx<'_>, digest: &[u8; 32], today: Date) -> Result<()> {
    tx.execute(&TOUCH, &params![digest, today]).await?;
    Ok(())
}

/// Ends a session.
pub async fn end(tx: &Tx<'_>, digest: &[u8; 32]) -> Result<()> {
    tx.execute(&END, &params![digest]).await?;
    Ok(())
}

/// Forgets sessions that ended before now or were not used since a day.
pub async fn forget(tx: &Tx<'_>, now: Timestamp, unused_since: Date) -> Result<()> {
    tx.execute(&FORGET, &params![now, unused_since]).await?;
    Ok(())
}
