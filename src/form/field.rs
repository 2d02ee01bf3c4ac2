//! The fields of a form, given the answers so far, and reading what was typed for one.

use serde_json::{Map, Value};

use super::{Answers, Form, options};
use crate::nearest::nearest;

/// One thing a form asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The names that lead to it, outermost first.
    pub path: Vec<String>,
    /// What it is called.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// What it is unless somebody says otherwise.
    pub default: Option<Value>,
    /// Whether the form is not whole without it.
    pub needed: Need,
    schema: Map<String, Value>,
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be answered.
    Required,
    /// It may be left out.
    Optional,
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One of several values.
    Choice,
    /// Yes or no.
    Yes,
    /// Any number.
    Number,
    /// A whole number.
    Whole,
    /// A civil date.
    Date,
    /// A list of single values.
    List,
    /// A line of text.
    Text,
    /// Something only JSON can say.
    Json,
}

/// One of the values a field allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: Value,
    /// What it means.
    pub label: String,
}

/// What was typed is no answer to its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Field {
    /// RFC 6901 into the answers.
    pub fn pointer(&self) -> String {
        self.path.iter().map(|name| format!("/{}", escaped(name))).collect()
    }

    /// As `--set` names it: `organizer.phone`.
    pub fn name(&self) -> String {
        self.path.join(".")
    }

    /// What kind of answer it takes.
    pub fn shape(&self) -> Shape {
        if !self.choices().is_empty() {
            return Shape::Choice;
        }
        match self.schema.get("type").and_then(Value::as_str) {
            Some("boolean") => Shape::Yes,
            Some("integer") => Shape::Whole,
            Some("number") => Shape::Number,
            Some("string") if self.schema.get("format").is_some_and(|format| format == "date") => Shape::Date,
            Some("string") => Shape::Text,
            Some("array") if self.item().is_some() => Shape::List,
            _ => Shape::Json,
        }
    }

    /// The values it allows, with what they mean, where it allows only some.
    pub fn choices(&self) -> Vec<Choice> {
        let told = |value: &Value| Choice { label: plain(value), value: value.clone() };
        if let Some(Value::Array(values)) = self.schema.get("enum") {
            return values.iter().map(told).collect();
        }
        let Some(Value::Array(options)) = self.schema.get("oneOf") else { return Vec::new() };
        let choice = |option: &Value| {
            let value = option.get("const")?;
            let title = option.get("title").and_then(Value::as_str).map(str::to_owned);
            Some(Choice { label: title.unwrap_or_else(|| plain(value)), value: value.clone() })
        };
        options.iter().map(choice).collect::<Option<_>>().unwrap_or_default()
    }

    /// Reads what was typed for it.
    ///
    /// # Errors
    /// Why it is no answer of its kind. Whether an answer is within its bounds is for [`Form::mistakes`] to say.
    pub fn read(&self, typed: &str) -> Result<Value, Unreadable> {
        let typed = typed.trim();
        let refuse = |what: &str| Err(Unreadable(format!("`{typed}` is not {what}")));
        match self.shape() {
            Shape::Choice => {
                let choices = self.choices();
                let meant = |choice: &&Choice| {
                    plain(&choice.value).eq_ignore_ascii_case(typed) || choice.label.eq_ignore_ascii_case(typed)
                };
                if let Some(choice) = choices.iter().find(meant) {
                    return Ok(choice.value.clone());
                }
                let words = choices.iter().map(|choice| plain(&choice.value)).collect::<Vec<_>>();
                let near = nearest(typed, words.iter().map(String::as_str));
                let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                Err(Unreadable(format!("`{typed}` is not one of {}{near}", words.join(", "))))
            }
            Shape::Yes => match typed.to_lowercase().as_str() {
                "y" | "yes" | "true" => Ok(Value::Bool(true)),
                "n" | "no" | "false" => Ok(Value::Bool(false)),
                _ => refuse("yes or no"),
            },
            Shape::Whole => typed.parse::<i64>().map(Value::from).or_else(|_| refuse("a whole number")),
            Shape::Number => match typed.parse::<i64>() {
                Ok(whole) => Ok(Value::from(whole)),
                Err(_) => {
                    let number = typed.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
                    number.map(Value::Number).map_or_else(|| refuse("a number"), Ok)
                }
            },
            Shape::Date | Shape::Text => Ok(Value::String(typed.to_owned())),
            Shape::List => {
                let Some(item) = self.item() else { return refuse("a list") };
                let parts = typed.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts.map(|part| item.read(part)).collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            Shape::Json => serde_json::from_str(typed).or_else(|_| refuse("JSON, which this field needs")),
        }
    }

    /// Puts an answer where it belongs.
    pub fn put(&self, answers: &mut Answers, value: Value) {
        let Some((last, parents)) = self.path.split_last() else { return };
        let mut place = answers;
        for name in parents {
            let inner = place.entry(name.clone()).or_insert_with(|| Value::Object(Answers::new()));
            if !inner.is_object() {
                *inner = Value::Object(Answers::new());
            }
            match inner {
                Value::Object(inner) => place = inner,
                _ => return,
            }
        }
        place.insert(last.clone(), value);
    }

    /// The answer there is, where there is one.
    pub fn find<'a>(&self, answers: &'a Answers) -> Option<&'a Value> {
        let (first, rest) = self.path.split_first()?;
        rest.iter().try_fold(answers.get(first)?, |value, name| value.get(name))
    }

    /// One of its items, where it is a list of single values.
    fn item(&self) -> Option<Self> {
        let Value::Object(schema) = self.schema.get("items")? else { return None };
        let item = Self {
            path: self.path.clone(),
            title: self.title.clone(),
            description: None,
            default: None,
            needed: Need::Optional,
            schema: schema.clone(),
        };
        (!matches!(item.shape(), Shape::List | Shape::Json)).then_some(item)
    }
}

