//! SQL of payments.

use crate::{
    api::{
        city::PaymentKind,
        id::{AccountId, BillId, MethodId, PaymentId, TokenId},
        money::{Currency, Minor},
        payments::{Allocation, Payment, PaymentFailure, PaymentStatus, ReceiptLine},
        problem::Code,
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// Sets part of a bill aside for a payment, if so much is payable.
    pub RESERVE = "UPDATE bills SET pending = pending + $2 WHERE id = $1 AND status = 'open' AND settled + pending + $2 <= amount";
    /// A new payment.
    pub INSERT = "INSERT INTO payments (id, account, method, amount, fee, status, created_at, token, spent_on) \
                  VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8)";
    /// What goes to a bill.
    pub ALLOCATE = "INSERT INTO allocations (payment, place, bill, amount) VALUES ($1, $2, $3, $4)";
    /// A payment of an account.
    pub FIND = "SELECT id, method, amount, fee, status, created_at, settled_at, failure_code, failure_detail \
                FROM payments WHERE id = $1 AND account = $2";
    /// What goes to which bill.
    pub ALLOCATIONS = "SELECT bill, amount FROM allocations WHERE payment = $1 ORDER BY place";
    /// Payments that are not settled, with what the processor needs; the oldest first.
    pub OPEN = "SELECT p.id, p.account, p.amount, p.fee, p.status, p.created_at, m.reference, p.token, p.spent_on, \
                COALESCE(h.title, 'bills') \
                FROM payments p JOIN methods m ON m.id = p.method \
                LEFT JOIN history h ON h.account = p.account AND h.at = p.created_at AND h.number = p.id \
                WHERE p.status IN ('pending', 'processing') AND (p.created_at, p.id) > ($1, $2) \
                ORDER BY p.created_at, p.id LIMIT $3";
    /// Moves a payment on, if it is still where it was.
    pub MOVE = "UPDATE payments SET status = $2, settled_at = $3, failure_code = $4, failure_detail = $5 \
                WHERE id = $1 AND status IN ('pending', 'processing')";
    /// What was set aside of a bill has arrived; tells the fee that is paid with it, where it is one.
    pub SETTLE = "UPDATE bills SET settled = settled + $2, pending = pending - $2, \
                  status = CASE WHEN status = 'open' AND settled + $2 >= amount THEN 'paid' ELSE status END WHERE id = $1 \
                  RETURNING CASE WHEN status = 'paid' THEN fee_of END, fee_number";
    /// What was set aside of a bill is payable again.
    pub RELEASE = "UPDATE bills SET pending = pending - $2 WHERE id = $1";
    /// The lines of a receipt.
    pub RECEIPT_LINES = "SELECT a.bill, b.number, b.title, a.amount FROM allocations a JOIN bills b ON b.id = a.bill \
                         WHERE a.payment = $1 ORDER BY a.place";
    /// Who paid and how.
    pub PAYER = "SELECT a.name, m.kind, m.label FROM payments p JOIN accounts a ON a.id = p.account \
                 JOIN methods m ON m.id = p.method WHERE p.id = $1";
}

row! {
    /// A payment as it is kept.
    pub struct PaymentRow {
        pub id: PaymentId,
        pub method: MethodId,
        pub amount: Minor,
        pub fee: Minor,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub failure_code: Option<Code>,
        pub failure_detail: Option<String>,
    }
}

row! {
    /// A payment the processor is to be asked about.
    pub struct OpenRow {
        pub id: PaymentId,
        pub account: AccountId,
        pub amount: Minor,
        pub fee: Minor,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
        pub reference: String,
        pub token: Option<TokenId>,
        pub spent_on: Option<Date>,
        pub title: String,
    }
}

row! {
    /// A payment's part of a bill.
    pub struct AllocationRow {
        pub bill: BillId,
        pub amount: Minor,
    }
}

row! {
    /// A line of a receipt.
    pub struct ReceiptLineRow {
        pub bill: BillId,
        pub number: String,
        pub title: String,
        pub amount: Minor,
    }
}

row! {
    /// Who paid and how.
    pub struct PayerRow {
        pub name: String,
        pub kind: PaymentKind,
        pub label: String,
    }
}

impl From<ReceiptLineRow> for ReceiptLine {
    fn from(row: ReceiptLineRow) -> Self {
        let ReceiptLineRow { bill, number, title, amount } = row;
        Self { bill, number, title, amount }
    }
}

impl PaymentRow {
    /// The payment as its payer sees it.
    pub fn seen(self, allocations: Vec<Allocation>, currency: Currency) -> Payment {
        let failure = self.failure_code.zip(self.failure_detail);
        Payment {
            id: self.id,
            receipt: (!matches!(self.status, PaymentStatus::Failed | PaymentStatus::Pending)).then_some(self.id),
            amount: self.amount,
            fee: self.fee,
            currency,
            method: self.method,
            status: self.status,
            allocations,
            created_at: self.created_at,
            settled_at: self.settled_at,
            failure: failure.map(|(code, detail)| PaymentFailure { code, detail }),
        }
    }
}

/// A payment of an account, with what goes to which bill.
pub async fn find(tx: &Tx<'_>, account: AccountId, id: PaymentId, currency: Currency) -> Result<Option<Payment>> {
    let row = async { Ok(tx.optional::<PaymentRow>(&FIND, &params![id, account]).await?) };
    let (row, allocations) = futures_util::try_join!(row, allocations(tx, id))?;
    Ok(row.map(|row: PaymentRow| row.seen(allocations, currency)))
}

/// What goes to which bill.
pub async fn allocations(tx: &Tx<'_>, id: PaymentId) -> Result<Vec<Allocation>> {
    let rows: Vec<AllocationRow> = tx.rows(&ALLOCATIONS, &params![id]).await?;
    Ok(rows.into_iter().map(|AllocationRow { bill, amount }| Allocation { bill, amount }).collect())
}

/// A page of the payments that are not settled.
pub async fn open(tx: &Tx<'_>, behind: (Timestamp, PaymentId), limit: i64) -> Result<Vec<OpenRow>> {
    Ok(tx.rows(&OPEN, &params![behind.0, behind.1, limit]).await?)
}
