//! Make, list and revoke tokens, and whose a token is.

use super::{queries, rules};
use crate::{
    api::{
        endpoint::{Empty, InSession, Power, SignedIn},
        id::TokenId,
        money::Minor,
        page::Page,
        problem::Problem,
        time::Timestamp,
        token::{self, Token as Spelling},
        tokens::{self, NewToken, Token, TokenQuery},
        word::Word,
    },
    portal::{
        Portal,
        error::Result,
        history::{self, Entry},
        random::with_fresh_ids,
        sessions::proof,
        web::{
            context::Context,
            grant::{Caller, Credential},
            paging::{cut, id_cursor, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&tokens::CREATE, create).list(&tokens::LIST, list).add(&tokens::REVOKE, revoke)
}

async fn create(context: Context<InSession>, (): (), input: NewToken) -> Result<Token> {
    let (portal, now, account) = (&context.portal, context.now, context.account());
    let proof = input.proof.clone();
    let token = rules::checked(input, now, context.today, &portal.city().zone)?;
    proof::demand(&context, proof.as_ref()).await?;
    with_fresh_ids(|| async {
        let (id, bytes) = (portal.random().id()?, portal.random().bytes()?);
        let digest = Spelling::digest(&bytes);
        context
            .write(token.clone(), move |tx, token| {
                Box::pin(async move {
                    tx.about(id);
                    queries::insert(tx, id, &digest, account, token, now).await?;
                    let title = format!("Token made: {}", token.label);
                    history::record(tx, account, Entry::account(now, id, title, "active")).await
                })
            })
            .await?;
        let rules::Checked { label, scopes, expires_at, max_per_day } = token.clone();
        Ok(Token {
            id,
            token: Some(Spelling::from_bytes(token::Kind::Personal, bytes)),
            label,
            scopes,
            expires_at,
            max_per_day,
            spent_today: Minor::ZERO,
            currency: portal.city().currency,
            last_used_on: None,
            created_at: now,
        })
    })
    .await
}

async fn list(context: Context<SignedIn>, (): (), query: TokenQuery) -> Result<Page<Token>> {
    let (account, today) = (context.account(), context.today);
    let currency = context.portal.city().currency;
    let behind: TokenId = id_cursor(query.after.as_deref())?;
    let limit = limit(query.limit);
    let read =
        context.portal.store().read((), move |tx, ()| Box::pin(queries::list(tx, account, behind, limit.probe())));
    Ok(cut(read.await?, limit, |last| last.id.to_string(), |row| row.seen(currency, today)))
}

async fn revoke(context: Context<InSession>, id: TokenId, _: Empty) -> Result<Token> {
    let (account, now, today) = (context.account(), context.now, context.today);
    let currency = context.portal.city().currency;
    context
        .write(id, move |tx, &id| {
            Box::pin(async move {
                let Some(row) = queries::revoke(tx, id, account, now).await? else {
                    return Err(Problem::not_found("token", id).into());
                };
                let title = format!("Token revoked: {}", row.label);
                history::record(tx, account, Entry::account(now, id, title, "revoked")).await?;
                Ok(row.seen(currency, today))
            })
        })
        .await
}

/// Whose personal access token a digest belongs to.
pub async fn find_caller(portal: &Portal, digest: [u8; 32], now: Timestamp) -> Result<Option<Caller>> {
    let today = portal.today(now);
    let store = portal.store();
    let Some(found) = store.look(digest, |tx, digest| Box::pin(queries::find(tx, digest))).await? else {
        return Ok(None);
    };
    if found.expires_at > now && found.used_on.is_none_or(|day| day < today) {
        #[expect(clippy::disallowed_methods, reason = "a read stays a read: that it was made is kept once a day")]
        store.write(found.id, move |tx, &id| Box::pin(queries::touch(tx, id, today))).await?;
    }
    Ok(Some(Caller {
        account: found.account,
        username: found.username,
        role: found.role,
        powers: found.powers.split(' ').filter_map(Power::parse).collect(),
        terms_version: found.terms_version,
        status: found.status,
        expires_at: found.expires_at,
        credential: Credential::Token(found.id, rules::read(&found.scopes)),
    }))
}
