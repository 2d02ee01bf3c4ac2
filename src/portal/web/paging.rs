//! Pages by key: one more row than asked for tells whether there is a next page, the last row's key where it begins.

use crate::{
    api::{
        id::{Id, Kind},
        page::{DEFAULT_LIMIT, MAX_LIMIT, Page},
        time::Timestamp,
    },
    portal::error::{Error, Result},
};

/// How many items a page of a stream has at most. Each page costs PostgreSQL a plan and a search for where it begins, and
/// larger ones gain nothing more.
pub const STREAM_LIMIT: u32 = 4 * MAX_LIMIT;

/// How many items a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u32);

impl Limit {
    /// How many rows to read: one more than the page has.
    pub fn probe(self) -> i64 {
        i64::from(self.0) + 1
    }

    /// How many items the page has at most.
    pub fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The limit asked for, or the usual one.
pub fn limit(asked: Option<u32>) -> Limit {
    Limit(asked.unwrap_or(DEFAULT_LIMIT).clamp(1, STREAM_LIMIT))
}

/// The same of a list whose rows are each asked about further: also a stream of it reads no more at once than a caller may
/// ask for, so that the read stays short.
pub fn short_limit(asked: Option<u32>) -> Limit {
    Limit(asked.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT))
}

/// A page of rows that were read with [`Limit::probe`].
pub fn cut<R, T>(mut rows: Vec<R>, limit: Limit, key: impl Fn(&R) -> String, item: impl FnMut(R) -> T) -> Page<T> {
    let size = limit.size();
    let more = rows.len() > size;
    rows.truncate(size);
    let next = if more { rows.last().map(key) } else { None };
    Page { items: rows.into_iter().map(item).collect(), next }
}

/// Before the newest of all.
pub fn newest() -> (Timestamp, i64) {
    (Timestamp::from_millisecond(i64::MAX), i64::MAX)
}

/// Where the page that ends with something of an instant goes on: the instant and the id.
pub fn time_cursor(at: Timestamp, id: impl std::fmt::Display) -> String {
    format!("{}.{id}", at.as_millisecond())
}

/// The instant and the number that [`time_cursor`] told.
pub fn read_time_cursor<K: Kind>(text: &str) -> Result<(Timestamp, i64)> {
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse::<Id<K>>().ok()?)));
    let (at, id) = parts.ok_or_else(foreign)?;
    Ok((Timestamp::from_millisecond(at), id.number()))
}

/// The error of a cursor no page ever told.
pub fn foreign() -> Error {
    Error::field("/after", "`after` is not what a page's `next` was")
}

/// Where a list ordered by id goes on: behind the id that was its page's `next`.
pub fn id_cursor<K: Kind>(after: Option<&str>) -> Result<Id<K>> {
    match after {
        Some(text) => text.parse().map_err(|_| foreign()),
        None => Ok(Id::new(0)),
    }
}
