//! What comes of the bills of a refund: they are owed again, and where a rule of whoever owes them covers them, they are paid by
//! themselves once more. A clerk is told before and after.

use super::{
    back,
    queries::{self, RefundPartRow, RefundableRow, UndoneRow},
};
use crate::{
    api::{
        bills::BillStatus,
        city::PaymentKind,
        id::{AccountId, BillId, PaymentId},
        money::Minor,
        refunds::{PaidAgain, Refund, RefundStatus, RefundedBills},
        time::Date,
    },
    portal::{
        Portal, autopay, bills,
        error::Result,
        ledger,
        store::{Tx, params},
    },
};

/// When the money of a refund has gone back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GoesBack {
    /// With the answer: its bills are owed again.
    AtOnce,
    /// Days later; until then its bills stay paid.
    Later,
}

/// What a refund makes owed again.
pub(super) struct OwedAgain {
    /// So much of which bill.
    pub(super) parts: Vec<(BillId, Minor)>,
    /// What goes back to an account of what its rule had taken.
    back: Option<(AccountId, Minor)>,
    /// When.
    goes_back: GoesBack,
}

/// A refund that is not settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unsettled {
    /// What goes back by it.
    pub(super) amount: Minor,
    /// What becomes of the bills.
    pub(super) bills: RefundedBills,
    /// What goes back of the payment by others that are not settled: they are taken to come first.
    pub(super) before: Minor,
}

/// What is owed again of the parts of a payment when so much goes back of it; a bill that is withdrawn is owed no more.
fn reopened(refund: Unsettled, mut paid: Vec<RefundPartRow>) -> Vec<(BillId, Minor)> {
    let Unsettled { amount, bills, before } = refund;
    for part in back::split(before, &paid, bills).parts {
        paid.iter_mut().filter(|row| row.bill == part.bill).for_each(|row| row.left.0 -= part.amount.0);
    }
    let owed = paid.iter().filter(|row| row.status != BillStatus::Void).map(|row| row.bill).collect::<Vec<_>>();
    let parts = back::split(amount, &paid, bills).parts.into_iter();
    let parts = parts.filter(|part| part.bills == RefundedBills::Reopened && owed.contains(&part.bill));
    parts.map(|part| (part.bill, part.amount)).collect()
}

/// What a refund makes owed again that is to be made.
pub(super) async fn owed_again(
    tx: &Tx<'_>,
    payment: PaymentId,
    row: &RefundableRow,
    refund: Unsettled,
) -> Result<OwedAgain> {
    let paid: Vec<RefundPartRow> = tx.rows(&queries::REFUND_PARTS, &params![payment]).await?;
    let goes_back = match row.method_kind {
        PaymentKind::Card | PaymentKind::BankTransfer => GoesBack::AtOnce,
        PaymentKind::BankAccount => GoesBack::Later,
    };
    let back = row.autopay.then_some((row.account, refund.amount));
    Ok(OwedAgain { parts: reopened(refund, paid), back, goes_back })
}

/// Which of the bills autopay would take, were these parts owed again.
pub(super) async fn would_be_paid(
    tx: &Tx<'_>,
    portal: &Portal,
    owed: &OwedAgain,
    today: Date,
) -> Result<Vec<PaidAgain>> {
    let mut again = Vec::new();
    for &(id, amount) in &owed.parts {
        let Some(mut bill) = bills::queries::find_any(tx, id).await? else { continue };
        // As REOPEN of `queries` does it, once the money has gone back: a change of the one is a change of the other.
        bill.settled.0 -= amount.0;
        if bill.status == BillStatus::Paid && bill.settled < bill.amount {
            bill.status = BillStatus::Open;
        }
        if let Some((pay_on, total)) = autopay::takes(tx, &bill, owed.back, portal.city(), today).await? {
            let pay_on = (owed.goes_back == GoesBack::AtOnce).then_some(pay_on);
            again.push(PaidAgain { bill: id, total, pay_on });
        }
    }
    Ok(again)
}

/// Which of the bills of a refund that was asked for are owed again, or will be, and taken by autopay.
pub(super) async fn of_refund(tx: &Tx<'_>, portal: &Portal, refund: &Refund, today: Date) -> Result<Vec<PaidAgain>> {
    let owed = match refund.status {
        RefundStatus::Failed => return Ok(Vec::new()),
        RefundStatus::Pending | RefundStatus::Processing => {
            let row: RefundableRow = tx.one(&queries::REFUNDABLE, &params![refund.payment]).await?;
            let before = Minor(row.refunding.0 - refund.amount.0);
            let unsettled = Unsettled { amount: refund.amount, bills: refund.bills, before };
            let owed = owed_again(tx, refund.payment, &row, unsettled).await?;
            // Also where it is usually at once, it has not gone back.
            OwedAgain { goes_back: GoesBack::Later, ..owed }
        }
        RefundStatus::Succeeded => {
            let settled: UndoneRow = tx.one(&queries::SETTLED_REFUND, &params![refund.id]).await?;
            let legs = ledger::legs(tx, settled.entry).await?;
            // The bills have it already.
            let parts = legs.iter().filter_map(|leg| Some((leg.bill?, Minor::ZERO))).collect();
            OwedAgain { parts, back: None, goes_back: GoesBack::AtOnce }
        }
    };
    would_be_paid(tx, portal, &owed, today).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bill: i64, left: i64, status: BillStatus) -> RefundPartRow {
        RefundPartRow { bill: BillId::new(bill), left: Minor(left), fee_of: None, status }
    }

    fn owed(amount: i64, before: i64, bills: RefundedBills, paid: Vec<RefundPartRow>) -> Vec<(i64, i64)> {
        let refund = Unsettled { amount: Minor(amount), bills, before: Minor(before) };
        reopened(refund, paid).into_iter().map(|(bill, amount)| (bill.number(), amount.0)).collect()
    }

    #[test]
    fn what_is_withdrawn_is_owed_no_more() {
        let paid = || vec![row(1, 100, BillStatus::Paid), row(2, 50, BillStatus::Void)];
        assert_eq!(owed(80, 0, RefundedBills::Reopened, paid()), [(1, 30)]);
        assert_eq!(owed(80, 0, RefundedBills::Kept, paid()), []);
    }

    #[test]
    fn what_is_on_its_way_back_already_does_not_go_back_twice() {
        let paid = || vec![row(1, 100, BillStatus::Paid), row(2, 50, BillStatus::Paid)];
        assert_eq!(owed(80, 0, RefundedBills::Reopened, paid()), [(2, 50), (1, 30)]);
        assert_eq!(owed(80, 40, RefundedBills::Reopened, paid()), [(2, 10), (1, 70)]);
        assert_eq!(owed(80, 60, RefundedBills::Reopened, paid()), [(1, 80)]);
    }
}