impl Form {
    /// The fields the answers so far lead to, in the order of the form: those of a condition follow once it holds.
    pub fn fields(&self, answers: &Answers) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect(&self.schema, &Value::Object(answers.clone()), &[], &mut fields);
        fields
    }

    /// The field of a name as `--set` takes it.
    ///
    /// # Errors
    /// That there is none, with the nearest name.
    pub fn field(&self, name: &str, answers: &Answers) -> Result<Field, Unreadable> {
        let mut fields = self.fields(answers);
        // A condition may come to hold by an answer that is still to be given.
        self.collect_all(&self.schema, &[], &mut fields);
        if let Some(field) = fields.iter().find(|field| field.name() == name) {
            return Ok(field.clone());
        }
        let names = fields.iter().map(Field::name).collect::<Vec<_>>();
        Err(Unreadable(match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("there is no field `{name}`; did you mean {near}?"),
            None => format!("there is no field `{name}`; the form has {}", names.join(", ")),
        }))
    }

    fn collect(&self, schema: &Value, answers: &Value, path: &[String], fields: &mut Vec<Field>) {
        let schema = self.resolved(schema);
        let required = names(schema.get("required"));
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let need = if required.contains(&name.as_str()) { Need::Required } else { Need::Optional };
                self.property(name, property, need, answers.get(name).unwrap_or(&Value::Null), path, fields);
            }
        }
        for name in &required {
            let known = fields
                .iter_mut()
                .find(|field| field.path.len() == path.len() + 1 && field.path.ends_with(&[(*name).to_owned()]));
            if let Some(field) = known {
                field.needed = Need::Required;
            }
        }
        if let Some(Value::Array(parts)) = schema.get("allOf") {
            parts.iter().for_each(|part| self.collect(part, answers, path, fields));
        }
        if let Some(condition) = schema.get("if") {
            let branch = if self.holds(condition, answers) { "then" } else { "else" };
            if let Some(branch) = schema.get(branch) {
                self.collect(branch, answers, path, fields);
            }
        }
        if let Some(Value::Object(dependent)) = schema.get("dependentSchemas") {
            let given = dependent.iter().filter(|(name, _)| answers.get(name.as_str()).is_some());
            given.for_each(|(_, part)| self.collect(part, answers, path, fields));
        }
    }

    fn property(
        &self,
        name: &str,
        property: &Value,
        needed: Need,
        answers: &Value,
        path: &[String],
        fields: &mut Vec<Field>,
    ) {
        let Value::Object(schema) = self.resolved(property) else { return };
        let path = [path, &[name.to_owned()]].concat();
        if schema.get("type").is_some_and(|kind| kind == "object") && schema.contains_key("properties") {
            return self.collect(property, answers, &path, fields);
        }
        let text = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
        match fields.iter_mut().find(|field| field.path == path) {
            Some(known) => {
                known.schema.extend(schema.clone());
                if needed == Need::Required {
                    known.needed = needed;
                }
            }
            None => fields.push(Field {
                title: text("title").unwrap_or_else(|| name.to_owned()),
                description: text("description"),
                default: schema.get("default").cloned(),
                needed,
                schema: schema.clone(),
                path,
            }),
        }
    }

    /// Every field of every branch, behind those already there.
    fn collect_all(&self, schema: &Value, path: &[String], fields: &mut Vec<Field>) {
        let schema = self.resolved(schema);
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let inner = [path, std::slice::from_ref(name)].concat();
                let resolved = self.resolved(property);
                if resolved.get("type").is_some_and(|kind| kind == "object") && resolved.get("properties").is_some() {
                    self.collect_all(property, &inner, fields);
                } else if !fields.iter().any(|field| field.path == inner) {
                    self.property(name, property, Need::Optional, &Value::Null, path, fields);
                }
            }
        }
        branches(schema).for_each(|branch| self.collect_all(branch, path, fields));
    }

    /// What a `$ref` into the form's own `$defs` leads to.
    pub(super) fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        target.and_then(|pointer| self.schema.pointer(pointer)).unwrap_or(schema)
    }

    fn holds(&self, condition: &Value, answers: &Value) -> bool {
        let mut condition = condition.clone();
        if let (Value::Object(condition), Some(definitions)) = (&mut condition, self.schema.get("$defs")) {
            condition.insert("$defs".to_owned(), definitions.clone());
        }
        options().build(&condition).is_ok_and(|validator| validator.is_valid(answers))
    }
}

