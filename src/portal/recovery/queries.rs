//! SQL of recoveries.

use crate::{
    api::{
        accounts::Role,
        id::AccountId,
        recovery::{AssistedRecovery, AssistedStatus},
        time::Timestamp,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// Somebody asks for a way back.
    pub ASK = "INSERT INTO recovery_requests (id, username, source, at) VALUES ($1, $2, $3, $4)";
    /// How often a source asked since an instant.
    pub ASKED = "SELECT COUNT(*) FROM recovery_requests WHERE source = $1 AND at > $2";
    /// What nobody has looked at yet, the oldest first.
    pub WAITING = "SELECT id, username FROM recovery_requests WHERE done_at IS NULL ORDER BY at LIMIT 100";
    /// Takes what is waiting, unless somebody else did.
    pub TAKE = "UPDATE recovery_requests SET done_at = $2 WHERE id = $1 AND done_at IS NULL";
    /// Forgets what was asked long ago.
    pub FORGET = "DELETE FROM recovery_requests WHERE at < $1";
    /// Whom to bring back, and where they are reached.
    pub FIND = "SELECT id, username, name, email, confirmed_email, phone, phone_verified, recovery_email, \
                recovery_email_verified FROM accounts WHERE username = $1";
    /// The same, by the account.
    pub FIND_BY_ID = "SELECT id, username, name, email, confirmed_email, phone, phone_verified, \
                      recovery_email, recovery_email_verified FROM accounts WHERE id = $1";
    /// What an account is for.
    pub ROLE = "SELECT role FROM accounts WHERE id = $1";
    /// A clerk begins a way back.
    pub ASSIST = "INSERT INTO assisted_recoveries (id, account, address, reason, identity, clerk, begun_at, opens_at, ends_at) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The one an account has that has not ended.
    pub ASSISTED = "SELECT r.account, a.username, r.address, r.reason, r.identity, c.username, r.begun_at, r.opens_at, r.ends_at \
                    FROM assisted_recoveries r JOIN accounts a ON a.id = r.account JOIN accounts c ON c.id = r.clerk \
                    WHERE r.account = $1 AND r.ended_at IS NULL AND r.ends_at > $2";
    /// Whether one that an account has opened the way to an address and has not ended. A code that was sent there while it
    /// was open may be used a little later than that.
    pub LED_TO = "SELECT COUNT(*) FROM assisted_recoveries \
                  WHERE account = $1 AND address = $2 AND ended_at IS NULL AND opens_at <= $3";
    /// Ends what an account has.
    pub END_ASSISTED = "UPDATE assisted_recoveries SET ended_at = $2, ended_by = $3 WHERE account = $1 AND ended_at IS NULL";
    /// Another e-mail address, which its owner has shown to read.
    pub MOVE = "UPDATE accounts SET email = $2, email_verified = 1, confirmed_email = $2, \
                status = CASE WHEN status = 'unverified' THEN 'active' ELSE status END WHERE id = $1";
    /// How many personal access tokens go on working.
    pub TOKENS_LEFT = "SELECT COUNT(*) FROM tokens WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2";
}

row! {
    /// Whom to bring back.
    pub struct OwnerRow {
        pub id: AccountId,
        pub username: String,
        pub name: String,
        pub email: String,
        pub confirmed_email: Option<String>,
        pub phone: Option<String>,
        pub phone_verified: bool,
        pub recovery_email: Option<String>,
        pub recovery_email_verified: bool,
    }
}

row! {
    /// A recovery that a clerk began and that has not ended.
    pub struct AssistedRow {
        pub account: AccountId,
        pub username: String,
        pub address: String,
        pub reason: String,
        pub identity: String,
        pub clerk: String,
        pub begun_at: Timestamp,
        pub opens_at: Timestamp,
        pub ends_at: Timestamp,
    }
}

impl AssistedRow {
    /// Whether codes go to its address.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.opens_at <= now && now < self.ends_at
    }

    /// As it is shown.
    pub fn shown(self, status: AssistedStatus) -> AssistedRecovery {
        let Self { account, username, address: email, reason, identity, clerk, begun_at, opens_at, ends_at } = self;
        AssistedRecovery { account, username, email, status, reason, identity, clerk, begun_at, opens_at, ends_at }
    }
}

