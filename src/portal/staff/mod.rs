//! What clerks do: imports, and moving the sandbox's clock.

pub(crate) mod imports;
pub(crate) mod routes;
