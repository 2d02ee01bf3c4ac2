//! SQL of city records and their links.

use super::rules::canonical_number;
use crate::{
    api::{
        id::{AccountId, RecordId},
        money::Minor,
        problem::{Code, Problem},
        records::{Record, RecordLink},
        time::Timestamp,
    },
    portal::{
        error::Result,
        store::{Tx, params, queries, row},
    },
};

queries! {
    /// A record and what proves that it is one's own, by its canonical number.
    pub FIND = "SELECT id, number, kind, holder, service_address, code FROM records WHERE canonical = $1";
    /// A new record.
    pub INSERT = "INSERT INTO records (id, canonical, number, kind, holder, service_address, code) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Changes a record.
    pub UPDATE = "UPDATE records SET number = $2, kind = $3, holder = $4, service_address = $5, code = $6 WHERE id = $1";
    /// Links a record, if it is not linked already.
    pub LINK = "INSERT INTO record_links (account, record, linked_at) VALUES ($1, $2, $3) ON CONFLICT (account, record) DO NOTHING";
    /// A linked record.
    pub FIND_LINKED = "SELECT r.id, r.number, r.kind, r.holder, r.service_address, l.linked_at \
                       FROM record_links l JOIN records r ON r.id = l.record WHERE l.account = $1 AND l.record = $2";
    /// A page of the linked records.
    pub LIST = "SELECT r.id, r.number, r.kind, r.holder, r.service_address, l.linked_at \
                FROM record_links l JOIN records r ON r.id = l.record WHERE l.account = $1 AND l.record > $2 \
                ORDER BY l.record LIMIT $3";
    /// Unlinks a record from everybody; tells from whom, and since when they had it.
    pub UNLINK_ALL = "DELETE FROM record_links WHERE record = $1 RETURNING account, linked_at";
    /// Unlinks a record; tells since when it was linked.
    pub UNLINK = "DELETE FROM record_links WHERE account = $1 AND record = $2 RETURNING linked_at";
    /// Keeps that an account had a record linked.
    pub PAST = "INSERT INTO past_links (record, account, linked_at, unlinked_at) VALUES ($1, $2, $3, $4)";
    /// Keeps a record as it is until the unit ends, while this is what proves that it is one's own.
    pub HOLD = "UPDATE records SET code = code WHERE id = $1 AND code = $2";
    /// A record by its id.
    pub FIND_ID = "SELECT id, number, kind, holder, service_address, code FROM records WHERE id = $1";
    /// Who has a record linked, the first first, and the last hundred who had.
    pub LINKS = "SELECT username, account, name, linked_at, unlinked_at FROM ( \
                 SELECT a.username, l.account, a.name, l.linked_at, NULL AS unlinked_at, 0 AS past, l.linked_at AS place \
                 FROM record_links l JOIN accounts a ON a.id = l.account WHERE l.record = $1 UNION ALL \
                 SELECT a.username, p.account, a.name, p.linked_at, p.unlinked_at, 1 AS past, -p.unlinked_at AS place \
                 FROM past_links p JOIN accounts a ON a.id = p.account WHERE p.record = $1) AS all_of_them \
                 ORDER BY past, place, account LIMIT 100";
    /// How many bills of a record have something payable, and how much in all.
    pub DUE = "SELECT COUNT(*), CAST(COALESCE(SUM(amount - settled - pending), 0) AS BIGINT) FROM bills \
               WHERE record = $1 AND status = 'open' AND settled + pending < amount";
    /// The records linked to an account, the first linked first.
    pub LINKED = "SELECT r.id, r.number, r.kind, r.holder, r.service_address, l.linked_at FROM record_links l \
                  JOIN records r ON r.id = l.record WHERE l.account = $1 ORDER BY l.linked_at, r.id";
    /// The accounts a record is linked to.
    pub HOLDERS = "SELECT account FROM record_links WHERE record = $1";
}

row! {
    /// A record as the city keeps it.
    #[derive(PartialEq, Eq)]
    pub struct RecordRow {
        pub id: RecordId,
        pub number: String,
        pub kind: String,
        pub holder: String,
        pub service_address: String,
        pub code: Vec<u8>,
    }
}

row! {
    /// A linked record.
    pub struct LinkedRow {
        pub id: RecordId,
        pub number: String,
        pub kind: String,
        pub holder: String,
        pub service_address: String,
        pub linked_at: Timestamp,
    }
}

row! {
    /// Whose account a record is, or was, linked to.
    pub struct LinkRow {
        pub username: String,
        pub account: AccountId,
        pub name: String,
        pub linked_at: Timestamp,
        pub unlinked_at: Option<Timestamp>,
    }
}

impl From<LinkRow> for RecordLink {
    fn from(row: LinkRow) -> Self {
        let LinkRow { username, account, name, linked_at, unlinked_at } = row;
        Self { username, account, name, linked_at, unlinked_at }
    }
}

