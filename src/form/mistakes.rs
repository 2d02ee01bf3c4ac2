//! What is wrong with answers: every mistake at once, each with its place, the field's title and what to mend.

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::{
    Answers, Form,
    field::{escaped, plain},
};
use crate::nearest::nearest;

/// How much of a form must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it: it is about to be submitted.
    Whole,
    /// As much as was filled in so far: a draft.
    SoFar,
}

/// One thing that is wrong with answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// RFC 6901 into the answers.
    pub pointer: String,
    /// The field's title, where there is such a field.
    pub title: Option<String>,
    /// What is wrong.
    pub detail: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.title {
            Some(title) => write!(f, "{title}: {}", self.detail),
            None => f.write_str(&self.detail),
        }
    }
}

impl Form {
    /// Everything that is wrong with answers, in the order of the form.
    pub fn mistakes(&self, answers: &Answers, extent: Extent) -> Vec<Mistake> {
        let document = Value::Object(answers.clone());
        let mut mistakes = Vec::new();
        for error in self.validator.iter_errors(&document) {
            self.tell(&error, extent, &mut mistakes);
        }
        self.unknown(answers, &mut mistakes);
        let order = self.fields(answers).iter().map(|field| field.pointer()).collect::<Vec<_>>();
        let place = |mistake: &Mistake| {
            let of = |known: &String| mistake.pointer == *known || mistake.pointer.starts_with(&format!("{known}/"));
            order.iter().position(of).unwrap_or(order.len())
        };
        mistakes.sort_by_key(place);
        // Two branches of a form may ask for the same.
        mistakes.dedup();
        mistakes
    }

