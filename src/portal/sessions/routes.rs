//! Sign in, sign out, and who a session belongs to.

use super::{queries, rules};
use crate::{
    api::{
        accounts::AccountStatus,
        endpoint::{Anyone, Empty, InSession, Power},
        problem::{Code, Problem},
        sessions::{self, Session, SignIn},
        time::Timestamp,
        token::{self, Token},
        word::Word,
    },
    portal::{
        Portal, audit,
        error::Result,
        store::Store,
        web::{
            context::Context,
            grant::{Caller, Credential},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&sessions::CREATE, create).add(&sessions::END, end)
}

async fn create(context: Context<Anyone>, (): (), input: SignIn) -> Result<Session> {
    let name = rules::canonical_username(&input.username);
    let store = context.portal.store();
    let found = store.read(name, |tx, name| Box::pin(queries::find_account(tx, name))).await?;
    // One verification on every path: an unknown name takes as long as a wrong password.
    let hash = found.as_ref().map(|account| account.password.clone());
    let right = context.portal.passwords().verify(input.password, hash).await?;
    let Some(account) = found.filter(|account| right && account.status != AccountStatus::Deactivated) else {
        let problem = Problem::new(Code::BadCredentials, "the name or the password is wrong")
            .hint("try again, or make an account: citytime account create");
        return Err(problem.into());
    };
    let bytes = context.portal.random().bytes()?;
    let expires_at = rules::expiry(context.now);
    let digest = Token::digest(&bytes);
    let (now, today) = (context.now, context.today);
    let cause = context.cause.clone().of_account(account.id, account.role).about(audit::session(&digest));
    let write = audit::write(store, cause, now, (digest, account.id), move |tx, (digest, account)| {
        Box::pin(queries::insert(tx, digest, *account, now, expires_at, today))
    });
    write.await?;
    Ok(Session { token: Token::from_bytes(token::Kind::Session, bytes), username: account.username, expires_at })
}

async fn end(context: Context<InSession>, (): (), _: Empty) -> Result<Empty> {
    if let Credential::Session(digest) = context.who.credential {
        context.write(digest, |tx, digest| Box::pin(queries::end(tx, digest))).await?;
    }
    Ok(Empty {})
}

/// Whose session a token's digest belongs to; an idle one has ended.
pub async fn find_caller(portal: &Portal, digest: [u8; 32], now: Timestamp) -> Result<Option<Caller>> {
    let today = portal.today(now);
    let store: &Store = portal.store();
    let Some(session) = store.read(digest, |tx, digest| Box::pin(queries::find(tx, digest))).await? else {
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
        expires_at: session.expires_at,
        credential: Credential::Session(digest),
    }))
}
