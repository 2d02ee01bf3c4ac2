//! Passwords: what they must be (NIST SP 800-63B-4, 3.1.1), and argon2id off the async threads.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{
    api::{
        problem::{Code, Problem},
        secret::Secret,
    },
    portal::error::{Error, Result},
};

/// The fewest code points of a password that is the only factor.
const SHORTEST: usize = 15;
/// The fewest code points of a password beside a second factor.
const SHORTEST_OF_TWO: usize = 8;
/// The most code points that are hashed; NIST asks for at least 64.
const LONGEST: usize = 512;

/// argon2id's memory in KiB, passes and lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
}

impl Cost {
    /// OWASP's: 19 MiB, two passes, one lane.
    pub const STRONG: Self = Self { memory: 19 * 1024, passes: 2 };
}

/// Hashes and checks passwords, at most as many at once as there are cores.
#[derive(Clone)]
pub struct Passwords {
    cost: Cost,
    turns: Arc<Semaphore>,
    /// What an unknown name's password is checked against, so that it takes as long as a known one's.
    nobody: Arc<str>,
    /// How many passwords were checked since the portal began.
    verified: Arc<AtomicU64>,
}

impl Passwords {
    /// Ready to hash; makes the hash of nobody's password, which takes as long as any.
    pub fn new(cost: Cost) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let nobody = hash(cost, "the password of nobody", &[0; 16])?.into();
        Ok(Self { cost, turns: Arc::new(Semaphore::new(cores)), nobody, verified: Arc::default() })
    }

    /// The PHC string of a password, with this salt.
    pub async fn hash(&self, password: Secret, salt: [u8; 16]) -> Result<String> {
        let cost = self.cost;
        self.in_turn(move || hash(cost, &normal(password.expose()), &salt)).await
    }

    /// Whether a password is the one that was hashed; for a name nobody has there is no hash, and it takes as long.
    pub async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool> {
        let (nobody, verified) = (Arc::clone(&self.nobody), Arc::clone(&self.verified));
        self.in_turn(move || {
            // What is no hash belongs to an account that has no password.
            let known = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let is_known = known.is_some();
            let hash = known.map_or_else(|| PasswordHash::new(&nobody), Ok).map_err(Error::internal)?;
            verified.fetch_add(1, Ordering::Relaxed);
            let right = Argon2::default().verify_password(normal(password.expose()).as_bytes(), &hash).is_ok();
            Ok(right && is_known)
        })
        .await
    }

    /// How many passwords were checked since the portal began, right or wrong: what an operator watches, and what shows
    /// that every way to sign in costs the same.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(turn);
            outcome
        })
        .await
        .map_err(Error::internal)?
    }
}

fn hash(cost: Cost, password: &str, salt: &[u8; 16]) -> Result<String> {
    let params = Params::new(cost.memory, cost.passes, 1, None).map_err(Error::internal)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon.hash_password_with_salt(password.as_bytes(), salt).map_err(Error::internal)?.to_string())
}

/// NFC: the same password however the keyboard composes it.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// What a password stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factors {
    /// Nothing: it opens the account alone.
    One,
    /// A second factor.
    Two,
}

/// Whether a password is long enough to open an account alone.
pub fn stands_alone(password: &Secret) -> bool {
    normal(password.expose()).chars().count() >= SHORTEST
}

/// Whether a password will do, for an account with these words about it (name, user name, e-mail, city).
pub fn check(password: &Secret, context: &[&str], factors: Factors) -> Result<()> {
    let password = normal(password.expose());
    let length = password.chars().count();
    let shortest = match factors {
        Factors::One => SHORTEST,
        Factors::Two => SHORTEST_OF_TWO,
    };
    if length < shortest {
        let detail = format!("the password has {length} characters; it needs at least {shortest}");
        return Err(weak(detail, "a sentence of your own is long and easy to keep in mind"));
    }
    if length > LONGEST {
        return Err(weak(format!("the password has more than {LONGEST} characters"), "take a shorter one"));
    }
    let lower = password.to_lowercase();
    let parts = context.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let known: Vec<String> = parts.filter(|part| part.chars().count() >= 4).map(str::to_lowercase).collect();
    let rest = known.iter().fold(lower.clone(), |rest, word| rest.replace(word.as_str(), ""));
    if rest.chars().filter(|letter| letter.is_alphanumeric()).count() < shortest / 2 {
        return Err(weak("the password is made of your name or the city's", "take words that nobody knows of you"));
    }
    let inputs: Vec<&str> = known.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(&password, &inputs);
    // Alone it must withstand whoever stole its hash; beside a second factor, whoever guesses at the door.
    let strong_enough = match factors {
        Factors::One => 3,
        Factors::Two => 2,
    };
    if u8::from(estimate.score()) < strong_enough {
        let reason = estimate.feedback().and_then(|feedback| feedback.warning()).map(|warning| warning.to_string());
        let detail = match reason {
            Some(reason) => format!("the password is easy to guess: {}", reason.trim_end_matches('.')),
            None => "the password is easy to guess: it is a common word or a pattern".to_owned(),
        };
        return Err(weak(detail, "add a word or two that do not belong together"));
    }
    Ok(())
}

fn weak(detail: impl Into<String>, hint: &str) -> Error {
    Problem::new(Code::WeakPassword, detail).hint(hint).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_password_must_be() {
        let check = |text: &str| {
            check(&Secret::new(text), &["Rosa Marín", "rosa", "Riverton"], Factors::One).map_err(|e| e.to_string())
        };
        assert!(check("lanterns over the weir").is_ok());
        assert!(check("ñandú café über Straße").is_ok());
        assert!(check("short").unwrap_err().contains("at least 15"));
        assert!(check("rosa marin riverton").is_ok_and(|()| false) || check("rosa riverton rosa").is_err());
        assert!(check("passwordpassword").unwrap_err().contains("easy to guess"));
        assert!(check("aaaaaaaaaaaaaaaaaaaa").is_err());
        assert!(check(&"x".repeat(513)).is_err());
        let beside = |text: &str| {
            super::check(&Secret::new(text), &["Rosa Marín", "rosa"], Factors::Two).map_err(|e| e.to_string())
        };
        assert!(beside("q7#vWx!2").is_ok());
        assert!(beside("q7#vWx!").unwrap_err().contains("at least 8"));
        assert!(beside("password").unwrap_err().contains("easy to guess"));
        assert!(beside("rosamarin").is_err());
        assert!(stands_alone(&Secret::new("fifteen letters")) && !stands_alone(&Secret::new("fourteen chars")));
    }
}
