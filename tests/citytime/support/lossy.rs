//! A proxy between the command and the portal that loses answers: the request arrives and takes effect, the answer is
//! cut off before its first byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::portal::Portal;

/// The running proxy; it ends when it is dropped.
pub(crate) struct Lossy {
    url: String,
    left: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Lossy {
    /// A proxy that loses the answers to the first `losses` requests that begin with `prefix`: `POST /v1/payments`.
    #[expect(clippy::disallowed_methods, reason = "the proxy runs beside the test and ends with it")]
    pub(crate) async fn before(portal: &Portal, prefix: &str, losses: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let upstream = portal.url().trim_start_matches("http://").to_owned();
        let left = Arc::new(AtomicUsize::new(losses));
        let (losses, prefix) = (Arc::clone(&left), Arc::<str>::from(prefix));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (upstream, prefix, losses) = (upstream.clone(), Arc::clone(&prefix), Arc::clone(&losses));
                tokio::spawn(async move { pass(client, &upstream, &prefix, &losses).await });
            }
        });
        Self { url, left, task }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How many answers are still to be lost.
    pub(crate) fn left(&self) -> usize {
        self.left.load(Ordering::SeqCst)
    }
}

impl Drop for Lossy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Passes one request on, and its answer back unless it is to be lost. Every connection is for one request.
async fn pass(client: TcpStream, upstream: &str, prefix: &str, losses: &AtomicUsize) -> Option<()> {
    let mut client = BufReader::new(client);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        client.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        head += &line;
    }
    let mut body = vec![0; length];
    client.read_exact(&mut body).await.ok()?;
    let mut portal = TcpStream::connect(upstream).await.ok()?;
    portal.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).await.ok()?;
    portal.write_all(&body).await.ok()?;
    let mut answer = Vec::new();
    portal.read_to_end(&mut answer).await.ok()?;
    let loses = |left: usize| head.starts_with(prefix).then(|| left.checked_sub(1)).flatten();
    if losses.try_update(Ordering::SeqCst, Ordering::SeqCst, loses).is_ok() {
        return None;
    }
    client.write_all(&answer).await.ok()
}
