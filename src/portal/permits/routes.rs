//! What applicants do.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;

use super::{
    change::{Applying, Change, Doing, begin, move_on, submit},
    documents, paper,
    queries::{self, PermitRow},
    rules::{self, Viewer},
    staff,
};
use crate::{
    api::{
        endpoint::{Anyone, Empty, SignedIn, Slug},
        id::{AccountId, PermitId, PermitKind},
        page::Page,
        permits::{
            self, Checked, NewPermit, Permit, PermitAnswer, PermitCheck, PermitEdit, PermitQuery, PermitStatus,
            PermitType, PermitTypeQuery, Remark, Submission,
        },
        problem::{Code, Problem},
        time::Timestamp,
        word::Word,
    },
    form::Extent,
    portal::{
        Portal,
        city::{self, City},
        error::{Error, Result},
        random::with_fresh_ids,
        store::{Tx, params},
        unknown,
        web::{
            context::Context,
            file::Outgoing,
            paging::{self, Limit, cut, limit, newest, read_time_cursor, short_limit, time_cursor},
            router::Routes,
        },
    },
};

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .list(&permits::TYPES, types)
        .add(&permits::TYPE, one_type)
        .add(&permits::CHECK, check)
        .add(&permits::APPLY, apply)
        .list(&permits::LIST, list)
        .add(&permits::SHOW, show)
        .add(&permits::EDIT, edit)
        .add(&permits::SUBMIT, submit_draft)
        .add(&permits::ANSWER, answer)
        .add(&permits::WITHDRAW, withdraw)
        .send(&permits::DOWNLOAD, download);
    staff::routes(documents::routes(routes))
}

fn told(kind: &city::permits::PermitType, city: &City, form: Option<serde_json::Value>) -> PermitType {
    PermitType {
        id: kind.id.clone(),
        title: kind.title.clone(),
        category: kind.category.clone(),
        fee: kind.fee,
        currency: city.currency,
        documents: kind.documents.clone(),
        department: kind.department.clone(),
        working_days: kind.working_days,
        description: kind.description.clone(),
        form,
    }
}

async fn types(context: Context<Anyone>, (): (), query: PermitTypeQuery) -> Result<Page<PermitType>> {
    let city = context.portal.city();
    let of =
        |kind: &&city::permits::PermitType| query.category.as_ref().is_none_or(|category| kind.category == *category);
    let all = city.permits.types.iter().filter(of).collect::<Vec<_>>();
    if let (true, Some(category)) = (all.is_empty(), &query.category) {
        let known: BTreeSet<_> = city.permits.types.iter().map(|kind| kind.category.as_str()).collect();
        return Err(unknown::category(category, known, "see the types of every category: citytime permit types").into());
    }
    let begun = match &query.after {
        None => 0,
        Some(after) => match all.iter().position(|kind| kind.id == *after) {
            Some(place) => place + 1,
            None => return Err(paging::foreign()),
        },
    };
    Ok(cut(all[begun..].to_vec(), limit(query.limit), |kind| kind.id.clone(), |kind| told(kind, city, None)))
}

async fn one_type(context: Context<Anyone>, id: Slug, _: Empty) -> Result<PermitType> {
    let city = context.portal.city();
    let kind = rules::kind(city, id.as_str())?;
    Ok(told(kind, city, Some(kind.form.schema().clone())))
}

async fn check(context: Context<SignedIn>, (): (), input: PermitCheck) -> Result<Checked> {
    let city = context.portal.city();
    let kind = rules::kind(city, &input.kind)?;
    let documents = input.documents.iter().map(String::as_str).collect::<Vec<_>>();
    let extent = if input.draft { Extent::SoFar } else { Extent::Whole };
    rules::refuse(rules::mistakes(kind, &input.answers, Some(&documents), extent))?;
    Ok(Checked {
        kind: kind.id.clone(),
        title: kind.title.clone(),
        department: kind.department.clone(),
        fee: kind.fee,
        currency: city.currency,
        expected_on: city.working_days_after(context.today, kind.working_days),
    })
}

async fn apply(context: Context<SignedIn>, (): (), input: NewPermit) -> Result<Permit> {
    let (portal, account, now) = (context.portal.clone(), context.account(), context.now);
    let claim = Some(context.required_claim()?);
    let NewPermit { kind, answers, draft } = input;
    let applying = Applying { portal: portal.clone(), account, kind, answers, now, claim };
    let begun = with_fresh_ids(|| async {
        let (id, bill) = (portal.random().id()?, portal.random().id()?);
        let write = context.write((applying.clone(), draft), move |tx, (applying, draft)| {
            Box::pin(async move {
                let begun = begin(tx, applying, id).await?;
                if !draft && begun == id {
                    // One unit: an application with mistakes leaves nothing behind.
                    move_on(tx, &by_applicant(&applying.portal, account, id, Doing::Submit(bill), now)).await?;
                }
                Ok::<_, Error>(begun)
            })
        });
        write.await
    });
    load(&portal, Viewer::Applicant, Some(account), begun.await?).await
}

fn by_applicant(portal: &Portal, account: AccountId, id: PermitId, doing: Doing, now: Timestamp) -> Change {
    Change { portal: portal.clone(), id, doing, actor: Some(account), version: None, note: None, now, claim: None }
}

fn change(context: &Context<SignedIn>, id: PermitId, doing: Doing) -> Change {
    let change = by_applicant(&context.portal, context.account(), id, doing, context.now);
    Change { claim: context.claim.clone(), ..change }
}

