//! SQLite: one thread writes (`writer`), a pool of connections reads (`readers`), on a local disk only (`place`).

mod place;
mod readers;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, config::DbConfig, ffi};

use super::{
    ConstraintKind, Creation, Options, Query, StoreError, Value, migrations,
    row::{Row, Source},
    tx::{Access, Fault},
    unit::BoxFuture,
    {Tx, unit},
};
use readers::Readers;
use writer::Writer;

/// More statements than the portal has.
const STATEMENTS: usize = 1024;
/// How much of the file is read through the page cache of the system, without a copy. Larger files work as well.
const MAPPED_BYTES: i64 = 1 << 30;

/// A database in a file.
pub(super) struct Sqlite {
    readers: Arc<Readers>,
    writer: Writer,
}

/// What every connection of a database needs to know.
#[derive(Debug, Clone)]
struct Place {
    path: PathBuf,
    wait: Duration,
    max_bytes: Option<u64>,
}

impl Sqlite {
    /// Opens and migrates; blocks.
    pub(super) fn open(path: &Path, options: &Options) -> Result<Self, StoreError> {
        if !path.try_exists().map_err(|error| StoreError::away(format!("{}: {error}", path.display())))?
            && options.creation == Creation::Refused
        {
            return Err(StoreError::Absent { path: path.to_owned() });
        }
        place::must_be_local(path)?;
        let place = Place { path: path.to_owned(), wait: options.wait, max_bytes: options.max_bytes };
        let connection = place.connect_writer()?;
        migrations::apply_to_sqlite(&connection, options.migrations)?;
        let readers = Arc::new(Readers::new(place.clone(), options.readers));
        let writer = Writer::start(place, connection, Arc::clone(&readers))?;
        Ok(Self { readers, writer })
    }

    /// Runs a short read in place.
    pub(super) async fn read<I, T, E, U>(&self, access: Access, input: &I, read: &U) -> Result<T, E>
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        let permit = self.readers.permit().await?;
        self.readers.run(permit, access, |tx| unit::run_in_place(tx, input, read))
    }

    /// Runs a long read on a thread that may block.
    pub(super) async fn read_long<I, T, E, U>(&self, input: I, read: U) -> Result<T, E>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let permit = self.readers.permit().await?;
        let readers = Arc::clone(&self.readers);
        let run = tokio::task::spawn_blocking(move || {
            readers.run(permit, Access::Read, |tx| unit::run_in_place(tx, &input, &read))
        });
        run.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Queues a unit for the writer and waits until it is durable.
    pub(super) async fn write<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        self.writer.write(input, unit).await
    }

    /// Whether the writer lives.
    pub(super) fn is_alive(&self) -> bool {
        self.writer.is_alive()
    }

    /// Ends the writer after the units that wait, and brings the log into the file.
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        self.readers.close();
        self.writer.close().await
    }
}

impl Place {
    fn connect_writer(&self) -> Result<Connection, StoreError> {
        self.connect(OpenFlags::SQLITE_OPEN_CREATE, "").and_then(|connection| {
            if let Some(bytes) = self.max_bytes {
                let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0)).map_err(plain)?;
                let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1);
                let _: i64 = connection
                    .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))
                    .map_err(plain)?;
            }
            Ok(connection)
        })
    }

    fn connect_reader(&self) -> Result<Connection, StoreError> {
        self.connect(OpenFlags::empty(), "PRAGMA query_only = ON;")
    }

    fn connect(&self, create: OpenFlags, more: &str) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(&self.path, flags)?;
            connection.busy_timeout(self.wait)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            // Without it a statement is planned anew whenever another value is bound where the plan might depend on it.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            // On macOS a plain fsync leaves the data in the disk's own cache; elsewhere these two change nothing.
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
                 PRAGMA checkpoint_fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA mmap_size = {MAPPED_BYTES};
                 PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF; {more}"
            ))?;
            Ok(connection)
        };
        open().map_err(|error| match plain(error) {
            StoreError::Away { reason } => StoreError::away(format!("{}: {reason}", self.path.display())),
            StoreError::Database(reason) => StoreError::Database(format!("{}: {reason}", self.path.display())),
            other => other,
        })
    }
}

