//! Which requests are asked for, and what they look like: never who filed them.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header, request::Parts},
};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::{Document, base, file, form::Fields, format, instant};
use crate::{
    api::{
        casework::{NoteAudience, Stage},
        endpoint::{Scope, Visitor},
        id::{AccountId, RequestId as Id},
        problem::{Code, FieldError, Problem},
        requests::RequestStatus,
        time::{Timestamp, When},
        word::Word,
    },
    portal::{
        Portal,
        city::City,
        error::{Error, Result},
        requests::{
            filing::promise,
            ground::{Frame, Point, degrees},
            queries::{self, Chosen, RequestRow, Side},
            view::{self, Read},
        },
        web::{answer::RequestId, context::Context},
    },
};

/// The longest stretch of time that is answered at once, and the usual one.
const DAYS: i64 = 90;
/// The most rows of a page, and as many as there are unless asked.
const MOST_ROWS: i64 = 1000;

/// What a request shows beyond the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Nothing.
    Standard,
    /// Answers, notes, and where it stands.
    Extended,
}

impl Extent {
    fn of(fields: &Fields) -> Self {
        let word = fields.get("extensions").map(|word| word.to_ascii_lowercase());
        if matches!(word.as_deref(), Some("true" | "1")) { Self::Extended } else { Self::Standard }
    }
}

/// A list as it was asked for.
struct Asked {
    chosen: Chosen,
    ids: Vec<Id>,
    page: i64,
    size: i64,
}

pub async fn list(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let fields = Fields::of_query(&parts);
    let viewer = viewer(&context, &fields).await?;
    let asked = asked(&fields, viewer, context.now, context.portal.city())?;
    let (page, size, extent) = (asked.page, asked.size, Extent::of(&fields));
    let read = context.portal.store().read_long(asked, move |tx, asked| {
        Box::pin(async move {
            let Asked { chosen, ids, page, size } = asked;
            let (count, rows) = if ids.is_empty() {
                queries::choose(tx, chosen, *size, (page - 1).saturating_mul(*size)).await?
            } else {
                let mut rows = Vec::with_capacity(ids.len());
                for &id in ids {
                    rows.extend(queries::find(tx, id).await?.filter(|row| row.is_readable_by(chosen.viewer)));
                }
                (i64::try_from(rows.len()).unwrap_or(i64::MAX), rows)
            };
            Ok::<_, Error>((count, complete(tx, rows, extent).await?))
        })
    });
    let (count, read) = read.await?;
    let told: Vec<Value> =
        read.iter().map(|read| told(read, viewer, extent, &context.portal, &base(&context.portal, &parts))).collect();
    let document = Document { root: "service_requests", value: Value::Array(told) };
    let mut answer = document.answer(&id, StatusCode::OK, format(&parts));
    let pages = (count + size - 1) / size;
    let headers = answer.headers_mut();
    headers.insert("x-result-count", HeaderValue::from(count));
    headers.insert("x-page-count", HeaderValue::from(pages));
    let links = links(&parts, &base(&context.portal, &parts), page, pages);
    if let Some(links) = HeaderValue::from_str(&links).ok().filter(|links| !links.is_empty()) {
        headers.insert(header::LINK, links);
    }
    Ok(answer)
}

pub async fn show(context: Context<Visitor>, id: RequestId, parts: Parts, _: Body) -> Result<Response<Body>> {
    let fields = Fields::of_query(&parts);
    let viewer = viewer(&context, &fields).await?;
    let (name, format) = file(&parts)?;
    let unknown = || Problem::not_found("service request", &name);
    let request: Id = name.parse().map_err(|_| unknown())?;
    let extent = Extent::of(&fields);
    let read = context.portal.store().read(request, move |tx, &request| {
        Box::pin(async move {
            let found = queries::find(tx, request).await?.filter(|row| row.is_readable_by(viewer));
            complete(tx, found.into_iter().collect(), extent).await
        })
    });
    let read = read.await?.into_iter().next().ok_or_else(unknown)?;
    let told = told(&read, viewer, extent, &context.portal, &base(&context.portal, &parts));
    Ok(Document { root: "service_requests", value: Value::Array(vec![told]) }.answer(&id, StatusCode::OK, format))
}