impl From<LinkedRow> for Record {
    fn from(row: LinkedRow) -> Self {
        let LinkedRow { id, number, kind, holder, service_address, linked_at } = row;
        Self { id, number, kind, holder, service_address, linked_at }
    }
}

/// The record of a number, however written.
pub async fn find(tx: &Tx<'_>, number: &str) -> Result<Option<RecordRow>> {
    Ok(tx.optional(&FIND, &params![canonical_number(number)]).await?)
}

/// The record a clerk names: by its number, however written, or by its id.
pub(crate) async fn known(tx: &Tx<'_>, named: &str) -> Result<RecordRow> {
    let found = match named.parse::<RecordId>() {
        Ok(id) => tx.optional(&FIND_ID, &params![id]).await?,
        Err(_) => find(tx, named).await?,
    };
    found.ok_or_else(|| {
        let problem = Problem::new(Code::NotFound, format!("there is no city record {}", named.trim()));
        problem.hint("records come with an import: citytime staff records import FILE").into()
    })
}

/// Who has a record linked, and who had.
pub async fn links(tx: &Tx<'_>, id: RecordId) -> Result<Vec<RecordLink>> {
    let rows: Vec<LinkRow> = tx.rows(&LINKS, &params![id]).await?;
    Ok(rows.into_iter().map(RecordLink::from).collect())
}

/// How many bills of a record have something payable, and how much in all.
pub async fn due(tx: &Tx<'_>, id: RecordId) -> Result<(i64, Minor)> {
    Ok(tx.one(&DUE, &params![id]).await?)
}

/// The records linked to an account.
pub async fn linked(tx: &Tx<'_>, account: AccountId) -> Result<Vec<LinkedRow>> {
    Ok(tx.rows(&LINKED, &params![account]).await?)
}

/// The accounts the record of a number is linked to; none for a number nobody knows.
pub async fn holders(tx: &Tx<'_>, number: &str) -> Result<Vec<AccountId>> {
    let Some(record) = find(tx, number).await? else { return Ok(Vec::new()) };
    let rows: Vec<(AccountId,)> = tx.rows(&HOLDERS, &params![record.id]).await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}

/// Keeps a new record.
pub async fn insert(tx: &Tx<'_>, row: &RecordRow) -> Result<()> {
    let RecordRow { id, number, kind, holder, service_address, code } = row;
    let canonical = canonical_number(number);
    let values = params![*id, canonical, number, kind, holder, service_address, code];
    tx.execute(&INSERT, &values).await?;
    Ok(())
}

/// Keeps what has changed of a record.
pub async fn update(tx: &Tx<'_>, row: &RecordRow) -> Result<()> {
    let RecordRow { id, number, kind, holder, service_address, code } = row;
    tx.execute(&UPDATE, &params![*id, number, kind, holder, service_address, code]).await?;
    Ok(())
}

/// Keeps a record as it is until the unit ends; `false` where this digest is not, or no more, that of its code.
pub async fn hold(tx: &Tx<'_>, record: RecordId, digest: &[u8]) -> Result<bool> {
    Ok(tx.execute(&HOLD, &params![record, digest]).await? == 1)
}

/// Links a record; `false` if it was linked already.
pub async fn link(tx: &Tx<'_>, account: AccountId, record: RecordId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(&LINK, &params![account, record, now]).await? == 1)
}

/// A linked record.
pub async fn find_linked(tx: &Tx<'_>, account: AccountId, record: RecordId) -> Result<Option<Record>> {
    let row: Option<LinkedRow> = tx.optional(&FIND_LINKED, &params![account, record]).await?;
    Ok(row.map(Record::from))
}

/// A page of the linked records.
pub async fn list(tx: &Tx<'_>, account: AccountId, behind: RecordId, limit: i64) -> Result<Vec<LinkedRow>> {
    Ok(tx.rows(&LIST, &params![account, behind, limit]).await?)
}

/// Unlinks a record, and keeps that it was linked; `false` where it is not.
pub async fn unlink(tx: &Tx<'_>, account: AccountId, record: RecordId, now: Timestamp) -> Result<bool> {
    let ended: Option<(Timestamp,)> = tx.optional(&UNLINK, &params![account, record]).await?;
    let Some((since,)) = ended else { return Ok(false) };
    tx.execute(&PAST, &params![record, account, since, now]).await?;
    Ok(true)
}

/// Unlinks a record from everybody, and keeps that they had it; tells who they are.
pub async fn unlink_all(tx: &Tx<'_>, record: RecordId, now: Timestamp) -> Result<Vec<AccountId>> {
    let ended: Vec<(AccountId, Timestamp)> = tx.rows(&UNLINK_ALL, &params![record]).await?;
    for (account, since) in &ended {
        tx.execute(&PAST, &params![record, *account, *since, now]).await?;
    }
    Ok(ended.into_iter().map(|(account, _)| account).collect())
}
