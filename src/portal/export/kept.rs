//! What no list shows: read from the database page by page, each page a short read of its own.

use serde::Serialize;

use super::queries::{self, OtherRow, PostingRow, ReporterRow};
use crate::{
    api::{
        audit::{AuditEntry, Outcome},
        autopay::AutopayRule,
        casework::{RequestQuery, ServiceRequest},
        endpoint::{Empty, SignedIn},
        id::PaymentId,
        notices::Choice,
        page::{MAX_LIMIT, Page},
        payments::Payment,
        records,
        refunds::Refund,
        support::{Ticket, TicketQuery},
        time::Timestamp,
    },
    portal::{
        audit, autopay,
        error::{Error, Result},
        ledger, notices, payments, requests,
        store::{FromRow, Query, params},
        support,
        web::{
            context::Context,
            paging::{Limit, cut, foreign, limit},
        },
    },
};

/// As many as there are on the largest page.
fn whole_page() -> Limit {
    limit(Some(MAX_LIMIT))
}

/// The two parts of the key a page ends with; the first page lies behind `start`.
fn key<A: std::str::FromStr, B: std::str::FromStr>(after: Option<&str>, start: (A, B)) -> Result<(A, B)> {
    let Some(after) = after else { return Ok(start) };
    let read = after.split_once('.').and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
    read.ok_or_else(foreign)
}

fn spelled(one: impl std::fmt::Display, other: impl std::fmt::Display) -> String {
    format!("{one}.{other}")
}

/// A page of rows as they are kept, by the two numbers they are ordered by.
pub(super) async fn rows<R>(
    context: Context<SignedIn>,
    after: Option<String>,
    query: &'static Query,
    place: fn(&R) -> (i64, i64),
) -> Result<Page<R>>
where
    R: FromRow + Send + 'static,
{
    let (account, limit) = (context.account(), whole_page());
    let behind = key(after.as_deref(), (i64::MIN, i64::MIN))?;
    let read = context.portal.store().read_long(behind, move |tx, (one, other)| {
        Box::pin(
            async move { Ok::<Vec<R>, Error>(tx.rows(query, &params![account, *one, *other, limit.probe()]).await?) },
        )
    });
    let next = |last: &R| {
        let (one, other) = place(last);
        spelled(one, other)
    };
    Ok(cut(read.await?, limit, next, |row| row))
}

/// A payment with what it posted.
#[derive(Serialize)]
pub(super) struct PostedPayment {
    #[serde(flatten)]
    payment: Payment,
    refunds: Vec<Refund>,
    postings: Vec<PostingRow>,
}

/// The payments with their allocations and postings, the newest first.
pub(super) async fn payments(context: Context<SignedIn>, after: Option<String>) -> Result<Page<PostedPayment>> {
    let (account, limit) = (context.account(), whole_page());
    let currency = context.portal.city().currency;
    let behind = key(after.as_deref(), (i64::MAX, i64::MAX))?;
    let read = context.portal.store().read_long(behind, move |tx, (at, number)| {
        Box::pin(async move {
            let places: Vec<(Timestamp, i64)> =
                tx.rows(&queries::PAYMENTS, &params![account, *at, *number, limit.probe()]).await?;
            let mut found = Vec::with_capacity(places.len());
            for (at, number) in places {
                let id = PaymentId::new(number);
                let Some(payment) = payments::queries::find(tx, account, id, currency).await? else { continue };
                let refunds = tx.rows(&payments::queries::REFUNDS, &params![currency, id]).await?;
                let (first, last) = ledger::entries_of(id);
                let postings = tx.rows(&queries::POSTINGS, &params![first, last]).await?;
                found.push(((at, number), PostedPayment { payment, refunds, postings }));
            }
            Ok::<_, Error>(found)
        })
    });
    let next = |last: &((Timestamp, i64), PostedPayment)| spelled(last.0.0.as_millisecond(), last.0.1);
    Ok(cut(read.await?, limit, next, |(_, payment)| payment))
}

/// The rules by which bills are paid by themselves.
pub(super) async fn autopay_rules(context: Context<SignedIn>, _: Option<String>) -> Result<Page<AutopayRule>> {
    let autopay = autopay::routes::show(context, (), Empty {}).await?;
    Ok(Page { items: autopay.rules, next: None })
}

