//! What clerks see of payments, and how they give money back.

use futures_util::{future::try_join_all, try_join};

use super::{
    paid_again::{self, Unsettled},
    queries::{self, BookkeepingRow, CaseRow, OpenRefundRow},
    refunds::{self, Asked},
    returns, rules,
};
use crate::{
    api::{
        endpoint::{Clerk, Empty},
        id::{BillId, PaymentId, PaymentKind, RefundId},
        money::Currency,
        page::Page,
        payments::Allocation,
        problem::Problem,
        refunds::{
            BookkeepingLine, BookkeepingQuery, EXPORT, LIST, NewRefund, NewReturn, PaymentCase, PaymentQuery, QUOTE,
            REFUND, RETURN, Refund, RefundMade, RefundQuote, RefundedBills, SHOW,
        },
        time::{Date, Timestamp, When},
        word::Word,
    },
    portal::{
        Portal, audit,
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        random::with_fresh_ids,
        store::{Tx, params},
        web::{
            context::Context,
            paging::{cut, foreign, limit, newest, read_time_cursor, short_limit, time_cursor},
            router::Routes,
        },
    },
};

/// The clerks' operations.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .list(&LIST, list)
        .add(&SHOW, show)
        .add(&QUOTE, quote)
        .add(&REFUND, refund)
        .add(&RETURN, take_back)
        .list(&EXPORT, export)
}

/// A payment as clerks see it, with what went to its bills and what went back.
async fn seen(tx: &Tx<'_>, row: CaseRow, currency: Currency) -> Result<PaymentCase> {
    let refunds = async { Ok(tx.rows(&queries::REFUNDS, &params![currency, row.id]).await?) };
    let disputes = async { Ok(tx.rows(&queries::DISPUTES, &params![currency, row.id]).await?) };
    let (allocations, refunds, disputes) = try_join!(queries::allocations(tx, row.id), refunds, disputes)?;
    Ok(PaymentCase {
        id: row.id,
        account: row.account,
        payer: row.payer,
        amount: row.amount,
        fee: row.fee,
        refunded: row.refunded,
        currency,
        method_kind: row.method_kind,
        method: row.method,
        status: row.status,
        allocations,
        refunds,
        disputes,
        created_at: row.created_at,
        settled_at: row.settled_at,
        failure: row.failure,
    })
}

/// The first instant behind a day, or an instant itself.
fn end(portal: &Portal, until: When, today: Date) -> Timestamp {
    let zone = &portal.city().zone;
    match until {
        When::At(instant) => instant,
        day => When::On(day.date(today, zone).plus_days(1)).start(today, zone),
    }
}

/// Which payments.
struct Selection {
    behind: (Timestamp, i64),
    from: Timestamp,
    status: &'static str,
    account: i64,
    bill: i64,
    limit: i64,
}

async fn list(context: Context<Clerk>, (): (), query: PaymentQuery) -> Result<Page<PaymentCase>> {
    let (portal, today) = (&context.portal, context.today);
    let account = match query.who {
        Some(who) => audit::account_of(portal.store(), who).await?.number(),
        None => 0,
    };
    let limit = short_limit(query.limit);
    let first = query.until.map_or_else(newest, |until| (end(portal, until, today), -1));
    let selection = Selection {
        behind: query.after.as_deref().map_or(Ok(first), read_time_cursor::<PaymentKind>)?,
        from: query
            .since
            .map_or(Timestamp::from_millisecond(i64::MIN), |since| since.start(today, &portal.city().zone)),
        status: query.status.map(Word::as_str).unwrap_or_default(),
        account,
        bill: query.bill.map_or(-1, BillId::number),
        limit: limit.probe(),
    };
    let currency = portal.city().currency;
    let read = portal.store().read_long(selection, move |tx, selection| {
        Box::pin(async move {
            let Selection { behind: (at, id), from, status, account, bill, limit } = selection;
            let values = params![at, id, from, *status, account, bill, limit];
            let rows: Vec<CaseRow> = tx.rows(&queries::CASES, &values).await?;
            try_join_all(rows.into_iter().map(|row| seen(tx, row, currency))).await
        })
    });
    Ok(cut(read.await?, limit, |last| time_cursor(last.created_at, last.id), |case| case))
}

pub(crate) async fn load(portal: &Portal, id: PaymentId) -> Result<PaymentCase> {
    let currency = portal.city().currency;
    let read = portal.store().read(id, move |tx, id| {
        Box::pin(async move {
            match tx.optional::<CaseRow>(&queries::CASE, &params![*id]).await? {
                Some(row) => seen(tx, row, currency).await,
                None => Err(Problem::not_found("payment", id).into()),
            }
        })
    });
    read.await
}

async fn show(context: Context<Clerk>, id: PaymentId, _: Empty) -> Result<PaymentCase> {
    load(&context.portal, id).await
}

