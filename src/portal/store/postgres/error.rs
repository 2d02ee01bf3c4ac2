//! PostgreSQL's errors in the store's words.

use tokio_postgres::error::{DbError, Error, SqlState};

use crate::portal::store::{
    ConstraintKind, StoreError,
    tx::{Access, Cure, Fault},
};

/// What an error means, and what can be done about it.
pub(in crate::portal::store) fn fault(error: &Error, access: Access) -> Fault {
    match error.as_db_error() {
        Some(said) => Fault { error: answered(said, access), cure: cure(said) },
        None => unanswered(error),
    }
}

fn cure(said: &DbError) -> Cure {
    let code = said.code();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        Cure::Again
    } else if [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT]
        .contains(code)
        || *code == SqlState::FEATURE_NOT_SUPPORTED && said.routine() == Some("RevalidateCachedQuery")
    {
        // The session was ended; or a migration has changed what a prepared statement returns.
        Cure::Reconnect
    } else {
        Cure::None
    }
}

fn answered(said: &DbError, access: Access) -> StoreError {
    let code = said.code();
    let message = || format!("{} (PostgreSQL {})", said.message(), code.code());
    let kind = match code.code() {
        "23505" => Some(ConstraintKind::Unique),
        "23514" => Some(ConstraintKind::Check),
        "23503" => Some(ConstraintKind::ForeignKey),
        "23502" => Some(ConstraintKind::NotNull),
        _ => None,
    };
    if let Some(kind) = kind {
        let column = || format!("{}.{}", said.table().unwrap_or_default(), said.column().unwrap_or_default());
        return StoreError::Constraint { kind, name: said.constraint().map_or_else(column, str::to_owned) };
    }
    if *code == SqlState::READ_ONLY_SQL_TRANSACTION && access != Access::Write {
        return StoreError::ReadOnly { reason: message() };
    }
    // Connections, resources, operators and the system; a lock not had, a statement ended, a transaction ended by
    // another, a server that has become a standby. At sign-in: a role or database that is not there (yet).
    let away = ["08", "28", "40", "53", "57", "58"].iter().any(|class| code.code().starts_with(class))
        || ["55P03", "25006", "25P03", "3D000"].contains(&code.code());
    if away { StoreError::away(message()) } else { StoreError::Database(message()) }
}

/// Errors of the driver: the connection broke, or a parameter or column did not fit. It tells them apart in words only.
fn unanswered(error: &Error) -> Fault {
    let mut reason = error.to_string();
    let misfits =
        ["error serializing", "error deserializing", "error encoding", "expected", "invalid", "query returned"];
    let misfit = misfits.iter().any(|start| reason.starts_with(start));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        reason = format!("{reason}: {cause}");
        source = cause.source();
    }
    if misfit {
        StoreError::Database(reason).into()
    } else {
        Fault { error: StoreError::away(reason), cure: Cure::Reconnect }
    }
}
