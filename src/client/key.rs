//! Idempotency keys: 128 random bits, so that a change repeated under its key happens once. The only randomness of the
//! client comes from here.

use data_encoding::HEXLOWER;

use crate::failure::{Failure, Result};

/// A key nobody else has: 32 hexadecimal digits.
pub fn fresh() -> Result<String> {
    Ok(HEXLOWER.encode(&random::<16>()?))
}

/// A seed for the jitter between attempts, so that many clients do not come back in step.
pub(super) fn seed() -> u64 {
    random().map_or(0, u64::from_le_bytes)
}

#[expect(clippy::disallowed_methods, reason = "this is the client's one source of randomness")]
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let told = getrandom::fill(&mut bytes);
    told.map_err(|error| Failure::bug(format!("this system gives no random bytes: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
