//! SQL of autopay.

use super::rules::Checked;
use crate::{
    api::{
        autopay::{AutopayReason, AutopayState},
        city::PaymentKind,
        id::{AccountId, BillId, MethodId, PaymentId},
        money::Minor,
        payments::PaymentStatus,
        problem::{Code, Problem},
        time::{Date, Timestamp},
    },
    portal::{
        error::Result,
        store::{Query, Tx, params, queries, row},
    },
    words,
};

/// What an account has paid of a bill by itself, fees and all, and did not get back.
macro_rules! taken {
    ($bill:literal, $account:literal) => {
        concat!(
            "(SELECT CAST(COALESCE(SUM(q.amount + q.fee - q.refunded), 0) AS BIGINT) FROM allocations a JOIN payments q \
             ON q.id = a.payment WHERE a.bill = ", $bill, " AND q.account = ", $account, " AND q.autopay = 1 \
             AND q.status IN ('succeeded', 'refunded'))"
        )
    };
}

/// Whether a run keeps its bill from the rules of others no more, by its alias: its account has no rule for the bill any more, or
/// none of its record, and no payment of it is on its way. A payment that cannot be seen yet is on its way.
macro_rules! gave_up {
    ($run:literal) => {
        concat!(
            "((", $run, ".payment IS NULL OR EXISTS (SELECT 1 FROM payments y WHERE y.id = ", $run, ".payment \
             AND y.status IN ('succeeded', 'refunded', 'failed', 'returned'))) AND NOT EXISTS (SELECT 1 FROM bills c \
             JOIN record_links k ON k.record = c.record JOIN autopay_rules h ON h.account = k.account \
             WHERE c.id = ", $run, ".bill AND k.account = ", $run, ".account AND h.category IN (c.category, '')))"
        )
    };
}

/// Whether the rule `r` covers the bill `b`: its account has none of the bill's own category where it is for all others.
macro_rules! covers {
    () => {
        "(r.category = b.category OR (r.category = '' AND NOT EXISTS (SELECT 1 FROM autopay_rules o \
         WHERE o.account = r.account AND o.category = b.category)))"
    };
}

/// What was announced of bills `b` in their present cycle.
macro_rules! runs {
    ($bills:literal) => {
        concat!(
            "SELECT x.bill, x.due_on, x.account, x.state, x.why, x.total, x.pay_on, x.announced_at, p.status FROM ",
            $bills,
            " JOIN autopay_runs x ON x.bill = b.id AND x.due_on = b.due_on LEFT JOIN payments p ON p.id = x.payment \
             WHERE (x.account = $1 OR NOT ",
            gave_up!("x"),
            ") AND "
        )
    };
}

