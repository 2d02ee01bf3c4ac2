//! SQL of bills.

use super::rules::Selection;
use crate::{
    api::{
        bills::BillStatus,
        id::{AccountId, BillId, PaymentId, RecordId},
        money::Minor,
        payments::PaymentStatus,
        staff::{BillLine, LineOutcome},
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        fees::Fee,
        ledger::{self, Entry},
        store::{Query, Tx, params, queries, row},
    },
};

/// The columns of a bill, as [`BillRow`] reads them.
macro_rules! columns {
    () => {
        "b.id, b.number, b.category, b.title, b.record, b.period, b.issued_on, b.due_on, b.amount, b.settled, b.pending, \
         b.status, b.credited"
    };
}

/// Which bills a list has.
macro_rules! listed {
    () => {
        "($2 = '' OR b.status = $2) AND ($3 = '' OR b.category = $3) AND b.due_on < $4 AND (b.due_on, b.id) > ($5, $6)"
    };
}

/// Which of the city's bills a clerk's list has, but for their status and record.
macro_rules! case {
    () => {
        "($1 = '' OR b.category = $1) AND b.due_on < $2 AND (b.due_on, b.id) > ($3, $4)"
    };
}

/// Which bills can be paid.
macro_rules! payable {
    () => {
        "b.status = 'open' AND b.settled + b.pending < b.amount AND b.due_on < $2"
    };
}

