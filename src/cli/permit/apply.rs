//! `permit apply`: from the form to the application, or to a draft that waits on the portal.

use std::path::PathBuf;

use clap::Args;

use super::{
    PERMIT,
    answers::{Given, rescue, word},
    complete, fetch, files, interview,
};
use crate::{
    api::{
        endpoint::{Empty, Slug},
        id::PermitId,
        permits::{
            APPLY, CHECK, Checked, EDIT, NewPermit, Permit, PermitCheck, PermitEdit, PermitStatus, SHOW, SUBMIT,
            Submission,
        },
        problem::Code,
    },
    cli::Context,
    client::Portal,
    failure::{Failure, Result},
    form::Answers,
    ui::{Column, Outcome, Sheet},
};

/// What an application would come to.
pub(crate) static CHECKED: Sheet = Sheet {
    noun: "application",
    when_empty: None,
    columns: &[
        Column::text("type"),
        Column::text("title"),
        Column::text("department"),
        Column::money("fee"),
        Column::date("expected_on"),
        Column::text("currency").asked(),
    ],
};

/// Apply for a permit, or go on with a draft
///
/// Answers come from --file and --set; on a terminal, without them, the form is asked field by field, and the documents
/// after it; what cannot be submitted yet is kept as a draft. Every mistake is told at once, before anything is made. A fee becomes a bill when the application is submitted.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit apply block_party
  citytime permit apply block_party --file answers.json --set guests=60
  citytime permit apply sidewalk_display --file answers.json --attach sketch=sketch.pdf
  citytime permit apply parade --set name=\"Lantern walk\" --draft
  citytime permit apply PRM-7K3Q9XM2 --attach route_map=map.png")]
pub(super) struct ApplyArgs {
    /// The type of permit, or a draft to go on with (PRM-…)
    #[arg(value_name = "TYPE|DRAFT", value_parser = target, add = complete::permit_types())]
    target: Target,
    #[command(flatten)]
    given: Given,
    /// Attach a document: --attach site_plan=plan.pdf
    #[arg(long, value_name = "DOC=FILE", value_parser = files::document)]
    attach: Vec<(Slug, PathBuf)>,
    /// Keep it as a draft on the portal instead of submitting it
    #[arg(long)]
    draft: bool,
    /// Only look it over, and tell the fee and when it would be decided
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone)]
enum Target {
    Type(Slug),
    Draft(PermitId),
}

fn target(text: &str) -> Result<Target, String> {
    if let Ok(id) = text.parse() {
        return Ok(Target::Draft(id));
    }
    text.parse().map(Target::Type).map_err(|_| format!("`{text}` is no type of permit and no draft (PRM-…)"))
}

