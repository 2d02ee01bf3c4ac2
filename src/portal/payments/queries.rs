//! SQL of payments.

use crate::{
    api::{
        bills::BillStatus,
        city::PaymentKind,
        id::{AccountId, BillId, MethodId, PaymentId, RefundId, TokenId},
        money::{Currency, Minor},
        payments::{Allocation, Payment, PaymentFailure, PaymentStatus, ReceiptLine},
        problem::Code,
        refunds::{BookkeepingLine, Dispute, Refund, RefundReason, RefundStatus, RefundedBills},
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        fees::FeeOf,
        store::{Columns, FromRow, StoreError, Tx, params, queries, row},
    },
};

/// What is asked of a refund that is not settled, from where it is.
macro_rules! open_refund {
    () => {
        "SELECT r.id, r.payment, p.account, r.amount, r.reason, r.bills, r.status, r.created_at, m.kind, m.reference, p.created_at, \
         COALESCE(h.title, 'bills') FROM refunds r JOIN payments p ON p.id = r.payment JOIN methods m ON m.id = p.method \
         LEFT JOIN history h ON h.account = p.account AND h.at = p.created_at AND h.number = p.id \
         WHERE r.status IN ('pending', 'processing') AND "
    };
}

/// What is told of a refund; the first parameter is the currency.
macro_rules! refund {
    () => {
        "SELECT r.id, r.payment, r.amount, CAST($1 AS TEXT), r.reason, r.bills, r.status, r.created_at, r.settled_at, \
         r.failure_code, r.failure_detail, m.kind FROM refunds r JOIN payments p ON p.id = r.payment \
         JOIN methods m ON m.id = p.method WHERE "
    };
}

/// What clerks see of a payment.
macro_rules! case {
    () => {
        "SELECT p.id, p.account, a.name, p.amount, p.fee, p.refunded, m.kind, m.label, p.status, p.created_at, p.settled_at, \
         p.failure_code, p.failure_detail FROM payments p JOIN accounts a ON a.id = p.account \
         JOIN methods m ON m.id = p.method WHERE "
    };
}

