//! The way a change is made: its unit and the row that tells of it are committed together, or neither is.

use super::{Cause, queries};
use crate::{
    api::{audit::Outcome, time::Timestamp},
    portal::store::{BoxFuture, CameTo, Store, StoreError, Tx, params},
};

/// Runs one unit, and keeps who did it. What is refused changed nothing and leaves no row, unless the unit
/// keeps that it was tried ([`Tx::refused`]); a request that was made before leaves none.
///
/// # Errors
/// As [`Store::write`].
#[expect(clippy::disallowed_methods, reason = "the one way to make a change")]
pub(crate) async fn write<I, T, E, U>(store: &Store, cause: Cause, now: Timestamp, input: I, unit: U) -> Result<T, E>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
{
    let write = store.write((input, unit, cause), move |tx, (input, unit, cause)| {
        Box::pin(async move {
            let answer = unit(tx, input).await?;
            note(tx, cause, now).await?;
            Ok(answer)
        })
    });
    write.await
}

async fn note(tx: &Tx<'_>, cause: &Cause, now: Timestamp) -> Result<(), StoreError> {
    let (came_to, told) = tx.told();
    let outcome = match came_to {
        CameTo::Done => Outcome::Done,
        CameTo::Refused => Outcome::Refused,
        CameTo::NothingNew => return Ok(()),
    };
    let mut things = cause.things.join(" ");
    for thing in told.iter().filter(|thing| !cause.things.contains(thing)) {
        if !things.is_empty() {
            things.push(' ');
        }
        things.push_str(thing);
    }
    let Cause { actor, account, credential, operation, request, source, .. } = cause;
    let source = source.map(|source| source.to_canonical().to_string());
    let row = params![now, *actor, *account, credential, *operation, outcome, things, request, source];
    tx.execute(&queries::INSERT, &row).await?;
    Ok(())
}
