//! A form asked field by field on the terminal, each answer held against the form as it is typed.

use std::path::PathBuf;

use serde_json::Value;

use super::files;
use crate::{
    api::{endpoint::Slug, permits::PermitType},
    cli::Context,
    failure::{Failure, Result},
    form::{Answers, Extent, Field, Form, Need, Shape},
    ui::{Choice, Question},
};

/// What is typed to leave a choice out.
const NOTHING: &str = "-";

/// Says what is applied for, and what it costs.
pub(super) fn head(context: &mut Context, kind: &PermitType) {
    let fee = match kind.fee.0 {
        0 => "no fee".to_owned(),
        _ => format!("the fee is {}", kind.fee.display(kind.currency)),
    };
    context
        .ui
        .note(format!("{}: {fee}, {} decides within {} working days", kind.title, kind.department, kind.working_days));
    if let Some(description) = &kind.description {
        context.ui.note(description);
    }
}

/// Asks for the documents that are not there yet, and tells which of those that are needed are still missing.
pub(super) fn documents(
    context: &mut Context,
    kind: &PermitType,
    there: &[&str],
    attach: &mut Vec<(Slug, PathBuf)>,
) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for document in &kind.documents {
        let id = document.id.as_str();
        if there.contains(&id) || attach.iter().any(|(word, _)| word.as_str() == id) {
            continue;
        }
        let word: Slug = id.parse().map_err(Failure::bug)?;
        let without = if document.required { "attaches it later" } else { "leaves it out" };
        let prompt = format!("{} ({} file; Enter {without})", document.title, kinds(&document.media_types));
        let flag = format!("--attach {id}=FILE");
        let check = |answer: &str| match answer {
            "" => Ok(()),
            path => files::look_at(&[(word.clone(), PathBuf::from(path))]).map_err(|failure| failure.message),
        };
        let question = Question { prompt: &prompt, flag: &flag, default: Some(String::new()), validate: Some(&check) };
        let answer = context.ui.ask(&question)?;
        if !answer.is_empty() {
            attach.push((word, PathBuf::from(answer)));
        } else if document.required {
            missing.push(document.title.clone());
        }
    }
    Ok(missing)
}

/// What a document may be, as people say it: `PDF, JPEG or PNG`.
fn kinds(media_types: &[String]) -> String {
    let short = |kind: &String| kind.rsplit('/').next().unwrap_or_default().to_uppercase();
    let names = media_types.iter().map(short).collect::<Vec<_>>();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "any file".to_owned(),
    }
}

/// Asks for every field the answers lead to. What there is already is offered again.
pub(super) fn fill(context: &mut Context, form: &Form, answers: &mut Answers) -> Result<()> {
    let mut asked = Vec::new();
    // An answer may bring fields with it, so that the next one is looked for each time.
    while let Some(field) = form.fields(answers).into_iter().find(|field| !asked.contains(&field.path)) {
        asked.push(field.path.clone());
        if let Some(description) = &field.description {
            context.ui.note(format!("  {description}"));
        }
        if let Some(value) = ask(context, form, &field, answers)? {
            field.put(answers, value);
        }
    }
    Ok(())
}

/// The answer to a field; `None` where it is left out.
fn ask(context: &mut Context, form: &Form, field: &Field, answers: &Answers) -> Result<Option<Value>> {
    let known = field.find(answers).or(field.default.as_ref()).map(typed);
    let prompt = match field.shape() {
        Shape::Yes => format!("{} (yes or no)", field.title),
        Shape::Date => format!("{} (as in 2026-11-22)", field.title),
        Shape::List => format!("{} (separated by commas)", field.title),
        Shape::Json => format!("{} (JSON)", field.title),
        Shape::Choice | Shape::Number | Shape::Whole | Shape::Text => field.title.clone(),
    };
    let flag = format!("--set {}=VALUE", field.name());
    if field.shape() == Shape::Choice {
        return choose(context, field, &prompt, &flag, known);
    }
    let optional = field.needed == Need::Optional;
    let check = |answer: &str| {
        if optional && answer.is_empty() {
            return Ok(());
        }
        let value = field.read(answer).map_err(|why| why.to_string())?;
        let mut so_far = answers.clone();
        field.put(&mut so_far, value);
        let place = field.pointer();
        let within = |pointer: &str| pointer == place || pointer.starts_with(&format!("{place}/"));
        match form.mistakes(&so_far, Extent::SoFar).into_iter().find(|mistake| within(&mistake.pointer)) {
            Some(mistake) => Err(mistake.detail),
            None => Ok(()),
        }
    };
    let default = known.or(optional.then(String::new));
    let answer = context.ui.ask(&Question { prompt: &prompt, flag: &flag, default, validate: Some(&check) })?;
    if answer.is_empty() {
        return Ok(None);
    }
    field.read(&answer).map(Some).map_err(|why| Failure::bug(why.to_string()))
}

fn choose(
    context: &mut Context,
    field: &Field,
    prompt: &str,
    flag: &str,
    known: Option<String>,
) -> Result<Option<Value>> {
    let values = field.choices();
    let mut choices = values
        .iter()
        .map(|choice| Choice { value: typed(&choice.value), label: choice.label.clone() })
        .collect::<Vec<_>>();
    if field.needed == Need::Optional {
        choices.push(Choice { value: NOTHING.to_owned(), label: "leave this out".to_owned() });
    }
    context.ui.note(format!("{prompt}:"));
    let default = known.or((field.needed == Need::Optional).then(|| NOTHING.to_owned()));
    let place = context.ui.choose(&Question { prompt: "Number", flag, default, validate: None }, &choices)?;
    Ok(values.get(place).map(|choice| choice.value.clone()))
}

/// A value as somebody types it.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(items) => items.iter().map(typed).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
