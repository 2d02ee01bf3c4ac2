//! Create, show and change an account; who is signed in.

use super::{
    confirmation::{self, Letter},
    letters, password,
    queries::{self, Post},
    rest,
    rules::{self, Checked},
    terms,
};
use crate::{
    api::{
        accounts::{self, Account, AccountChange, AccountStatus, NewAccount, Role, Whoami},
        confirmation as confirm,
        endpoint::{Anyone, Empty, SignedIn},
        id::AccountId,
        problem::{self, Problem},
        time::Timestamp,
    },
    portal::{
        Portal,
        audit::{self, Cause},
        codes::{self, Code, Purpose},
        error::{Error, Result},
        guard::{self, Subject},
        history,
        idempotency::{Claim, Claimed, key_reused},
        notices,
        random::with_fresh_ids,
        sessions::proof,
        store::Tx,
        web::{context::Context, router::Routes},
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&accounts::CREATE, create)
        .add(&accounts::SHOW, show)
        .add(&accounts::UPDATE, update)
        .add(&accounts::PASSWORD, password::change)
        .add(&accounts::WHOAMI, whoami)
        .add(&accounts::DEACTIVATE, rest::deactivate)
        .add(&accounts::REACTIVATE, rest::reactivate)
        .add(&accounts::TERMS, terms::show)
        .add(&accounts::ACCEPT_TERMS, terms::accept)
        .add(&confirm::VERIFY, confirmation::verify)
        .add(&confirm::SEND_CODE, confirmation::send_code)
        .add(&confirm::RECOVERY_EMAIL, confirmation::recovery_email)
}

async fn create(context: Context<Anyone>, (): (), input: NewAccount) -> Result<Account> {
    let (portal, source, now) = (&context.portal, context.source, context.now);
    let account = rules::checked(input, portal.city())?;
    let (username, password) = (account.username.clone(), account.password.clone());
    // Limited before anything is hashed, as guesses are: by the network it comes from, at whatever names, and at each name.
    // One that succeeds counts too: nobody makes accounts by the thousand.
    let _counted = guard::begin(portal, Subject::new("sign-up", &username), source, now).await?;
    let post = Post { role: Role::Resident, powers: String::new(), status: AccountStatus::Unverified };
    let (made, before) = make(portal, &context.cause, account, post, context.claim).await?;
    // A password is not part of a request's fingerprint: whether it is the same one is asked of what is kept of it, as at
    // the door. Whoever repeats the request with another would believe to be able to sign in with that.
    if before.is_some() {
        let attempt = guard::begin(portal, Subject::new("password", &username), source, now).await?;
        if !portal.passwords().verify(password, before).await? {
            return Err(key_reused().into());
        }
        guard::excuse(portal, attempt).await?;
    }
    Ok(made)
}

/// Makes an account with a role; one that was made before under the same key comes with what is kept of its password.
pub(crate) async fn make(
    portal: &Portal,
    cause: &Cause,
    account: Checked,
    post: Post,
    claim: Option<Claim>,
) -> Result<(Account, Option<String>)> {
    let salt = portal.random().salt()?;
    let hash = portal.passwords().hash(account.password.clone(), salt).await?;
    let now = portal.clock().now();
    let codes = [(); 2].map(|()| portal.random().bytes().map(Code::from_bytes));
    let codes = codes.into_iter().collect::<Result<Vec<Code>>>()?;
    let input = std::sync::Arc::new((portal.clone(), account, hash, post, claim, codes));
    with_fresh_ids(|| async {
        let id = portal.random().id()?;
        let write = audit::write(portal.store(), cause.clone(), now, input.clone(), move |tx, input| {
            Box::pin(async move {
                let (portal, account, hash, post, claim, codes) = &**input;
                if let Claimed::Done(made) = Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
                    let made = AccountId::new(made);
                    return Ok((found(tx, made).await?, queries::password(tx, made).await?));
                }
                if !queries::insert(tx, id, account, hash, post, now).await? {
                    let problem =
                        Problem::new(problem::Code::Taken, format!("the user name `{}` is taken", account.username))
                            .hint("take another one with --username");
                    return Err(problem.into());
                }
                tx.about(id);
                history::record(tx, id, history::Entry::account(now, id, "Account created", "active")).await?;
                if post.status == AccountStatus::Unverified {
                    let first = (Purpose::Email, Some(&account.email));
                    let second = (Purpose::RecoveryEmail, account.recovery_email.as_ref());
                    for ((purpose, to), code) in [first, second].into_iter().zip(codes) {
                        let Some(to) = to.cloned() else { continue };
                        let letter = Letter { account: id, username: account.username.clone(), purpose, to };
                        match confirmation::send(tx, portal, &letter, code, now).await {
                            // An address that has got enough gets one when its owner asks for it: whoever floods it
                            // keeps nobody from an account.
                            Err(error) if error.problem.code == problem::Code::RateLimited => {}
                            sent => drop(sent?),
                        }
                    }
                }
                Ok((found(tx, id).await?, None))
            })
        });
        write.await
    })
    .await
}

