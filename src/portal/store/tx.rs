//! The transaction a unit runs in, the same on both databases.

use std::{
    pin::pin,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use deadpool_postgres::ClientWrapper;
use futures_util::{TryStreamExt, future::join_all};
use rusqlite::Connection;

use super::{
    Query, StoreError, Value,
    row::{FromRow, Row, Source},
    {postgres, sqlite},
};

/// A transaction: what a unit may await, and all it may await.
///
/// Its methods take `&self`, so that statements that do not depend on each other can be joined
/// (`futures_util::try_join!`): on PostgreSQL they share a round trip, in no certain order; [`pipeline`](Self::pipeline)
/// keeps theirs. After any error of the database the unit has
/// ended: every further statement fails with that error, and what the unit did is rolled back.
pub struct Tx<'c> {
    connection: Handle<'c>,
    access: Access,
    /// Statements that were begun.
    begun: AtomicUsize,
    /// Those of them that are not finished.
    open: AtomicUsize,
    fault: Mutex<Option<Fault>>,
    told: Mutex<Told>,
}

/// What a unit tells of itself while it runs.
#[derive(Debug, Default)]
struct Told {
    things: Vec<String>,
    came_to: CameTo,
}

/// What a unit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CameTo {
    /// What was asked for is done.
    #[default]
    Done,
    /// It is refused, and what the unit keeps is that it was tried.
    Refused,
    /// It was done before.
    NothingNew,
}

/// Whether a transaction may change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// One statement: a snapshot by itself.
    Look,
    /// A snapshot.
    Read,
    /// A unit.
    Write,
}

enum Handle<'c> {
    /// Nobody else locks it while the unit runs; the lock makes a shared reference to it `Send`.
    Sqlite(&'c Mutex<Connection>),
    Postgres(&'c ClientWrapper),
}

/// The error that ended a unit.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) error: StoreError,
    pub(super) cure: Cure,
}

/// What can be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cure {
    /// Tell the caller.
    None,
    /// Run the unit again: it met another one.
    Again,
    /// Run the unit again on another connection: this one is of no use.
    Reconnect,
}

impl<'c> Tx<'c> {
    pub(super) fn on_sqlite(connection: &'c Mutex<Connection>, access: Access) -> Self {
        Self::new(Handle::Sqlite(connection), access)
    }

    pub(super) fn on_postgres(client: &'c ClientWrapper, access: Access) -> Self {
        Self::new(Handle::Postgres(client), access)
    }

    fn new(connection: Handle<'c>, access: Access) -> Self {
        let begun = AtomicUsize::new(0);
        Self { connection, access, begun, open: AtomicUsize::new(0), fault: Mutex::default(), told: Mutex::default() }
    }

    /// Every row of an answer.
    ///
    /// # Errors
    /// What the database says, and [`StoreError::Column`].
    pub async fn rows<R: FromRow>(
        &self,
        query: &'static Query,
        parameters: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        let mut rows = Vec::new();
        self.each(query, parameters, |row| {
            rows.push(R::from_row(row)?);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// The row of an answer that has at most one.
    ///
    /// # Errors
    /// As [`rows`](Self::rows); [`StoreError::Several`] when there are more.
    pub async fn optional<R: FromRow>(
        &self,
        query: &'static Query,
        parameters: &[Value<'_>],
    ) -> Result<Option<R>, StoreError> {
        let mut found = None;
        self.each(query, parameters, |row| match found.replace(R::from_row(row)?) {
            None => Ok(()),
            Some(_) => Err(StoreError::Several { query: query.name }),
        })
        .await?;
        Ok(found)
    }

    /// The row of an answer that has one.
    ///
    /// # Errors
    /// As [`optional`](Self::optional); [`StoreError::Missing`] when there is none.
    pub async fn one<R: FromRow>(&self, query: &'static Query, parameters: &[Value<'_>]) -> Result<R, StoreError> {
        self.optional(query, parameters).await?.ok_or(StoreError::Missing { query: query.name })
    }

    /// Changes something; tells how many rows.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(&self, query: &'static Query, parameters: &[Value<'_>]) -> Result<u64, StoreError> {
        let begun = self.begin(query)?;
        let done = match &self.connection {
            Handle::Sqlite(connection) => sqlite::execute(&lock(connection), query, parameters, self.access),
            Handle::Postgres(client) => postgres::execute(client, query, parameters, self.access).await,
        };
        begun.finish(done)
    }

    /// Runs statements that do not need each other's results, in their order: one round trip on PostgreSQL. Tells how
    /// many rows each changed.
    ///
    /// # Errors
    /// The first error of a statement.
    pub async fn pipeline(&self, statements: &[(&'static Query, &[Value<'_>])]) -> Result<Vec<u64>, StoreError> {
        match &self.connection {
            Handle::Sqlite(_) => {
                let mut changed = Vec::with_capacity(statements.len());
                for (query, parameters) in statements {
                    changed.push(self.execute(query, parameters).await?);
                }
                Ok(changed)
            }
            Handle::Postgres(_) => {
                // Where one is still to be prepared, it would be sent behind those that are not.
                for (query, _) in statements {
                    self.prepare(query).await?;
                }
                let runs = statements.iter().map(|(query, parameters)| self.execute(query, parameters));
                join_all(runs).await.into_iter().collect()
            }
        }
    }

    /// Prepares a query without running it: whether this database understands it.
    ///
    /// # Errors
    /// What the database says of it.
    pub async fn prepare(&self, query: &'static Query) -> Result<(), StoreError> {
        let begun = self.begin(query)?;
        begun.finish(match &self.connection {
            Handle::Sqlite(connection) => sqlite::prepare(&lock(connection), query, self.access),
            Handle::Postgres(client) => postgres::prepare(client, query, self.access).await,
        })
    }

    /// Tells that the unit makes or changes a thing: for whoever keeps account of changes.
    pub fn about(&self, thing: impl std::fmt::Display) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let thing = thing.to_string();
        if !told.things.contains(&thing) {
            told.things.push(thing);
        }
    }