queries! {
    /// The rules of an account, that for all other categories last.
    pub RULES = "SELECT r.category, r.method, m.label, m.kind, r.max, r.days_before, r.set_at FROM autopay_rules r \
                 JOIN methods m ON m.id = r.method WHERE r.account = $1 \
                 ORDER BY CASE WHEN r.category = '' THEN 1 ELSE 0 END, r.category";
    /// Sets a rule, in place of the one its category has.
    pub SET = "INSERT INTO autopay_rules (account, category, method, max, days_before, set_at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (account, category) DO UPDATE SET method = $3, max = $4, days_before = $5, set_at = $6";
    /// Ends the rule of a category.
    pub END = "DELETE FROM autopay_rules WHERE account = $1 AND category = $2";
    /// Ends every rule of an account.
    pub END_ALL = "DELETE FROM autopay_rules WHERE account = $1";
    /// Ends the rules by which a method pays.
    pub END_BY_METHOD = "DELETE FROM autopay_rules WHERE account = $1 AND method = $2";
    /// Announced bills that no rule covers any more are not paid by themselves.
    pub STOP = "UPDATE autopay_runs SET state = 'skipped', why = $2, changed_at = $3 WHERE account = $1 AND state = 'announced' \
                AND NOT EXISTS (SELECT 1 FROM autopay_rules r JOIN bills b ON b.category = r.category OR r.category = '' \
                WHERE r.account = $1 AND b.id = autopay_runs.bill) RETURNING bill";
    /// What was skipped for want of a rule that would have it may be announced again.
    pub REVIVE = "DELETE FROM autopay_runs WHERE account = $1 AND state = 'skipped' AND why IN ('above_max', 'method_gone', 'rule_off')";
    /// What was not paid because its record was not linked is announced again where it is.
    pub RELINKED = "DELETE FROM autopay_runs WHERE bill = $1 AND due_on = $2 AND account = $3 AND state = 'skipped' AND why = 'unlinked'";
    /// How early the rules pay: each number of days once.
    pub DAYS = "SELECT DISTINCT days_before FROM autopay_rules ORDER BY days_before";
    /// A page of the bills that are due until a day, are covered by a rule that pays so many days before, and were not announced
    /// by it or for anybody else in this cycle who still has them paid, or were paid by it and are owed in part again; of several
    /// rules for a bill the one that was set first comes first.
    pub TO_ANNOUNCE = concat!("SELECT b.due_on, b.id, r.set_at, r.account FROM autopay_rules r JOIN record_links l ON l.account = r.account \
                       JOIN bills b ON b.record = l.record WHERE r.days_before = $1 AND b.due_on <= $2 AND b.status = 'open' \
                       AND b.pending = 0 AND b.settled < b.amount AND ", covers!(), " \
                       AND NOT EXISTS (SELECT 1 FROM autopay_runs x LEFT JOIN payments p ON p.id = x.payment \
                       WHERE x.bill = b.id AND x.due_on = b.due_on AND CASE WHEN x.account = r.account \
                       THEN COALESCE(x.why, '') <> 'unlinked' AND COALESCE(p.status, '') NOT IN ('succeeded', 'refunded') ELSE x.state <> 'skipped' \
                       AND NOT ", gave_up!("x"), " END) AND (b.due_on, b.id, r.set_at, r.account) > ($3, $4, $5, $6) \
                       ORDER BY b.due_on, b.id, r.set_at, r.account LIMIT $7");
    /// Keeps that a bill is announced, or skipped before it is, unless that is known or somebody else has it paid in this cycle.
    pub KEEP = "INSERT INTO autopay_runs (bill, due_on, account, state, why, total, pay_on, announced_at, changed_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING";
    /// Keeps that what is owed again on a bill whose payment has arrived is announced, or skipped before it is.
    pub KEEP_REST = "UPDATE autopay_runs SET state = $4, why = $5, total = $6, pay_on = $7, announced_at = $8, changed_at = $8, \
                     payment = NULL WHERE bill = $1 AND due_on = $2 AND account = $3 AND EXISTS (SELECT 1 FROM payments p \
                     WHERE p.id = autopay_runs.payment AND p.status IN ('succeeded', 'refunded'))";
    /// What was announced or paid of a bill for others who have no rule or no link for it any more gives way to an account that has
    /// no row of its own: it tells that they do not pay what is owed now, and why, and that of a payment that failed.
    pub GIVE_WAY = concat!("UPDATE autopay_runs AS x SET state = 'skipped', payment = NULL, changed_at = $4, why = CASE \
                    WHEN EXISTS (SELECT 1 FROM payments p WHERE p.id = x.payment AND p.status IN ('failed', 'returned')) THEN 'failed' \
                    WHEN EXISTS (SELECT 1 FROM bills b JOIN record_links l ON l.record = b.record WHERE b.id = x.bill \
                    AND l.account = x.account) THEN 'rule_off' ELSE 'unlinked' END \
                    WHERE x.bill = $1 AND x.due_on = $2 AND x.account <> $3 AND x.state <> 'skipped' AND NOT EXISTS ( \
                    SELECT 1 FROM autopay_runs o WHERE o.bill = $1 AND o.due_on = $2 AND o.account = $3) AND ", gave_up!("x"), " \
                    RETURNING account");
    /// A page of what was announced and is to be paid: its day has come, and it was announced before an instant.
    pub TO_PAY = "SELECT pay_on, bill, account, due_on FROM autopay_runs WHERE state = 'announced' AND pay_on <= $1 \
                  AND announced_at <= $2 AND (pay_on, bill, account) > ($3, $4, $5) ORDER BY pay_on, bill, account LIMIT $6";
    /// Takes what was announced: nobody else does until this unit ends. Nothing where it was taken, ended or announced anew since.
    pub TAKE = "UPDATE autopay_runs SET changed_at = $4 WHERE bill = $1 AND due_on = $2 AND account = $3 AND state = 'announced' \
                AND pay_on <= $5 AND announced_at <= $6 RETURNING bill, due_on, account, state, why, total, pay_on, announced_at, \
                CAST(NULL AS TEXT)";
    /// What was announced is paid by this payment.
    pub PAY = "UPDATE autopay_runs SET state = 'paying', payment = $4 WHERE bill = $1 AND due_on = $2 AND account = $3";
    /// What was announced is not paid by itself.
    pub SKIP = "UPDATE autopay_runs SET state = 'skipped', why = $4 WHERE bill = $1 AND due_on = $2 AND account = $3";
    /// What was announced is announced anew.
    pub ANNOUNCE_ANEW = "UPDATE autopay_runs SET total = $4, pay_on = $5, announced_at = $6 WHERE bill = $1 AND due_on = $2 AND account = $3";
    /// Notes of a payment that it was made by itself, whatever becomes of its bill afterwards.
    pub BY_ITSELF = "UPDATE payments SET autopay = 1 WHERE id = $1";
    /// Leaves a bill out, unless it is being paid, or could not be.
    pub LEAVE_OUT = "INSERT INTO autopay_runs (bill, due_on, account, state, why, total, pay_on, announced_at, changed_at) \
                     VALUES ($1, $2, $3, 'skipped', 'left_out', $4, $5, $6, $6) ON CONFLICT (bill, due_on, account) DO UPDATE \
                     SET state = 'skipped', why = 'left_out', changed_at = $6, payment = NULL WHERE autopay_runs.state <> 'paying' \
                     OR EXISTS (SELECT 1 FROM payments p WHERE p.id = autopay_runs.payment AND p.status IN ('succeeded', 'refunded'))";
    /// Leaves a bill out no longer.
    pub TAKE_IN = "DELETE FROM autopay_runs WHERE bill = $1 AND account = $2 AND state = 'skipped' AND why = 'left_out'";
    /// What an account has paid of a bill by itself, fees and all, and did not get back: each such payment is of one bill.
    pub TAKEN = concat!("SELECT ", taken!("$1", "$2"));
    /// What was announced of the open bills of an account's records, for it and for whoever else still has them paid.
    pub RUNS_OF_OPEN = concat!(runs!("record_links l JOIN bills b ON b.record = l.record"), "l.account = $1 AND b.status = 'open'");
    /// The same of one bill, whether it is open or not.
    pub RUNS_OF_BILL = concat!(runs!("bills b"), "b.id = $2");
    /// Whose rules cover a bill: the accounts, in the order in which they would have it paid.
    pub COVERING = concat!("SELECT r.account FROM bills b JOIN record_links l ON l.record = b.record \
                    JOIN autopay_rules r ON r.account = l.account WHERE b.id = $1 AND ", covers!(), " \
                    ORDER BY r.days_before, r.set_at, r.account");
    /// The same as [`TAKEN`] of each of the open bills of an account's records.
    pub TAKEN_OF_OPEN = concat!("SELECT b.id, ", taken!("b.id", "l.account"), " FROM record_links l JOIN bills b \
                         ON b.record = l.record WHERE l.account = $1 AND b.status = 'open'");
    /// What was announced, paid and skipped of an account, the last change first; nothing of records that are not linked any more.
    pub RUNS = "SELECT x.bill, b.title, x.due_on, x.total, x.state, x.pay_on, x.why, x.payment, p.status, x.changed_at \
                FROM autopay_runs x JOIN bills b ON b.id = x.bill JOIN record_links l ON l.record = b.record AND l.account = x.account \
                LEFT JOIN payments p ON p.id = x.payment WHERE x.account = $1 ORDER BY x.changed_at DESC, x.bill, x.due_on LIMIT $2";
}

