//! A method is added on the processor's own page: begun here, completed there. That it is completed is learned from the
//! page or the processor, by whoever asks first; the others find it done.

use jiff::SignedDuration;

use super::{
    queries::{self, SetupRow},
    routes::{check_label, label},
};
use crate::{
    api::{
        city::PaymentKind,
        endpoint::{Empty, SignedIn},
        id::{MethodId, SetupId},
        problem::{Code, Problem},
        time::Timestamp,
        wallet::{NewSetup, Setup, SetupStatus},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        gateways::processor::{Beginning, Method, Progress},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        random::with_fresh_ids,
        store::Tx,
        web::context::Context,
    },
};

/// How long a page waits for the method.
const LIFETIME: SignedDuration = SignedDuration::from_mins(60);
/// How many seconds to wait between two looks at it.
const INTERVAL: u32 = 2;
/// What ending one is called in the audit trail.
const SETTLE: &str = "wallet.settle";
/// How many overdue ones are looked at in a round.
const PAGE: i64 = 200;

impl From<SetupRow> for Setup {
    fn from(row: SetupRow) -> Self {
        let SetupRow { id, status, url, kind, method, created_at, expires_at, .. } = row;
        Self { id, status, url, kind, method, created_at, expires_at, interval: INTERVAL }
    }
}

/// Begins one: the processor makes the page, and who asks is told where it is.
pub(super) async fn begin(context: Context<SignedIn>, (): (), input: NewSetup) -> Result<Setup> {
    let (portal, now, account) = (&context.portal, context.now, context.account());
    check_label(input.label.as_deref())?;
    let kind = kind(portal, input.kind)?;
    let label = input.label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
    with_fresh_ids(|| async {
        let id: SetupId = portal.random().id()?;
        let beginning = Beginning { setup: id, kind, until: now.plus(LIFETIME) };
        let session = portal.processor().begin(portal, account, &beginning, now).await?;
        let setup = SetupRow {
            id,
            account,
            kind,
            label: label.clone(),
            reference: session.reference,
            url: session.url,
            status: SetupStatus::Open,
            method: None,
            created_at: now,
            expires_at: session.expires_at,
        };
        let write = context.write((setup, context.claim.clone()), move |tx, (setup, claim)| {
            Box::pin(async move {
                if let Claimed::Done(made) = Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
                    let made = SetupId::new(made);
                    return queries::setup(tx, account, made).await?.ok_or_else(|| not_found(made));
                }
                tx.about(id);
                queries::begin(tx, setup).await?;
                Ok(setup.clone())
            })
        });
        write.await.map(Setup::from)
    })
    .await
}

/// What kind of method: as asked, where the processor has a page for it.
fn kind(portal: &Portal, asked: Option<PaymentKind>) -> Result<PaymentKind> {
    let kinds = &portal.city().payment_kinds;
    let hosted = |kind: &&PaymentKind| **kind != PaymentKind::BankTransfer;
    match asked {
        Some(kind) if kinds.iter().filter(hosted).any(|known| *known == kind) => Ok(kind),
        Some(kind) => Err(Error::field("/kind", format!("this city saves no {kind} methods"))),
        None => kinds.iter().find(hosted).copied().ok_or_else(|| {
            Problem::new(Code::Conflict, "this city saves no payment methods").hint("pay with --bank").into()
        }),
    }
}

/// How one stands; where it is open the processor is asked, so that nobody waits for its word.
pub(super) async fn show(context: Context<SignedIn>, id: SetupId, _: Empty) -> Result<Setup> {
    let found = find(&context, id).await?;
    if found.status != SetupStatus::Open {
        return Ok(found.into());
    }
    let (portal, cause) = (context.portal.clone(), context.cause.then(SETTLE));
    // What the processor tells is kept even if the caller hangs up.
    let settled = context.portal.tracker().spawn(async move { settle(&portal, cause, &found).await });
    match settled.await.map_err(Error::internal)? {
        // It is open as far as anybody knows: who waits asks again.
        Err(error) if error.problem.code == Code::Unavailable => tracing::warn!(setup = %id, %error, "not looked at"),
        settled => settled?,
    }
    find(&context, id).await.map(Setup::from)
}

/// Calls one off.
pub(super) async fn cancel(context: Context<SignedIn>, id: SetupId, _: Empty) -> Result<Setup> {
    let (account, now) = (context.account(), context.now);
    let found = find(&context, id).await?;
    if found.status == SetupStatus::Open {
        context.portal.processor().call_off(&found.reference).await?;
    }
    let write = context.write(context.claim.clone(), move |tx, claim| {
        Box::pin(async move {
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                queries::end(tx, id, SetupStatus::Cancelled, now).await?;
            }
            let setup = queries::setup(tx, account, id).await?.ok_or_else(|| not_found(id))?;
            match setup.status {
                SetupStatus::Cancelled => Ok(setup),
                status => {
                    let problem = Problem::new(Code::Conflict, format!("{id} is {status} already"));
                    Err(Error::from(problem.hint("see the saved methods: citytime wallet list").about(id)))
                }
            }
        })
    });
    write.await.map(Setup::from)
}

