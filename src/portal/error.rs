//! What a handler fails with: the problem the caller is told, and apart from it what only the operators' log gets.

use super::store::StoreError;
use crate::api::problem::{Code, FieldError, Problem};

/// A refused or failed operation.
#[derive(Debug)]
pub struct Error {
    /// What the caller is told.
    pub problem: Box<Problem>,
    /// What only the log is told.
    pub internal: Option<Internal>,
}

/// What lies behind a failure of the portal's own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Internal {
    /// A fresh id was taken already: draw again.
    #[error("a fresh id was taken already")]
    IdClash,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// What a handler, a rule or a query returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure whose cause is nobody's business but the operators'.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let problem = Problem::new(Code::Internal, "the portal failed to answer")
            .hint("try again; if it stays so, tell support the request id");
        Self { problem: Box::new(problem), internal: Some(Internal::Other(cause.to_string())) }
    }

    /// A fresh id, or what stands for one, was taken by another unit: [`with_fresh_ids`](super::random::with_fresh_ids)
    /// runs this one again.
    pub fn taken(cause: impl std::fmt::Display) -> Self {
        Self { internal: Some(Internal::IdClash), ..Self::internal(cause) }
    }

    /// One field at fault.
    pub fn field(pointer: &str, detail: impl Into<String>) -> Self {
        Problem::invalid(vec![FieldError::new(pointer, detail)]).into()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), internal: None }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() {
            // A COMMIT that was not answered may have taken effect, and of a payment the first unit may be there.
            let problem = Problem::new(Code::Unavailable, "the portal's database cannot be used now").hint(
                "try again in a moment; what changes something, under the same Idempotency-Key: it takes effect once",
            );
            return Self { problem: Box::new(problem), internal: Some(Internal::Other(error.to_string())) };
        }
        let clash = error.is_id_clash();
        let mut failure = Self::internal(error);
        if clash {
            failure.internal = Some(Internal::IdClash);
        }
        failure
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.problem.detail)?;
        if let Some(internal) = &self.internal {
            write!(f, " ({internal})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
