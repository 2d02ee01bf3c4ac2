//! The way in for the processor's events. An event is written down and acknowledged; what it is about is asked for anew
//! behind that, since events come late, twice and in any order.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri, request::Parts},
};

use jiff::SignedDuration;

use super::queries::{self, EventRow};
use crate::{
    api::{
        endpoint::{Anyone, Method, Raw},
        id::PaymentId,
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        audit::{self, Cause},
        error::{Error, Result},
        gateways::{
            processor::Processor,
            processor::Refunded,
            stripe::{self, Stripe, TakenBack, Told},
        },
        payments::{self, disputes::Disputed},
        wallet::{self, setups},
        web::{
            answer::{self, RequestId},
            context::Context,
            router::Routes,
        },
    },
};

/// How large an event may be, in bytes.
const MOST: usize = 1 << 20;
/// How long it may take to arrive.
const TIME: Duration = Duration::from_secs(30);
/// The header Stripe signs in.
const SIGNATURE: &str = "stripe-signature";
/// What acting on an event is called in the audit trail.
const HANDLE: &str = "webhooks.handle";
/// How long it is tried to act on an event.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// How many events are looked at in a round.
const PAGE: i64 = 200;

/// Events of Stripe's; open to anyone who signs as Stripe does.
static STRIPE: Raw<Anyone> = Raw {
    id: "webhooks.stripe",
    method: Method::Post,
    paths: &["/webhooks/stripe"],
    documented: "/webhooks/stripe",
    summary: "Tell an event of the payment processor",
    need: (),
    fields: &[],
    files: &[],
    takes: &["application/json"],
    answers: &["application/json"],
};

/// The noun's operations: none in a city without such a processor.
pub fn routes(routes: Routes) -> Routes {
    let refuse = |id: &RequestId, _: &Uri, error: Error| answer::problem(id, STRIPE.id, error);
    match routes.portal().processor() {
        Processor::Sandbox => routes,
        Processor::Stripe(_) => routes.raw(&STRIPE, refuse, take),
    }
}

async fn take(context: Context<Anyone>, id: RequestId, parts: Parts, body: Body) -> Result<Response<Body>> {
    let Processor::Stripe(account) = context.portal.processor() else {
        return Err(Problem::new(Code::NotFound, "this city has no such processor").into());
    };
    let arriving = tokio::time::timeout(TIME, axum::body::to_bytes(body, MOST)).await;
    let cut = || Problem::new(Code::Malformed, "the event did not arrive whole, or is too large");
    let bytes = arriving.map_err(|_| cut())?.map_err(|_| cut())?;
    let signature = parts.headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = context.now;
    let event = stripe::verified(&account.account().webhook_secret, signature, &bytes, now)?;
    let row = EventRow::of(&event, now);
    let write = context.write((row, event.kind), move |tx, (row, kind)| {
        Box::pin(async move {
            let is_new = queries::take(tx, row, kind).await?;
            if !is_new {
                tx.nothing_new();
            }
            Ok::<_, Error>(is_new)
        })
    });
    if write.await? {
        let portal = context.portal.clone();
        // It is written down: who fails now leaves it to the worker.
        drop(context.portal.tracker().spawn(async move {
            if let Err(error) = handle(&portal).await {
                tracing::error!(%error, "an event was not acted on yet; the worker's next round does");
            }
        }));
    }
    let kind = HeaderValue::from_static("application/json");
    Ok(answer::respond(&id, StatusCode::OK, kind, Body::from("{\"received\":true}")))
}

