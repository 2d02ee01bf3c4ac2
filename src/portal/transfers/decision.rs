//! What an entry of a statement comes to, by what is known of its transfer and bills: pure decisions, the same whether the
//! entry is booked or only looked at.

use super::{
    bank_statement::{Booked, Entry},
    entries::{ReceivedRow, StandingRow},
    rules::{self, Parts, Spread},
};
use crate::{
    api::{
        card::withheld,
        id::{AccountId, TransferId},
        money::{Currency, Minor},
        payments::Allocation,
        reconciliation::BankEntryOutcome,
    },
    portal::{bills::queries::BillRow, city::City},
};

/// Why money under a reference of this portal's making may be for nobody.
pub(super) const NO_TRANSFER: &str = "no transfer has its reference";

/// What an entry comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) outcome: BankEntryOutcome,
    /// Why, in words.
    pub(super) detail: Option<String>,
    /// Whose it is, and the transfer it belongs to.
    pub(super) of: Option<(AccountId, TransferId)>,
    /// What of it goes to which bill: its payment, where there is anything.
    pub(super) parts: Vec<Allocation>,
    /// What no bill takes of it.
    pub(super) parked: Minor,
}

impl Decision {
    const fn noted(outcome: BankEntryOutcome, detail: String) -> Self {
        Self { outcome, detail: Some(detail), of: None, parts: Vec::new(), parked: Minor::ZERO }
    }

    /// Money of which nobody knows what it is for.
    pub(super) fn unknown(entry: &Entry, detail: impl Into<String>) -> Self {
        Self { parked: entry.amount, ..Self::noted(BankEntryOutcome::UnknownReference, detail.into()) }
    }

    /// A reversal of which it cannot be told what it takes back.
    pub(super) fn unknown_reversal(entry: &Entry, why: &str) -> Self {
        Self { parked: entry.amount, ..Self::noted(BankEntryOutcome::UnknownReversal, why.to_owned()) }
    }

    /// A reversal of an entry.
    pub(super) fn returned(original: &StandingRow) -> Self {
        let detail = format!("the bank takes back what it had booked on {}", original.booked_on);
        let of = original.account.zip(original.transfer);
        Self { of, ..Self::noted(BankEntryOutcome::Returned, detail) }
    }
}

/// What an entry is by itself.
pub(super) enum Sorted {
    /// It comes to this, whatever else is known.
    Decided(Decision),
    /// Money under the reference of a transfer, if there is such a transfer.
    Toward(TransferId),
    /// Taken back by the bank that had booked it.
    Reversal,
}

/// What an entry is by itself, where bills are in this currency.
pub(super) fn sort(entry: &Entry, currency: Currency) -> Sorted {
    let decided = if entry.amount < Minor::ZERO && entry.booked == Booked::AsReversal && entry.currency == currency {
        return Sorted::Reversal;
    } else if entry.amount < Minor::ZERO {
        let detail = match &entry.came_back {
            Some(_) => {
                "the bank took back what had come in: note the return of its payment, or give back what is held of it"
            }
            None => "money that went out",
        };
        Decision::noted(BankEntryOutcome::Ignored, detail.to_owned())
    } else if entry.currency != currency {
        let detail = format!("bills are in {currency}: change it at the bank, or send it back");
        Decision::noted(BankEntryOutcome::WrongCurrency, detail)
    } else if let Some(code) = &entry.came_back {
        Decision::unknown(entry, format!("money the city had sent came back: {}", withheld(code)))
    } else if let Some(reference) = &entry.creditor_reference {
        match rules::transfer(reference) {
            Some(transfer) => return Sorted::Toward(transfer),
            None => Decision::unknown(entry, "its reference is none of this portal's"),
        }
    } else {
        Decision::unknown(entry, "there is no creditor reference with it")
    };
    Sorted::Decided(decided)
}

/// Money under the reference of a transfer: as much as was asked for and has not arrived goes to its bills.
pub(super) struct Toward<'a> {
    pub(super) transfer: TransferId,
    /// The transfer as it was before.
    pub(super) received: &'a ReceivedRow,
    /// What arrives.
    pub(super) arrived: Minor,
    /// Who sends the statement.
    pub(super) clerk: AccountId,
}

impl Toward<'_> {
    fn missing(&self) -> Minor {
        Minor((self.received.amount.0 - self.received.before.0).max(0))
    }

    /// What it comes to whatever its bills are; nothing where it depends on them.
    pub(super) fn at_once(&self) -> Option<Decision> {
        let (outcome, detail) = if self.missing() == Minor::ZERO {
            (BankEntryOutcome::Duplicate, format!("all of {} had arrived before", self.transfer))
        } else if self.received.account == self.clerk {
            // Nobody decides on money of their own.
            (BankEntryOutcome::Parked, format!("{} is your own: another clerk puts it to its bills", self.transfer))
        } else {
            return None;
        };
        let of = Some((self.received.account, self.transfer));
        Some(Decision { of, parked: self.arrived, ..Decision::noted(outcome, detail) })
    }

    /// What it comes to by its bills.
    pub(super) fn over(&self, bills: &[BillRow], city: &City) -> Decision {
        let (transfer, arrived, missing) = (self.transfer, self.arrived, self.missing());
        let Spread { parts, why, .. } = rules::spread(bills, arrived.min(missing), Parts::AsTheCityRules, city);
        let used: i64 = parts.iter().map(|part| part.amount.0).sum();
        let (outcome, told) = if parts.is_empty() {
            (BankEntryOutcome::Parked, None)
        } else if arrived < missing {
            let left = Minor(missing.0 - arrived.0).display(city.currency);
            (BankEntryOutcome::Partial, Some(format!("{left} of {transfer} is still to come")))
        } else if arrived == missing {
            (BankEntryOutcome::Settled, None)
        } else {
            let more = Minor(arrived.0 - missing.0).display(city.currency);
            (BankEntryOutcome::Over, Some(format!("{more} more than {transfer} was for")))
        };
        let detail: Vec<String> = told.into_iter().chain(why).collect();
        let detail = (!detail.is_empty()).then(|| detail.join("; "));
        let of = Some((self.received.account, transfer));
        Decision { outcome, detail, of, parts, parked: Minor(arrived.0 - used) }
    }
}
