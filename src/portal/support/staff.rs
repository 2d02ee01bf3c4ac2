//! What clerks do with tickets: list, show, answer, close, assign.

use super::{
    queries::{self, CaseRow},
    texts,
    ticket::{self, Said, Speaker},
};
use crate::{
    api::{
        endpoint::{Clerk, Empty, Power},
        id::{TicketId, TicketKind},
        page::Page,
        problem::Problem,
        support::{self, AssignTicket, CloseTicket, Reply, TicketCase, TicketCaseQuery},
        time::Timestamp,
    },
    portal::{
        accounts::clerks,
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        sessions,
        store::params,
        web::{
            context::Context,
            paging::{cut, limit, read_time_cursor, time_cursor},
            router::Routes,
        },
    },
};

/// The clerks' operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .list(&support::CASES, list)
        .add(&support::CASE, show)
        .add(&support::ANSWER, answer)
        .add(&support::CLOSE, close)
        .add(&support::ASSIGN, assign)
}

async fn list(context: Context<Clerk>, (): (), query: TicketCaseQuery) -> Result<Page<TicketCase>> {
    let limit = limit(query.limit);
    let behind = query
        .after
        .as_deref()
        .map_or(Ok((Timestamp::from_millisecond(i64::MIN), 0)), read_time_cursor::<TicketKind>)?;
    let assignee = match query.assignee {
        Some(name) if name == "me" => context.who.username.clone(),
        name => name.map(|name| sessions::canonical_username(&name)).unwrap_or_default(),
    };
    let writer = query.writer.map(|name| sessions::canonical_username(&name)).unwrap_or_default();
    let asked = (assignee, writer, query.status);
    let read = context.portal.store().read(asked, move |tx, (assignee, writer, status)| {
        Box::pin(async move {
            let probe = limit.probe();
            let rows: Vec<CaseRow> = match status {
                None => tx.rows(&queries::WAITING, &params![assignee, writer, behind.0, behind.1, probe]).await?,
                Some(status) => {
                    let key = params![assignee, writer, behind.0, behind.1, probe, *status];
                    tx.rows(&queries::STANDING, &key).await?
                }
            };
            Ok::<_, Error>(rows)
        })
    });
    let key = |last: &CaseRow| time_cursor(last.updated_at, last.id);
    Ok(cut(read.await?, limit, key, |row| row.seen(None)))
}

async fn show(context: Context<Clerk>, id: TicketId, _: Empty) -> Result<TicketCase> {
    load(&context, id).await
}

async fn load(context: &Context<Clerk>, id: TicketId) -> Result<TicketCase> {
    let read = context.portal.store().read(id, |tx, &id| Box::pin(queries::find_case(tx, id)));
    read.await?.ok_or_else(|| {
        let problem = Problem::not_found("support ticket", id);
        problem.hint("see those there are: citytime staff support list").into()
    })
}

async fn say(context: Context<Clerk>, id: TicketId, speaker: Speaker, text: Option<String>) -> Result<TicketCase> {
    let said = Said { portal: context.portal.clone(), speaker, text, now: context.now, claim: context.claim.clone() };
    context.write(said, move |tx, said| Box::pin(ticket::say(tx, said, id))).await?;
    load(&context, id).await
}

async fn answer(context: Context<Clerk>, id: TicketId, input: Reply) -> Result<TicketCase> {
    load(&context, id).await?;
    let speaker = Speaker::Answering(context.account());
    say(context, id, speaker, Some(texts::text(&input.text)?)).await
}

async fn close(context: Context<Clerk>, id: TicketId, input: CloseTicket) -> Result<TicketCase> {
    load(&context, id).await?;
    let speaker = Speaker::Closing(context.account());
    say(context, id, speaker, input.text.as_deref().map(texts::text).transpose()?).await
}

async fn assign(context: Context<Clerk>, id: TicketId, input: AssignTicket) -> Result<TicketCase> {
    load(&context, id).await?;
    let clerk = match input.to {
        None => context.account(),
        Some(name) => {
            let read =
                context.portal.store().read(name, |tx, name| Box::pin(clerks::with_power(tx, name, Power::Support)));
            read.await?
        }
    };
    let (now, claim) = (context.now, context.claim.clone());
    let unit = context.write(claim, move |tx, claim| {
        Box::pin(async move {
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                tx.execute(&queries::ASSIGN, &params![id, clerk]).await?;
            }
            Ok::<_, Error>(())
        })
    });
    unit.await?;
    load(&context, id).await
}
