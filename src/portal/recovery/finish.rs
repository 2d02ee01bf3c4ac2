//! The code sets a new password: every session ends, every address is told, and a second factor stays what it was.

use super::queries::{self, OwnerRow};
use crate::{
    api::{
        problem::Problem,
        recovery::{AssistedStatus, Recovered},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        accounts::{self, letters},
        codes::{self, Code, Presented, Purpose, Wanted},
        error::{Error, Result},
        guard::{self, Subject},
        history::{self, Entry},
        mfa, notices,
        sessions::{self, passwords},
        store::Tx,
        web::{context::Context, grant::Grant, source::Source},
    },
};

/// What such codes are for.
const WANTED: Wanted = Wanted { purposes: &[Purpose::Recovery], account: None };

/// Whose password a code would set: nothing is used up.
pub(crate) async fn look<A: Grant>(context: &Context<A>, code: &Secret) -> Result<OwnerRow> {
    let (portal, source, now) = (&context.portal, context.source, context.now);
    let code = Code::read(code)?;
    // Limited before anything is hashed; a handle is guessed at as a name is.
    let attempt = guard::begin(portal, Subject::new("recovery", code.handle()), source, now).await?;
    #[expect(clippy::disallowed_methods, reason = "tries are counted; nothing is changed by looking")]
    let unit = portal.store().write((code, attempt), move |tx, (code, attempt)| {
        Box::pin(async move {
            match codes::present(tx, code, WANTED, now).await? {
                Ok(presented) => {
                    attempt.right(tx).await?;
                    Ok(Ok(owner(tx, &presented).await?))
                }
                Err(problem) => Ok(Err(problem)),
            }
        })
    });
    let found: Result<Result<OwnerRow, Problem>> = unit.await;
    Ok(found??)
}

/// Sets the password, once the code and the password will do.
pub(crate) async fn finish<A: Grant>(context: &Context<A>, code: &Secret, password: Secret) -> Result<Recovered> {
    let (portal, source, now) = (&context.portal, context.source, context.now);
    let found = look(context, code).await?;
    let about = [&found.username, &found.name, &found.email, &portal.city().name].map(String::as_str);
    // Recovery never removes a second factor; beside one a shorter password will do.
    passwords::check(&password, &about, mfa::check::factors(portal, found.id).await?)?;
    let salt = portal.random().salt()?;
    let hash = portal.passwords().hash(password, salt).await?;
    let input = (portal.clone(), Code::read(code)?, hash);
    let unit = context.write(input, move |tx, (portal, code, hash)| {
        Box::pin(async move {
            match codes::present(tx, code, WANTED, now).await? {
                Ok(presented) => Ok(Ok(set(tx, portal, &presented, hash, source, now).await?)),
                Err(problem) => {
                    // That it was tried is kept, and is what was done.
                    tx.refused();
                    Ok(Err(problem))
                }
            }
        })
    });
    let recovered: Result<Result<Recovered, Problem>> = unit.await;
    Ok(recovered??)
}

async fn set(
    tx: &Tx<'_>,
    portal: &Portal,
    presented: &Presented,
    hash: &str,
    source: Source,
    now: Timestamp,
) -> Result<Recovered> {
    codes::consume(tx, presented, now).await?;
    tx.about(presented.account);
    let owner = owner(tx, presented).await?;
    // The account first: whoever is signing in with the old password waits for it, or is ended with the others.
    accounts::queries::set_password(tx, owner.id, hash).await?;
    let told = letters::recovered(portal.city(), &owner.username, &presented.address);
    if queries::led_to(tx, owner.id, &presented.address, now).await? {
        queries::move_to(tx, owner.id, &presented.address).await?;
        // The address it had is none of the account's any more, and is told all the same.
        if let Some(address) = owner.trusted().first() {
            notices::mail_to(tx, portal, Some(owner.id), address, &told, now).await?;
        }
    } else {
        // Whoever reads the mail of an address has shown that it is theirs.
        accounts::queries::confirm_email(tx, owner.id, &presented.address).await?;
    }
    // Whoever is back needs no clerk any more.
    queries::end_assisted(tx, owner.id, AssistedStatus::Finished, now).await?;
    let ended = sessions::end_others(tx, owner.id, None).await?.len();
    let tokens_left = queries::tokens_left(tx, owner.id, now).await?;
    // Wrong passwords that were tried from here before are no reason to wait now.
    guard::owner_was_here(tx, Subject::new("password", &owner.username), source, now).await?;
    history::record(tx, owner.id, Entry::account(now, owner.id, "Password reset", "active")).await?;
    super::tell_everywhere(tx, portal, &owner, &told, now).await?;
    let sessions_ended = u32::try_from(ended).unwrap_or(u32::MAX);
    Ok(Recovered { account: owner.id, username: owner.username, sessions_ended, tokens_left })
}

async fn owner(tx: &Tx<'_>, presented: &Presented) -> Result<OwnerRow> {
    let found = queries::find_by_id(tx, presented.account).await?;
    found.ok_or_else(|| Error::internal("the account of a code is not there"))
}
