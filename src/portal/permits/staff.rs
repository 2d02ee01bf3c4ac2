//! What clerks do.

use super::{
    change::{Change, Doing, move_on},
    queries,
    routes::{detailed, load, page},
    rules::{Event, Viewer},
};
use crate::{
    api::{
        endpoint::{Clerk, Empty, Power},
        id::{PermitId, PermitKind},
        page::Page,
        permits::{self, Assignment, CaseQuery, Decision, Inquiry, Permit, Remark, Verdict},
        time::Timestamp,
    },
    portal::{
        accounts::clerks,
        error::{Error, Result},
        store::params,
        web::{
            context::Context,
            paging::{read_time_cursor, short_limit},
            router::Routes,
        },
    },
};

/// How long what is said may be, in characters.
const LONGEST_NOTE: usize = 4_000;

/// The clerks' operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .list(&permits::CASES, cases)
        .add(&permits::CASE, case)
        .add(&permits::ASSIGN, assign)
        .add(&permits::ASK, ask)
        .add(&permits::DECIDE, decide)
        .add(&permits::ISSUE, issue)
}

/// Words that say something, within bounds.
pub(super) fn said(pointer: &str, note: &str) -> Result<String> {
    let note = note.trim();
    if note.is_empty() {
        return Err(Error::field(pointer, "it is empty: say something"));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::field(pointer, format!("it has more than {LONGEST_NOTE} characters")));
    }
    Ok(note.to_owned())
}

async fn cases(context: Context<Clerk>, (): (), query: CaseQuery) -> Result<Page<Permit>> {
    let limit = short_limit(query.limit);
    let behind = query
        .after
        .as_deref()
        .map_or(Ok((Timestamp::from_millisecond(i64::MIN), 0)), read_time_cursor::<PermitKind>)?;
    let clerk = match query.assignee {
        Some(name) if name == "me" => context.who.username.clone(),
        name => name.unwrap_or_default(),
    };
    let asked = (query.kind.unwrap_or_default(), clerk, query.status);
    let read = context.portal.store().read(asked, move |tx, (kind, clerk, status)| {
        Box::pin(async move {
            let probe = limit.probe();
            let rows = match status {
                None => tx.rows(&queries::QUEUE, &params![kind, clerk, behind.0, behind.1, probe]).await?,
                Some(status) => {
                    let key = params![kind, clerk, behind.0, behind.1, probe, *status];
                    tx.rows(&queries::STANDING, &key).await?
                }
            };
            detailed(tx, rows).await
        })
    });
    let at = |row: &queries::PermitRow| row.submitted_at.unwrap_or(row.created_at);
    Ok(page(&context.portal, read.await?, limit, Viewer::Clerk, at))
}

async fn case(context: Context<Clerk>, id: PermitId, _: Empty) -> Result<Permit> {
    load(&context.portal, Viewer::Clerk, None, id).await
}

async fn make(
    context: &Context<Clerk>,
    id: PermitId,
    doing: Doing,
    note: Option<String>,
    version: Option<i64>,
) -> Result<Permit> {
    let change = Change {
        portal: context.portal.clone(),
        id,
        doing,
        actor: Some(context.account()),
        version,
        note,
        now: context.now,
        claim: context.claim.clone(),
    };
    context.write(change, |tx, change| Box::pin(move_on(tx, change))).await?;
    load(&context.portal, Viewer::Clerk, None, id).await
}

async fn assign(context: Context<Clerk>, id: PermitId, input: Assignment) -> Result<Permit> {
    let clerk = match input.to {
        None => context.account(),
        Some(name) => {
            let find =
                context.portal.store().read(name, |tx, name| Box::pin(clerks::with_power(tx, name, Power::Permits)));
            find.await?
        }
    };
    make(&context, id, Doing::Assign(clerk), None, None).await
}

async fn ask(context: Context<Clerk>, id: PermitId, input: Inquiry) -> Result<Permit> {
    let note = said("/note", &input.note)?;
    make(&context, id, Doing::Clerk(Event::Ask), Some(note), None).await
}

async fn decide(context: Context<Clerk>, id: PermitId, input: Verdict) -> Result<Permit> {
    let reason = input.reason.as_deref().map(|reason| said("/reason", reason)).transpose()?;
    let event = match (input.decision, &reason) {
        (Decision::Approve, _) => Event::Approve,
        (Decision::Deny, Some(_)) => Event::Deny,
        (Decision::Deny, None) => return Err(Error::field("/reason", "a denial needs its reason")),
    };
    make(&context, id, Doing::Clerk(event), reason, input.version).await
}

async fn issue(context: Context<Clerk>, id: PermitId, input: Remark) -> Result<Permit> {
    let note = input.note.as_deref().map(|note| said("/note", note)).transpose()?;
    make(&context, id, Doing::Clerk(Event::Issue), note, None).await
}
