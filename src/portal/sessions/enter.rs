//! Going in: whoever the door lets through gets a session, in the unit of what they come for.

use super::{
    door::{self, Knock, Opened},
    queries::{self, NewSession},
    rules,
};
use crate::{
    api::{
        accounts::AccountStatus,
        endpoint::Anyone,
        problem::{Code, Problem},
        sessions::{Session, SignIn},
        token::{self, Token},
    },
    portal::{
        accounts::{self, rest},
        audit,
        error::Result,
        store::Tx,
        web::context::Context,
    },
};

/// What somebody comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// To sign in to an account that is in use.
    SignIn,
    /// To bring back one that was put to rest.
    Return,
}

/// Lets somebody in. Whatever they come for, the door is the same: the limiter, one verification of the password, and
/// the second factor where the account has one.
///
/// # Errors
/// The door's own, which is also what a sign-in to an account that rests gets; [`Code::Conflict`] for the return of one
/// that does not rest: whoever is told so has shown that it is theirs.
pub(crate) async fn enter(context: Context<Anyone>, input: SignIn, errand: Errand) -> Result<Session> {
    let (portal, now, today) = (context.portal.clone(), context.now, context.today);
    let SignIn { username, password, code } = input;
    let (username, source) = (rules::canonical_username(&username), context.source);
    let knock = Knock { username, password, code, source, now, cause: context.cause.clone() };
    let opened = door::open(&portal, knock).await?;
    match (errand, opened.account.status) {
        (Errand::SignIn, AccountStatus::Deactivated) => return Err(door::wrong()),
        (Errand::Return, AccountStatus::Active | AccountStatus::Unverified) => {
            opened.turn_back(&portal).await?;
            let problem = Problem::new(Code::Conflict, "the account is not deactivated");
            return Err(problem.hint("sign in: citytime login").into());
        }
        _ => {}
    }
    let (bytes, expires_at) = (portal.random().bytes()?, rules::expiry(now));
    let (account, username) = (opened.account.id, opened.account.username.clone());
    let digest = Token::digest(&bytes);
    let new = NewSession { digest, account, now, expires_at, today, source: Some(source.to_string()) };
    let cause = context.cause.of_account(account, opened.account.role).about(audit::session(&digest));
    let write =
        audit::write(portal.store(), cause, now, (portal.clone(), opened, new), move |tx, (portal, opened, new)| {
            Box::pin(async move {
                opened.enter(tx).await?;
                if !still(tx, opened, errand).await? {
                    return Err(door::wrong());
                }
                queries::insert(tx, new).await?;
                match errand {
                    Errand::SignIn => Ok(()),
                    Errand::Return => rest::returned(tx, portal, account, now).await,
                }
            })
        });
    write.await?;
    Ok(Session { token: Token::from_bytes(token::Kind::Session, bytes), username, expires_at })
}

/// Whether the account is as it was at the door, and stays so until the unit ends: a password that was changed meanwhile
/// opens nothing any more.
async fn still(tx: &Tx<'_>, opened: &Opened, errand: Errand) -> Result<bool> {
    match errand {
        Errand::SignIn => queries::hold(tx, &opened.account).await,
        Errand::Return => accounts::queries::wake(tx, opened.account.id, &opened.account.password).await,
    }
}