pub(super) async fn run(context: &mut Context, mut args: ApplyArgs) -> Result<Outcome> {
    context.ui.check_columns(if args.dry_run { &CHECKED } else { &PERMIT })?;
    let portal = context.portal().await?;
    let draft = match &args.target {
        Target::Type(_) => None,
        Target::Draft(id) => Some(portal.call(&SHOW, *id, &Empty {}).await?),
    };
    if let Some(permit) = draft.as_ref().filter(|permit| permit.status != PermitStatus::Draft) {
        let message = format!("{} is {}, and no draft any more", permit.id, permit.status);
        return Err(Failure::new(Code::Conflict, message)
            .hint(format!("see how it stands: citytime permit status {}", permit.id)));
    }
    let kind = match &args.target {
        Target::Type(kind) => kind.clone(),
        Target::Draft(_) => word(draft.as_ref().map_or("", |permit| &permit.kind))?,
    };
    let (asked, form) = fetch(context, &kind).await?;
    let mut answers = draft.as_ref().map_or_else(Answers::new, |permit| permit.answers.clone());
    args.given.apply(context, &form, &mut answers)?;
    // A draft whose documents alone were missing is not asked through again.
    let asks = !args.given.any() && (draft.is_none() || args.attach.is_empty());
    files::look_at(&args.attach)?;
    let interviewed = asks && context.ui.is_interactive();
    if interviewed {
        interview::head(context, &asked);
        interview::fill(context, &form, &mut answers)?;
        let there = draft.iter().flat_map(|permit| permit.documents.iter().map(|document| document.id.as_str()));
        let missing = interview::documents(context, &asked, &there.collect::<Vec<_>>(), &mut args.attach)?;
        if !missing.is_empty() && !args.draft && !args.dry_run {
            context
                .ui
                .note(format!("Without {} it cannot be submitted: it is kept as a draft.", missing.join(" and ")));
            args.draft = true;
        }
    }
    let checked = look_over(&portal, &kind, &answers, draft.as_ref(), &args).await?;
    if args.dry_run {
        return Outcome::one(&CHECKED, &checked);
    }
    if let Err(declined) = agree(context, &checked, &args) {
        // What was typed by hand is not thrown away for a fee that is to be thought over.
        if !interviewed || declined.code != Code::Interrupted {
            return Err(declined);
        }
        context.ui.confirm("Keep it as a draft, to go on with later?", "--draft")?;
        args.draft = true;
    }
    let permit = send(context, &portal, &kind, answers, draft, &args).await?;
    if let Some(next) = &permit.next {
        context.ui.note(match next.until {
            Some(until) => format!("Next, until {until}: {}", next.what),
            None => format!("Next: {}", next.what),
        });
    }
    Outcome::one(&PERMIT, &permit)
}

/// Every mistake, those of documents too, before anything is made.
async fn look_over(
    portal: &Portal,
    kind: &Slug,
    answers: &Answers,
    draft: Option<&Permit>,
    args: &ApplyArgs,
) -> Result<Checked> {
    let there = draft.into_iter().flat_map(|permit| permit.documents.iter().map(|document| document.id.clone()));
    let documents = there.chain(args.attach.iter().map(|(word, _)| word.to_string())).collect();
    let check = PermitCheck { kind: kind.to_string(), answers: answers.clone(), documents, draft: args.draft };
    portal.call(&CHECK, (), &check).await
}

/// A fee is shown before there is a bill for it.
fn agree(context: &mut Context, checked: &Checked, args: &ApplyArgs) -> Result<()> {
    if args.draft || checked.fee.0 == 0 {
        return Ok(());
    }
    let fee = checked.fee.display(checked.currency);
    if context.ui.is_interactive() {
        return context.agree(&format!("Submit it? The fee is {fee}, as a bill."));
    }
    context.ui.note(format!("The fee is {fee}, as a bill."));
    Ok(())
}

async fn send(
    context: &mut Context,
    portal: &Portal,
    kind: &Slug,
    answers: Answers,
    draft: Option<Permit>,
    args: &ApplyArgs,
) -> Result<Permit> {
    // With nothing to attach it is made and submitted in one.
    let at_once = draft.is_none() && args.attach.is_empty();
    let mut permit = match draft {
        None => {
            let new = NewPermit { kind: kind.to_string(), answers, draft: args.draft || !at_once };
            portal.call_part(&APPLY, (), &new, 0).await?
        }
        Some(permit) if permit.answers == answers => permit,
        Some(permit) => {
            let edit = PermitEdit { version: Some(permit.version), answers: Some(answers.clone()) };
            let edited = portal.call_part(&EDIT, permit.id, &edit, 1).await;
            edited.map_err(|failure| rescue(failure, permit.id, &answers))?
        }
    };
    let id = permit.id;
    let kept = |failure: Failure| {
        let hint = failure.hint.clone().map(|hint| format!("{hint}; ")).unwrap_or_default();
        failure.hint(format!("{hint}it is kept as a draft, go on with it: citytime permit apply {id}"))
    };
    for (word, path) in &args.attach {
        permit = files::send(context, id, word, path).await.map_err(kept)?;
    }
    if permit.status == PermitStatus::Draft && !args.draft {
        let submission = Submission { version: Some(permit.version) };
        permit = portal.call_part(&SUBMIT, id, &submission, 2).await.map_err(kept)?;
    }
    Ok(permit)
}
