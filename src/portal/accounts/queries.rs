//! SQL of accounts.

use super::rules::Checked;
use crate::{
    api::{
        accounts::{AcceptedTerms, Account, AccountChange, AccountStatus, Role},
        id::{AccountId, RecordId},
        time::Timestamp,
    },
    portal::{
        error::{Error, Result},
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A new account, unless the name is taken.
    pub INSERT = "INSERT INTO accounts (id, username, password, name, email, email_verified, phone, address, recovery_email, \
                  role, powers, status, terms_version, terms_accepted_at, created_at, confirmed_email, phone_verified) \
                  VALUES ($1, $2, $3, $4, $5, $14, $6, $7, $8, $9, $10, $11, $12, $13, $13, $15, $16) \
                  ON CONFLICT (username) DO NOTHING";
    /// An account.
    pub FIND = "SELECT id, username, name, email, email_verified, phone, phone_verified, address, recovery_email, \
                recovery_email_verified, status, terms_version, terms_accepted_at, created_at FROM accounts WHERE id = $1";
    /// The records linked to an account, the first linked first.
    pub RECORDS = "SELECT record FROM record_links WHERE account = $1 ORDER BY linked_at, record";
    /// Changes what was given.
    pub UPDATE = "UPDATE accounts SET name = COALESCE($2, name), email = COALESCE($3, email), phone = COALESCE($4, phone), \
                  address = COALESCE($5, address), \
                  phone_verified = CASE WHEN $4 IS NULL OR phone = $4 THEN phone_verified ELSE 0 END, \
                  email_verified = CASE WHEN $3 IS NULL OR email = $3 THEN email_verified \
                                   WHEN confirmed_email = $3 THEN 1 ELSE 0 END, \
                  status = CASE WHEN $3 IS NULL OR email = $3 THEN status \
                           WHEN confirmed_email = $3 THEN 'active' ELSE 'unverified' END WHERE id = $1";
    /// Another recovery address, which is not confirmed yet.
    pub SET_RECOVERY_EMAIL = "UPDATE accounts SET recovery_email = $2, recovery_email_verified = 0 WHERE id = $1";
    /// The addresses that are confirmed: the e-mail address that was last, and the recovery address.
    pub CONFIRMED = "SELECT confirmed_email, CASE WHEN recovery_email_verified = 1 THEN recovery_email END \
                     FROM accounts WHERE id = $1";
    /// Another password.
    pub SET_PASSWORD = "UPDATE accounts SET password = $2 WHERE id = $1";
    /// Notes that the e-mail address is confirmed.
    pub CONFIRM_EMAIL = "UPDATE accounts SET email_verified = 1, confirmed_email = email, \
                         status = CASE WHEN status = 'unverified' THEN 'active' ELSE status END \
                         WHERE id = $1 AND email = $2";
    /// Notes that the phone is confirmed.
    pub CONFIRM_PHONE = "UPDATE accounts SET phone_verified = 1 WHERE id = $1 AND phone = $2";
    /// Notes that the recovery address is confirmed.
    pub CONFIRM_RECOVERY_EMAIL = "UPDATE accounts SET recovery_email_verified = 1 WHERE id = $1 AND recovery_email = $2";
    /// Accepts a version of the terms, unless it is accepted.
    pub ACCEPT_TERMS = "UPDATE accounts SET terms_version = $2, terms_accepted_at = $3 WHERE id = $1 AND terms_version <> $2";
    /// Puts an account to rest, and keeps the state it is in.
    pub REST = "UPDATE accounts SET status = 'deactivated', rests_from = status WHERE id = $1 AND status <> 'deactivated'";
    /// An account comes back to the state it was in, if its password still is the one that was checked.
    pub WAKE = "UPDATE accounts SET status = CASE WHEN email_verified = 1 THEN 'active' \
                ELSE COALESCE(rests_from, 'unverified') END, rests_from = NULL \
                WHERE id = $1 AND password = $2 AND status = 'deactivated'";
    /// Every clerk.
    pub CLERKS = "SELECT id, username, name, email, powers FROM accounts \
                  WHERE role = 'clerk' AND status <> 'deactivated' ORDER BY username";
    /// A clerk by name.
    pub FIND_CLERK = "SELECT id, username, name, email, powers FROM accounts \
                       WHERE username = $1 AND role = 'clerk' AND status <> 'deactivated'";
    /// What is kept of a password.
    pub PASSWORD = "SELECT password FROM accounts WHERE id = $1";
    /// Makes a clerk a resident again.
    pub DISMISS = "UPDATE accounts SET role = 'resident', powers = '' WHERE id = $1";
}

row! {
    /// An account without its records.
    pub struct AccountRow {
        pub id: AccountId,
        pub username: String,
        pub name: String,
        pub email: String,
        pub email_verified: bool,
        pub phone: Option<String>,
        pub phone_verified: bool,
        pub address: Option<String>,
        pub recovery_email: Option<String>,
        pub recovery_email_verified: bool,
        pub status: AccountStatus,
        pub terms_version: String,
        pub terms_accepted_at: Timestamp,
        pub created_at: Timestamp,
    }
}

row! {
    /// A clerk.
    pub struct ClerkRow {
        pub id: AccountId,
        pub username: String,
        pub name: String,
        pub email: String,
        pub powers: String,
    }
}

/// A new account's role: what it is for, and a clerk's powers.
#[derive(Debug, Clone)]
pub struct Post {
    /// What the account is for.
    pub role: Role,
    /// A clerk's powers, separated by blanks.
    pub powers: String,
    /// Whether its e-mail address is known to be right, or is to be confirmed.
    pub status: AccountStatus,
}

/// Keeps a new account; `false` if somebody has the name.
pub async fn insert(
    tx: &Tx<'_>,
    id: AccountId,
    account: &Checked,
    hash: &str,
    post: &Post,
    now: Timestamp,
) -> Result<bool> {
    let address = account.address.as_ref().map(serde_json::to_string).transpose().map_err(Error::internal)?;
    let confirmed = (post.status == AccountStatus::Active).then_some(account.email.as_str());
    let is_confirmed = confirmed.is_some();
    let has_phone = is_confirmed && account.phone.is_some();
    let parameters = params![
        id,
        account.username,
        hash,
        account.name,
        account.email,
        account.phone,
        address,
        account.recovery_email,
        post.role,
        post.powers,
        post.status,
        account.terms_version,
        now,
        is_confirmed,
        confirmed,
        has_phone
    ];
    Ok(tx.execute(&INSERT, &parameters).await? == 1)
}

/// Accepts a version of the terms; `false` if it was accepted before.
pub async fn accept_terms(tx: &Tx<'_>, id: AccountId, version: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&ACCEPT_TERMS, &params![id, version, now]).await? == 1)
}

/// Puts an account to rest; `false` if it rests.
pub async fn rest(tx: &Tx<'_>, id: AccountId) -> Result<bool> {
    Ok(tx.execute(&REST, &params![id]).await? == 1)
}

/// Brings an account back; `false` if it does not rest, or has another password by now.
pub async fn wake(tx: &Tx<'_>, id: AccountId, password: &str) -> Result<bool> {
    Ok(tx.execute(&WAKE, &params![id, password]).await? == 1)
}

/// An account as its owner sees it.
pub async fn find(tx: &Tx<'_>, id: AccountId) -> Result<Option<Account>> {
    let Some(row) = tx.optional::<AccountRow>(&FIND, &params![id]).await? else {
        return Ok(None);
    };
    let records: Vec<(RecordId,)> = tx.rows(&RECORDS, &params![id]).await?;
    let address = row.address.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
    Ok(Some(Account {
        id: row.id,
        username: row.username,
        name: row.name,
        email: row.email,
        email_verified: row.email_verified,
        phone: row.phone,
        phone_verified: row.phone_verified,
        address,
        recovery_email: row.recovery_email,
        recovery_email_verified: row.recovery_email_verified,
        status: row.status,
        terms: AcceptedTerms { version: row.terms_version, accepted_at: row.terms_accepted_at },
        records: records.into_iter().map(|(record,)| record).collect(),
        created_at: row.created_at,
    }))
}

/// Changes what was given.
pub async fn update(tx: &Tx<'_>, id: AccountId, change: &AccountChange) -> Result<()> {
    let address = change.address.as_ref().map(serde_json::to_string).transpose().map_err(Error::internal)?;
    tx.execute(&UPDATE, &params![id, change.name, change.email, change.phone, address]).await?;
    Ok(())
}

/// What is kept of an account's password: its hash.
pub async fn password(tx: &Tx<'_>, account: AccountId) -> Result<Option<String>> {
    let found: Option<(String,)> = tx.optional(&PASSWORD, &params![account]).await?;
    Ok(found.map(|(hash,)| hash))
}

/// Keeps the hash of another password.
pub async fn set_password(tx: &Tx<'_>, id: AccountId, hash: &str) -> Result<()> {
    tx.execute(&SET_PASSWORD, &params![id, hash]).await?;
    Ok(())
}

/// Notes that an account's e-mail address is confirmed; `false` if it has another one by now.
pub async fn confirm_email(tx: &Tx<'_>, id: AccountId, address: &str) -> Result<bool> {
    Ok(tx.execute(&CONFIRM_EMAIL, &params![id, address]).await? == 1)
}

/// The same for its phone.
pub async fn confirm_phone(tx: &Tx<'_>, id: AccountId, number: &str) -> Result<bool> {
    Ok(tx.execute(&CONFIRM_PHONE, &params![id, number]).await? == 1)
}

/// The same for its recovery address.
pub async fn confirm_recovery_email(tx: &Tx<'_>, id: AccountId, address: &str) -> Result<bool> {
    Ok(tx.execute(&CONFIRM_RECOVERY_EMAIL, &params![id, address]).await? == 1)
}

/// The addresses of an account that are confirmed, each where there is one: the e-mail address that was last, which stays
/// until a new one is, and the recovery address.
pub async fn confirmed(tx: &Tx<'_>, id: AccountId) -> Result<(Option<String>, Option<String>)> {
    Ok(tx.one(&CONFIRMED, &params![id]).await?)
}

/// Gives an account another recovery address, or none; it is not confirmed yet.
pub async fn set_recovery_email(tx: &Tx<'_>, id: AccountId, address: Option<&str>) -> Result<()> {
    tx.execute(&SET_RECOVERY_EMAIL, &params![id, address]).await?;
    Ok(())
}
