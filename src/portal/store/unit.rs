//! A unit of work and how it ends: with its own answer, or because the database, a panic or a foreign await ended it.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, Waker},
};

use super::{StoreError, tx::Tx};

/// What a unit returns.
pub type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// How a run of a unit ended.
pub(super) struct Ended<T, E> {
    /// What the caller is told.
    pub(super) answer: Result<T, E>,
    /// Whether its changes are to be kept.
    pub(super) keep: bool,
}

/// Runs a unit to its end on this thread: there, every statement is done when it is polled.
pub(super) fn run_in_place<I, T, E, U>(tx: &Tx<'_>, input: &I, unit: &U) -> Ended<T, E>
where
    E: From<StoreError>,
    U: for<'t> Fn(&'t Tx<'_>, &'t I) -> BoxFuture<'t, Result<T, E>>,
{
    let polled =
        catch_unwind(AssertUnwindSafe(|| unit(tx, input).as_mut().poll(&mut Context::from_waker(Waker::noop()))));
    end(
        tx,
        polled.map(|polled| match polled {
            Poll::Ready(answer) => answer,
            Poll::Pending => Err(StoreError::Pending.into()),
        }),
    )
}

/// What becomes of a unit that ended: a database error ends it even if it went on, as PostgreSQL has lost its
/// transaction by then.
pub(super) fn end<T, E: From<StoreError>>(tx: &Tx<'_>, run: Result<Result<T, E>, Box<dyn Any + Send>>) -> Ended<T, E> {
    let answer = match run {
        Ok(Ok(answer)) => match tx.ended_by() {
            None => Ok(answer),
            Some(error) => Err(error.into()),
        },
        Ok(Err(refusal)) => Err(refusal),
        Err(panic) => Err(StoreError::Panicked { message: message(panic.as_ref()) }.into()),
    };
    Ended { keep: answer.is_ok(), answer }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
