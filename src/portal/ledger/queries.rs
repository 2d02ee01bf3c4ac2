//! SQL of the ledger: rows are added, and read; there is no statement that changes or removes one.

use crate::{
    api::{
        bills::BillStatus,
        id::{BankEntryId, BillId, PaymentId},
        ledger::{EntryKind, LedgerAccount},
        money::Minor,
        payments::PaymentStatus,
        time::Timestamp,
    },
    portal::store::{queries, row},
};

/// Entries with their postings, of a page of the journal: in between stands which.
macro_rules! journal {
    ($which:literal) => {
        concat!(
            "SELECT e.id, e.kind, e.at, e.bill, e.payment, e.bank_entry, e.cause, p.ledger_account, p.bill, p.amount FROM ( \
             SELECT id, kind, at, bill, payment, bank_entry, cause FROM journal_entries WHERE (at, id) < ($1, $2) AND at >= $3",
            $which,
            " ORDER BY at DESC, id DESC LIMIT $4) AS e JOIN postings p ON p.entry = e.id \
             ORDER BY e.at DESC, e.id DESC, p.place"
        )
    };
}

/// The state of a bill as the sums of its postings have it.
macro_rules! posted_status {
    () => {
        "CASE WHEN s.voids > 0 THEN 'void' WHEN COALESCE(s.paid, 0) >= COALESCE(s.charged, 0) THEN 'paid' ELSE 'open' END"
    };
}