async fn make(context: &Context<SignedIn>, change: Change) -> Result<Permit> {
    let id = change.id;
    context.write(change, |tx, change| Box::pin(move_on(tx, change))).await?;
    load(&context.portal, Viewer::Applicant, Some(context.account()), id).await
}

async fn edit(context: Context<SignedIn>, id: PermitId, input: PermitEdit) -> Result<Permit> {
    let edit = change(&context, id, Doing::Edit(input.answers));
    make(&context, Change { version: input.version, ..edit }).await
}

async fn submit_draft(context: Context<SignedIn>, id: PermitId, input: Submission) -> Result<Permit> {
    let version = input.version;
    submit(|bill| Change { version, ..change(&context, id, Doing::Submit(bill)) }, &context).await?;
    load(&context.portal, Viewer::Applicant, Some(context.account()), id).await
}

async fn answer(context: Context<SignedIn>, id: PermitId, input: PermitAnswer) -> Result<Permit> {
    let PermitAnswer { version, note, answers } = input;
    // Whether there is such an application is told before what is wrong with its answer.
    load(&context.portal, Viewer::Applicant, Some(context.account()), id).await?;
    let note = Some(staff::said("/note", &note)?);
    let answer = change(&context, id, Doing::Answer(answers));
    make(&context, Change { version, note, ..answer }).await
}

async fn withdraw(context: Context<SignedIn>, id: PermitId, input: Remark) -> Result<Permit> {
    let note = input.note.as_deref().map(|note| staff::said("/note", note)).transpose()?;
    make(&context, Change { note, ..change(&context, id, Doing::Withdraw) }).await
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: PermitQuery) -> Result<Page<Permit>> {
    let (account, limit) = (context.account(), short_limit(query.limit));
    let behind = match query.after.as_deref() {
        Some(text) => read_time_cursor::<PermitKind>(text)?,
        None => newest(),
    };
    let status = query.status.map_or("", PermitStatus::as_str);
    let kind = query.kind.unwrap_or_default();
    let read = context.portal.store().read(kind, move |tx, kind| {
        Box::pin(async move {
            let probe = limit.probe();
            let key = params![account, status, kind, behind.0, behind.1, probe];
            detailed(tx, tx.rows(&queries::LIST, &key).await?).await
        })
    });
    Ok(page(&context.portal, read.await?, limit, Viewer::Applicant, |row| row.created_at))
}

type Detailed = (PermitRow, (Vec<queries::DocumentRow>, Vec<queries::StepRow>));

pub(super) async fn detailed(tx: &Tx<'_>, rows: Vec<PermitRow>) -> Result<Vec<Detailed>> {
    let details = try_join_all(rows.iter().map(async |row| queries::details(tx, row.id).await)).await?;
    Ok(rows.into_iter().zip(details).collect())
}

pub(super) fn page(
    portal: &Portal,
    rows: Vec<Detailed>,
    limit: Limit,
    viewer: Viewer,
    at: impl Fn(&PermitRow) -> Timestamp,
) -> Page<Permit> {
    let key = |(row, _): &Detailed| time_cursor(at(row), row.id);
    cut(rows, limit, key, |(row, (documents, steps))| rules::seen(row, documents, steps, portal.city(), viewer))
}

/// An account's applications under way, for the dashboard.
pub(crate) async fn under_way(tx: &Tx<'_>, portal: &Portal, account: AccountId, most: i64) -> Result<Vec<Permit>> {
    let rows = detailed(tx, tx.rows(&queries::UNDER_WAY, &params![account, most]).await?).await?;
    let seen = |(row, (documents, steps))| rules::seen(row, documents, steps, portal.city(), Viewer::Applicant);
    Ok(rows.into_iter().map(seen).collect())
}

/// An application as somebody sees it: an applicant their own, a clerk every submitted one.
pub(super) async fn load(portal: &Portal, viewer: Viewer, account: Option<AccountId>, id: PermitId) -> Result<Permit> {
    let read = portal.store().read(id, |tx, &id| {
        Box::pin(async move {
            let found = queries::find(tx, id).await?;
            let details = queries::details(tx, id).await?;
            Ok::<_, Error>(found.map(|row| (row, details)))
        })
    });
    let visible = |(row, _): &Detailed| match viewer {
        Viewer::Applicant => Some(row.account) == account,
        Viewer::Clerk => row.submitted_at.is_some(),
    };
    let found = read.await?.filter(visible);
    let (row, (documents, steps)) = found.ok_or_else(|| Problem::not_found("permit", id))?;
    Ok(rules::seen(row, documents, steps, portal.city(), viewer))
}

async fn show(context: Context<SignedIn>, id: PermitId, _: Empty) -> Result<Permit> {
    load(&context.portal, Viewer::Applicant, Some(context.account()), id).await
}

async fn download(context: Context<SignedIn>, id: PermitId, _: Empty) -> Result<Outgoing> {
    let permit = load(&context.portal, Viewer::Applicant, Some(context.account()), id).await?;
    if permit.status != PermitStatus::Issued {
        let problem = Problem::new(Code::Conflict, format!("{id} is {}: there is no permit yet", permit.status));
        return Err(problem.hint(format!("wait for it: citytime permit status {id} --wait=issued")).about(id).into());
    }
    let text = paper::permit(&permit, context.portal.city());
    Ok(Outgoing::of("text/plain; charset=utf-8", format!("{id}.txt"), text))
}