    /// Tells that the unit finds done already what it was asked for, and changes nothing.
    pub fn nothing_new(&self) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).came_to = CameTo::NothingNew;
    }

    /// Tells that the unit refuses what it was asked for, and keeps that it was tried: a wrong password is counted.
    pub fn refused(&self) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).came_to = CameTo::Refused;
    }

    /// What the unit told: what it came to, and the things it is about.
    pub(crate) fn told(&self) -> (CameTo, Vec<String>) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        (told.came_to, told.things.clone())
    }

    async fn each(
        &self,
        query: &'static Query,
        parameters: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let begun = self.begin(query)?;
        let done = match &self.connection {
            Handle::Sqlite(connection) => sqlite::each(&lock(connection), query, parameters, self.access, &mut visit),
            Handle::Postgres(client) => {
                async {
                    let mut rows = pin!(postgres::query(client, query, parameters, self.access).await?);
                    while let Some(row) = rows.try_next().await.map_err(|error| postgres::fault(&error, self.access))? {
                        visit(&Row { query: query.name, source: Source::Postgres(&row) })?;
                    }
                    Ok(())
                }
                .await
            }
        };
        begun.finish(done)
    }

    fn begin(&self, query: &Query) -> Result<Begun<'_>, StoreError> {
        if let Some(error) = self.fault().map(|fault| fault.error) {
            return Err(error);
        }
        let before = self.begun.fetch_add(1, Ordering::Relaxed);
        self.open.fetch_add(1, Ordering::Relaxed);
        let begun = Begun { open: &self.open, fault: &self.fault };
        match self.access {
            // No transaction is around it that would refuse these.
            Access::Look if before > 0 => {
                let error = StoreError::Database(format!("`{}` is the second statement of a look", query.name));
                begun.finish(Err(error.into()))
            }
            Access::Look if !query.sql.starts_with("SELECT ") => {
                begun.finish(Err(StoreError::ReadOnly { reason: format!("`{}` is no SELECT", query.name) }.into()))
            }
            _ => Ok(begun),
        }
    }

    /// The error that ended the unit, where one did.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why the unit's changes cannot be kept, where they cannot: an error, or a statement nobody waited for.
    pub(super) fn ended_by(&self) -> Option<StoreError> {
        let abandoned = || StoreError::Database("a unit of work left a statement unfinished".to_owned());
        match self.fault() {
            Some(fault) => Some(fault.error),
            None => (self.open.load(Ordering::Relaxed) > 0).then(abandoned),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self { error, cure: Cure::None }
    }
}

/// A statement that was begun. Dropped unfinished, it stays counted, and the unit cannot be committed.
struct Begun<'t> {
    open: &'t AtomicUsize,
    fault: &'t Mutex<Option<Fault>>,
}

impl Begun<'_> {
    fn finish<T>(self, done: Result<T, Fault>) -> Result<T, StoreError> {
        self.open.fetch_sub(1, Ordering::Relaxed);
        done.map_err(|fault| {
            let mut first = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
            // Of statements that share a round trip the first to fail has the reason; the others only say so.
            first.get_or_insert(fault).error.clone()
        })
    }
}

fn lock(connection: &Mutex<Connection>) -> std::sync::MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