words! {
    /// Where a run stands, as it is kept: what became of its payment the payment tells.
    pub enum Kept ("state of a run") {
        /// It is paid on its day.
        Announced = "announced",
        /// It has a payment.
        Paying = "paying",
        /// It is not paid by itself.
        Skipped = "skipped",
    }
}

row! {
    /// A rule with its method; the empty category is every other one.
    pub struct RuleRow {
        pub category: String,
        pub method: MethodId,
        pub label: String,
        pub kind: PaymentKind,
        pub max: Option<Minor>,
        pub days_before: u32,
        pub set_at: Timestamp,
    }
}

row! {
    /// What was announced of a bill in a cycle.
    pub struct RunRow {
        pub bill: BillId,
        pub due_on: Date,
        pub account: AccountId,
        pub state: Kept,
        pub why: Option<AutopayReason>,
        pub total: Minor,
        pub pay_on: Date,
        pub announced_at: Timestamp,
        /// What became of its payment.
        pub status: Option<PaymentStatus>,
    }
}

impl RunRow {
    /// Whether it was paid, and that has arrived.
    pub fn has_arrived(&self) -> bool {
        matches!(self.status, Some(PaymentStatus::Succeeded | PaymentStatus::Refunded))
    }
}

row! {
    /// What was announced of a bill, as its owner sees it.
    pub struct ToldRow {
        pub bill: BillId,
        pub title: String,
        pub due_on: Date,
        pub total: Minor,
        pub state: Kept,
        pub pay_on: Date,
        pub why: Option<AutopayReason>,
        pub payment: Option<PaymentId>,
        pub status: Option<PaymentStatus>,
        pub changed_at: Timestamp,
    }
}

