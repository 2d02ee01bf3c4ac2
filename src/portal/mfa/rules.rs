//! Recovery codes, and secrets as people and apps take them.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::totp;
use crate::{
    api::{
        id::{self, AccountId},
        secret::Secret,
        time::Timestamp,
    },
    portal::{error::Result, random::Random},
};

/// How many recovery codes there are.
const CODES: usize = 10;
/// How many letters one has: 120 bits, of which NIST SP 800-63B-4, 3.1.2.2, keeps a fast hash when there are 112.
const LETTERS: usize = 24;
/// How long a secret waits for its first code.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// A code as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// Six digits: an app's.
    OneTime(String),
    /// A recovery code, by its letters.
    Recovery(String),
    /// Neither.
    Neither,
}

/// Reads a code; blanks and dashes in it say nothing, and letters are read as those of ids are.
pub(super) fn typed(code: &Secret) -> Typed {
    let plain: String = code.expose().chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    if plain.len() == totp::DIGITS && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Typed::OneTime(plain);
    }
    match id::meant(&plain) {
        Some(letters) if letters.len() == LETTERS => Typed::Recovery(letters),
        _ => Typed::Neither,
    }
}

/// What is kept of a recovery code: of no use to whoever reads it, nor for another account.
pub(super) fn digest(account: AccountId, letters: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(account.number().to_be_bytes());
    hash.update(letters.as_bytes());
    hash.finalize().into()
}

/// Fresh recovery codes: as they are told, and as they are kept.
pub(super) fn recovery_codes(random: &Random, account: AccountId) -> Result<(Vec<Secret>, Vec<[u8; 32]>)> {
    let mut told = Vec::with_capacity(CODES);
    let mut kept = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let letters = id::letters(&random.bytes()?, LETTERS);
        kept.push(digest(account, &letters));
        let groups: Vec<String> =
            letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        told.push(Secret::new(groups.join("-")));
    }
    Ok((told, kept))
}

/// What a QR code carries: `otpauth://totp/CITY:NAME?secret=…&issuer=CITY`.
pub(super) fn uri(city: &str, username: &str, secret: &str) -> String {
    let escape = |text: &str| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
        text.bytes()
            .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect::<String>()
    };
    let (city, username) = (escape(city), escape(username));
    format!("otpauth://totp/{city}:{username}?secret={secret}&issuer={city}")
}

/// Until when a secret made then may be confirmed.
pub(super) fn expiry(made_at: Timestamp) -> Timestamp {
    made_at.plus(PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_written() {
        let read = |text: &str| typed(&Secret::new(text));
        assert_eq!(read(" 123 456 "), Typed::OneTime("123456".to_owned()));
        assert_eq!(read("7k3q-9xm2-abcd-efgh-jkmn-pqrs"), Typed::Recovery("7K3Q9XM2ABCDEFGHJKMNPQRS".to_owned()));
        assert_eq!(read("OIL0-0000-0000-0000-0000-0000"), Typed::Recovery("011000000000000000000000".to_owned()));
        for wrong in ["", "12345", "1234567", "12345x", "7K3Q-9XM2", "١٢٣٤٥٦"] {
            assert_eq!(read(wrong), Typed::Neither, "{wrong}");
        }
        let (told, kept) = recovery_codes(&Random::seeded(7), AccountId::new(1)).unwrap();
        assert_eq!((told.len(), kept.len()), (10, 10));
        for (code, digest_kept) in told.iter().zip(&kept) {
            let Typed::Recovery(letters) = typed(code) else { panic!("{}", code.expose()) };
            assert_eq!(digest(AccountId::new(1), &letters), *digest_kept);
            assert_ne!(digest(AccountId::new(2), &letters), *digest_kept);
        }
    }

    #[test]
    fn what_apps_scan() {
        assert_eq!(
            uri("City of Riverton", "rosa", "MZXW6YTBOI"),
            "otpauth://totp/City%20of%20Riverton:rosa?secret=MZXW6YTBOI&issuer=City%20of%20Riverton"
        );
    }
}
