//! SQL of bills.

use super::rules::Selection;
use crate::{
    api::{
        bills::BillStatus,
        id::{AccountId, BillId, RecordId},
        money::Minor,
        staff::{BillLine, LineOutcome},
        time::Date,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A page of the bills of an account's records, the next due first.
    pub LIST = "SELECT b.id, b.number, b.category, b.title, b.record, b.period, b.issued_on, b.due_on, b.amount, b.settled, \
                b.pending, b.status FROM record_links l JOIN bills b ON b.record = l.record \
                WHERE l.account = $1 AND ($2 = '' OR b.status = $2) AND ($3 = '' OR b.category = $3) AND b.due_on < $4 \
                AND (b.due_on, b.id) > ($5, $6) ORDER BY b.due_on, b.id LIMIT $7";
    /// A bill of one of an account's records.
    pub FIND = "SELECT b.id, b.number, b.category, b.title, b.record, b.period, b.issued_on, b.due_on, b.amount, b.settled, \
                b.pending, b.status FROM bills b JOIN record_links l ON l.record = b.record AND l.account = $1 WHERE b.id = $2";
    /// Every bill of an account's records with something payable, due before a date, the next due first.
    pub PAYABLE = "SELECT b.id, b.number, b.category, b.title, b.record, b.period, b.issued_on, b.due_on, b.amount, b.settled, \
                   b.pending, b.status FROM record_links l JOIN bills b ON b.record = l.record \
                   WHERE l.account = $1 AND b.status = 'open' AND b.settled + b.pending < b.amount AND b.due_on < $2 \
                   ORDER BY b.due_on, b.id LIMIT $3";
    /// A bill by the city's own number.
    pub FIND_NUMBER = "SELECT id, number, category, title, record, period, issued_on, due_on, amount, settled, pending, status \
                       FROM bills WHERE number = $1";
    /// A new bill.
    pub INSERT = "INSERT INTO bills (id, number, record, category, title, period, issued_on, due_on, amount, settled, pending, status) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 'open')";
    /// Changes a bill, unless more was paid than it would come to.
    pub UPDATE = "UPDATE bills SET record = $2, category = $3, title = $4, period = $5, issued_on = $6, due_on = $7, amount = $8, \
                  status = CASE WHEN status = 'void' THEN status WHEN settled >= $8 THEN 'paid' ELSE 'open' END \
                  WHERE id = $1 AND settled + pending <= $8";
}

row! {
    /// A bill as it is kept.
    pub struct BillRow {
        pub id: BillId,
        pub number: String,
        pub category: String,
        pub title: String,
        pub record: RecordId,
        pub period: Option<String>,
        pub issued_on: Date,
        pub due_on: Date,
        pub amount: Minor,
        pub settled: Minor,
        pub pending: Minor,
        pub status: BillStatus,
    }
}

impl BillRow {
    /// What can be paid now.
    pub fn payable(&self) -> Minor {
        match self.status {
            BillStatus::Open => Minor(self.amount.0 - self.settled.0 - self.pending.0),
            BillStatus::Paid | BillStatus::Void => Minor::ZERO,
        }
    }
}

/// A page of the bills of an account's records.
pub async fn list(tx: &Tx<'_>, account: AccountId, of: &Selection, limit: i64) -> Result<Vec<BillRow>> {
    let (due, id) = &of.behind;
    Ok(tx.rows(&LIST, &params![account, of.status, of.category, of.before, due, id, limit]).await?)
}

/// A bill of one of an account's records.
pub async fn find(tx: &Tx<'_>, account: AccountId, id: BillId) -> Result<Option<BillRow>> {
    Ok(tx.optional(&FIND, &params![account, id]).await?)
}

/// Every bill with something payable, due before a date.
pub async fn payable(tx: &Tx<'_>, account: AccountId, before: Date, limit: i64) -> Result<Vec<BillRow>> {
    Ok(tx.rows(&PAYABLE, &params![account, before, limit]).await?)
}

/// Keeps a line of an import: new, changed, the same, or refused with the reason.
pub async fn import(
    tx: &Tx<'_>,
    fresh: BillId,
    record: RecordId,
    line: &BillLine,
) -> Result<Result<(BillId, LineOutcome), String>> {
    let (number, title, period) = (line.number.trim(), line.title.trim(), line.period.as_deref());
    let Some(known) = tx.optional::<BillRow>(&FIND_NUMBER, &params![number]).await? else {
        let values =
            params![fresh, number, record, line.category, title, period, line.issued_on, line.due_on, line.amount];
        tx.execute(&INSERT, &values).await?;
        return Ok(Ok((fresh, LineOutcome::Created)));
    };
    let same = known.record == record
        && known.category == line.category
        && known.title == title
        && known.period.as_deref() == period
        && known.issued_on == line.issued_on
        && known.due_on == line.due_on
        && known.amount == line.amount;
    if same {
        return Ok(Ok((known.id, LineOutcome::Unchanged)));
    }
    let values = params![known.id, record, line.category, title, period, line.issued_on, line.due_on, line.amount];
    if tx.execute(&UPDATE, &values).await? == 1 {
        return Ok(Ok((known.id, LineOutcome::Updated)));
    }
    Ok(Err(format!("more than this was paid on bill {} already; void it and issue another", known.id)))
}
