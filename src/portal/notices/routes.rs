//! What an account was told and how it wants to be; what became of notices, for clerks.

use std::time::Duration;

use super::{
    queries::{self, Behind, NoticeRow},
    rules::{self, Stand, Texting},
};
use crate::{
    api::{
        endpoint::{Clerk, Empty, SignedIn},
        id::{AccountId, NoticeId},
        notices::{
            self, Choices, Delivery, DeliveryQuery, MarkedNotices, NewChoices, NewNotices, Notice, NoticeQuery,
            NoticeWait, ReadNotices, RetriedNotices, Retry,
        },
        page::Page,
        problem::{Code, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        error::{Error, Result},
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// How many notices can be named at once.
const MOST: usize = 200;
/// How long a question is held unless said, and at most, in seconds.
const HELD: u32 = 20;
const LONGEST_HELD: u32 = 60;
/// How often is looked whether something came.
const LOOK: Duration = Duration::from_millis(500);
/// How many notices are looked at for a question.
const LOOKED_AT: i64 = 500;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .list(&notices::LIST, list)
        .add(&notices::READ, read)
        .add(&notices::WAIT, wait)
        .add(&notices::CHOICES, choices)
        .add(&notices::CHOOSE, choose)
        .list(&notices::DELIVERIES, deliveries)
        .add(&notices::RETRY, retry)
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: NoticeQuery) -> Result<Page<Notice>> {
    let (account, limit) = (context.account(), limit(query.limit));
    let newest = Behind { at: Timestamp::from_millisecond(i64::MAX), id: 0 };
    let behind = query.after.as_deref().map_or(Ok(newest), cursor)?;
    let which = (query.topic, query.unread);
    let read = context
        .portal
        .store()
        .read((), move |tx, ()| Box::pin(queries::list(tx, account, behind, which, limit.probe())));
    let page = cut(
        read.await?,
        limit,
        |last| format!("{}.{}", last.created_at.as_millisecond(), last.id.number()),
        NoticeRow::seen,
    );
    Ok(Page { items: page.items.into_iter().collect::<Result<_>>()?, next: page.next })
}

fn cursor(text: &str) -> Result<Behind> {
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let (at, id) = parts.ok_or_else(no_cursor)?;
    Ok(Behind { at: Timestamp::from_millisecond(at), id })
}

fn no_cursor() -> Error {
    Error::field("/after", "`after` is not what a page's `next` was")
}

/// Refuses no notices, and too many.
fn named(ids: &[NoticeId]) -> Result<()> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(Error::field("/notices", format!("name at least one notice and at most {MOST}")));
    }
    Ok(())
}

async fn read(context: Context<SignedIn>, (): (), input: ReadNotices) -> Result<MarkedNotices> {
    named(&input.notices)?;
    let (account, now) = (context.account(), context.now);
    let write = context.write(input.notices, move |tx, ids| {
        Box::pin(async move {
            let mut items = Vec::with_capacity(ids.len());
            for &id in ids {
                let row = queries::read(tx, account, id, now).await?;
                items.push(row.ok_or_else(|| Error::from(Problem::not_found("notice", id)))?.seen()?);
            }
            Ok::<_, Error>(items)
        })
    });
    Ok(MarkedNotices { items: write.await? })
}

