//! Turn the second factor on and off, and make recovery codes.

use data_encoding::BASE32_NOPAD;

use super::{check, queries, rules, totp};
use crate::{
    api::{
        endpoint::{Empty, InSession, SignedIn},
        id::AccountId,
        mfa::{self, Mfa, MfaChange, MfaConfirmation, MfaSecret, MfaStatus, RecoveryCodes},
        problem::{Code, Problem},
        secret::Secret,
        time::Timestamp,
    },
    portal::{
        Portal,
        accounts::warning,
        error::{Error, Result},
        guard::{self, Subject},
        history::{self, Entry},
        sessions::{self, passwords, proof},
        store::Tx,
        web::{context::Context, router::Routes},
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&mfa::SHOW, show)
        .add(&mfa::BEGIN, begin)
        .add(&mfa::CONFIRM, confirm)
        .add(&mfa::CODES, codes)
        .add(&mfa::DISABLE, disable)
}

async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Mfa> {
    let (account, now) = (context.account(), context.now);
    let read = context.portal.store().read((), move |tx, ()| {
        Box::pin(async move {
            let factor = queries::find(tx, account).await?;
            let recovery_codes_left = queries::count_codes(tx, account).await?;
            let status = match &factor {
                Some(factor) if factor.enabled_at.is_some() => MfaStatus::On,
                Some(factor) if now < rules::expiry(factor.created_at) => MfaStatus::Pending,
                _ => MfaStatus::Off,
            };
            let enabled_at = factor.and_then(|factor| factor.enabled_at);
            Ok::<_, Error>(Mfa { status, enabled_at, recovery_codes_left })
        })
    });
    read.await
}

async fn begin(context: Context<InSession>, (): (), input: MfaChange) -> Result<MfaSecret> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    if check::factor(portal, account).await?.is_some() {
        return Err(is_on());
    }
    proof::demand(&context, input.proof.as_ref()).await?;
    let [secret @ .., _, _, _, _, _, _, _, _, _, _, _, _] = portal.random().bytes()?;
    let secret: [u8; totp::SECRET] = secret;
    let sealed = portal.seal().seal(&secret, &account.number().to_be_bytes(), portal.random().bytes()?)?;
    // No code is used yet: any step is later than the first.
    let write = context.write(sealed, move |tx, sealed| {
        Box::pin(async move { if queries::begin(tx, account, sealed, now, 0).await? { Ok(()) } else { Err(is_on()) } })
    });
    write.await?;
    let secret = BASE32_NOPAD.encode(&secret);
    let uri = Secret::new(rules::uri(&portal.city().name, &context.who.username, &secret));
    Ok(MfaSecret { status: MfaStatus::Pending, secret: Secret::new(secret), uri, expires_at: rules::expiry(now) })
}

async fn confirm(context: Context<InSession>, (): (), input: MfaConfirmation) -> Result<RecoveryCodes> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let found = portal.store().read(account, |tx, account| Box::pin(queries::find(tx, *account))).await?;
    let factor = found.filter(|factor| factor.enabled_at.is_some() || now < rules::expiry(factor.created_at));
    let factor = factor.ok_or_else(not_begun)?;
    if factor.enabled_at.is_some() {
        return Err(is_on());
    }
    let attempt = guard::begin(portal, Subject::new("code", &context.who.username), context.source, now).await?;
    let secret = portal.seal().open(&factor.secret, &account.number().to_be_bytes())?;
    let rules::Typed::OneTime(digits) = rules::typed(&input.code) else { return Err(check::wrong()) };
    let step = totp::step_of(&digits, &secret, now, factor.last_step).ok_or_else(check::wrong)?;
    let (recovery_codes, digests) = rules::recovery_codes(portal.random(), account)?;
    let (made_at, keep) = (factor.created_at, context.who.session());
    let write = context.write((portal.clone(), attempt, digests), move |tx, (portal, attempt, digests)| {
        Box::pin(async move {
            attempt.right(tx).await?;
            if !queries::enable(tx, account, made_at, now, step).await? {
                return Err(not_begun());
            }
            queries::replace_codes(tx, account, digests).await?;
            // Sessions that were begun without the second factor do not outlast that.
            sessions::end_others(tx, account, keep).await?;
            note(
                tx,
                portal,
                account,
                "Second factor turned on",
                "Every sign-in to your account needs a code of an authenticator app from now on.",
                now,
            )
            .await
        })
    });
    write.await?;
    Ok(RecoveryCodes { status: MfaStatus::On, enabled_at: Some(now), recovery_codes })
}

async fn codes(context: Context<InSession>, (): (), input: MfaChange) -> Result<RecoveryCodes> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    let factor = check::factor(portal, account).await?.ok_or_else(is_off)?;
    proof::demand(&context, input.proof.as_ref()).await?;
    let (recovery_codes, digests) = rules::recovery_codes(portal.random(), account)?;
    let write = context.write((portal.clone(), digests), move |tx, (portal, digests)| {
        Box::pin(async move {
            queries::replace_codes(tx, account, digests).await?;
            note(
                tx,
                portal,
                account,
                "Recovery codes made anew",
                "New recovery codes of your account were made; the earlier ones are worth nothing.",
                now,
            )
            .await
        })
    });
    write.await?;
    Ok(RecoveryCodes { status: MfaStatus::On, enabled_at: factor.enabled_at, recovery_codes })
}

async fn disable(context: Context<InSession>, (): (), input: MfaChange) -> Result<Mfa> {
    let (portal, account, now) = (&context.portal, context.account(), context.now);
    check::factor(portal, account).await?.ok_or_else(is_off)?;
    proof::demand(&context, input.proof.as_ref()).await?;
    // What the password is held against was right: it is the account's own.
    if input.proof.is_some_and(|proof| !passwords::stands_alone(&proof.password)) {
        let problem = Problem::new(Code::WeakPassword, "the password is too short to open the account alone")
            .hint("take a longer one first: citytime account password");
        return Err(problem.into());
    }
    let keep = context.who.session();
    let write = context.write(portal.clone(), move |tx, portal| {
        Box::pin(async move {
            if !queries::disable(tx, account).await? {
                return Err(is_off());
            }
            sessions::end_others(tx, account, keep).await?;
            note(
                tx,
                portal,
                account,
                "Second factor turned off",
                "The second factor of your account was turned off: the password opens it alone.",
                now,
            )
            .await
        })
    });
    write.await?;
    Ok(Mfa { status: MfaStatus::Off, enabled_at: None, recovery_codes_left: 0 })
}

/// Notes a change of the second factor in the account's history, and tells every address.
async fn note(tx: &Tx<'_>, portal: &Portal, account: AccountId, title: &str, what: &str, now: Timestamp) -> Result<()> {
    history::record(tx, account, Entry::account(now, account, title, "active")).await?;
    warning::tell(tx, portal, account, title, what, now).await
}

fn is_on() -> Error {
    Problem::new(Code::Conflict, "the second factor is on already")
        .hint("to take another app, turn it off first: citytime account mfa disable")
        .into()
}

fn is_off() -> Error {
    Problem::new(Code::Conflict, "the account has no second factor")
        .hint("turn it on with: citytime account mfa enable")
        .into()
}

fn not_begun() -> Error {
    Problem::new(Code::Conflict, "there is no secret that waits for its first code, or it waited too long")
        .hint("begin again: citytime account mfa enable")
        .into()
}
