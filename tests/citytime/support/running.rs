//! A program that runs beside the test: a portal process, to be talked to, signalled and ended.

use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Child;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::command::{Command, Output, exit_code};
use super::eventually::eventually;
use super::leash::Held;

/// A running program. Dropped, it is killed with everything it started.
pub(crate) struct Running {
    child: Child,
    held: Held,
    stdout: Stream,
    stderr: Stream,
    patience: Duration,
    folder: String,
    name: String,
}

impl Command<'_> {
    /// Starts without waiting for the end.
    #[expect(clippy::disallowed_methods, reason = "the program's streams are fed and read while the test goes on")]
    pub(crate) fn start(self) -> Running {
        let mut command = tokio::process::Command::new(&self.program);
        command.args(&self.arguments).current_dir(self.shell.home()).env_clear().envs(self.environment());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        let held = Held::new(child.id().expect("a child that was not waited for has an id"));
        let mut to_child = child.stdin.take().expect("stdin is a pipe");
        let name = format!("{} {:?}", self.program.display(), self.arguments);
        let typed = self.stdin.unwrap_or_default();
        // A program that does not read its input closes it: no error of the test.
        tokio::spawn(async move { to_child.write_all(typed.as_bytes()).await });
        Running {
            stdout: Stream::read(child.stdout.take().expect("stdout is a pipe")),
            stderr: Stream::read(child.stderr.take().expect("stderr is a pipe")),
            child,
            held,
            patience: self.patience,
            folder: self.shell.home().to_string_lossy().into_owned(),
            name,
        }
    }
}

impl Running {
    /// The most memory it has had at once so far, in bytes (Linux: VmHWM); `None` once it is gone.
    pub(crate) fn most_memory(&self) -> Option<u64> {
        self.memory("VmHWM:")
    }

    /// The memory it has now that is its own, in bytes, without the files it has mapped (Linux: RssAnon); `None` once it
    /// is gone.
    pub(crate) fn own_memory(&self) -> Option<u64> {
        self.memory("RssAnon:")
    }

    fn memory(&self, kind: &str) -> Option<u64> {
        let about = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = about.lines().find_map(|line| line.strip_prefix(kind))?;
        line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
    }

    /// Waits for its end, and tells the most memory it had, in bytes.
    pub(crate) async fn watched(self) -> (Output, u64) {
        let mut most = 0;
        while let Some(now) = self.most_memory() {
            most = most.max(now);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        (self.finish().await, most)
    }

    /// Waits until the program has printed `text` on either stream and returns the rest of that line.
    pub(crate) async fn until(&self, text: &str) -> String {
        let told = || panic!("{} ended without `{text}`:\n{}", self.name, self.stdout.so_far() + &self.stderr.so_far());
        self.until_or_end(text).await.unwrap_or_else(told)
    }

    /// The same; `None` where the program ends without.
    pub(crate) async fn until_or_end(&self, text: &str) -> Option<String> {
        eventually(&format!("`{text}` of {}", self.name), async || {
            // Looked at before: what it prints last is then there.
            let is_over = self.stdout.is_over() && self.stderr.is_over();
            let rest = [self.stdout.so_far(), self.stderr.so_far()].iter().find_map(|printed| {
                // A line that has not ended may still grow.
                let (rest, _) = printed.split_once(text)?.1.split_once('\n')?;
                Some(rest.trim_end().to_owned())
            });
            if rest.is_none() && !is_over { None } else { Some(rest) }
        })
        .await
    }

    /// Sends a signal by its name: `TERM`, `INT`, `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        self.held.signal(name);
    }

    /// Kills it as a power cut would, and waits until it is gone.
    pub(crate) async fn kill(self) -> Output {
        self.signal("KILL");
        self.finish().await
    }

    /// Waits for the end. A program that exceeds its limit is killed, with those it started, and fails the test.
    pub(crate) async fn finish(mut self) -> Output {
        let limit = self.patience;
        let status = timeout(limit, async {
            self.stdout.end().await;
            self.stderr.end().await;
            self.child.wait().await.expect("the program can be waited for")
        });
        let status: Option<ExitStatus> = status.await.ok();
        let exit = status.map_or(-1, exit_code);
        let (stdout, stderr) = (self.stdout.so_far(), self.stderr.so_far());
        let output = Output { exit, stdout, stderr, folder: std::mem::take(&mut self.folder) };
        assert!(status.is_some(), "{} did not end in {} seconds\n{output}", self.name, limit.as_secs_f32());
        self.held.over();
        output
    }
}

/// What a program has printed so far, read while the test does other things: a full pipe would stop the program.
struct Stream {
    printed: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Stream {
    #[expect(clippy::disallowed_methods, reason = "the program's streams are fed and read while the test goes on")]
    fn read(mut from_child: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let printed = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&printed);
        let reader = tokio::spawn(async move {
            let mut buffer = vec![0; 16 * 1024];
            while let Ok(length @ 1..) = from_child.read(&mut buffer).await {
                shared.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer[..length]);
            }
        });
        Self { printed, reader }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.printed.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    fn is_over(&self) -> bool {
        self.reader.is_finished()
    }

    async fn end(&mut self) {
        (&mut self.reader).await.expect("the stream can be read");
    }
}
