//! List and show programs; register, list one's registrations, cancel.

use super::{booking, queries, rules};
use crate::{
    api::{
        endpoint::{Anyone, Empty, SignedIn},
        id::{ProgramId, RegistrationId, RegistrationKind},
        page::Page,
        problem::Problem,
        programs::{self, NewRegistration, Program, ProgramQuery, Registration, RegistrationQuery},
        time::Timestamp,
    },
    portal::{
        error::Result,
        idempotency::{Claim, Claimed},
        random::with_fresh_ids,
        web::{
            context::Context,
            paging::{cut, limit, read_time_cursor, time_cursor},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .list(&programs::LIST, list)
        .add(&programs::SHOW, show)
        .add(&programs::REGISTER, register)
        .list(&programs::REGISTRATIONS, registrations)
        .add(&programs::REGISTRATION, registration)
        .add(&programs::CANCEL, cancel);
    super::roster::routes(routes)
}

async fn list(context: Context<Anyone>, (): (), query: ProgramQuery) -> Result<Page<Program>> {
    let (city, now) = (context.portal.city(), context.now);
    let limit = limit(query.limit);
    let selection = rules::selection(query, context.today, city)?;
    let read = context
        .portal
        .store()
        .read(selection, move |tx, selection| Box::pin(queries::list(tx, selection, now, limit.probe())));
    let cursor = |last: &queries::ProgramRow| time_cursor(last.starts_at, last.id);
    Ok(cut(read.await?, limit, cursor, |row| rules::seen(row, city.currency, now)))
}

async fn show(context: Context<Anyone>, id: ProgramId, _: Empty) -> Result<Program> {
    let found = context.portal.store().read(id, |tx, &id| Box::pin(queries::find(tx, id))).await?;
    let row = found.ok_or_else(|| Problem::not_found("program", id))?;
    Ok(rules::seen(row, context.portal.city().currency, context.now))
}

async fn register(context: Context<SignedIn>, program: ProgramId, new: NewRegistration) -> Result<Registration> {
    let claim = context.required_claim()?;
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let asked = booking::Asked { portal: portal.clone(), account, program, new, now };
    let unit = (asked, claim);
    with_fresh_ids(|| async {
        let id: RegistrationId = portal.random().id()?;
        let write = context.write(unit.clone(), move |tx, (asked, claim)| {
            Box::pin(async move {
                let id = booking::register(tx, asked, claim, id).await?;
                booking::shown(tx, Some(account), id).await
            })
        });
        write.await
    })
    .await
}

pub(crate) async fn registrations(
    context: Context<SignedIn>,
    (): (),
    query: RegistrationQuery,
) -> Result<Page<Registration>> {
    let account = context.account();
    let limit = limit(query.limit);
    let (from, to) = rules::span(query.from, query.to, context.today, &context.portal.city().zone);
    let start = || Ok((Timestamp::from_millisecond(i64::MIN), -1));
    let behind = query.after.as_deref().map_or_else(start, read_time_cursor::<RegistrationKind>)?;
    let status = query.status.map_or_else(String::new, |status| status.to_string());
    let read = context.portal.store().read(status, move |tx, status| {
        Box::pin(queries::list_mine(tx, account, status, (from, to), behind, limit.probe()))
    });
    let cursor = |last: &queries::RegistrationRow| time_cursor(last.starts_at, last.id);
    whole(cut(read.await?, limit, cursor, rules::registered))
}

/// A page whose items could all be read.
pub(super) fn whole<T>(page: Page<Result<T>>) -> Result<Page<T>> {
    Ok(Page { items: page.items.into_iter().collect::<Result<_>>()?, next: page.next })
}

async fn registration(context: Context<SignedIn>, id: RegistrationId, _: Empty) -> Result<Registration> {
    let account = context.account();
    context.portal.store().read(id, move |tx, &id| Box::pin(booking::shown(tx, Some(account), id))).await
}

async fn cancel(context: Context<SignedIn>, id: RegistrationId, _: Empty) -> Result<Registration> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let unit = (portal.clone(), context.claim.clone());
    with_fresh_ids(|| async {
        let write = context.write(unit.clone(), move |tx, (portal, claim)| {
            Box::pin(async move {
                if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                    booking::cancel(tx, portal, account, id, now).await?;
                }
                booking::shown(tx, Some(account), id).await
            })
        });
        write.await
    })
    .await
}
