//! Ask for a way back, and take it.

use jiff::SignedDuration;

use super::{assisted, deliver, finish, queries};
use crate::{
    api::{
        endpoint::Anyone,
        problem::{Code, Problem},
        recovery::{self, FinishRecovery, Recovered, RecoveryStarted, StartRecovery},
    },
    portal::{
        codes::Purpose,
        error::{Error, Result},
        sessions::canonical_username,
        web::{context::Context, grant::Grant, router::Routes},
    },
};

/// How often one source may ask in [`WINDOW`], for whatever names.
const MOST_ASKED: i64 = 30;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// The longest name that is looked at, in characters; longer than any account's.
const LONGEST_NAME: usize = 64;

/// The noun's operations.
pub fn routes(routes: Routes) -> Routes {
    routes
        .add(&recovery::START, start)
        .add(&recovery::FINISH, finish)
        .add(&recovery::ASSIST, assisted::assist)
        .add(&recovery::STOP, assisted::stop)
}

async fn start(context: Context<Anyone>, (): (), input: StartRecovery) -> Result<RecoveryStarted> {
    begin(&context, &input.username).await
}

async fn finish(context: Context<Anyone>, (): (), input: FinishRecovery) -> Result<Recovered> {
    let FinishRecovery { code, password } = input;
    finish::finish(&context, &code, password).await
}

/// Writes down that somebody asked for a way back, and answers; whether there is such an account is seen afterwards.
pub(crate) async fn begin<A: Grant>(context: &Context<A>, typed: &str) -> Result<RecoveryStarted> {
    let (portal, source, now) = (&context.portal, context.source, context.now);
    let username = canonical_username(typed);
    if username.is_empty() || username.chars().count() > LONGEST_NAME {
        return Err(Error::field("/username", "this is no user name: give the one you sign in with"));
    }
    let input = (portal.random().number()?, username, source.to_string());
    let unit = context.write(input, move |tx, (id, username, source)| {
        Box::pin(async move {
            if queries::asked_since(tx, source, now.plus(-WINDOW)).await? >= MOST_ASKED {
                let problem = Problem::new(Code::RateLimited, "too many recoveries were asked for from here")
                    .retry_after(600)
                    .hint("wait ten minutes; a code that was sent already holds");
                return Err(Error::from(problem));
            }
            queries::ask(tx, *id, username, source, now).await
        })
    });
    unit.await?;
    let work = portal.clone();
    portal.tracker().spawn(async move {
        if let Err(error) = deliver::deliver(&work).await {
            // What was asked for is written down: the worker goes on with it.
            tracing::error!(%error, "what was asked for could not be sent yet");
        }
    });
    let detail =
        "If there is such an account, a code for a new password is on its way to the addresses it has confirmed.";
    let minutes = Purpose::Recovery.lifetime().as_mins();
    Ok(RecoveryStarted { detail: detail.to_owned(), code_minutes: u32::try_from(minutes).unwrap_or(u32::MAX) })
}
