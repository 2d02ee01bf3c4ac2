//! What a database can answer instead of a result, in one vocabulary for both databases.

use std::path::PathBuf;

/// Why a unit did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is away, full, locked or overloaded: the same unit may work later. Where the database went away
    /// during a COMMIT, whether the unit happened is not known (it happened as a whole or not at all).
    #[error("the database cannot serve this now: {reason}")]
    Away {
        /// What the database or the system said, for the log.
        reason: String,
    },
    /// A constraint of the schema refused the change.
    #[error("the database refused a change: {kind} constraint {name}")]
    Constraint {
        /// Which kind of constraint.
        kind: ConstraintKind,
        /// PostgreSQL's name of it, which SQLite is made to tell too where it can: `bills_number_key`, `bills_pkey`,
        /// or the name given to a CHECK. SQLite tells none for a foreign key.
        name: String,
    },
    /// A query that must find a row found none.
    #[error("`{query}` found no row")]
    Missing {
        /// The query's name.
        query: &'static str,
    },
    /// A query that may find one row found several.
    #[error("`{query}` found more than one row")]
    Several {
        /// The query's name.
        query: &'static str,
    },
    /// A column does not hold what is read from it.
    #[error("column {position} of `{query}` is no {expected}")]
    Column {
        /// The query's name.
        query: &'static str,
        /// The column, counted from 1.
        position: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// The unit read, yet tried to change something.
    #[error("a read tried to change the database: {reason}")]
    ReadOnly {
        /// What the database said.
        reason: String,
    },
    /// A newer citytime has migrated this database.
    #[error("the database has schema {found}, this citytime knows {known}; start a newer citytime on it")]
    Newer {
        /// The schema's version in the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// SQLite's file lies where its locks and shared memory do not work.
    #[error("{path} lies on a network file system ({kind}), which can corrupt SQLite; use a local disk, or PostgreSQL")]
    NetworkFileSystem {
        /// The database file.
        path: PathBuf,
        /// The kind of file system: `nfs4`.
        kind: String,
    },
    /// There is no database file, and none may be made.
    #[error("there is no database {path}; check --database, or make one with `citytime portal serve`")]
    Absent {
        /// The database file.
        path: PathBuf,
    },
    /// A unit awaited something else than its transaction.
    #[error("a unit of work awaited something else than its transaction; nothing was changed")]
    Pending,
    /// A unit panicked; its changes were rolled back.
    #[error("a unit of work panicked: {message}")]
    Panicked {
        /// What the panic said.
        message: String,
    },
    /// The store was closed.
    #[error("the database is closed: the portal is stopping")]
    Closed,
    /// Anything else the database said: a mistake in a query, or a damaged database.
    #[error("the database failed: {0}")]
    Database(String),
}

/// The kinds of constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    /// A second row of the same key.
    Unique,
    /// A CHECK that does not hold.
    Check,
    /// A row that refers to none, or is referred to.
    ForeignKey,
    /// A NULL where a value must be.
    NotNull,
}

impl std::fmt::Display for ConstraintKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Unique => "unique",
            Self::Check => "check",
            Self::ForeignKey => "foreign key",
            Self::NotNull => "not null",
        })
    }
}

impl StoreError {
    /// Whether the same unit may work later: what the portal answers with 503 and `Retry-After`.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Away { .. } | Self::Closed)
    }

    /// Whether a second row of the same key was refused.
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Constraint { kind: ConstraintKind::Unique, .. })
    }

    /// Whether a fresh id was taken already: drawn again, the unit will work.
    pub fn is_id_clash(&self) -> bool {
        // SQLite names the columns, PostgreSQL the constraint.
        matches!(self, Self::Constraint { kind: ConstraintKind::Unique, name } if name.ends_with(".id") || name.ends_with("_pkey"))
    }

    /// Whether a CHECK refused the change.
    pub fn is_check(&self) -> bool {
        matches!(self, Self::Constraint { kind: ConstraintKind::Check, .. })
    }

    pub(super) fn away(reason: impl std::fmt::Display) -> Self {
        Self::Away { reason: reason.to_string() }
    }
}
