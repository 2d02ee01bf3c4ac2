//! A part as CSV (RFC 4180), the columns first. What has parts of its own stands in its cell as JSON, and no cell is a
//! formula to a spreadsheet.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    formula,
    portal::error::{Error, Result},
};

/// The columns of a part: every field that any of its items has, in the order in which they were first seen.
#[derive(Debug, Default)]
pub(super) struct Columns {
    names: Vec<String>,
    known: BTreeSet<String>,
}

impl Columns {
    /// Looks at an item's fields.
    pub(super) fn see(&mut self, item: &Value) {
        for name in item.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if self.known.insert(name.clone()) {
                self.names.push(name.clone());
            }
        }
    }

    /// The line that names them.
    pub(super) fn line(&self) -> Result<Vec<u8>> {
        lines([self.names.clone()])
    }

    /// Items as lines.
    pub(super) fn rows(&self, items: &[Value]) -> Result<Vec<u8>> {
        lines(items.iter().map(|item| self.names.iter().map(|name| cell(item.get(name))).collect()))
    }
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows.into_iter().filter(|row| !row.is_empty()) {
        csv.write_record(row).map_err(Error::internal)?;
    }
    csv.into_inner().map_err(Error::internal)
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => formula::defused(text.clone()),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_no_formulas_and_every_field_has_its_column() {
        let items = [json!({"a": "=1+1", "b": null, "c": [1, "x"]}), json!({"c": "\"quoted\"", "a": 7, "d": "+1-2"})];
        let mut columns = Columns::default();
        items.iter().for_each(|item| columns.see(item));
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert_eq!(text(columns.line().unwrap()), "a,b,c,d\n");
        assert_eq!(text(columns.rows(&items).unwrap()), "'=1+1,,\"[1,\"\"x\"\"]\",\n7,,\"\"\"quoted\"\"\",'+1-2\n");
        assert_eq!(text(Columns::default().line().unwrap()), "");
    }
}
