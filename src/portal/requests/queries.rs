//! SQL of requests, their timelines and followers.

use futures_util::future::try_join_all;

use super::ground::{Frame, Point};
use crate::{
    api::{
        casework::{NoteAudience, Reason, Stage},
        id::{AccountId, RequestId},
        requests::RequestStatus,
        time::Timestamp,
    },
    portal::{
        error::Result,
        store::{Tx, Value, params, queries, row},
    },
};

/// The columns of [`RequestRow`].
macro_rules! columns {
    () => {
        "id, service, department, private, reporter, name, email, phone, description, address, address_id, zipcode, \
         latitude, longitude, media, answers, status, stage, reason, notes, assignee, duplicate_of, requested_at, \
         updated_at, expected_at, closed_at, events"
    };
}

/// What GeoReport's list is narrowed down by, `$1` to `$14`.
macro_rules! chosen {
    () => {
        " FROM requests WHERE (private = 0 OR reporter = $1) AND ($2 = 0 OR reporter = $1) \
         AND requested_at >= $3 AND requested_at <= $4 AND updated_at >= $5 AND updated_at <= $6 \
         AND ($7 = '' OR status = $7) \
         AND ($8 = '' OR $8 LIKE '%,' || REPLACE(service, '_', '\\_') || ',%' ESCAPE '\\') \
         AND ($9 = '' OR LOWER(COALESCE(description, '') || ' ' || COALESCE(address, '')) LIKE $9 ESCAPE '\\') \
         AND ($10 = 0 OR (latitude BETWEEN $11 AND $12 AND longitude BETWEEN $13 AND $14))"
    };
}

queries! {
    /// A new request.
    pub INSERT = "INSERT INTO requests (id, service, department, private, reporter, name, email, phone, description, address, \
                  address_id, zipcode, latitude, longitude, media, answers, status, stage, requested_at, updated_at, \
                  expected_at, events) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'open', 'open', $17, $17, $18, 1)";
    /// A request.
    pub FIND = concat!("SELECT ", columns!(), " FROM requests WHERE id = $1");
    /// Takes a request for a change: nobody else changes it until this unit ends. Counts an event.
    pub TAKE = concat!("UPDATE requests SET events = events + 1 WHERE id = $1 RETURNING ", columns!());
    /// The state of a request after a change.
    pub CHANGE = "UPDATE requests SET department = $2, status = $3, stage = $4, reason = $5, notes = $6, assignee = $7, \
                  duplicate_of = $8, updated_at = $9, closed_at = $10 WHERE id = $1";
    /// The requests that are the same as one.
    pub DUPLICATES = "SELECT id FROM requests WHERE duplicate_of = $1 ORDER BY id";
    /// How many requests GeoReport's list has.
    pub COUNT = concat!("SELECT COUNT(*)", chosen!());
    /// A page of GeoReport's list, newest first.
    pub LIST = concat!("SELECT ", columns!(), chosen!(), " ORDER BY requested_at DESC, id DESC LIMIT $15 OFFSET $16");
    /// A page of the requests an account filed, newest first.
    pub FILED_BY = concat!("SELECT ", columns!(), " FROM requests WHERE reporter = $1 AND ($2 = '' OR status = $2) \
                   AND (requested_at, id) < ($3, $4) ORDER BY requested_at DESC, id DESC LIMIT $5");
    /// A page of the requests clerks work on, newest first.
    pub CASES = concat!("SELECT ", columns!(), " FROM requests WHERE ($1 = '' OR status = $1) AND ($2 = '' OR service = $2) \
                AND ($3 = '' OR department = $3) \
                AND ($4 = '' OR ($4 = 'none' AND assignee IS NULL) OR assignee = (SELECT id FROM accounts WHERE username = $4)) \
                AND (expected_at < $5 OR $5 IS NULL) \
                AND (requested_at, id) < ($6, $7) ORDER BY requested_at DESC, id DESC LIMIT $8");
    /// Open public requests for a service within a frame.
    pub NEAR = concat!("SELECT ", columns!(), " FROM requests WHERE service = $1 AND status = 'open' AND private = 0 \
               AND duplicate_of IS NULL AND latitude BETWEEN $2 AND $3 AND longitude BETWEEN $4 AND $5 ORDER BY id LIMIT 200");
    /// Something that happened.
    pub TELL = "INSERT INTO request_events (request, place, at, status, note, audience, side, author, department, media) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// What happened to a request, the oldest first.
    pub EVENTS = "SELECT e.at, e.status, e.note, e.audience, e.side, e.department, a.username \
                  FROM request_events e LEFT JOIN accounts a ON a.id = e.author WHERE e.request = $1 ORDER BY e.place";
    /// What was told of public requests in a stretch of time, filing itself left out.
    pub UPDATES = "SELECT e.request, e.place, e.at, e.status, e.note, e.media FROM request_events e \
                   JOIN requests r ON r.id = e.request WHERE e.audience = 'public' AND e.place > 1 AND r.private = 0 \
                   AND e.at >= $1 AND e.at <= $2 AND ($3 = 0 OR e.request = $4) ORDER BY e.at, e.request, e.place LIMIT 1000";
    /// A picture that came with a request.
    pub ADD_PICTURE = "INSERT INTO request_pictures (request, place, media_type, size, digest) VALUES ($1, $2, $3, $4, $5)";
    /// A picture, and who may see it.
    pub PICTURE = "SELECT p.media_type, p.size, p.digest, r.private, r.reporter FROM request_pictures p \
                   JOIN requests r ON r.id = p.request WHERE p.request = $1 AND p.place = $2";
    /// Follows a request, if it is not followed already.
    pub FOLLOW = "INSERT INTO request_followers (request, account, since) VALUES ($1, $2, $3) \
                  ON CONFLICT (request, account) DO NOTHING";
    /// Follows a request no more.
    pub UNFOLLOW = "DELETE FROM request_followers WHERE request = $1 AND account = $2";
    /// Who follows a request.
    pub FOLLOWING = "SELECT account FROM request_followers WHERE request = $1 ORDER BY since, account";
    /// How many follow a request, and whether an account does.
    pub FOLLOWERS = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN account = $2 THEN 1 ELSE 0 END), 0) AS BIGINT) \
                     FROM request_followers WHERE request = $1";
    /// An account's name to sign in with.
    pub USERNAME = "SELECT username FROM accounts WHERE id = $1";
}

