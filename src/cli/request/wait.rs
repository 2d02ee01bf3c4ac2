//! Waiting for what a city does with a request. It is asked, less often as time goes by: many answer a few times a
//! minute only.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::{
    api::{
        problem::Code,
        requests::{Filed, Request, RequestStatus},
    },
    cli::Context,
    client::open311::Endpoint,
    failure::{Failure, Result},
};

/// How long `--wait` waits unless told.
const PATIENCE: Duration = Duration::from_secs(3600);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long to wait, where it was asked for.
pub(super) fn patience(wait: bool, limit: Option<Duration>) -> Option<Duration> {
    limit.or(wait.then_some(PATIENCE))
}

/// Asks until a token has become an id.
pub(super) async fn for_id(context: &mut Context, endpoint: &Endpoint, token: &str, limit: Duration) -> Result<Filed> {
    let _progress = context.ui.progress("waiting for the city to give it an id", None);
    let has_id = async || Ok(endpoint.token(token).await?.filter(|filed| filed.service_request_id.is_some()));
    let waited = until(has_id, limit).await?;
    waited.ok_or_else(|| {
        let mut failure = Failure::new(Code::StillPending, format!("the city has given {token} no id yet"));
        failure.subject = Some(token.to_owned());
        failure.hint(format!("it was filed; look again: `citytime request status --token {token}`"))
    })
}

/// Asks until a request is closed.
pub(super) async fn until_closed(
    context: &mut Context,
    endpoint: &Endpoint,
    id: &str,
    limit: Duration,
) -> Result<Request> {
    let _progress = context.ui.progress(&format!("waiting for {id} to be closed"), None);
    let is_closed = async || {
        let request = endpoint.request(id).await?;
        Ok((request.status == Some(RequestStatus::Closed)).then_some(request))
    };
    until(is_closed, limit).await?.ok_or_else(|| {
        let mut failure = Failure::new(Code::StillPending, format!("request {id} is still open"));
        failure.subject = Some(id.to_owned());
        failure.hint(format!("look again: `citytime request status {id}`"))
    })
}

/// Asks again and again; `None` when the time is up.
async fn until<T>(mut ask: impl AsyncFnMut() -> Result<Option<T>>, limit: Duration) -> Result<Option<T>> {
    let asking = async {
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
        for pause in pauses.without_max_times().build() {
            if let Some(found) = ask().await? {
                return Ok(Some(found));
            }
            tokio::time::sleep(pause).await;
        }
        Ok(None)
    };
    tokio::time::timeout(limit, asking).await.unwrap_or(Ok(None))
}