impl ToldRow {
    /// Where it stands: what became of the payment, where there is one.
    pub fn state(&self) -> AutopayState {
        match (self.state, self.status) {
            (Kept::Announced, _) => AutopayState::Announced,
            (Kept::Skipped, _) => AutopayState::Skipped,
            (Kept::Paying, Some(PaymentStatus::Succeeded | PaymentStatus::Refunded)) => AutopayState::Paid,
            (Kept::Paying, Some(PaymentStatus::Failed | PaymentStatus::Returned)) => AutopayState::Failed,
            (Kept::Paying, Some(PaymentStatus::Pending | PaymentStatus::Processing) | None) => AutopayState::Paying,
        }
    }
}

/// A bill of an account in a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The bill.
    pub bill: BillId,
    /// The due date that makes the cycle.
    pub due_on: Date,
    /// Whose rule it is.
    pub account: AccountId,
}

/// A bill to be announced: by due date, bill, when the rule was set, account.
pub type ToAnnounce = (Date, BillId, Timestamp, AccountId);
/// An announced bill whose day has come: that day, bill, account, due date.
pub type ToPay = (Date, BillId, AccountId, Date);

/// What is kept of a bill that is announced, or skipped before it is.
#[derive(Debug, Clone, Copy)]
pub struct Announced {
    /// Why it is skipped, where it is.
    pub why: Option<AutopayReason>,
    /// What would be taken.
    pub total: Minor,
    /// When.
    pub pay_on: Date,
    /// When that is announced.
    pub at: Timestamp,
}

/// The rules of an account, that for all other categories last.
pub async fn rules(tx: &Tx<'_>, account: AccountId) -> Result<Vec<RuleRow>> {
    Ok(tx.rows(&RULES, &params![account]).await?)
}

/// Sets a rule, in place of the one its category has; what was skipped for want of it may be announced again.
pub async fn set(tx: &Tx<'_>, account: AccountId, rule: &Checked, method: MethodId, now: Timestamp) -> Result<()> {
    let Checked { category, max, days_before } = rule;
    tx.execute(&SET, &params![account, category, method, *max, *days_before, now]).await?;
    tx.execute(&REVIVE, &params![account]).await?;
    Ok(())
}

/// Announced bills that no rule covers any more are not paid by themselves; tells which.
pub async fn stop(tx: &Tx<'_>, account: AccountId, why: AutopayReason, now: Timestamp) -> Result<Vec<BillId>> {
    let stopped: Vec<(BillId,)> = tx.rows(&STOP, &params![account, why, now]).await?;
    Ok(stopped.into_iter().map(|(bill,)| bill).collect())
}

/// A page of the bills to be announced.
pub async fn to_announce(
    tx: &Tx<'_>,
    days: u32,
    until: Date,
    behind: ToAnnounce,
    limit: i64,
) -> Result<Vec<ToAnnounce>> {
    let (due_on, bill, set_at, account) = behind;
    Ok(tx.rows(&TO_ANNOUNCE, &params![days, until, due_on, bill, set_at, account, limit]).await?)
}

/// Keeps what is announced; `false` where it was, or somebody else has the bill paid. That its record was lost bars nothing.
pub async fn keep(tx: &Tx<'_>, place: &Place, announced: &Announced) -> Result<bool> {
    tx.execute(&RELINKED, &params![place.bill, place.due_on, place.account]).await?;
    keep_by(tx, &KEEP, place, announced).await
}

/// Keeps what is announced of a bill that others had paid by themselves and do not any more; `false` where it was not, or somebody
/// still does. The unit is about who gave way, too.
pub async fn keep_instead(tx: &Tx<'_>, place: &Place, announced: &Announced) -> Result<bool> {
    let now = params![place.bill, place.due_on, place.account, announced.at];
    let gave_way: Vec<(AccountId,)> = tx.rows(&GIVE_WAY, &now).await?;
    if !gave_way.is_empty() && !keep(tx, place, announced).await? {
        // Nothing gives way where nobody takes over: this unit ends, and a later look takes it up.
        return Err(Problem::new(Code::Conflict, format!("{} was announced or left out meanwhile", place.bill)).into());
    }
    gave_way.iter().for_each(|(account,)| tx.about(account));
    Ok(!gave_way.is_empty())
}

