//! The one thread that writes: it takes the units that wait, runs each in a savepoint of its own, commits up to 256
//! together, and only then answers them.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
};

use rusqlite::{Connection, ErrorCode, ffi};
use tokio::sync::oneshot;

use super::{Place, plain, readers::Readers};
use crate::portal::store::{
    StoreError, Tx,
    tx::Access,
    unit::{BoxFuture, run_in_place},
};

/// How many units share a commit.
const BATCH: usize = 256;

/// The queue to the thread, and the thread.
pub(super) struct Writer {
    queue: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Unit(Box<dyn Unit>),
    Close(oneshot::Sender<Result<(), StoreError>>),
}

/// A unit that waits, whatever its types.
trait Unit: Send {
    /// Whether nobody waits for its answer any more.
    fn is_abandoned(&self) -> bool;
    /// Runs it, again after a rollback; tells whether to keep what it did.
    fn run(&mut self, tx: &Tx<'_>) -> bool;
    /// Tells the caller how its last run ended, or the error that kept it from counting.
    fn answer(self: Box<Self>, durable: Result<(), StoreError>);
}

struct Waiting<I, T, E, U> {
    input: I,
    unit: U,
    outcome: Result<T, E>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<I, T, E, U> Unit for Waiting<I, T, E, U>
where
    I: Send,
    T: Send,
    E: From<StoreError> + Send,
    U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send,
{
    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }

    fn run(&mut self, tx: &Tx<'_>) -> bool {
        let ended = run_in_place(tx, &self.input, &self.unit);
        self.outcome = ended.answer;
        ended.keep
    }

