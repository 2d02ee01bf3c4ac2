//! Rows, read by position into types declared once.

use super::{StoreError, value::FromColumn, value::Value};

/// A row of an answer.
pub struct Row<'r> {
    pub(super) query: &'static str,
    pub(super) source: Source<'r>,
}

/// Where a row lies.
pub(super) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// The column at a position, counted from 0.
    ///
    /// # Errors
    /// [`StoreError::Column`] for a column that is not there or does not hold a `T`.
    pub fn get<T: FromColumn>(&self, position: usize) -> Result<T, StoreError> {
        let value = match &self.source {
            Source::Sqlite(row) => row.get_ref(position).ok().and_then(Value::of_sqlite),
            Source::Postgres(row) => row.try_get(position).ok(),
        };
        value.and_then(T::from_column).ok_or(StoreError::Column {
            query: self.query,
            position: position + 1,
            expected: T::EXPECTED,
        })
    }

    /// The columns one after the other.
    pub fn columns(&self) -> Columns<'_> {
        Columns { row: self, position: 0 }
    }
}

/// The columns of a row, one after the other.
pub struct Columns<'r> {
    row: &'r Row<'r>,
    position: usize,
}

impl Columns<'_> {
    /// What the next columns hold: one for a plain value, as many as it has fields for a row.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn read<T: FromRow>(&mut self) -> Result<T, StoreError> {
        T::from_columns(self)
    }

    /// The error for the column that was read last, where nothing is.
    pub fn missing(&self, expected: &'static str) -> StoreError {
        StoreError::Column { query: self.row.query, position: self.position, expected }
    }

    fn next<T: FromColumn>(&mut self) -> Result<T, StoreError> {
        let position = self.position;
        self.position += 1;
        self.row.get(position)
    }
}

/// What a row is read into, or some columns of one that follow each other.
pub trait FromRow: Sized + Send {
    /// Reads the next columns.
    ///
    /// # Errors
    /// [`StoreError::Column`] for a column that does not hold what it should.
    fn from_columns(columns: &mut Columns<'_>) -> Result<Self, StoreError>;

    /// Reads a row.
    ///
    /// # Errors
    /// As [`from_columns`](Self::from_columns).
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        Self::from_columns(&mut row.columns())
    }
}

impl<T: FromColumn + Send> FromRow for T {
    fn from_columns(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        columns.next()
    }
}

/// Declares a row type: its fields are the columns of the query, in their order. A type that is declared elsewhere is named
/// with its fields alone: `row! { Refund { id, amount } }`.
///
/// ```
/// # use citytime::api::{id::BillId, money::Minor};
/// citytime::row! {
///     /// A bill, in short.
///     pub struct BillRow {
///         /// Which one.
///         pub id: BillId,
///         /// What it is over.
///         pub amount: Minor,
///     }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),+ }

        $crate::row! { $name { $($field),+ } }
    };
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::portal::store::FromRow for $name {
            fn from_columns(
                columns: &mut $crate::portal::store::Columns<'_>,
            ) -> Result<Self, $crate::portal::store::StoreError> {
                Ok(Self { $($field: columns.read()?),+ })
            }
        }
    };
}

macro_rules! tuples {
    ($(($($column:ident),+))+) => {$(
        impl<$($column: FromRow),+> FromRow for ($($column,)+) {
            fn from_columns(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
                Ok(($(columns.read::<$column>()?,)+))
            }
        }
    )+};
}

tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H) }
