//! Service request updates, the extension UK councils run on: what was told of requests, and telling more.

use axum::{
    body::Body,
    http::{Response, StatusCode, request::Parts},
};
use serde_json::{Value, json};

use super::{
    Document, base,
    form::{Fields, clean},
    format, instant, list,
    post::{claim, is_for_good, writer},
};
use crate::{
    api::{
        casework::{NoteAudience, Reason, Stage},
        endpoint::{Power, Visitor},
        id::{AccountId, RequestId as Id},
        problem::{Code, Problem},
    },
    portal::{
        error::{Error, Result},
        requests::{
            change::{self, Author, Change, Deed},
            pictures,
            queries::{self, RequestRow, UpdateRow},
            rules, view,
        },
        store::params,
        web::{answer::RequestId, context::Context, grant::Caller},
    },
};

pub async fn list(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let fields = Fields::of_query(&parts);
    let (start, end) = list::stretch(&fields, context.now, context.portal.city())?;
    let of = fields.get("service_request_id").map(|id| request_id(&id)).transpose()?;
    let read = context.portal.store().read_long((start, end), move |tx, (start, end)| {
        Box::pin(async move {
            let (one, of) = (of.is_some(), of.unwrap_or(Id::new(0)));
            let values = params![start, end, one, of];
            Ok::<_, Error>(tx.rows::<UpdateRow>(&queries::UPDATES, &values).await?)
        })
    });
    let base = base(&context.portal, &parts);
    let told = |row: UpdateRow| {
        json!({
            "update_id": update_id(row.request, row.place),
            "service_request_id": row.request,
            "status": row.status,
            "updated_datetime": instant(row.at),
            "description": row.note,
            "media_url": row.media.and_then(|media| view::media(&media, Some(&base)).into_iter().next()),
        })
    };
    let value = Value::Array(read.await?.into_iter().map(told).collect());
    Ok(Document { root: "service_request_updates", value }.answer(&id, StatusCode::OK, format(&parts)))
}

fn update_id(request: Id, place: i64) -> String {
    format!("{request}-{place}")
}

fn request_id(text: &str) -> Result<Id> {
    text.parse().map_err(|_| Problem::not_found("service request", text).into())
}

pub async fn post(context: Context<Visitor>, id: RequestId, parts: Parts, body: Body) -> Result<Response<Body>> {
    let mut fields = Fields::read(&context.portal, &parts, body).await?;
    let pictures = std::mem::take(&mut fields.pictures);
    if !pictures.is_empty() {
        pictures::forget(&context.portal, pictures).await;
        let problem = Problem::new(Code::Malformed, "an update takes no pictures along");
        return Err(problem.hint("put it on the web and give media_url").into());
    }
    let unknown = || Problem::new(Code::Unauthenticated, "an update needs an api_key: it is told in somebody's name");
    let caller = writer(&context, &fields).await?.ok_or_else(unknown)?;
    let context = context.known_as(Some(&caller));
    let account = caller.account;
    let of = fields
        .get("service_request_id")
        .ok_or_else(|| Error::field("/service_request_id", "service_request_id is missing"))?;
    let of = request_id(&of)?;
    let stage = fields.get("status").map(|word| stage(&word)).transpose()?;
    let said = fields.get("description").map(|text| rules::text("/description", &clean(&text))).transpose()?;
    let media = fields.get("media_url");
    if let Some(mistake) = media.as_deref().and_then(rules::picture_mistake) {
        return Err(Error::field("/media_url", mistake));
    }
    if said.is_none() && media.is_none() && stage.is_none() {
        return Err(Error::field("/description", "an update says something: give description, status or media_url"));
    }
    let (author, deed) = deed(account, is_clerk(&caller), stage)?;
    let change = Change {
        id: of,
        author,
        deed,
        note: said,
        audience: NoteAudience::Public,
        media: media.map(|url| json!([url]).to_string()),
        now: context.now,
        reopen_days: context.portal.city().requests.reopen_days,
        claim: claim(&parts, &fields, Some(account), "POST servicerequestupdates")?,
    };
    let place = if is_for_good(&parts) {
        let unit = (context.portal.clone(), change);
        let write = context.write(unit, |tx, (portal, change)| Box::pin(change::change(tx, portal, change)));
        let RequestRow { events, .. } = write.await?;
        events
    } else {
        0
    };
    let value = json!([{ "update_id": update_id(of, place) }]);
    Ok(Document { root: "service_request_updates", value }.answer(&id, StatusCode::CREATED, format(&parts)))
}

fn is_clerk(caller: &Caller) -> bool {
    caller.powers.contains(&Power::Requests) && caller.require_scope(crate::api::endpoint::Scope::Staff).is_ok()
}

/// The word of an update, in any case.
fn stage(word: &str) -> Result<Stage> {
    let word = word.to_lowercase().replace([' ', '-'], "_");
    word.parse().map_err(|error: crate::api::word::UnknownWord| Error::field("/status", error.to_string()))
}

/// What an update does: a resident's comments, a clerk's does what its status says.
fn deed(account: AccountId, clerk: bool, stage: Option<Stage>) -> Result<(Author, Deed)> {
    if !clerk {
        return Ok((Author::Resident(account), Deed::Comment));
    }
    let deed = match stage {
        None => Deed::Note(None),
        Some(Stage::Fixed | Stage::Closed) => Deed::Close(Reason::Fixed),
        Some(Stage::NoFurtherAction) => Deed::Close(Reason::Declined),
        Some(Stage::InternalReferral) => Deed::Close(Reason::NotOurs),
        Some(Stage::Cancelled) => Deed::Close(Reason::Withdrawn),
        Some(Stage::Reopen) => Deed::Reopen,
        Some(Stage::Duplicate) => {
            let hint = "citytime staff requests duplicate ID OF";
            let refused = Error::field("/status", format!("an update cannot tell what it duplicates; {hint} does"));
            return Err(refused);
        }
        Some(open) => Deed::Note(Some(open)),
    };
    Ok((Author::Clerk(account), deed))
}
