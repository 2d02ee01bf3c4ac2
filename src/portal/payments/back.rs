//! How money that goes back is split: the bills paid last come first, the fee comes last.

use super::queries::RefundPartRow;
use crate::api::{bills::BillStatus, id::BillId, money::Minor, refunds::RefundedBills};

/// What goes back of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// The bill.
    pub(super) bill: BillId,
    /// So much.
    pub(super) amount: Minor,
    /// What becomes of it.
    pub(super) bills: RefundedBills,
}

/// What goes back of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Of its bills.
    pub(super) parts: Vec<Part>,
    /// Of its fee.
    pub(super) fee: Minor,
}

impl Split {
    /// What goes back of bills that stay paid.
    pub(super) fn kept(&self) -> Minor {
        Minor(self.parts.iter().filter(|part| part.bills == RefundedBills::Kept).map(|part| part.amount.0).sum())
    }
}

/// Splits what goes back. A fee the portal issued stays paid in any case: what it was for has been given or has ended, and is
/// not asked for again. Of a bill that is withdrawn nothing is owed: what was paid of it is given back, not spent.
pub(super) fn split(amount: Minor, paid: &[RefundPartRow], bills: RefundedBills) -> Split {
    let mut left = amount.0;
    let mut parts = Vec::new();
    for row in paid.iter().rev() {
        let part = row.left.0.min(left);
        if part > 0 {
            let bills = match (row.status, row.fee_of) {
                (BillStatus::Void, _) => RefundedBills::Reopened,
                (_, Some(_)) => RefundedBills::Kept,
                (_, None) => bills,
            };
            parts.push(Part { bill: row.bill, amount: Minor(part), bills });
            left -= part;
        }
    }
    Split { parts, fee: Minor(left) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::fees::FeeOf;

    fn row(bill: i64, left: i64, fee_of: Option<FeeOf>) -> RefundPartRow {
        RefundPartRow { bill: BillId::new(bill), left: Minor(left), fee_of, status: BillStatus::Paid }
    }

    #[test]
    fn the_last_bill_comes_first_and_the_fee_last() {
        let paid = [row(1, 100, None), row(2, 50, Some(FeeOf::Permit)), row(3, 0, None)];
        let back = |amount, bills| {
            let split = split(Minor(amount), &paid, bills);
            let parts: Vec<_> = split.parts.iter().map(|part| (part.bill.number(), part.amount.0)).collect();
            (parts, split.kept().0, split.fee.0)
        };
        assert_eq!(back(30, RefundedBills::Reopened), (vec![(2, 30)], 30, 0));
        assert_eq!(back(80, RefundedBills::Reopened), (vec![(2, 50), (1, 30)], 50, 0));
        assert_eq!(back(80, RefundedBills::Kept), (vec![(2, 50), (1, 30)], 80, 0));
        assert_eq!(back(157, RefundedBills::Reopened), (vec![(2, 50), (1, 100)], 50, 7));
    }

    #[test]
    fn of_what_is_withdrawn_nothing_is_kept() {
        let paid = [RefundPartRow { status: BillStatus::Void, ..row(1, 100, Some(FeeOf::Permit)) }];
        assert_eq!(split(Minor(100), &paid, RefundedBills::Kept).kept(), Minor::ZERO);
    }
}
