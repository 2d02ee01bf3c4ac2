//! Sign in, sign out, who a session belongs to, and which there are.

use super::{
    enter::{self, Errand},
    queries::{self, OpenRow},
    rules,
};
use crate::{
    api::{
        endpoint::{Anyone, Empty, InSession, Power, SignedIn},
        id::SessionId,
        page::Page,
        problem::Problem,
        sessions::{self, EndedSessions, OpenSession, Session, SessionQuery, SignIn},
        time::Timestamp,
        word::Word,
    },
    portal::{
        Portal,
        error::{Error, Result},
        history::{self, Entry},
        store::Store,
        web::{
            context::Context,
            grant::{Caller, Credential},
            paging::{cut, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&sessions::CREATE, create)
        .add(&sessions::END, end)
        .list(&sessions::LIST, list)
        .add(&sessions::REVOKE, revoke)
        .add(&sessions::REVOKE_OTHERS, revoke_others)
}

async fn create(context: Context<Anyone>, (): (), input: SignIn) -> Result<Session> {
    enter::enter(context, input, Errand::SignIn).await
}

async fn end(context: Context<InSession>, (): (), _: Empty) -> Result<Empty> {
    if let Credential::Session(digest) = context.who.credential {
        context.write(digest, |tx, digest| Box::pin(queries::end(tx, digest))).await?;
    }
    Ok(Empty {})
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: SessionQuery) -> Result<Page<OpenSession>> {
    let (account, now, current) = (context.account(), context.now, context.who.session());
    let idle_since = rules::idle_since(context.today);
    let behind = cursor(query.after.as_deref())?;
    let limit = limit(query.limit);
    let read = context
        .portal
        .store()
        .read((), move |tx, ()| Box::pin(queries::list(tx, account, (now, idle_since), behind, limit.probe())));
    let next = |last: &OpenRow| format!("{}.{}", last.created_at.as_millisecond(), queries::id_of(&last.digest));
    Ok(cut(read.await?, limit, next, |row| row.shown(current.as_ref())))
}

/// Where the list goes on: behind a time and an id.
fn cursor(after: Option<&str>) -> Result<(Timestamp, SessionId)> {
    let Some(after) = after else { return Ok((Timestamp::from_millisecond(i64::MAX), SessionId::new(0))) };
    let read = after.split_once('.').and_then(|(at, id)| {
        let at = at.parse().ok().map(Timestamp::from_millisecond)?;
        Some((at, id.parse().ok()?))
    });
    read.ok_or_else(|| Error::field("/after", "`after` is not what a page's `next` was"))
}

async fn revoke(context: Context<InSession>, id: SessionId, _: Empty) -> Result<OpenSession> {
    let (account, now, current) = (context.account(), context.now, context.who.session());
    context
        .write(id, move |tx, &id| {
            Box::pin(async move {
                let Some(row) = queries::revoke(tx, account, id).await? else {
                    return Err(Problem::not_found("session", id).into());
                };
                history::record(tx, account, Entry::account(now, id, "Session ended", "ended")).await?;
                Ok(row.shown(current.as_ref()))
            })
        })
        .await
}

async fn revoke_others(context: Context<InSession>, (): (), _: Empty) -> Result<EndedSessions> {
    let (account, now, current) = (context.account(), context.now, context.who.session());
    context
        .write((), move |tx, ()| {
            Box::pin(async move {
                let ended = queries::end_others(tx, account, current).await?;
                for session in &ended {
                    tx.about(queries::id_of(&session.digest));
                }
                if !ended.is_empty() {
                    let title = format!("Sessions ended: {}", ended.len());
                    history::record(tx, account, Entry::account(now, account, title, "ended")).await?;
                }
                Ok(EndedSessions { items: ended.into_iter().map(|row| row.shown(current.as_ref())).collect() })
            })
        })
        .await
}

/// Whose session a token's digest belongs to; an idle one has ended.
pub async fn find_caller(portal: &Portal, digest: [u8; 32], now: Timestamp) -> Result<Option<Caller>> {
    let today = portal.today(now);
    let store: &Store = portal.store();
    let Some(session) = store.look(digest, |tx, digest| Box::pin(queries::find(tx, digest))).await? else {
        return Ok(None);
    };
    if session.used_on < rules::idle_since(today) {
        return Ok(None);
    }
    if session.used_on < today {
        #[expect(clippy::disallowed_methods, reason = "a read stays a read: that it was made is kept once a day")]
        store.write(digest, move |tx, digest| Box::pin(queries::touch(tx, digest, today))).await?;
    }
    Ok(Some(Caller {
        account: session.account,
        username: session.username,
        role: session.role,
        powers: session.powers.split(' ').filter_map(Power::parse).collect(),
        terms_version: session.terms_version,
        status: session.status,
        expires_at: session.expires_at,
        credential: Credential::Session(digest),
    }))
}
