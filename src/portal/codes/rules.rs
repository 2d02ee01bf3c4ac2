//! How a code is spelled, how long it holds, and what is told of one that does not.
//!
//! A code is fifteen Crockford base-32 characters in three groups: `7K3Q9-XM24H-WPT7A`. The first group is its handle,
//! by which it is found and its wrong tries are counted; the other two, 50 random bits, are its secret. Of both only a
//! digest is kept.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::queries::CodeRow;
use crate::{
    api::{
        id,
        problem::{self, Problem},
        secret::Secret,
        time::Timestamp,
    },
    words,
};

/// How many characters a group has.
const GROUP: usize = 5;
/// How many characters a code has: its handle and two groups of secret.
const LENGTH: usize = 3 * GROUP;
/// How many wrong tries a code stands.
pub(super) const TRIES: i64 = 5;
/// How far ahead of this process's clock another's may be; a code made later than that was made before a jump.
const SKEW: SignedDuration = SignedDuration::from_mins(2);

words! {
    /// What a code is for.
    pub enum Purpose ("purpose") {
        /// Confirms the e-mail address.
        Email = "email",
        /// Confirms the phone.
        Phone = "phone",
        /// Confirms the recovery address.
        RecoveryEmail = "recovery_email",
        /// Lets a new password be set.
        Recovery = "recovery",
    }
}

impl Purpose {
    /// How long such a code holds: by mail half an hour, by SMS ten minutes (NIST SP 800-63B-4, 4.2.1).
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Email | Self::RecoveryEmail | Self::Recovery => SignedDuration::from_mins(30),
            Self::Phone => SignedDuration::from_mins(10),
        }
    }

    /// What gets another one.
    const fn another(self) -> &'static str {
        match self {
            Self::Email => "get another one: citytime account verify --resend",
            Self::Phone => "get another one: citytime account verify --resend phone",
            Self::RecoveryEmail => "get another one: citytime account verify --resend recovery_email",
            Self::Recovery => "get another one: citytime account recover start --username NAME",
        }
    }

    /// Where such a code belongs.
    const fn belongs(self) -> &'static str {
        match self {
            Self::Recovery => {
                "that code is for a new password: citytime account recover finish --code CODE --password-stdin"
            }
            _ => "that code confirms an address: citytime account verify CODE",
        }
    }
}

words! {
    /// What ended a code before its time.
    pub enum End ("end") {
        /// It did what it was for.
        Used = "used",
        /// A newer one was sent, or another of its kind was used.
        Replaced = "replaced",
        /// It was guessed at too often.
        Tried = "tried",
    }
}

/// A code as it is sent and typed.
#[derive(Clone)]
pub struct Code(String);

/// Never the code itself.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// The code of random bytes, of which 75 bits count.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(id::letters(&bytes, LENGTH))
    }

    /// Reads a code as people type it: in any case, grouped or not, `O` for `0`, `I` and `L` for `1`.
    pub fn read(typed: &Secret) -> Result<Self, Problem> {
        id::meant(typed.expose()).filter(|code| code.len() == LENGTH).map(Self).ok_or_else(|| {
            Problem::new(problem::Code::CodeUnknown, "that is no code, or not a whole one")
                .hint("a code has fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A")
        })
    }

    /// The code as it is sent: in groups.
    pub fn text(&self) -> String {
        let groups: Vec<&str> =
            [0, 1, 2].iter().filter_map(|group| self.0.get(group * GROUP..(group + 1) * GROUP)).collect();
        groups.join("-")
    }

    /// By what it is found.
    pub fn handle(&self) -> &str {
        self.0.get(..GROUP).unwrap_or_default()
    }

    /// What is kept of it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

