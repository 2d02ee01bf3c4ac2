//! Looking at the chain: whether a row or a seal was changed, removed, added or moved at the database.

use data_encoding::HEXLOWER;

use super::{
    canonical::{self, GENESIS, Hash},
    queries::{self, RowRow, SealRow},
};
use crate::{
    api::audit::{AuditCheck, AuditFault, SealMark},
    portal::{
        error::{Error, Result},
        store::{Store, Tx, params},
    },
};

/// How many seals are looked at before the caller is told how far it came.
const PORTION: usize = 64;

/// Looks at the seals behind one, a portion of them, each in a read of its own.
pub(super) async fn portion(store: &Store, behind: i64, mark: Option<i64>) -> Result<AuditCheck> {
    let before = digest_of(store, behind).await?;
    let before = before.ok_or_else(|| Error::field("/after", format!("there is no seal {behind}")))?;
    let mut before = Link { number: behind, digest: before };
    let mark = match mark {
        Some(number) => {
            digest_of(store, number).await?.map(|digest| SealMark { number, digest: HEXLOWER.encode(&digest) })
        }
        None => None,
    };
    let mut told = AuditCheck { seals: 0, rows: 0, unsealed: 0, last: None, mark, next: None, wrong: None };
    for _ in 0..PORTION {
        match store.read_long(before, |tx, before| Box::pin(next(tx, *before))).await? {
            Looked::Sound(link, rows) => {
                told.seals += 1;
                told.rows += rows;
                told.last = Some(SealMark { number: link.number, digest: HEXLOWER.encode(&link.digest) });
                before = link;
            }
            Looked::Wrong(fault) => return Ok(AuditCheck { wrong: Some(fault), ..told }),
            Looked::End(unsealed) => return Ok(AuditCheck { unsealed, ..told }),
        }
    }
    Ok(AuditCheck { next: Some(before.number), ..told })
}

/// A seal in the chain.
#[derive(Debug, Clone, Copy)]
struct Link {
    number: i64,
    digest: Hash,
}

enum Looked {
    Sound(Link, i64),
    Wrong(AuditFault),
    /// There are no more; so many rows wait for theirs.
    End(i64),
}

async fn digest_of(store: &Store, number: i64) -> Result<Option<Hash>> {
    if number == 0 {
        return Ok(Some(GENESIS));
    }
    let read = store.read(number, |tx, number| {
        Box::pin(async move { Ok::<_, Error>(tx.optional::<(Hash,)>(&queries::DIGEST, &params![number]).await?) })
    });
    Ok(read.await?.map(|(digest,)| digest))
}

async fn next(tx: &Tx<'_>, before: Link) -> Result<Looked> {
    let expected = before.number + 1;
    let wrong = |row, detail: String| Ok(Looked::Wrong(AuditFault { seal: expected, row, detail }));
    let Some(seal) = tx.optional::<SealRow>(&queries::NEXT_SEAL, &params![before.number]).await? else {
        return end(tx, before).await;
    };
    if seal.number != expected {
        return wrong(None, format!("seal {expected} is missing: the next one is {}", seal.number));
    }
    let digest = canonical::seal(&before.digest, &seal);
    if seal.digest != digest {
        return wrong(None, format!("seal {expected} is not what was sealed: it, or the seal before, was changed"));
    }
    // One more than there should be tells of one that was added.
    let rows = tx.rows::<RowRow>(&queries::SEALED, &params![expected, seal.rows_sealed + 1]).await?;
    match first_fault(tx, &seal, &rows).await? {
        Some((row, detail)) => wrong(Some(row), detail),
        None => Ok(Looked::Sound(Link { number: expected, digest }, seal.rows_sealed)),
    }
}

/// The first row of a sound seal that is not as it was sealed.
async fn first_fault(tx: &Tx<'_>, seal: &SealRow, rows: &[RowRow]) -> Result<Option<(i64, String)>> {
    let mut found = rows.iter().peekable();
    for (id, hash) in canonical::read_leaves(&seal.leaves) {
        match found.peek() {
            Some(row) if row.id < id => return Ok(Some(stranger(row, seal))),
            Some(row) if row.id == id => {
                if canonical::row(row) != hash {
                    return Ok(Some((id, format!("row {id} was changed after it was sealed (seal {})", seal.number))));
                }
                found.next();
            }
            _ => {
                let there: Option<RowRow> = tx.optional(&queries::ROW, &params![id]).await?;
                let told = match there.and_then(|row| row.seal) {
                    Some(other) => format!("row {id} was moved from seal {} to seal {other}", seal.number),
                    None => format!("row {id} of seal {} was removed", seal.number),
                };
                return Ok(Some((id, told)));
            }
        }
    }
    Ok(found.next().map(|row| stranger(row, seal)))
}

fn stranger(row: &RowRow, seal: &SealRow) -> (i64, String) {
    (row.id, format!("row {} stands under seal {}, which was made without it", row.id, seal.number))
}

/// Behind the last seal: whether it is the last there was, and whether a row claims another.
async fn end(tx: &Tx<'_>, last: Link) -> Result<Looked> {
    let head: Option<(i64, Hash)> = tx.optional(&queries::HEAD, &params![]).await?;
    let (number, digest) = head.unwrap_or((0, GENESIS));
    let seal = last.number + 1;
    if number > last.number {
        let detail = format!("seals {seal} to {number} are missing");
        return Ok(Looked::Wrong(AuditFault { seal, row: None, detail }));
    }
    if number < last.number || digest != last.digest {
        let detail = format!("seal {} is the last, and the trail's head tells of another", last.number);
        return Ok(Looked::Wrong(AuditFault { seal: last.number, row: None, detail }));
    }
    let (astray,): (Option<i64>,) = tx.one(&queries::ASTRAY, &params![last.number]).await?;
    if let Some(row) = astray {
        let detail = format!("row {row} claims a seal that was never made");
        return Ok(Looked::Wrong(AuditFault { seal, row: Some(row), detail }));
    }
    let (unsealed,): (i64,) = tx.one(&queries::UNSEALED, &params![]).await?;
    Ok(Looked::End(unsealed))
}