/// Holds the question until something has come, for as long as was asked.
async fn wait(context: Context<SignedIn>, (): (), input: NoticeWait) -> Result<NewNotices> {
    let (portal, account) = (&context.portal, context.account());
    let seconds = input.seconds.unwrap_or(HELD);
    if seconds > LONGEST_HELD {
        return Err(Error::field("/seconds", format!("seconds is at most {LONGEST_HELD}")));
    }
    let Some(after) = input.after else {
        let stand = Stand { at: context.now, seen: Vec::new() };
        let (_, stand) = arrived(portal, account, &stand).await?;
        return Ok(NewNotices { items: Vec::new(), after: stand.text() });
    };
    let stand = Stand::read(&after)?;
    let looking = async {
        loop {
            let (items, next) = arrived(portal, account, &stand).await?;
            if !items.is_empty() {
                return Ok(NewNotices { items, after: next.text() });
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    let nothing = || Ok(NewNotices { items: Vec::new(), after: stand.text() });
    tokio::select! {
        found = looking => found,
        () = tokio::time::sleep(Duration::from_secs(u64::from(seconds))) => nothing(),
        // Whoever asks again then asks another portal, or one that is there again.
        () = portal.stopping().cancelled() => nothing(),
    }
}

async fn arrived(portal: &Portal, account: AccountId, stand: &Stand) -> Result<(Vec<Notice>, Stand)> {
    let from = stand.from();
    let read = portal.store().read((), move |tx, ()| Box::pin(queries::since(tx, account, from, LOOKED_AT)));
    let rows = read.await?;
    let next = stand.after(&rows.iter().map(|row| (row.id.number(), row.created_at)).collect::<Vec<_>>());
    let new = rows.into_iter().filter(|row| !stand.seen.contains(&row.id.number()));
    Ok((new.map(NoticeRow::seen).collect::<Result<_>>()?, next))
}

pub(crate) async fn choices(context: Context<SignedIn>, (): (), _: Empty) -> Result<Choices> {
    let account = context.account();
    let read = context.portal.store().read((), move |tx, ()| Box::pin(queries::choices(tx, account)));
    Ok(Choices { items: read.await? })
}

async fn choose(context: Context<SignedIn>, (): (), input: NewChoices) -> Result<Choices> {
    let account = context.account();
    let has_service = context.portal.post().sms.is_some();
    let write = context.write(input.choices, move |tx, wanted| {
        Box::pin(async move {
            let texting = if has_service { queries::texting(tx, account).await? } else { Texting::NoService };
            for (topic, channels) in rules::chosen(wanted, texting)? {
                queries::choose(tx, account, topic, &channels).await?;
            }
            queries::choices(tx, account).await
        })
    });
    Ok(Choices { items: write.await? })
}

async fn deliveries(context: Context<Clerk>, (): (), query: DeliveryQuery) -> Result<Page<Delivery>> {
    let (status, limit) = (query.status, limit(query.limit));
    let behind = match query.after.as_deref() {
        None => (Timestamp::from_millisecond(i64::MAX), 0, String::new()),
        Some(text) => {
            let mut parts = text.split('.');
            let (at, id, channel) = (parts.next(), parts.next(), parts.next());
            let at = at.and_then(|at| at.parse().ok()).ok_or_else(no_cursor)?;
            let id = id.and_then(|id| id.parse().ok()).ok_or_else(no_cursor)?;
            (Timestamp::from_millisecond(at), id, channel.ok_or_else(no_cursor)?.to_owned())
        }
    };
    let read = context
        .portal
        .store()
        .read(behind, move |tx, behind| Box::pin(queries::deliveries(tx, status, behind, limit.probe())));
    Ok(cut(
        read.await?,
        limit,
        |last| format!("{}.{}.{}", last.changed_at.as_millisecond(), last.notice.number(), last.channel),
        Delivery::from,
    ))
}

async fn retry(context: Context<Clerk>, (): (), input: Retry) -> Result<RetriedNotices> {
    named(&input.notices)?;
    let now = context.now;
    let write = context.write(input.notices, move |tx, ids| {
        Box::pin(async move {
            let mut items = Vec::new();
            for &id in ids {
                let (again, rows) = queries::retry(tx, id, now).await?;
                if rows.is_empty() {
                    return Err(Error::from(Problem::not_found("notice", id)));
                }
                if again == 0 {
                    let stands = rows.first().map(|row| row.status.to_string()).unwrap_or_default();
                    let problem = Problem::new(Code::Conflict, format!("{id} was not given up: it is {stands}"));
                    return Err(problem
                        .hint("see those that were: citytime staff notices list --dead")
                        .about(id)
                        .into());
                }
                items.extend(rows.into_iter().map(Delivery::from));
            }
            Ok(items)
        })
    });
    Ok(RetriedNotices { items: write.await? })
}
