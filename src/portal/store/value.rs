//! What goes into and comes out of columns: 64-bit integers, text and bytes. Nothing is allocated on the way in.

use std::fmt;

use crate::api::{
    id::{Id, Kind},
    money::{Currency, Minor},
    time::{Date, Timestamp},
    word::Word,
};

/// A parameter of a query, or a column of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(&'a str),
    /// A short TEXT that lives nowhere else.
    Short(Short),
    /// BYTEA, BLOB.
    Bytes(&'a [u8]),
}

/// Never the content: statements are logged at the debug level by drivers.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Int(_) => f.write_str("integer"),
            Self::Text(text) => write!(f, "text of {} bytes", text.len()),
            Self::Short(short) => write!(f, "text of {} bytes", short.length),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

/// A text of at most fifteen bytes, kept in place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Short {
    length: u8,
    bytes: [u8; 15],
}

impl Short {
    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let start = usize::from(self.length);
        let room = self.bytes.get_mut(start..start + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length += u8::try_from(text.len()).map_err(|_| fmt::Error)?;
        Ok(())
    }
}

impl<'a> Value<'a> {
    fn text(&'a self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Short(short) => Some(short.as_str()),
            _ => None,
        }
    }
}

/// What can be a parameter.
pub trait ToColumn {
    /// The value as the databases take it.
    fn to_column(&self) -> Value<'_>;
}

/// What can be read from a column.
pub trait FromColumn: Sized {
    /// What a column should hold, for an error: `bill id`.
    const EXPECTED: &'static str;

    /// The value; `None` for one that is not [`EXPECTED`](Self::EXPECTED).
    fn from_column(value: Value<'_>) -> Option<Self>;
}

/// The parameters of a query: `params![id, &name, today]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { [$($crate::portal::store::ToColumn::to_column(&$value)),*] };
}

macro_rules! to_column {
    ($([$($generic:tt)*] $type:ty: |$value:ident| $column:expr;)+) => {$(
        impl<$($generic)*> ToColumn for $type {
            fn to_column(&self) -> Value<'_> {
                let $value = self;
                $column
            }
        }
        // A blanket one for references would forbid the one for words.
        impl<$($generic)*> ToColumn for &$type {
            fn to_column(&self) -> Value<'_> {
                ToColumn::to_column(*self)
            }
        }
    )+};
}

to_column! {
    [] i64: |value| Value::Int(*value);
    [] i32: |value| Value::Int(i64::from(*value));
    [] u32: |value| Value::Int(i64::from(*value));
    [] bool: |value| Value::Int(i64::from(*value));
    [] str: |value| Value::Text(value);
    [] String: |value| Value::Text(value);
    [] [u8]: |value| Value::Bytes(value);
    [] Vec<u8>: |value| Value::Bytes(value);
    [const N: usize] [u8; N]: |value| Value::Bytes(value);
    [T: ToColumn] Option<T>: |value| value.as_ref().map_or(Value::Null, ToColumn::to_column);
    [K] Id<K>: |value| Value::Int(value.number());
    [] Timestamp: |value| Value::Int(value.as_millisecond());
    [] Date: |value| date(*value);
    [] Minor: |value| Value::Int(value.0);
    [] Currency: |value| Value::Text(value.code());
}

impl<W: Word> ToColumn for W {
    fn to_column(&self) -> Value<'_> {
        Value::Text(self.as_str())
    }
}

fn date(date: Date) -> Value<'static> {
    let mut short = Short { length: 0, bytes: [0; 15] };
    // A date of jiff's calendar takes at most thirteen bytes.
    match fmt::write(&mut short, format_args!("{}", date.civil())) {
        Ok(()) => Value::Short(short),
        Err(fmt::Error) => Value::Null,
    }
}

macro_rules! from_column {
    ($([$($generic:tt)*] $type:ty, $expected:expr, |$value:ident| $read:expr;)+) => {$(
        impl<$($generic)*> FromColumn for $type {
            const EXPECTED: &'static str = $expected;
            fn from_column($value: Value<'_>) -> Option<Self> {
                $read
            }
        }
    )+};
}

fn int(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Int(number) => Some(number),
        _ => None,
    }
}

