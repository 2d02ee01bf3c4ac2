//! A proxy between a portal and PostgreSQL that lets commits pass until one is left: there everything stops, before the
//! commit gets to the database or before its answer gets to the portal. Who is killed then was killed at that commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::leash;

/// The name of a server's socket within its folder.
const SOCKET: &str = ".s.PGSQL.5432";
/// How a commit is asked for on the wire.
const COMMIT: &[u8] = b"COMMIT\0";

/// Where everything stops at a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The database does not see it.
    Before,
    /// The portal does not hear of it.
    Behind,
}

/// The running proxy; it ends when it is dropped.
pub(crate) struct Commits {
    folder: TempDir,
    /// Closed once everything has stopped.
    passing: Arc<Semaphore>,
    task: JoinHandle<()>,
}

impl Commits {
    /// A proxy before a cluster, by the folder of its socket, that stops at the `nth` commit, counted from 1.
    #[expect(clippy::disallowed_methods, reason = "the proxy runs beside the test and ends with it")]
    pub(crate) fn stopping(cluster: &str, nth: usize, stop: Stop) -> Self {
        let (folder, upstream) = (leash::folder(), format!("{cluster}/{SOCKET}"));
        let listener = UnixListener::bind(folder.path().join(SOCKET)).expect("a socket");
        let (passing, left) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(nth)));
        let open = Arc::clone(&passing);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (upstream, left, open) = (upstream.clone(), Arc::clone(&left), Arc::clone(&open));
                tokio::spawn(async move { pass(client, &upstream, &left, stop, &open).await });
            }
        });
        Self { folder, passing, task }
    }

    /// The folder of its socket.
    pub(crate) fn host(&self) -> String {
        self.folder.path().display().to_string()
    }

    /// Waits until it has stopped.
    pub(crate) async fn stopped(&self) {
        self.passing.acquire().await.map(drop).expect_err("nobody gives a permit");
    }
}

impl Drop for Commits {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Passes on what either side says, until everything stops; then it waits for the end of the client.
async fn pass(mut client: UnixStream, upstream: &str, left: &AtomicUsize, stop: Stop, open: &Semaphore) -> Option<()> {
    let mut server = UnixStream::connect(upstream).await.ok()?;
    let (mut asked, mut answered, mut last_is_out) = (vec![0; 64 * 1024], vec![0; 64 * 1024], false);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let said = asked.get(..read.ok().filter(|read| *read > 0)?)?;
                let is_last = said.windows(COMMIT.len()).any(|window| window == COMMIT) && left.fetch_sub(1, Ordering::SeqCst) == 1;
                if is_last && stop == Stop::Before {
                    open.close();
                }
                // Whatever comes behind the last commit does not get anywhere.
                if open.is_closed() {
                    continue;
                }
                server.write_all(said).await.ok()?;
                last_is_out |= is_last;
            }
            read = server.read(&mut answered) => {
                let said = answered.get(..read.ok().filter(|read| *read > 0)?)?;
                if last_is_out {
                    open.close();
                }
                if !open.is_closed() {
                    client.write_all(said).await.ok()?;
                }
            }
        }
    }
}
