//! The database: one SQL text for SQLite and PostgreSQL, and two ways in.
//!
//! [`Store::read`] is a snapshot ([`Store::look`] where it is one statement), [`Store::write`] is one unit: all or nothing, and answered only once it is durable.
//! A unit is a function of a transaction and an input of its own; inside, nothing is awaited but the transaction.
//! As units may run again (a deadlock, a full disk beside them), they change nothing but the database.
//!
//! ```no_run
//! # use citytime::{portal::store::{Store, StoreError}, api::{id::BillId, money::Minor}};
//! # mod queries { citytime::queries! {
//! #     /// Settles a part of a bill.
//! #     pub SETTLE = "UPDATE bills SET settled = settled + $2 WHERE id = $1 AND settled + $2 <= amount RETURNING settled";
//! # } }
//! # async fn pay(store: Store, bill: BillId, paid: Minor) -> Result<Minor, StoreError> {
//! store.write((bill, paid), |tx, (bill, paid)| Box::pin(async move {
//!     let (settled,) = tx.one(&queries::SETTLE, &citytime::params![bill, paid]).await?;
//!     Ok(settled)
//! })).await
//! # }
//! ```
//!
//! - `query`, `value`, `row`: [`queries!`](crate::queries), [`params!`](crate::params), [`row!`](crate::row) and what they make
//! - `tx`, `unit`: the transaction, and how a unit ends
//! - `sqlite`, `postgres`: how each database runs them
//! - `migrations`: the schema
//! - `url`, `error`: where a database is, and what it can say

mod error;
pub mod migrations;
mod postgres;
mod query;
mod row;
mod sqlite;
mod tx;
mod unit;
mod url;
mod value;

use std::{fmt, num::NonZero, path::Path, sync::Arc, time::Duration};

pub(crate) use crate::{params, queries, row};

pub(crate) use self::tx::CameTo;
pub use self::{
    error::{ConstraintKind, StoreError},
    query::{Query, question_marks},
    row::{Columns, FromRow, Row},
    tx::Tx,
    unit::BoxFuture,
    url::{DatabaseUrl, InvalidDatabaseUrl},
    value::{FromColumn, Short, ToColumn, Value},
};
use self::{migrations::Migration, postgres::Postgres, sqlite::Sqlite, tx::Access, url::Target};

crate::queries! {
    /// The least a database can answer.
    PING = "SELECT 1";
}

/// An open database. A clone is another handle to the same.
#[derive(Clone)]
pub struct Store(Arc<Engine>);

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// SQLite: how many connections read at the same time.
    pub readers: usize,
    /// PostgreSQL: how many connections there are at most.
    pub connections: usize,
    /// SQLite: whether a file that is not there is made.
    pub creation: Creation,
    /// How long a unit waits for a connection, or for another process that writes, before the database counts as away.
    pub wait: Duration,
    /// SQLite: how large the file may grow before the disk counts as full; none leaves it to the disk.
    pub max_bytes: Option<u64>,
    /// The schema to bring the database to: all of [`migrations::ALL`], or as many of its first steps.
    pub migrations: &'static [Migration],
}

/// What happens where there is no database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creation {
    /// It is made.
    Allowed,
    /// Opening fails.
    Refused,
}

impl Default for Options {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(4, NonZero::get);
        Self {
            readers: 4 + 2 * threads,
            connections: 32,
            creation: Creation::Allowed,
            wait: Duration::from_secs(5),
            max_bytes: None,
            migrations: migrations::ALL,
        }
    }
}

impl Store {
    /// Opens a database and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::NetworkFileSystem`], [`StoreError::Newer`], [`StoreError::Absent`], [`StoreError::Away`], or what
    /// a migration met.
    pub async fn open(url: &DatabaseUrl, options: Options) -> Result<Self, StoreError> {
        let engine = match &url.0 {
            Target::Sqlite(path) => Engine::Sqlite(open_sqlite(path, options).await?),
            Target::Postgres(server) => Engine::Postgres(Postgres::open(server, &options).await?),
        };
        Ok(Self(Arc::new(engine)))
    }

    /// Runs a short read in a snapshot: nothing in it can change anything.
    ///
    /// On SQLite it runs in place; one that takes milliseconds belongs in [`read_long`](Self::read_long).
    ///
    /// # Errors
    /// The unit's own, and [`StoreError`].
    pub async fn read<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        self.read_in_place(Access::Read, &input, &unit).await
    }

    /// Runs a read of one SELECT, which is a snapshot by itself: the database is spared the transaction around it. For
    /// what every request does; a second statement is refused.
    ///
    /// # Errors
    /// As [`read`](Self::read), and [`StoreError::Database`] for a second statement.
    pub async fn look<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        self.read_in_place(Access::Look, &input, &unit).await
    }

    async fn read_in_place<I, T, E, U>(&self, access: Access, input: &I, unit: &U) -> Result<T, E>
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.read(access, input, unit).await,
            Engine::Postgres(postgres) => postgres.read(access, input, unit).await,
        }
    }

    /// Runs a long read (an export, a search without an index) in a snapshot, beside the threads that answer requests.
    ///
    /// # Errors
    /// The unit's own, and [`StoreError`].
    pub async fn read_long<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.read_long(input, unit).await,
            Engine::Postgres(postgres) => postgres.read(Access::Read, &input, &unit).await,
        }
    }

    /// Runs one unit: all of it or nothing, answered only once it is durable. An `Err` of the unit rolls it back,
    /// alone. A caller that goes away leaves all of it or nothing.
    ///
    /// # Errors
    /// The unit's own, and [`StoreError`].
    pub async fn write<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.write(input, unit).await,
            Engine::Postgres(postgres) => postgres.write(&input, &unit).await,
        }
    }

    /// Whether units can be served now.
    ///
    /// # Errors
    /// Why not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if let Engine::Sqlite(sqlite) = &*self.0
            && !sqlite.is_alive()
        {
            return Err(StoreError::Closed);
        }
        self.look((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&PING, &[]).await.map(|_| ()) })).await
    }

    /// Ends every handle to the database once the units that wait are done; those that come later get
    /// [`StoreError::Closed`].
    ///
    /// # Errors
    /// What SQLite met while it brought its log into the file. Nothing is lost with it.
    pub async fn close(self) -> Result<(), StoreError> {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => {
                postgres.close();
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            Engine::Sqlite(_) => "Store(SQLite)",
            Engine::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

async fn open_sqlite(path: &Path, options: Options) -> Result<Sqlite, StoreError> {
    let path = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || Sqlite::open(&path, &options));
    opened.await.unwrap_or(Err(StoreError::Closed))
}
