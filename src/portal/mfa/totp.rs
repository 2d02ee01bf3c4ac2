//! Time-based one-time passwords: RFC 6238 over HOTP (RFC 4226), with SHA-1, six digits and steps of thirty seconds, as
//! every authenticator app has them.

use ring::hmac;

use crate::api::time::Timestamp;

/// How many random bytes a secret has: as long as the hash, as RFC 4226 recommends.
pub(crate) const SECRET: usize = 20;
/// How many digits a code has.
pub(crate) const DIGITS: usize = 6;
/// How long a code stands, in seconds.
pub(crate) const STEP: i64 = 30;
/// How many steps an app's clock may be ahead or behind.
const DRIFT: i64 = 1;

/// The step of an instant.
pub(crate) fn step(now: Timestamp) -> i64 {
    now.as_millisecond().div_euclid(1000 * STEP)
}

/// The code of a step.
pub(crate) fn code(secret: &[u8], step: i64) -> String {
    // The name is ring's: HMAC with SHA-1 is sound, and RFC 6238's.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let hash = tag.as_ref();
    let offset = usize::from(hash.last().copied().unwrap_or_default() & 0xf);
    let cut = hash.iter().skip(offset).take(4).fold(0_u32, |cut, &byte| (cut << 8) | u32::from(byte)) & 0x7fff_ffff;
    format!("{:0width$}", cut % 10_u32.pow(6), width = DIGITS)
}

/// The step whose code this is, of those that may be used: around now, and later than the last one used.
pub(crate) fn step_of(typed: &str, secret: &[u8], now: Timestamp, last_used: i64) -> Option<i64> {
    let around = step(now);
    let steps = (around - DRIFT..=around + DRIFT).filter(|&step| step > last_used);
    // Every step is looked at, whichever fits: how long it takes tells nothing.
    steps.fold(None, |found, step| if same(typed, &code(secret, step)) { found.or(Some(step)) } else { found })
}

/// Compares without telling by time where two texts differ.
fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &[u8; SECRET] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1000 * seconds)
    }

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_the_standards() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(KEY, step(at(seconds))), expected, "{seconds}");
        }
    }

    proptest! {
        #[test]
        fn a_code_fits_around_its_step_and_once(seconds in 0_i64..4_000_000_000, drift in -5_i64..=5) {
            let now = at(seconds);
            let typed = code(KEY, step(now) + drift);
            let found = step_of(&typed, KEY, now, i64::MIN);
            if drift.abs() <= DRIFT {
                let found = found.unwrap();
                prop_assert_eq!(code(KEY, found), typed.clone());
                prop_assert!(step_of(&typed, KEY, now, step(now) + DRIFT).is_none());
            }
        }

        #[test]
        fn no_text_panics(typed in "\\PC{0,12}") {
            prop_assert!(step_of(&typed, KEY, at(0), i64::MAX - 1).is_none());
        }
    }
}
