//! Personal access tokens: made, listed, revoked, recognised, and held to what they may spend.

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
pub(crate) mod spending;

pub(crate) use queries::revoke_all;
pub(crate) use routes::find_caller;
