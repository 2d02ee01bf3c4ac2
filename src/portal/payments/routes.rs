//! Quote, pay, show, receipt.

use futures_util::try_join;

use super::{
    intent::{self, Allocated, Asked, Intended},
    queries, rules, settle, staff,
};
use crate::{
    api::{
        endpoint::{Empty, SignedIn},
        id::{AccountId, PaymentId},
        money::Minor,
        payments::{self, NewPayment, Payment, PaymentStatus, Quote, Receipt},
        problem::{Code, Problem},
    },
    portal::{
        Portal,
        error::{Error, Result},
        random::with_fresh_ids,
        store::params,
        tokens::spending,
        web::{context::Context, router::Routes},
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    staff::routes(routes)
        .add(&payments::QUOTE, quote)
        .add(&payments::PAY, pay)
        .add(&payments::SHOW, show)
        .add(&payments::RECEIPT, receipt)
}

fn asked(context: &Context<SignedIn>, new: NewPayment) -> Result<Asked> {
    rules::check(&new)?;
    let (account, now, today) = (context.account(), context.now, context.today);
    Ok(Asked { portal: context.portal.clone(), account, token: context.who.token(), new, now, today })
}

async fn quote(context: Context<SignedIn>, (): (), input: NewPayment) -> Result<Quote> {
    // Nobody is asked whether to pay what would be refused.
    context.who.require_confirmed_address()?;
    let asked = asked(&context, input)?;
    let currency = context.portal.city().currency;
    let read = context.portal.store().read(asked, move |tx, asked| {
        Box::pin(async move {
            let (bills, method) = try_join!(asked.bills(tx), asked.method(tx))?;
            let Allocated { allocations: lines, fee, total, .. } = asked.allocate(&bills, method.kind)?;
            if let Some(token) = asked.token {
                spending::check(tx, token, asked.today, total, currency).await?;
            }
            Ok::<_, Error>(Quote { lines, fee, total, currency, method: Some(method.id) })
        })
    });
    read.await
}

async fn pay(context: Context<SignedIn>, (): (), input: NewPayment) -> Result<Payment> {
    let claim = context.required_claim()?;
    let portal = &context.portal;
    let unit = (asked(&context, input)?, claim);
    let intended = with_fresh_ids(|| async {
        let id: PaymentId = portal.random().id()?;
        context.write(unit.clone(), move |tx, (asked, claim)| Box::pin(intent::intend(tx, asked, claim, id))).await
    });
    let payment = match intended.await? {
        Intended::Before(id) => id,
        Intended::Now(intent, allocations) => {
            let id = intent.attempt.payment;
            // The intent stands whatever happens now: it is no refusal, and the reconciler asks again under the same key.
            if let Err(error) = settle::charge(portal, context.cause.then(settle::SETTLE), intent, allocations).await {
                tracing::error!(payment = %id, %error, "not settled yet");
            }
            id
        }
    };
    let payment = load(portal, context.account(), payment).await?;
    match (payment.status, payment.failure) {
        (PaymentStatus::Failed, Some(failure)) => {
            let problem = Problem::new(failure.code, failure.detail)
                .hint("nothing was taken; pay with another method: citytime wallet list")
                .about(payment.id);
            Err(problem.into())
        }
        (_, failure) => Ok(Payment { failure, ..payment }),
    }
}

async fn load(portal: &Portal, account: AccountId, id: PaymentId) -> Result<Payment> {
    let currency = portal.city().currency;
    let read = portal.store().read(id, move |tx, &id| Box::pin(queries::find(tx, account, id, currency)));
    read.await?.ok_or_else(|| Problem::not_found("payment", id).into())
}

async fn show(context: Context<SignedIn>, id: PaymentId, _: Empty) -> Result<Payment> {
    load(&context.portal, context.account(), id).await
}

async fn receipt(context: Context<SignedIn>, id: PaymentId, _: Empty) -> Result<Receipt> {
    receipt_of(&context, id).await
}

/// The receipt of a payment of whoever calls.
pub(crate) async fn receipt_of(context: &Context<SignedIn>, id: PaymentId) -> Result<Receipt> {
    let account = context.account();
    let payment = load(&context.portal, account, id).await?;
    if payment.receipt.is_none() {
        let detail = format!("{id} is {}: nothing was taken, so there is no receipt", payment.status);
        let problem = Problem::new(Code::Conflict, detail).hint("see what was paid: citytime history payments");
        return Err(problem.about(id).into());
    }
    let read = context.portal.store().read(id, move |tx, id| {
        Box::pin(async move {
            let lines: Vec<payments::ReceiptLine> = tx.rows(&queries::RECEIPT_LINES, &params![id]).await?;
            let payer: queries::PayerRow = tx.one(&queries::PAYER, &params![id]).await?;
            Ok::<_, Error>((lines, payer))
        })
    });
    let (lines, payer) = read.await?;
    Ok(Receipt {
        id,
        city: context.portal.city().name.clone(),
        payer: payer.name,
        status: payment.status,
        lines,
        amount: payment.amount,
        fee: payment.fee,
        total: Minor(payment.amount.0 + payment.fee.0),
        refunded: payment.refunded,
        currency: payment.currency,
        method_kind: payer.kind,
        method: payer.label,
        created_at: payment.created_at,
        settled_at: payment.settled_at,
    })
}
