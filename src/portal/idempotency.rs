//! The same key and the same request: the same thing. A key is claimed in the transaction of the effect, so that
//! either both happened or neither.

use data_encoding::HEXLOWER;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    error::{Error, Result},
    store::{Tx, params, queries},
};
use crate::api::{
    card::looks_like_card_number,
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
    /// Keeps what was answered, where there is no thing to show instead.
    pub KEEP = "UPDATE idempotency_keys SET answer = $3 WHERE scope = $1 AND key = $2";
    /// What was answered.
    pub ANSWER = "SELECT answer FROM idempotency_keys WHERE scope = $1 AND key = $2";
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
    /// A key of an account for a request as it was asked.
    ///
    /// Nobody's keys are told apart by the request too: strangers cannot be told apart, and one who takes another's key
    /// for a request of their own must neither be refused for it nor learn of the other's.
    pub fn new(account: Option<AccountId>, key: String, operation: &str, request: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(operation.as_bytes());
        hash.update([0]);
        hash.update(request);
        let fingerprint: [u8; 32] = hash.finalize().into();
        match account {
            // A key is any text somebody chose; this one is told apart by its digest as well.
            Some(account) if looks_like_card_number(&key) => {
                Self { scope: account.number(), key: HEXLOWER.encode(&Sha256::digest(&key)), fingerprint }
            }
            Some(account) => Self { scope: account.number(), key, fingerprint },
            None => {
                let mut hash = Sha256::new();
                hash.update(fingerprint);
                hash.update(key.as_bytes());
                Self { scope: 0, key: HEXLOWER.encode(&hash.finalize()), fingerprint }
            }
        }
    }

    /// Claims the key for the thing with this number, inside the unit that makes it.
    pub async fn take(&self, tx: &Tx<'_>, thing: i64, now: Timestamp) -> Result<Claimed> {
        let claimed = tx.execute(&CLAIM, &params![self.scope, self.key, self.fingerprint, thing, now]).await?;
        if claimed == 1 {
            return Ok(Claimed::Fresh);
        }
        let (fingerprint, thing): (Vec<u8>, i64) = tx.one(&FIND, &params![self.scope, self.key]).await?;
        if fingerprint != self.fingerprint {
            return Err(key_reused().into());
        }
        tx.nothing_new();
        Ok(Claimed::Done(thing))
    }

    /// What was answered under the key before, inside the unit that answers: for what makes no thing that could be shown
    /// instead. `None`: the key is new, or there is none; [`Claim::keep`] then keeps the answer.
    pub async fn answered<T: DeserializeOwned>(claim: Option<&Self>, tx: &Tx<'_>, now: Timestamp) -> Result<Option<T>> {
        let Some(claim) = claim else { return Ok(None) };
        if claim.take(tx, 0, now).await? == Claimed::Fresh {
            return Ok(None);
        }
        let (answer,): (Option<String>,) = tx.one(&ANSWER, &params![claim.scope, claim.key]).await?;
        let answer = answer.ok_or_else(|| Error::internal("a key has no answer"))?;
        serde_json::from_str(&answer).map(Some).map_err(Error::internal)
    }

    /// Keeps an answer under the key that was claimed, where one was given.
    pub async fn keep<T: Serialize>(claim: Option<&Self>, tx: &Tx<'_>, answer: &T) -> Result<()> {
        if let Some(claim) = claim {
            let answer = serde_json::to_string(answer).map_err(Error::internal)?;
            tx.execute(&KEEP, &params![claim.scope, claim.key, answer]).await?;
        }
        Ok(())
    }

    /// Claims a key where one was given.
    pub async fn take_if_given(claim: Option<&Self>, tx: &Tx<'_>, thing: i64, now: Timestamp) -> Result<Claimed> {
        match claim {
            Some(claim) => claim.take(tx, thing, now).await,
            None => Ok(Claimed::Fresh),
        }
    }
}

/// The problem of a key that belongs to another request.
pub fn key_reused() -> Problem {
    Problem::new(Code::KeyReused, "this idempotency key was used for another request already")
        .hint("repeat a request exactly as it was, or take another key")
}
