//! SQL of permits.

use crate::{
    api::{
        id::{AccountId, BillId, PermitId},
        money::Minor,
        permits::{Party, PermitStatus},
        time::{Date, Timestamp},
    },
    portal::{
        bills,
        error::Result,
        store::{Tx, params, queries, row},
    },
};

macro_rules! permits {
    () => {
        "SELECT p.id, p.account, a.name, p.type, p.title, p.category, p.department, p.status, p.version, p.answers, p.fee, \
         p.bill, p.assignee, c.username, p.created_at, p.changed_at, p.submitted_at, p.decided_at, p.expected_on, \
         p.days_left, p.expires_at FROM permits p JOIN accounts a ON a.id = p.account \
         LEFT JOIN accounts c ON c.id = p.assignee "
    };
}

queries! {
    /// A new application.
    pub INSERT = "INSERT INTO permits (id, account, type, title, category, department, status, version, answers, fee, created_at, \
                  changed_at, days_left, expires_at) VALUES ($1, $2, $3, $4, $5, $6, 'draft', 1, $7, $8, $9, $9, $10, $11)";
    /// An application.
    pub FIND = concat!(permits!(), "WHERE p.id = $1");
    /// Takes an application for a change: nobody else changes it until this unit ends.
    pub TAKE = "UPDATE permits SET version = version WHERE id = $1";
    /// The bill of an application's fee.
    pub BILL = "SELECT bill FROM permits WHERE id = $1";
    /// A page of an account's applications, the newest first.
    pub LIST = concat!(permits!(), "WHERE p.account = $1 AND ($2 = '' OR p.status = $2) AND ($3 = '' OR p.type = $3) \
                AND (p.created_at, p.id) < ($4, $5) ORDER BY p.created_at DESC, p.id DESC LIMIT $6");
    /// An account's applications under way, the newest first.
    pub UNDER_WAY = concat!(permits!(), "WHERE p.account = $1 AND p.status IN ('draft', 'submitted', 'in_review', \
                     'info_requested', 'approved') ORDER BY p.created_at DESC, p.id DESC LIMIT $2");
    /// A page of what clerks have something to do for, the longest submitted first.
    pub QUEUE = concat!(permits!(), "WHERE p.status IN ('in_review', 'approved') AND ($1 = '' OR p.type = $1) \
                 AND ($2 = '' OR c.username = $2) AND (p.submitted_at, p.id) > ($3, $4) \
                 ORDER BY p.submitted_at, p.id LIMIT $5");
    /// A page of the submitted applications that stand somewhere, the longest submitted first.
    pub STANDING = concat!(permits!(), "WHERE p.status = $6 AND p.submitted_at IS NOT NULL AND ($1 = '' OR p.type = $1) \
                    AND ($2 = '' OR c.username = $2) AND (p.submitted_at, p.id) > ($3, $4) \
                    ORDER BY p.submitted_at, p.id LIMIT $5");
    /// Changes an application, if it is still the version that was looked at.
    pub SAVE = "UPDATE permits SET status = $3, version = version + 1, answers = $4, bill = $5, assignee = $6, changed_at = $7, \
                submitted_at = $8, decided_at = $9, expected_on = $10, days_left = $11, expires_at = $12, fee = $13 \
                WHERE id = $1 AND version = $2";
    /// Notes a step.
    pub STEP = "INSERT INTO permit_steps (permit, place, at, status, note, party, account) \
                SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5, $6 FROM permit_steps WHERE permit = $1";
    /// What happened, the oldest first.
    pub STEPS = "SELECT at, status, note, party FROM permit_steps WHERE permit = $1 ORDER BY place";
    /// What is attached.
    pub DOCUMENTS = "SELECT document, media_type, size, digest, attached_at FROM permit_documents WHERE permit = $1 ORDER BY document";
    /// Keeps an application where it stands, if documents may be attached to it there.
    pub HOLD_OPEN = "UPDATE permits SET changed_at = $3 WHERE id = $1 AND account = $2 AND status IN ('draft', 'info_requested')";
    /// Attaches a document, in the place of an earlier one.
    pub ATTACH = "INSERT INTO permit_documents (permit, document, media_type, size, digest, attached_at) \
                  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (permit, document) \
                  DO UPDATE SET media_type = $3, size = $4, digest = $5, attached_at = $6";
    /// Applications whose time is over.
    pub OVER = "SELECT id FROM permits WHERE expires_at IS NOT NULL AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2";
    /// Looks at one again later.
    pub PUT_OFF = "UPDATE permits SET expires_at = $3 WHERE id = $1 AND expires_at <= $2";
}

row! {
    /// An application as it is kept.
    pub struct PermitRow {
        pub id: PermitId,
        pub account: AccountId,
        pub applicant: String,
        pub kind: String,
        pub title: String,
        pub category: String,
        pub department: String,
        pub status: PermitStatus,
        pub version: i64,
        pub answers: String,
        pub fee: Minor,
        pub bill: Option<BillId>,
        pub assignee: Option<AccountId>,
        pub assignee_name: Option<String>,
        pub created_at: Timestamp,
        pub changed_at: Timestamp,
        pub submitted_at: Option<Timestamp>,
        pub decided_at: Option<Timestamp>,
        pub expected_on: Option<Date>,
        pub days_left: u32,
        pub expires_at: Option<Timestamp>,
    }
}

row! {
    /// A step as it is kept.
    pub struct StepRow {
        pub at: Timestamp,
        pub status: PermitStatus,
        pub note: Option<String>,
        pub by: Party,
    }
}

row! {
    /// A document as it is kept.
    pub struct DocumentRow {
        pub id: String,
        pub media_type: String,
        pub size: i64,
        pub digest: [u8; 32],
        pub attached_at: Timestamp,
    }
}

/// An application, whosever it is.
pub async fn find(tx: &Tx<'_>, id: PermitId) -> Result<Option<PermitRow>> {
    Ok(tx.optional(&FIND, &params![id]).await?)
}

/// An application, taken for a change: what is read here stays until the unit ends.
///
/// A payment takes the bill of a fee and then its application. Whoever is going to withdraw that bill (`Also::Bill`)
/// takes them in the same order, so that neither waits for the other.
pub async fn take(tx: &Tx<'_>, id: PermitId, also: Also) -> Result<Option<PermitRow>> {
    if also == Also::Bill
        && let Some((Some(bill),)) = tx.optional::<(Option<BillId>,)>(&BILL, &params![id]).await?
    {
        bills::queries::take(tx, bill).await?;
    }
    tx.execute(&TAKE, &params![id]).await?;
    find(tx, id).await
}

/// What is taken with an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    Nothing,
    /// The bill of its fee, where it has one.
    Bill,
}

/// Keeps a changed application that was taken; `false` where its version is another.
pub async fn save(tx: &Tx<'_>, row: &PermitRow) -> Result<bool> {
    let values = params![
        row.id,
        row.version,
        row.status,
        row.answers,
        row.bill,
        row.assignee,
        row.changed_at,
        row.submitted_at,
        row.decided_at,
        row.expected_on,
        row.days_left,
        row.expires_at,
        row.fee,
    ];
    Ok(tx.execute(&SAVE, &values).await? == 1)
}

/// What happened to an application, and what is attached to it.
pub async fn details(tx: &Tx<'_>, id: PermitId) -> Result<(Vec<DocumentRow>, Vec<StepRow>)> {
    let key = params![id];
    let (documents, steps) = futures_util::try_join!(tx.rows(&DOCUMENTS, &key), tx.rows(&STEPS, &key))?;
    Ok((documents, steps))
}