queries! {
    /// Sets part of a bill aside for a payment, if so much is payable.
    pub RESERVE = "UPDATE bills SET pending = pending + $2 WHERE id = $1 AND status = 'open' AND settled + pending + $2 <= amount";
    /// A new payment.
    pub INSERT = "INSERT INTO payments (id, account, method, amount, fee, status, created_at, token, spent_on, bank_entry) \
                  VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9)";
    /// What goes to a bill.
    pub ALLOCATE = "INSERT INTO allocations (payment, place, bill, amount) VALUES ($1, $2, $3, $4)";
    /// A payment of an account.
    pub FIND = "SELECT id, method, amount, fee, refunded, status, created_at, settled_at, failure_code, failure_detail, autopay \
                FROM payments WHERE id = $1 AND account = $2";
    /// What goes to which bill.
    pub ALLOCATIONS = "SELECT bill, amount FROM allocations WHERE payment = $1 ORDER BY place";
    /// Payments that are not settled, with what the processor needs; the oldest first.
    pub OPEN = "SELECT p.id, p.account, p.amount, p.fee, p.status, p.created_at, m.reference, p.token, p.spent_on, \
                COALESCE(h.title, 'bills'), p.autopay FROM payments p JOIN methods m ON m.id = p.method \
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
    /// What there is to give back of a payment.
    pub REFUNDABLE = "SELECT p.account, p.status, p.amount, p.fee, p.refunded, p.refunding, p.autopay, m.kind FROM payments p \
                      JOIN methods m ON m.id = p.method WHERE p.id = $1";
    /// Sets so much of a payment back, if so much is left.
    pub SET_BACK = "UPDATE payments SET refunding = refunding + $2 WHERE id = $1 AND status IN ('succeeded', 'refunded') \
                    AND refunded + refunding + $2 <= amount + fee";
    /// A new refund.
    pub INSERT_REFUND = "INSERT INTO refunds (id, payment, amount, reason, bills, status, clerk, created_at) \
                         VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7)";
    /// A refund that is not settled, with what the processor needs.
    pub OPEN_REFUND = concat!(open_refund!(), "r.id = $1");
    /// Refunds that are not settled, the oldest first.
    pub OPEN_REFUNDS = concat!(open_refund!(), "(r.created_at, r.id) > ($1, $2) ORDER BY r.created_at, r.id LIMIT $3");
    /// Moves a refund on, if it is not settled yet.
    pub MOVE_REFUND = "UPDATE refunds SET status = $2, settled_at = $3, failure_code = $4, failure_detail = $5 \
                       WHERE id = $1 AND status IN ('pending', 'processing')";
    /// What was set back of a payment did not go back.
    pub NOT_REFUNDED = "UPDATE payments SET refunding = refunding - $2 WHERE id = $1";
    /// What was set back of a payment went back; tells where the payment stands.
    pub REFUNDED = "UPDATE payments SET refunded = refunded + $2, refunding = refunding - $2, \
                    status = CASE WHEN status = 'succeeded' AND refunded + $2 >= amount THEN 'refunded' ELSE status END \
                    WHERE id = $1 RETURNING status";
    /// What is left of a payment's parts, in the order they were paid.
    pub REFUND_PARTS = "SELECT a.bill, a.amount - a.refunded, b.fee_of, b.status FROM allocations a JOIN bills b ON b.id = a.bill \
                        WHERE a.payment = $1 ORDER BY a.place";
    /// The refunds of a payment that are not settled and were asked for before one.
    pub UNSETTLED_BEFORE = "SELECT amount, bills FROM refunds WHERE payment = $1 AND status IN ('pending', 'processing') \
                            AND (created_at, id) < ($2, $3) ORDER BY created_at, id";
    /// So much of a part went back.
    pub REFUND_PART = "UPDATE allocations SET refunded = refunded + $3 WHERE payment = $1 AND bill = $2";
    /// So much of a bill is owed again.
    pub REOPEN = "UPDATE bills SET settled = settled - $2, \
                  status = CASE WHEN status = 'paid' AND settled - $2 < amount THEN 'open' ELSE status END WHERE id = $1";
    /// A refund.
    pub REFUND = concat!(refund!(), "r.id = $2");
    /// The refunds of a payment.
    pub REFUNDS = concat!(refund!(), "r.payment = $2 ORDER BY r.created_at, r.id");
    /// The entry that tells of a refund.
    pub POSTED_AS = "UPDATE refunds SET entry = $2 WHERE id = $1";
    /// The bank took a payment back, unless it did not arrive, or some of it is going back already.
    pub RETURN = "UPDATE payments SET status = 'returned', settled_at = $2, failure_code = $3, failure_detail = $4 \
                  WHERE id = $1 AND status IN ('succeeded', 'refunded') AND refunding = 0";
    /// What a return is about.
    pub RETURNABLE = "SELECT p.account, p.amount, p.fee, p.refunded, p.status, p.created_at, m.kind, \
                      COALESCE(h.title, 'bills') FROM payments p JOIN methods m ON m.id = p.method \
                      LEFT JOIN history h ON h.account = p.account AND h.at = p.created_at AND h.number = p.id WHERE p.id = $1";
    /// A payment that may come back: it is on its way, or has arrived.
    pub MAY_COME_BACK = "SELECT 1 FROM payments WHERE id = $1 AND status NOT IN ('failed', 'returned')";
    /// A refund that went back, and how it was posted.
    pub SETTLED_REFUND = "SELECT r.payment, p.account, r.amount, r.entry, r.settled_at, p.created_at, COALESCE(h.title, 'bills') \
                          FROM refunds r JOIN payments p ON p.id = r.payment \
                          LEFT JOIN history h ON h.account = p.account AND h.at = p.created_at AND h.number = p.id \
                          WHERE r.id = $1 AND r.status = 'succeeded'";
    /// A refund that had gone back did not arrive.
    pub UNDO_REFUND = "UPDATE refunds SET status = 'failed', settled_at = $2, failure_code = $3, failure_detail = $4 \
                       WHERE id = $1 AND status = 'succeeded'";
    /// What had gone back of a payment is there again; tells where the payment stands.
    pub UNREFUND = "UPDATE payments SET refunded = refunded - $2, \
                    status = CASE WHEN status = 'refunded' AND refunded - $2 < amount THEN 'succeeded' ELSE status END \
                    WHERE id = $1 RETURNING status";
    /// So much of a bill is paid again, if it is not paid otherwise.
    pub SETTLE_AGAIN = "UPDATE bills SET settled = settled + $2, \
                        status = CASE WHEN status = 'open' AND settled + $2 >= amount THEN 'paid' ELSE status END \
                        WHERE id = $1 AND settled + pending + $2 <= amount";
    /// What went back of each part of a payment while its bill stayed paid; the payment's entries have ids in a span.
    pub KEPT_PARTS = "SELECT a.bill, a.refunded - CAST(COALESCE((SELECT SUM(q.amount) FROM journal_entries e \
                      JOIN postings q ON q.entry = e.id WHERE e.id BETWEEN $2 AND $3 AND e.payment = a.payment \
                      AND e.kind <> 'payment' AND q.bill = a.bill), 0) AS BIGINT) FROM allocations a \
                      WHERE a.payment = $1 ORDER BY a.place";
    /// Takes a payment: nobody else changes it until this unit ends; tells whose it is.
    pub TAKE = "UPDATE payments SET status = status WHERE id = $1 RETURNING account";
    /// The payments that were made of an entry of a bank statement.
    pub OF_ENTRY = "SELECT id, status, refunding FROM payments WHERE bank_entry = $1 ORDER BY id";
    /// How a dispute stood.
    pub DISPUTE = "SELECT status, amount FROM disputes WHERE reference = $1";
    /// How a dispute stands.
    pub KEEP_DISPUTE = "INSERT INTO disputes (reference, payment, amount, reason, status, opened_at, settled_at) \
                        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (reference) \
                        DO UPDATE SET status = excluded.status, settled_at = excluded.settled_at";
    /// The disputes of a payment.
    pub DISPUTES = "SELECT reference, amount, CAST($1 AS TEXT), reason, status, opened_at, settled_at FROM disputes \
                    WHERE payment = $2 ORDER BY opened_at, reference";
    /// A payment, whosever it is.
    pub CASE = concat!(case!(), "p.id = $1");
    /// A page of payments, newest first.
    pub CASES = concat!(case!(), "(p.created_at, p.id) < ($1, $2) AND p.created_at >= $3 \
                 AND (p.status = $4 OR $4 = '') AND (p.account = $5 OR $5 = 0) \
                 AND (EXISTS (SELECT 1 FROM allocations x WHERE x.bill = $6 AND x.payment = p.id) OR $6 < 0) \
                 ORDER BY p.created_at DESC, p.id DESC LIMIT $7");
    /// A page of what payments, refunds, returns and parked money moved, but for where the money is; the oldest first.
    pub BOOKKEEPING = "SELECT e.id, q.place, e.payment, e.bank_entry, e.at, e.kind, q.ledger_account, q.bill, b.number, b.category, \
                       -q.amount, CAST($6 AS TEXT), COALESCE(m.kind, 'bank_transfer'), COALESCE(a.name, n.name), e.cause \
                       FROM journal_entries e JOIN postings q ON q.entry = e.id \
                       LEFT JOIN payments p ON p.id = e.payment LEFT JOIN methods m ON m.id = p.method \
                       LEFT JOIN bank_entries n ON n.id = e.bank_entry LEFT JOIN accounts a ON a.id = COALESCE(p.account, n.account) \
                       LEFT JOIN bills b ON b.id = q.bill \
                       WHERE (e.at, e.id, q.place) > ($1, $2, $3) AND e.at < $4 AND e.kind NOT IN ('charge', 'adjustment', 'void', 'credit') \
                       AND q.ledger_account NOT IN ('processor_clearing', 'bank') ORDER BY e.at, e.id, q.place LIMIT $5";
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
        pub refunded: Minor,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub failure: Option<PaymentFailure>,
        pub autopay: bool,
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
        pub autopay: bool,
    }
}

