//! The clerks' operations: publish, call off, who is registered, who was there.

use std::sync::Arc;

use super::{publishing, queries, routes::whole, rules};
use crate::{
    api::{
        endpoint::Clerk,
        id::ProgramId,
        page::Page,
        problem::{Code, Problem},
        programs::{self, AttendanceLine, Cancellation, Program, ProgramLine, Registration, RosterQuery},
        staff::{Import, Imported},
    },
    portal::{
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        random::with_fresh_ids,
        staff::imports::{check_size, draw, tell},
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The clerks' operations.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .add(&programs::PUBLISH, publish)
        .add(&programs::CALL_OFF, call_off)
        .list(&programs::ROSTER, roster)
        .add(&programs::ATTENDANCE, attendance)
}

async fn publish(context: Context<Clerk>, (): (), input: Import<ProgramLine>) -> Result<Imported> {
    check_size(input.lines.len())?;
    let (portal, now) = (&context.portal, context.now);
    let lines = Arc::new(input.lines);
    with_fresh_ids(|| async {
        let ids: Vec<ProgramId> = draw(portal, lines.len())?;
        let unit = (portal.clone(), Arc::clone(&lines), ids);
        let write = context.write(unit, move |tx, (portal, lines, ids)| {
            Box::pin(async move {
                let mut told = Vec::with_capacity(lines.len());
                for (line, &fresh) in lines.iter().zip(ids) {
                    let outcome = publishing::publish(tx, portal, fresh, line, now).await?;
                    told.push(tell(tx, line.line, &line.number, outcome));
                }
                Ok::<_, Error>(told)
            })
        });
        Ok(Imported { lines: write.await? })
    })
    .await
}

async fn call_off(context: Context<Clerk>, id: ProgramId, input: Cancellation) -> Result<Program> {
    let reason = input.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        let detail = format!("say why, in at most {LONGEST_REASON} characters: whoever is registered reads it");
        return Err(Error::field("/reason", detail));
    }
    let (portal, now) = (&context.portal, context.now);
    let unit = (portal.clone(), context.claim.clone(), reason);
    let write = context.write(unit, move |tx, (portal, claim, reason)| {
        Box::pin(async move {
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                publishing::call_off(tx, portal, id, reason, now).await?;
            }
            let row = queries::find(tx, id).await?;
            row.ok_or_else(|| Error::from(Problem::not_found("program", id)))
        })
    });
    Ok(rules::seen(write.await?, portal.city().currency, now))
}

async fn roster(context: Context<Clerk>, (): (), query: RosterQuery) -> Result<Page<Registration>> {
    let Some(program) = query.program else {
        return Err(Error::field("/program", "say which program: program=PRG-…"));
    };
    let limit = limit(query.limit);
    let wrong = |_| Error::field("/after", "`after` is not what a page's `next` was");
    let behind: i64 = query.after.as_deref().map_or(Ok(-1), str::parse).map_err(wrong)?;
    let status = query.status.map_or_else(String::new, |status| status.to_string());
    let read = context.portal.store().read(status, move |tx, status| {
        Box::pin(async move {
            if queries::find(tx, program).await?.is_none() {
                return Err(Error::from(Problem::not_found("program", program)));
            }
            queries::roster(tx, program, status, behind, limit.probe()).await
        })
    });
    whole(cut(read.await?, limit, |last| last.ticket.to_string(), rules::registered))
}

async fn attendance(context: Context<Clerk>, id: ProgramId, input: Import<AttendanceLine>) -> Result<Imported> {
    check_size(input.lines.len())?;
    let now = context.now;
    let write = context.write(input.lines, move |tx, lines| {
        Box::pin(async move {
            let program = queries::lock(tx, id).await?;
            let program = program.ok_or_else(|| Error::from(Problem::not_found("program", id)))?;
            if now < program.starts_at {
                let detail = format!("`{}` has not begun: nobody was there yet", program.title);
                let hint = format!("it begins at {}", program.starts_at);
                return Err(Problem::new(Code::Conflict, detail).hint(hint).about(id).into());
            }
            let mut told = Vec::with_capacity(lines.len());
            for line in lines {
                let outcome = publishing::attend(tx, id, line.registration, now).await?;
                told.push(tell(tx, line.line, &line.registration.to_string(), outcome));
            }
            Ok::<_, Error>(told)
        })
    });
    Ok(Imported { lines: write.await? })
}