/// Prepares a query, once.
pub(super) fn prepare(connection: &Connection, query: &Query, access: Access) -> Result<(), Fault> {
    connection.prepare_cached(query.sqlite).map(drop).map_err(|error| fault(error, access))
}

/// Runs a statement; tells how many rows it changed.
pub(super) fn execute(
    connection: &Connection,
    query: &Query,
    parameters: &[Value<'_>],
    access: Access,
) -> Result<u64, Fault> {
    let run = || {
        let mut statement = bound(connection, query, parameters)?;
        if statement.column_count() == 0 {
            return statement.raw_execute().map(|changed| u64::try_from(changed).unwrap_or(u64::MAX));
        }
        let mut rows = statement.raw_query();
        let mut changed = 0;
        while rows.next()?.is_some() {
            changed += 1;
        }
        Ok(changed)
    };
    run().map_err(|error| fault(error, access))
}

/// Runs a query and shows every row.
pub(super) fn each(
    connection: &Connection,
    query: &Query,
    parameters: &[Value<'_>],
    access: Access,
    visit: &mut impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), Fault> {
    let mut statement = bound(connection, query, parameters).map_err(|error| fault(error, access))?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|error| fault(error, access))? {
        visit(&Row { query: query.name, source: Source::Sqlite(row) })?;
    }
    Ok(())
}

fn bound<'c>(
    connection: &'c Connection,
    query: &Query,
    parameters: &[Value<'_>],
) -> rusqlite::Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(query.sqlite)?;
    // PostgreSQL refuses a missing parameter; SQLite would take it for NULL.
    if statement.parameter_count() != parameters.len() {
        return Err(rusqlite::Error::InvalidParameterCount(parameters.len(), statement.parameter_count()));
    }
    for (place, parameter) in parameters.iter().enumerate() {
        statement.raw_bind_parameter(place + 1, parameter)?;
    }
    Ok(statement)
}

fn fault(error: rusqlite::Error, access: Access) -> Fault {
    let read_only = error.sqlite_error_code() == Some(ErrorCode::ReadOnly);
    match access {
        Access::Look | Access::Read if read_only => StoreError::ReadOnly { reason: error.to_string() }.into(),
        _ => plain(error).into(),
    }
}

/// An error of SQLite in the store's words.
pub(super) fn plain(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return StoreError::Database(error.to_string());
    };
    let message = message.unwrap_or_else(|| code.to_string());
    match code.code {
        ErrorCode::ConstraintViolation => constraint(code.extended_code, &message),
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::DiskFull
        | ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::OutOfMemory
        | ErrorCode::ReadOnly
        | ErrorCode::PermissionDenied
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::OperationInterrupted => StoreError::away(format!("{message} (SQLite {})", code.extended_code)),
        _ => StoreError::Database(format!("{message} (SQLite {})", code.extended_code)),
    }
}

/// `UNIQUE constraint failed: bills.city, bills.number` and its like, under the name PostgreSQL gives by default.
fn constraint(extended: i32, message: &str) -> StoreError {
    let subject = message.split_once(": ").map_or("", |(_, subject)| subject);
    let table = subject.split('.').next().unwrap_or_default();
    let columns = || subject.split(", ").filter_map(|column| column.split_once('.')).map(|(_, column)| column);
    let (kind, name) = match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE => match subject.strip_prefix("index '") {
            Some(index) => (ConstraintKind::Unique, index.trim_end_matches('\'').to_owned()),
            None => {
                let columns = columns().collect::<Vec<_>>().join("_");
                (ConstraintKind::Unique, format!("{table}_{columns}_key"))
            }
        },
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            (ConstraintKind::Unique, format!("{table}_pkey"))
        }
        ffi::SQLITE_CONSTRAINT_CHECK => (ConstraintKind::Check, subject.to_owned()),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => (ConstraintKind::ForeignKey, String::new()),
        ffi::SQLITE_CONSTRAINT_NOTNULL => (ConstraintKind::NotNull, subject.to_owned()),
        _ => return StoreError::Database(message.to_owned()),
    };
    StoreError::Constraint { kind, name }
}
