//! Imports: each line is taken or refused by itself, and importing the same file again changes nothing. Under the same
//! key nothing is even looked at again: what was told then is told once more.

use crate::{
    api::{
        endpoint::Clerk,
        id::{BillId, RecordId},
        problem::FieldError,
        problem::Problem,
        staff::{BillLine, Import, Imported, ImportedLine, LineOutcome, RecordLine},
    },
    portal::{
        Portal, bills, error::Result, idempotency::Claim, random::with_fresh_ids, records, store::Tx,
        web::context::Context,
    },
};

/// The most lines of one import.
const MOST_LINES: usize = 500;

/// Imports city records, all lines in one unit.
pub async fn records(context: &Context<Clerk>, import: Import<RecordLine>) -> Result<Imported> {
    check_size(import.lines.len())?;
    let (portal, now) = (&context.portal, context.now);
    let lines = std::sync::Arc::new(import.lines);
    with_fresh_ids(|| async {
        let ids: Vec<RecordId> = draw(portal, lines.len())?;
        let unit = context.write(
            (portal.clone(), lines.clone(), ids, context.claim.clone()),
            move |tx, (portal, lines, ids, claim)| {
                Box::pin(async move {
                    if let Some(told) = Claim::answered(claim.as_ref(), tx, now).await? {
                        return Ok(told);
                    }
                    let mut told = Vec::with_capacity(lines.len());
                    for (line, &fresh) in lines.iter().zip(ids) {
                        let outcome = match records::rules::refusal(line) {
                            Some(detail) => Err(detail),
                            None => records::import(tx, portal, fresh, line, now).await?,
                        };
                        told.push(tell(tx, line.line, &line.number, outcome));
                    }
                    answer(claim.as_ref(), tx, told).await
                })
            },
        );
        unit.await
    })
    .await
}

/// Imports bills, all lines in one unit.
pub async fn bills(context: &Context<Clerk>, import: Import<BillLine>) -> Result<Imported> {
    check_size(import.lines.len())?;
    let (portal, now) = (&context.portal, context.now);
    let lines: Vec<_> =
        import.lines.into_iter().map(|line| (bills::rules::refusal(&line, portal.city()), line)).collect();
    let lines = std::sync::Arc::new(lines);
    with_fresh_ids(|| async {
        let ids: Vec<BillId> = draw(portal, lines.len())?;
        let unit = context.write((lines.clone(), ids, context.claim.clone()), move |tx, (lines, ids, claim)| {
            Box::pin(async move {
                if let Some(told) = Claim::answered(claim.as_ref(), tx, now).await? {
                    return Ok(told);
                }
                let mut told = Vec::with_capacity(lines.len());
                for ((refusal, line), &fresh) in lines.iter().zip(ids) {
                    let outcome = match refusal {
                        Some(detail) => Err(detail.clone()),
                        None => match records::queries::find(tx, &line.record).await? {
                            Some(record) => bills::queries::import(tx, fresh, record.id, line, now).await?,
                            None => Err(format!("there is no record {}; import it first", line.record.trim())),
                        },
                    };
                    told.push(tell(tx, line.line, &line.number, outcome));
                }
                answer(claim.as_ref(), tx, told).await
            })
        });
        unit.await
    })
    .await
}

/// What became of all lines, kept under the caller's key.
pub(crate) async fn answer(claim: Option<&Claim>, tx: &Tx<'_>, lines: Vec<ImportedLine>) -> Result<Imported> {
    let imported = Imported { lines };
    Claim::keep(claim, tx, &imported).await?;
    Ok(imported)
}

/// Refuses more lines than are taken at once.
pub(crate) fn check_size(lines: usize) -> Result<()> {
    if lines <= MOST_LINES {
        return Ok(());
    }
    let detail = format!("{lines} lines are more than the {MOST_LINES} that are taken at once");
    Err(Problem::invalid(vec![FieldError::new("/lines", detail)]).into())
}

/// So many fresh ids.
pub(crate) fn draw<K: crate::api::id::Kind>(portal: &Portal, count: usize) -> Result<Vec<crate::api::id::Id<K>>> {
    (0..count).map(|_| portal.random().id()).collect()
}

/// What became of a line; the audit trail tells what it made or changed.
pub(crate) fn tell(
    tx: &Tx<'_>,
    line: u64,
    number: &str,
    outcome: Result<(impl std::fmt::Display, LineOutcome), String>,
) -> ImportedLine {
    let number = number.trim().to_owned();
    if let Ok((id, LineOutcome::Created | LineOutcome::Updated)) = &outcome {
        tx.about(id);
    }
    match outcome {
        Ok((id, outcome)) => ImportedLine { line, number, outcome, id: Some(id.to_string()), detail: None },
        Err(detail) => ImportedLine { line, number, outcome: LineOutcome::Refused, id: None, detail: Some(detail) },
    }
}