/// Whether a code that is the right one can be used.
pub fn judge(row: &CodeRow, now: Timestamp) -> Result<(), Problem> {
    let refused = |code, detail: String| Err(Problem::new(code, detail).hint(row.purpose.another()));
    match row.ended_by {
        Some(End::Used) => Err(used(row.purpose)),
        Some(End::Replaced) => refused(
            problem::Code::CodeExpired,
            "this code holds no more: a newer one was sent, or another one used".to_owned(),
        ),
        Some(End::Tried) => refused(
            problem::Code::CodeExpired,
            format!("this code holds no more: wrong ones were tried {TRIES} times in its place"),
        ),
        None if now >= row.expires_at || row.made_at > now.plus(SKEW) => {
            let minutes = row.purpose.lifetime().as_mins();
            refused(problem::Code::CodeExpired, format!("this code has expired: it holds for {minutes} minutes"))
        }
        None => Ok(()),
    }
}

/// What is told of a code that did what it was for.
pub fn used(purpose: Purpose) -> Problem {
    Problem::new(problem::Code::CodeUsed, "this code was used already").hint(match purpose {
        Purpose::Recovery => purpose.another(),
        _ => "`citytime account show` tells whether the address is confirmed",
    })
}

/// What is told of a code that is nobody's.
pub fn unknown() -> Problem {
    Problem::new(problem::Code::CodeUnknown, "there is no such code").hint(format!(
        "type it as the mail has it; after {TRIES} wrong tries it holds no more, and a new one is needed"
    ))
}

/// What is told of a code that is for something else.
pub fn foreign(purpose: Purpose) -> Problem {
    Problem::new(problem::Code::CodeForeign, "this code is not for that").hint(purpose.belongs())
}

/// What is told of a code that was sent for another account.
pub fn of_another() -> Problem {
    Problem::new(problem::Code::CodeForeign, "this code was sent for another account than the one signed in")
        .hint("sign in to the account it was sent for: citytime login; `citytime whoami` tells who is signed in")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(made: &str, ended_by: Option<End>) -> CodeRow {
        let made_at: Timestamp = made.parse().unwrap();
        CodeRow {
            digest: vec![0; 32],
            purpose: Purpose::Recovery,
            account: id::AccountId::new(1),
            address: "rosa@mail.example".to_owned(),
            made_at,
            expires_at: made_at.plus(Purpose::Recovery.lifetime()),
            ended_by,
        }
    }

    #[test]
    fn a_code_holds_for_half_an_hour_and_no_clock_that_jumps_makes_it_longer() {
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let code = |made, ended| judge(&row(made, ended), now).map_err(|problem| problem.code);
        assert_eq!(code("2026-11-23T15:00:00Z", None), Ok(()));
        assert_eq!(code("2026-11-23T14:30:01Z", None), Ok(()));
        assert_eq!(code("2026-11-23T14:30:00Z", None), Err(problem::Code::CodeExpired));
        // Another process is a little ahead; or the clock was set back by an hour.
        assert_eq!(code("2026-11-23T15:01:30Z", None), Ok(()));
        assert_eq!(code("2026-11-23T16:00:00Z", None), Err(problem::Code::CodeExpired));
        assert_eq!(code("2026-11-23T14:59:00Z", Some(End::Used)), Err(problem::Code::CodeUsed));
        assert_eq!(code("2026-11-23T14:59:00Z", Some(End::Replaced)), Err(problem::Code::CodeExpired));
        assert_eq!(code("2026-11-23T14:59:00Z", Some(End::Tried)), Err(problem::Code::CodeExpired));
    }

    #[test]
    fn a_code_is_never_printed() {
        let code = Code::from_bytes([7; 32]);
        assert_eq!(code.text(), "77777-77777-77777");
        assert_eq!(format!("{code:?}"), "Code(…)");
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_however_it_is_typed(bytes: [u8; 32], grouped: bool, lower: bool) {
            let code = Code::from_bytes(bytes);
            let mut typed = code.text().replace('0', "o").replace('1', "I");
            if !grouped { typed = typed.replace('-', " "); }
            if lower { typed = typed.to_lowercase(); }
            let read = Code::read(&Secret::new(typed)).unwrap();
            prop_assert_eq!(read.text(), code.text());
            prop_assert_eq!(read.digest(), code.digest());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = Code::read(&Secret::new(text));
        }
    }
}
