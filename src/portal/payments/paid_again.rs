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
        time::{Date, Timestamp},
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

/// A bill that is owed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OwedPart {
    /// Which one.
    pub(super) bill: BillId,
    /// So much of it by the refund in question.
    pub(super) amount: Minor,
    /// So much by refunds of the same payment that come before it and are not settled.
    earlier: Minor,
}

/// What a refund makes owed again.
pub(super) struct OwedAgain {
    /// Of which bills.
    pub(super) parts: Vec<OwedPart>,
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
    /// Those asked for before this instant, and before this number at it, come first.
    pub(super) asked: (Timestamp, i64),
}

/// What goes back of the parts of a payment, and what becomes of its bills.
type Going = (Minor, RefundedBills);

/// What is owed again of the parts of a payment when so much goes back of it behind what goes back before; a bill that is
/// withdrawn is owed no more.
fn reopened(before: &[Going], (amount, bills): Going, mut paid: Vec<RefundPartRow>) -> Vec<OwedPart> {
    let mut earlier = Vec::new();
    for &(amount, bills) in before {
        for part in back::split(amount, &paid, bills).parts {
            paid.iter_mut().filter(|row| row.bill == part.bill).for_each(|row| row.left.0 -= part.amount.0);
            earlier.extend((part.bills == RefundedBills::Reopened).then_some((part.bill, part.amount.0)));
        }
    }
    let earlier = |bill| Minor(earlier.iter().filter(|(of, _)| *of == bill).map(|(_, amount)| amount).sum());
    let owed = paid.iter().filter(|row| row.status != BillStatus::Void).map(|row| row.bill).collect::<Vec<_>>();
    let parts = back::split(amount, &paid, bills).parts.into_iter();
    let parts = parts.filter(|part| part.bills == RefundedBills::Reopened && owed.contains(&part.bill));
    parts.map(|part| OwedPart { bill: part.bill, amount: part.amount, earlier: earlier(part.bill) }).collect()
}

/// What a refund makes owed again that is to be made.
pub(super) async fn owed_again(
    tx: &Tx<'_>,
    payment: PaymentId,
    row: &RefundableRow,
    refund: Unsettled,
) -> Result<OwedAgain> {
    let Unsettled { amount, bills, asked: (at, id) } = refund;
    let paid: Vec<RefundPartRow> = tx.rows(&queries::REFUND_PARTS, &params![payment]).await?;
    let before: Vec<Going> = tx.rows(&queries::UNSETTLED_BEFORE, &params![payment, at, id]).await?;
    let goes_back = match row.method_kind {
        PaymentKind::Card | PaymentKind::BankTransfer => GoesBack::AtOnce,
        PaymentKind::BankAccount => GoesBack::Later,
    };
    let in_all = Minor(amount.0 + before.iter().map(|(amount, _)| amount.0).sum::<i64>());
    let back = row.autopay.then_some((row.account, in_all));
    Ok(OwedAgain { parts: reopened(&before, (amount, bills), paid), back, goes_back })
}

/// Which of the bills autopay would take, were these parts owed again.
pub(super) async fn would_be_paid(
    tx: &Tx<'_>,
    portal: &Portal,
    owed: &OwedAgain,
    today: Date,
) -> Result<Vec<PaidAgain>> {
    let mut again = Vec::new();
    for part in &owed.parts {
        let Some(mut bill) = bills::queries::find_any(tx, part.bill).await? else { continue };
        // As REOPEN of `queries` does it, once the money has gone back: a change of the one is a change of the other.
        bill.settled.0 -= part.earlier.0 + part.amount.0;
        if bill.status == BillStatus::Paid && bill.settled < bill.amount {
            bill.status = BillStatus::Open;
        }
        if let Some((pay_on, total)) = autopay::takes(tx, &bill, owed.back, portal.city(), today).await? {
            let pay_on = (owed.goes_back == GoesBack::AtOnce).then_some(pay_on);
            again.push(PaidAgain { bill: part.bill, total, pay_on });
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
            let asked = (refund.created_at, refund.id.number());
            let unsettled = Unsettled { amount: refund.amount, bills: refund.bills, asked };
            let owed = owed_again(tx, refund.payment, &row, unsettled).await?;
            // Also where it is usually at once, it has not gone back.
            OwedAgain { goes_back: GoesBack::Later, ..owed }
        }
        RefundStatus::Succeeded => {
            let settled: UndoneRow = tx.one(&queries::SETTLED_REFUND, &params![refund.id]).await?;
            let legs = ledger::legs(tx, settled.entry).await?;
            // The bills have it already.
            let had = |bill| OwedPart { bill, amount: Minor::ZERO, earlier: Minor::ZERO };
            let parts = legs.iter().filter_map(|leg| leg.bill.map(had)).collect();
            OwedAgain { parts, back: None, goes_back: GoesBack::AtOnce }
        }
    };
    would_be_paid(tx, portal, &owed, today).await
}

#[cfg(test)]
mod tests {
    use RefundedBills::{Kept, Reopened};

    use super::*;

    fn row(bill: i64, left: i64, status: BillStatus) -> RefundPartRow {
        RefundPartRow { bill: BillId::new(bill), left: Minor(left), fee_of: None, status }
    }

    /// Which bills are owed again, by this refund and by those before it.
    fn owed(amount: i64, before: &[Going], bills: RefundedBills, paid: Vec<RefundPartRow>) -> Vec<(i64, i64, i64)> {
        let parts = reopened(before, (Minor(amount), bills), paid).into_iter();
        parts.map(|part| (part.bill.number(), part.amount.0, part.earlier.0)).collect()
    }

    #[test]
    fn what_is_withdrawn_is_owed_no_more() {
        let paid = || vec![row(1, 100, BillStatus::Paid), row(2, 50, BillStatus::Void)];
        assert_eq!(owed(80, &[], Reopened, paid()), [(1, 30, 0)]);
        assert_eq!(owed(80, &[], Kept, paid()), []);
    }

    #[test]
    fn what_is_on_its_way_back_already_does_not_go_back_twice() {
        let paid = || vec![row(1, 100, BillStatus::Paid), row(2, 50, BillStatus::Paid)];
        assert_eq!(owed(80, &[], Reopened, paid()), [(2, 50, 0), (1, 30, 0)]);
        assert_eq!(owed(80, &[(Minor(40), Reopened)], Reopened, paid()), [(2, 10, 40), (1, 70, 0)]);
        assert_eq!(owed(80, &[(Minor(40), Kept)], Reopened, paid()), [(2, 10, 0), (1, 70, 0)]);
        assert_eq!(owed(80, &[(Minor(30), Reopened), (Minor(30), Reopened)], Reopened, paid()), [(1, 80, 10)]);
    }
}
