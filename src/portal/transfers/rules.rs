//! What a transfer's reference is, and when two transfers are the same.

use sha2::{Digest, Sha256};

use crate::{
    api::{
        bank::CreditorReference,
        id::{BillId, Id, TransferId},
        money::Minor,
        transfers::TransferStatus,
    },
    portal::error::{Error, Result},
};

/// The reference of a transfer: the letters of its id behind `RF` and the check digits.
pub(super) fn reference(id: TransferId) -> Result<CreditorReference> {
    let spelled = id.to_string();
    let letters = spelled.split_once('-').map_or("", |(_, letters)| letters);
    CreditorReference::of(letters).ok_or_else(|| Error::internal(format!("{id} has no reference")))
}

/// What tells one transfer from another of the same payer: the amount and the bills in their order.
pub(super) fn asked(amount: Minor, bills: &[BillId]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(amount.0.to_be_bytes());
    bills.iter().copied().map(Id::number).for_each(|bill| hash.update(bill.to_be_bytes()));
    hash.finalize().into()
}

/// How a transfer stands.
pub(super) const fn status(amount: Minor, received: Minor) -> TransferStatus {
    match received.0 {
        0 => TransferStatus::Open,
        received if received < amount.0 => TransferStatus::Partial,
        _ => TransferStatus::Received,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_leads_to_its_transfer() {
        let id = TransferId::new(0x3_D9B7_BA85);
        let reference = reference(id).unwrap();
        assert_eq!(format!("TRF-{}", reference.body()).parse::<TransferId>().unwrap(), id);
    }
}