queries! {
    /// An entry.
    pub ENTRY = "INSERT INTO journal_entries (id, kind, at, bill, payment, bank_entry, cause) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// A posting.
    pub POST_ONE = "INSERT INTO postings (entry, place, ledger_account, bill, amount) VALUES ($1, $2, $3, $4, $5)";
    /// Two postings of an entry.
    pub POST_TWO = "INSERT INTO postings (entry, place, ledger_account, bill, amount) \
                    VALUES ($1, $2, $3, $4, $5), ($1, $6, $7, $8, $9)";
    /// Three postings of an entry.
    pub POST_THREE = "INSERT INTO postings (entry, place, ledger_account, bill, amount) \
                      VALUES ($1, $2, $3, $4, $5), ($1, $6, $7, $8, $9), ($1, $10, $11, $12, $13)";
    /// What an entry did.
    pub LEGS = "SELECT ledger_account, bill, amount FROM postings WHERE entry = $1 ORDER BY place";
    /// What of a payment, whose entries have ids in a span, is kept for its payer.
    pub PAYABLE = "SELECT CAST(COALESCE(SUM(-amount), 0) AS BIGINT) FROM postings \
                   WHERE entry BETWEEN $1 AND $2 AND ledger_account = 'refunds_payable'";
    /// How many entries have an id in a span: both ends counted.
    pub COUNT = "SELECT COUNT(*) FROM journal_entries WHERE id BETWEEN $1 AND $2";
    /// A page of the journal, newest first, with the postings of each entry.
    pub LIST = journal!("");
    /// A page of the entries that moved what is owed on a bill.
    pub LIST_OF_BILL = journal!(" AND id IN (SELECT entry FROM postings WHERE bill = $5)");
    /// A page of the entries about a payment, whose ids lie in a span.
    pub LIST_OF_PAYMENT = journal!(" AND id BETWEEN $5 AND $6 AND payment IS NOT NULL");
    /// What was debited and credited to each account.
    pub TOTALS = "SELECT ledger_account, CAST(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS BIGINT), \
                  CAST(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS BIGINT) FROM postings GROUP BY ledger_account";
    /// How much there is to check, and what all postings sum to.
    pub EXTENT = "SELECT (SELECT COUNT(*) FROM journal_entries), (SELECT COUNT(*) FROM postings), \
                  (SELECT COUNT(*) FROM bills), (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM bank_entries), \
                  (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM postings)";
    /// Entries that do not sum to zero, or move nothing.
    pub UNBALANCED = "SELECT e.id, e.kind, CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) \
                      FROM journal_entries e LEFT JOIN postings p ON p.entry = e.id \
                      GROUP BY e.id, e.kind \
                      HAVING COALESCE(SUM(p.amount), 0) <> 0 OR COUNT(p.place) < 2 ORDER BY e.id LIMIT $1";
    /// Bills whose columns are not what the postings say, and what those say.
    pub BILLS = concat!("SELECT b.id, b.amount, b.credited, b.settled, b.pending, b.status, CAST(COALESCE(s.charged, 0) AS BIGINT), \
                 CAST(COALESCE(s.credited, 0) AS BIGINT), CAST(COALESCE(s.paid, 0) AS BIGINT), \
                 CAST(COALESCE(w.waiting, 0) AS BIGINT), ", posted_status!(), " FROM bills b LEFT JOIN (SELECT p.bill AS bill, \
                 SUM(CASE WHEN e.kind IN ('charge', 'adjustment', 'credit') THEN p.amount ELSE 0 END) AS charged, \
                 SUM(CASE WHEN e.kind = 'credit' THEN -p.amount ELSE 0 END) AS credited, \
                 SUM(CASE WHEN e.kind IN ('payment', 'return', 'refund', 'reversal') THEN -p.amount ELSE 0 END) AS paid, \
                 SUM(CASE WHEN e.kind = 'void' THEN 1 ELSE 0 END) AS voids \
                 FROM postings p JOIN journal_entries e ON e.id = p.entry WHERE p.bill IS NOT NULL GROUP BY p.bill) s \
                 ON s.bill = b.id LEFT JOIN (SELECT a.bill AS bill, SUM(a.amount) AS waiting FROM allocations a \
                 JOIN payments p ON p.id = a.payment WHERE p.status IN ('pending', 'processing') GROUP BY a.bill) w \
                 ON w.bill = b.id WHERE b.amount <> COALESCE(s.charged, 0) OR b.credited <> COALESCE(s.credited, 0) \
                 OR b.settled <> COALESCE(s.paid, 0) OR b.pending <> COALESCE(w.waiting, 0) \
                 OR b.status <> ", posted_status!(), " ORDER BY b.id LIMIT $1");
    /// Payments whose state or money is not what the postings say, and what those say was taken and taken back.
    pub PAYMENTS = "SELECT p.id, p.status, p.amount, p.fee, CAST(COALESCE(s.taken, 0) AS BIGINT), \
                    CAST(COALESCE(s.fee, 0) AS BIGINT), CAST(COALESCE(s.returned, 0) AS BIGINT), \
                    p.refunded, CAST(COALESCE(s.refunded, 0) AS BIGINT) \
                    FROM payments p LEFT JOIN (SELECT e.payment AS payment, \
                    SUM(CASE WHEN e.kind = 'payment' AND q.ledger_account IN ('processor_clearing', 'bank', 'unapplied') THEN q.amount ELSE 0 END) AS taken, \
                    SUM(CASE WHEN e.kind = 'payment' AND q.ledger_account = 'fees' THEN -q.amount ELSE 0 END) AS fee, \
                    SUM(CASE WHEN e.kind = 'return' AND q.ledger_account IN ('processor_clearing', 'bank') THEN -q.amount ELSE 0 END) AS returned, \
                    SUM(CASE WHEN e.kind IN ('refund', 'reversal') AND q.ledger_account IN ('processor_clearing', 'bank') THEN -q.amount ELSE 0 END) AS refunded \
                    FROM journal_entries e JOIN postings q ON q.entry = e.id WHERE e.payment IS NOT NULL GROUP BY e.payment) s \
                    ON s.payment = p.id WHERE COALESCE(s.taken, 0) <> CASE WHEN p.status IN ('succeeded', 'refunded') \
                    OR p.status = 'returned' AND s.taken > 0 THEN p.amount + p.fee ELSE 0 END \
                    OR COALESCE(s.fee, 0) <> CASE WHEN s.taken > 0 THEN p.fee ELSE 0 END \
                    OR COALESCE(s.returned, 0) <> CASE WHEN p.status = 'returned' THEN COALESCE(s.taken, 0) ELSE 0 END \
                    OR p.refunded <> COALESCE(s.refunded, 0) \
                    OR p.status = 'refunded' AND p.refunded < p.amount OR p.status = 'succeeded' AND p.refunded >= p.amount \
                    ORDER BY p.id LIMIT $1";
    /// Payments whose refunds are not what they say went back and is on its way back, and what the refunds say.
    pub REFUNDS = "SELECT p.id, p.refunded, p.refunding, CAST(COALESCE(r.done, 0) AS BIGINT), \
                   CAST(COALESCE(r.open, 0) AS BIGINT) FROM payments p LEFT JOIN (SELECT payment, \
                   SUM(CASE WHEN status = 'succeeded' THEN amount ELSE 0 END) AS done, \
                   SUM(CASE WHEN status IN ('pending', 'processing') THEN amount ELSE 0 END) AS open \
                   FROM refunds GROUP BY payment) r ON r.payment = p.id \
                   WHERE p.refunded <> COALESCE(r.done, 0) OR p.refunding <> COALESCE(r.open, 0) ORDER BY p.id LIMIT $1";
    /// Payments whose parts are not given back as is posted: all of them together, or one less than its bill is owed again.
    pub PARTS = "SELECT p.id, p.refunded, CAST(COALESCE(s.back, 0) AS BIGINT) FROM (SELECT a.payment AS id, \
                 CAST(SUM(a.refunded) AS BIGINT) AS refunded, \
                 SUM(CASE WHEN a.refunded < COALESCE(q.again, 0) THEN 1 ELSE 0 END) AS short FROM allocations a \
                 LEFT JOIN (SELECT e.payment AS payment, q.bill AS bill, SUM(q.amount) AS again FROM journal_entries e \
                 JOIN postings q ON q.entry = e.id WHERE e.kind IN ('refund', 'return', 'reversal') AND q.bill IS NOT NULL \
                 GROUP BY e.payment, q.bill) q ON q.payment = a.payment AND q.bill = a.bill GROUP BY a.payment) p \
                 LEFT JOIN (SELECT e.payment AS payment, SUM(q.amount) AS back FROM journal_entries e \
                 JOIN postings q ON q.entry = e.id WHERE e.kind IN ('refund', 'return', 'reversal') \
                 AND q.ledger_account IN ('receivable', 'refunds') GROUP BY e.payment) s ON s.payment = p.id \
                 WHERE p.refunded <> COALESCE(s.back, 0) OR p.short > 0 ORDER BY p.id LIMIT $1";
    /// Payments whose disputes are not posted as they stand: what is posted, and what the disputes say is lost.
    pub DISPUTES = "SELECT p.id, CAST(COALESCE(s.lost, 0) AS BIGINT), CAST(COALESCE(d.lost, 0) AS BIGINT) FROM payments p \
                    LEFT JOIN (SELECT e.payment AS payment, SUM(q.amount) AS lost FROM journal_entries e \
                    JOIN postings q ON q.entry = e.id WHERE e.kind = 'chargeback' AND q.ledger_account = 'write_offs' \
                    GROUP BY e.payment) s ON s.payment = p.id LEFT JOIN (SELECT payment, \
                    SUM(CASE WHEN status IN ('open', 'lost') THEN amount ELSE 0 END) AS lost FROM disputes \
                    GROUP BY payment) d ON d.payment = p.id WHERE COALESCE(s.lost, 0) <> COALESCE(d.lost, 0) ORDER BY p.id LIMIT $1";
    /// Payments that were posted to other bills than they were made for, or by other parts.
    pub MISPLACED = "SELECT DISTINCT a.payment FROM allocations a \
                     JOIN journal_entries e ON e.id = a.payment * 8388608 + 4194304 \
                     LEFT JOIN postings q ON q.entry = e.id AND q.bill = a.bill \
                     WHERE COALESCE(q.amount, 0) <> -a.amount ORDER BY a.payment LIMIT $1";
    /// Entries of statements of which something else was parked, put to bills or sent back than the postings say, or that were
    /// not booked whole; and what those say.
    pub BANK_ENTRIES = "SELECT n.id, n.amount, n.parked, n.applied, n.given_back, CAST(COALESCE(s.parked, 0) AS BIGINT), \
                        CAST(COALESCE(a.applied, 0) AS BIGINT), CAST(COALESCE(s.given_back, 0) AS BIGINT), \
                        CAST(COALESCE(a.settled, 0) AS BIGINT) FROM bank_entries n LEFT JOIN (SELECT e.bank_entry AS entry, \
                        SUM(CASE WHEN e.kind = 'park' AND q.ledger_account = 'unapplied' THEN -q.amount ELSE 0 END) AS parked, \
                        SUM(CASE WHEN e.kind = 'give_back' AND q.ledger_account = 'unapplied' THEN q.amount ELSE 0 END) AS given_back \
                        FROM journal_entries e JOIN postings q ON q.entry = e.id WHERE e.bank_entry IS NOT NULL \
                        GROUP BY e.bank_entry) s ON s.entry = n.id LEFT JOIN (SELECT p.bank_entry AS entry, \
                        SUM(CASE WHEN q.ledger_account = 'unapplied' THEN q.amount ELSE 0 END) AS applied, \
                        SUM(CASE WHEN q.ledger_account = 'bank' AND e.kind = 'payment' THEN q.amount ELSE 0 END) AS settled \
                        FROM payments p JOIN journal_entries e ON e.payment = p.id JOIN postings q ON q.entry = e.id \
                        WHERE p.bank_entry IS NOT NULL GROUP BY p.bank_entry) a ON a.entry = n.id \
                        WHERE n.parked <> COALESCE(s.parked, 0) OR n.applied <> COALESCE(a.applied, 0) \
                        OR n.given_back <> COALESCE(s.given_back, 0) OR COALESCE(a.settled, 0) + COALESCE(s.parked, 0) <> \
                        CASE WHEN n.outcome IN ('ignored', 'wrong_currency', 'returned') THEN 0 ELSE n.amount END ORDER BY n.id LIMIT $1";
    /// What is held for whoever it is of, by the postings and by the entries of statements.
    pub UNAPPLIED = "SELECT (SELECT CAST(COALESCE(SUM(-amount), 0) AS BIGINT) FROM postings WHERE ledger_account = 'unapplied'), \
                     (SELECT CAST(COALESCE(SUM(parked - applied - given_back), 0) AS BIGINT) FROM bank_entries)";
}

