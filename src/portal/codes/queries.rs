//! SQL of codes, and the steps every use of one takes.

use super::rules::{self, Code, End, Purpose, TRIES};
use crate::{
    api::{id::AccountId, problem::Problem, time::Timestamp},
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A new code.
    pub INSERT = "INSERT INTO codes (digest, handle, purpose, account, address, made_at, expires_at, tries) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    /// The codes of a handle: one, but for chance.
    pub FIND = "SELECT digest, purpose, account, address, made_at, expires_at, ended_by FROM codes WHERE handle = $1";
    /// Counts a wrong try against the codes it may have been meant for, and ends those that stand no more: of the purposes
    /// that were asked for (`,email,phone,`), as no other is open there.
    pub MISS = "UPDATE codes SET tries = tries + 1, \
                ended_at = CASE WHEN tries + 1 >= $4 THEN $3 ELSE ended_at END, \
                ended_by = CASE WHEN tries + 1 >= $4 THEN 'tried' ELSE ended_by END \
                WHERE ended_at IS NULL AND (handle = $1 OR account = $2) AND $5 LIKE '%,' || purpose || ',%'";
    /// Uses a code, unless it has ended.
    pub USE = "UPDATE codes SET ended_at = $2, ended_by = 'used' WHERE digest = $1 AND ended_at IS NULL";
    /// Ends the codes an account has for a purpose.
    pub END = "UPDATE codes SET ended_at = $3, ended_by = $4 WHERE account = $1 AND purpose = $2 AND ended_at IS NULL";
    /// How many codes an account was sent for a purpose since an instant.
    pub SENT = "SELECT COUNT(*) FROM codes WHERE account = $1 AND purpose = $2 AND made_at > $3";
    /// How many codes an address was sent since an instant.
    pub SENT_TO = "SELECT COUNT(*) FROM codes WHERE address = $1 AND made_at > $2";
    /// Forgets codes nobody will ask about any more.
    pub FORGET = "DELETE FROM codes WHERE expires_at < $1";
}

row! {
    /// A code as it is kept.
    pub struct CodeRow {
        pub digest: Vec<u8>,
        pub purpose: Purpose,
        pub account: AccountId,
        pub address: String,
        pub made_at: Timestamp,
        pub expires_at: Timestamp,
        pub ended_by: Option<End>,
    }
}

/// What a code must be for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// For one of these.
    pub purposes: &'static [Purpose],
    /// Sent for this account, where somebody is signed in.
    pub account: Option<AccountId>,
}

/// A code that can be used.
#[derive(Debug, Clone)]
pub struct Presented {
    digest: [u8; 32],
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub account: AccountId,
    /// Where it was sent.
    pub address: String,
}

/// Keeps a code that is being sent to an address; tells when it ends.
pub async fn issue(
    tx: &Tx<'_>,
    code: &Code,
    purpose: Purpose,
    account: AccountId,
    address: &str,
    now: Timestamp,
) -> Result<Timestamp> {
    let expires_at = now.plus(purpose.lifetime());
    tx.execute(&INSERT, &params![code.digest(), code.handle(), purpose, account, address, now, expires_at]).await?;
    Ok(expires_at)
}

/// How many codes an account was sent for a purpose since an instant.
pub async fn sent_since(tx: &Tx<'_>, account: AccountId, purpose: Purpose, since: Timestamp) -> Result<i64> {
    let (count,): (i64,) = tx.one(&SENT, &params![account, purpose, since]).await?;
    Ok(count)
}

/// How many codes an address was sent since an instant, for whatever account.
pub async fn sent_to(tx: &Tx<'_>, address: &str, since: Timestamp) -> Result<i64> {
    let (count,): (i64,) = tx.one(&SENT_TO, &params![address, since]).await?;
    Ok(count)
}

/// Ends the codes an account has for a purpose: a newer one takes their place, or what they were for is done.
pub async fn replace(tx: &Tx<'_>, account: AccountId, purpose: Purpose, now: Timestamp) -> Result<()> {
    tx.execute(&END, &params![account, purpose, now, End::Replaced]).await?;
    Ok(())
}

/// Looks at a code without using it up. A refusal is the inner error: the unit commits the wrong try it counted.
pub async fn present(
    tx: &Tx<'_>,
    code: &Code,
    wanted: Wanted,
    now: Timestamp,
) -> Result<std::result::Result<Presented, Problem>> {
    let digest = code.digest();
    let rows: Vec<CodeRow> = tx.rows(&FIND, &params![code.handle()]).await?;
    let Some(row) = rows.into_iter().find(|row| row.digest == digest) else {
        // A guess counts against the code it may have been meant for, and against all of its kind that were sent to the
        // guesser: guesses at an address use up no way back.
        let purposes = wanted.purposes.iter().map(|purpose| format!(",{purpose}")).collect::<String>() + ",";
        tx.execute(&MISS, &params![code.handle(), wanted.account, now, TRIES, purposes]).await?;
        return Ok(Err(rules::unknown()));
    };
    if !wanted.purposes.contains(&row.purpose) {
        return Ok(Err(rules::foreign(row.purpose)));
    }
    if wanted.account.is_some_and(|account| account != row.account) {
        return Ok(Err(rules::of_another()));
    }
    Ok(rules::judge(&row, now).map(|()| {
        let CodeRow { purpose, account, address, .. } = row;
        Presented { digest, purpose, account, address }
    }))
}

/// Uses a presented code up, and ends the others its account has for the same.
pub async fn consume(tx: &Tx<'_>, code: &Presented, now: Timestamp) -> Result<()> {
    if tx.execute(&USE, &params![code.digest, now]).await? == 0 {
        // Somebody was faster by a moment.
        return Err(rules::used(code.purpose).into());
    }
    replace(tx, code.account, code.purpose, now).await
}
