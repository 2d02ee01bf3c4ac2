//! SQL of sessions.

use crate::{
    api::{
        accounts::{AccountStatus, Role},
        id::{AccountId, SessionId},
        sessions::OpenSession,
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A session and its account, by the digest of the token.
    pub FIND = "SELECT s.account, a.username, a.role, a.powers, a.terms_version, a.status, s.expires_at, s.used_on \
                FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.digest = $1 AND a.status <> 'deactivated'";
    /// Who signs in under a name.
    pub FIND_ACCOUNT = "SELECT id, username, password, role, status FROM accounts WHERE username = $1";
    /// The account as it was when its password was checked, kept so until the unit ends.
    pub HOLD_ACCOUNT = "UPDATE accounts SET status = status WHERE id = $1 AND password = $2 AND status <> 'deactivated'";
    /// A new session.
    pub INSERT = "INSERT INTO sessions (digest, account, created_at, expires_at, used_on, source) \
                  VALUES ($1, $2, $3, $4, $5, $6)";
    /// Notes that a session was used on a day.
    pub TOUCH = "UPDATE sessions SET used_on = $2 WHERE digest = $1 AND used_on < $2";
    /// A page of an account's sessions, the newest first, from the one behind a time and digest.
    pub LIST = "SELECT digest, created_at, expires_at, used_on, source FROM sessions WHERE account = $1 \
                AND expires_at > $2 AND used_on >= $3 AND (created_at < $4 OR (created_at = $4 AND digest < $5)) \
                ORDER BY created_at DESC, digest DESC LIMIT $6";
    /// Ends a session.
    pub END = "DELETE FROM sessions WHERE digest = $1";
    /// Ends a session of an account, by the beginning of its digest.
    pub REVOKE = "DELETE FROM sessions WHERE account = $1 AND digest >= $2 AND digest <= $3 \
                  RETURNING digest, created_at, expires_at, used_on, source";
    /// Ends an account's sessions but one.
    pub END_OTHERS = "DELETE FROM sessions WHERE account = $1 AND digest <> $2 \
                      RETURNING digest, created_at, expires_at, used_on, source";
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
        pub status: AccountStatus,
        pub expires_at: Timestamp,
        pub used_on: Date,
    }
}

row! {
    /// A session as its owner sees it.
    pub struct OpenRow {
        pub digest: [u8; 32],
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
        pub used_on: Date,
        pub source: Option<String>,
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

/// A session to be kept.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Of its token.
    pub digest: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// When it begins.
    pub now: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The city's date now.
    pub today: Date,
    /// The network it is begun from, where it is known.
    pub source: Option<String>,
}

/// Where the digests of a session's id begin and end: the id is its first five bytes.
fn digests(id: SessionId) -> ([u8; 32], [u8; 32]) {
    let [_, _, _, head @ ..] = id.number().to_be_bytes();
    let (mut least, mut most) = ([0; 32], [0xff; 32]);
    least[..5].copy_from_slice(&head);
    most[..5].copy_from_slice(&head);
    (least, most)
}

/// The id of a session: 40 bits of its digest, which tell nothing of its token.
pub fn id_of(digest: &[u8; 32]) -> SessionId {
    let number = digest.iter().take(5).fold(0_i64, |number, &byte| (number << 8) | i64::from(byte));
    SessionId::new(number)
}

impl OpenRow {
    /// The session as it is shown, to the session of a digest.
    pub fn shown(self, current: Option<&[u8; 32]>) -> OpenSession {
        OpenSession {
            id: id_of(&self.digest),
            current: current == Some(&self.digest),
            created_at: self.created_at,
            last_used_on: self.used_on,
            source: self.source,
            expires_at: self.expires_at,
        }
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

/// Whether the account still is as it was when its password was checked; it stays so until the unit ends.
pub async fn hold(tx: &Tx<'_>, account: &DoorRow) -> Result<bool> {
    Ok(tx.execute(&HOLD_ACCOUNT, &params![account.id, account.password]).await? == 1)
}

/// Keeps a new session.
pub async fn insert(tx: &Tx<'_>, new: &NewSession) -> Result<()> {
    let NewSession { digest, account, now, expires_at, today, source } = new;
    tx.execute(&INSERT, &params![digest, account, now, expires_at, today, source]).await?;
    Ok(())
}

/// Notes that a session was used on a day.
pub async fn touch(tx: &Tx<'_>, digest: &[u8; 32], today: Date) -> Result<()> {
    tx.execute(&TOUCH, &params![digest, today]).await?;
    Ok(())
}

/// A page of an account's sessions, from behind a time and an id.
pub async fn list(
    tx: &Tx<'_>,
    account: AccountId,
    (now, idle_since): (Timestamp, Date),
    (before, id): (Timestamp, SessionId),
    limit: i64,
) -> Result<Vec<OpenRow>> {
    let (least, _) = digests(id);
    Ok(tx.rows(&LIST, &params![account, now, idle_since, before, least, limit]).await?)
}

/// Ends a session.
pub async fn end(tx: &Tx<'_>, digest: &[u8; 32]) -> Result<()> {
    tx.execute(&END, &params![digest]).await?;
    Ok(())
}

/// Ends an account's session of that id, where there is one.
pub async fn revoke(tx: &Tx<'_>, account: AccountId, id: SessionId) -> Result<Option<OpenRow>> {
    let (least, most) = digests(id);
    Ok(tx.rows(&REVOKE, &params![account, least, most]).await?.into_iter().next())
}

/// Ends every session of an account but the one of a digest, and tells which.
pub async fn end_others(tx: &Tx<'_>, account: AccountId, keep: Option<[u8; 32]>) -> Result<Vec<OpenRow>> {
    // No token has a digest of nothing but zeros.
    let keep = keep.unwrap_or_default();
    let mut ended: Vec<OpenRow> = tx.rows(&END_OTHERS, &params![account, keep]).await?;
    ended.sort_by_key(|session| std::cmp::Reverse((session.created_at, session.digest)));
    Ok(ended)
}

/// Forgets sessions that ended before now or were not used since a day.
pub async fn forget(tx: &Tx<'_>, now: Timestamp, unused_since: Date) -> Result<()> {
    tx.execute(&FORGET, &params![now, unused_since]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_found_by_the_beginning_of_its_digest() {
        let digest: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7 + 3).unwrap());
        let (least, most) = digests(id_of(&digest));
        assert!(least < digest && digest < most);
        assert_eq!(least[..5], digest[..5]);
    }
}