queries! {
    /// A page of the bills of an account and of its records, the next due first; beside each how many rules the account has by
    /// which bills are paid by themselves.
    pub LIST = concat!("SELECT all_of_them.*, (SELECT COUNT(*) FROM autopay_rules WHERE account = $1) FROM (SELECT ", columns!(), " \
                FROM record_links l JOIN bills b ON b.record = l.record \
                WHERE l.account = $1 AND ", listed!(), " UNION ALL SELECT ", columns!(), " FROM bills b \
                WHERE b.account = $1 AND ", listed!(), ") AS all_of_them ORDER BY due_on, id LIMIT $7");
    /// A bill of an account or of one of its records.
    pub FIND = concat!("SELECT ", columns!(), " FROM bills b WHERE b.id = $2 AND (b.account = $1 \
                OR EXISTS (SELECT 1 FROM record_links l WHERE l.account = $1 AND l.record = b.record))");
    /// Every bill of an account and of its records with something payable, due before a date, the next due first.
    pub PAYABLE = concat!("SELECT * FROM (SELECT ", columns!(), " FROM record_links l JOIN bills b ON b.record = l.record \
                   WHERE l.account = $1 AND ", payable!(), " UNION ALL SELECT ", columns!(), " FROM bills b \
                   WHERE b.account = $1 AND ", payable!(), ") AS all_of_them ORDER BY due_on, id LIMIT $3");
    /// A bill by the city's own number.
    pub FIND_NUMBER = concat!("SELECT ", columns!(), " FROM bills b WHERE b.number = $1");
    /// A new bill.
    pub INSERT = "INSERT INTO bills (id, number, record, category, title, period, issued_on, due_on, amount, settled, pending, status) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 'open')";
    /// Changes a bill, unless more was paid than it would come to.
    pub UPDATE = "UPDATE bills SET record = $2, category = $3, title = $4, period = $5, issued_on = $6, due_on = $7, amount = $8, \
                  status = CASE WHEN status = 'void' THEN status WHEN settled >= $8 THEN 'paid' ELSE 'open' END \
                  WHERE id = $1 AND settled + pending <= $8";
    /// A bill the portal itself issues to an account: the fee of something.
    pub ISSUE = "INSERT INTO bills (id, number, account, category, title, issued_on, due_on, amount, settled, pending, status, \
                 fee_of, fee_number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 'open', $9, $10)";
    /// Withdraws a bill of which nothing was paid and nothing is on its way; tells what it was over.
    pub VOID = "UPDATE bills SET status = 'void' WHERE id = $1 AND status = 'open' AND settled = 0 AND pending = 0 \
                RETURNING amount";
    /// Bills with something to pay that are due until a day and were not reminded of in a cycle, the next due first.
    pub UPCOMING = "SELECT b.id, b.title, b.due_on, b.amount - b.settled - b.pending FROM bills b WHERE b.status = 'open' \
                    AND (b.due_on, b.id) > ($1, $2) AND b.due_on <= $3 AND b.settled + b.pending < b.amount \
                    AND NOT EXISTS (SELECT 1 FROM bill_reminders r WHERE r.bill = b.id AND r.due_on = b.due_on \
                    AND r.days = $4) ORDER BY b.due_on, b.id LIMIT $5";
    /// A bill was reminded of in a cycle, unless it was before.
    pub REMINDED = "INSERT INTO bill_reminders (bill, due_on, days, at) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (bill, due_on, days) DO NOTHING";
    /// Who owes a bill: the account it was issued to, or those its record is linked to.
    pub DEBTORS = "SELECT l.account FROM bills b JOIN record_links l ON l.record = b.record WHERE b.id = $1 \
                   UNION ALL SELECT b.account FROM bills b WHERE b.id = $1 AND b.account IS NOT NULL";
    /// A page of the city's open bills, the next due first.
    pub OPEN_CASES = concat!("SELECT ", columns!(), " FROM bills b WHERE b.status = 'open' AND ", case!(), " \
                     ORDER BY b.due_on, b.id LIMIT $5");
    /// A page of the city's bills in a state, or in any.
    pub CASES = concat!("SELECT ", columns!(), " FROM bills b WHERE ", case!(), " AND ($6 = '' OR b.status = $6) \
                ORDER BY b.due_on, b.id LIMIT $5");
    /// A page of the bills of a record in a state, or in any.
    pub RECORD_CASES = concat!("SELECT ", columns!(), " FROM bills b WHERE b.record = $7 AND ", case!(), " \
                       AND ($6 = '' OR b.status = $6) ORDER BY b.due_on, b.id LIMIT $5");
    /// A bill, whosever it is.
    pub FIND_ANY = concat!("SELECT ", columns!(), " FROM bills b WHERE b.id = $1");
    /// What a bill is the fee of, where it is one.
    pub FEE = "SELECT fee_of, fee_number FROM bills WHERE id = $1";
    /// Takes something off a bill, where so much is payable; tells the fee that is settled with it, where it is one.
    pub CREDIT = "UPDATE bills SET amount = amount - $2, credited = credited + $2, \
                  status = CASE WHEN settled >= amount - $2 THEN 'paid' ELSE status END \
                  WHERE id = $1 AND status = 'open' AND settled + pending + $2 <= amount \
                  RETURNING CASE WHEN status = 'paid' THEN fee_of END, fee_number";
    /// What is owed, by category and age: on a day, and since three earlier ones.
    pub AGING = "SELECT category, COUNT(*), \
                 CAST(SUM(CASE WHEN due_on > $1 THEN amount - settled ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN due_on <= $1 AND due_on >= $2 THEN amount - settled ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN due_on < $2 AND due_on >= $3 THEN amount - settled ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN due_on < $3 AND due_on >= $4 THEN amount - settled ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN due_on < $4 THEN amount - settled ELSE 0 END) AS BIGINT) \
                 FROM bills WHERE status = 'open' GROUP BY category ORDER BY category";
    /// What was paid of a bill and did not go back.
    pub HAD = "SELECT CAST(COALESCE(SUM(a.amount - a.refunded), 0) AS BIGINT) FROM allocations a \
               JOIN payments p ON p.id = a.payment WHERE a.bill = $1 AND p.status IN ('succeeded', 'refunded')";
    /// Whether a bill is open.
    pub OWED = "SELECT 1 FROM bills WHERE id = $1 AND status = 'open'";
    /// Takes a bill: nobody else changes it until this unit ends.
    pub TAKE = "UPDATE bills SET status = status WHERE id = $1";
    /// Withdraws a bill, whatever was paid of it; tells what it was over.
    pub WITHDRAW = "UPDATE bills SET status = 'void' WHERE id = $1 AND status = 'open' RETURNING amount";
    /// What was paid of a bill, the first first: what failed or came back is told to whoever paid alone.
    pub PAYMENTS = "SELECT a.payment, p.account, a.amount, p.status, p.created_at FROM allocations a \
                    JOIN payments p ON p.id = a.payment WHERE a.bill = $1 \
                    AND (p.account = $2 OR p.status IN ('pending', 'processing', 'succeeded', 'refunded')) \
                    ORDER BY p.created_at, p.id LIMIT 500";
}

row! {
    /// A bill that is due soon.
    pub struct Upcoming {
        pub id: BillId,
        pub title: String,
        pub due_on: Date,
        pub owed: Minor,
    }
}

