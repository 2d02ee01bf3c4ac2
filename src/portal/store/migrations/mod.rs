//! The schema, step by step. One text for both databases (see `dialect`), each step in a transaction of its own with the
//! row that says so. A new step is a file here and a line in [`ALL`]; a step that was released is never changed.

mod dialect;

use rusqlite::Connection;
use tokio_postgres::Client;

use self::dialect::{Dialect, translate};
use super::{StoreError, postgres, sqlite, tx::Access};

/// A step of the schema; its number is its place in [`ALL`], counted from 1.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// What it brings, in a word.
    pub name: &'static str,
    /// Its text, in the words of `dialect`.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal)+) => { &[$(Migration { name: $name, sql: include_str!(concat!($name, ".sql")) }),+] };
}

/// Every step, in order.
pub const ALL: &[Migration] = migrations! {
    "0001_store"
    "0002_nouns"
    "0003_programs"
    "0004_requests"
    "0005_permits"
    "0006_spending"
    "0007_codes"
    "0008_audit"
    "0009_notices"
    "0010_door"
    "0011_recovery"
    "0012_mfa"
    "0013_answers"
    "0014_pictures"
    "0015_records"
    "0016_support"
    "0017_rest"
    "0018_ledger"
    "0019_refunds"
    "0020_setups"
    "0021_stripe"
    "0022_transfers"
    "0023_bank_entries"
    "0024_disputes"
    "0025_autopay"
    "0026_aftermath"
    "0027_lists"
    "0028_priority"
};

/// Any number, as long as nothing else in a city's database locks the same.
const LOCK: i64 = 0x0063_6974_7974_696d;

/// Applies the steps a database has not seen. Blocks; several processes may do it at once.
pub(super) fn apply_to_sqlite(connection: &Connection, steps: &[Migration]) -> Result<(), StoreError> {
    let known = number(steps.len());
    let version = || -> rusqlite::Result<i64> {
        let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'";
        match connection.query_row(tables, [], |row| row.get(0))? {
            0 => Ok(0),
            _ => connection.query_row("SELECT COALESCE(MAX(version), 0) FROM schema_version", [], |row| row.get(0)),
        }
    };
    // A database that is up to date is not locked.
    let mut found = version().map_err(sqlite::plain)?;
    while found < known {
        let step = || -> rusqlite::Result<i64> {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            let found = version()?;
            if let Some(step) = next(steps, found) {
                connection.execute_batch(&translate(step.sql, Dialect::Sqlite))?;
                let row = "INSERT INTO schema_version (version, name) VALUES (?1, ?2)";
                connection.execute(row, (found + 1, step.name))?;
            }
            connection.execute_batch("COMMIT")?;
            version()
        };
        found = step().map_err(|error| {
            if !connection.is_autocommit() {
                // What it says adds nothing to why it is needed.
                let _ = connection.execute_batch("ROLLBACK");
            }
            sqlite::plain(error)
        })?;
    }
    not_newer(found, known)
}

/// Applies the steps a database has not seen. Several processes may do it at once: one after the other.
pub(super) async fn apply_to_postgres(client: &Client, steps: &[Migration]) -> Result<(), StoreError> {
    let known = number(steps.len());
    let apply = async {
        let mut found = version(client).await?;
        while found < known {
            // A step takes as long as it takes.
            let begin =
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";
            client.batch_execute(begin).await?;
            client.batch_execute(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
            found = version(client).await?;
            if let Some(step) = next(steps, found) {
                client.batch_execute(&translate(step.sql, Dialect::Postgres)).await?;
                let row = "INSERT INTO schema_version (version, name) VALUES ($1, $2)";
                client.execute(row, &[&(found + 1), &step.name]).await?;
                found += 1;
            }
            client.batch_execute("COMMIT").await?;
        }
        Ok(found)
    };
    // After an error the connection is not used again: its end rolls the step back.
    let found = apply.await.map_err(|error| postgres::fault(&error, Access::Write).error)?;
    not_newer(found, known)
}

async fn version(client: &Client) -> Result<i64, tokio_postgres::Error> {
    // Read from the catalog: `to_regclass` would still miss a table that another process made while this one waited.
    let tables = "SELECT COUNT(*) FROM pg_catalog.pg_tables \
                  WHERE tablename = 'schema_version' AND schemaname = ANY (current_schemas(false))";
    if client.query_one(tables, &[]).await?.try_get::<_, i64>(0)? == 0 {
        return Ok(0);
    }
    client.query_one("SELECT COALESCE(MAX(version), 0)::BIGINT FROM schema_version", &[]).await?.try_get(0)
}

fn next(steps: &[Migration], found: i64) -> Option<&Migration> {
    steps.get(usize::try_from(found).ok()?)
}

fn number(steps: usize) -> i64 {
    i64::try_from(steps).unwrap_or(i64::MAX)
}

fn not_newer(found: i64, known: i64) -> Result<(), StoreError> {
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}