async fn complete(tx: &crate::portal::store::Tx<'_>, rows: Vec<RequestRow>, extent: Extent) -> Result<Vec<Read>> {
    match extent {
        Extent::Extended => view::complete(tx, rows, None).await,
        Extent::Standard => {
            let alone = |row| Read { row, timeline: Vec::new(), followers: 0, following: false };
            Ok(rows.into_iter().map(alone).collect())
        }
    }
}

/// Who asks, as far as it lets them read more: a token without the scope reads what anyone does.
async fn viewer(context: &Context<Visitor>, fields: &Fields) -> Result<Option<AccountId>> {
    let caller = fields.caller(context).await?;
    let reader = caller.filter(|caller| caller.may(Scope::RequestsRead)).map(|caller| caller.account);
    if fields.get("mine").is_some() && reader.is_none() {
        let problem = Problem::new(Code::Forbidden, "mine=true needs a key or token with the scope requests:read");
        return Err(problem.into());
    }
    Ok(reader)
}

/// Where a list is read, and its mistakes are noted.
struct Desk<'f> {
    fields: &'f Fields,
    errors: Vec<FieldError>,
    now: Timestamp,
    city: &'f City,
}

impl Desk<'_> {
    fn refuse<T>(&mut self, field: &str, detail: impl Into<String>) -> Option<T> {
        self.errors.push(FieldError::new(format!("/{field}"), detail));
        None
    }

    /// An instant, or a civil date as its first (or last) instant in the city.
    fn instant(&mut self, name: &str, end: bool) -> Option<Timestamp> {
        let text = self.fields.get(name)?;
        // An unencoded plus of a zone arrives as a blank.
        let mended = text.replace(' ', "+");
        let read = text.parse::<Timestamp>().or_else(|_| mended.parse::<Timestamp>()).ok();
        let zone = &self.city.zone;
        let today = self.now.date_in(zone);
        let on = |date: crate::api::time::Date| When::On(date).start(today, zone);
        let local = || {
            let civil = text.parse::<jiff::civil::DateTime>().ok()?;
            Some(Timestamp::from(zone.to_ambiguous_zoned(civil).compatible().ok()?.timestamp()))
        };
        let day = || {
            let date = text.parse::<crate::api::time::Date>().ok()?;
            Some(if end { on(date.plus_days(1)).plus(SignedDuration::from_millis(-1)) } else { on(date) })
        };
        match read.or_else(day).or_else(local) {
            Some(at) => Some(at),
            None => self.refuse(name, format!("{name}: `{text}` is no time, as in 2026-11-22T09:00:00Z")),
        }
    }

    fn number(&mut self, names: &[&str], least: i64, most: i64) -> Option<i64> {
        let (name, text) = names.iter().find_map(|name| Some((*name, self.fields.get(name)?)))?;
        match text.parse::<i64>() {
            Ok(number) if number >= least => Some(number.min(most)),
            _ => self.refuse(name, format!("{name}: `{text}` is no number from {least}")),
        }
    }

    fn frame(&mut self) -> Option<Frame> {
        let text = self.fields.get("bbox")?;
        let parts: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        let frame = match parts.as_slice() {
            &[west, south, east, north] if west <= east && south <= north => {
                Point::at(south, west).zip(Point::at(north, east)).map(|(least, most)| Frame { least, most })
            }
            _ => None,
        };
        if frame.is_none() {
            let detail =
                format!("bbox: `{text}` is not west,south,east,north in degrees, as in -87.70,41.80,-87.60,41.90");
            return self.refuse("bbox", detail);
        }
        frame
    }

    fn status(&mut self) -> &'static str {
        let Some(text) = self.fields.get("status") else { return "" };
        let mut known = Vec::new();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match <RequestStatus as Word>::parse(&word.to_ascii_lowercase()) {
                Some(status) => known.push(status),
                None => {
                    self.refuse::<()>("status", format!("status: `{word}` is neither open nor closed")).unwrap_or(());
                }
            }
        }
        match known.as_slice() {
            [first, rest @ ..] if rest.iter().all(|status| status == first) => first.as_str(),
            _ => "",
        }
    }

    /// From when until when, at most ninety days apart.
    fn span(&mut self, from: &str, to: &str) -> (Option<Timestamp>, Option<Timestamp>) {
        let (start, end) = (self.instant(from, false), self.instant(to, true));
        if let (Some(start), Some(end)) = (start, end) {
            let longest = SignedDuration::from_hours(24 * DAYS + 25);
            if end < start {
                self.refuse::<()>(to, format!("{to} is before {from}"));
            } else if end > start.plus(longest) {
                self.refuse::<()>(
                    to,
                    format!("{from} and {to} are more than {DAYS} days apart; ask for one stretch after the other"),
                );
            }
        }
        (start, end)
    }
}