    fn answer(self: Box<Self>, durable: Result<(), StoreError>) {
        let answer = match durable {
            Ok(()) => self.outcome,
            Err(error) => Err(error.into()),
        };
        // A caller that went away has left nobody to tell; what was done stays done.
        let _ = self.caller.send(answer);
    }
}

impl Writer {
    /// Starts the thread on a connection.
    pub(super) fn start(place: Place, connection: Connection, readers: Arc<Readers>) -> Result<Self, StoreError> {
        let (queue, waiting) = channel();
        let desk = Desk { place, connection: Some(Mutex::new(connection)), readers, waiting };
        let thread = std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || desk.work());
        let thread = thread.map_err(|error| StoreError::away(format!("cannot start the writing thread: {error}")))?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    /// Queues a unit and waits until it is durable.
    pub(super) async fn write<I, T, E, U>(&self, input: I, unit: U) -> Result<T, E>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let waiting = Waiting { input, unit, outcome: Err(StoreError::Closed.into()), caller };
        self.queue.send(Message::Unit(Box::new(waiting))).map_err(|_| StoreError::Closed)?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Whether the thread lives.
    pub(super) fn is_alive(&self) -> bool {
        self.thread().as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Ends the thread after the units that wait.
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        let (caller, done) = oneshot::channel();
        if self.queue.send(Message::Close(caller)).is_err() {
            return Ok(());
        }
        let closed = done.await.unwrap_or(Ok(()));
        let thread = self.thread().take();
        if let Some(thread) = thread {
            // It has answered, and ends now.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
        closed
    }

    fn thread(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread works at.
struct Desk {
    place: Place,
    /// None after a failure that leaves the connection's view of the file in doubt, until it is opened anew.
    connection: Option<Mutex<Connection>>,
    readers: Arc<Readers>,
    waiting: Receiver<Message>,
}

/// How a unit's run left the transaction.
enum Left {
    /// Standing, with or without what the unit did.
    Standing,
    /// Gone, with what the units before it did.
    Gone,
}

impl Desk {
    fn work(mut self) {
        while let Ok(message) = self.waiting.recv() {
            let closing = match message {
                Message::Unit(first) => self.batch(first),
                Message::Close(caller) => Some(caller),
            };
            if let Some(caller) = closing {
                let _ = caller.send(self.close());
                return;
            }
        }
    }

    /// Runs a unit and those that wait behind it, commits them together, and answers them.
    fn batch(&mut self, first: Box<dyn Unit>) -> Option<oneshot::Sender<Result<(), StoreError>>> {
        let mut closing = None;
        let begun = self.begin();
        let mut next = Some(first);
        let mut units = Vec::new();
        let mut left = Left::Standing;
        while let Some(mut unit) = next {
            if begun.is_ok() && !unit.is_abandoned() {
                left = self.run_in_savepoint(unit.as_mut());
            }
            units.push(unit);
            next = match left {
                Left::Standing if units.len() < BATCH => match self.waiting.try_recv() {
                    Ok(Message::Unit(unit)) => Some(unit),
                    Ok(Message::Close(caller)) => {
                        closing = Some(caller);
                        None
                    }
                    Err(_) => None,
                },
                _ => None,
            };
        }
        let settled = match left {
            Left::Standing => Some(begun.map_or_else(Settled::Failed, |()| self.commit())),
            Left::Gone => None,
        };
        match settled {
            Some(Settled::Durable) => units.into_iter().for_each(|unit| unit.answer(Ok(()))),
            Some(Settled::Failed(error)) => units.into_iter().for_each(|unit| unit.answer(Err(error.clone()))),
            // One of them was too much for the disk; run alone, it harms none of the others.
            Some(Settled::Undone(_)) | None => units.into_iter().for_each(|unit| self.run_alone(unit)),
        }
        closing
    }

    fn run_in_savepoint(&mut self, unit: &mut dyn Unit) -> Left {
        let Some(connection) = &self.connection else { return Left::Gone };
        if command(connection, "SAVEPOINT unit").is_err() {
            return self.gone();
        }
        let keep = unit.run(&Tx::on_sqlite(connection, Access::Write));
        let ended = if lock(connection).is_autocommit() {
            return Left::Gone;
        } else if keep {
            command(connection, "RELEASE unit")
        } else {
            command(connection, "ROLLBACK TO unit").and_then(|()| command(connection, "RELEASE unit"))
        };
        match ended {
            Ok(()) => Left::Standing,
            Err(_) => self.gone(),
        }
    }

    /// Ends a transaction whose savepoints cannot be trusted any more.
    fn gone(&mut self) -> Left {
        self.roll_back();
        Left::Gone
    }

    fn run_alone(&mut self, mut unit: Box<dyn Unit>) {
        if let Err(error) = self.begin() {
            return unit.answer(Err(error));
        }
        let Some(connection) = &self.connection else { return unit.answer(Err(StoreError::Closed)) };
        let keep = unit.run(&Tx::on_sqlite(connection, Access::Write));
        let lost = lock(connection).is_autocommit();
        if !keep {
            self.roll_back();
            return unit.answer(Ok(()));
        }
        if lost {
            return unit.answer(Err(StoreError::away("the transaction was ended by the database")));
        }
        match self.commit() {
            Settled::Durable => unit.answer(Ok(())),
            Settled::Failed(error) | Settled::Undone(error) => unit.answer(Err(error)),
        }
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Mutex::new(self.reopen()?),
        };
        let begun = command(&connection, "BEGIN IMMEDIATE").map_err(plain);
        self.connection = Some(connection);
        begun
    }

    /// Opens the file anew, and moves what the log holds into it: where the disk ran out of room for the log, the units
    /// to come write over what was moved.
    fn reopen(&self) -> Result<Connection, StoreError> {
        let connection = self.place.connect_writer()?;
        let moved = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(0));
        if let Err(error) = moved {
            // Nothing is lost: the log keeps what could not be moved.
            tracing::warn!(%error, "the log could not be moved into the database");
        }
        Ok(connection)
    }

    /// Commits. Whatever fails, nobody is told of a success, and the file is opened anew: after a failed write or
    /// fsync this connection's view of it cannot be trusted.
    fn commit(&mut self) -> Settled {
        let Some(connection) = &self.connection else { return Settled::Failed(StoreError::Closed) };
        let Err(error) = command(connection, "COMMIT") else { return Settled::Durable };
        let undone = is_undone(&error);
        tracing::error!(%error, "a commit failed; the database is opened anew");
        self.roll_back();
        self.connection = None;
        self.readers.renew();
        if undone { Settled::Undone(plain(error)) } else { Settled::Failed(plain(error)) }
    }

    fn roll_back(&mut self) {
        let Some(connection) = &self.connection else { return };
        if !lock(connection).is_autocommit() && command(connection, "ROLLBACK").is_err() {
            // A transaction that will not end ends with its connection.
            self.connection = None;
            self.readers.renew();
        }
    }

    fn close(&mut self) -> Result<(), StoreError> {
        let Some(connection) = self.connection.take() else { return Ok(()) };
        let connection = connection.into_inner().unwrap_or_else(PoisonError::into_inner);
        // A reader still at work leaves the log to the next start; nothing is lost with it.
        let _: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(plain)?;
        connection.close().map_err(|(_, error)| plain(error))
    }
}

/// What a commit came to.
enum Settled {
    /// It will be there after a crash.
    Durable,
    /// It may or may not be there; nobody is told of a success.
    Failed(StoreError),
    /// It is not there: the units can run again.
    Undone(StoreError),
}

/// Whether a failed COMMIT has certainly committed nothing: it could not write, be the disk full or failing. After a
/// failed fsync nobody knows what the disk holds.
fn is_undone(error: &rusqlite::Error) -> bool {
    let Some(code) = error.sqlite_error() else { return false };
    match code.code {
        ErrorCode::DiskFull => true,
        ErrorCode::SystemIoFailure => {
            ![ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC].contains(&code.extended_code)
        }
        _ => false,
    }
}

fn command(connection: &Mutex<Connection>, sql: &str) -> rusqlite::Result<()> {
    let connection = lock(connection);
    connection.prepare_cached(sql)?.raw_execute()?;
    Ok(())
}

fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
