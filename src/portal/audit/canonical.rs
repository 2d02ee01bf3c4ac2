//! What is sealed: a row and a seal as bytes that can be read in one way only, and their SHA-256.

use sha2::{Digest, Sha256};

use super::queries::{RowRow, SealRow};

/// A digest.
pub(super) type Hash = [u8; 32];
/// Before the first seal.
pub(super) const GENESIS: Hash = [0; 32];
/// How long a leaf is: an id and a digest.
const LEAF: usize = 8 + 32;

/// Bytes of fields, each with its length before it.
struct Fields(Sha256);

impl Fields {
    fn of(kind: &str) -> Self {
        Self(Sha256::new()).text(Some(kind))
    }

    fn text(self, text: Option<&str>) -> Self {
        self.bytes(text.map(str::as_bytes))
    }

    fn number(self, number: Option<i64>) -> Self {
        self.bytes(number.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice))
    }

    fn bytes(mut self, bytes: Option<&[u8]>) -> Self {
        match bytes {
            None => self.0.update([0]),
            Some(bytes) => {
                self.0.update([1]);
                self.0.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
                self.0.update(bytes);
            }
        }
        self
    }

    fn digest(self) -> Hash {
        self.0.finalize().into()
    }
}

/// A row's digest: all of it but its seal.
pub(super) fn row(row: &RowRow) -> Hash {
    Fields::of("citytime audit row, version 1")
        .number(Some(row.id))
        .number(Some(row.at.as_millisecond()))
        .text(Some(&row.actor))
        .number(row.account.map(crate::api::id::AccountId::number))
        .text(row.credential.as_deref())
        .text(Some(&row.operation))
        .text(Some(&row.outcome))
        .text(Some(&row.things))
        .text(row.request.as_deref())
        .text(row.source.as_deref())
        .digest()
}

/// The leaves of a seal: of each row, in the order of ids, its id and its digest.
pub(super) fn leaves(rows: &[RowRow]) -> Vec<u8> {
    let mut leaves = Vec::with_capacity(rows.len() * LEAF);
    for sealed in rows {
        leaves.extend(sealed.id.to_be_bytes());
        leaves.extend(row(sealed));
    }
    leaves
}

/// Reads leaves back; what is left over of a damaged text is dropped, which the seal's digest tells.
pub(super) fn read_leaves(leaves: &[u8]) -> impl Iterator<Item = (i64, Hash)> {
    let (leaves, _) = leaves.as_chunks::<LEAF>();
    leaves.iter().filter_map(|leaf| {
        let (id, hash) = leaf.split_first_chunk::<8>()?;
        Some((i64::from_be_bytes(*id), hash.try_into().ok()?))
    })
}

/// A seal's digest: the seal before and all of this one.
pub(super) fn seal(before: &Hash, seal: &SealRow) -> Hash {
    Fields::of("citytime audit seal, version 1")
        .bytes(Some(before))
        .number(Some(seal.number))
        .number(Some(seal.at.as_millisecond()))
        .number(Some(seal.first_id))
        .number(Some(seal.last_id))
        .number(Some(seal.earliest.as_millisecond()))
        .number(Some(seal.latest.as_millisecond()))
        .number(Some(seal.rows_sealed))
        .bytes(Some(&seal.leaves))
        .digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(id: i64) -> RowRow {
        RowRow {
            id,
            at: crate::api::time::Timestamp::from_millisecond(1_000 + id),
            actor: "resident".to_owned(),
            account: Some(crate::api::id::AccountId::new(7)),
            credential: Some("SES-00000001".to_owned()),
            operation: "payments.pay".to_owned(),
            outcome: "done".to_owned(),
            things: "PAY-00000001 BIL-00000001".to_owned(),
            request: None,
            source: Some("127.0.0.1".to_owned()),
            seal: None,
        }
    }

    #[test]
    fn every_field_counts_and_none_runs_into_the_next() {
        let first = row(&example(1));
        let changed = [
            RowRow { id: 2, ..example(1) },
            RowRow { account: None, ..example(1) },
            RowRow { credential: None, ..example(1) },
            RowRow { request: Some(String::new()), ..example(1) },
            RowRow { operation: "payments.payd".to_owned(), outcome: "one".to_owned(), ..example(1) },
            RowRow { source: Some("127.0.0.2".to_owned()), ..example(1) },
        ];
        for other in &changed {
            assert_ne!(row(other), first, "{other:?}");
        }
        assert_eq!(
            row(&RowRow { seal: Some(3), ..example(1) }),
            first,
            "a row is the same before and after it is sealed"
        );
    }

    #[test]
    fn leaves_are_read_back() {
        let rows = [example(1), example(5)];
        let read = read_leaves(&leaves(&rows)).collect::<Vec<_>>();
        assert_eq!(read, [(1, row(&rows[0])), (5, row(&rows[1]))]);
    }
}
