//! Migrations on both databases, and every query of the portal.

use citytime::portal::{
    sandbox,
    store::{DatabaseUrl, Options, Store, StoreError, migrations},
};

use crate::support::{
    both::{Database, Fixture, on_both_databases},
    leash, postgres,
};

citytime::queries! {
    /// SQLite's schema, as it was written.
    SQLITE_SCHEMA = "SELECT type, name, COALESCE(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
    /// PostgreSQL's schema: columns, constraints and indexes.
    POSTGRES_SCHEMA = "SELECT table_name::TEXT, column_name::TEXT, data_type || is_nullable || COALESCE(column_default, '') \
            FROM information_schema.columns WHERE table_schema = 'public' \
        UNION ALL SELECT conrelid::regclass::TEXT, conname::TEXT, pg_get_constraintdef(oid) \
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
        UNION ALL SELECT tablename::TEXT, indexname::TEXT, indexdef FROM pg_indexes WHERE schemaname = 'public' \
        ORDER BY 1, 2, 3";
}

/// A place for a database, without one.
struct Empty {
    url: DatabaseUrl,
    _folder: tempfile::TempDir,
}

impl Fixture for Empty {
    async fn start(database: Database) -> Self {
        let folder = leash::folder();
        let url = match database {
            Database::Sqlite => DatabaseUrl::sqlite(folder.path().join("city.db")),
            Database::Postgres(url) => url.parse().unwrap(),
        };
        Self { url, _folder: folder }
    }
}

impl Empty {
    async fn open(&self, steps: usize) -> Result<Store, StoreError> {
        Store::open(&self.url, Options { migrations: &migrations::ALL[..steps], ..Options::default() }).await
    }

    /// Another place of the same kind.
    async fn another(&self) -> Self {
        Self::start(match postgres_or_sqlite(&self.url) {
            Kind::Sqlite => Database::Sqlite,
            Kind::Postgres => Database::Postgres(postgres::database().await.unwrap()),
        })
        .await
    }
}

enum Kind {
    Sqlite,
    Postgres,
}

fn postgres_or_sqlite(url: &DatabaseUrl) -> Kind {
    if url.to_string().starts_with("sqlite:") { Kind::Sqlite } else { Kind::Postgres }
}

async fn schema(store: &Store, url: &DatabaseUrl) -> Vec<(String, String, String)> {
    let query = match postgres_or_sqlite(url) {
        Kind::Sqlite => &SQLITE_SCHEMA,
        Kind::Postgres => &POSTGRES_SCHEMA,
    };
    let read = store.read(query, |tx, query| Box::pin(async move { tx.rows(query, &[]).await }));
    read.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

on_both_databases! {
    async fn each_step_applies_once_however_often_it_is_asked_for(empty: Empty) {
        for steps in 1..=migrations::ALL.len() {
            let first = empty.open(steps).await.unwrap();
            let once = schema(&first, &empty.url).await;
            first.close().await.unwrap();
            let second = empty.open(steps).await.unwrap();
            assert_eq!(schema(&second, &empty.url).await, once, "step {}", migrations::ALL[steps - 1].name);
            second.close().await.unwrap();
        }
        let migrated = empty.open(migrations::ALL.len()).await.unwrap();
        let other = empty.another().await;
        let fresh = other.open(migrations::ALL.len()).await.unwrap();
        assert_eq!(schema(&migrated, &empty.url).await, schema(&fresh, &other.url).await);
    }

    async fn processes_that_start_together_migrate_once(empty: Empty) {
        let all = migrations::ALL.len();
        let opened = futures_util::future::join_all((0..6).map(|_| empty.open(all))).await;
        for store in opened {
            store.unwrap().ping().await.unwrap();
        }
    }

    async fn a_newer_schema_is_refused(empty: Empty) {
        let all = migrations::ALL.len();
        empty.open(all).await.unwrap().close().await.unwrap();
        let (known, found) = (i64::try_from(all - 1).unwrap(), i64::try_from(all).unwrap());
        assert_eq!(empty.open(all - 1).await.map(drop), Err(StoreError::Newer { found, known }));
    }

    async fn every_query_is_understood(empty: Empty) {
        let store = empty.open(migrations::ALL.len()).await.unwrap();
        for query in citytime::portal::queries() {
            let prepared = store.read(query, |tx, query| Box::pin(async move { tx.prepare(query).await }));
            prepared.await.unwrap_or_else(|error: StoreError| panic!("{}: {error}", query.name));
        }
    }
}

/// A statement that is still to be prepared is sent behind those that are not: whatever a connection has prepared already,
/// none of those that share a round trip needs another to be there first.
#[tokio::test]
async fn what_is_prepared_already_changes_nothing_on_postgresql() {
    for prepared in [0, 1] {
        let Some(url) = postgres::database().await else { return };
        let options = Options { connections: 1, ..Options::default() };
        let store = Store::open(&url.parse().unwrap(), options).await.unwrap();
        let sends = citytime::portal::queries().filter(|query| !query.sql.starts_with("SELECT "));
        for (_, query) in sends.enumerate().filter(|(place, _)| place % 2 == prepared) {
            let prepared = store.read(query, |tx, query| Box::pin(async move { tx.prepare(query).await }));
            prepared.await.unwrap_or_else(|error: StoreError| panic!("{}: {error}", query.name));
        }
        sandbox::populate(store, None, 8).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_must_be_there_is_not_made() {
    use citytime::portal::store::Creation;
    let folder = leash::folder();
    let path = folder.path().join("absent.db");
    let options = Options { creation: Creation::Refused, ..Options::default() };
    let answer = Store::open(&DatabaseUrl::sqlite(&path), options).await.map(drop);
    assert_eq!(answer, Err(StoreError::Absent { path: path.clone() }));
    assert!(!path.exists());
}