    fn tell(&self, error: &ValidationError<'_>, extent: Extent, mistakes: &mut Vec<Mistake>) {
        let at = error.instance_path().as_str();
        let mut add = |pointer: String, detail: String| {
            let mistake = Mistake { title: self.title(&pointer), pointer, detail };
            if !mistakes.contains(&mistake) {
                mistakes.push(mistake);
            }
        };
        match error.kind() {
            Kind::Required { .. } | Kind::MinProperties { .. } if extent == Extent::SoFar => {}
            Kind::Required { property } => {
                add(format!("{at}/{}", escaped(&plain(property))), "it is missing".to_owned());
            }
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                for name in unexpected {
                    // What no part of the form knows is told by `unknown`, with the nearest name.
                    if !at.is_empty() || self.names().contains(name) {
                        add(format!("{at}/{}", escaped(name)), "it is not asked for here".to_owned());
                    }
                }
            }
            Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } if extent == Extent::SoFar => {}
            _ => add(at.to_owned(), self.detail(error)),
        }
    }

    fn detail(&self, error: &ValidationError<'_>) -> String {
        let found = error.instance();
        match error.kind() {
            Kind::Type { kind } => format!("it must be {}, not {}", kinds(kind), kind_of(found)),
            Kind::Enum { options } => {
                let allowed: Vec<_> = options.as_array().map(|all| all.iter().map(plain).collect()).unwrap_or_default();
                one_of(&plain(found), &allowed)
            }
            Kind::OneOfNotValid { .. } if !self.choices_at(error.instance_path().as_str()).is_empty() => {
                one_of(&plain(found), &self.choices_at(error.instance_path().as_str()))
            }
            Kind::Constant { expected_value } => format!("it must be {}", plain(expected_value)),
            Kind::Format { format } => format!("`{}` is not {}", plain(found), format_name(format)),
            Kind::Pattern { pattern } => {
                let example = self.schema_at(error.instance_path().as_str(), "examples");
                let example = example.and_then(|all| all.get(0)).map(plain);
                match example {
                    Some(example) => format!("`{}` is not written as in {example}", plain(found)),
                    None => format!("`{}` does not match {pattern}", plain(found)),
                }
            }
            Kind::Minimum { limit } => format!("it must be at least {limit}, not {found}"),
            Kind::Maximum { limit } => format!("it must be at most {limit}, not {found}"),
            Kind::ExclusiveMinimum { limit } => format!("it must be more than {limit}, not {found}"),
            Kind::ExclusiveMaximum { limit } => format!("it must be less than {limit}, not {found}"),
            Kind::MultipleOf { multiple_of } => format!("it must be a multiple of {multiple_of}, not {found}"),
            Kind::MinLength { limit: 1 } => "it is empty".to_owned(),
            Kind::MinLength { limit } => format!("it needs at least {limit} characters"),
            Kind::MaxLength { limit } => format!("it has more than {limit} characters"),
            Kind::MinItems { limit } => format!("it needs at least {limit} {}", entries(*limit)),
            Kind::MaxItems { limit } => format!("it has more than {limit} {}", entries(*limit)),
            Kind::UniqueItems => "it names something twice".to_owned(),
            Kind::FalseSchema => "it is not asked for here".to_owned(),
            _ => error.to_string(),
        }
    }

    /// Fields no part of the form has.
    fn unknown(&self, answers: &Answers, mistakes: &mut Vec<Mistake>) {
        let known = self.names();
        for name in answers.keys().filter(|name| !known.contains(name)) {
            let near = nearest(name, known.iter().map(String::as_str));
            let detail = match near {
                Some(near) => format!("there is no field `{name}`; did you mean {near}?"),
                None => format!("there is no field `{name}`; the form has {}", known.join(", ")),
            };
            mistakes.push(Mistake { pointer: format!("/{}", escaped(name)), title: None, detail });
        }
    }

    /// The names of the form's own fields, those of every branch.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        super::field::each_top_name(self, &mut |name| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        });
        names
    }

    fn title(&self, pointer: &str) -> Option<String> {
        self.schema_at(pointer, "title")?.as_str().map(str::to_owned)
    }

    fn choices_at(&self, pointer: &str) -> Vec<String> {
        let Some(Value::Array(options)) = self.schema_at(pointer, "oneOf") else { return Vec::new() };
        options.iter().map(|option| option.get("const").map(plain)).collect::<Option<_>>().unwrap_or_default()
    }

    /// A keyword of the schema of what a pointer into the answers leads to, in whatever branch declares it.
    fn schema_at(&self, pointer: &str, keyword: &str) -> Option<&Value> {
        let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        let mut here = vec![self.schema()];
        for step in steps {
            let mut below = Vec::new();
            for schema in here {
                super::field::declared(self, schema, &step, &mut below);
            }
            here = below;
        }
        here.into_iter().find_map(|schema| self.resolved(schema).get(keyword).or_else(|| schema.get(keyword)))
    }
}

fn one_of(found: &str, allowed: &[String]) -> String {
    let near = nearest(found, allowed.iter().map(String::as_str));
    let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("`{found}` is not one of {}{near}", allowed.join(", "))
}

fn entries(count: u64) -> &'static str {
    if count == 1 { "entry" } else { "entries" }
}

fn kinds(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(kind) => kind_name(&kind.to_string()).to_owned(),
        TypeKind::Multiple(kinds) => {
            kinds.into_iter().map(|kind| kind_name(&kind.to_string())).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(number) if number.is_f64() => "a number with decimals",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a group of fields",
    }
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "null" => "nothing",
        "boolean" => "yes or no (true or false)",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "text",
        "array" => "a list",
        _ => "a group of fields",
    }
}

fn format_name(format: &str) -> String {
    match format {
        "date" => "a date; write it as in 2026-11-22".to_owned(),
        "time" => "a time; write it as in 18:30:00Z".to_owned(),
        "date-time" => "an instant; write it as in 2026-11-22T18:30:00Z".to_owned(),
        "email" => "an e-mail address".to_owned(),
        "uri" => "a web address; one looks like https://example.org".to_owned(),
        other => format!("of the form `{other}`"),
    }
}
