//! The connections that read: none of them can change anything, and each read is a snapshot.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::{Place, plain};
use crate::portal::store::{StoreError, Tx, tx::Access, unit::Ended};

/// A pool: a stack of idle connections, and as many permits as there may be.
pub(super) struct Readers {
    place: Place,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Reader>>,
    /// Raised when the database is opened anew; connections of before are dropped.
    age: AtomicU64,
}

struct Reader {
    connection: Mutex<Connection>,
    age: u64,
}

impl Readers {
    pub(super) fn new(place: Place, count: usize) -> Self {
        let permits = Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        Self { place, permits, idle: Mutex::new(Vec::new()), age: AtomicU64::new(0) }
    }

    /// The right to read, once a connection is free.
    pub(super) async fn permit(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        // Reads in place never wait: without this a task of many reads would keep the others from their thread.
        tokio::task::coop::consume_budget().await;
        match Arc::clone(&self.permits).try_acquire_owned() {
            Ok(permit) => return Ok(permit),
            Err(TryAcquireError::Closed) => return Err(StoreError::Closed),
            Err(TryAcquireError::NoPermits) => {}
        }
        match tokio::time::timeout(self.place.wait, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Closed),
            Err(_) => Err(StoreError::away("all connections that read are taken")),
        }
    }

    /// Runs a read in a snapshot of its own.
    pub(super) fn run<T, E: From<StoreError>>(
        &self,
        permit: OwnedSemaphorePermit,
        access: Access,
        read: impl FnOnce(&Tx<'_>) -> Ended<T, E>,
    ) -> Result<T, E> {
        let reader = self.take()?;
        // The snapshot is taken by the first statement and shared by those that follow.
        let is_shared = access != Access::Look;
        if is_shared {
            command(&reader, "BEGIN")?;
        }
        let ended = read(&Tx::on_sqlite(&reader.connection, access));
        // A connection whose snapshot would not end is not used again.
        if (!is_shared || command(&reader, "COMMIT").is_ok()) && reader.age == self.age.load(Ordering::Acquire) {
            self.stack().push(reader);
        }
        drop(permit);
        ended.answer
    }

    fn take(&self) -> Result<Reader, StoreError> {
        if let Some(reader) = self.stack().pop() {
            return Ok(reader);
        }
        let age = self.age.load(Ordering::Acquire);
        Ok(Reader { connection: Mutex::new(self.place.connect_reader()?), age })
    }

    /// Drops the connections that are idle, and those in use when they come back.
    pub(super) fn renew(&self) {
        self.age.fetch_add(1, Ordering::AcqRel);
        self.stack().clear();
    }

    /// Lets no further read begin.
    pub(super) fn close(&self) {
        self.permits.close();
        self.renew();
    }

    fn stack(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn command(reader: &Reader, sql: &str) -> Result<(), StoreError> {
    let connection = reader.connection.lock().unwrap_or_else(PoisonError::into_inner);
    connection.prepare_cached(sql).and_then(|mut statement| statement.raw_execute()).map_err(plain)?;
    Ok(())
}