row! {
    /// A request as it is kept.
    pub struct RequestRow {
        pub id: RequestId,
        pub service: String,
        pub department: String,
        pub private: bool,
        pub reporter: Option<AccountId>,
        pub name: Option<String>,
        pub email: Option<String>,
        pub phone: Option<String>,
        pub description: Option<String>,
        pub address: Option<String>,
        pub address_id: Option<String>,
        pub zipcode: Option<String>,
        pub latitude: Option<i64>,
        pub longitude: Option<i64>,
        /// A JSON list of URLs; those of the portal's own without a host.
        pub media: String,
        /// A JSON list of answers.
        pub answers: String,
        pub status: RequestStatus,
        pub stage: Stage,
        pub reason: Option<Reason>,
        /// What was last said to the public.
        pub notes: Option<String>,
        pub assignee: Option<AccountId>,
        pub duplicate_of: Option<RequestId>,
        pub requested_at: Timestamp,
        pub updated_at: Timestamp,
        pub expected_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
        /// How many events its timeline has.
        pub events: i64,
    }
}

impl RequestRow {
    /// Where it is.
    pub fn point(&self) -> Option<Point> {
        Some(Point { latitude: self.latitude?, longitude: self.longitude? })
    }

    /// Whether somebody who is no clerk may read it.
    pub fn is_readable_by(&self, viewer: Option<AccountId>) -> bool {
        !self.private || (viewer.is_some() && self.reporter == viewer)
    }
}

crate::words! {
    /// On whose side somebody acted.
    pub enum Side ("side") {
        /// The reporter.
        Reporter = "reporter",
        /// Another resident.
        Resident = "resident",
        /// The city.
        City = "city",
    }
}

row! {
    /// Something that happened to a request.
    pub struct EventRow {
        pub at: Timestamp,
        pub status: Stage,
        pub note: Option<String>,
        pub audience: NoteAudience,
        pub side: Side,
        pub department: Option<String>,
        pub username: Option<String>,
    }
}

row! {
    /// An update as service request updates tell it.
    pub struct UpdateRow {
        pub request: RequestId,
        pub place: i64,
        pub at: Timestamp,
        pub status: Stage,
        pub note: Option<String>,
        pub media: Option<String>,
    }
}

row! {
    /// A picture as it is kept, and who may see it.
    pub struct PictureRow {
        pub media_type: String,
        pub size: i64,
        pub digest: [u8; 32],
        pub private: bool,
        pub reporter: Option<AccountId>,
    }
}

/// A picture of a request.
pub async fn picture(tx: &Tx<'_>, request: RequestId, place: i64) -> Result<Option<PictureRow>> {
    Ok(tx.optional(&PICTURE, &params![request, place]).await?)
}

/// Something that happened, to be kept.
#[derive(Debug, Clone)]
pub struct Event<'e> {
    pub place: i64,
    pub at: Timestamp,
    pub status: Stage,
    pub note: Option<&'e str>,
    pub audience: NoteAudience,
    pub side: Side,
    pub author: Option<AccountId>,
    pub department: Option<&'e str>,
    pub media: Option<&'e str>,
}

