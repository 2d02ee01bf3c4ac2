//! Link, list and unlink records.

use super::{queries, rules};
use crate::{
    api::{
        endpoint::{Empty, SignedIn},
        id::RecordId,
        page::Page,
        problem::{Code, Problem},
        records::{self, NewLink, Record, RecordQuery},
    },
    portal::{
        error::{Error, Result},
        history::{self, Entry},
        idempotency::{Claim, Claimed},
        web::{
            context::Context,
            paging::{cut, id_cursor, limit},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes.add(&records::LINK, link).list(&records::LIST, list).add(&records::UNLINK, unlink)
}

async fn link(context: Context<SignedIn>, (): (), input: NewLink) -> Result<Record> {
    let (account, now) = (context.account(), context.now);
    let claim = context.claim.clone();
    context.write((input, claim), move |tx, (input, claim)| {
            Box::pin(async move {
                let known = queries::find(tx, &input.number).await?;
                let digest = rules::code_digest(&input.number, &input.code);
                // An unknown number and a wrong code are answered alike: numbers cannot be tried out.
                let Some(record) = known.filter(|record| record.code == digest) else {
                    let detail = format!("number {} and that code do not belong together", input.number.trim());
                    let problem = Problem::new(Code::LinkRefused, detail)
                        .hint("both are in the letter that came with the first bill");
                    return Err(problem.into());
                };
                tx.about(record.id);
                let claimed = Claim::take_if_given(claim.as_ref(), tx, record.id.number(), now).await?;
                if claimed == Claimed::Fresh && queries::link(tx, account, record.id, now).await? {
                    let title = format!("Record linked: {}", record.number);
                    history::record(tx, account, Entry::account(now, record.id, title, "linked")).await?;
                }
                let linked = queries::find_linked(tx, account, record.id).await?;
                linked.ok_or_else(|| Problem::not_found("linked record", record.id).into())
            })
        })
        .await
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: RecordQuery) -> Result<Page<Record>> {
    let account = context.account();
    let behind: RecordId = id_cursor(query.after.as_deref())?;
    let limit = limit(query.limit);
    let read =
        context.portal.store().read((), move |tx, ()| Box::pin(queries::list(tx, account, behind, limit.probe())));
    Ok(cut(read.await?, limit, |last| last.id.to_string(), Record::from))
}

async fn unlink(context: Context<SignedIn>, id: RecordId, _: Empty) -> Result<Record> {
    let (account, now) = (context.account(), context.now);
    context.write(id, move |tx, &id| {
            Box::pin(async move {
                let Some(record) = queries::find_linked(tx, account, id).await? else {
                    return Err(Error::from(Problem::not_found("linked record", id)));
                };
                queries::unlink(tx, account, id).await?;
                let title = format!("Record unlinked: {}", record.number);
                history::record(tx, account, Entry::account(now, id, title, "unlinked")).await?;
                Ok(record)
            })
        })
        .await
}