/// Keeps what is announced of a bill that was paid and is owed in part again; `false` where it was not, or that is known.
pub async fn keep_rest(tx: &Tx<'_>, place: &Place, announced: &Announced) -> Result<bool> {
    keep_by(tx, &KEEP_REST, place, announced).await
}

async fn keep_by(tx: &Tx<'_>, query: &'static Query, place: &Place, announced: &Announced) -> Result<bool> {
    let &Announced { why, total, pay_on, at } = announced;
    let state = if why.is_some() { Kept::Skipped } else { Kept::Announced };
    let row = params![place.bill, place.due_on, place.account, state, why, total, pay_on, at];
    Ok(tx.execute(query, &row).await? == 1)
}

/// A page of the announced bills whose day has come.
pub async fn to_pay(tx: &Tx<'_>, today: Date, before: Timestamp, behind: ToPay, limit: i64) -> Result<Vec<ToPay>> {
    let (pay_on, bill, account, _) = behind;
    Ok(tx.rows(&TO_PAY, &params![today, before, pay_on, bill, account, limit]).await?)
}

/// Takes what was announced, where nobody did before.
pub async fn take(
    tx: &Tx<'_>,
    place: &Place,
    (today, before): (Date, Timestamp),
    now: Timestamp,
) -> Result<Option<RunRow>> {
    let due = params![place.bill, place.due_on, place.account, now, today, before];
    Ok(tx.optional(&TAKE, &due).await?)
}

/// What was paid of a bill by itself, fees and all, and did not come back.
pub async fn taken(tx: &Tx<'_>, place: &Place) -> Result<Minor> {
    let (taken,): (Minor,) = tx.one(&TAKEN, &params![place.bill, place.account]).await?;
    Ok(taken)
}

/// What is taken is paid by this payment.
pub async fn pay(tx: &Tx<'_>, place: &Place, payment: PaymentId) -> Result<()> {
    tx.execute(&PAY, &params![place.bill, place.due_on, place.account, payment]).await?;
    tx.execute(&BY_ITSELF, &params![payment]).await?;
    Ok(())
}

/// What is taken is not paid by itself.
pub async fn skip(tx: &Tx<'_>, place: &Place, why: AutopayReason) -> Result<()> {
    tx.execute(&SKIP, &params![place.bill, place.due_on, place.account, why]).await?;
    Ok(())
}

/// What is taken is announced anew.
pub async fn announce_anew(tx: &Tx<'_>, place: &Place, announced: &Announced) -> Result<()> {
    let &Announced { total, pay_on, at, .. } = announced;
    tx.execute(&ANNOUNCE_ANEW, &params![place.bill, place.due_on, place.account, total, pay_on, at]).await?;
    Ok(())
}

/// Leaves a bill out; `false` where it is being paid.
pub async fn leave_out(tx: &Tx<'_>, place: &Place, announced: &Announced) -> Result<bool> {
    let &Announced { total, pay_on, at, .. } = announced;
    Ok(tx.execute(&LEAVE_OUT, &params![place.bill, place.due_on, place.account, total, pay_on, at]).await? == 1)
}

/// What was announced of the open bills of an account's records, for it and for whoever else still has them paid.
pub async fn runs_of_open(tx: &Tx<'_>, account: AccountId) -> Result<Vec<RunRow>> {
    Ok(tx.rows(&RUNS_OF_OPEN, &params![account]).await?)
}

/// What was announced of a bill, open or not, for an account and for whoever else still has it paid.
pub async fn runs_of_bill(tx: &Tx<'_>, account: AccountId, bill: BillId) -> Result<Vec<RunRow>> {
    Ok(tx.rows(&RUNS_OF_BILL, &params![account, bill]).await?)
}

/// Whose rules cover a bill, in the order in which they would have it paid.
pub async fn covering(tx: &Tx<'_>, bill: BillId) -> Result<Vec<AccountId>> {
    let accounts: Vec<(AccountId,)> = tx.rows(&COVERING, &params![bill]).await?;
    Ok(accounts.into_iter().map(|(account,)| account).collect())
}

/// What was paid of each open bill of an account's records by itself, fees and all, and did not come back.
pub async fn taken_of_open(tx: &Tx<'_>, account: AccountId) -> Result<Vec<(BillId, Minor)>> {
    Ok(tx.rows(&TAKEN_OF_OPEN, &params![account]).await?)
}

/// What was announced, paid and skipped of an account, the last change first.
pub async fn runs(tx: &Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<ToldRow>> {
    Ok(tx.rows(&RUNS, &params![account, limit]).await?)
}