/// A stretch of ninety days around what was given of it.
pub fn ninety(start: Option<Timestamp>, end: Option<Timestamp>, now: Timestamp) -> (Timestamp, Timestamp) {
    let days = SignedDuration::from_hours(24 * DAYS);
    match (start, end) {
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => (start, start.plus(days)),
        (None, Some(end)) => (end.plus(-days), end),
        (None, None) => (now.plus(-days), now),
    }
}

/// The stretch of time that fields name, for lists of updates.
pub fn stretch(fields: &Fields, now: Timestamp, city: &City) -> Result<(Timestamp, Timestamp)> {
    let mut desk = Desk { fields, errors: Vec::new(), now, city };
    let (start, end) = desk.span("start_date", "end_date");
    if desk.errors.is_empty() { Ok(ninety(start, end, now)) } else { Err(Problem::invalid(desk.errors).into()) }
}

fn asked(fields: &Fields, viewer: Option<AccountId>, now: Timestamp, city: &City) -> Result<Asked> {
    let mut desk = Desk { fields, errors: Vec::new(), now, city };
    let ever = (Timestamp::from_millisecond(i64::MIN), Timestamp::from_millisecond(i64::MAX));
    let (start, end) = desk.span("start_date", "end_date");
    let (after, before) = (desk.instant("updated_after", false), desk.instant("updated_before", true));
    let mine = fields.get("mine").is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "true" | "1"));
    let named = start.or(end).is_some();
    // Whoever asks for what changed, or for their own, means all of it.
    let whole = !named && (mine || after.or(before).is_some());
    let size = desk.number(&["page_size", "per_page", "limit"], 1, MOST_ROWS).unwrap_or(MOST_ROWS);
    let page = desk.number(&["page"], 1, i64::from(u32::MAX)).unwrap_or(1);
    let (frame, status) = (desk.frame(), desk.status());
    let services = fields.get("service_code").map_or(String::new(), |codes| {
        let codes: Vec<_> = codes.split(',').map(str::trim).filter(|code| !code.is_empty()).collect();
        format!(",{},", codes.join(","))
    });
    let words = fields.get("q").map_or(String::new(), |words| {
        let words = words.to_ascii_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{words}%")
    });
    // An id nobody has names nothing; that is no mistake of the list.
    let ids = fields.get("service_request_id");
    let ids: Option<Vec<Id>> = ids.map(|ids| ids.split(',').filter_map(|id| id.parse().ok()).collect());
    if !desk.errors.is_empty() {
        return Err(Problem::invalid(desk.errors).into());
    }
    let none = ids.as_ref().is_some_and(Vec::is_empty);
    let chosen = Chosen {
        viewer,
        mine,
        requested: if whole { ever } else { ninety(start, end, now) },
        updated: (after.unwrap_or(ever.0), before.unwrap_or(ever.1)),
        status,
        services: if none { ",,".to_owned() } else { services },
        words,
        frame,
    };
    let mut ids = ids.unwrap_or_default();
    ids.truncate(usize::try_from(MOST_ROWS).unwrap_or(usize::MAX));
    Ok(Asked { chosen, ids, page, size })
}