pub(crate) async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Account> {
    let account = context.account();
    context.portal.store().read(account, |tx, account| Box::pin(found(tx, *account))).await
}

async fn update(context: Context<SignedIn>, (): (), input: AccountChange) -> Result<Account> {
    let proof = input.proof.clone();
    let change = rules::changed(input, context.portal.city())?;
    let (account, now) = (context.account(), context.now);
    let code = Code::from_bytes(context.portal.random().bytes()?);
    let present = context.portal.store().read(account, |tx, account| Box::pin(found(tx, *account))).await?;
    if rules::is_guarded(&change, &present) {
        proof::demand(&context, proof.as_ref()).await?;
    }
    context
        .write((context.portal.clone(), account, change, code), move |tx, (portal, account, change, code)| {
            Box::pin(async move {
                let (before, (confirmed, _)) = (found(tx, *account).await?, queries::confirmed(tx, *account).await?);
                queries::update(tx, *account, change).await?;
                if change.email.as_ref().is_some_and(|email| *email != before.email) {
                    moved(tx, portal, (&before, confirmed.as_deref()), code, now).await?;
                }
                history::record(tx, *account, history::Entry::account(now, *account, "Account changed", "active"))
                    .await?;
                found(tx, *account).await
            })
        })
        .await
}

/// Another e-mail address: the one that was confirmed is told, and the new one is to be confirmed, unless it was before.
async fn moved(
    tx: &Tx<'_>,
    portal: &Portal,
    (before, confirmed): (&Account, Option<&str>),
    code: &Code,
    now: Timestamp,
) -> Result<()> {
    let after = found(tx, before.id).await?;
    // A way back that was sent to the old address leads nowhere now.
    codes::replace(tx, before.id, Purpose::Recovery, now).await?;
    // One that never was confirmed may be anybody's: it is told nothing.
    if let Some(old) = confirmed {
        let told = letters::email_changed(portal.city(), &after.username, &after.email);
        notices::mail_to(tx, portal, Some(after.id), old, &told, now).await?;
    }
    if after.email_verified {
        return Ok(());
    }
    let Account { id: account, username, email: to, .. } = after;
    confirmation::send(tx, portal, &Letter { account, username, purpose: Purpose::Email, to }, code, now).await?;
    Ok(())
}

pub(super) async fn found(tx: &Tx<'_>, id: AccountId) -> Result<Account> {
    queries::find(tx, id).await?.ok_or_else(|| Error::internal("the account of a sign-in is not there"))
}

async fn whoami(context: Context<SignedIn>, (): (), _: Empty) -> Result<Whoami> {
    let scopes = context.who.scopes();
    let terms_accepted = terms::are_accepted(&context.portal, &context.who);
    let crate::portal::web::grant::Caller { account, username, role, expires_at, .. } = context.who;
    Ok(Whoami { account, username, role, scopes, expires_at, terms_accepted })
}
