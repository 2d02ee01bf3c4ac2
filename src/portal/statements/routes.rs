//! The statement, and it and receipts as PDF.

use super::{
    queries::{self, MovedRow},
    rules::{self, Days},
};
use crate::{
    api::{
        endpoint::{Empty, SignedIn},
        id::PaymentId,
        statements::{PDF, RECEIPT_PDF, SHOW, Statement, StatementQuery},
    },
    portal::{
        error::{Error, Result},
        papers, payments,
        store::params,
        web::{context::Context, file::Outgoing, router::Routes},
    },
};

/// What a PDF is.
const MEDIA_TYPE: &str = "application/pdf";

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&SHOW, show).send(&PDF, pdf).send(&RECEIPT_PDF, receipt)
}

async fn statement(context: &Context<SignedIn>, query: &StatementQuery) -> Result<Statement> {
    let (portal, account) = (&context.portal, context.account());
    let (city, zone) = (portal.city(), &portal.city().zone);
    let days = Days::of(query, context.today, zone)?;
    let (from, end) = days.instants(zone);
    let read = portal.store().read_long((), move |tx, ()| {
        Box::pin(async move {
            let (name,): (String,) = tx.one(&queries::HOLDER, &params![account]).await?;
            let moved: Vec<MovedRow> = tx.rows(&queries::MOVED, &params![account, end]).await?;
            Ok::<_, Error>((name, moved))
        })
    });
    let (name, moved) = read.await?;
    let rules::Account { categories, total, entries } = rules::add_up(moved, from, city.currency);
    Ok(Statement { city: city.name.clone(), name, from: days.from, to: days.to, categories, total, entries })
}

async fn show(context: Context<SignedIn>, (): (), query: StatementQuery) -> Result<Statement> {
    statement(&context, &query).await
}

async fn pdf(context: Context<SignedIn>, (): (), query: StatementQuery) -> Result<Outgoing> {
    let statement = statement(&context, &query).await?;
    let name = format!("statement-{}-{}.pdf", statement.from, statement.to);
    Ok(Outgoing::of(MEDIA_TYPE, name, papers::statement(&statement, &context.portal.city().zone)))
}

async fn receipt(context: Context<SignedIn>, id: PaymentId, _: Empty) -> Result<Outgoing> {
    let receipt = payments::routes::receipt_of(&context, id).await?;
    Ok(Outgoing::of(MEDIA_TYPE, format!("{id}.pdf"), papers::receipt(&receipt, &context.portal.city().zone)))
}
