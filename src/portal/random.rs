//! The portal's randomness: the system's, or a stream that a seed makes repeatable. The only room that draws.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::error::{Error, Internal, Result};
use crate::api::id::{Id, Kind};

/// How often an id is drawn again when another thing has it: with 40 bits a second time is rare, a fourth a fault.
const DRAWS: u32 = 4;

/// Draws random bytes.
#[derive(Debug, Clone)]
pub struct Random(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<Stream>>),
}

#[derive(Debug)]
struct Stream {
    seed: u64,
    block: u64,
}

impl Random {
    /// The operating system's.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same bytes for the same seed: for sandboxes and tests, whose secrets protect nothing.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(Stream { seed, block: 0 }))))
    }

    /// Another one: what it draws changes nothing of what this one draws.
    #[must_use]
    pub fn aside(&self) -> Self {
        match &self.0 {
            Source::System => Self::system(),
            Source::Seeded(stream) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                Self::seeded(!stream.seed)
            }
        }
    }

    /// The salt of a password: 16 random bytes.
    pub fn salt(&self) -> Result<[u8; 16]> {
        let [salt @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.bytes()?;
        Ok(salt)
    }

    /// 32 random bytes.
    pub fn bytes(&self) -> Result<[u8; 32]> {
        match &self.0 {
            Source::System => system_bytes(),
            Source::Seeded(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.block += 1;
                let mut hash = Sha256::new();
                hash.update(stream.seed.to_be_bytes());
                hash.update(stream.block.to_be_bytes());
                Ok(hash.finalize().into())
            }
        }
    }

    /// A random number of 63 bits.
    pub fn number(&self) -> Result<i64> {
        let bytes = self.bytes()?;
        let (head, _) = bytes.split_first_chunk::<8>().ok_or_else(|| Error::internal("too few random bytes"))?;
        Ok(i64::from_be_bytes(*head) & i64::MAX)
    }

    /// A fresh id.
    pub fn id<K: Kind>(&self) -> Result<Id<K>> {
        self.number().map(Id::new)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one room that draws")]
fn system_bytes() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// Runs what makes things under fresh ids, and again when an id was taken already.
pub async fn with_fresh_ids<T, F: Future<Output = Result<T>>>(mut attempt: impl FnMut() -> F) -> Result<T> {
    for _ in 1..DRAWS {
        match attempt().await {
            Err(error) if error.internal == Some(Internal::IdClash) => {}
            outcome => return outcome,
        }
    }
    attempt().await
}
