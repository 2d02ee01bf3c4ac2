//! SQL of notices.

use super::{Notice, notice::Body, outbox::Recipient};
use crate::{
    api::{
        id::{AccountId, NoticeId},
        notices::{self as wire, Topic},
        time::Timestamp,
    },
    portal::{
        error::{Error, Result},
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A new notice, unless its id is taken or it was told already.
    pub INSERT = "INSERT INTO notices (id, account, topic, subject, body, about, channel, address, once, created_at, \
                  expires_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10) ON CONFLICT DO NOTHING";
    /// A page of what an account was told, newest first: behind (created_at, id).
    pub LIST = "SELECT id, created_at, topic, subject, body, about, read_at FROM notices \
                WHERE account = $1 AND channel IS NULL AND (created_at, id) < ($2, $3) \
                AND topic = COALESCE($4, topic) \
                AND (CAST($5 AS BIGINT) IS NULL OR (read_at IS NULL) = (CAST($5 AS BIGINT) = 1)) ORDER BY created_at DESC, id DESC LIMIT $6";
    /// A notice of an account, marked as read; when it was first is kept.
    pub READ = "UPDATE notices SET read_at = COALESCE(read_at, $3) WHERE id = $1 AND account = $2 AND channel IS NULL \
                RETURNING id, created_at, topic, subject, body, about, read_at";
}

row! {
    /// A notice as it is kept.
    pub struct NoticeRow {
        pub id: NoticeId,
        pub created_at: Timestamp,
        pub topic: Topic,
        pub subject: String,
        pub body: String,
        pub about: Option<String>,
        pub read_at: Option<Timestamp>,
    }
}

impl NoticeRow {
    /// The notice as its account sees it.
    pub fn seen(self) -> Result<wire::Notice> {
        let Self { id, created_at, topic, subject, body, about, read_at } = self;
        let body: Body = serde_json::from_str(&body).map_err(Error::internal)?;
        Ok(wire::Notice { id, at: created_at, topic, subject, text: body.text(), about, read_at })
    }
}

/// Writes a notice down; `false` if its id is taken, or it must be told once only and was.
pub(super) async fn insert(
    tx: &Tx<'_>,
    id: NoticeId,
    to: Recipient<'_>,
    notice: &Notice,
    body: &str,
    now: Timestamp,
) -> Result<bool> {
    let Recipient { account, address, once } = to;
    let (channel, address) = (address.map(|(channel, _)| channel), address.map(|(_, address)| address));
    let Notice { topic, subject, about, expires_at, .. } = notice;
    let values = params![id, account, *topic, subject, body, about, channel, address, once, now, *expires_at];
    Ok(tx.execute(&INSERT, &values).await? == 1)
}

/// Where a list goes on: behind this notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// When it was told.
    pub at: Timestamp,
    /// Which it is.
    pub id: i64,
}

/// A page of what an account was told.
pub async fn list(
    tx: &Tx<'_>,
    account: AccountId,
    behind: Behind,
    (topic, unread): (Option<Topic>, Option<bool>),
    limit: i64,
) -> Result<Vec<NoticeRow>> {
    Ok(tx.rows(&LIST, &params![account, behind.at, behind.id, topic, unread, limit]).await?)
}

/// Marks a notice of an account as read.
pub async fn read(tx: &Tx<'_>, account: AccountId, id: NoticeId, now: Timestamp) -> Result<Option<NoticeRow>> {
    Ok(tx.optional(&READ, &params![id, account, now]).await?)
}
