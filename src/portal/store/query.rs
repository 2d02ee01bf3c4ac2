//! A query: one SQL text for both databases, with a name for errors and logs.

/// A statement as both databases take it. Made by [`queries!`](crate::queries) only.
#[derive(Debug)]
pub struct Query {
    /// Where it is declared: `citytime::portal::bills::queries::FIND_BILL`.
    pub name: &'static str,
    /// The text, with `$1` placeholders.
    pub sql: &'static str,
    pub(super) sqlite: &'static str,
}

impl Query {
    /// Called by [`queries!`](crate::queries), with what [`question_marks`] made of `sql`.
    #[doc(hidden)]
    pub const fn new(name: &'static str, sql: &'static str, sqlite: &'static [u8]) -> Self {
        let sqlite = match std::str::from_utf8(sqlite) {
            Ok(text) => text,
            Err(_) => sql,
        };
        Self { name, sql, sqlite }
    }
}

/// The text with `?1` for `$1`: SQLite counts `$n` by first appearance, `?n` by number. Literals and quoted names are
/// left alone. Runs at compile time; `N` is the text's length.
#[doc(hidden)]
pub const fn question_marks<const N: usize>(sql: &str) -> [u8; N] {
    let text = sql.as_bytes();
    let mut marked = [0; N];
    let mut quote = 0;
    let mut at = 0;
    while at < N {
        let byte = text[at];
        marked[at] = byte;
        if quote != 0 {
            if byte == quote {
                quote = 0;
            }
        } else if byte == b'\'' || byte == b'"' {
            quote = byte;
        } else if byte == b'$' && at + 1 < N && text[at + 1].is_ascii_digit() {
            marked[at] = b'?';
        }
        at += 1;
    }
    marked
}

/// Declares the queries of a module: a `static` [`Query`] each, and `ALL` of them, so that a test can prepare each on
/// both databases.
///
/// ```
/// # mod queries {
/// citytime::queries! {
///     /// The bill of an id.
///     pub FIND_BILL = "SELECT number, amount FROM bills WHERE id = $1";
/// }
/// # }
/// ```
#[macro_export]
macro_rules! queries {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $sql:expr;)+) => {
        $(
            $(#[$meta])*
            $vis static $name: $crate::portal::store::Query = {
                const SQL: &str = $sql;
                const SQLITE: [u8; SQL.len()] = $crate::portal::store::question_marks(SQL);
                $crate::portal::store::Query::new(concat!(module_path!(), "::", stringify!($name)), SQL, &SQLITE)
            };
        )+
        #[allow(unreachable_pub, reason = "as visible as its module")]
        /// Every query of this module.
        pub static ALL: &[&$crate::portal::store::Query] = &[$(&$name),+];
    };
}

#[cfg(test)]
mod tests {
    mod queries {
        crate::queries! {
            /// Numbers out of order, a literal, a quoted name.
            pub(super) MIXED = "SELECT $2, '$1 costs''$1', \"a$1\" FROM t WHERE a = $1 AND b = $12";
        }
    }

    #[test]
    fn placeholders_are_numbered_for_sqlite() {
        assert_eq!(queries::MIXED.sqlite, "SELECT ?2, '$1 costs''$1', \"a$1\" FROM t WHERE a = ?1 AND b = ?12");
        assert!(queries::MIXED.name.ends_with("queries::MIXED"));
        assert_eq!(queries::ALL.len(), 1);
    }
}
