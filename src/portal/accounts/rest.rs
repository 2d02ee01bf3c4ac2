//! An account is put to rest, and comes back as it was: nothing of it is lost, and nothing it began is cancelled.

use super::{queries, warning};
use crate::{
    api::{
        accounts::{AccountStatus, Deactivated, Deactivation},
        endpoint::{Anyone, InSession},
        id::AccountId,
        notices::Topic,
        problem::{Code, Problem},
        sessions::{Session, SignIn},
        time::Timestamp,
    },
    portal::{
        Portal, autopay,
        error::{Error, Result},
        history::{self, Entry},
        notices::{self, Notice},
        sessions::{
            self,
            enter::{self, Errand},
            proof,
        },
        store::Tx,
        tokens,
        web::context::Context,
    },
};

/// Puts the account of whoever calls to rest: from then on nobody is signed in to it, and it is told nothing.
pub(super) async fn deactivate(context: Context<InSession>, (): (), input: Deactivation) -> Result<Deactivated> {
    let (account, now) = (context.account(), context.now);
    proof::demand(&context, input.proof.as_ref()).await?;
    let write = context.write(context.portal.clone(), move |tx, portal| {
        Box::pin(async move {
            // The account first: whoever signs in meanwhile waits for it, and is refused.
            if !queries::rest(tx, account).await? {
                return Err(Error::from(Problem::new(Code::Conflict, "the account is deactivated already")));
            }
            tx.about(account);
            let ended = sessions::end_others(tx, account, None).await?.len();
            let revoked = tokens::revoke_all(tx, account, now).await?;
            autopay::account_rests(tx, account, now).await?;
            history::record(tx, account, Entry::account(now, account, "Account deactivated", "deactivated")).await?;
            farewell(tx, portal, account, now).await?;
            Ok((ended, revoked))
        })
    });
    let (ended, revoked) = write.await?;
    Ok(Deactivated {
        account,
        username: context.who.username.clone(),
        status: AccountStatus::Deactivated,
        deactivated_at: now,
        sessions_ended: u32::try_from(ended).unwrap_or(u32::MAX),
        tokens_revoked: u32::try_from(revoked).unwrap_or(u32::MAX),
    })
}

/// The last that is told: to the addresses themselves, as what is told to the account stops with this unit.
async fn farewell(tx: &Tx<'_>, portal: &Portal, account: AccountId, now: Timestamp) -> Result<()> {
    let notice = Notice::new(Topic::Account, "Your account is deactivated")
        .says("Every session, token and autopay rule has ended, and no more notices are sent.")
        .says("Nothing was cancelled: bills stay due, payments on their way settle, applications and requests go on.")
        .says("Sign in to bring it back as it was. If you did not do this, bring it back and change the password.")
        .command("citytime account reactivate")
        .about(account);
    let (first, second) = queries::confirmed(tx, account).await?;
    for address in [first, second].into_iter().flatten() {
        notices::mail_to(tx, portal, Some(account), &address, &notice, now).await?;
    }
    Ok(())
}

/// Brings a resting account back, and signs its owner in, through the door of every sign-in.
pub(super) async fn reactivate(context: Context<Anyone>, (): (), input: SignIn) -> Result<Session> {
    enter::enter(context, input, Errand::Return).await
}

/// Notes and tells that an account has come back, in the unit in which it does.
pub(crate) async fn returned(tx: &Tx<'_>, portal: &Portal, account: AccountId, now: Timestamp) -> Result<()> {
    tx.about(account);
    history::record(tx, account, Entry::account(now, account, "Account reactivated", "active")).await?;
    let what = "Your account was brought back, as it was, by whoever signed in with its password.";
    warning::tell(tx, portal, account, "Your account is active again", what, now).await
}
