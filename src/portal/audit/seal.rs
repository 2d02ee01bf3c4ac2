//! Sealing: rows are chained in batches, behind those who write them, so that no writer waits for another. Several
//! processes may do it: the last seal's place is held by one at a time.

use data_encoding::HEXLOWER;

use super::{
    canonical::{self, GENESIS, Hash},
    queries::{self, RowRow, SealRow},
};
use crate::{
    api::time::Timestamp,
    portal::{
        Portal,
        error::{Error, Result},
        store::{Query, Tx, Value, params},
    },
};

/// How many rows a seal has at most: few enough that a unit of the sealer keeps nobody waiting.
const BATCH: i64 = 256;

/// Seals every row there is; tells how many.
pub(crate) async fn run(portal: &Portal) -> Result<u64> {
    let mut sealed = 0;
    let mut last = None;
    loop {
        let batch = one(portal).await?;
        let Some((number, digest, rows)) = batch else { break };
        sealed += rows;
        last = Some((number, digest));
        if rows < BATCH.unsigned_abs() {
            break;
        }
    }
    if let Some((number, digest)) = last {
        // Kept with the logs, this shows later that the chain was not made anew.
        let digest = HEXLOWER.encode(&digest);
        tracing::info!(seal = number, digest, rows = sealed, "audit trail sealed");
    }
    Ok(sealed)
}

/// One seal, if anything waits for it.
#[expect(clippy::disallowed_methods, reason = "what was done is sealed: nothing is done")]
async fn one(portal: &Portal) -> Result<Option<(i64, Hash, u64)>> {
    let now = portal.clock().now();
    let waiting = portal.store().read((), |tx, ()| {
        Box::pin(async move { Ok::<_, Error>(tx.one::<(i64,)>(&queries::WAITING, &params![]).await?.0 > 0) })
    });
    if !waiting.await? {
        return Ok(None);
    }
    match portal.store().write((), move |tx, ()| Box::pin(seal(tx, now))).await {
        Ok(sealed) => Ok(Some(sealed)),
        Err(Stopped::Nothing) => Ok(None),
        Err(Stopped::Failed(error)) => Err(error),
    }
}

/// Why there is no seal.
#[derive(Debug)]
enum Stopped {
    /// Another process sealed the rows first: the place of the last seal stays as it is.
    Nothing,
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn seal(tx: &Tx<'_>, now: Timestamp) -> Result<(i64, Hash, u64), Stopped> {
    tx.execute(&queries::BEGIN, &params![GENESIS]).await?;
    let (number, before): (i64, Hash) = tx.one(&queries::TAKE_HEAD, &params![]).await?;
    let mut rows: Vec<RowRow> = tx.rows(&queries::TAKE_ROWS, &params![number, BATCH]).await?;
    rows.sort_unstable_by_key(|row| row.id);
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Err(Stopped::Nothing);
    };
    let seal = SealRow {
        number,
        at: now,
        first_id: first.id,
        last_id: last.id,
        earliest: rows.iter().map(|row| row.at).min().unwrap_or(now),
        latest: rows.iter().map(|row| row.at).max().unwrap_or(now),
        rows_sealed: i64::try_from(rows.len()).map_err(Error::internal)?,
        digest: Vec::new(),
        leaves: canonical::leaves(&rows),
    };
    let digest = canonical::seal(&before, &seal);
    let SealRow { at, first_id, last_id, earliest, latest, rows_sealed, leaves, .. } = seal;
    let whole = params![number, at, first_id, last_id, earliest, latest, rows_sealed, digest, leaves];
    tx.execute(&queries::SEAL, &whole).await?;
    tx.execute(&queries::SET_HEAD, &params![digest]).await?;
    let things = rows
        .iter()
        .flat_map(|row| row.things.split_ascii_whitespace().map(|thing| [Value::Text(thing), Value::Int(row.id)]));
    let things = things.collect::<Vec<_>>();
    let statements = things.iter().map(|thing| (&queries::ABOUT, thing.as_slice()));
    tx.pipeline(&statements.collect::<Vec<(&'static Query, &[Value<'_>])>>()).await?;
    Ok((number, digest, rows_sealed.unsigned_abs()))
}
