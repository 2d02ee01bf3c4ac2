//! One test body, run on SQLite and on PostgreSQL.

use tokio::runtime::{Builder, Runtime};

use super::postgres;

/// Where a fixture keeps its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    /// A file in the fixture's own temporary folder.
    Sqlite,
    /// A fresh database of the private cluster, by its URL.
    Postgres(String),
}

/// What a test stands on: a whole portal, or a store alone.
pub(crate) trait Fixture {
    /// Starts on a database; ends when it is dropped.
    async fn start(database: Database) -> Self;
}

/// The threads a test's runtime has. The fixture and the test share them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Threads {
    /// Everything in turn: the default.
    One,
    /// Really at once, for races.
    Several(usize),
}

impl Threads {
    fn runtime(self) -> Runtime {
        match self {
            Self::One => Builder::new_current_thread().enable_all().build(),
            Self::Several(count) => Builder::new_multi_thread().worker_threads(count).enable_all().build(),
        }
        .expect("a runtime starts")
    }

    /// Runs a test body that makes its own fixture.
    pub(crate) fn block_on(self, body: impl Future<Output = ()>) {
        self.runtime().block_on(body);
    }
}

/// Runs a test body on SQLite.
pub(crate) fn on_sqlite<F: Fixture>(threads: Threads, body: impl AsyncFnOnce(F)) {
    // The other database asserts the same inline snapshots.
    insta::allow_duplicates! {
        threads.runtime().block_on(async { body(F::start(Database::Sqlite).await).await });
    }
}

/// Runs a test body on a fresh PostgreSQL database, or not at all where there is no PostgreSQL.
pub(crate) fn on_postgres<F: Fixture>(threads: Threads, body: impl AsyncFnOnce(F)) {
    insta::allow_duplicates! {
        threads.runtime().block_on(async {
            if let Some(url) = postgres::database().await {
                body(F::start(Database::Postgres(url)).await).await;
            }
        });
    }
}

/// Makes two tests, `name::sqlite` and `name::postgres`, of each function that takes a [`Fixture`]:
///
/// ```ignore
/// on_both_databases! {
///     /// What must hold.
///     async fn a_bill_is_paid_once(portal: Portal) { … }
/// }
/// on_both_databases!(threads: 4, async fn two_hundred_pay_at_once(portal: Portal) { … });
/// ```
macro_rules! on_both_databases {
    (threads: $count:literal, $($tests:tt)+) => {
        on_both_databases!(@ $crate::support::both::Threads::Several($count), $($tests)+);
    };
    (@ $threads:expr, $($(#[$meta:meta])* async fn $name:ident($fixture:ident: $kind:ty) $body:block)+) => {$(
        $(#[$meta])*
        async fn $name($fixture: $kind) $body

        mod $name {
            #[test]
            fn sqlite() {
                $crate::support::both::on_sqlite($threads, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::support::both::on_postgres($threads, super::$name);
            }
        }
    )+};
    ($($tests:tt)+) => {
        on_both_databases!(@ $crate::support::both::Threads::One, $($tests)+);
    };
}
pub(crate) use on_both_databases;
