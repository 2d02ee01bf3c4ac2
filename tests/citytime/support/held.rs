//! A unit of somebody else's that has done something and is not committed yet: whoever wants the same waits for it.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use citytime::params;
use citytime::portal::store::{Query, Store, StoreError};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::eventually::eventually;

citytime::queries! {
    /// How many connections wait for a lock (PostgreSQL).
    WAITING = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
}

/// The unit; it is committed when it is let go. A test that holds one has threads to spare: one of them waits with it.
pub(crate) struct HeldUnit {
    store: Store,
    release: mpsc::Sender<()>,
    task: JoinHandle<Result<(), StoreError>>,
}

impl HeldUnit {
    /// Does something, and does not commit it.
    #[expect(clippy::disallowed_methods, reason = "somebody else's unit is held open at the database")]
    pub(crate) async fn of(store: &Store, query: &'static Query, number: Option<i64>) -> Self {
        let ((begun, has_begun), (release, released)) = (oneshot::channel(), mpsc::channel::<()>());
        let (ends, writer) = (Arc::new(Mutex::new((Some(begun), released))), store.clone());
        let task = tokio::spawn(async move {
            let write = writer.write((ends, number), move |tx, (ends, number)| {
                Box::pin(async move {
                    match number {
                        Some(number) => tx.execute(query, &params![*number]).await?,
                        None => tx.execute(query, &params![]).await?,
                    };
                    let mut ends = ends.lock().unwrap();
                    ends.0.take().unwrap().send(()).unwrap();
                    ends.1.recv_timeout(Duration::from_secs(60)).unwrap();
                    Ok::<_, StoreError>(())
                })
            });
            write.await
        });
        has_begun.await.unwrap();
        Self { store: store.clone(), release, task }
    }

    /// Waits until somebody waits for it. On SQLite, where units come one after the other, everybody does.
    pub(crate) async fn is_waited_for(&self) {
        if format!("{:?}", self.store) != "Store(PostgreSQL)" {
            return;
        }
        eventually("somebody to wait for the unit", async || {
            let read = self.store.read((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&WAITING, &[]).await }));
            let (waiting,) = read.await.map_err(|error: StoreError| error).unwrap();
            (waiting > 0).then_some(())
        })
        .await;
    }

    /// Commits it.
    pub(crate) async fn let_go(self) {
        self.release.send(()).unwrap();
        self.task.await.unwrap().unwrap();
    }
}