/// The parts of a schema that may or may not apply to the same object.
fn branches(schema: &Value) -> impl Iterator<Item = &Value> {
    let single = ["then", "else"].into_iter().filter_map(|key| schema.get(key));
    let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
    single.chain(lists).chain(dependent.into_iter().flat_map(Map::values))
}

/// Every declared property of every branch, nested ones too, with its pointer.
pub(super) fn each_property(schema: &Value, visit: &mut impl FnMut(&str, &Value)) {
    // Within a condition a property is only looked at, and a mention without a type only narrows one declared elsewhere.
    fn walk(schema: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let pointer = format!("{pointer}/properties/{}", escaped(name));
                let declares = ["type", "enum", "oneOf"].iter().any(|key| property.get(key).is_some());
                if declares {
                    visit(&pointer, property);
                }
                walk(property, &pointer, visit);
            }
        }
        for key in ["then", "else"] {
            if let Some(branch) = schema.get(key) {
                walk(branch, &format!("{pointer}/{key}"), visit);
            }
        }
        if let Some(Value::Array(parts)) = schema.get("allOf") {
            for (place, part) in parts.iter().enumerate() {
                walk(part, &format!("{pointer}/allOf/{place}"), visit);
            }
        }
    }
    walk(schema, "", visit);
}

fn names(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).map(|names| names.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// A name within an RFC 6901 pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value as a person writes it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

/// The names of the form's own fields, in every branch.
pub(super) fn each_top_name(form: &Form, visit: &mut impl FnMut(&str)) {
    fn walk(form: &Form, schema: &Value, visit: &mut impl FnMut(&str)) {
        let schema = form.resolved(schema);
        if let Some(Value::Object(properties)) = schema.get("properties") {
            properties.keys().for_each(|name| visit(name));
        }
        branches(schema).for_each(|branch| walk(form, branch, visit));
    }
    walk(form, form.schema(), visit);
}

/// The schemas of one step down into the answers: a field's name, or the place of an item.
pub(super) fn declared<'s>(form: &'s Form, schema: &'s Value, step: &str, found: &mut Vec<&'s Value>) {
    let schema = form.resolved(schema);
    found.extend(schema.get("properties").and_then(|properties| properties.get(step)));
    if step.parse::<usize>().is_ok() {
        found.extend(schema.get("items"));
    }
    branches(schema).for_each(|branch| declared(form, branch, step, found));
}
