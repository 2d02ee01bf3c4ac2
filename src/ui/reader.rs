//! Whether anybody reads what is printed, for commands that wait long before they print again.

/// Returns once nobody reads stdout any more: the pipe was closed. Never returns where that cannot be told.
pub async fn gone() {
    #[cfg(unix)]
    {
        use tokio::io::{Interest, unix::AsyncFd};
        // A file cannot be waited for, and is always there.
        #[expect(deprecated, reason = "unsound for what may be closed meanwhile: stdout stays open")]
        let stdout = AsyncFd::with_interest(std::io::stdout(), Interest::ERROR);
        if let Ok(stdout) = stdout
            && stdout.ready(Interest::ERROR).await.is_ok()
        {
            return;
        }
    }
    std::future::pending::<()>().await;
}
