//! A list as a stream of lines: page after page in separate short reads, so that memory stays constant and no
//! snapshot is held while a slow caller reads.

use axum::body::Bytes;
use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;

use super::{answer, context::Context, grant::Grant, paging::STREAM_LIMIT};
use crate::{
    api::page::{ListQuery, Page},
    portal::error::{Error, Result},
};

/// Where a stream stands.
struct Feed<A: Grant, I, H> {
    context: Context<A>,
    query: I,
    /// How many more items were asked for, if not all: of a stream the limit is that of the whole.
    left: Option<u32>,
    handler: H,
}

/// All pages of a list as lines. The first page is read before this returns: what refuses it is a problem document,
/// and not a broken stream. A later failure ends the stream with an error, which ends the connection.
pub async fn lines<A, I, T, F, H>(
    context: Context<A>,
    mut query: I,
    handler: H,
) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<A, I, T, F, H>>
where
    A: Grant<Who: Clone + Sync>,
    I: ListQuery,
    T: Serialize + Send + 'static,
    F: Future<Output = Result<Page<T>>> + Send + 'static,
    H: Fn(Context<A>, (), I) -> F + Send + Sync + 'static,
{
    let left = query.limit_mut().take();
    if left == Some(0) {
        return Err(Error::field("/limit", "limit is at least 1"));
    }
    let (first, rest) = next_page(Feed { context, query, left, handler }).await?;
    let rest = stream::try_unfold(rest, async |feed| match feed {
        Some(feed) => next_page(feed).await.map(Some),
        None => Ok(None),
    });
    Ok(stream::once(async { Ok(first) }).chain(rest))
}

async fn next_page<A, I, T, F, H>(mut feed: Feed<A, I, H>) -> Result<(Bytes, Option<Feed<A, I, H>>)>
where
    A: Grant<Who: Clone>,
    I: ListQuery,
    T: Serialize,
    F: Future<Output = Result<Page<T>>>,
    H: Fn(Context<A>, (), I) -> F,
{
    *feed.query.limit_mut() = Some(feed.left.unwrap_or(STREAM_LIMIT).min(STREAM_LIMIT));
    let page = (feed.handler)(feed.context.clone(), (), feed.query.clone()).await?;
    let bytes = answer::page_lines(&page.items).map_err(Error::internal)?;
    let sent = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
    feed.left = feed.left.map(|left| left.saturating_sub(sent));
    let more = page.next.is_some() && feed.left != Some(0);
    *feed.query.after_mut() = page.next;
    Ok((bytes, more.then_some(feed)))
}
