//! Personal access tokens: made, listed, revoked, and recognised.

pub(crate) mod queries;
pub(crate) mod routes;
mod rules;

pub(crate) use queries::revoke_all;
pub(crate) use routes::find_caller;