/// A bill the portal itself issues to an account.
#[derive(Debug, Clone)]
pub struct Issue<'a> {
    /// Its id.
    pub id: BillId,
    /// Its number: nobody else's.
    pub number: &'a str,
    /// Who owes it.
    pub account: AccountId,
    /// One of the city's categories.
    pub category: &'a str,
    /// What it is for, in words.
    pub title: &'a str,
    /// When it is issued.
    pub issued_on: Date,
    /// When it is due.
    pub due_on: Date,
    /// What is charged.
    pub amount: Minor,
    /// What it is the fee of: that is told when it is paid.
    pub fee: Fee,
}

/// Issues a bill to an account.
pub async fn issue(tx: &Tx<'_>, bill: &Issue<'_>, now: Timestamp) -> Result<()> {
    let &Issue { id, number, account, category, title, issued_on, due_on, amount, fee } = bill;
    let values = params![id, number, account, category, title, issued_on, due_on, amount, fee.of, fee.number];
    ledger::post_behind(tx, (&ISSUE, &values), &Entry::charge(id, amount, now)).await
}

/// Withdraws a bill nothing was paid of; `false` where something was, or is on its way.
pub async fn void(tx: &Tx<'_>, id: BillId, cause: &str, now: Timestamp) -> Result<bool> {
    withdrawn(tx, &VOID, id, cause, now).await
}

async fn withdrawn(tx: &Tx<'_>, query: &'static Query, id: BillId, cause: &str, now: Timestamp) -> Result<bool> {
    let voided = tx.optional::<(Minor,)>(query, &params![id]).await?;
    if let Some((amount,)) = voided {
        ledger::post(tx, &Entry::void(id, amount, cause, now)).await?;
    }
    Ok(voided.is_some())
}

/// Parts of bills in the order in which bills are locked everywhere, so that no two units wait for each other.
pub fn in_lock_order<T>(parts: impl IntoIterator<Item = T>, bill: impl Fn(&T) -> BillId) -> Vec<T> {
    let mut parts: Vec<T> = parts.into_iter().collect();
    parts.sort_unstable_by_key(bill);
    parts
}

/// Takes a bill that will be changed, before something else is taken that is always taken after bills.
pub async fn take(tx: &Tx<'_>, id: BillId) -> Result<()> {
    tx.execute(&TAKE, &params![id]).await?;
    Ok(())
}

/// What was paid of a bill and is had: neither given back nor taken back.
pub async fn had(tx: &Tx<'_>, id: BillId) -> Result<Minor> {
    let (had,) = tx.one(&HAD, &params![id]).await?;
    Ok(had)
}

/// Whether something is owed on a bill, or on its way.
pub async fn is_owed(tx: &Tx<'_>, id: BillId) -> Result<bool> {
    Ok(tx.optional::<(i64,)>(&OWED, &params![id]).await?.is_some())
}

/// Withdraws a bill, also one of which a payment is on its way: that arrives, and is the city's to give back.
pub async fn withdraw(tx: &Tx<'_>, id: BillId, cause: &str, now: Timestamp) -> Result<()> {
    withdrawn(tx, &WITHDRAW, id, cause, now).await.map(drop)
}

/// A bill, whosever it is.
pub async fn find_any(tx: &Tx<'_>, id: BillId) -> Result<Option<BillRow>> {
    Ok(tx.optional(&FIND_ANY, &params![id]).await?)
}

row! {
    /// A bill as it is kept.
    pub struct BillRow {
        pub id: BillId,
        pub number: String,
        pub category: String,
        pub title: String,
        pub record: Option<RecordId>,
        pub period: Option<String>,
        pub issued_on: Date,
        pub due_on: Date,
        pub amount: Minor,
        pub settled: Minor,
        pub pending: Minor,
        pub status: BillStatus,
        pub credited: Minor,
    }
}

row! {
    /// A payment's part of a bill, and whose it is.
    pub struct BillPaymentRow {
        pub payment: PaymentId,
        pub account: AccountId,
        pub amount: Minor,
        pub status: PaymentStatus,
        pub created_at: Timestamp,
    }
}

