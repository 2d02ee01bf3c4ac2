//! What residents do beyond GeoReport: list their own, look for similar ones, comment and follow.

use super::{
    change::{self, Author, Change, Deed},
    filing,
    ground::Point,
    open311, pictures, queries, rules, staff,
    view::{self, Read, Viewer},
};
use crate::{
    api::{
        casework::{self, Comment, Nearby, Neighbour, NoteAudience, RequestQuery, ServiceRequest, Similar},
        endpoint::{Anyone, Empty, SignedIn},
        id::{AccountId, RequestId, RequestKind},
        page::Page,
        problem::Problem,
        requests::RequestStatus,
        word::Word,
    },
    portal::{
        city::City,
        error::{Error, Result},
        idempotency::{Claim, Claimed},
        store::{Tx, params},
        web::{
            context::Context,
            paging::{cut, newest, read_time_cursor, short_limit, time_cursor},
            router::Routes,
        },
    },
};

/// How many similar requests are told at most.
const MOST_SIMILAR: usize = 10;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .list(&casework::LIST, list)
        .add(&casework::SHOW, show)
        .add(&casework::SIMILAR, similar)
        .add(&casework::COMMENT, comment)
        .add(&casework::FOLLOW, follow)
        .add(&casework::UNFOLLOW, unfollow);
    open311::routes(staff::routes(pictures::routes(routes)))
}

pub(crate) async fn list(context: Context<SignedIn>, (): (), query: RequestQuery) -> Result<Page<ServiceRequest>> {
    let account = context.account();
    let behind = query.after.as_deref().map_or_else(|| Ok(newest()), read_time_cursor::<RequestKind>)?;
    let limit = short_limit(query.limit);
    let status = query.status.map(Word::as_str).unwrap_or_default();
    let read = context.portal.store().read((), move |tx, ()| {
        Box::pin(async move {
            let rows = queries::filed_by(tx, account, status, behind, limit.probe()).await?;
            view::complete(tx, rows, Some(account)).await
        })
    });
    let city = context.portal.city();
    Ok(cut(read.await?, limit, cursor, |read| own(read, account, city)))
}

/// The newest open requests an account filed.
pub async fn open_of(tx: &Tx<'_>, account: AccountId, most: i64) -> Result<Vec<Read>> {
    let rows = queries::filed_by(tx, account, RequestStatus::Open.as_str(), newest(), most).await?;
    view::complete(tx, rows, Some(account)).await
}

/// A request as its reporter sees it.
pub fn own(read: Read, account: AccountId, city: &City) -> ServiceRequest {
    view::seen(read, Viewer::Resident(Some(account)), city)
}

/// Where the page that ends with a request goes on.
pub fn cursor(last: &Read) -> String {
    time_cursor(last.row.requested_at, last.row.id)
}

/// A request, read as a resident may.
async fn shown(context: &Context<SignedIn>, id: RequestId) -> Result<ServiceRequest> {
    let account = context.account();
    let read = context.portal.store().read(id, move |tx, &id| {
        Box::pin(async move {
            let found = queries::find(tx, id).await?.filter(|row| row.is_readable_by(Some(account)));
            let row = found.ok_or_else(|| Problem::not_found("service request", id))?;
            view::complete_one(tx, row, Some(account)).await
        })
    });
    Ok(view::seen(read.await?, Viewer::Resident(Some(account)), context.portal.city()))
}

async fn show(context: Context<SignedIn>, id: RequestId, _: Empty) -> Result<ServiceRequest> {
    shown(&context, id).await
}

async fn similar(context: Context<Anyone>, (): (), query: Nearby) -> Result<Similar> {
    let city = context.portal.city();
    let service = filing::service(&query.service_code, city)?.code.clone();
    let here = Point::at(query.lat, query.long)
        .ok_or_else(|| Error::field("/lat", "lat and long are nowhere on earth; are they swapped?"))?;
    let radius_m = city.requests.duplicate_radius_m;
    let near = move |point: Option<Point>| {
        let metres = point.map(|there| here.distance_m(there));
        metres.filter(|&metres| metres <= f64::from(radius_m))
    };
    let read = context.portal.store().read(service, move |tx, service| {
        Box::pin(async move {
            let mut rows = queries::near(tx, service, here.around(radius_m)).await?;
            rows.retain(|row| near(row.point()).is_some());
            rows.sort_by(|one, other| {
                near(one.point()).partial_cmp(&near(other.point())).unwrap_or(std::cmp::Ordering::Equal)
            });
            rows.truncate(MOST_SIMILAR);
            view::complete(tx, rows, None).await
        })
    });
    let neighbour = |read: Read| {
        let metres = near(read.row.point()).unwrap_or_default();
        let request = view::seen(read, Viewer::Resident(None), city);
        Neighbour { request, distance_m: whole(metres) }
    };
    Ok(Similar { radius_m, items: read.await?.into_iter().map(neighbour).collect() })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance within the radius fits")]
fn whole(metres: f64) -> u32 {
    metres.round() as u32
}

async fn comment(context: Context<SignedIn>, id: RequestId, comment: Comment) -> Result<ServiceRequest> {
    // What is nobody's is not found, whatever was said of it.
    shown(&context, id).await?;
    let change = Change {
        id,
        author: Author::Resident(context.account()),
        deed: Deed::Comment,
        note: Some(rules::text("/text", &comment.text)?),
        audience: NoteAudience::Public,
        media: None,
        now: context.now,
        reopen_days: context.portal.city().requests.reopen_days,
        claim: context.claim.clone(),
    };
    let unit = (context.portal.clone(), change);
    context.write(unit, |tx, (portal, change)| Box::pin(change::change(tx, portal, change))).await?;
    shown(&context, id).await
}

async fn follow(context: Context<SignedIn>, id: RequestId, _: Empty) -> Result<ServiceRequest> {
    let (account, now) = (context.account(), context.now);
    let write = context.write(context.claim.clone(), move |tx, claim| {
        Box::pin(async move {
            let found = queries::find(tx, id).await?.filter(|row| row.is_readable_by(Some(account)));
            found.ok_or_else(|| Problem::not_found("service request", id))?;
            // Whoever has stopped following since does not begin again because an old request arrives once more.
            if Claim::take_if_given(claim.as_ref(), tx, id.number(), now).await? == Claimed::Fresh {
                tx.execute(&queries::FOLLOW, &params![id, account, now]).await?;
            }
            Ok::<_, Error>(())
        })
    });
    write.await?;
    shown(&context, id).await
}

async fn unfollow(context: Context<SignedIn>, id: RequestId, _: Empty) -> Result<ServiceRequest> {
    let account = context.account();
    let write = context.write(id, move |tx, &id| {
        Box::pin(async move {
            tx.execute(&queries::UNFOLLOW, &params![id, account]).await?;
            Ok::<_, Error>(())
        })
    });
    write.await?;
    shown(&context, id).await
}
