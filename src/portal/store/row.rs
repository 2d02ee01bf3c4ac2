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
    /// The next column.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn read<T: FromColumn>(&mut self) -> Result<T, StoreError> {
        let position = self.position;
        self.position += 1;
        self.row.get(position)
    }
}

/// What a row is read into.
pub trait FromRow: Sized + Send {
    /// Reads a row.
    ///
    /// # Errors
    /// [`StoreError::Column`] for a column that does not hold what it should.
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError>;
}

/// Declares a row type: its fields are the columns of the query, in their order.
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

        impl $crate::portal::store::FromRow for $name {
            fn from_row(row: &$crate::portal::store::Row<'_>) -> Result<Self, $crate::portal::store::StoreError> {
                let mut columns = row.columns();
                Ok(Self { $($field: columns.read::<$type>()?),+ })
            }
        }
    };
}

macro_rules! tuples {
    ($(($($column:ident),+))+) => {$(
        impl<$($column: FromColumn + Send),+> FromRow for ($($column,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
                let mut columns = row.columns();
                Ok(($(columns.read::<$column>()?,)+))
            }
        }
    )+};
}

tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H) }
