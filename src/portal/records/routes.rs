//! Link, list and unlink records; for clerks, whose a record is.

use super::{
    guesses::{self, Guesses},
    letter, queries, rules,
};
use crate::{
    api::{
        dashboard::Due,
        endpoint::{Clerk, Empty, SignedIn},
        id::RecordId,
        page::Page,
        problem::{Code, FieldError, Problem},
        records::{self, NewLink, Record, RecordCase, RecordNumber, RecordQuery},
    },
    portal::{
        error::{Error, Result},
        guard,
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
    routes.add(&records::LINK, link).list(&records::LIST, list).add(&records::UNLINK, unlink).add(&records::CASE, case)
}

async fn link(context: Context<SignedIn>, (): (), input: NewLink) -> Result<Record> {
    let (account, now) = (context.account(), context.now);
    if context.portal.city().link_asks_holder && input.holder.as_deref().is_none_or(|name| name.trim().is_empty()) {
        let field = FieldError::new("/holder", "this city asks for the name the record is in, too");
        return Err(Problem::invalid(vec![field]).hint("say it as the letter does: --holder NAME").into());
    }
    let claim = context.claim.clone();
    let linked = context.write((input, claim), move |tx, (input, claim)| {
        Box::pin(async move {
            let guesses = Guesses::hold(tx, account, &input.number, now).await?;
            if let Some(wait) = guesses.wait(now) {
                return Err(guard::too_soon(wait, "look at the letter meanwhile: number and code are in it"));
            }
            let known = queries::find(tx, &input.number).await?;
            let digest = rules::code_digest(&input.number, &input.code);
            let meant = |record: &queries::RecordRow| {
                let holder = input.holder.as_deref();
                record.code == digest && holder.is_none_or(|name| rules::same_person(name, &record.holder))
            };
            // An unknown number, a wrong code and a wrong name are answered alike: none can be tried out alone.
            let tried = known.as_ref().map(|record| record.id);
            let meant = match known.filter(meant) {
                // A new letter may have come since the record was read; none comes while it is held.
                Some(record) if queries::hold(tx, record.id, &digest).await? => Some(record),
                _ => None,
            };
            let Some(record) = meant else {
                let (and, all) = match input.holder {
                    Some(_) => (", that code and that name", "all three"),
                    None => (" and that code", "both"),
                };
                let detail = format!("number {}{and} do not belong together", input.number.trim());
                let problem = Problem::new(Code::LinkRefused, detail)
                    .hint(format!("{all} are in the letter that came with the first bill"));
                // That it was tried is kept; the refusal is the answer, not the unit's end.
                guesses.wrong(tx, now).await?;
                tx.refused();
                if let Some(record) = tried {
                    tx.about(record);
                }
                return Ok(Err(problem.into()));
            };
            tx.about(record.id);
            let claimed = Claim::take_if_given(claim.as_ref(), tx, record.id.number(), now).await?;
            if claimed == Claimed::Fresh && queries::link(tx, account, record.id, now).await? {
                let title = format!("Record linked: {}", record.number);
                history::record(tx, account, Entry::account(now, record.id, title, "linked")).await?;
            }
            let linked = queries::find_linked(tx, account, record.id).await?;
            Ok::<_, Error>(linked.ok_or_else(|| Problem::not_found("linked record", record.id).into()))
        })
    });
    let linked: Result<Record> = linked.await?;
    let linked = linked?;
    // What a rule covers of it is announced in the next round, not in a minute's time.
    context.portal.announcing().look_again();
    Ok(linked)
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
    context
        .write(id, move |tx, &id| {
            Box::pin(async move {
                let unknown = || Error::from(Problem::not_found("linked record", id));
                let record = queries::find_linked(tx, account, id).await?.ok_or_else(unknown)?;
                if !queries::unlink(tx, account, id, now).await? {
                    // Somebody was faster by a moment, and has kept it in the history.
                    return Err(unknown());
                }
                letter::unlinked(tx, account, id, &record.number, now).await?;
                Ok(record)
            })
        })
        .await
}

async fn case(context: Context<Clerk>, (): (), input: RecordNumber) -> Result<RecordCase> {
    let (currency, now) = (context.portal.city().currency, context.now);
    let read = context.portal.store().read(input.number, move |tx, number| {
        Box::pin(async move {
            let record = queries::known(tx, number).await?;
            let (links, due) = (queries::links(tx, record.id).await?, queries::due(tx, record.id).await?);
            let wrong_codes = guesses::tried(tx, &record.number, now).await?;
            Ok::<_, Error>((record, links, due, wrong_codes))
        })
    });
    let (record, links, (count, amount), wrong_codes) = read.await?;
    let queries::RecordRow { id, number, kind, holder, service_address, code: _ } = record;
    Ok(RecordCase {
        id,
        number,
        kind,
        holder,
        service_address,
        due: Due { count, amount, currency },
        wrong_codes,
        links,
    })
}
