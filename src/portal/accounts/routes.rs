//! Create, show and change an account; who is signed in.

use super::{
    export,
    password,
    queries::{self, Post},
    rest, rules, terms,
};
use crate::{
    api::{
        accounts::{self, Account, AccountChange, NewAccount, Role, Whoami},
        endpoint::{Anyone, Empty, SignedIn},
        id::AccountId,
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        history,
        idempotency::{Claim, Claimed},
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
        .send(&accounts::EXPORT, export::export)
        .add(&accounts::TERMS, terms::show)
        .add(&accounts::ACCEPT_TERMS, terms::accept)
}

async fn create(context: Context<Anyone>, (): (), input: NewAccount) -> Result<Account> {
    let post = Post { role: Role::Resident, powers: String::new() };
    make(&context.portal, &context.cause, input, post, context.claim).await
}

/// Makes an account with a role.
pub(crate) async fn make(
    portal: &Portal,
    cause: &Cause,
    new: NewAccount,
    post: Post,
    claim: Option<Claim>,
) -> Result<Account> {
    let account = rules::checked(new, portal.city())?;
    let [salt @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = portal.random().bytes()?;
    let hash = portal.passwords().hash(account.password.clone(), salt).await?;
    let now = portal.clock().now();
    let input = std::sync::Arc::new((account, hash, post, claim));
    with_fresh_ids(|| async {
        let id = portal.random().id()?;
        let write = audit::write(portal.store(), cause.clone(), now, input.clone(), move |tx, input| {
                Box::pin(async move {
                    let (account, hash, post, claim) = &**input;
                    if let Claimed::Done(made) = Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
                        return found(tx, AccountId::new(made)).await;
                    }
                    if !queries::insert(tx, id, account, hash, post, now).await? {
                        let problem =
                            Problem::new(Code::Taken, format!("the user name `{}` is taken", account.username))
                                .hint("take another one with --username");
                        return Err(problem.into());
                    }
                    tx.about(id);
                    history::record(tx, id, history::Entry::account(now, id, "Account created", "active")).await?;
                    found(tx, id).await
                })
            });
        write.await
    })
    .await
}

pub(super) async fn show(context: Context<SignedIn>, (): (), _: Empty) -> Result<Account> {
    let account = context.account();
    context.portal.store().read(account, |tx, account| Box::pin(found(tx, *account))).await
}

async fn update(context: Context<SignedIn>, (): (), input: AccountChange) -> Result<Account> {
    let proof = input.proof.clone();
    let change = rules::changed(input, context.portal.city())?;
    let (account, now) = (context.account(), context.now);
    let present = context.portal.store().read(account, |tx, account| Box::pin(found(tx, *account))).await?;
    if rules::is_guarded(&change, &present) {
        proof::demand(&context, proof.as_ref()).await?;
    }
    context.write((account, change), move |tx, (account, change)| {
            Box::pin(async move {
                queries::update(tx, *account, change).await?;
                history::record(tx, *account, history::Entry::account(now, *account, "Account changed", "active"))
                    .await?;
                found(tx, *account).await
            })
        })
        .await
}

pub(super) async fn found(tx: &Tx<'_>, id: AccountId) -> Result<Account> {
    queries::find(tx, id).await?.ok_or_else(|| Error::internal("the account of a sign-in is not there"))
}

async fn whoami(context: Context<SignedIn>, (): (), _: Empty) -> Result<Whoami> {
    let scopes = context.who.scopes();
    let crate::portal::web::grant::Caller { account, username, role, expires_at, .. } = context.who;
    Ok(Whoami { account, username, role, scopes, expires_at })
}
