//! SQL of personal access tokens.

use super::rules::{Checked, read, spell};
use crate::{
    api::{
        accounts::Role,
        id::{AccountId, TokenId},
        time::{Date, Timestamp},
        tokens::Token,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A token and its account, by the token's digest.
    pub FIND = "SELECT t.id, t.account, a.username, a.role, a.powers, t.scopes, t.expires_at, t.used_on \
                FROM tokens t JOIN accounts a ON a.id = t.account \
                WHERE t.digest = $1 AND t.revoked_at IS NULL AND a.status <> 'deactivated'";
    /// A new token.
    pub INSERT = "INSERT INTO tokens (id, digest, account, label, scopes, created_at, expires_at) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Notes that a token was used on a day.
    pub TOUCH = "UPDATE tokens SET used_on = $2 WHERE id = $1 AND (used_on IS NULL OR used_on < $2)";
    /// A page of an account's tokens.
    pub LIST = "SELECT id, label, scopes, expires_at, used_on, created_at FROM tokens \
                WHERE account = $1 AND revoked_at IS NULL AND id > $2 ORDER BY id LIMIT $3";
    /// Revokes every token of an account.
    pub REVOKE_ALL = "UPDATE tokens SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL";
    /// Revokes a token.
    pub REVOKE = "UPDATE tokens SET revoked_at = $3 WHERE id = $1 AND account = $2 AND revoked_at IS NULL \
                  RETURNING id, label, scopes, expires_at, used_on, created_at";
}

row! {
    /// A token with its account.
    pub struct CallerRow {
        pub id: TokenId,
        pub account: AccountId,
        pub username: String,
        pub role: Role,
        pub powers: String,
        pub scopes: String,
        pub expires_at: Timestamp,
        pub used_on: Option<Date>,
    }
}

row! {
    /// A token as its owner sees it.
    pub struct TokenRow {
        pub id: TokenId,
        pub label: String,
        pub scopes: String,
        pub expires_at: Timestamp,
        pub used_on: Option<Date>,
        pub created_at: Timestamp,
    }
}

impl From<TokenRow> for Token {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            token: None,
            label: row.label,
            scopes: read(&row.scopes),
            expires_at: row.expires_at,
            last_used_on: row.used_on,
            created_at: row.created_at,
        }
    }
}

/// The token of a digest.
pub async fn find(tx: &Tx<'_>, digest: &[u8; 32]) -> Result<Option<CallerRow>> {
    Ok(tx.optional(&FIND, &params![digest]).await?)
}

/// Keeps a new token.
pub async fn insert(
    tx: &Tx<'_>,
    id: TokenId,
    digest: &[u8; 32],
    account: AccountId,
    token: &Checked,
    now: Timestamp,
) -> Result<()> {
    let scopes = spell(&token.scopes);
    tx.execute(&INSERT, &params![id, digest, account, token.label, scopes, now, token.expires_at]).await?;
    Ok(())
}

/// Notes that a token was used on a day.
pub async fn touch(tx: &Tx<'_>, id: TokenId, today: Date) -> Result<()> {
    tx.execute(&TOUCH, &params![id, today]).await?;
    Ok(())
}

/// A page of an account's tokens.
pub async fn list(tx: &Tx<'_>, account: AccountId, behind: TokenId, limit: i64) -> Result<Vec<TokenRow>> {
    Ok(tx.rows(&LIST, &params![account, behind, limit]).await?)
}

/// Revokes a token; `None` if the account has no such one.
pub async fn revoke(tx: &Tx<'_>, id: TokenId, account: AccountId, now: Timestamp) -> Result<Option<TokenRow>> {
    Ok(tx.optional(&REVOKE, &params![id, account, now]).await?)
}

/// Revokes every token of an account, and tells how many.
pub async fn revoke_all(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<u64> {
    Ok(tx.execute(&REVOKE_ALL, &params![account, now]).await?)
}
