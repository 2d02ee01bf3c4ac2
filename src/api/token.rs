//! Tokens: how a session and a personal access token are spelled. `cts_` or `ctp_`, 32 random bytes as 43 base64url
//! characters, and 6 characters that are the beginning of their SHA-256, so that a mistyped or cut token is told from
//! an unknown one without asking anybody.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::secret::Secret;

/// How many random bytes a token has.
pub const BYTES: usize = 32;

const BODY: usize = 43;
const CHECKSUM: usize = 6;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Made by signing in; ends when idle.
    Session,
    /// A personal access token: made for a script, with scopes and an expiry.
    Personal,
}

impl Kind {
    /// What its text begins with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "cts_",
            Self::Personal => "ctp_",
        }
    }
}

/// The spelling of tokens.
#[derive(Debug)]
pub enum Token {}

impl Token {
    /// The text of a token of these random bytes.
    pub fn from_bytes(kind: Kind, bytes: [u8; BYTES]) -> Secret {
        Secret::new(format!("{}{}{}", kind.prefix(), BASE64URL_NOPAD.encode(&bytes), checksum(&bytes)))
    }

    /// Reads a token: its kind and its random bytes.
    pub fn parse(text: &str) -> Result<(Kind, [u8; BYTES]), Malformed> {
        let kind = [Kind::Session, Kind::Personal].into_iter().find(|kind| text.starts_with(kind.prefix()));
        let kind = kind.ok_or(Malformed)?;
        let rest = text.get(kind.prefix().len()..).ok_or(Malformed)?;
        if rest.len() != BODY + CHECKSUM {
            return Err(Malformed);
        }
        let (body, sum) = rest.split_at_checked(BODY).ok_or(Malformed)?;
        let bytes =
            BASE64URL_NOPAD.decode(body.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(Malformed)?;
        if checksum(&bytes) == sum { Ok((kind, bytes)) } else { Err(Malformed) }
    }

    /// What a portal keeps of a token: the SHA-256 of its random bytes.
    pub fn digest(bytes: &[u8; BYTES]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }
}

/// A text that is no token, or not a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no token, or a part of it is missing; one begins with cts_ or ctp_ and has 53 characters")]
pub struct Malformed;

fn checksum(bytes: &[u8; BYTES]) -> String {
    let mut sum = BASE64URL_NOPAD.encode(&Token::digest(bytes));
    sum.truncate(CHECKSUM);
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_is_read_back(bytes: [u8; BYTES], personal: bool) {
            let kind = if personal { Kind::Personal } else { Kind::Session };
            let text = Token::from_bytes(kind, bytes);
            prop_assert_eq!(text.expose().len(), 53);
            prop_assert_eq!(Token::parse(text.expose()), Ok((kind, bytes)));
        }

        #[test]
        fn one_wrong_character_is_noticed(bytes: [u8; BYTES], at in 4..53_usize, other in "[A-Za-z0-9_-]") {
            let text = Token::from_bytes(Kind::Session, bytes);
            let mut wrong = text.expose().to_owned();
            wrong.replace_range(at..=at, &other);
            prop_assert!(wrong == text.expose() || Token::parse(&wrong).is_err());
        }

        #[test]
        fn no_text_panics(text in "(ct[sp]_)?\\PC{0,60}") {
            let _ = Token::parse(&text);
        }
    }
}
