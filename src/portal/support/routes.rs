//! The city and its support, for anyone, and one's own tickets.

use super::{
    queries::{self, TicketRow},
    rules, staff, texts,
    ticket::{self, Said, Speaker},
};
use crate::{
    api::{
        city::{self, City},
        endpoint::{Anyone, Empty, SignedIn},
        id::{TicketId, TicketKind},
        page::Page,
        problem::Problem,
        support::{self, Contact, Faq, FaqQuery, NewTicket, Reply, Ticket, TicketQuery},
        word::Word,
    },
    portal::{
        error::{Error, Result},
        random::with_fresh_ids,
        store::params,
        web::{
            context::Context,
            paging::{cut, foreign, limit, newest, read_time_cursor, time_cursor},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes.add(&city::WELL_KNOWN, show_city).add(&support::CONTACT, contact).list(&support::FAQ, faq);
    let routes = routes.add(&support::OPEN, open).list(&support::LIST, list).add(&support::SHOW, show);
    staff::routes(routes.add(&support::REPLY, reply))
}

async fn show_city(context: Context<Anyone>, (): (), _: Empty) -> Result<City> {
    Ok(context.portal.public().clone())
}

async fn contact(context: Context<Anyone>, (): (), _: Empty) -> Result<Contact> {
    let city = context.portal.city();
    let support = &context.portal.public().support;
    Ok(Contact {
        email: support.email.clone(),
        phone: support.phone.clone(),
        hours: support.hours.clone(),
        open_now: city.hours.open_at(context.now.in_zone(&city.zone).datetime()),
    })
}

async fn faq(context: Context<Anyone>, (): (), query: FaqQuery) -> Result<Page<Faq>> {
    let skipped = match query.after.as_deref() {
        Some(text) => text.parse().map_err(|_| foreign())?,
        None => 0_usize,
    };
    let found = rules::ranked(&context.portal.city().faq, query.words.as_deref().unwrap_or_default());
    let size = limit(query.limit).size();
    let next = (found.len() > skipped.saturating_add(size)).then(|| (skipped + size).to_string());
    Ok(Page { items: found.into_iter().skip(skipped).take(size).cloned().collect(), next })
}

async fn open(context: Context<SignedIn>, (): (), input: NewTicket) -> Result<Ticket> {
    let (portal, account) = (&context.portal, context.account());
    let (subject, text) = (texts::subject(&input.subject)?, texts::text(&input.text)?);
    let said = said(&context, text);
    let id = with_fresh_ids(|| async {
        let fresh: TicketId = portal.random().id()?;
        let unit = (said.clone(), subject.clone());
        context.write(unit, move |tx, (said, subject)| Box::pin(ticket::open(tx, said, subject, fresh))).await
    });
    let id = id.await?;
    let read = portal.store().read(id, move |tx, &id| Box::pin(queries::find(tx, id, account)));
    read.await?.ok_or_else(|| Problem::not_found("support ticket", id).into())
}

fn said(context: &Context<SignedIn>, text: String) -> Said {
    let (portal, claim) = (context.portal.clone(), context.claim.clone());
    Said { portal, speaker: Speaker::Writer(context.account()), text: Some(text), now: context.now, claim }
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: TicketQuery) -> Result<Page<Ticket>> {
    let account = context.account();
    let limit = limit(query.limit);
    let (at, id) = query.after.as_deref().map_or_else(|| Ok(newest()), read_time_cursor::<TicketKind>)?;
    let status = query.status.map(Word::as_str).unwrap_or_default();
    let read = context.portal.store().read(status, move |tx, status| {
        Box::pin(async move {
            let rows: Vec<TicketRow> =
                tx.rows(&queries::LIST, &params![account, *status, at, id, limit.probe()]).await?;
            Ok::<_, Error>(rows)
        })
    });
    let key = |last: &TicketRow| time_cursor(last.created_at, last.id);
    Ok(cut(read.await?, limit, key, |row| row.seen(None)))
}

async fn show(context: Context<SignedIn>, id: TicketId, _: Empty) -> Result<Ticket> {
    let account = context.account();
    let read = context.portal.store().read(id, move |tx, &id| Box::pin(queries::find(tx, id, account)));
    read.await?.ok_or_else(|| Problem::not_found("support ticket", id).into())
}

async fn reply(context: Context<SignedIn>, id: TicketId, input: Reply) -> Result<Ticket> {
    // Another person's ticket is not there, whatever is said in it.
    show(context.clone(), id, Empty {}).await?;
    let said = said(&context, texts::text(&input.text)?);
    context.write(said, move |tx, said| Box::pin(ticket::say(tx, said, id))).await?;
    show(context, id, Empty {}).await
}
