//! What a form is filled in with: a file, single answers, or what is asked for; and answering a clerk.

use std::path::Path;

use clap::Args;
use serde_json::Value;

use super::{PERMIT, complete, fetch, interview};
use crate::{
    api::{
        endpoint::{Empty, Slug},
        id::PermitId,
        permits::{ANSWER, Permit, PermitAnswer, PermitStatus, SHOW},
        problem::{Code, FieldError},
    },
    cli::Context,
    failure::{Failure, Result},
    form::{Answers, Form},
    ui::{Outcome, Question},
};

/// Where answers come from.
#[derive(Args, Debug, Default)]
pub(super) struct Given {
    /// Answers as a JSON object; - reads stdin (see `permit types TYPE --template`)
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    /// One answer, over those of the file: --set guests=40
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
}

impl Given {
    /// Whether any were given.
    pub(super) fn any(&self) -> bool {
        self.file.is_some() || !self.set.is_empty()
    }

    /// Puts them over the answers there are; a file holds all of them.
    pub(super) fn apply(&self, context: &mut Context, form: &Form, answers: &mut Answers) -> Result<()> {
        if let Some(file) = &self.file {
            *answers = read(context, file)?;
        }
        let mut errors = Vec::new();
        for set in &self.set {
            let Some((name, typed)) = set.split_once('=') else {
                return Err(Failure::usage(format!("`{set}` is not FIELD=VALUE, as in guests=40"))
                    .hint("see which fields there are: citytime permit types TYPE"));
            };
            match form.field(name.trim(), answers) {
                Ok(field) => match field.read(typed) {
                    Ok(value) => field.put(answers, value),
                    Err(why) => {
                        errors.push(FieldError::new(
                            format!("/answers{}", field.pointer()),
                            format!("{}: {why}", field.title),
                        ));
                    }
                },
                Err(why) => errors.push(FieldError::new(format!("/answers/{}", name.trim()), why.to_string())),
            }
        }
        refuse(errors)
    }
}

/// Refuses mistakes as the portal does.
fn refuse(errors: Vec<FieldError>) -> Result<()> {
    let message = match errors.as_slice() {
        [] => return Ok(()),
        [one] => one.detail.clone(),
        several => format!("{} fields are wrong", several.len()),
    };
    Err(Failure { errors, ..Failure::new(Code::Invalid, message) })
}

fn read(context: &mut Context, file: &str) -> Result<Answers> {
    let (name, text) = if file == "-" {
        ("standard input", context.ui.text_from_stdin()?)
    } else {
        let path = Path::new(file);
        (file, std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, error))?)
    };
    let why = match serde_json::from_str(&text) {
        Ok(Value::Object(answers)) => return Ok(answers),
        Ok(_) => format!("{name} holds no object of answers: {{\"field\": value, …}}"),
        Err(error) => format!("{name} is no JSON: {error}"),
    };
    Err(Failure::usage(why).hint("begin with an empty form: citytime permit types TYPE --template > answers.json"))
}

/// Keeps answers that were not taken in a file, so that nothing typed is lost.
pub(super) fn rescue(failure: Failure, id: impl std::fmt::Display, answers: &Answers) -> Failure {
    if failure.code != Code::Conflict {
        return failure;
    }
    let name = format!("{id}.answers.json");
    let text = serde_json::to_string_pretty(answers).unwrap_or_default();
    let kept = std::fs::OpenOptions::new().write(true).create_new(true).open(&name);
    match kept.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())) {
        Ok(()) => {
            let hint = failure.hint.clone().map(|hint| format!("{hint}; ")).unwrap_or_default();
            failure.hint(format!("{hint}your answers are kept in {name}"))
        }
        // It is there from before, or nothing can be written here.
        Err(_) => failure,
    }
}

/// Answer what a clerk asked
///
/// Changed answers of the form go with it, where some are given; documents are attached before.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit answer PRM-7K3Q9XM2 --note \"Number 14 stays open\"
  citytime permit answer PRM-7K3Q9XM2 --note \"Fewer guests\" --set guests=60")]
pub(super) struct AnswerArgs {
    /// The application (PRM-…)
    #[arg(add = complete::permits())]
    id: PermitId,
    /// What you say
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    given: Given,
    /// Go through the form again, on the terminal
    #[arg(long, conflicts_with_all = ["file", "set"])]
    edit: bool,
}

pub(super) async fn run(context: &mut Context, args: AnswerArgs) -> Result<Outcome> {
    context.ui.check_columns(&PERMIT)?;
    let portal = context.portal().await?;
    let permit: Permit = portal.call(&SHOW, args.id, &Empty {}).await?;
    if permit.status == PermitStatus::InfoRequested
        && let Some(asked) = permit.timeline.iter().rev().find_map(|step| step.note.as_deref())
    {
        context.ui.note(format!("The city asks: {asked}"));
    }
    let note = match args.note {
        Some(note) => note,
        None => context.ui.ask(&Question::new("Your answer", "--note"))?,
    };
    let mut answers = permit.answers.clone();
    if args.given.any() || args.edit {
        let (_, form) = fetch(context, &word(&permit.kind)?).await?;
        args.given.apply(context, &form, &mut answers)?;
        if args.edit {
            interview::fill(context, &form, &mut answers)?;
        }
    }
    let changed = (answers != permit.answers).then_some(answers);
    let answer = PermitAnswer { version: Some(permit.version), note, answers: changed };
    let made = portal.call(&ANSWER, args.id, &answer).await.map_err(|failure| match &answer.answers {
        Some(typed) => rescue(failure, args.id, typed),
        None => failure,
    });
    Outcome::one(&PERMIT, &made?)
}

/// The word of a type, as the portal told it.
pub(super) fn word(kind: &str) -> Result<Slug> {
    kind.parse().map_err(|error| Failure::new(Code::NotAPortal, format!("the portal told a type of permit: {error}")))
}
