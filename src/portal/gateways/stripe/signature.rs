//! `Stripe-Signature`: `t=TIMESTAMP,v1=HEX,…`; HMAC-SHA256 of `TIMESTAMP.BODY` under the endpoint's secret. While a
//! secret is being changed there are several `v1`.

use data_encoding::HEXLOWER_PERMISSIVE;
use ring::hmac;

use super::objects::Event;
use crate::{
    api::{
        problem::{Code, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::error::Result,
};

/// How old, or how far ahead of our clock, a signature may be, in seconds.
const TOLERANCE: i64 = 300;

/// The event in a body that Stripe has signed within the last minutes.
///
/// # Errors
/// `malformed` for what is not signed so, or is no event; whatever was wrong is not told.
pub(crate) fn verified(secret: &Secret, signature: &str, body: &[u8], now: Timestamp) -> Result<Event> {
    let refused = |why: &str| Problem::new(Code::Malformed, format!("this is no event of the processor: {why}"));
    let fields = || signature.split(',').filter_map(|field| field.trim().split_once('='));
    let at = fields().find_map(|(name, value)| (name == "t").then_some(value));
    let at = at.ok_or_else(|| refused("it is not signed"))?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let signed = [at.as_bytes(), b".", body].concat();
    let given = fields()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, value)| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok());
    // `verify` takes as long for one as for another.
    let is_signed = given.fold(false, |known, given| known | hmac::verify(&key, &signed, &given).is_ok());
    if !is_signed {
        return Err(refused("its signature is not the processor's").into());
    }
    let age = at.parse::<i64>().ok().map(|at| now.as_millisecond().div_euclid(1000).abs_diff(at));
    if age.is_none_or(|age| age > TOLERANCE.unsigned_abs()) {
        return Err(refused("it was signed too long ago").into());
    }
    serde_json::from_slice(body).map_err(|_| refused("it cannot be read").into())
}
