//! SQL of the second factor.

use crate::{
    api::{id::AccountId, time::Timestamp},
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// The second factor of an account.
    pub FIND = "SELECT secret, created_at, enabled_at, last_step FROM second_factors WHERE account = $1";
    /// A secret that waits for its first code, in place of an earlier one that did.
    pub BEGIN = "INSERT INTO second_factors (account, secret, created_at, last_step) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (account) DO UPDATE SET secret = $2, created_at = $3, last_step = $4 \
                 WHERE second_factors.enabled_at IS NULL";
    /// Turns it on, with the step of the code that showed it.
    pub ENABLE = "UPDATE second_factors SET enabled_at = $2, last_step = $3 \
                  WHERE account = $1 AND enabled_at IS NULL AND created_at = $4";
    /// Uses a code of the app: once, and none that is older afterwards.
    pub USE_STEP = "UPDATE second_factors SET last_step = $2 \
                    WHERE account = $1 AND enabled_at IS NOT NULL AND last_step < $2";
    /// Turns it off.
    pub DISABLE = "DELETE FROM second_factors WHERE account = $1 AND enabled_at IS NOT NULL";
    /// A recovery code.
    pub ADD_CODE = "INSERT INTO recovery_codes (account, digest) VALUES ($1, $2)";
    /// Whether a recovery code is there and was not used.
    pub FIND_CODE = "SELECT COUNT(*) FROM recovery_codes WHERE account = $1 AND digest = $2 AND used_at IS NULL";
    /// Uses a recovery code, once.
    pub USE_CODE = "UPDATE recovery_codes SET used_at = $3 WHERE account = $1 AND digest = $2 AND used_at IS NULL";
    /// Ends an account's recovery codes.
    pub END_CODES = "DELETE FROM recovery_codes WHERE account = $1";
    /// How many recovery codes were not used.
    pub COUNT_CODES = "SELECT COUNT(*) FROM recovery_codes WHERE account = $1 AND used_at IS NULL";
    /// Any secret there is: to see whether the portal's key opens it.
    pub ANY = "SELECT account, secret FROM second_factors ORDER BY account LIMIT 1";
}

row! {
    /// The second factor of an account.
    pub struct FactorRow {
        pub secret: Vec<u8>,
        pub created_at: Timestamp,
        pub enabled_at: Option<Timestamp>,
        pub last_step: i64,
    }
}

/// Any secret there is, and whose.
pub async fn any(tx: &Tx<'_>) -> Result<Option<(AccountId, Vec<u8>)>> {
    Ok(tx.optional(&ANY, &[]).await?)
}

/// The second factor of an account, where there is one or the beginning of one.
pub async fn find(tx: &Tx<'_>, account: AccountId) -> Result<Option<FactorRow>> {
    Ok(tx.optional(&FIND, &params![account]).await?)
}

/// Keeps a secret that waits for its first code; `false` where a second factor is on.
pub async fn begin(tx: &Tx<'_>, account: AccountId, secret: &[u8], now: Timestamp, last_step: i64) -> Result<bool> {
    Ok(tx.execute(&BEGIN, &params![account, secret, now, last_step]).await? == 1)
}

/// Turns the second factor made at an instant on; `false` where another was made or turned on meanwhile.
pub async fn enable(tx: &Tx<'_>, account: AccountId, made_at: Timestamp, now: Timestamp, step: i64) -> Result<bool> {
    Ok(tx.execute(&ENABLE, &params![account, now, step, made_at]).await? == 1)
}

/// Turns the second factor off, recovery codes and all; `false` where there was none.
pub async fn disable(tx: &Tx<'_>, account: AccountId) -> Result<bool> {
    tx.execute(&END_CODES, &params![account]).await?;
    Ok(tx.execute(&DISABLE, &params![account]).await? == 1)
}

/// Uses the code of a step; `false` where it or a later one was used.
pub async fn use_step(tx: &Tx<'_>, account: AccountId, step: i64) -> Result<bool> {
    Ok(tx.execute(&USE_STEP, &params![account, step]).await? == 1)
}

/// Whether a recovery code is there and was not used.
pub async fn has_code(tx: &Tx<'_>, account: AccountId, digest: &[u8; 32]) -> Result<bool> {
    let (count,): (i64,) = tx.one(&FIND_CODE, &params![account, digest]).await?;
    Ok(count > 0)
}

/// Uses a recovery code; `false` where it was used.
pub async fn use_code(tx: &Tx<'_>, account: AccountId, digest: &[u8; 32], now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&USE_CODE, &params![account, digest, now]).await? == 1)
}

/// Recovery codes in place of the earlier ones.
pub async fn replace_codes(tx: &Tx<'_>, account: AccountId, digests: &[[u8; 32]]) -> Result<()> {
    tx.execute(&END_CODES, &params![account]).await?;
    for digest in digests {
        tx.execute(&ADD_CODE, &params![account, digest]).await?;
    }
    Ok(())
}

/// How many recovery codes were not used.
pub async fn count_codes(tx: &Tx<'_>, account: AccountId) -> Result<u32> {
    let (count,): (u32,) = tx.one(&COUNT_CODES, &params![account]).await?;
    Ok(count)
}
