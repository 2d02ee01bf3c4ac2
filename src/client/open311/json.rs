//! JSON as a tree. Numbers keep the digits they came with: an id of twenty digits is no floating-point number.

use std::fmt;

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::tree::Tree;

/// Reads a document; the error says what is wrong with it.
pub(super) fn tree(text: &str) -> Result<Tree, String> {
    let raw =
        serde_json::from_str::<&RawValue>(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
    read(raw)
}

fn read(raw: &RawValue) -> Result<Tree, String> {
    let text = raw.get();
    let failed = |error: serde_json::Error| error.to_string();
    match text.bytes().next() {
        Some(b'"') => Ok(Tree::text(&serde_json::from_str::<String>(text).map_err(failed)?)),
        Some(b'[') => {
            let pieces = serde_json::from_str::<Vec<&RawValue>>(text).map_err(failed)?;
            Ok(Tree::List(pieces.into_iter().map(read).collect::<Result<_, _>>()?))
        }
        Some(b'{') => {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let fields = deserializer.deserialize_map(Fields).map_err(failed)?;
            let read = |(name, value): (String, &RawValue)| Ok((name, read(value)?));
            Ok(Tree::Fields(fields.into_iter().map(read).collect::<Result<_, String>>()?))
        }
        Some(b'n') | None => Ok(Tree::Nothing),
        Some(_) => Ok(Tree::text(text)),
    }
}

/// The fields of an object, in their order.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_as_they_came() {
        let text = r#"{"a":12345678901234567890123,"b":" x\n","c":null,"d":true,"e":[1.50,""],"a":2}"#;
        let Tree::Fields(fields) = tree(text).unwrap() else { panic!("no object") };
        let seen = fields.iter().map(|(name, value)| format!("{name}={value:?}")).collect::<Vec<_>>().join(" ");
        let told = r#"a=Text("12345678901234567890123") b=Text("x") c=Nothing d=Text("true") "#;
        assert_eq!(seen, format!(r#"{told}e=List([Text("1.50"), Nothing]) a=Text("2")"#));
        for wrong in ["", "{", "[1,]", "<html>", "{\"a\":1}x"] {
            assert!(tree(wrong).is_err(), "{wrong}");
        }
        assert!(tree(&"[".repeat(100_000)).is_err());
    }
}
