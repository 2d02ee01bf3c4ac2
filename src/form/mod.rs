//! Forms: a JSON Schema (2020-12) as something a person fills in. The portal judges answers by it, the command line
//! asks by it, and both say the same of a mistake.
//!
//! - `field`: which fields there are, given the answers so far; reading what was typed for one
//! - `mistakes`: what is wrong with answers, all of it at once

mod field;
mod mistakes;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

pub use self::{
    field::{Choice, Field, Need, Shape, Unreadable},
    mistakes::{Extent, Mistake},
};

/// Answers by the names of their fields.
pub type Answers = Map<String, Value>;

/// A form that can be judged by.
pub struct Form {
    schema: Value,
    validator: Validator,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("schema", &self.schema).finish_non_exhaustive()
    }
}

/// Why a schema is no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at `{pointer}`: {detail}")]
pub struct Flaw {
    /// RFC 6901 into the schema.
    pub pointer: String,
    /// What is wrong there.
    pub detail: String,
}

impl Form {
    /// A form of a schema.
    ///
    /// # Errors
    /// What makes it no schema of 2020-12, or none a person can fill in: fields need titles.
    pub fn compile(schema: Value) -> Result<Self, Vec<Flaw>> {
        let flaw = |pointer: &str, detail: &str| Flaw { pointer: pointer.to_owned(), detail: detail.to_owned() };
        if schema.get("type").is_none_or(|kind| kind != "object") {
            return Err(vec![flaw("/type", "a form is an object: \"type\": \"object\"")]);
        }
        let validator = options().build(&schema).map_err(|error| {
            vec![Flaw { pointer: error.instance_path().as_str().to_owned(), detail: error.to_string() }]
        })?;
        let mut untitled = Vec::new();
        field::each_property(&schema, &mut |pointer, property| {
            if property.get("title").and_then(Value::as_str).is_none_or(|title| title.trim().is_empty()) {
                untitled.push(flaw(pointer, "this field has no `title`, by which residents are asked"));
            }
        });
        if untitled.is_empty() { Ok(Self { schema, validator }) } else { Err(untitled) }
    }

    /// The schema itself.
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// An object with every field that can be filled in, holding its default or nothing: a file to begin with.
    pub fn template(&self) -> Answers {
        let blank = |field: &Field| match (&field.default, field.shape()) {
            (Some(default), _) => default.clone(),
            (None, Shape::Yes) => Value::Bool(false),
            (None, Shape::List) => Value::Array(Vec::new()),
            (None, Shape::Number | Shape::Whole) => Value::Null,
            (None, _) => Value::String(String::new()),
        };
        let mut template = Answers::new();
        for field in self.fields(&Answers::new()) {
            field.put(&mut template, blank(&field));
        }
        template
    }
}

fn options() -> jsonschema::ValidationOptions<'static> {
    // Formats are only notes in 2020-12 unless asked for: a date that is none must not pass.
    jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true)
}

#[cfg(test)]
mod tests;