/// Which requests GeoReport's list is asked for.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Who asks.
    pub viewer: Option<AccountId>,
    /// Only those the viewer filed.
    pub mine: bool,
    pub requested: (Timestamp, Timestamp),
    pub updated: (Timestamp, Timestamp),
    /// Empty for any.
    pub status: &'static str,
    /// `,a,b,`; empty for any.
    pub services: String,
    /// A pattern for LIKE; empty for any.
    pub words: String,
    pub frame: Option<Frame>,
}

impl Chosen {
    fn parameters(&self) -> [Value<'_>; 14] {
        let framed = self.frame.is_some();
        let Frame { least, most } = self.frame.unwrap_or(Frame::EARTH);
        // No account has this number.
        let viewer = self.viewer.map_or(-1, AccountId::number);
        let [viewer, mine, framed] =
            [Value::Int(viewer), Value::Int(i64::from(self.mine)), Value::Int(i64::from(framed))];
        let at = |at: Timestamp| Value::Int(at.as_millisecond());
        [
            viewer,
            mine,
            at(self.requested.0),
            at(self.requested.1),
            at(self.updated.0),
            at(self.updated.1),
            Value::Text(self.status),
            Value::Text(&self.services),
            Value::Text(&self.words),
            framed,
            Value::Int(least.latitude),
            Value::Int(most.latitude),
            Value::Int(least.longitude),
            Value::Int(most.longitude),
        ]
    }
}

/// How many requests are chosen, and a page of them.
pub async fn choose(tx: &Tx<'_>, chosen: &Chosen, limit: i64, offset: i64) -> Result<(i64, Vec<RequestRow>)> {
    let parameters = chosen.parameters();
    let (count,) = tx.one(&COUNT, &parameters).await?;
    let mut parameters = parameters.to_vec();
    parameters.extend([Value::Int(limit), Value::Int(offset)]);
    Ok((count, tx.rows(&LIST, &parameters).await?))
}

/// A request.
pub async fn find(tx: &Tx<'_>, id: RequestId) -> Result<Option<RequestRow>> {
    Ok(tx.optional(&FIND, &params![id]).await?)
}

/// Takes a request for a change.
pub async fn take(tx: &Tx<'_>, id: RequestId) -> Result<Option<RequestRow>> {
    Ok(tx.optional(&TAKE, &params![id]).await?)
}

/// Keeps the state of a request after a change.
pub async fn keep(tx: &Tx<'_>, row: &RequestRow) -> Result<()> {
    let values = params![
        row.id,
        row.department,
        row.status,
        row.stage,
        row.reason,
        row.notes,
        row.assignee,
        row.duplicate_of,
        row.updated_at,
        row.closed_at
    ];
    tx.execute(&CHANGE, &values).await?;
    Ok(())
}

/// Adds to a timeline.
pub async fn tell(tx: &Tx<'_>, request: RequestId, event: &Event<'_>) -> Result<()> {
    let &Event { place, at, status, note, audience, side, author, department, media } = event;
    let values = params![request, place, at, status, note, audience, side, author, department, media];
    tx.execute(&TELL, &values).await?;
    Ok(())
}

/// The timelines of several requests, in their order.
pub async fn timelines(tx: &Tx<'_>, rows: &[RequestRow]) -> Result<Vec<Vec<EventRow>>> {
    let read = rows.iter().map(async |row| tx.rows(&EVENTS, &params![row.id]).await);
    Ok(try_join_all(read).await?)
}

/// How many follow each of several requests, and whether an account does.
pub async fn followers(tx: &Tx<'_>, rows: &[RequestRow], viewer: Option<AccountId>) -> Result<Vec<(i64, bool)>> {
    let viewer = viewer.map_or(-1, AccountId::number);
    let read = rows.iter().map(async |row| tx.one::<(i64, i64)>(&FOLLOWERS, &params![row.id, viewer]).await);
    Ok(try_join_all(read).await?.into_iter().map(|(count, own)| (count, own > 0)).collect())
}

/// The requests that are the same as one.
pub async fn duplicates(tx: &Tx<'_>, id: RequestId) -> Result<Vec<RequestId>> {
    let found: Vec<(RequestId,)> = tx.rows(&DUPLICATES, &params![id]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// A page of what an account filed, newest first.
pub async fn filed_by(
    tx: &Tx<'_>,
    account: AccountId,
    status: &str,
    behind: (Timestamp, i64),
    limit: i64,
) -> Result<Vec<RequestRow>> {
    Ok(tx.rows(&FILED_BY, &params![account, status, behind.0, behind.1, limit]).await?)
}

/// Open public requests for a service in a frame.
pub async fn near(tx: &Tx<'_>, service: &str, frame: Frame) -> Result<Vec<RequestRow>> {
    let Frame { least, most } = frame;
    let values = params![service, least.latitude, most.latitude, least.longitude, most.longitude];
    Ok(tx.rows(&NEAR, &values).await?)
}

/// Who follows a request.
pub async fn following(tx: &Tx<'_>, id: RequestId) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = tx.rows(&FOLLOWING, &params![id]).await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}
