//! What a request looks like, and to whom: the public never sees who filed it.

use super::{
    ground,
    queries::{self, EventRow, RequestRow, Side},
    rules::{self, State},
};
use crate::{
    api::{
        casework::{Answer, Case, NoteAudience, Reporter, ServiceRequest, TimelineEntry},
        id::AccountId,
    },
    portal::{
        city::{City, services::Audience},
        error::{Error, Result},
        store::{Tx, params},
    },
};

/// Requests with all that belongs to them, as they were read.
#[derive(Debug)]
pub struct Read {
    pub row: RequestRow,
    pub timeline: Vec<EventRow>,
    pub followers: i64,
    pub following: bool,
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Anyone, or a resident.
    Resident(Option<AccountId>),
    /// A clerk who works on requests.
    Clerk(AccountId),
}

impl Viewer {
    fn account(self) -> Option<AccountId> {
        match self {
            Self::Resident(account) => account,
            Self::Clerk(account) => Some(account),
        }
    }
}

/// Reads what belongs to rows.
pub async fn complete(tx: &Tx<'_>, rows: Vec<RequestRow>, viewer: Option<AccountId>) -> Result<Vec<Read>> {
    let timelines = queries::timelines(tx, &rows).await?;
    let followers = queries::followers(tx, &rows, viewer).await?;
    let read = rows.into_iter().zip(timelines).zip(followers);
    Ok(read.map(|((row, timeline), (followers, following))| Read { row, timeline, followers, following }).collect())
}

/// Reads what belongs to a row.
pub async fn complete_one(tx: &Tx<'_>, row: RequestRow, viewer: Option<AccountId>) -> Result<Read> {
    let read = complete(tx, vec![row], viewer).await?;
    read.into_iter().next().ok_or_else(|| Error::internal("a request that was there is gone"))
}

/// A request as somebody sees it.
pub fn seen(read: Read, viewer: Viewer, city: &City) -> ServiceRequest {
    let Read { row, timeline, following, .. } = read;
    let mine = viewer.account().is_some() && row.reporter == viewer.account();
    let clerk = matches!(viewer, Viewer::Clerk(_));
    let answers = answers(&row, mine || clerk, city);
    let reopen_until = State::of(&row).reopen_until(city.requests.reopen_days);
    let timeline = timeline.into_iter().filter(|event| clerk || event.audience == NoteAudience::Public);
    ServiceRequest {
        service_request_id: row.id,
        status: row.status,
        status_notes: row.notes,
        service_name: city.service(&row.service).map_or_else(|| row.service.clone(), |service| service.name.clone()),
        service_code: row.service,
        description: row.description,
        agency_responsible: city.department(&row.department).map(|department| department.name.clone()),
        service_notice: rules::notice(row.expected_at, city),
        requested_datetime: row.requested_at,
        updated_datetime: row.updated_at,
        expected_datetime: row.expected_at,
        address: row.address,
        address_id: row.address_id,
        zipcode: row.zipcode,
        lat: row.latitude.map(ground::degrees),
        long: row.longitude.map(ground::degrees),
        media_url: media(&row.media, city.url.as_deref()).into_iter().next(),
        stage: row.stage,
        duplicate_of: row.duplicate_of,
        reopen_until,
        mine,
        following,
        answers,
        timeline: timeline.map(|event| entry(event, viewer, city)).collect(),
    }
}

fn entry(event: EventRow, viewer: Viewer, city: &City) -> TimelineEntry {
    let department = event.department.as_deref();
    let by = match (event.side, viewer) {
        (_, Viewer::Clerk(_)) if event.username.is_some() => event.username.unwrap_or_default(),
        (Side::City, _) => {
            let named = department.and_then(|id| city.department(id)).map(|department| department.name.clone());
            named.unwrap_or_else(|| city.name.clone())
        }
        (side, _) => side.to_string(),
    };
    TimelineEntry { at: event.at, status: event.status, note: event.note, by, audience: event.audience }
}

/// What was answered; to questions the city keeps private, only to whom it concerns.
pub fn answers(row: &RequestRow, all: bool, city: &City) -> Vec<Answer> {
    let given: Vec<Answer> = serde_json::from_str(&row.answers).unwrap_or_default();
    let questions = city.service(&row.service).map(|service| service.questions.as_slice()).unwrap_or_default();
    // A question that is asked no more was perhaps private.
    let public = |answer: &Answer| {
        let question = questions.iter().find(|question| question.code == answer.code);
        question.is_some_and(|question| question.audience == Audience::Public)
    };
    given.into_iter().filter(|answer| all || public(answer)).collect()
}

/// The pictures of a request, those of the portal's own under its address.
pub fn media(list: &str, base: Option<&str>) -> Vec<String> {
    let urls: Vec<String> = serde_json::from_str(list).unwrap_or_default();
    let base = base.unwrap_or_default().trim_end_matches('/');
    urls.into_iter().map(|url| if url.starts_with('/') { format!("{base}{url}") } else { url }).collect()
}

/// A request as clerks see it.
pub async fn case(tx: &Tx<'_>, read: Read, clerk: AccountId, city: &City) -> Result<Case> {
    let RequestRow { reporter, assignee, department, private, reason, .. } = &read.row;
    let (department, private, reason, followers) = (department.clone(), *private, *reason, read.followers);
    let reporter = Reporter {
        username: username(tx, *reporter).await?,
        name: read.row.name.clone(),
        email: read.row.email.clone(),
        phone: read.row.phone.clone(),
    };
    let assignee = username(tx, *assignee).await?;
    let request = seen(read, Viewer::Clerk(clerk), city);
    Ok(Case { request, department, assignee, private, reason, followers, reporter })
}

async fn username(tx: &Tx<'_>, account: Option<AccountId>) -> Result<Option<String>> {
    let Some(account) = account else { return Ok(None) };
    let found: Option<(String,)> = tx.optional(&queries::USERNAME, &params![account]).await?;
    Ok(found.map(|(username,)| username))
}
