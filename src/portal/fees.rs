//! Fees: bills the portal issues itself, for something of an account's own. When one is paid, what it is the fee of is
//! told in the unit that settles the payment.

use super::{Portal, error::Result, permits, programs, store::Tx};
use crate::{
    api::{
        id::{PermitId, RegistrationId},
        time::Timestamp,
    },
    words,
};

words! {
    /// What a fee is for.
    pub enum FeeOf ("thing with a fee") {
        /// Seats in a program.
        Registration = "registration",
        /// An application for a permit.
        Permit = "permit",
    }
}

/// What a bill is the fee of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fee {
    /// What kind of thing.
    pub of: FeeOf,
    /// The number behind its id.
    pub number: i64,
}

/// The fee a bill's columns tell of, where it is one.
pub(crate) fn read((of, number): (Option<FeeOf>, Option<i64>)) -> Option<Fee> {
    of.zip(number).map(|(of, number)| Fee { of, number })
}

/// A fee is paid in full: tells what it is the fee of, in the same unit.
pub(crate) async fn paid(tx: &Tx<'_>, portal: &Portal, fee: Fee, now: Timestamp) -> Result<()> {
    match fee.of {
        FeeOf::Registration => programs::paid(tx, portal, RegistrationId::new(fee.number), now).await,
        FeeOf::Permit => permits::paid(tx, portal, PermitId::new(fee.number), now).await,
    }
}