impl OwnerRow {
    /// Where a code may go: the address that was confirmed last (an account that never confirmed one has only the one
    /// it was made with), and the recovery address once it is confirmed.
    pub fn trusted(&self) -> Vec<&str> {
        let first = self.confirmed_email.as_deref().unwrap_or(&self.email);
        let second = self.recovery_email.as_deref().filter(|_| self.recovery_email_verified);
        [Some(first), second].into_iter().flatten().collect()
    }

    /// Where it is told of what must not be missed, beside the confirmed e-mail address that notices go to: the recovery
    /// address once it is confirmed; where none ever was, where a way back would go.
    pub fn told(&self) -> Vec<&str> {
        let first = self.confirmed_email.is_none().then_some(self.email.as_str());
        let second = self.recovery_email.as_deref().filter(|_| self.recovery_email_verified);
        [first, second].into_iter().flatten().collect()
    }

    /// Its phone, once it is confirmed.
    pub fn trusted_phone(&self) -> Option<&str> {
        self.phone.as_deref().filter(|_| self.phone_verified)
    }
}

/// Writes down that somebody asks.
pub async fn ask(tx: &Tx<'_>, id: i64, username: &str, source: &str, now: Timestamp) -> Result<()> {
    tx.execute(&ASK, &params![id, username, source, now]).await?;
    Ok(())
}

/// How often a source asked since an instant.
pub async fn asked_since(tx: &Tx<'_>, source: &str, since: Timestamp) -> Result<i64> {
    let (count,): (i64,) = tx.one(&ASKED, &params![source, since]).await?;
    Ok(count)
}

/// What nobody has looked at yet.
pub async fn waiting(tx: &Tx<'_>) -> Result<Vec<(i64, String)>> {
    Ok(tx.rows(&WAITING, &params![]).await?)
}

/// Takes what is waiting; `false` if somebody else did.
pub async fn take(tx: &Tx<'_>, id: i64, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&TAKE, &params![id, now]).await? == 1)
}

/// The account of a name.
pub async fn find(tx: &Tx<'_>, username: &str) -> Result<Option<OwnerRow>> {
    Ok(tx.optional(&FIND, &params![username]).await?)
}

/// The account of an id.
pub async fn find_by_id(tx: &Tx<'_>, account: AccountId) -> Result<Option<OwnerRow>> {
    Ok(tx.optional(&FIND_BY_ID, &params![account]).await?)
}

/// How many personal access tokens go on working.
pub async fn tokens_left(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<u32> {
    let (count,): (i64,) = tx.one(&TOKENS_LEFT, &params![account, now]).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What an account is for.
pub async fn role(tx: &Tx<'_>, account: AccountId) -> Result<Role> {
    let (role,): (Role,) = tx.one(&ROLE, &params![account]).await?;
    Ok(role)
}

/// The recovery a clerk began for an account, unless it has ended.
pub async fn assisted(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<Option<AssistedRow>> {
    Ok(tx.optional(&ASSISTED, &params![account, now]).await?)
}

/// Whether a code that was sent to an address was sent there because of a recovery a clerk began.
pub async fn led_to(tx: &Tx<'_>, account: AccountId, address: &str, now: Timestamp) -> Result<bool> {
    let (count,): (i64,) = tx.one(&LED_TO, &params![account, address, now]).await?;
    Ok(count > 0)
}

/// Ends the recovery a clerk began for an account.
pub async fn end_assisted(tx: &Tx<'_>, account: AccountId, status: AssistedStatus, now: Timestamp) -> Result<()> {
    tx.execute(&END_ASSISTED, &params![account, now, status]).await?;
    Ok(())
}

/// Gives an account an e-mail address its owner has shown to read.
pub async fn move_to(tx: &Tx<'_>, account: AccountId, address: &str) -> Result<()> {
    tx.execute(&MOVE, &params![account, address]).await?;
    Ok(())
}