async fn find(context: &Context<SignedIn>, id: SetupId) -> Result<SetupRow> {
    let account = context.account();
    let read = context.portal.store().read(id, move |tx, &id| Box::pin(queries::setup(tx, account, id)));
    read.await?.ok_or_else(|| not_found(id))
}

fn not_found(id: SetupId) -> Error {
    Problem::not_found("set-up", id).hint("begin one: citytime wallet add").into()
}

/// Asks the processor about an open one, and commits what it said.
pub(crate) async fn settle(portal: &Portal, cause: Cause, setup: &SetupRow) -> Result<()> {
    let now = portal.clock().now();
    match portal.processor().look(&setup.reference).await? {
        Progress::Completed(method) => complete(portal, cause, setup, &method, now).await.map(drop),
        Progress::Cancelled => end(portal, cause, setup, SetupStatus::Cancelled, now).await,
        Progress::Expired => end(portal, cause, setup, SetupStatus::Expired, now).await,
        Progress::Open if setup.expires_at <= now => end(portal, cause, setup, SetupStatus::Expired, now).await,
        Progress::Open => Ok(()),
    }
}

/// Adds the method, once; tells which it is. None: it had ended already.
pub(crate) async fn complete(
    portal: &Portal,
    cause: Cause,
    setup: &SetupRow,
    method: &Method,
    now: Timestamp,
) -> Result<Option<MethodId>> {
    let input = (setup.clone(), method.clone());
    with_fresh_ids(|| async {
        let id: MethodId = portal.random().id()?;
        let cause = cause.clone().about(setup.id);
        let write = audit::write(portal.store(), cause, now, input.clone(), move |tx, (setup, method)| {
            Box::pin(async move {
                if !queries::end(tx, setup.id, SetupStatus::Completed, now).await? {
                    tx.nothing_new();
                    return Ok(None);
                }
                tx.about(id);
                let label = setup.label.clone().unwrap_or_else(|| label(method));
                queries::insert(tx, id, setup.account, method, &label, now).await?;
                queries::came_to(tx, setup.id, id).await?;
                let title = format!("Payment method added: {label}");
                history::record(tx, setup.account, Entry::account(now, id, title, "active")).await?;
                Ok::<_, Error>(Some(id))
            })
        });
        write.await
    })
    .await
}

/// Ends one without a method.
pub(crate) async fn end(
    portal: &Portal,
    cause: Cause,
    setup: &SetupRow,
    status: SetupStatus,
    now: Timestamp,
) -> Result<()> {
    let id = setup.id;
    let write = audit::write(portal.store(), cause.about(id), now, status, move |tx, &status| {
        Box::pin(async move {
            if !queries::end(tx, id, status, now).await? {
                tx.nothing_new();
            }
            Ok::<_, Error>(())
        })
    });
    write.await
}

/// The open set-up behind a page's address, or what is told of one that has ended.
pub(crate) async fn behind(portal: &Portal, reference: &str, now: Timestamp) -> Result<SetupRow> {
    let reference = reference.to_owned();
    let read = portal.store().read(reference, |tx: &Tx<'_>, reference| Box::pin(queries::setup_by(tx, reference)));
    let found = read.await?.ok_or_else(|| {
        Problem::new(Code::NotFound, "this address is not whole, or not one of this city's")
            .hint("open it just as `citytime wallet add` told it")
    })?;
    let told = match found.status {
        SetupStatus::Open if found.expires_at > now => return Ok(found),
        SetupStatus::Open | SetupStatus::Expired => Problem::new(Code::Closed, "the time to add a method is over"),
        SetupStatus::Completed => Problem::new(Code::Closed, "the method was added already"),
        SetupStatus::Cancelled => Problem::new(Code::Cancelled, "this was called off"),
    };
    Err(told.hint("to add another one, in your terminal: citytime wallet add").into())
}

/// Ends those nobody completed in time: the processor is asked a last time.
pub(crate) async fn expire(portal: &Portal) -> Result<u64> {
    let now = portal.clock().now();
    let overdue = portal.store().read(now, |tx, &now| Box::pin(queries::overdue(tx, now, PAGE))).await?;
    let mut ended = 0;
    for setup in overdue {
        match settle(portal, Cause::portal(SETTLE), &setup).await {
            Ok(()) => ended += 1,
            Err(error) => tracing::error!(setup = %setup.id, %error, "not ended; the next round asks again"),
        }
    }
    Ok(ended)
}
