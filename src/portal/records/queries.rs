//! SQL of city records and their links.

use super::rules::{canonical_number, code_digest};
use crate::{
    api::{
        id::{AccountId, RecordId},
        records::Record,
        staff::{LineOutcome, RecordLine},
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
    /// Unlinks a record from everybody.
    pub UNLINK_ALL = "DELETE FROM record_links WHERE record = $1";
    /// Unlinks a record.
    pub UNLINK = "DELETE FROM record_links WHERE account = $1 AND record = $2";
}

row! {
    /// A record as the city keeps it.
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

/// Keeps a line of an import: new, changed or the same.
pub async fn import(tx: &Tx<'_>, fresh: RecordId, line: &RecordLine) -> Result<(RecordId, LineOutcome)> {
    let code = code_digest(&line.number, &line.link_code);
    let (number, kind, holder) = (line.number.trim(), line.kind.trim(), line.holder.trim());
    let address = line.service_address.trim();
    let Some(known) = find(tx, number).await? else {
        let canonical = canonical_number(number);
        tx.execute(&INSERT, &params![fresh, canonical, number, kind, holder, address, code]).await?;
        return Ok((fresh, LineOutcome::Created));
    };
    let same = known.number == number
        && known.kind == kind
        && known.holder == holder
        && known.service_address == address
        && known.code == code;
    if same {
        return Ok((known.id, LineOutcome::Unchanged));
    }
    tx.execute(&UPDATE, &params![known.id, number, kind, holder, address, code]).await?;
    if known.code != code {
        // A new letter means new people: who linked it with the old one sees it no more.
        tx.execute(&UNLINK_ALL, &params![known.id]).await?;
    }
    Ok((known.id, LineOutcome::Updated))
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

/// Unlinks a record.
pub async fn unlink(tx: &Tx<'_>, account: AccountId, record: RecordId) -> Result<()> {
    tx.execute(&UNLINK, &params![account, record]).await?;
    Ok(())
}