row! {
    /// What there is to give back of a payment.
    pub struct RefundableRow {
        pub account: AccountId,
        pub status: PaymentStatus,
        pub amount: Minor,
        pub fee: Minor,
        pub refunded: Minor,
        pub refunding: Minor,
        pub autopay: bool,
        pub method_kind: PaymentKind,
    }
}

row! {
    /// A refund the processor is to be asked about; `paid_at` is when its payment was asked for.
    pub struct OpenRefundRow {
        pub id: RefundId,
        pub payment: PaymentId,
        pub account: AccountId,
        pub amount: Minor,
        pub reason: RefundReason,
        pub bills: RefundedBills,
        pub status: RefundStatus,
        pub created_at: Timestamp,
        pub method_kind: PaymentKind,
        pub reference: String,
        pub paid_at: Timestamp,
        pub title: String,
    }
}

row! {
    /// A payment that was made of an entry of a bank statement.
    pub struct OfEntryRow {
        pub id: PaymentId,
        pub status: PaymentStatus,
        pub refunding: Minor,
    }
}

row! {
    /// What is left of a payment's part of a bill.
    pub struct RefundPartRow {
        pub bill: BillId,
        pub left: Minor,
        pub fee_of: Option<FeeOf>,
        pub status: BillStatus,
    }
}