/// First, previous, next and last page, as RFC 8288 has it.
fn links(parts: &Parts, base: &str, page: i64, pages: i64) -> String {
    let others = Fields::of_query(parts).without("page");
    let link = |page: i64, name: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(others.iter().filter(|(name, _)| name != "api_key")).append_pair("page", &page.to_string());
        format!("<{base}{}?{}>; rel=\"{name}\"", parts.uri.path(), query.finish())
    };
    let mut links = Vec::new();
    if pages > 1 {
        links.push(link(1, "first"));
        if page > 1 {
            links.push(link((page - 1).min(pages), "prev"));
        }
        if page < pages {
            links.push(link(page + 1, "next"));
        }
        links.push(link(pages, "last"));
    }
    links.join(", ")
}

/// A request in GeoReport's names.
fn told(read: &Read, viewer: Option<AccountId>, extent: Extent, portal: &Portal, base: &str) -> Value {
    let (row, city) = (&read.row, portal.city());
    let service = city.service(&row.service);
    let media = view::media(&row.media, Some(base));
    let mut told = json!({
        "service_request_id": row.id,
        "status": row.status,
        "status_notes": row.notes,
        "service_name": service.map_or(row.service.as_str(), |service| service.name.as_str()),
        "service_code": row.service,
        "description": row.description,
        "agency_responsible": city.department(&row.department).map(|department| department.name.as_str()),
        "service_notice": promise(row, city),
        "requested_datetime": instant(row.requested_at),
        "updated_datetime": instant(row.updated_at),
        "expected_datetime": row.expected_at.map(instant),
        "address": row.address,
        "address_id": row.address_id,
        "zipcode": row.zipcode,
        "lat": row.latitude.map(degrees),
        "long": row.longitude.map(degrees),
        "media_url": media.first(),
    });
    if let (Extent::Extended, Some(fields)) = (extent, told.as_object_mut()) {
        extend(fields, read, viewer, city, &media);
    }
    told
}

fn extend(fields: &mut Map<String, Value>, read: &Read, viewer: Option<AccountId>, city: &City, media: &[String]) {
    let row = &read.row;
    let mine = viewer.is_some() && row.reporter == viewer;
    let questions = city.service(&row.service).map(|service| service.questions.as_slice()).unwrap_or_default();
    let attribute = |answer: &crate::api::casework::Answer| {
        let question = questions.iter().find(|question| question.code == answer.code);
        let label = question.map(|question| question.description.as_str());
        json!({ "code": answer.code, "label": label, "values": answer.values })
    };
    fields.insert("attributes".to_owned(), view::answers(row, mine, city).iter().map(attribute).collect());
    let extended = json!({
        "stage": row.stage,
        "duplicate_of": row.duplicate_of,
        "closing_reason": row.reason,
        "followers": read.followers,
    });
    fields.insert("extended_attributes".to_owned(), extended);
    fields.insert("media_urls".to_owned(), json!(media));
    let public = read.timeline.iter().filter(|event| event.audience == NoteAudience::Public);
    let note = |event: &queries::EventRow| {
        let by = match event.side {
            Side::City => event.department.as_deref().and_then(|id| city.department(id)).map(|its| its.name.as_str()),
            side => Some(side.as_str()),
        };
        json!({
            "datetime": instant(event.at),
            "summary": in_words(event.status),
            "description": event.note,
            "type": event.status,
            "by": by,
        })
    };
    fields.insert("notes".to_owned(), public.map(note).collect());
}

fn in_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "Open",
        Stage::Closed => "Closed",
        Stage::Fixed => "Fixed",
        Stage::InProgress => "In progress",
        Stage::Planned => "Planned",
        Stage::ActionScheduled => "Scheduled",
        Stage::Investigating => "Being looked at",
        Stage::Duplicate => "Duplicate",
        Stage::NoFurtherAction => "No further action",
        Stage::InternalReferral => "Handed on",
        Stage::Cancelled => "Cancelled",
        Stage::Reopen => "Reopened",
        Stage::ForTriage => "To be assigned",
    }
}