/// Acts on the events nothing was done about yet; tells on how many. One that cannot be acted on keeps no other from its
/// turn: it is tried again for a day.
pub(crate) async fn handle(portal: &Portal) -> Result<u64> {
    let Processor::Stripe(stripe) = portal.processor() else { return Ok(0) };
    let open = portal.store().read((), |tx, ()| Box::pin(queries::open(tx, PAGE))).await?;
    if open.is_empty() {
        return Ok(0);
    }
    let now = portal.clock().now();
    // What arrived is noted before what came back of it: events of both may lie here together.
    for event in &open {
        if let Some(payment) = event.payment {
            stripe.is_due(payment);
        }
    }
    payments::settle::reconcile(portal).await?;
    let mut done = Vec::with_capacity(open.len());
    for event in open {
        match look(portal, stripe, &event).await {
            Ok(()) => done.push(event.id),
            Err(error) => {
                tracing::error!(event = event.id, %error, "an event was not acted on");
                // Of money that went another way it is tried until it is noted.
                if event.received_at < now.plus(-PATIENCE) && !event.is_dispute() && !event.is_refund() {
                    done.push(event.id);
                }
            }
        }
    }
    payments::settle::reconcile(portal).await?;
    payments::refunds::reconcile(portal).await?;
    stripe.drop_idle();
    let mut handled = 0;
    for id in done {
        #[expect(clippy::disallowed_methods, reason = "what it changed left rows of its own")]
        let write = portal.store().write(id, move |tx, id| Box::pin(queries::handled(tx, id, now)));
        write.await?;
        handled += 1;
    }
    Ok(handled)
}

/// Has what an event is about be asked for anew.
async fn look(portal: &Portal, stripe: &Stripe, event: &EventRow) -> Result<()> {
    if let Some(payment) = event.payment {
        stripe.is_due(payment);
    }
    let Some(about) = &event.about else { return Ok(()) };
    stripe.is_told_of(about);
    if event.is_dispute() {
        return match stripe.dispute(about).await? {
            Some(Told::TakenBack(taken)) => take_back(portal, taken).await,
            Some(Told::Disputed(disputed)) => note(portal, disputed).await,
            None => Ok(()),
        };
    }
    if event.is_refund() {
        return undo(portal, stripe, about).await;
    }
    let read = portal.store().read(about.clone(), |tx, reference| Box::pin(wallet::queries::setup_by(tx, reference)));
    match read.await? {
        Some(setup) => setups::settle(portal, Cause::portal(HANDLE), &setup).await,
        None => Ok(()),
    }
}

/// Has a payment that had arrived be owed again: the bank took it back.
async fn take_back(portal: &Portal, TakenBack { payment, code, failure }: TakenBack) -> Result<()> {
    let now = portal.clock().now();
    let cause = Cause::portal(HANDLE).about(payment);
    let write = audit::write(portal.store(), cause, now, (portal.clone(), failure), move |tx, (portal, failure)| {
        Box::pin(payments::returns::returned(tx, portal, payment, (code, failure), now))
    });
    match write.await {
        Err(error) if error.problem.code == Code::Conflict => {
            let read =
                portal.store().read(payment, |tx, &payment| Box::pin(payments::returns::may_still_come(tx, payment)));
            if read.await? {
                // It has not arrived yet, or a refund of it is on its way, or was a moment ago: the next round notes it.
                return Err(error);
            }
            // It came back already, by a clerk's word or another event's.
            tracing::error!(%payment, %error, "what the bank took back is not posted");
            Ok(())
        }
        noted => foreign(payment, noted),
    }
}

/// Writes down how a dispute stands. What the holder of a card disputes is lost until the city wins.
async fn note(portal: &Portal, disputed: Disputed) -> Result<()> {
    let now = portal.clock().now();
    let (payment, cause) = (disputed.payment, Cause::portal(HANDLE).about(disputed.payment));
    let write = audit::write(portal.store(), cause, now, disputed, move |tx, disputed| {
        Box::pin(payments::disputes::note(tx, disputed, now))
    });
    foreign(payment, write.await)
}

/// Has a refund that went back and did not arrive be reversed. One that is on its way is settled as any is.
async fn undo(portal: &Portal, stripe: &Stripe, refund: &str) -> Result<()> {
    let Some((id, Refunded::Failed(failure))) = stripe.refund_told(refund).await? else { return Ok(()) };
    let now = portal.clock().now();
    let cause = Cause::portal(HANDLE).about(id);
    let write = audit::write(portal.store(), cause, now, (portal.clone(), failure), move |tx, (portal, failure)| {
        Box::pin(payments::reversals::undone(tx, portal, id, failure, now))
    });
    write.await
}

/// What is told of a payment of another portal's is no failure.
fn foreign(payment: PaymentId, noted: Result<()>) -> Result<()> {
    match noted {
        Err(error) if error.problem.code == Code::NotFound => {
            tracing::warn!(%payment, %error, "what the bank took back is of no payment here");
            Ok(())
        }
        noted => noted,
    }
}