row! {
    /// A posting with its entry.
    pub struct PostingRow {
        pub id: i64,
        pub kind: EntryKind,
        pub at: Timestamp,
        pub bill: Option<BillId>,
        pub payment: Option<PaymentId>,
        pub bank_entry: Option<BankEntryId>,
        pub cause: Option<String>,
        pub account: LedgerAccount,
        pub of: Option<BillId>,
        pub amount: Minor,
    }
}

row! {
    /// An entry that does not sum to zero.
    pub struct UnbalancedRow {
        pub id: i64,
        pub kind: EntryKind,
        pub sum: Minor,
    }
}

row! {
    /// A bill as it is kept, and as it is posted.
    pub struct BillFaultRow {
        pub id: BillId,
        pub amount: Minor,
        pub credited: Minor,
        pub settled: Minor,
        pub pending: Minor,
        pub status: BillStatus,
        pub posted_amount: Minor,
        pub posted_credited: Minor,
        pub posted_settled: Minor,
        pub waiting: Minor,
        pub posted_status: BillStatus,
    }
}

row! {
    /// A payment as it is kept, and as it is posted.
    pub struct PaymentFaultRow {
        pub id: PaymentId,
        pub status: PaymentStatus,
        pub amount: Minor,
        pub fee: Minor,
        pub taken: Minor,
        pub posted_fee: Minor,
        pub returned: Minor,
        pub refunded: Minor,
        pub posted_refunded: Minor,
    }
}

row! {
    /// What a payment says went back of it, and what its refunds say.
    pub struct RefundFaultRow {
        pub id: PaymentId,
        pub refunded: Minor,
        pub refunding: Minor,
        pub done: Minor,
        pub open: Minor,
    }
}

row! {
    /// An entry of a statement as it is kept, and as it is posted.
    pub struct BankFaultRow {
        pub id: BankEntryId,
        pub amount: Minor,
        pub parked: Minor,
        pub applied: Minor,
        pub given_back: Minor,
        pub posted_parked: Minor,
        pub posted_applied: Minor,
        pub posted_given_back: Minor,
        pub posted_settled: Minor,
    }
}
