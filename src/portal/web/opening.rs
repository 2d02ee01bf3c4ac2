//! What comes before a handler: who calls, on what, with what, under which key.

use axum::{extract::Request, http::request::Parts};
use serde::{Serialize, de::DeserializeOwned};

use super::{answer::RequestId, context::Context, exposure::source, grant::Grant, input, source::Source};
use crate::{
    api::endpoint::{Endpoint, Method, PathParameter},
    portal::{
        Portal,
        accounts::terms,
        audit::Cause,
        error::{Error, Result},
        idempotency::Claim,
    },
};

/// Who calls, on what: what comes before a body is looked at.
pub(super) async fn enter<A, P, I, O>(
    endpoint: &Endpoint<A, P, I, O>,
    portal: Portal,
    id: &RequestId,
    parts: &mut Parts,
) -> Result<(Context<A>, P)>
where
    A: Grant,
    P: PathParameter,
{
    let now = portal.clock().now();
    let who = A::admit(&portal, &parts.headers, endpoint.need, now).await?;
    input::address(&parts.uri)?;
    accept::<A>(&portal, &who, (endpoint.id, endpoint.method, endpoint.need))?;
    let path: P = input::path(parts).await?;
    let today = portal.today(now);
    let address = source(parts);
    let cause = Cause::call(endpoint.id, &id.0, address).of(A::caller(&who));
    let cause = path.texts().into_iter().fold(cause, Cause::about);
    Ok((Context { portal, who, now, today, source: Source::of(address), claim: None, cause }, path))
}

/// Refuses whoever is to accept new terms before an operation.
pub(super) fn accept<A: Grant>(
    portal: &Portal,
    who: &A::Who,
    (operation, method, need): (&str, Method, A::Need),
) -> Result<()> {
    match A::caller(who) {
        Some(caller) if terms::are_awaited(operation, method, A::describe(need)) => terms::demand(portal, caller),
        _ => Ok(()),
    }
}

/// Everything before the handler: who calls, on what, with what, under which key.
pub(super) async fn open<A, P, I, O>(
    endpoint: &Endpoint<A, P, I, O>,
    portal: Portal,
    id: &RequestId,
    request: Request,
) -> Result<(Context<A>, P, I)>
where
    A: Grant,
    P: PathParameter,
    I: DeserializeOwned + Serialize,
{
    let (mut parts, body) = request.into_parts();
    let (context, path) = enter(endpoint, portal, id, &mut parts).await?;
    let input: I = input::input(endpoint.method, &parts, body).await?;
    let key = input::idempotency_key(endpoint.key, &parts.headers)?;
    let claim = key.map(|key| claim_of(endpoint, &path, &input, A::account(&context.who), key)).transpose()?;
    Ok((Context { claim, ..context }, path, input))
}

fn claim_of<A, P, I, O>(
    endpoint: &Endpoint<A, P, I, O>,
    path: &P,
    input: &I,
    account: Option<crate::api::id::AccountId>,
    key: String,
) -> Result<Claim>
where
    A: Grant,
    P: PathParameter,
    I: Serialize,
{
    let mut request = serde_json::to_value(input).map_err(Error::internal)?;
    if let Some(fields) = request.as_object_mut() {
        // A digest of a password, fast as this one is, must not lie in the database.
        fields.remove("password");
        fields.remove("proof");
    }
    let operation = format!("{} {}", endpoint.method.as_str(), endpoint.path_for(path));
    Ok(Claim::new(account, key, &operation, request.to_string().as_bytes()))
}