/// A request with who filed it, as it was written there.
#[derive(Serialize)]
pub(super) struct FiledRequest {
    #[serde(flatten)]
    request: ServiceRequest,
    #[serde(flatten)]
    reporter: ReporterRow,
}

/// The requests that were filed, the newest first.
pub(super) async fn requests(context: Context<SignedIn>, after: Option<String>) -> Result<Page<FiledRequest>> {
    let query = RequestQuery { limit: Some(MAX_LIMIT), after, ..RequestQuery::default() };
    let Page { items, next } = requests::routes::list(context.clone(), (), query).await?;
    let read = context.portal.store().read_long(items, |tx, items| {
        Box::pin(async move {
            let mut filed = Vec::with_capacity(items.len());
            for request in items {
                let reporter = tx.one(&queries::REPORTER, &params![request.service_request_id]).await?;
                filed.push(FiledRequest { request: request.clone(), reporter });
            }
            Ok::<_, Error>(filed)
        })
    });
    Ok(Page { items: read.await?, next })
}

/// The support tickets with everything that was said, the newest first.
pub(super) async fn tickets(context: Context<SignedIn>, after: Option<String>) -> Result<Page<Ticket>> {
    let account = context.account();
    let query = TicketQuery { limit: Some(MAX_LIMIT), after, ..TicketQuery::default() };
    let Page { items, next } = support::routes::list(context.clone(), (), query).await?;
    let read = context.portal.store().read_long(items, move |tx, items| {
        Box::pin(async move {
            let mut whole = Vec::with_capacity(items.len());
            for ticket in items {
                whole.extend(support::queries::find(tx, ticket.id, account).await?);
            }
            Ok::<_, Error>(whole)
        })
    });
    Ok(Page { items: read.await?, next })
}

/// How the account wants to be told, topic by topic.
pub(super) async fn choices(context: Context<SignedIn>, _: Option<String>) -> Result<Page<Choice>> {
    let choices = notices::routes::choices(context, (), Empty {}).await?;
    Ok(Page { items: choices.items, next: None })
}

/// What the trail says the account did itself, the newest first.
pub(super) async fn own_audit(context: Context<SignedIn>, after: Option<String>) -> Result<Page<AuditEntry>> {
    let (account, limit) = (context.account(), whole_page());
    let behind = after.as_deref().map_or(Ok(i64::MAX), str::parse).map_err(|_| foreign())?;
    let read = context.portal.store().read_long(behind, move |tx, behind| {
        Box::pin(async move {
            let probe = limit.probe();
            let values = params![*behind, 0_i64, i64::MIN, i64::MAX, "", "", probe, account];
            Ok::<Vec<audit::queries::EntryRow>, Error>(tx.rows(&audit::queries::LIST_OF, &values).await?)
        })
    });
    Ok(cut(read.await?, limit, |last| last.id.to_string(), own_entry))
}

/// A row as whoever did it may see it. Of a link that was refused it tells no record: there is one only where the city
/// has that number, and which numbers it has is nobody's to try out.
fn own_entry(row: audit::queries::EntryRow) -> AuditEntry {
    let mut entry = AuditEntry::from(row);
    if entry.outcome == Outcome::Refused && entry.operation == records::LINK.id {
        entry.things.clear();
    }
    entry
}

/// What the trail says visitors, clerks, operators and the portal did with what is the account's, the newest first.
pub(super) async fn others_audit(context: Context<SignedIn>, after: Option<String>) -> Result<Page<OtherRow>> {
    let (account, limit) = (context.account(), whole_page());
    let behind = key(after.as_deref(), (i64::MAX, String::new()))?;
    let read = context.portal.store().read_long(behind, move |tx, (id, thing)| {
        Box::pin(async move {
            let (probe, own) = (limit.probe(), account.to_string());
            let values = params![account, *id, thing, probe, own];
            Ok::<Vec<OtherRow>, Error>(tx.rows(&queries::OTHERS, &values).await?)
        })
    });
    Ok(cut(read.await?, limit, |last| spelled(last.number, &last.thing), |row| row))
}