async fn quote(context: Context<Clerk>, payment: PaymentId, new: NewRefund) -> Result<RefundQuote> {
    let (clerk, today) = (context.who.account, context.today);
    let read = context.portal.store().read((context.portal.clone(), new), move |tx, (portal, new)| {
        Box::pin(async move {
            let found = refunds::refundable(tx, payment, clerk).await?;
            let amount = rules::refund(&found, new.amount, portal.city())?;
            let bills = new.bills.unwrap_or(RefundedBills::Reopened);
            let refund = Unsettled { amount, bills, asked: newest() };
            let owed = paid_again::owed_again(tx, payment, &found, refund).await?;
            let paid_again = paid_again::would_be_paid(tx, portal, &owed, today).await?;
            let owed_again =
                owed.parts.iter().map(|part| Allocation { bill: part.bill, amount: part.amount }).collect();
            Ok::<_, Error>(RefundQuote { payment, amount, currency: portal.city().currency, owed_again, paid_again })
        })
    });
    read.await
}

async fn refund(context: Context<Clerk>, payment: PaymentId, new: NewRefund) -> Result<RefundMade> {
    let (portal, clerk, now) = (&context.portal, context.who.account, context.now);
    let unit = (Asked { portal: portal.clone(), clerk, payment, new, now }, context.required_claim()?);
    let intended = with_fresh_ids(|| async {
        let id: RefundId = portal.random().id()?;
        context.write(unit.clone(), move |tx, (asked, claim)| Box::pin(refunds::intend(tx, asked, claim, id))).await
    });
    let id = intended.await?;
    let read = portal.store().read(id, |tx, id| {
        Box::pin(
            async move { Ok::<Option<OpenRefundRow>, Error>(tx.optional(&queries::OPEN_REFUND, &params![*id]).await?) },
        )
    });
    if let Some(open) = read.await? {
        // The intent stands whatever happens now: it is no refusal, and the reconciler asks again under the same id.
        if let Err(error) = refunds::settle(portal, context.cause.then(refunds::SETTLE), open).await {
            tracing::error!(refund = %id, %error, "not given back yet");
        }
    }
    let today = context.today;
    let read = portal.store().read((portal.clone(), id), move |tx, (portal, id)| {
        Box::pin(async move {
            let refund: Refund = tx.one(&queries::REFUND, &params![portal.city().currency, *id]).await?;
            let paid_again = paid_again::of_refund(tx, portal, &refund, today).await?;
            Ok::<_, Error>(RefundMade { refund, paid_again })
        })
    });
    let made = read.await?;
    if !made.paid_again.is_empty() {
        // The day that is told counts from today: it is announced in the next round, not after a while.
        portal.announcing().look_again();
    }
    Ok(made)
}

async fn take_back(context: Context<Clerk>, id: PaymentId, input: NewReturn) -> Result<PaymentCase> {
    let (portal, now) = (context.portal.clone(), context.now);
    let code = input.code.trim().to_uppercase();
    let failure = returns::explained(&code)?;
    let unit = (portal.clone(), code, failure, context.claim.clone());
    let write = context.write(unit, move |tx, (portal, code, failure, claim)| {
        Box::pin(async move {
            match Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? {
                Claimed::Done(_) => Ok(()),
                Claimed::Fresh => returns::returned(tx, portal, id, (code, failure), now).await,
            }
        })
    });
    write.await?;
    load(&portal, id).await
}

async fn export(context: Context<Clerk>, (): (), query: BookkeepingQuery) -> Result<Page<BookkeepingLine>> {
    let (portal, today) = (&context.portal, context.today);
    let ever = Timestamp::from_millisecond;
    let from = query.from.map_or(ever(0), |from| from.start(today, &portal.city().zone));
    let to = query.to.map_or(ever(i64::MAX), |to| end(portal, to, today));
    if to <= from {
        return Err(Error::field("/to", "it ends before it begins"));
    }
    let behind = query.after.as_deref().map_or(Ok((from, 0, -1)), cursor)?;
    let limit = limit(query.limit);
    let most = limit.probe();
    let currency = portal.city().currency;
    let read = portal.store().read_long((behind, to), move |tx, ((at, id, place), to)| {
        Box::pin(async move {
            let values = params![at, id, place, to, most, currency];
            Ok::<Vec<BookkeepingRow>, Error>(tx.rows(&queries::BOOKKEEPING, &values).await?)
        })
    });
    let key = |last: &BookkeepingRow| format!("{}.{}.{}", last.line.at.as_millisecond(), last.entry, last.place);
    Ok(cut(read.await?, limit, key, |row| row.line))
}

/// Where a page of bookkeeping ended: the instant, the entry and the place of its last line.
fn cursor(text: &str) -> Result<(Timestamp, i64, i64)> {
    let numbers: Option<Vec<i64>> = text.split('.').map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[at, entry, place]) => Ok((Timestamp::from_millisecond(at), entry, place)),
        _ => Err(foreign()),
    }
}
