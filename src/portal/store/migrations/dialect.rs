//! The few words in which the databases' schemas differ. A migration is written in these:
//!
//! | written | SQLite | PostgreSQL |
//! |---|---|---|
//! | `BIGINT` | `INTEGER` | `BIGINT` |
//! | `BIGSERIAL` | `INTEGER` | `BIGSERIAL` |
//! | `TEXT` | `TEXT` | `TEXT COLLATE "C"` (but not in `AS TEXT`): text is ordered by its bytes on both |
//! | `BYTEA` | `BLOB` | `BYTEA` |
//! | `STRICT` | `STRICT` | nothing |
//!
//! Words in comments, literals and quoted names are left alone.

/// A database's way to say things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A migration's text as a database takes it.
pub(super) fn translate(sql: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(sql.len() + sql.len() / 8);
    let mut before = "";
    let mut rest = sql;
    while !rest.is_empty() {
        let length = token(rest);
        let (text, after) = rest.split_at(length);
        let said = match (dialect, text) {
            (Dialect::Sqlite, "BIGINT" | "BIGSERIAL") => "INTEGER",
            (Dialect::Sqlite, "BYTEA") => "BLOB",
            (Dialect::Postgres, "TEXT") if before != "AS" => "TEXT COLLATE \"C\"",
            (Dialect::Postgres, "STRICT") => "",
            (_, text) => text,
        };
        out.push_str(said);
        if !text.trim().is_empty() {
            before = text;
        }
        rest = after;
    }
    out
}

/// How long the first token of a text is: a comment, a literal or quoted name, a word, or one other character.
fn token(text: &str) -> usize {
    let quoted = |quote: char| text[1..].find(quote).map_or(text.len(), |end| end + 2);
    let word = |character: char| character.is_alphanumeric() || character == '_';
    match text.chars().next() {
        Some('-') if text.starts_with("--") => text.find('\n').unwrap_or(text.len()),
        Some('\'') => quoted('\''),
        Some('"') => quoted('"'),
        Some(first) if word(first) => text.find(|character| !word(character)).unwrap_or(text.len()),
        Some(first) => first.len_utf8(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_differ() {
        let sql = "-- TEXT of BIGINT\nCREATE TABLE t (a BIGINT, b TEXT DEFAULT 'TEXT''s', \"BYTEA\" BYTEA, MY_TEXT TEXT) STRICT;\n\
                   SELECT CAST(a AS TEXT);";
        assert_eq!(
            translate(sql, Dialect::Sqlite),
            "-- TEXT of BIGINT\nCREATE TABLE t (a INTEGER, b TEXT DEFAULT 'TEXT''s', \"BYTEA\" BLOB, MY_TEXT TEXT) STRICT;\n\
             SELECT CAST(a AS TEXT);"
        );
        assert_eq!(
            translate(sql, Dialect::Postgres),
            "-- TEXT of BIGINT\nCREATE TABLE t (a BIGINT, b TEXT COLLATE \"C\" DEFAULT 'TEXT''s', \"BYTEA\" BYTEA, \
             MY_TEXT TEXT COLLATE \"C\") ;\nSELECT CAST(a AS TEXT);"
        );
    }
}