fn bytes(value: Value<'_>) -> Option<&[u8]> {
    match value {
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

from_column! {
    [] i64, "integer", |value| int(value);
    [] i32, "32-bit integer", |value| i32::try_from(int(value)?).ok();
    [] u32, "32-bit count", |value| u32::try_from(int(value)?).ok();
    [] bool, "0 or 1", |value| match int(value)? { 0 => Some(false), 1 => Some(true), _ => None };
    [] String, "text", |value| value.text().map(str::to_owned);
    [] Vec<u8>, "bytes", |value| bytes(value).map(<[u8]>::to_vec);
    [const N: usize] [u8; N], "bytes of that length", |value| bytes(value)?.try_into().ok();
    [T: FromColumn] Option<T>, T::EXPECTED, |value| match value {
        Value::Null => Some(None),
        value => T::from_column(value).map(Some),
    };
    [K: Kind] Id<K>, K::NOUN, |value| int(value).filter(|number| (0..Self::SPACE).contains(number)).map(Self::new);
    [] Timestamp, "time in milliseconds", |value| int(value).map(Self::from_millisecond);
    [] Date, "date", |value| value.text()?.parse().ok();
    [] Minor, "amount", |value| int(value).map(Minor);
    [] Currency, "currency", |value| value.text()?.parse().ok();
}

impl<W: Word> FromColumn for W {
    const EXPECTED: &'static str = W::SET;
    fn from_column(value: Value<'_>) -> Option<Self> {
        value.text().and_then(W::parse)
    }
}

mod sqlite {
    use rusqlite::{
        ToSql,
        types::{ToSqlOutput, ValueRef},
    };

    use super::Value;

    impl ToSql for Value<'_> {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(ToSqlOutput::Borrowed(match self {
                Self::Null => ValueRef::Null,
                Self::Int(number) => ValueRef::Integer(*number),
                Self::Text(text) => ValueRef::Text(text.as_bytes()),
                Self::Short(short) => ValueRef::Text(short.as_str().as_bytes()),
                Self::Bytes(bytes) => ValueRef::Blob(bytes),
            }))
        }
    }

    impl<'a> Value<'a> {
        /// A column of SQLite; `None` for a real number or text that is no UTF-8.
        pub(in crate::portal::store) fn of_sqlite(column: ValueRef<'a>) -> Option<Self> {
            Some(match column {
                ValueRef::Null => Self::Null,
                ValueRef::Integer(number) => Self::Int(number),
                ValueRef::Text(text) => Self::Text(std::str::from_utf8(text).ok()?),
                ValueRef::Blob(bytes) => Self::Bytes(bytes),
                ValueRef::Real(_) => return None,
            })
        }
    }
}

mod postgres {
    use std::error::Error;

    use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

    use super::Value;

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA, Type::INT4, Type::INT2, Type::BOOL, Type::VARCHAR, Type::NAME]
            .contains(kind)
    }

    impl ToSql for Value<'_> {
        fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
            let textual = [Type::TEXT, Type::VARCHAR, Type::NAME].contains(kind);
            match self {
                Self::Null => return Ok(IsNull::Yes),
                Self::Int(number) if *kind == Type::INT8 => out.extend_from_slice(&number.to_be_bytes()),
                Self::Int(number) if *kind == Type::INT4 => {
                    out.extend_from_slice(&i32::try_from(*number)?.to_be_bytes());
                }
                Self::Int(number) if *kind == Type::INT2 => {
                    out.extend_from_slice(&i16::try_from(*number)?.to_be_bytes());
                }
                Self::Text(text) if textual => out.extend_from_slice(text.as_bytes()),
                Self::Short(short) if textual => out.extend_from_slice(short.as_str().as_bytes()),
                Self::Bytes(bytes) if *kind == Type::BYTEA => out.extend_from_slice(bytes),
                other => return Err(format!("{other:?} where the query takes {kind}").into()),
            }
            Ok(IsNull::No)
        }

        fn accepts(kind: &Type) -> bool {
            accepts(kind)
        }

        to_sql_checked!();
    }

    impl<'a> FromSql<'a> for Value<'a> {
        fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
            Ok(match *kind {
                Type::INT8 => Self::Int(i64::from_be_bytes(raw.try_into()?)),
                Type::INT4 => Self::Int(i32::from_be_bytes(raw.try_into()?).into()),
                Type::INT2 => Self::Int(i16::from_be_bytes(raw.try_into()?).into()),
                Type::BOOL => Self::Int(i64::from(raw != [0])),
                Type::BYTEA => Self::Bytes(raw),
                _ => Self::Text(std::str::from_utf8(raw)?),
            })
        }

        fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
            Ok(Self::Null)
        }

        fn accepts(kind: &Type) -> bool {
            accepts(kind)
        }
    }
}
