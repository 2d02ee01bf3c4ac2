//! What the city's file says of a record. A new code is a new letter, and means new people: whoever linked the record
//! with the old one sees it no more, and is told, as they may well be those it is for.

use super::{
    queries::{self, RecordRow},
    rules::{code_digest, plain},
};
use crate::{
    api::{
        id::{AccountId, RecordId},
        notices::Topic,
        staff::{LineOutcome, RecordLine},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::Result,
        history::{self, Entry},
        notices::{self, Notice},
        store::Tx,
    },
};

/// Keeps a line of an import: new, changed, the same, or refused with the reason.
pub(crate) async fn import(
    tx: &Tx<'_>,
    portal: &Portal,
    fresh: RecordId,
    line: &RecordLine,
    now: Timestamp,
) -> Result<Result<(RecordId, LineOutcome), String>> {
    let known = queries::find(tx, &line.number).await?;
    let row = RecordRow {
        id: known.as_ref().map_or(fresh, |known| known.id),
        number: line.number.trim().to_owned(),
        kind: line.kind.trim().to_owned(),
        holder: line.holder.trim().to_owned(),
        service_address: line.service_address.trim().to_owned(),
        code: code_digest(&line.number, &line.link_code).to_vec(),
    };
    let Some(known) = known else {
        queries::insert(tx, &row).await?;
        return Ok(Ok((fresh, LineOutcome::Created)));
    };
    if plain(&known.number) != plain(&row.number) {
        // Two of the city's records, perhaps: to people their numbers are one, so neither may quietly become the other.
        let known = known.number;
        return Ok(Err(format!(
            "{known} is there already, and differs by zeros alone: write it so, or number it anew"
        )));
    }
    if known == row {
        return Ok(Ok((row.id, LineOutcome::Unchanged)));
    }
    queries::update(tx, &row).await?;
    if known.code != row.code {
        for account in queries::unlink_all(tx, row.id, now).await? {
            unlinked(tx, account, row.id, &row.number, now).await?;
            notices::tell(tx, portal, account, &new_letter(row.id, &row.number), now).await?;
        }
    }
    Ok(Ok((row.id, LineOutcome::Updated)))
}

/// Keeps in an account's history that it has a record no more.
pub(super) async fn unlinked(
    tx: &Tx<'_>,
    account: AccountId,
    id: RecordId,
    number: &str,
    now: Timestamp,
) -> Result<()> {
    history::record(tx, account, Entry::account(now, id, format!("Record unlinked: {number}"), "unlinked")).await
}

/// What those are told who linked a record with the code of an older letter.
fn new_letter(id: RecordId, number: &str) -> Notice {
    Notice::new(Topic::Account, format!("Record unlinked: {number}"))
        .says("We have sent a new letter for this record, with a new code. Until it is linked anew you do not see its bills.")
        .says("Is it still yours? Link it with the code of the new letter. What you paid stays in your history.")
        .fact("Record", number)
        .command(format!("citytime account records link \"{number}\""))
        .about(id)
}
