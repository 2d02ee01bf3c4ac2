//! SQL of statements.

use crate::{
    api::{
        id::{BillId, PaymentId},
        ledger::EntryKind,
        money::Minor,
        time::Timestamp,
    },
    portal::store::{queries, row},
};

queries! {
    /// Everything that changed what is owed on the bills of an account and of its records, before an instant. Whose a payment
    /// is that another holder of a record made is not told.
    pub MOVED = "SELECT e.at, e.kind, b.id, b.number, b.title, b.category, p.id, q.amount FROM ( \
                 SELECT b.id, b.number, b.title, b.category FROM record_links l JOIN bills b ON b.record = l.record \
                 WHERE l.account = $1 UNION ALL SELECT b.id, b.number, b.title, b.category FROM bills b WHERE b.account = $1) AS b \
                 JOIN postings q ON q.bill = b.id JOIN journal_entries e ON e.id = q.entry \
                 LEFT JOIN payments p ON p.id = e.payment AND p.account = $1 WHERE e.at < $2 \
                 ORDER BY e.at, e.id, q.place";
    /// The name of an account's holder.
    pub HOLDER = "SELECT name FROM accounts WHERE id = $1";
}

row! {
    /// A change of what is owed on a bill.
    pub struct MovedRow {
        pub at: Timestamp,
        pub kind: EntryKind,
        pub bill: BillId,
        pub number: String,
        pub title: String,
        pub category: String,
        pub payment: Option<PaymentId>,
        pub amount: Minor,
    }
}
