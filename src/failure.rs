//! What went wrong in a command, and what to do next: the one error type of the client's side of the house. `ui`
//! alone prints it, `main` alone turns it into an exit status.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::Path,
};

use crate::api::{
    id::{Audience, InvalidId},
    problem::{Code, FieldError, Problem},
};

/// A command that did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// What kind of failure: decides the exit status.
    pub code: Code,
    /// What happened, to what.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// The fields at fault, where the portal told them.
    pub errors: Vec<FieldError>,
    /// The thing it is about (`PAY-…`), where there is one.
    pub subject: Option<String>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The portal's id of the request, where it told one.
    pub request_id: Option<String>,
    /// What lies behind it, for `-v`.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What a command's room returns.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure of a kind, and what happened.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            errors: Vec::new(),
            subject: None,
            status: None,
            request_id: None,
            source: None,
        }
    }

    /// A command line that was not understood.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    /// A state that should not be: a mistake in citytime.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(Code::Bug, message).hint("this is a mistake in citytime; please report it with the command you ran")
    }

    /// A local file that cannot be read or written.
    pub fn file(doing: &str, path: &Path, error: io::Error) -> Self {
        let (why, next) = match error.kind() {
            ErrorKind::NotFound => ("there is no such file or folder", "check the path"),
            ErrorKind::PermissionDenied => ("you may not", "check who owns it, and what its permissions allow"),
            ErrorKind::IsADirectory => ("it is a folder", "name a file in it"),
            ErrorKind::NotADirectory => ("a part of the path is no folder", "check the path"),
            ErrorKind::InvalidData => ("it is not text in UTF-8", "check that it is the file you mean"),
            ErrorKind::StorageFull => ("the disk is full", "make room there"),
            _ => return Self::new(Code::File, format!("cannot {doing} {}: {error}", path.display())).because(error),
        };
        Self::new(Code::File, format!("cannot {doing} {}: {why}", path.display())).hint(next).because(error)
    }

    /// The failure of a file, with the flag, argument or variable that names it.
    #[must_use]
    pub fn named_by(self, origin: &str) -> Self {
        let hint = match &self.hint {
            Some(hint) => format!("{hint} ({origin} names it)"),
            None => format!("{origin} names it"),
        };
        self.hint(hint)
    }

    /// The failure with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The failure with what lies behind it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<InvalidId> for Failure {
    fn from(error: InvalidId) -> Self {
        let failure = Self::usage(error.to_string());
        match error.hint(Audience::Residents) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code,
            message: problem.detail,
            hint: problem.hint,
            errors: problem.errors,
            subject: problem.subject,
            status: Some(problem.status),
            request_id: Some(problem.request_id).filter(|id| !id.is_empty()),
            source: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_with_what_names_it() {
        let told = |kind| Failure::file("read", Path::new("bills.csv"), io::Error::from(kind)).named_by("FILE");
        let missing = told(ErrorKind::NotFound);
        assert_eq!(missing.message, "cannot read bills.csv: there is no such file or folder");
        assert_eq!(missing.hint.unwrap(), "check the path (FILE names it)");
        assert_eq!(told(ErrorKind::Other).hint.unwrap(), "FILE names it");
    }
}