row! {
    /// A bill of a list.
    pub struct Listed {
        /// The bill.
        pub bill: BillRow,
        /// How many rules the account that lists it has by which bills are paid by themselves.
        pub rules: i64,
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

/// A page of the bills of an account and of its records.
pub async fn list(tx: &Tx<'_>, account: AccountId, of: &Selection, limit: i64) -> Result<Vec<Listed>> {
    let (due, id) = &of.behind;
    Ok(tx.rows(&LIST, &params![account, of.status, of.category, of.before, due, id, limit]).await?)
}

/// A page of the city's bills, of a record where one is given.
pub(super) async fn cases(tx: &Tx<'_>, of: &Selection, record: Option<RecordId>, limit: i64) -> Result<Vec<BillRow>> {
    let Selection { status, category, before, behind: (due, id) } = of;
    Ok(match (record, *status) {
        (Some(record), status) => {
            tx.rows(&RECORD_CASES, &params![category, before, due, id, limit, status, record]).await?
        }
        // Only what is said to be open is found by the index of what is.
        (None, "open") => tx.rows(&OPEN_CASES, &params![category, before, due, id, limit]).await?,
        (None, status) => tx.rows(&CASES, &params![category, before, due, id, limit, status]).await?,
    })
}

/// A bill of an account or of one of its records.
pub async fn find(tx: &Tx<'_>, account: AccountId, id: BillId) -> Result<Option<BillRow>> {
    Ok(tx.optional(&FIND, &params![account, id]).await?)
}

/// What was paid of a bill, as an account may see it.
pub async fn payments(tx: &Tx<'_>, id: BillId, account: AccountId) -> Result<Vec<BillPaymentRow>> {
    Ok(tx.rows(&PAYMENTS, &params![id, account]).await?)
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
    now: Timestamp,
) -> Result<Result<(BillId, LineOutcome), String>> {
    let (number, title, period) = (line.number.trim(), line.title.trim(), line.period.as_deref());
    let Some(known) = tx.optional::<BillRow>(&FIND_NUMBER, &params![number]).await? else {
        let values =
            params![fresh, number, record, line.category, title, period, line.issued_on, line.due_on, line.amount];
        ledger::post_behind(tx, (&INSERT, &values), &Entry::charge(fresh, line.amount, now)).await?;
        return Ok(Ok((fresh, LineOutcome::Created)));
    };
    let Some(of) = known.record else {
        return Ok(Err(format!("{number} is the number of a fee the portal itself issued ({})", known.id)));
    };
    let same = of == record
        && known.category == line.category
        && known.title == title
        && known.period.as_deref() == period
        && known.issued_on == line.issued_on
        && known.due_on == line.due_on
        && known.amount.0 + known.credited.0 == line.amount.0;
    if same {
        return Ok(Ok((known.id, LineOutcome::Unchanged)));
    }
    // Only now nobody else changes what it is over.
    take(tx, known.id).await?;
    let known: BillRow = tx.one(&FIND_NUMBER, &params![number]).await?;
    // What was credited stays off whatever the bill is over.
    let amount = Minor(line.amount.0 - known.credited.0);
    if known.status == BillStatus::Void && known.amount != amount {
        return Ok(Err(format!("bill {} was withdrawn; issue another under a number of its own", known.id)));
    }
    let values = params![known.id, record, line.category, title, period, line.issued_on, line.due_on, amount];
    if tx.execute(&UPDATE, &values).await? == 0 {
        return Ok(Err(format!("more than this was paid on bill {} already; void it and issue another", known.id)));
    }
    ledger::adjust(tx, known.id, Minor(amount.0 - known.amount.0), now).await?;
    Ok(Ok((known.id, LineOutcome::Updated)))
}

/// A page of the bills that are due until a day and were not reminded of in a cycle.
pub(super) async fn upcoming(
    tx: &Tx<'_>,
    behind: (Date, BillId),
    until: Date,
    cycle: u32,
    limit: i64,
) -> Result<Vec<Upcoming>> {
    Ok(tx.rows(&UPCOMING, &params![behind.0, behind.1, until, cycle, limit]).await?)
}

/// Notes that a bill is reminded of in a cycle; `false` if it was before.
pub(super) async fn mark_reminded(tx: &Tx<'_>, bill: &Upcoming, cycle: u32, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&REMINDED, &params![bill.id, bill.due_on, cycle, now]).await? == 1)
}

/// Who owes a bill.
pub(crate) async fn debtors(tx: &Tx<'_>, bill: BillId) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = tx.rows(&DEBTORS, &params![bill]).await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}
