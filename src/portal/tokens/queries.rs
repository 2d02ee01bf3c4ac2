//! SQL of personal access tokens.

use super::rules::{Checked, read, spell};
use crate::{
    api::{
        accounts::{AccountStatus, Role},
        id::{AccountId, TokenId},
        money::{Currency, Minor},
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
    pub FIND = "SELECT t.id, t.account, a.username, a.role, a.powers, a.terms_version, a.status, t.scopes, t.expires_at, t.used_on \
                FROM tokens t JOIN accounts a ON a.id = t.account \
                WHERE t.digest = $1 AND t.revoked_at IS NULL AND a.status <> 'deactivated'";
    /// A new token.
    pub INSERT = "INSERT INTO tokens (id, digest, account, label, scopes, created_at, expires_at, max_per_day) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Notes that a token was used on a day.
    pub TOUCH = "UPDATE tokens SET used_on = $2 WHERE id = $1 AND (used_on IS NULL OR used_on < $2)";
    /// A page of an account's tokens.
    pub LIST = "SELECT id, label, scopes, expires_at, max_per_day, spent, spent_on, used_on, created_at FROM tokens \
                WHERE account = $1 AND revoked_at IS NULL AND id > $2 ORDER BY id LIMIT $3";
    /// Revokes every token of an account.
    pub REVOKE_ALL = "UPDATE tokens SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL";
    /// Revokes a token.
    pub REVOKE = "UPDATE tokens SET revoked_at = $3 WHERE id = $1 AND account = $2 AND revoked_at IS NULL \
                  RETURNING id, label, scopes, expires_at, max_per_day, spent, spent_on, used_on, created_at";
    /// Counts a payment on a day, if the token may pay so much on it; tells the day it counts on, which never goes back.
    pub SPEND = "UPDATE tokens SET spent = $3 + CASE WHEN spent_on >= $2 THEN spent ELSE 0 END, \
                 spent_on = CASE WHEN spent_on >= $2 THEN spent_on ELSE $2 END WHERE id = $1 AND (max_per_day IS NULL \
                 OR $3 + CASE WHEN spent_on >= $2 THEN spent ELSE 0 END <= max_per_day) RETURNING spent_on";
    /// What a token may pay on a day, and has.
    pub SPENT = "SELECT max_per_day, spent, spent_on FROM tokens WHERE id = $1";
    /// A payment does not count any more: its day still has the room.
    pub GIVE_BACK = "UPDATE tokens SET spent = spent - $3 WHERE id = $1 AND spent_on = $2";
}

row! {
    /// A token with its account.
    pub struct CallerRow {
        pub id: TokenId,
        pub account: AccountId,
        pub username: String,
        pub role: Role,
        pub powers: String,
        pub terms_version: String,
        pub status: AccountStatus,
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
        pub max_per_day: Option<Minor>,
        pub spent: Minor,
        pub spent_on: Option<Date>,
        pub used_on: Option<Date>,
        pub created_at: Timestamp,
    }
}

row! {
    /// What a token may pay on a day, and what was paid with it on the last day it paid.
    pub struct SpendingRow {
        pub max_per_day: Option<Minor>,
        pub spent: Minor,
        pub spent_on: Option<Date>,
    }
}

impl TokenRow {
    /// The token as its owner sees it on a day.
    pub fn seen(self, currency: Currency, today: Date) -> Token {
        let spending = SpendingRow { max_per_day: self.max_per_day, spent: self.spent, spent_on: self.spent_on };
        Token {
            id: self.id,
            token: None,
            label: self.label,
            scopes: read(&self.scopes),
            expires_at: self.expires_at,
            max_per_day: self.max_per_day,
            spent_today: spending.spent_by(today),
            currency,
            last_used_on: self.used_on,
            created_at: self.created_at,
        }
    }
}

impl SpendingRow {
    /// What counts on a day.
    pub fn spent_by(&self, today: Date) -> Minor {
        if self.spent_on.is_some_and(|day| day >= today) { self.spent } else { Minor::ZERO }
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
    let values = params![id, digest, account, token.label, scopes, now, token.expires_at, token.max_per_day];
    tx.execute(&INSERT, &values).await?;
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

/// Counts a payment against what a token may pay on a day; tells the day it counts on, or `None` where it is too much.
pub async fn spend(tx: &Tx<'_>, id: TokenId, today: Date, total: Minor) -> Result<Option<Date>> {
    let day: Option<(Date,)> = tx.optional(&SPEND, &params![id, today, total]).await?;
    Ok(day.map(|(day,)| day))
}

/// What a token may pay on a day, and has.
pub async fn spent(tx: &Tx<'_>, id: TokenId) -> Result<SpendingRow> {
    Ok(tx.one(&SPENT, &params![id]).await?)
}

/// What was counted on a day does not count any more.
pub async fn give_back(tx: &Tx<'_>, id: TokenId, day: Date, total: Minor) -> Result<()> {
    tx.execute(&GIVE_BACK, &params![id, day, total]).await?;
    Ok(())
}
