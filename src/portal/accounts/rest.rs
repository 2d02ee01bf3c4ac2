//! An account rests, and comes back as it was: nothing of it is lost, and nothing it began is cancelled.

use super::queries;
use crate::{
    api::{
        accounts::{AccountStatus, Deactivated, Deactivation},
        endpoint::{Anyone, InSession},
        problem::{Code, Problem},
        sessions::{Session, SignIn},
        token::{self, Token},
    },
    portal::{
        audit,
        error::{Error, Result},
        history::{self, Entry},
        notices::{self, Notice},
        sessions::{
            self, NewSession, canonical_username,
            door::{self, Knock},
            expiry, proof,
        },
        tokens,
        web::context::Context,
    },
};

/// Lets the account of whoever calls rest: from then on nobody is signed in to it.
pub(super) async fn deactivate(context: Context<InSession>, (): (), input: Deactivation) -> Result<Deactivated> {
    let (account, now) = (context.account(), context.now);
    proof::demand(&context, input.proof.as_ref()).await?;
    let username = context.who.username.clone();
    let portal = context.portal.clone();
    let write = context.write(portal, move |tx, portal| {
        Box::pin(async move {
            tx.about(account);
            // To the address itself: what is told to the account stops with this unit.
            let owner = super::routes::found(tx, account).await?;
            let notice = Notice::new(crate::api::notices::Topic::Account, "Your account is deactivated")
                .says("Every session and token has ended, and you get no more notices.")
                .says("Nothing was cancelled: bills stay due, payments on their way settle, applications go on.")
                .command("citytime account reactivate")
                .about(account);
            notices::mail_to(tx, portal, Some(account), &owner.email, &notice, now).await?;
            // The account first: whoever signs in meanwhile waits for it, and is refused.
            if !queries::rest(tx, account).await? {
                return Err(Error::from(Problem::new(Code::Conflict, "the account is deactivated already")));
            }
            let ended = sessions::end_others(tx, account, None).await?.len();
            let revoked = tokens::revoke_all(tx, account, now).await?;
            history::record(tx, account, Entry::account(now, account, "Account deactivated", "deactivated")).await?;
            Ok((ended, revoked))
        })
    });
    let (ended, revoked) = write.await?;
    Ok(Deactivated {
        account,
        username,
        status: AccountStatus::Deactivated,
        deactivated_at: now,
        sessions_ended: u32::try_from(ended).unwrap_or(u32::MAX),
        tokens_revoked: u32::try_from(revoked).unwrap_or(u32::MAX),
    })
}

/// Brings a resting account back, and signs its owner in.
pub(super) async fn reactivate(context: Context<Anyone>, (): (), input: SignIn) -> Result<Session> {
    let (portal, now, today) = (&context.portal, context.now, context.today);
    let username = canonical_username(&input.username);
    let knock = Knock { username, password: input.password, source: context.source, now, cause: context.cause.clone() };
    let opened = door::open(portal, knock).await?;
    if opened.account.status != AccountStatus::Deactivated {
        // The password was right: who asks is the owner, and may be told.
        #[expect(clippy::disallowed_methods, reason = "nothing is done but that the guess was none")]
        let settle = portal.store().write(opened.attempt, |tx, attempt| Box::pin(attempt.right(tx)));
        settle.await?;
        let problem = Problem::new(Code::Conflict, "the account is not deactivated");
        return Err(problem.hint("sign in: citytime login").into());
    }
    let (bytes, expires_at) = (portal.random().bytes()?, expiry(now));
    let username = opened.account.username.clone();
    let source = Some(context.source.to_string());
    let account = opened.account.id;
    let new = NewSession { digest: Token::digest(&bytes), account, now, expires_at, today, source };
    let cause = context.cause.clone().of_account(account, opened.account.role).about(account);
    let write = audit::write(portal.store(), cause, now, (opened, new), move |tx, (opened, new)| {
        Box::pin(async move {
            opened.attempt.right(tx).await?;
            // A password that was changed meanwhile opens nothing any more.
            if !queries::wake(tx, account, &opened.account.password).await? {
                return Err(door::wrong());
            }
            sessions::queries::insert(tx, new).await?;
            history::record(tx, account, Entry::account(now, account, "Account reactivated", "active")).await
        })
    });
    write.await?;
    Ok(Session { token: Token::from_bytes(token::Kind::Session, bytes), username, expires_at })
}
