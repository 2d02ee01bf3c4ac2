//! The store, on both databases.
//!
//! - `units`: all or nothing, alone, whatever happens in it
//! - `crowd`: many tasks at once, and callers that go away
//! - `sessions`: a server that ends sessions, changes under prepared statements, or is not who it says it is
//! - `snapshot`: reads see one state and change nothing
//! - `disk`: full disks and failing ones
//! - `crash`: what was acknowledged is there after SIGKILL
//! - `schema`: migrations, and every query of the portal
//! - `worker`: the program that `crash` and `disk` run beside themselves (an example of Cargo.toml, for no other use)

#![expect(clippy::disallowed_methods, reason = "the store itself is what is tried")]

mod crash;
mod crowd;
mod disk;
mod schema;
mod sessions;
mod snapshot;
mod units;

use citytime::portal::store::{DatabaseUrl, Options, Store, StoreError};
use tempfile::TempDir;

use crate::support::{
    both::{Database, Fixture},
    leash,
};

mod queries {
    citytime::queries! {
        /// Accounts whose balance cannot go below zero.
        pub(super) MAKE_ACCOUNTS = "CREATE TABLE purses (id BIGINT PRIMARY KEY, owner TEXT NOT NULL UNIQUE, \
            balance BIGINT NOT NULL, CONSTRAINT purses_balance CHECK (balance >= 0))";
        /// What was moved.
        pub(super) MAKE_MOVES = "CREATE TABLE moves (id BIGINT PRIMARY KEY, account BIGINT NOT NULL REFERENCES purses (id), \
            amount BIGINT NOT NULL, note TEXT)";
        /// A new account.
        pub(super) ADD_ACCOUNT = "INSERT INTO purses (id, owner, balance) VALUES ($1, $2, $3)";
        /// A new move.
        pub(super) ADD_MOVE = "INSERT INTO moves (id, account, amount, note) VALUES ($1, $2, $3, $4)";
        /// Changes a balance; the placeholders are out of order on purpose.
        pub(super) CHANGE_BALANCE = "UPDATE purses SET balance = balance + $2 WHERE id = $1 RETURNING balance";
        /// How many purses there are.
        pub(super) COUNT_ACCOUNTS = "SELECT COUNT(*) FROM purses";
        /// How many moves there are, and their sum.
        pub(super) SUM_MOVES = "SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM moves";
        /// What all purses hold.
        pub(super) SUM_BALANCES = "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM purses";
        /// Ids of all moves.
        pub(super) LIST_MOVES = "SELECT id FROM moves ORDER BY id";
    }
}

/// A store with purses and moves.
struct Bank {
    store: Store,
    _folder: TempDir,
}

impl Fixture for Bank {
    async fn start(database: Database) -> Self {
        Self::open(database, Options::default()).await
    }
}

impl Bank {
    async fn open(database: Database, options: Options) -> Self {
        let folder = leash::folder();
        let url = match database {
            Database::Sqlite => DatabaseUrl::sqlite(folder.path().join("bank.db")),
            Database::Postgres(url) => url.parse().unwrap(),
        };
        let store = Store::open(&url, options).await.unwrap();
        make_tables(&store).await;
        Self { store, _folder: folder }
    }

    async fn add(&self, id: i64, owner: &str, balance: i64) -> Result<(), StoreError> {
        self.store
            .write((id, owner.to_owned(), balance), |tx, (id, owner, balance)| {
                Box::pin(async move {
                    tx.execute(&queries::ADD_ACCOUNT, &citytime::params![id, owner, balance]).await?;
                    Ok(())
                })
            })
            .await
    }

    async fn purses(&self) -> i64 {
        let count = self.store.read((), |tx, ()| Box::pin(tx.one::<(i64,)>(&queries::COUNT_ACCOUNTS, &[])));
        count.await.unwrap_or_else(|error: StoreError| panic!("{error}")).0
    }

    /// How many moves, what they sum to, and what the purses hold, in one snapshot.
    async fn books(&self) -> (i64, i64, i64) {
        let books = self.store.read((), |tx, ()| {
            Box::pin(async move {
                let moves = tx.one::<(i64, i64)>(&queries::SUM_MOVES, &[]);
                let held = tx.one::<(i64,)>(&queries::SUM_BALANCES, &[]);
                let ((count, moved), (held,)) = futures_util::try_join!(moves, held)?;
                Ok((count, moved, held))
            })
        });
        books.await.unwrap_or_else(|error: StoreError| panic!("{error}"))
    }
}

async fn make_tables(store: &Store) {
    let made = store.write((), |tx, ()| {
        Box::pin(async move {
            tx.execute(&queries::MAKE_ACCOUNTS, &[]).await?;
            tx.execute(&queries::MAKE_MOVES, &[]).await?;
            Ok(())
        })
    });
    made.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}
