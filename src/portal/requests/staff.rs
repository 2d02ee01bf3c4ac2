//! What clerks do with requests: list, assign, note, close, reopen, tell duplicates.

use super::{
    change::{self, Author, Change, Deed},
    queries,
    routes::cursor,
    rules, view,
};
use crate::{
    api::{
        casework::{self, Assign, Case, CaseQuery, Close, DuplicateOf, Note, NoteAudience, Reopen},
        endpoint::{Clerk, Empty, Power},
        id::{RequestId, RequestKind},
        page::Page,
        problem::{FieldError, Problem},
        requests::RequestStatus,
        time::Timestamp,
        word::Word,
    },
    nearest::nearest,
    portal::{
        accounts::clerks,
        city::City,
        error::{Error, Result},
        store::params,
        web::{
            context::Context,
            paging::{cut, newest, read_time_cursor, short_limit},
            router::Routes,
        },
    },
};

/// The clerks' operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .list(&casework::STAFF_LIST, list)
        .add(&casework::STAFF_SHOW, show)
        .add(&casework::ASSIGN, assign)
        .add(&casework::NOTE, note)
        .add(&casework::CLOSE, close)
        .add(&casework::REOPEN, reopen)
        .add(&casework::DUPLICATE, duplicate)
}

/// Which cases a list has.
struct Selection {
    status: &'static str,
    service: String,
    department: String,
    assignee: String,
    expected_before: Option<Timestamp>,
    behind: (Timestamp, i64),
}

async fn list(context: Context<Clerk>, (): (), query: CaseQuery) -> Result<Page<Case>> {
    let (portal, clerk) = (context.portal.clone(), context.account());
    let overdue = query.overdue == Some(true);
    let status = if overdue { Some(RequestStatus::Open) } else { query.status };
    let selection = Selection {
        status: status.map(Word::as_str).unwrap_or_default(),
        service: query.service_code.map_or_else(|| Ok(String::new()), |code| service(&code, portal.city()))?,
        department: query.department.map_or_else(|| Ok(String::new()), |id| department(&id, portal.city()))?,
        assignee: query.assignee.unwrap_or_default(),
        expected_before: overdue.then_some(context.now),
        behind: query.after.as_deref().map_or_else(|| Ok(newest()), read_time_cursor::<RequestKind>)?,
    };
    let limit = short_limit(query.limit);
    let unit_portal = portal.clone();
    let read = portal.store().read(selection, move |tx, selection| {
        let portal = unit_portal.clone();
        Box::pin(async move {
            let Selection { status, service, department, assignee, expected_before, behind } = selection;
            let ((at, id), rows) = (behind, limit.probe());
            let values = params![*status, service, department, assignee, expected_before, at, id, rows];
            let rows = tx.rows(&queries::CASES, &values).await?;
            let mut cases = Vec::with_capacity(rows.len());
            for read in view::complete(tx, rows, Some(clerk)).await? {
                let key = cursor(&read);
                cases.push((key, view::case(tx, read, clerk, portal.city()).await?));
            }
            Ok::<_, Error>(cases)
        })
    });
    Ok(cut(read.await?, limit, |(key, _)| key.clone(), |(_, case)| case))
}

fn service(code: &str, city: &City) -> Result<String> {
    super::filing::service(code, city).map(|service| service.code.clone()).map_err(|error| {
        let Problem { detail, hint, .. } = *error.problem;
        Error::from(Problem { hint, ..Problem::invalid(vec![FieldError::new("/service_code", detail)]) })
    })
}

fn department(id: &str, city: &City) -> Result<String> {
    if city.department(id).is_some() {
        return Ok(id.to_owned());
    }
    let known = || city.departments.iter().map(|department| department.id.as_str());
    let near = nearest(id, known()).map_or_else(|| known().collect::<Vec<_>>().join(", "), str::to_owned);
    Err(Error::field("/department", format!("there is no department `{id}`; there is {near}")))
}

/// A case as it is now.
async fn shown(context: &Context<Clerk>, id: RequestId) -> Result<Case> {
    let (portal, clerk) = (context.portal.clone(), context.account());
    let read = context.portal.store().read(id, move |tx, &id| {
        let portal = portal.clone();
        Box::pin(async move {
            let row = queries::find(tx, id).await?.ok_or_else(|| Problem::not_found("service request", id))?;
            let read = view::complete_one(tx, row, Some(clerk)).await?;
            view::case(tx, read, clerk, portal.city()).await
        })
    });
    read.await
}

async fn show(context: Context<Clerk>, id: RequestId, _: Empty) -> Result<Case> {
    shown(&context, id).await
}

async fn act(
    context: Context<Clerk>,
    id: RequestId,
    deed: Deed,
    note: Option<String>,
    audience: NoteAudience,
) -> Result<Case> {
    let change = Change {
        id,
        author: Author::Clerk(context.account()),
        deed,
        note: note.map(|note| rules::text("/note", &note)).transpose()?,
        audience,
        media: None,
        now: context.now,
        reopen_days: context.portal.city().requests.reopen_days,
        claim: context.claim.clone(),
    };
    let unit = (context.portal.clone(), change);
    context.write(unit, |tx, (portal, change)| Box::pin(change::change(tx, portal, change))).await?;
    shown(&context, id).await
}

async fn assign(context: Context<Clerk>, id: RequestId, input: Assign) -> Result<Case> {
    shown(&context, id).await?;
    if input.to.is_none() && input.department.is_none() {
        return Err(Error::field("", "to whom? name a clerk (`to`) or a `department`"));
    }
    let department = input.department.map(|id| department(&id, context.portal.city())).transpose()?;
    let clerk = match input.to {
        Some(name) => {
            let read =
                context.portal.store().read(name, |tx, name| Box::pin(clerks::with_power(tx, name, Power::Requests)));
            Some(read.await?)
        }
        None => None,
    };
    act(context, id, Deed::Assign { clerk, department }, None, NoteAudience::Internal).await
}

async fn note(context: Context<Clerk>, id: RequestId, input: Note) -> Result<Case> {
    shown(&context, id).await?;
    let text = rules::text("/text", &input.text)?;
    act(context, id, Deed::Note(input.status), Some(text), input.audience).await
}

async fn close(context: Context<Clerk>, id: RequestId, input: Close) -> Result<Case> {
    act(context, id, Deed::Close(input.reason), input.note, NoteAudience::Public).await
}

async fn reopen(context: Context<Clerk>, id: RequestId, input: Reopen) -> Result<Case> {
    act(context, id, Deed::Reopen, input.note, NoteAudience::Public).await
}

async fn duplicate(context: Context<Clerk>, id: RequestId, input: DuplicateOf) -> Result<Case> {
    act(context, id, Deed::Duplicate(input.of), None, NoteAudience::Public).await
}
