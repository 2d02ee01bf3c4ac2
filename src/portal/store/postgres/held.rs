//! A connection taken from the pool, which goes back only outside a transaction.

use deadpool_postgres::{ClientWrapper, Object, Pool, PoolError};
use futures_util::FutureExt;

use super::error::fault;
use crate::portal::store::{StoreError, tx::Access};

/// A connection in use. Where its caller goes away in the middle of a unit it is closed, and the server rolls back: the
/// next user would wait for locks that unit waits for. In the middle of a read it is good for further use.
pub(super) struct Held {
    client: Option<Object>,
    access: Access,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    InTransaction,
    Clean,
}

impl Held {
    /// Takes a connection, which is taken to be in a transaction until told otherwise; a look makes none.
    pub(super) async fn of(pool: &Pool, access: Access) -> Result<Self, StoreError> {
        let state = if access == Access::Look { State::Clean } else { State::InTransaction };
        match pool.get().await {
            Ok(client) => Ok(Self { client: Some(client), access, state }),
            Err(PoolError::Backend(error)) => Err(fault(&error, access).error),
            Err(PoolError::Closed) => Err(StoreError::Closed),
            Err(PoolError::Timeout(_)) => Err(StoreError::away("no connection to PostgreSQL came free in time")),
            Err(error) => Err(StoreError::away(error)),
        }
    }

    /// The connection.
    pub(super) fn client(&self) -> Result<&ClientWrapper, StoreError> {
        self.client.as_deref().ok_or(StoreError::Closed)
    }

    /// The transaction has ended.
    pub(super) fn ended(&mut self) {
        self.state = State::Clean;
    }

    /// Ends the transaction without its changes, and does not wait for the answer: whatever is sent on this connection
    /// next is sent after it.
    pub(super) fn roll_back(&mut self) {
        let Some(client) = self.client.as_deref().filter(|_| self.state == State::InTransaction) else { return };
        if client.batch_execute("ROLLBACK").now_or_never().is_none_or(|done| done.is_ok()) {
            self.state = State::Clean;
        }
    }

    /// Closes the connection.
    pub(super) fn discard(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Object::take(client));
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.state == State::InTransaction && self.access != Access::Write {
            self.roll_back();
        }
        if self.state == State::InTransaction {
            self.discard();
        }
    }
}
