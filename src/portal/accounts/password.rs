//! A new password: asked for by whoever signs in again; it ends every other session, and every address is told.

use super::{queries, warning};
use crate::{
    api::{
        accounts::{NewPassword, PasswordChanged},
        endpoint::InSession,
    },
    portal::{
        codes::{self, Purpose},
        error::{Error, Result},
        history::{self, Entry},
        mfa,
        sessions::{self, passwords, proof},
        tokens,
        web::context::Context,
    },
};

/// Changes the password of whoever calls.
pub(super) async fn change(context: Context<InSession>, (): (), input: NewPassword) -> Result<PasswordChanged> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let NewPassword { password, revoke_tokens, proof } = input;
    let present = portal.store().read(account, |tx, account| Box::pin(super::routes::found(tx, *account))).await?;
    let factors = mfa::check::factors(portal, account).await?;
    let words = [&*present.username, &*present.name, &*present.email, &*portal.city().name];
    passwords::check(&password, &words, factors)?;
    if proof.as_ref().is_some_and(|proof| proof.password == password) {
        return Err(Error::field("/password", "the new password is the present one"));
    }
    proof::demand(&context, proof.as_ref()).await?;
    let salt = portal.random().salt()?;
    let hash = portal.passwords().hash(password, salt).await?;
    let keep = context.who.session();
    let write = context.write((portal.clone(), hash), move |tx, (portal, hash)| {
        Box::pin(async move {
            // The account first: whoever is signing in with the old password waits for it, or is ended with the others.
            queries::set_password(tx, account, hash).await?;
            let ended = sessions::end_others(tx, account, keep).await?.len();
            // Nor may a code that lies in a mailbox already open the account again.
            codes::replace(tx, account, Purpose::Recovery, now).await?;
            let revoked = if revoke_tokens { tokens::revoke_all(tx, account, now).await? } else { 0 };
            history::record(tx, account, Entry::account(now, account, "Password changed", "active")).await?;
            let changed = "The password of your account was changed, and every other session was ended.";
            warning::tell(tx, portal, account, "Your password was changed", changed, now).await?;
            Ok::<_, Error>((ended, revoked))
        })
    });
    let (ended, revoked) = write.await?;
    let sessions_ended = u32::try_from(ended).unwrap_or(u32::MAX);
    let tokens_revoked = u32::try_from(revoked).unwrap_or(u32::MAX);
    Ok(PasswordChanged { username: present.username, changed_at: now, sessions_ended, tokens_revoked })
}
