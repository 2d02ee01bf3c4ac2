//! SQL of the audit trail.

use crate::portal::store::queries;

queries! {
    /// A row.
    pub INSERT = "INSERT INTO audit (at, actor, account, credential, operation, outcome, things, request, source) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}
