//! Waiting for something that happens elsewhere: a worker, another process. The one place of the tests that sleeps.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long something may take that is expected to happen, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks again and again until `condition` gives something, and returns it. After a minute the test fails with
/// `what` was waited for.
pub(crate) async fn eventually<T>(what: &str, mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(found) = condition().await {
            return found;
        }
        assert!(Instant::now() < deadline, "waited {} seconds in vain for {what}", PATIENCE.as_secs());
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