row! {
    Refund { id, payment, amount, currency, reason, bills, status, created_at, settled_at, failure, method_kind }
}

row! {
    /// A refund that went back: its entry in the journal, and when its payment was asked for.
    pub struct UndoneRow {
        pub payment: PaymentId,
        pub account: AccountId,
        pub amount: Minor,
        pub entry: i64,
        pub settled_at: Timestamp,
        pub paid_at: Timestamp,
        pub title: String,
    }
}

row! {
    Dispute { reference, amount, currency, reason, status, opened_at, settled_at }
}

row! {
    /// What a return is about.
    pub struct ReturnableRow {
        pub account: AccountId,
        pub amount: Minor,
        pub fee: Minor,
        pub refunded: Minor,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
        pub method_kind: PaymentKind,
        pub title: String,
    }
}

row! {
    /// A payment as clerks see it.
    pub struct CaseRow {
        pub id: PaymentId,
        pub account: AccountId,
        pub payer: String,
        pub amount: Minor,
        pub fee: Minor,
        pub refunded: Minor,
        pub method_kind: PaymentKind,
        pub method: String,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub failure: Option<PaymentFailure>,
    }
}

row! {
    /// What an entry about a payment did to an account, and where it stands in the journal.
    pub struct BookkeepingRow {
        pub entry: i64,
        pub place: i64,
        pub line: BookkeepingLine,
    }
}

row! {
    BookkeepingLine {
        payment, bank_entry, at, kind, account, bill, number, category, amount, currency, method_kind, payer, cause,
    }
}

row! {
    Allocation { bill, amount }
}

row! {
    ReceiptLine { bill, number, title, amount }
}

/// Two columns: the code and the words.
impl FromRow for Option<PaymentFailure> {
    fn from_columns(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let (code, detail): (Option<Code>, Option<String>) = columns.read()?;
        Ok(code.zip(detail).map(|(code, detail)| PaymentFailure { code, detail }))
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

impl PaymentRow {
    /// The payment as its payer sees it.
    pub fn seen(self, allocations: Vec<Allocation>, currency: Currency) -> Payment {
        Payment {
            id: self.id,
            receipt: (!matches!(self.status, PaymentStatus::Failed | PaymentStatus::Pending)).then_some(self.id),
            amount: self.amount,
            fee: self.fee,
            refunded: self.refunded,
            currency,
            method: self.method,
            status: self.status,
            autopay: self.autopay,
            allocations,
            created_at: self.created_at,
            settled_at: self.settled_at,
            failure: self.failure,
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
    Ok(tx.rows(&ALLOCATIONS, &params![id]).await?)
}

/// A page of the payments that are not settled.
pub async fn open(tx: &Tx<'_>, behind: (Timestamp, PaymentId), limit: i64) -> Result<Vec<OpenRow>> {
    Ok(tx.rows(&OPEN, &params![behind.0, behind.1, limit]).await?)
}
