//! What a transfer's reference is, when two transfers are the same, and how money is spread over bills.

use sha2::{Digest, Sha256};

use crate::{
    api::{
        bank::CreditorReference,
        id::{BillId, Id, Kind, TransferId, TransferKind},
        money::Minor,
        payments::Allocation,
        transfers::TransferStatus,
    },
    portal::{
        bills::queries::BillRow,
        city::City,
        error::{Error, Result},
        payments,
    },
};

/// The reference of a transfer: the letters of its id behind `RF` and the check digits.
pub(super) fn reference(id: TransferId) -> Result<CreditorReference> {
    let spelled = id.to_string();
    let letters = spelled.split_once('-').map_or("", |(_, letters)| letters);
    CreditorReference::of(letters).ok_or_else(|| Error::internal(format!("{id} has no reference")))
}

/// The transfer a reference is of, if it is one of this portal's making.
pub(super) fn transfer(of: &CreditorReference) -> Option<TransferId> {
    let id = format!("{}-{}", TransferKind::PREFIX, of.body()).parse().ok()?;
    reference(id).is_ok_and(|made| made == *of).then_some(id)
}

/// Whether part of a bill may be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// Where the city takes parts of such a bill.
    AsTheCityRules,
    /// Of any bill: a clerk decides.
    Any,
}

/// How money is spread over bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spread {
    /// What goes to which bill.
    pub(super) parts: Vec<Allocation>,
    /// What no bill takes.
    pub(super) left: Minor,
    /// Why bills take nothing, or not all that is owed on them.
    pub(super) why: Vec<String>,
}

/// Spreads money over bills in their order: to each at most what is payable.
pub(super) fn spread(bills: &[BillRow], amount: Minor, parts_of: Parts, city: &City) -> Spread {
    let (mut left, mut parts, mut why, mut on_their_way) = (amount.0, Vec::new(), Vec::new(), Vec::new());
    for bill in bills {
        if left == 0 {
            break;
        }
        let payable = bill.payable();
        if payable == Minor::ZERO {
            why.push(payments::nothing_due(bill).problem.detail);
            continue;
        }
        let part = payable.0.min(left);
        if part < payable.0 && parts_of == Parts::AsTheCityRules && !payments::takes_parts(bill, city) {
            why.push(format!("{} must be paid in full: {}", bill.id, payable.display(city.currency)));
            continue;
        }
        if bill.pending != Minor::ZERO {
            on_their_way.push(format!(
                "a payment of {} of {} is on its way",
                bill.pending.display(city.currency),
                bill.id
            ));
        }
        left -= part;
        parts.push(Allocation { bill: bill.id, amount: Minor(part) });
    }
    if left > 0 {
        why.append(&mut on_their_way);
    }
    Spread { parts, left: Minor(left), why }
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
        assert_eq!(transfer(&reference), Some(id));
        assert_eq!(transfer(&"RF18539007547034".parse().unwrap()), None);
    }
}
