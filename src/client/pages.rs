//! Lists page by page, each item read into its type.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

use super::portal::Portal;
use crate::{
    api::{
        endpoint::{Access, Endpoint},
        page::{ListQuery, MAX_LIMIT, Page},
    },
    failure::Result,
};

/// A list that is fetched as far as it is asked for.
pub struct Pages<'p, A: Access, I, T> {
    portal: &'p Portal,
    endpoint: &'p Endpoint<A, (), I, Page<T>>,
    query: I,
    ended: bool,
}

impl<A: Access, I, T> fmt::Debug for Pages<'_, A, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("endpoint", &self.endpoint.id).field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl<'p, A: Access, I: ListQuery + Serialize, T: DeserializeOwned> Pages<'p, A, I, T> {
    pub(super) fn new(portal: &'p Portal, endpoint: &'p Endpoint<A, (), I, Page<T>>, query: I) -> Self {
        Self { portal, endpoint, query, ended: false }
    }

    /// The next page's items; `None` behind the last.
    pub async fn next_page(&mut self) -> Result<Option<Vec<T>>> {
        if self.ended {
            return Ok(None);
        }
        let page = self.portal.call(self.endpoint, (), &self.query).await?;
        self.ended = page.next.is_none();
        *self.query.after_mut() = page.next;
        Ok(Some(page.items))
    }

    /// Whether there may be more behind what was fetched.
    pub fn has_more(&self) -> bool {
        !self.ended
    }

    /// Every item, in pages as large as the portal gives.
    pub async fn all(mut self) -> Result<Vec<T>> {
        self.query.limit_mut().get_or_insert(MAX_LIMIT);
        let mut items = Vec::new();
        while let Some(page) = self.next_page().await? {
            items.extend(page);
        }
        Ok(items)
    }

    /// The first `n` items.
    pub async fn take(&mut self, n: usize) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while items.len() < n {
            let missing = u32::try_from(n - items.len()).unwrap_or(MAX_LIMIT).min(MAX_LIMIT);
            *self.query.limit_mut() = Some(missing);
            match self.next_page().await? {
                Some(page) => items.extend(page),
                None => break,
            }
        }
        Ok(items)
    }
}
