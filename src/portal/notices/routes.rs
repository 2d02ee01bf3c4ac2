//! What an account was told: the list of it, and what of it was read.

use super::queries::{self, Behind, NoticeRow};
use crate::{
    api::{
        endpoint::SignedIn,
        notices::{self, Notice, NoticeQuery, ReadNotices},
        page::Page,
        problem::Problem,
        time::Timestamp,
    },
    portal::{
        error::{Error, Result},
        web::{
            context::Context,
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// How many notices can be marked at once.
const MOST: usize = 200;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.list(&notices::LIST, list).add(&notices::READ, read)
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: NoticeQuery) -> Result<Page<Notice>> {
    let (account, limit) = (context.account(), limit(query.limit));
    let newest = Behind { at: Timestamp::from_millisecond(i64::MAX), id: 0 };
    let behind = query.after.as_deref().map_or(Ok(newest), cursor)?;
    let which = (query.topic, query.unread);
    let read = context.portal.store().read((), move |tx, ()| {
        Box::pin(queries::list(tx, account, behind, which, limit.probe()))
    });
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
    let (at, id) = parts.ok_or_else(|| Error::field("/after", "`after` is not what a page's `next` was"))?;
    Ok(Behind { at: Timestamp::from_millisecond(at), id })
}

async fn read(context: Context<SignedIn>, (): (), input: ReadNotices) -> Result<Page<Notice>> {
    if input.notices.is_empty() || input.notices.len() > MOST {
        return Err(Error::field("/notices", format!("name at least one notice and at most {MOST}")));
    }
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
    Ok(Page { items: write.await?, next: None })
}
