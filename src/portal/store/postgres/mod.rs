//! PostgreSQL: a pool of connections; BEGIN travels with a unit's first statements, and units that met another one run
//! again.

mod error;
mod held;
mod tls;

use std::{
    panic::AssertUnwindSafe,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use deadpool_postgres::{ClientWrapper, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::{FutureExt, future::join};
use tokio_postgres::RowStream;

use super::{
    Options, Query, StoreError, Value, migrations,
    tx::{Access, Cure, Fault, Tx},
    unit::{self, BoxFuture, Ended},
    url::Server,
};
pub(super) use error::fault;
use held::Held;

/// How often a unit that met another one is run again before the caller is told.
const ATTEMPTS: u32 = 12;
/// Settings of every connection: an answer means durable (a server may ask for more than that), and nothing waits for
/// ever.
const SESSION: &str = "SELECT set_config('synchronous_commit', 'on', false) \
                       WHERE current_setting('synchronous_commit') = 'off'; SET lock_timeout = '10s'; SET statement_timeout = '60s'; \
                       SET idle_in_transaction_session_timeout = '60s'";

/// A database on a server.
pub(super) struct Postgres {
    pool: Pool,
    /// Tells runs that wait apart, so that they do not meet again.
    waits: AtomicU64,
}

impl Postgres {
    /// Connects and migrates.
    pub(super) async fn open(server: &Server, options: &Options) -> Result<Self, StoreError> {
        let manager = Manager::from_config(
            server.config.clone(),
            tls::connector(server)?,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(options.connections.max(1))
            .wait_timeout(Some(options.wait))
            .create_timeout(Some(options.wait))
            .recycle_timeout(Some(options.wait))
            .runtime(Runtime::Tokio1)
            .post_create(Hook::async_fn(|client: &mut ClientWrapper, _| {
                Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
            }))
            .build()
            .map_err(|error| StoreError::Database(error.to_string()))?;
        let postgres = Self { pool, waits: AtomicU64::new(0) };
        let mut held = Held::of(&postgres.pool, Access::Write).await?;
        migrations::apply_to_postgres(held.client()?, options.migrations).await?;
        held.ended();
        Ok(postgres)
    }

    /// Runs a read: in a snapshot, or of one statement.
    pub(super) async fn read<I, T, E, U>(&self, access: Access, input: &I, read: &U) -> Result<T, E>
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        self.run(access, input, read).await
    }

    /// Runs a unit and commits it.
    pub(super) async fn write<I, T, E, U>(&self, input: &I, unit: &U) -> Result<T, E>
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        self.run(Access::Write, input, unit).await
    }

    /// Lets no further unit begin.
    pub(super) fn close(&self) {
        self.pool.close();
    }

    async fn run<I, T, E, U>(&self, access: Access, input: &I, unit: &U) -> Result<T, E>
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        let mut attempt = 1;
        loop {
            let (cure, answer) = self.attempt(access, input, unit).await;
            match cure {
                Cure::None => return answer,
                _ if attempt >= ATTEMPTS => return answer,
                Cure::Reconnect if attempt >= 3 => return answer,
                // The server was started anew, or the schema migrated: what was prepared before is of no use.
                Cure::Reconnect => self.pool.manager().statement_caches.clear(),
                Cure::Again => self.step_back(attempt).await,
            }
            attempt += 1;
        }
    }

    /// Runs a unit once; tells what can be done if it failed.
    async fn attempt<I, T, E, U>(&self, access: Access, input: &I, unit: &U) -> (Cure, Result<T, E>)
    where
        E: From<StoreError>,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
    {
        let mut held = match Held::of(&self.pool, access).await {
            Ok(held) => held,
            Err(error) => return (Cure::None, Err(error.into())),
        };
        let client = match held.client() {
            Ok(client) => client,
            Err(error) => return (Cure::None, Err(error.into())),
        };
        let tx = Tx::on_postgres(client, access);
        let begin = async {
            match access {
                Access::Look => Ok(()),
                Access::Read => client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
                Access::Write => client.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED").await,
            }
        };
        let run = AssertUnwindSafe(async { unit(&tx, input).await }).catch_unwind();
        // Polled in this order: BEGIN is sent first, and the unit's first statements right behind it.
        let (begun, run) = join(begin, run).await;
        let Ended { answer, keep } = unit::end(&tx, run);
        if let Err(error) = begun {
            let Fault { error, cure } = fault(&error, access);
            return (cure, Err(error.into()));
        }
        if let Some(Fault { cure: cure @ (Cure::Again | Cure::Reconnect), .. }) = tx.fault() {
            match cure {
                Cure::Reconnect => held.discard(),
                _ => held.roll_back(),
            }
            return (cure, answer);
        }
        match access {
            Access::Write if keep => match client.batch_execute("COMMIT").await {
                Ok(()) => {
                    held.ended();
                    (Cure::None, answer)
                }
                Err(error) => {
                    let Fault { error, cure } = fault(&error, access);
                    // Without an answer nobody knows whether it was committed: it must not run again.
                    let cure = if cure == Cure::Again { cure } else { Cure::None };
                    (cure, Err(error.into()))
                }
            },
            _ => {
                held.roll_back();
                (Cure::None, answer)
            }
        }
    }

    /// Waits a little, longer after each attempt, and not as long as the unit it met.
    async fn step_back(&self, attempt: u32) {
        let turn = self.waits.fetch_add(1, Ordering::Relaxed) % 7;
        tokio::time::sleep(Duration::from_millis(u64::from(attempt) * (1 + turn))).await;
    }
}

/// Prepares a query on a connection, once.
pub(super) async fn prepare(client: &ClientWrapper, query: &Query, access: Access) -> Result<(), Fault> {
    client.prepare_cached(query.sql).await.map_err(|error| fault(&error, access))?;
    Ok(())
}

/// Runs a statement; tells how many rows it changed.
pub(super) async fn execute(
    client: &ClientWrapper,
    query: &Query,
    parameters: &[Value<'_>],
    access: Access,
) -> Result<u64, Fault> {
    let run = async {
        let statement = client.prepare_cached(query.sql).await?;
        client.execute_raw(&statement, parameters.iter()).await
    };
    run.await.map_err(|error| fault(&error, access))
}

/// Runs a query.
pub(super) async fn query(
    client: &ClientWrapper,
    query: &Query,
    parameters: &[Value<'_>],
    access: Access,
) -> Result<RowStream, Fault> {
    let run = async {
        let statement = client.prepare_cached(query.sql).await?;
        client.query_raw(&statement, parameters.iter()).await
    };
    run.await.map_err(|error| fault(&error, access))
}
