//! The same key and the same request: the same thing. A key is claimed in the transaction of the effect, so that
//! either both happened or neither.

use sha2::{Digest, Sha256};

use super::{
    error::Result,
    store::{Tx, params, queries},
};
use crate::api::{
    id::AccountId,
    problem::{Code, Problem},
    time::Timestamp,
};

/// How long a key is kept, in days.
pub const KEPT_DAYS: i64 = 30;

queries! {
    /// Takes a key for a thing, unless it is taken.
    pub CLAIM = "INSERT INTO idempotency_keys (scope, key, fingerprint, thing, created_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (scope, key) DO NOTHING";
    /// What a key was used for.
    pub FIND = "SELECT fingerprint, thing FROM idempotency_keys WHERE scope = $1 AND key = $2";
    /// Forgets keys made before an instant.
    pub FORGET = "DELETE FROM idempotency_keys WHERE created_at < $1";
}

/// A caller's key for one request.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Whose key it is; nobody's is 0.
    scope: i64,
    key: String,
    fingerprint: [u8; 32],
}

/// What a claim found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// The key is new: do it.
    Fresh,
    /// It was done already: this is the number of the thing it made.
    Done(i64),
}

impl Claim {
    /// A key of an account (or of nobody, before there is one) for a request as it was asked.
    pub fn new(account: Option<AccountId>, key: String, operation: &str, request: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(operation.as_bytes());
        hash.update([0]);
        hash.update(request);
        Self { scope: account.map_or(0, AccountId::number), key, fingerprint: hash.finalize().into() }
    }

    /// Claims the key for the thing with this number, inside the unit that makes it.
    pub async fn take(&self, tx: &Tx<'_>, thing: i64, now: Timestamp) -> Result<Claimed> {
        let claimed = tx.execute(&CLAIM, &params![self.scope, self.key, self.fingerprint, thing, now]).await?;
        if claimed == 1 {
            return Ok(Claimed::Fresh);
        }
        let (fingerprint, thing): (Vec<u8>, i64) = tx.one(&FIND, &params![self.scope, self.key]).await?;
        if fingerprint != self.fingerprint {
            let problem = Problem::new(Code::KeyReused, "this idempotency key was used for another request already")
                .hint("repeat a request exactly as it was, or take another key");
            return Err(problem.into());
        }
        tx.nothing_new();
        Ok(Claimed::Done(thing))
    }

    /// Claims a key where one was given.
    pub async fn take_if_given(claim: Option<&Self>, tx: &Tx<'_>, thing: i64, now: Timestamp) -> Result<Claimed> {
        match claim {
            Some(claim) => claim.take(tx, thing, now).await,
            None => Ok(Claimed::Fresh),
        }
    }
}
